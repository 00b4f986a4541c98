"""Splitting, merging and releasing groups: visible at once, decisions kept, permanent."""

from __future__ import annotations

from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from albums.exceptions import GroupsChanged, NothingToMerge, NothingToSplit
from albums.models import Album, Cluster, Photo
from albums.services.changes import album_undo
from albums.services.claims import Claim
from albums.services.clusters import GroupedPhoto, NewCluster, NewGroups, album_claim_grouping, clusters_replace
from albums.services.review import clusters_merge, clusters_release, clusters_split, photos_decide
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def groups(album: Album) -> list[list[str]]:
    """The names in each group, the best first, with the groups in order."""
    clusters = album.clusters.order_by("position", "photo_count")
    return [list(cluster.photos.order_by("rank").values_list("name", flat=True)) for cluster in clusters]


def names(*photos: Photo) -> list[str]:
    return [photo.name for photo in photos]


def picked(album: Album) -> set[str]:
    return set(album.photos.filter(picked=True).values_list("name", flat=True))


def manual_groups(*photos: Photo) -> list[object]:
    return [Photo.objects.get(id=photo.id).manual_group for photo in photos]


def check_rows(album: Album) -> None:
    """Check what is always true: counts, ranks from 0, and a pick in every group that has a candidate."""
    for cluster in album.clusters.all():
        photos = list(cluster.photos.order_by("rank"))
        assert len(photos) == cluster.photo_count > 1
        assert [photo.rank for photo in photos] == list(range(len(photos)))
        assert any(photo.picked for photo in photos) or all(photo.decision == "reject" for photo in photos)
        assert len({photo.manual_group for photo in photos}) == 1


def test_split_off_photos_form_a_group_and_so_does_the_rest(album: Album) -> None:
    cluster, photos = make_cluster(album, 5, clear_winner=True)
    one, two, three, four, five = photos

    reviewed = clusters_split(album, [three.id, five.id])

    assert sorted(groups(album), key=len) == [names(three, five), names(one, two, four)]
    assert picked(album) == set(names(one, three))
    rest = Cluster.objects.get(id=cluster.id)
    assert (rest.photo_count, rest.clear_winner) == (3, True)
    new = Cluster.objects.exclude(id=cluster.id).get()
    assert (new.kind, new.clear_winner, new.position) == ("moment", False, cluster.position)
    assert set(reviewed.cluster_ids) == {cluster.id, new.id}
    assert reviewed.removed_cluster_ids == []
    first, second = {*manual_groups(one, two, four)}, {*manual_groups(three, five)}
    assert len(first) == len(second) == 1 and first != second and None not in first | second
    check_rows(album)


def test_a_photo_that_is_split_off_alone_is_a_single(album: Album) -> None:
    _, (best, second, third) = make_cluster(album, 3)

    clusters_split(album, [best.id])

    best.refresh_from_db()
    assert (best.cluster, best.picked, best.rank) == (None, True, 0)
    assert groups(album) == [names(second, third)]
    assert picked(album) == set(names(best, second))
    check_rows(album)


def test_a_step_with_many_photos_writes_short_statements(
    album: Album, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """A case for each photo and column took ten seconds for 10,000 photos, and kept others from writing."""
    clusters = [make_cluster(album, 50)[0] for _ in range(4)]

    with django_assert_max_num_queries(40) as captured:
        clusters_merge(album, cluster_ids=[cluster.id for cluster in clusters])

    written = [query["sql"] for query in captured if "UPDATE" in query["sql"] and "SET" in query["sql"]]
    # PostgreSQL gets the values of 200 photos in one statement, SQLite one at a time.
    assert sum(map(len, written)) < 200 * 300
    all_of_it = " ".join(query["sql"] for query in captured)
    assert not [column for column in ("faces", "close_ups", "reasons") if f'"{column}"' in all_of_it]
    check_rows(album)


def test_a_pair_that_is_split_is_two_singles_and_no_group(album: Album) -> None:
    cluster, photos = make_cluster(album, 2)

    reviewed = clusters_split(album, [photos[1].id])

    assert reviewed.removed_cluster_ids == [cluster.id]
    assert not album.clusters.exists()
    assert picked(album) == set(names(*photos))


def test_photos_can_be_split_off_as_singles_even_all_of_them(album: Album) -> None:
    _, photos = make_cluster(album, 3)

    clusters_split(album, [photo.id for photo in photos], singles=True)

    assert not album.clusters.exists()
    assert len(set(manual_groups(*photos))) == 3
    assert picked(album) == set(names(*photos))


def test_each_group_is_split_by_itself(album: Album) -> None:
    _, first = make_cluster(album, 4)
    _, second = make_cluster(album, 4)

    clusters_split(album, [photo.id for photo in [*first[:2], *second[:2]]])

    expected = [names(*part) for part in (first[:2], first[2:], second[:2], second[2:])]
    assert sorted(groups(album)) == sorted(expected)
    check_rows(album)


def test_the_rest_of_a_panorama_is_kept_whole(album: Album) -> None:
    cluster, photos = make_cluster(album, 4, kind=Cluster.Kind.PANORAMA)

    clusters_split(album, [photos[0].id])

    assert Cluster.objects.get(id=cluster.id).kind == Cluster.Kind.PANORAMA
    assert picked(album) == set(names(*photos))
    assert Photo.objects.get(id=photos[1].id).manual_kind == Cluster.Kind.PANORAMA


def test_keeping_all_of_a_bracket_is_one_step_that_can_be_undone(album: Album, alice: User) -> None:
    _, photos = make_cluster(album, 7, kind=Cluster.Kind.BRACKET)

    photos_decide(album, [photo.id for photo in photos], Photo.Decision.KEEP, by=alice)
    assert picked(album) == set(names(*photos))

    album_undo(album, alice)
    assert picked(album) == {photos[0].name}


def test_a_photo_is_taken_from_the_shelf_by_keeping_it(album: Album, alice: User) -> None:
    shelved = make_photo(album, shelf="blurred", picked=False)

    assert [photo.picked for photo in photos_decide(album, [shelved.id], Photo.Decision.KEEP, by=alice)] == [True]
    album_undo(album, alice)
    assert picked(album) == set()


def test_a_split_that_changes_nothing_is_refused(album: Album) -> None:
    _, photos = make_cluster(album, 2)
    single = make_photo(album)
    for ids in ([photo.id for photo in photos], [single.id], [uuid4()]):
        with pytest.raises(NothingToSplit):
            clusters_split(album, ids)
    assert manual_groups(*photos, single) == [None, None, None]


def test_merged_groups_are_ordered_by_quality(album: Album) -> None:
    first, (a, b) = make_cluster(album, 2, kind=Cluster.Kind.NEAR_DUPLICATE)
    second, (c, d, e) = make_cluster(album, 3, clear_winner=True)
    for photo, quality in ((a, 2.0), (b, 0.5), (c, 3.0), (d, 1.0), (e, 0.0)):
        Photo.objects.filter(id=photo.id).update(quality=quality)

    reviewed = clusters_merge(album, cluster_ids=[first.id, second.id])

    assert groups(album) == [names(c, a, d, b, e)]
    assert picked(album) == {c.name}
    merged = album.clusters.get()
    assert (merged.id, merged.kind, merged.position, merged.clear_winner) == (second.id, "moment", 0, False)
    assert merged.margin == 1.0
    assert reviewed.removed_cluster_ids == [first.id]
    check_rows(album)


def test_singles_and_parts_of_groups_can_be_merged(album: Album) -> None:
    early = make_photo(album)
    _, (a, b, c) = make_cluster(album, 3)
    late = make_photo(album)

    clusters_merge(album, photo_ids=[late.id, early.id, c.id])

    assert {frozenset(group) for group in groups(album)} == {
        frozenset(names(early, late, c)),
        frozenset(names(a, b)),
    }
    check_rows(album)


def test_two_merged_singles_are_placed_by_capture_time(album: Album) -> None:
    make_cluster(album, 2)
    first, second = make_photo(album), make_photo(album)
    later, _ = make_cluster(album, 2)

    clusters_merge(album, photo_ids=[first.id, second.id])

    assert album.clusters.get(photos=first).position == later.position


def test_decisions_stay_when_groups_are_merged(album: Album) -> None:
    first, (_, b) = make_cluster(album, 2)
    second, (c, _) = make_cluster(album, 2)
    photos_decide(album, [b.id], Photo.Decision.KEEP)
    photos_decide(album, [c.id], Photo.Decision.REJECT)

    clusters_merge(album, cluster_ids=[first.id, second.id])

    assert picked(album) == {b.name}
    assert Photo.objects.get(id=c.id).decision == Photo.Decision.REJECT


def test_a_merge_that_changes_nothing_is_refused(album: Album, bob: User) -> None:
    cluster, photos = make_cluster(album, 2)
    theirs = make_photo(make_album(bob))
    with pytest.raises(NothingToMerge):
        clusters_merge(album, cluster_ids=[cluster.id])
    with pytest.raises(NothingToMerge):
        clusters_merge(album, photo_ids=[photos[0].id, theirs.id])
    with pytest.raises(GroupsChanged):
        clusters_merge(album, cluster_ids=[cluster.id, uuid4()])
    failed = make_photo(album, state=Photo.State.FAILED)
    with pytest.raises(NothingToMerge):
        clusters_merge(album, photo_ids=[failed.id, photos[0].id])


def test_released_photos_stay_in_place_until_the_grouping(album: Album) -> None:
    cluster, photos = make_cluster(album, 4)
    clusters_split(album, [photos[3].id, photos[2].id])

    reviewed = clusters_release(album, cluster_ids=[cluster.id], photo_ids=[photos[2].id])

    assert manual_groups(*photos[:3]) == [None, None, None]
    assert manual_groups(photos[3]) != [None]
    assert {photo.id for photo in reviewed.photos} == {photo.id for photo in photos[:3]}
    assert len(groups(album)) == 2
    clusters_release(album, everything=True)
    assert manual_groups(*photos) == [None] * 4


@pytest.mark.parametrize("step", ["split", "merge", "release"])
def test_every_step_has_the_album_ranked_again(album: Album, step: str) -> None:
    _, photos = make_cluster(album, 3)
    other, _ = make_cluster(album, 2)
    clusters_split(album, [photos[2].id])
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.RUNNING, claim=uuid4())

    if step == "split":
        clusters_split(album, [photos[0].id])
    elif step == "merge":
        clusters_merge(album, cluster_ids=[other.id], photo_ids=[photos[0].id])
    else:
        clusters_release(album, everything=True)

    album.refresh_from_db()
    assert (album.grouping, album.claim) == (Album.Grouping.QUEUED, None)


def test_a_step_without_a_change_ranks_nothing_again(album: Album) -> None:
    make_cluster(album, 3)
    clusters_release(album, everything=True)
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.CURRENT


def test_an_unchanged_group_keeps_its_id(album: Album) -> None:
    cluster, photos = make_cluster(album, 3)
    other, others = make_cluster(album, 2)
    claim = _claim(album)
    grouped = [
        NewCluster([GroupedPhoto(photo.id, 0.0) for photo in reversed(photos)]),
        NewCluster([GroupedPhoto(others[0].id, 0.0), GroupedPhoto(make_photo(album).id, 0.0)]),
    ]
    assert clusters_replace(album.id, claim, NewGroups(grouped, [GroupedPhoto(others[1].id, 0.0)]))
    first, second = album.clusters.order_by("position")
    assert first.id == cluster.id
    assert second.id not in {cluster.id, other.id}
    assert groups(album)[0] == names(*reversed(photos))


def _claim(album: Album) -> Claim:
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    claimed = album_claim_grouping(album.id, task_id="one")
    assert claimed is not None
    return claimed[1]
