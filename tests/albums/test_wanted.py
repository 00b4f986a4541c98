"""How many picks an album wants: a number or a share, with decisions that always stand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums import selectors
from albums.exports.plan import ExportOptions, export_plan
from albums.filters import ClusterFilter
from albums.models import Album, AlbumChange, Cluster, Photo
from albums.picks import Candidate, Wanted, left_out_of
from albums.services.changes import album_redo, album_undo
from albums.services.clusters import GroupedPhoto, NewCluster, NewGroups, album_claim_grouping, clusters_replace
from albums.services.review import album_want, clusters_accept, clusters_split, photos_decide
from albums.services.review_state import ReviewState
from tests.factories import NOON, make_album, make_cluster, make_photo
from web.accounts.models import User

KEEP, REJECT, AUTO = Photo.Decision.KEEP, Photo.Decision.REJECT, Photo.Decision.AUTO

CANDIDATES = st.lists(
    st.builds(Candidate, st.uuids(), st.booleans(), st.none() | st.integers(0, 50), st.integers(0, 5)), max_size=30
)


def _taken(candidates: list[Candidate], number: int) -> set[UUID]:
    return {photo.photo_id for photo in candidates} - left_out_of(candidates, Wanted(count=number))


@given(CANDIDATES, st.integers(1, 35))
def test_it_takes_the_number_or_all_that_people_keep(candidates: list[Candidate], number: int) -> None:
    taken = _taken(candidates, number)
    kept = {photo.photo_id for photo in candidates if photo.is_kept}
    assert kept <= taken
    assert len(taken) == max(len(kept), min(number, len(candidates)))


@given(CANDIDATES, st.integers(1, 35), st.integers(1, 35), st.randoms())
def test_fewer_are_some_of_more_in_whatever_order_the_rows_come(
    candidates: list[Candidate], one: int, other: int, order: Any
) -> None:
    mixed = order.sample(candidates, len(candidates))
    assert _taken(candidates, min(one, other)) <= _taken(mixed, max(one, other))
    assert _taken(candidates, one) == _taken(mixed, one)


@pytest.mark.parametrize(
    ("wanted", "number"),
    [
        (Wanted(), 182),
        (Wanted(count=50), 50),
        (Wanted(share=0.25), 46),
        (Wanted(share=0.001), 1),
        (Wanted(share=1), 182),
    ],
)
def test_a_share_is_rounded(wanted: Wanted, number: int) -> None:
    assert wanted.number_of(182) == number


@pytest.fixture
def album(alice: User) -> Album:
    """Two groups and three photos in none, in the order in which they are to be taken."""
    album = make_album(alice)
    for place in range(2):
        cluster, _ = make_cluster(album, 3, clear_winner=True)
        cluster.photos.update(spread_rank=place)
    for place in range(2, 5):
        make_photo(album, spread_rank=place)
    return album


def _picks(album: Album) -> list[int]:
    return sorted(photo.spread_rank or 0 for photo in album.photos.filter(picked=True))


def _left_out(album: Album) -> list[int]:
    return sorted(photo.spread_rank or 0 for photo in album.photos.filter(left_out=True))


@pytest.mark.django_db
def test_a_number_leaves_out_the_last_of_the_order(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=3), by=alice)
    assert (_picks(album), _left_out(album)) == ([0, 1, 2], [3, 4])
    album_want(album, Wanted(share=0.8), by=alice)
    assert (_picks(album), _left_out(album)) == ([0, 1, 2, 3], [4])
    album_want(album, Wanted(), by=alice)
    assert (_picks(album), _left_out(album)) == ([0, 1, 2, 3, 4], [])


@pytest.mark.django_db
def test_what_is_kept_counts_and_stays_beyond_the_number(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=2), by=alice)
    last, other = album.photos.get(spread_rank=4), album.photos.get(spread_rank=3)
    changed = photos_decide(album, [last.id], KEEP, by=alice)
    assert _picks(album) == [0, 4]
    # The answer names the photo of another group that had to go.
    assert {photo.spread_rank: (photo.picked, photo.left_out) for photo in changed} == {
        4: (True, False),
        1: (False, True),
    }
    photos_decide(album, [other.id, album.photos.get(spread_rank=2).id], KEEP, by=alice)
    assert (_picks(album), _left_out(album)) == ([2, 3, 4], [0, 1])


@pytest.mark.django_db
def test_what_is_rejected_makes_room(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=2), by=alice)
    members = list(album.photos.filter(spread_rank=0).order_by("rank"))
    photos_decide(album, [members[0].id], REJECT, by=alice)
    # The next in rank takes the place of the best.
    assert [photo.name for photo in album.photos.filter(picked=True, spread_rank=0)] == [members[1].name]
    photos_decide(album, [photo.id for photo in members], REJECT, by=alice)
    assert (_picks(album), _left_out(album)) == ([1, 2], [3, 4])


@pytest.mark.django_db
def test_it_is_undone_and_redone(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=3), by=alice)
    undone = album_undo(album, alice)
    album.refresh_from_db()
    assert (undone.change.kind, Wanted.of(album)) == (AlbumChange.Kind.WANTED, Wanted())
    assert (_picks(album), _left_out(album)) == ([0, 1, 2, 3, 4], [])
    assert {photo.spread_rank for photo in undone.reviewed.photos if photo.picked} == {3, 4}
    album_redo(album, alice)
    album.refresh_from_db()
    assert (Wanted.of(album), _picks(album)) == (Wanted(count=3), [0, 1, 2])


@pytest.mark.django_db
def test_undoing_a_decision_brings_the_others_back(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=2), by=alice)
    photos_decide(album, [album.photos.get(spread_rank=4).id], KEEP, by=alice)
    album_undo(album, alice)
    assert (_picks(album), _left_out(album)) == ([0, 1], [2, 3, 4])


def test_states_of_the_version_before_read_on() -> None:
    state = ReviewState(similarity=0.3, places=[])
    kept = state.to_json()
    del kept["wanted"]
    assert ReviewState.from_json(kept) == state
    assert ReviewState.from_json(ReviewState(wanted=Wanted()).to_json()).wanted == Wanted()


@pytest.mark.django_db
def test_accepting_takes_only_the_number(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=1), by=alice)
    counts = selectors.review_counts(album)
    assert (counts.undecided, counts.picked, counts.left_out) == (1, 1, 4)
    clusters_accept(album, ClusterFilter(undecided=True), by=alice)
    assert album.photos.filter(decision=KEEP).count() == 1
    assert _picks(album) == [0]


@pytest.mark.django_db
def test_what_is_left_out_is_found(album: Album) -> None:
    album_want(album, Wanted(count=1))
    second = album.clusters.get(position=1)
    assert list(selectors.clusters_of(album, ClusterFilter(left_out=True))) == [second]
    left_out = selectors.photos_of(album, left_out=True, in_cluster=False)
    assert sorted(photo.spread_rank or 0 for photo in left_out) == [2, 3, 4]


@pytest.mark.django_db
def test_a_split_group_keeps_to_the_number(album: Album, alice: User) -> None:
    album_want(album, Wanted(count=2), by=alice)
    clusters_split(album, [album.photos.get(spread_rank=0, rank=1).id], by=alice)
    assert _picks(album) == [0, 0]


@pytest.mark.django_db
def test_the_zip_has_the_picks_and_its_name_the_number(album: Album) -> None:
    assert export_plan(album, ExportOptions()).file_name == "Midsummer.zip"
    album_want(album, Wanted(count=2))
    album.refresh_from_db()
    plan = export_plan(album, ExportOptions())
    assert (plan.file_name, len(plan.photos)) == ("Midsummer (2 photos).zip", 2)
    everything = export_plan(album, ExportOptions(selection="all"))
    assert (everything.file_name, len(everything.photos)) == ("Midsummer.zip", 9)


@pytest.mark.django_db
def test_a_grouping_keeps_to_the_number_and_writes_the_order(album: Album) -> None:
    album_want(album, Wanted(count=2))
    Album.objects.filter(id=album.id).update(grouping=Album.Grouping.QUEUED)
    claimed = album_claim_grouping(album.id, task_id="one")
    assert claimed is not None
    photos = list(album.photos.order_by("taken_at"))
    group = NewCluster([GroupedPhoto(photo.id, 0.0) for photo in photos[:3]], kind=Cluster.Kind.MOMENT)
    singles = [GroupedPhoto(photo.id, 0.0) for photo in photos[3:]]
    ranks = {photo.id: place for place, photo in enumerate(reversed(photos))}
    assert clusters_replace(album.id, claimed[1], NewGroups([group], singles, spread_ranks=ranks))
    assert _picks(album) == [0, 1]
    assert album.photos.filter(left_out=True).count() == 5
    assert dict(album.photos.values_list("id", "spread_rank")) == ranks


@pytest.mark.django_db
def test_an_album_without_an_order_is_grouped_for_one(alice: User) -> None:
    album = make_album(alice)
    for minute in range(3):
        make_photo(album, taken_at=NOON + timedelta(minutes=minute))
    album_want(album, Wanted(count=2), by=alice)
    album.refresh_from_db()
    assert (album.grouping, album.photos.filter(picked=True).count()) == (Album.Grouping.QUEUED, 2)


@pytest.mark.django_db
def test_an_album_with_an_order_needs_no_job(album: Album, alice: User) -> None:
    make_photo(album, shelf="blurred", decision=KEEP)  # has no place in the order
    album_want(album, Wanted(count=2), by=alice)
    album.refresh_from_db()
    assert album.grouping == Album.Grouping.CURRENT
    assert album.photos.filter(picked=True).count() == 2


@pytest.mark.django_db
def test_photos_of_other_albums_stay(album: Album, alice: User) -> None:
    other = make_photo(make_album(alice), spread_rank=0, manual_group=uuid4())
    album_want(album, Wanted(count=1))
    other.refresh_from_db()
    assert other.picked
