"""The shots of a set differ on purpose; nothing is said against that, and the pick has a reason that pages show."""

from __future__ import annotations

from functools import cache
from typing import get_args

import numpy as np
import pytest

from albums.analysis import PhotoFeatures
from albums.models import Cluster
from tests.drawing import blur, shake
from tests.real_photos import real_photo
from worker.analysis.features import measure_features
from worker.analysis.ranking import SetKind, rank_group

OF_BLUR = {"softer", "blurred", "motion_blur", "out_of_focus"}


@cache
def stack() -> tuple[PhotoFeatures, ...]:
    """The photo in focus on the left, in the middle and on the right; one of them a little shaken."""
    photo = real_photo("coffee")
    soft, third = blur(photo, 0.006), photo.shape[1] // 3
    shots = []
    for place in range(3):
        shot = soft.copy()
        part = (slice(None), slice(place * third, (place + 1) * third))
        shot[part] = photo[part]
        shots.append(shot)
    shots[2] = shake(shots[2], 0.01)
    return tuple(measure_features(np.ascontiguousarray(shot)) for shot in shots)


def said(kind: SetKind | None) -> tuple[list[set[str]], int]:
    ranked = rank_group(stack(), photo_set=kind)
    return [{reason.code for reason in reasons} for reasons in ranked.reasons], ranked.order[0]


def test_shots_of_a_focus_stack_are_focused_elsewhere_and_not_blurred() -> None:
    as_moment, pick = said(None)
    assert any(codes & OF_BLUR for codes in as_moment)
    codes, same_pick = said("focus_stack")
    assert same_pick == pick
    assert all(
        "focused_elsewhere" in codes[place] and not codes[place] & OF_BLUR for place in range(3) if place != pick
    )
    assert "focused_elsewhere" not in codes[pick]


@pytest.mark.parametrize("kind", get_args(SetKind))
def test_the_pick_of_a_set_has_a_reason_that_pages_show(kind: SetKind) -> None:
    alike = [stack()[0], stack()[0], stack()[0]]
    ranked = rank_group(alike, photo_set=kind)
    shown = {reason.code for reason in ranked.reasons[ranked.order[0]]} - {"no_clear_winner"}
    assert shown == {"part_of_panorama" if kind == "panorama" else "best_of_set"}


def test_the_pick_of_a_bracket_is_not_praised_for_its_sharpness() -> None:
    sharp_first = [stack()[0], measure_features(blur(real_photo("coffee"), 0.01))]
    as_moment = rank_group(sharp_first)
    of_sharpness = {"sharpest", "sharper"}
    assert {reason.code for reason in as_moment.reasons[0]} & of_sharpness
    as_bracket = rank_group(sharp_first, photo_set="bracket")
    assert {reason.code for reason in as_bracket.reasons[0]} == {"best_of_set"}
    assert as_bracket.order == as_moment.order


def test_the_shots_of_a_panorama_are_not_compared() -> None:
    codes, _ = said("panorama")
    assert codes == [{"part_of_panorama"}] * 3


def test_every_kind_of_set_is_one_of_the_album() -> None:
    alternatives = set(Cluster.ALTERNATIVES)
    assert set(get_args(SetKind)) == {str(kind) for kind in Cluster.Kind if kind not in alternatives}
