"""From analyzed photos to clusters with picks and reasons."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import cv2
import numpy as np
import pytest
from django.db.models.functions import Now

from albums import selectors
from albums.models import Album, Cluster, Embedding, Photo
from albums.services.photos import photos_reembed
from albums.services.review import album_regroup, clusters_merge, clusters_release, clusters_split
from tests.drawing import draw_scene, jpeg_bytes, write_album
from tests.worker.stages.steps import run_all, uploaded_photo
from worker.stages.group import group_album

pytestmark = pytest.mark.django_db(transaction=True)
State = Photo.State


def test_it_groups_picks_and_explains(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=3, shots=[4, 3, 1], seed=5)
    photos = {shot.path.name: uploaded_photo(album, shot.path.read_bytes(), shot.path.name) for shot in shots}
    run_all(album)
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.CURRENT
    clusters = list(selectors.clusters_of(album))
    found = [{photo.name for photo in cluster.photos.all()} for cluster in clusters]
    assert found == [{shot.path.name for shot in shots if shot.moment == moment} for moment in (0, 1)]
    # The pick of each moment is the only shot drawn without a flaw.
    picks = {photo.name for cluster in clusters for photo in cluster.photos.all() if photo.picked}
    assert picks == {shot.path.name for shot in shots if shot.is_best and shot.moment < 2}
    single = photos[shots[-1].path.name]
    single.refresh_from_db()
    assert (single.cluster, single.picked) == (None, True)
    for photo in Photo.objects.all():
        assert all(reason["code"] and reason["text"] for reason in photo.reasons)


def test_of_copies_of_one_picture_the_original_is_picked(album: Album) -> None:
    scene = draw_scene(1, (900, 675))
    halos = cv2.addWeighted(scene, 2.5, cv2.GaussianBlur(scene, (0, 0), 1.5), -1.5, 0)
    taken = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001
    sharpened = jpeg_bytes(np.asarray(halos, np.uint8), taken_at=taken, quality=95)
    uploaded_photo(album, sharpened, "IMG_1234 (1).jpg")
    original = uploaded_photo(album, jpeg_bytes(scene, taken_at=taken, quality=92), "IMG_1234.jpg")
    run_all(album)
    [cluster] = selectors.clusters_of(album)
    assert cluster.kind == Cluster.Kind.NEAR_DUPLICATE
    by_name = {photo.name: photo for photo in cluster.photos.all()}
    assert [photo.id for photo in by_name.values() if photo.picked] == [original.id]
    assert by_name["IMG_1234.jpg"].reasons[0]["code"] == "original"
    assert by_name["IMG_1234 (1).jpg"].reasons[0]["code"] == "copy"


def test_vectors_of_two_models_are_never_compared(album: Album) -> None:
    """The same shot with vectors of two models stays two singles until it has vectors of one model."""
    scene = draw_scene(1, (640, 480))
    taken = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001
    first = uploaded_photo(album, jpeg_bytes(scene, taken_at=taken))
    second = uploaded_photo(album, jpeg_bytes(scene, taken_at=taken, quality=80))
    run_all(album)
    assert selectors.clusters_of(album).count() == 1
    Embedding.objects.filter(photo=second).update(model="another", version="1")
    album.photos.update(enqueued_at=Now())  # as every analysis writes
    album_regroup(album)
    group_album(album.id, task_id="again")
    assert selectors.clusters_of(album).count() == 0
    current = Embedding.objects.get(photo=first)
    assert photos_reembed(model=current.model, version=current.version) == 1
    assert photos_reembed(model=current.model, version=current.version) == 0
    run_all(album)
    assert selectors.clusters_of(album).count() == 1


def _three_shots(album: Album) -> list[Photo]:
    scene = draw_scene(1, (640, 480))
    taken = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001
    photos = [uploaded_photo(album, jpeg_bytes(scene, taken_at=taken, quality=quality)) for quality in (70, 80, 90)]
    run_all(album)
    return photos


def _sizes_when_grouped_again(album: Album) -> list[int]:
    album.photos.update(enqueued_at=Now())  # as every analysis writes
    album_regroup(album)
    group_album(album.id, task_id="again")
    return [cluster.photo_count for cluster in selectors.clusters_of(album)]


@pytest.mark.parametrize("hours_ahead", [1, -1])
def test_a_wrong_clock_pins_no_photo_to_the_model_of_before(album: Album, hours_ahead: int) -> None:
    """One worker with a wrong clock wrote one of the vectors of the former model."""
    photos = _three_shots(album)
    current = Embedding.objects.get(photo=photos[0])
    for index, photo in enumerate(photos):
        wrong = timedelta(hours=hours_ahead) if index == 0 else timedelta(0)
        Embedding.objects.create(
            photo=photo,
            model="former",
            version="1",
            vector=current.vector,
            created_at=current.created_at - timedelta(seconds=60) + wrong,
        )

    assert _sizes_when_grouped_again(album) == [3]


def test_an_album_stays_with_its_model_until_all_its_photos_have_the_next(album: Album) -> None:
    photos = _three_shots(album)
    vector = Embedding.objects.get(photo=photos[0]).vector
    for photo in photos[:2]:
        Embedding.objects.create(photo=photo, model="next", version="1", vector=vector)
    assert _sizes_when_grouped_again(album) == [3]

    far_off = np.roll(np.frombuffer(vector, dtype="<f2"), 7).tobytes()
    Embedding.objects.create(photo=photos[2], model="next", version="1", vector=far_off)
    assert _sizes_when_grouped_again(album) == [2]


def test_manual_groups_survive_every_grouping(album: Album, tmp_path: Path) -> None:
    shots = write_album(tmp_path, moments=2, shots=[4, 3], seed=5)
    for shot in shots:
        uploaded_photo(album, shot.path.read_bytes(), shot.path.name)
    run_all(album)
    first, second = selectors.clusters_of(album)
    chosen = [photo.id for photo in first.photos.all()[:2]]
    clusters_split(album, chosen)
    single, moved, left = (photo.id for photo in second.photos.all())
    clusters_split(album, [single])
    clusters_merge(album, photo_ids=[moved], cluster_ids=[first.id])
    arranged = _groups(album)
    assert arranged == {frozenset(chosen), frozenset({*_group_ids(album, moved)})}
    for similarity in (0.0, 1.0):
        album_regroup(album, similarity=similarity)
        group_album(album.id, task_id=f"at {similarity}")
        assert _groups(album) == arranged
    assert Photo.objects.filter(id__in=[single, left], cluster=None, picked=True).count() == 2
    for cluster in selectors.clusters_of(album):
        qualities = [photo.quality for photo in cluster.photos.all()]
        assert qualities == sorted(qualities, reverse=True)
    clusters_release(album, everything=True)
    album_regroup(album, similarity=0.5)
    group_album(album.id, task_id="released")
    assert sorted(len(group) for group in _groups(album)) == [3, 4]


def _groups(album: Album) -> set[frozenset[UUID]]:
    return {frozenset(photo.id for photo in cluster.photos.all()) for cluster in selectors.clusters_of(album)}


def _group_ids(album: Album, photo_id: UUID) -> list[UUID]:
    return list(Photo.objects.filter(cluster__photos__id=photo_id).values_list("id", flat=True))
