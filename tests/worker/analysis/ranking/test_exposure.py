from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.analysis import PhotoFeatures
from worker.analysis.ranking.exposure import BEST_LIGHT, exposure_odds, shows_nothing, trust


def photo(**scores: float) -> PhotoFeatures:
    return PhotoFeatures(scores)


def test_exposure_is_one_quantity_with_its_best_in_between() -> None:
    odds = exposure_odds([photo(key=key) for key in (0.05, 0.2, BEST_LIGHT, 0.4, 0.9)])
    assert odds[2] == 0
    assert odds[0] < odds[1] < 0 > odds[3] > odds[4]


@pytest.mark.parametrize("score", ["nearly_black", "highlights_clipped"])
def test_a_photo_that_is_mostly_black_or_white_loses_against_a_badly_exposed_one(score: str) -> None:
    mostly, brighter = exposure_odds([photo(key=BEST_LIGHT, **{score: 0.6}), photo(key=0.7)])
    assert mostly < brighter


def test_half_black_is_no_cliff() -> None:
    odds = exposure_odds([photo(key=0.3, nearly_black=share) for share in (0.4, 0.5, 0.51, 0.52)])
    assert odds[0] == odds[1]
    assert -5 < odds[2] - odds[1] < 0


def test_room_below_white_counts_against_a_photo() -> None:
    full, dull = exposure_odds([photo(key=0.35, highlight_headroom=0.1), photo(key=0.25, highlight_headroom=0.3)])
    assert full > dull


def test_the_exposure_that_most_shots_share_is_half_the_target() -> None:
    bright = [photo(key=key) for key in (0.44, 0.45, 0.44)]
    assert np.argmax(exposure_odds([*bright, photo(key=0.19)])) < 3
    assert np.argmax(exposure_odds([bright[0], photo(key=0.2)])) == 1
    assert np.argmax(exposure_odds([photo(key=key) for key in (0.01, 0.02, 0.02, 0.1, 0.25)])) == 4
    assert np.argmax(exposure_odds([photo(key=key) for key in (0.05, 0.12, 0.27, 0.42)])) == 2


def test_faces_count_as_much_as_the_rest_where_every_photo_has_one() -> None:
    backlit = [photo(key=0.28, face_tone=0.1), photo(key=0.4, face_tone=0.3)]
    assert np.argmax(exposure_odds(backlit)) == 1
    assert np.argmax(exposure_odds([photo(key=0.28, face_tone=0.1), photo(key=0.4)])) == 0


def test_photos_of_an_older_version_are_judged_by_their_brightness() -> None:
    odds = exposure_odds([photo(key=0.28, brightness=0.15), photo(brightness=0.3)])
    assert odds[1] > odds[0]
    assert np.isnan(exposure_odds([photo()])).all()


def test_other_qualities_count_less_the_more_the_light_differs_from_the_best_exposed() -> None:
    shots = [photo(brightness=brightness) for brightness in (0.37, 0.29, 0.02)]
    assert trust(shots, np.array([0.0, -1.0, -9.0])) == pytest.approx([1, 0.37, 0], abs=0.01)
    assert trust(shots, np.full(3, np.nan)).tolist() == [1, 1, 1]
    assert trust([photo(), photo(brightness=0.4)], np.array([np.nan, -3.0])).tolist() == [1, 1]


def test_it_knows_when_there_is_nothing_to_see() -> None:
    assert shows_nothing(photo(nearly_black=0.9))
    assert shows_nothing(photo(highlights_clipped=0.9))
    assert not shows_nothing(photo(nearly_black=0.6, highlights_clipped=0.3))
    assert not shows_nothing(photo())


# The front end draws the same cases.
CASES = json.loads((Path(__file__).parents[3] / "exposure_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_it_judges_the_cases_that_the_page_draws(case: dict[str, Any]) -> None:
    shots = [PhotoFeatures(shot["scores"]) for shot in case["photos"]]
    said = [math.nan if shot["exposure"] is None else shot["exposure"] for shot in case["photos"]]
    assert exposure_odds(shots) == pytest.approx(said, abs=0.001, nan_ok=True)


SHARES = st.floats(0, 1)


@pytest.mark.parametrize("score", ["nearly_black", "highlights_clipped"])
@given(st.floats(0.5, 0.98), st.floats(0.01, 0.5))
def test_of_two_that_are_mostly_black_or_white_the_one_that_shows_more_wins(
    score: str, share: float, more: float
) -> None:
    less, most = exposure_odds([photo(key=0.8, **{score: min(1.0, share + by)}) for by in (0.0, more)])
    assert less > most


@given(st.lists(st.tuples(st.floats(BEST_LIGHT, 1), SHARES), min_size=2, max_size=5))
def test_more_light_beyond_the_best_never_improves_the_exposure(shots: list[tuple[float, float]]) -> None:
    keys, shares = sorted(key for key, _ in shots), sorted(share for _, share in shots)
    shots_from_dark = [photo(key=key, highlights_clipped=share) for key, share in zip(keys, shares, strict=True)]
    assert all(darker >= brighter for darker, brighter in map(exposure_odds, pairwise(shots_from_dark)))


def test_other_qualities_count_less_where_the_share_of_white_differs_although_the_brightness_hardly_does() -> None:
    shots = [photo(brightness=0.92 + 0.01 * step, highlights_clipped=0.9 + 0.03 * step) for step in range(3)]
    trusted = trust(shots, exposure_odds(shots))
    assert trusted[0] == 1
    assert trusted[1] < 0.2 > trusted[2]


def test_no_other_quality_counts_where_all_is_black() -> None:
    black = [photo(brightness=0.01, nearly_black=share) for share in (1.0, 1 + 1e-12)]  # a sum of shares, rounded
    odds = exposure_odds([photo(key=0.01, **shot.scores) for shot in black])
    assert odds[0] == odds[1]
    assert trust(black, np.array([-30.0, -30.0])).max() <= 0.1
