"""Groups are the same whatever was seen before, in whatever order the photos came, and no look is taken twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import cv2
import numpy as np
import pytest
from django.db.models.functions import Now

from albums import storage
from albums.models import Album, AlbumLooks, Embedding, Photo
from albums.services import early_groups
from albums.services.clusters import GroupedPhoto, NewCluster, NewGroups, clusters_replace_early
from albums.services.early_groups import album_begin_early, album_group_early_if_due
from albums.services.photos import photos_claim_embedding, photos_delete, photos_mark_analyzed, photos_reembed
from tests.drawing import draw_scene, jpeg_bytes
from tests.drawn_pages import draw_page, photograph
from tests.drawn_sets import burst, focus_stack, panorama
from tests.factories import NOON, make_album, make_photo
from web.accounts.models import User
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping import link_album
from worker.analysis.grouping.looks import Looks
from worker.analysis.models import DESCRIPTOR_LENGTH, DESCRIPTOR_NAME, DESCRIPTOR_VERSION
from worker.analysis.ranking import rank_group
from worker.stages.group import group_album

pytestmark = pytest.mark.django_db(transaction=True)
SHOT = {"exposure_time": 0.01, "f_number": 8.0, "iso": 100.0, "focal_length": 35.0, "exposure_bias": 0.0}


@cache
def drawn() -> list[tuple[float, bytes, bytes]]:
    """Seconds, thumbnail and vector of shots: a stack, a sweep, a burst, three pages, an edited shot, a scene."""
    scene = draw_scene(11, (512, 384))
    pages = [photograph(draw_page("book", page), page) for page in (1, 2)]
    moments = [focus_stack(4, 5), panorama(5, 4), burst(2, 3), pages]
    moments += [[scene, np.asarray(cv2.convertScaleAbs(scene, alpha=0.8), np.uint8)], [draw_scene(20, (512, 384))]]
    shots = []
    for number, images in enumerate(moments):
        colours = [image if image.ndim == 3 else np.repeat(image[..., None], 3, axis=2) for image in images]
        vectors = describe([np.asarray(image) for image in colours]).astype("<f2")
        pause = 0.0 if images[0] is scene else 3.0
        shots += [
            (3600.0 * number + pause * shot, jpeg_bytes(np.asarray(image)), vector.tobytes())
            for shot, (image, vector) in enumerate(zip(colours, vectors, strict=True))
        ]
    return shots


def add(album: Album, numbers: Sequence[int]) -> None:
    for number in numbers:
        seconds, thumbnail, vector = drawn()[number]
        taken = NOON + timedelta(seconds=seconds)
        photo = make_photo(album, name=f"{number:02}.jpg", sha256=f"{number:064x}", taken_at=taken, capture=SHOT)
        storage.get_storage().write_bytes(storage.thumbnail_key(album.id, photo.id), thumbnail, "image/jpeg")
        Embedding.objects.create(photo=photo, model=DESCRIPTOR_NAME, version=DESCRIPTOR_VERSION, vector=vector)


def add_less_alike(album: Album) -> None:
    """Shots of a few moments, two each, that are less alike from moment to moment."""
    dice = np.random.default_rng(0)
    everywhere = dice.standard_normal(DESCRIPTOR_LENGTH)
    for moment in range(8):
        scene = everywhere + dice.standard_normal(DESCRIPTOR_LENGTH)
        for shot in range(2):
            vector = scene + (0.4 + 0.12 * moment) * dice.standard_normal(DESCRIPTOR_LENGTH)
            taken = NOON + timedelta(days=1 + moment, seconds=shot)
            photo = make_photo(album, taken_at=taken, capture=SHOT)
            vector = (vector / np.linalg.norm(vector)).astype("<f2")
            Embedding.objects.create(
                photo=photo, model=DESCRIPTOR_NAME, version=DESCRIPTOR_VERSION, vector=vector.tobytes()
            )


def grouped(album: Album, similarity: float = 0.5) -> tuple[list[tuple[str, list[str]]], int]:
    """Kind and names of each group, and how often pictures were looked at."""
    made: list[int] = []
    ask = Looks._ask

    def counted(self: Looks, *question: Any) -> Any:
        before = len(self.answers)
        answer = ask(self, *question)
        made.extend([1] * (len(self.answers) - before))
        return answer

    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED, similarity=similarity)
    with patch.object(Looks, "_ask", counted):
        group_album(album.id, task_id="group")
    photos = Photo.objects.filter(cluster__album=album).order_by("cluster__position", "name")
    clusters: dict[Any, tuple[str, list[str]]] = {}
    for photo in photos.select_related("cluster"):
        assert photo.cluster is not None
        clusters.setdefault(photo.cluster_id, (photo.cluster.kind, []))[1].append(photo.name)
    return list(clusters.values()), len(made)


def test_groups_are_the_same_however_the_photos_came(alice: User) -> None:
    every = range(len(drawn()))
    at_once = make_album(alice)
    add(at_once, every)
    expected = {similarity: grouped(at_once, similarity)[0] for similarity in (0.5, 0.9)}
    kinds = {kind for kind, _ in expected[0.5]}
    assert kinds == {"focus_stack", "panorama", "moment", "near_duplicate"}
    for seed in range(2):
        dice = np.random.default_rng(seed)
        album = make_album(alice)
        order = dice.permutation(len(every)).tolist()
        for first in range(0, len(order), 8):
            add(album, order[first : first + 8])
            grouped(album)
        again = dice.choice(len(every), 4, replace=False).tolist()
        gone = album.photos.filter(name__in=[f"{number:02}.jpg" for number in again])
        photos_delete(album, gone.values_list("id", flat=True))
        grouped(album)
        add(album, again)
        assert {similarity: grouped(album, similarity)[0] for similarity in expected} == expected


def test_a_moved_slider_needs_no_thumbnail(alice: User) -> None:
    album = make_album(alice)
    add(album, range(len(drawn())))
    before, made = grouped(album)
    assert made > 10
    assert grouped(album) == (before, 0)
    storage.get_storage().delete([storage.thumbnail_key(album.id, photo.id) for photo in album.photos.all()])
    assert grouped(album) == (before, 0)


def test_a_moved_slider_finds_no_links_again(alice: User) -> None:
    album = make_album(alice)
    add(album, range(9))
    photo = album.photos.all()[0]
    album.photos.update(enqueued_at=NOON)
    with patch("worker.stages.linked_album.link_album", wraps=link_album) as linked:
        loose, strict = grouped(album, 0.1), grouped(album, 0.9)
        assert linked.call_count == 1
        assert (grouped(album, 0.1)[0], grouped(album, 0.9)[0]) == (loose[0], strict[0])
        assert linked.call_count == 1
        changes: list[dict[str, Any]] = [{"enqueued_at": NOON + timedelta(1)}, {"taken_at": NOON + timedelta(1)}]
        for change in (*changes, {"manual_group": uuid4()}, {"enqueued_at": None}):
            Photo.objects.filter(id=photo.id).update(**change)
            grouped(album, 0.9)
        assert linked.call_count == 4
        Photo.objects.filter(id=photo.id).update(manual_group=None)
        grouped(album, 0.9)
        grouped(album, 0.9)
        assert linked.call_count == 6  # nobody knows what was analyzed when


def test_a_moved_slider_ranks_no_single_photo_again(alice: User) -> None:
    album = make_album(alice)
    add(album, [0, 1, len(drawn()) - 1])
    album.photos.update(enqueued_at=NOON)
    with patch("worker.stages.group_ranks.rank_group", wraps=rank_group) as ranked:
        before = grouped(album)[0]
        calls = ranked.call_count
        assert album.photos.filter(cluster=None).exists()
        assert grouped(album)[0] == before
        assert ranked.call_count == calls > 0


def test_a_photo_that_was_analyzed_again_is_read_again(alice: User) -> None:
    """Else the columns of its analysis, and its vector, are those that this process has read before."""
    album = make_album(alice)
    add(album, range(9))
    album.photos.update(enqueued_at=NOON)
    before, _ = grouped(album)
    pages = next(names for _, names in before if "00.jpg" in names)
    photo = album.photos.get(name="00.jpg")
    Photo.objects.filter(id=photo.id).update(capture={"burst_id": "1"})
    Embedding.objects.filter(photo=photo).update(vector=drawn()[-1][2])
    assert grouped(album)[0] == before
    Photo.objects.filter(id=photo.id).update(enqueued_at=NOON + timedelta(seconds=1))
    assert pages not in [names for _, names in grouped(album)[0]]


def test_a_photo_that_was_embedded_again_is_read_again(alice: User) -> None:
    """By the services that do it: they have to keep what tells the grouping."""
    album = make_album(alice)
    add(album, range(9))
    for photo in album.photos.all():  # one after the other, as they come
        Photo.objects.filter(id=photo.id).update(enqueued_at=Now())
    before, _ = grouped(album)
    with patch("albums.jobs.embed_photos"), patch("albums.jobs.prepare_photos"):
        photos_reembed(model=DESCRIPTOR_NAME, version="next")
    photos, claim = photos_claim_embedding(album.photos.values_list("id", flat=True), task_id="embed")
    vectors = {photo.id: drawn()[int(photo.name[:2])][2] for photo in photos}
    vectors[album.photos.get(name="00.jpg").id] = drawn()[-1][2]
    photos_mark_analyzed(claim, vectors, model=DESCRIPTOR_NAME, version="next")
    assert not album.photos.filter(enqueued_at=None).exists()
    assert grouped(album)[0] != before


def test_a_slider_moved_and_moved_back_leaves_the_rows_of_before(alice: User) -> None:
    """Also where another album was grouped in between, and this one has to be read again."""
    album = make_album(alice)
    add(album, range(4))
    add_less_alike(album)
    album.photos.update(enqueued_at=NOON)
    columns = [field.attname for field in Photo._meta.concrete_fields if field.attname != "cluster_id"]

    def rows(similarity: float) -> list[Any]:
        grouped(album, similarity)
        clusters = [*album.clusters.order_by("position").values("kind", "photo_count", "clear_winner", "margin")]
        return [clusters, *album.photos.order_by("name").values(*columns, "cluster__position")]

    before = {similarity: rows(similarity) for similarity in (0.5, 0.95, 0.0)}
    assert before[0.5] != before[0.95] != before[0.0]
    for similarity in (0.95, 0.5, 0.0, 0.5):
        assert rows(similarity) == before[similarity]
    grouped(make_album(alice))
    for similarity in (0.95, 0.5):
        assert rows(similarity) == before[similarity]


def test_a_photo_more_needs_only_looks_at_its_neighbours(alice: User) -> None:
    album = make_album(alice)
    every = list(range(len(drawn())))
    add(album, [number for number in every if number != 10])  # one of the burst
    _, first = grouped(album)
    add(album, [10])
    _, later = grouped(album)
    assert 0 < later <= 6 < first


def test_damaged_answers_are_forgotten(alice: User) -> None:
    album = make_album(alice)
    add(album, range(5))
    before, made = grouped(album)
    AlbumLooks.objects.update(answers=b"\xff not what we wrote")
    assert grouped(album) == (before, made)


def test_groups_appear_while_photos_come(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """A message that comes twice, or again because its worker died, compares nothing."""
    every = range(len(drawn()))
    monkeypatch.setattr(early_groups, "EARLY_PHOTOS", len(every))
    album = make_album(alice, grouping=Album.Grouping.STALE)
    add(album, every[:-1])
    coming = make_photo(album, state=Photo.State.UPLOADED)
    with patch("albums.jobs.group_album") as enqueue:
        album_group_early_if_due(album.id)
        enqueue.assert_not_called()
        add(album, every[-1:])
        album_group_early_if_due(album.id)
        enqueue.assert_called_once_with(album.id)
        group_album(album.id, task_id="ahead")
        album_group_early_if_due(album.id)
        enqueue.assert_called_once()
    with patch("worker.stages.group._group_photos") as grouped_again:
        group_album(album.id, task_id="again")
    grouped_again.assert_not_called()
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.STALE
    assert album.grouped_at is not None  # pages read the groups again when it changes
    early = set(album.clusters.values_list("id", flat=True))
    assert len(early) > 3
    coming.delete()
    expected = make_album(alice)
    add(expected, every)
    assert grouped(album) == (grouped(expected)[0], 0)
    assert set(album.clusters.values_list("id", flat=True)) == early


def test_an_early_grouping_gives_way_to_what_a_person_arranged(alice: User) -> None:
    album = make_album(alice, grouping=Album.Grouping.STALE)
    photos = [make_photo(album) for _ in range(3)]
    arranged = dict.fromkeys((photo.id for photo in photos), uuid4())
    new = [NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos])]
    assert not clusters_replace_early(album.id, NewGroups(new, manual_groups=arranged))
    assert clusters_replace_early(album.id, NewGroups(new))
    assert album.clusters.count() == 1
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.RUNNING)
    assert not clusters_replace_early(album.id, NewGroups())
    assert album.clusters.count() == 1


def test_nothing_is_compared_ahead_in_an_album_that_is_finished_or_grouped(alice: User) -> None:
    for grouping, state in (("stale", Photo.State.ANALYZED), ("current", Photo.State.UPLOADED)):
        album = make_album(alice, grouping=grouping)
        for _ in range(early_groups.EARLY_PHOTOS):
            make_photo(album)
        make_photo(album, state=state)
        assert album_begin_early(album.id) is None


def test_few_early_groupings_leave_little_for_the_end(alice: User) -> None:
    album = make_album(alice, grouping=Album.Grouping.STALE)
    ids = [make_photo(album, state=Photo.State.UPLOADED).id for _ in range(200)]
    begun: list[int] = []
    for first in range(0, len(ids), 5):
        Photo.objects.filter(id__in=ids[first : first + 5]).update(state=Photo.State.ANALYZED)
        if album_begin_early(album.id) is not None:
            begun.append(first + 5)
    assert begun == [10, 20, 40, 80, 140, 170, 190]  # doubled, then half of what was left


def test_photos_that_are_embedded_again_stay_in_their_groups(alice: User) -> None:
    album = make_album(alice, grouping=Album.Grouping.STALE)
    photos = [make_photo(album) for _ in range(early_groups.EARLY_PHOTOS + 2)]
    group = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos])
    assert clusters_replace_early(album.id, NewGroups([group]))
    again = photos[0]
    Embedding.objects.create(photo=again, model=DESCRIPTOR_NAME, version="old", vector=drawn()[0][2])
    Photo.objects.filter(id=again.id).update(state=Photo.State.PREPARED)
    assert album_begin_early(album.id) is None
    assert not clusters_replace_early(album.id, NewGroups())
    again.refresh_from_db()
    assert again.cluster_id is not None
