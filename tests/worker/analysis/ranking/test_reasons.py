"""Reasons say only what is true: of drawn scenes and of real photos that are nearly so."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import pytest

from albums.analysis import PhotoFeatures
from tests.drawing import Pixels, add_noise, blur, draw_scene, expose, jpeg_bytes
from tests.real_photos import NAMES, real_photo
from worker.analysis.features import measure_features
from worker.analysis.files import decode_photo
from worker.analysis.ranking import RankedGroup, rank_group
from worker.analysis.ranking.exposure import exposure_odds

SUPERLATIVES = {"sharpest", "least_noise", "best_exposed"}
OF_BLUR = {"softer", "blurred", "motion_blur", "out_of_focus"}
SCENES = [f"drawn {seed}" for seed in (40, 41, 42)] + list(NAMES)


@cache
def scene(name: str) -> Pixels:
    return draw_scene(int(name.split()[1]), (900, 675)) if name.startswith("drawn") else real_photo(name)


def saved(photo: Pixels) -> PhotoFeatures:
    return measure_features(decode_photo(jpeg_bytes(photo, quality=92)).image)


def codes(ranked: RankedGroup, place: int) -> set[str]:
    return {reason.code for reason in ranked.reasons[place]}


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("stops", [-2.5, -1.0, 1.0, 2.0])
def test_a_photo_that_differs_only_in_light_is_called_neither_blurred_nor_noisy_nor_compressed(
    name: str, stops: float
) -> None:
    photo = scene(name)
    ranked = rank_group([saved(photo), saved(expose(photo, stops))])
    said = codes(ranked, 0) | codes(ranked, 1)
    assert not said & (OF_BLUR | {"sharpest", "noisier", "more_compressed"})


@pytest.mark.parametrize("name", SCENES)
def test_the_darker_photo_is_too_dark_and_the_brighter_too_bright(name: str) -> None:
    photo = scene(name)
    shots = [saved(expose(photo, stops)) for stops in (-4.0, 0.0, 3.0)]
    ranked = rank_group(shots)
    for place in ranked.order[1:]:
        brighter = shots[place].scores["key"] > shots[ranked.order[0]].scores["key"]
        assert ("too_dark" if brighter else "too_bright") not in codes(ranked, place)


@pytest.mark.parametrize("name", SCENES)
def test_superlatives_are_of_clear_winners_only(name: str) -> None:
    photo = scene(name)
    shots = [photo, expose(photo, 0.3), blur(photo, 0.0007), add_noise(photo, 3.0)]
    ranked = rank_group([saved(shot) for shot in shots])
    said = codes(ranked, ranked.order[0])
    assert ranked.clear_winner != ("no_clear_winner" in said)
    assert ranked.clear_winner or not said & SUPERLATIVES


@pytest.mark.parametrize("stops", [-9.0, 9.0])
def test_a_group_of_black_or_white_photos_has_no_clear_winner_and_none_is_well_exposed(stops: float) -> None:
    """For example the covered lens, or the flash in a mirror."""
    photo = scene("chelsea")
    shots = [saved(expose(photo, stops)), saved(blur(expose(photo, stops), 0.01)), saved(expose(photo, stops * 1.3))]
    ranked = rank_group(shots)
    assert not ranked.clear_winner
    assert not codes(ranked, ranked.order[0]) & {"well_exposed", "best_exposed"}


@pytest.mark.parametrize("name", SCENES)
def test_a_photo_that_anybody_calls_blurred_is_not_only_softer(name: str) -> None:
    photo = scene(name)
    ranked = rank_group([saved(photo), saved(blur(photo, 0.012))])
    assert ranked.order == [0, 1]
    assert codes(ranked, 1) & {"blurred", "motion_blur", "out_of_focus"}


@cache
def ladder(name: str) -> dict[float, PhotoFeatures]:
    """The photo with more and less light, in steps of one stop."""
    return {stops: saved(expose(scene(name), stops)) for stops in np.arange(-5.0, 6.5).tolist()}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("side", [-1, 1])
def test_more_or_less_light_than_the_best_exposed_has_never_raises_the_rank(name: str, side: int) -> None:
    shots = ladder(name)
    stops = list(shots)
    best = stops[int(np.argmax(exposure_odds(list(shots.values()))))]
    farther = sorted((stop for stop in stops if side * (stop - best) >= 1), key=lambda stop: side * stop)
    for near, far in combinations(farther, 2):
        assert rank_group([shots[far], shots[near]]).order == [1, 0], (near, far)
    assert rank_group([shots[stop] for stop in farther]).order == list(range(len(farther)))
