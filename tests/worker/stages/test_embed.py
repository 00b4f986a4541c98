"""Embedding photos, and what happens when a thumbnail is lost."""

from __future__ import annotations

from uuid import uuid4

import pytest

from albums import storage
from albums.models import Album, Embedding, Photo
from albums.services.photos import photos_retry
from tests.drawing import draw_scene, jpeg_bytes
from tests.worker.stages.steps import ids_of, run_all, uploaded_photo
from worker.stages.embed import embed_photos
from worker.stages.export import build_export
from worker.stages.group import group_album
from worker.stages.prepare import prepare_photos

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


def test_it_can_prepare_twice_and_embed_twice(album: Album) -> None:
    photo = uploaded_photo(album, jpeg_bytes(draw_scene(1, (320, 240))))
    for _ in range(2):
        prepare_photos([photo.id], task_id="one")
    for _ in range(2):
        embed_photos([photo.id], task_id="two")
    photo.refresh_from_db()
    assert (photo.state, Embedding.objects.count()) == (State.ANALYZED, 1)


def test_it_skips_deleted_photos(album: Album) -> None:
    prepare_photos([uuid4()], task_id="one")
    embed_photos([uuid4()], task_id="one")
    group_album(uuid4(), task_id="one")
    build_export(uuid4(), task_id="one")


def test_a_lost_thumbnail_fails_one_photo_and_retry_fixes_it(album: Album) -> None:
    photos = [uploaded_photo(album, jpeg_bytes(draw_scene(seed, (320, 240)))) for seed in range(3)]
    prepare_photos(ids_of(*photos), task_id="one")
    storage.get_storage().delete([storage.thumbnail_key(album.id, photos[1].id)])
    embed_photos(ids_of(*photos), task_id="two")
    states = [photo.state for photo in Photo.objects.order_by("created_at")]
    assert states == [State.ANALYZED, State.FAILED, State.ANALYZED]
    photos_retry(album)
    run_all(album)
    assert set(Photo.objects.values_list("state", flat=True)) == {State.ANALYZED}
