from __future__ import annotations

import numpy as np
import pytest

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
