"""Reads, and that they need no more queries for a larger album."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from albums import selectors, storage
from albums.exceptions import NotFound
from albums.models import Album, Photo, WorkerReport
from albums.services.workers import worker_begin
from tests.factories import NOON, make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db
State = Photo.State


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def test_it_counts_what_is_in_an_album(album: Album, alice: User) -> None:
    make_cluster(album, photo_count=3)
    make_photo(album, state=State.FAILED)
    make_photo(album, state=State.PENDING)
    make_photo(album)
    make_photo(album, kind=Photo.Kind.VIDEO)  # picked, but no pick
    found = selectors.album_of(alice, album.id)
    counts = (found.photo_count, found.cluster_count, found.picked_count, found.failed_count)  # type: ignore[attr-defined]
    assert counts == (6, 1, 2, 1)


def test_it_covers_an_album_with_the_pick_of_its_largest_cluster(album: Album, alice: User) -> None:
    make_photo(album)
    make_cluster(album, photo_count=2)
    _, (best, *_) = make_cluster(album, photo_count=4)
    assert selectors.album_of(alice, album.id).cover_id == best.id  # type: ignore[attr-defined]


def test_it_shows_an_album_to_its_owner_only(album: Album, alice: User, bob: User) -> None:
    assert list(selectors.albums_of(alice)) == [album]
    assert list(selectors.albums_of(bob)) == []
    assert list(selectors.albums_of(AnonymousUser())) == []
    with pytest.raises(NotFound):
        selectors.album_of(bob, album.id)


def test_it_lists_photos_in_the_order_of_capture(album: Album) -> None:
    untimed = make_photo(album, taken_at=None)
    late = make_photo(album, taken_at=NOON + timedelta(hours=1))
    early = make_photo(album, taken_at=NOON - timedelta(hours=1))
    make_photo(album, state=State.PENDING)
    assert list(selectors.photos_of(album)) == [early, late, untimed]


def test_it_filters_photos(album: Album) -> None:
    _, (best, second) = make_cluster(album, photo_count=2)
    single = make_photo(album, decision=Photo.Decision.REJECT, picked=False)
    assert set(selectors.photos_of(album, in_cluster=True)) == {best, second}
    assert set(selectors.photos_of(album, in_cluster=False)) == {single}
    assert set(selectors.photos_of(album, picked=True)) == {best}
    assert set(selectors.photos_of(album, decision="reject")) == {single}


@pytest.mark.parametrize("size", [1, 6])
def test_clusters_take_two_queries(album: Album, size: int, django_assert_num_queries: Any) -> None:
    for _ in range(size):
        make_cluster(album, photo_count=size + 1)
    with django_assert_num_queries(2):
        ranks = [[photo.rank for photo in cluster.photos.all()] for cluster in selectors.clusters_of(album)]
    assert ranks == [list(range(size + 1))] * size


@pytest.mark.parametrize("size", [1, 20])
def test_progress_takes_two_queries(album: Album, size: int, django_assert_num_queries: Any) -> None:
    for _ in range(size):
        make_photo(album, state=State.PREPARED)
    with django_assert_num_queries(2):
        assert selectors.album_progress(album.id).prepared == size


def test_progress_is_one_only_when_done(album: Album) -> None:
    photos = [make_photo(album, state=State.UPLOADED) for _ in range(2)]
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.STALE)
    seen = [selectors.album_progress(album.id).fraction]
    for photo in photos:
        for state in (State.PREPARING, State.PREPARED, State.EMBEDDING, State.ANALYZED):
            Photo.objects.filter(id=photo.id).update(state=state)
            seen.append(selectors.album_progress(album.id).fraction)
    assert seen == sorted(seen)
    assert seen[0] == 0.0 and seen[-1] < 1.0
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.CURRENT)
    progress = selectors.album_progress(album.id)
    assert (progress.done, progress.fraction) == (True, 1.0)


def test_failed_photos_do_not_hold_up_the_progress(album: Album) -> None:
    make_photo(album, state=State.FAILED)
    make_photo(album)
    assert selectors.album_progress(album.id).fraction == 1.0


def test_an_empty_album_is_done(album: Album) -> None:
    progress = selectors.album_progress(album.id)
    assert (progress.total, progress.done, progress.fraction) == (0, True, 1.0)


def test_health_names_what_does_not_answer() -> None:
    storage.get_storage().create_if_missing()
    health = selectors.service_health()
    assert health.database == "" and health.storage == ""
    assert "REDIS_URL" in health.broker
    assert not health.ready


def test_health_repeats_the_warnings_of_fresh_workers() -> None:
    for name, model, warning in (("here", "descriptor", "No weights."), ("gone", "resnet50", "Old.")):
        worker_begin(uuid4(), name=name, queues="embeddings", embedding_model=model, warning=warning)
    WorkerReport.objects.filter(name="gone").update(seen_at=timezone.now() - timedelta(hours=1))
    health = selectors.service_health()
    assert (health.workers, health.embedding_model, health.warning) == (1, "descriptor", "No weights.")
