"""Which photos go into the zip."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.models import Photo
from albums.picks import is_single_picked, picked_of_cluster

# The page's expected picks are tested with the same cases.
CASES = json.loads((Path(__file__).parents[1] / "pick_cases.json").read_text())
AUTO, KEEP, REJECT = Photo.Decision.AUTO, Photo.Decision.KEEP, Photo.Decision.REJECT


def _members(*decisions: str) -> list[Photo]:
    return [Photo(rank=rank, decision=decision) for rank, decision in enumerate(decisions)]


def _ranks(picked: set[Photo]) -> set[int]:
    return {photo.rank for photo in picked}


@pytest.mark.parametrize("case", CASES["clusters"], ids=lambda case: case["name"])
def test_it(case: dict[str, Any]) -> None:
    members = [Photo(**member) for member in case["members"]]
    assert _ranks(picked_of_cluster(members, kept_whole=case["kept_whole"])) == set(case["picked_ranks"])


@given(st.lists(st.sampled_from([AUTO, KEEP, REJECT]), min_size=1), st.booleans())
def test_it_never_overrules_a_person(decisions: list[str], kept_whole: bool) -> None:
    members = _members(*decisions)
    picked = picked_of_cluster(members, kept_whole=kept_whole)
    assert all(photo in picked for photo in members if photo.decision == KEEP)
    assert not any(photo in picked for photo in members if photo.decision == REJECT)
    assert bool(picked) == any(decision != REJECT for decision in decisions)


@pytest.mark.parametrize("case", CASES["singles"], ids=lambda case: " ".join((case["decision"], case["shelf"])))
def test_it_picks_singles_unless_rejected_or_on_the_shelf(case: dict[str, Any]) -> None:
    assert is_single_picked(Photo(decision=case["decision"], shelf=case["shelf"])) == case["picked"]
