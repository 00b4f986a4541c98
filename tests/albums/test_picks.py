"""Which photos go into the zip."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from albums.models import Photo
from albums.picks import is_single_picked, picked_of_cluster

AUTO, KEEP, REJECT = Photo.Decision.AUTO, Photo.Decision.KEEP, Photo.Decision.REJECT


def _members(*decisions: str) -> list[Photo]:
    return [Photo(rank=rank, decision=decision) for rank, decision in enumerate(decisions)]


def _ranks(picked: set[Photo]) -> set[int]:
    return {photo.rank for photo in picked}


def test_it_picks_the_best_when_nobody_said_anything() -> None:
    assert _ranks(picked_of_cluster(_members(AUTO, AUTO, AUTO), kept_whole=False)) == {0}


def test_it_picks_what_is_kept_in_place_of_the_best() -> None:
    assert _ranks(picked_of_cluster(_members(AUTO, KEEP, KEEP), kept_whole=False)) == {1, 2}


def test_it_picks_the_next_when_the_best_is_rejected() -> None:
    assert _ranks(picked_of_cluster(_members(REJECT, AUTO, AUTO), kept_whole=False)) == {1}


def test_it_picks_nothing_when_all_is_rejected() -> None:
    assert picked_of_cluster(_members(REJECT, REJECT), kept_whole=False) == set()


def test_it_picks_a_whole_set_but_its_rejects() -> None:
    assert _ranks(picked_of_cluster(_members(AUTO, REJECT, AUTO), kept_whole=True)) == {0, 2}


@given(st.lists(st.sampled_from([AUTO, KEEP, REJECT]), min_size=1), st.booleans())
def test_it_never_overrules_a_person(decisions: list[str], kept_whole: bool) -> None:
    members = _members(*decisions)
    picked = picked_of_cluster(members, kept_whole=kept_whole)
    assert all(photo in picked for photo in members if photo.decision == KEEP)
    assert not any(photo in picked for photo in members if photo.decision == REJECT)
    assert bool(picked) == any(decision != REJECT for decision in decisions)


def test_it_picks_singles_unless_rejected() -> None:
    assert [is_single_picked(Photo(decision=decision)) for decision in (AUTO, KEEP, REJECT)] == [True, True, False]
