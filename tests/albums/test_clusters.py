"""The grouping of an album: one at a time, replaced as a whole, with decisions kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

import pytest
from django.conf import settings
from django.db import connection

from albums.models import Album, Cluster, Photo
from albums.services.bulk import photos_write
from albums.services.claims import Claim
from albums.services.clusters import (
    GroupedPhoto,
    NewCluster,
    NewGroups,
    album_claim_grouping,
    album_group_if_ready,
    clusters_replace,
)
from albums.services.photos import photos_delete
from albums.services.review import album_regroup, photos_decide
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

Grouping = Album.Grouping


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice, grouping=Grouping.STALE)


def _claim(album: Album) -> Claim:
    Album.objects.filter(id=album.id).update(grouping=Grouping.QUEUED)
    claimed = album_claim_grouping(album.id, task_id="one")
    assert claimed is not None
    return claimed[1]


@pytest.mark.django_db
@pytest.mark.parametrize("state", Photo.UNFINISHED)
def test_it_waits_for_unfinished_photos(album: Album, state: str) -> None:
    photo = make_photo(album, state=state)
    assert not album_group_if_ready(album.id)
    Photo.objects.filter(id=photo.id).update(state=Photo.State.FAILED)
    assert album_group_if_ready(album.id)


@pytest.mark.django_db
def test_it_does_not_wait_for_photos_that_never_arrived(album: Album) -> None:
    make_photo(album, state=Photo.State.PENDING)
    assert album_group_if_ready(album.id)


@pytest.mark.django_db
@pytest.mark.parametrize("grouping", [Grouping.QUEUED, Grouping.RUNNING, Grouping.CURRENT, Grouping.FAILED])
def test_it_groups_only_what_is_stale(album: Album, grouping: str) -> None:
    Album.objects.filter(id=album.id).update(grouping=grouping)
    assert not album_group_if_ready(album.id)


@pytest.mark.django_db(transaction=True)
def test_it_enqueues_one_grouping_when_many_ask_at_once(album: Album) -> None:
    make_photo(album)
    barrier = threading.Barrier(8)
    answers: list[bool] = []

    def ask() -> None:
        barrier.wait()
        try:
            answers.append(album_group_if_ready(album.id))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [False] * 7 + [True]


@pytest.mark.django_db
def test_it_replaces_the_clusters_and_keeps_decisions(album: Album) -> None:
    old, (first, second, third) = make_cluster(album)
    photos_decide(album, [third.id], Photo.Decision.KEEP)
    claim = _claim(album)
    ranked = [GroupedPhoto(first.id, 2.5, [{"code": "sharpest"}]), GroupedPhoto(third.id, 1.0)]
    assert clusters_replace(
        album.id, claim, NewGroups([NewCluster(ranked, margin=1.5, clear_winner=True)], [GroupedPhoto(second.id, 0.0)])
    )
    cluster = Cluster.objects.get()
    assert cluster.id != old.id
    assert (cluster.photo_count, cluster.margin, cluster.clear_winner) == (2, 1.5, True)
    for photo in (first, second, third):
        photo.refresh_from_db()
    assert (first.rank, first.quality, first.reasons) == (0, 2.5, [{"code": "sharpest"}])
    assert [photo.picked for photo in (first, second, third)] == [False, True, True]
    assert second.cluster is None
    album.refresh_from_db()
    assert album.grouping == Grouping.CURRENT
    assert album.grouped_at is not None


@pytest.mark.django_db
def test_it_drops_a_result_when_photos_have_changed(album: Album) -> None:
    old, photos = make_cluster(album)
    claim = _claim(album)
    photos_delete(album, [photos[2].id])
    assert not clusters_replace(album.id, claim, NewGroups([], [GroupedPhoto(photos[0].id, 0.0)]))
    assert Cluster.objects.get() == old


@pytest.mark.django_db
def test_it_skips_a_photo_deleted_meanwhile(album: Album) -> None:
    photo, gone = make_photo(album), make_photo(album)
    claim = _claim(album)
    gone_id = gone.id
    gone.delete()
    assert clusters_replace(
        album.id, claim, NewGroups([NewCluster([GroupedPhoto(photo.id, 1.0), GroupedPhoto(gone_id, 0.5)])], [])
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "picks"), [("moment", 1), ("near_duplicate", 1), ("bracket", 1), ("focus_stack", 1), ("panorama", 3)]
)
def test_it_picks_one_photo_of_every_group_but_a_panorama(album: Album, kind: str, picks: int) -> None:
    photos = [make_photo(album) for _ in range(3)]
    cluster = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos], kind=kind)
    clusters_replace(album.id, _claim(album), NewGroups([cluster], []))
    assert Photo.objects.filter(picked=True).count() == picks
    assert Photo.objects.get(id=photos[0].id).picked


@pytest.mark.django_db
def test_a_cluster_that_stays_writes_only_picks_and_order(album: Album) -> None:
    cluster, photos = make_cluster(album)
    Photo.objects.filter(id=photos[0].id).update(decision="reject", quality=3.0)
    stays = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos], row=cluster.id)
    places = dict.fromkeys((photo.id for photo in photos), 7)
    with mock.patch("albums.services.clusters.photos_write", wraps=photos_write) as written:
        assert clusters_replace(album.id, _claim(album), NewGroups([stays], spread_ranks=places))
    assert not any("reasons" in columns for rows, columns in (call.args for call in written.call_args_list) if rows)
    rows = list(album.photos.order_by("rank").values_list("cluster", "quality", "picked", "spread_rank"))
    assert [row[0] for row in rows] == [cluster.id] * 3
    assert rows[0][1:] == (3.0, False, 7)
    assert rows[1][2]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"cluster": None}, {"rank": 5}])
def test_nothing_is_written_where_a_cluster_that_should_stay_has_changed(
    album: Album, change: dict[str, object]
) -> None:
    cluster, photos = make_cluster(album)
    Photo.objects.filter(id=photos[1].id).update(**change)
    stays = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos], row=cluster.id)
    before = list(album.photos.order_by("id").values())
    assert not clusters_replace(album.id, _claim(album), NewGroups([stays]))
    assert list(album.photos.order_by("id").values()) == before
    album.refresh_from_db()
    assert album.grouping == Grouping.RUNNING


@pytest.mark.django_db
def test_a_shelved_photo_is_not_picked_unless_somebody_keeps_it(album: Album) -> None:
    black, kept, good = make_photo(album), make_photo(album, decision="keep"), make_photo(album)
    shelved = [GroupedPhoto(photo.id, 0.0, shelf="black") for photo in (black, kept)]
    clusters_replace(album.id, _claim(album), NewGroups([], [*shelved, GroupedPhoto(good.id, 0.0)]))
    assert dict(album.photos.values_list("id", "shelf")) == {black.id: "black", kept.id: "black", good.id: ""}
    assert set(album.photos.filter(picked=True)) == {kept, good}

    cluster = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in (black, good)])
    clusters_replace(album.id, _claim(album), NewGroups([cluster], [GroupedPhoto(kept.id, 0.0)]))
    assert set(album.photos.values_list("shelf", flat=True)) == {""}


@pytest.mark.django_db
def test_it_gives_up_a_grouping_that_crashes_its_worker(album: Album) -> None:
    Album.objects.filter(id=album.id).update(grouping=Grouping.QUEUED)
    for _ in range(settings.MAX_ATTEMPTS):
        assert album_claim_grouping(album.id, task_id="one") is not None
    assert album_claim_grouping(album.id, task_id="one") is None
    album.refresh_from_db()
    assert album.grouping == Grouping.FAILED
    assert album.grouping_error


@pytest.mark.django_db
def test_it_regroups_with_another_similarity(
    album: Album, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    Album.objects.filter(id=album.id).update(grouping=Grouping.CURRENT)
    regrouped = album_regroup(album, similarity=0.9)
    assert (regrouped.similarity, regrouped.grouping) == (0.9, Grouping.QUEUED)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [4, 40])
def test_it_replaces_a_large_grouping_in_as_many_queries(
    album: Album, count: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    photos = [make_photo(album) for _ in range(count)]
    pairs = [photos[index : index + 2] for index in range(0, count, 2)]
    clusters = [NewCluster([GroupedPhoto(photo.id, 0.0) for photo in pair]) for pair in pairs]
    claim = _claim(album)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        clusters_replace(album.id, claim, NewGroups(clusters, []))


@pytest.mark.django_db
def test_another_grouping_writes_only_the_photos_it_moves(album: Album) -> None:
    photos = [make_photo(album) for _ in range(5)]
    first, second, third, fourth, alone = (GroupedPhoto(photo.id, 1.0, []) for photo in photos)
    pair, other = NewCluster([first, second]), NewCluster([third, fourth])
    assert clusters_replace(album.id, _claim(album), NewGroups([pair, other], [alone]))
    ids = list(Cluster.objects.filter(album=album).order_by("position").values_list("id", flat=True))

    pair, other = (replace(cluster, row=row) for cluster, row in zip((pair, other), ids, strict=True))
    assert _photos_written(album, [pair, other], [alone]) == 0
    assert list(Cluster.objects.filter(album=album).order_by("position").values_list("id", flat=True)) == ids

    bigger = NewCluster([third, fourth, alone])
    assert _photos_written(album, [pair, bigger], []) == 3
    groups = {frozenset(cluster.photos.values_list("id", flat=True)) for cluster in Cluster.objects.filter(album=album)}
    assert groups == {frozenset({photos[0].id, photos[1].id}), frozenset(photo.id for photo in photos[2:])}
    assert Cluster.objects.get(id=ids[0]).position == 0
    assert Photo.objects.filter(album=album, picked=True).count() == 2


@pytest.mark.django_db
def test_a_photo_with_a_new_rank_is_written_once(album: Album) -> None:
    photos = [make_photo(album) for _ in range(3)]
    ranked = [GroupedPhoto(photo.id, 1.0, []) for photo in photos]
    groups = NewGroups([NewCluster(ranked[:2])], ranked[2:], spread_ranks={photos[0].id: 0, photos[1].id: 0})
    with mock.patch("albums.services.clusters.photos_write", wraps=photos_write) as written:
        assert clusters_replace(album.id, _claim(album), groups)
    assert sum(len(call.args[0]) for call in written.call_args_list) == 3
    assert set(album.photos.values_list("rank", "spread_rank")) == {(0, 0), (1, 0), (0, None)}


def _photos_written(album: Album, clusters: list[NewCluster], singles: list[GroupedPhoto]) -> int:
    """How many photos were moved."""
    claim = _claim(album)
    with mock.patch("albums.services.clusters.photos_write", wraps=photos_write) as written:
        assert clusters_replace(album.id, claim, NewGroups(clusters, singles))
    return sum(len(call.args[0]) for call in written.call_args_list if "cluster_id" in call.args[1])


@pytest.mark.django_db
def test_a_photo_that_has_failed_is_in_no_zip_and_no_pair(album: Album) -> None:
    shown, failed = make_photo(album), make_photo(album, state=Photo.State.FAILED, error_code="crashed")
    left_out = make_photo(album, state=Photo.State.FAILED, error_code="crashed", left_out=True)
    Photo.objects.filter(id=failed.id).update(
        picked=True, companion_of=shown, companions=[{"id": "1", "name": "1.NEF"}]
    )

    assert clusters_replace(album.id, _claim(album), NewGroups(singles=[GroupedPhoto(shown.id, 1.0)]))

    columns = ("picked", "left_out", "companion_of", "companions")
    rows = Photo.objects.filter(id__in=[failed.id, left_out.id]).values_list(*columns)
    assert list(rows) == [(False, False, None, None)] * 2
