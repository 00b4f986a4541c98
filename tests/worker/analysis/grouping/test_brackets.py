from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from msgspec.structs import replace
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from tests.drawing import add_noise, draw_scene, expose
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping.album import PhotoGroup, group_photos
from worker.analysis.grouping.calibration import reference_for
from worker.analysis.models import DESCRIPTOR_NAME

DESCRIPTOR = reference_for(DESCRIPTOR_NAME)
SHOT = CaptureInformation(
    camera_model="Camera 1", exposure_time=1 / 100, f_number=8.0, iso=100.0, exposure_bias=0.0, focal_length=35.0
)


@lru_cache
def view(scene: int, stops: float = 0.0, shot: int = 0, shift: float = 0.0) -> NDArray[np.float32]:
    image = draw_scene(scene, (128, 96), shift=(shift, 0.0), jitter=0.01, shot=shot)
    return np.asarray(describe([add_noise(expose(image, stops), 2.0, shot)])[0])


def exposed(stops: float, **changes: object) -> CaptureInformation:
    shot = replace(SHOT, exposure_time=2.0**stops / 100)
    return replace(shot, **changes)


def group(
    vectors: list[NDArray[np.float32]], times: list[float], captures: list[CaptureInformation] | None
) -> list[PhotoGroup]:
    return group_photos(np.stack(vectors), np.asarray(times, float), reference=DESCRIPTOR, captures=captures)


def as_pairs(groups: list[PhotoGroup]) -> list[tuple[str, list[int]]]:
    return [(found.kind, found.members) for found in groups]


@pytest.mark.parametrize("stops", [(0, -2, 2), (-1, 0, 1), (0, -0.67, 0.67), (-3, -2, -1, 0, 1, 2, 3)])
@pytest.mark.parametrize("said_by", ["bias", "mode"])
def test_it_finds_exposure_brackets(stops: tuple[float, ...], said_by: str) -> None:
    captures = [
        exposed(stop, exposure_bias=stop) if said_by == "bias" else exposed(stop, exposure_mode="bracket")
        for stop in stops
    ]
    found = group([view(1, stop) for stop in stops], [0.5 * number for number in range(len(stops))], captures)
    assert as_pairs(found) == [("bracket", list(range(len(stops))))]


@pytest.mark.parametrize("said", [{"exposure_mode": "manual"}, {"exposure_bias": None}])
def test_it_finds_a_manual_bracket(said: dict[str, object]) -> None:
    captures = [exposed(stop, **said) for stop in (-2, 0, 2)]
    found = group([view(1, stop) for stop in (-2, 0, 2)], [0, 4, 9], captures)
    assert as_pairs(found) == [("bracket", [0, 1, 2])]


def test_it_keeps_a_bracket_whole_despite_low_likeness() -> None:
    stops = (-4.5, -2.25, 0, 2.25, 4.5)
    vectors, times = [view(1, stop) for stop in stops], [0.0, 1, 2, 3, 4]
    without = group(vectors, times, None)
    found = group(vectors, times, [exposed(stop, exposure_bias=stop) for stop in stops])
    assert [len(each.members) for each in without] != [5]
    assert as_pairs(found) == [("bracket", [0, 1, 2, 3, 4])]


def test_pauses_do_not_include_long_exposures() -> None:
    captures = [replace(exposed(stop, exposure_bias=stop), exposure_time=8 * 2.0**stop) for stop in (-2, 0, 2)]
    found = group([view(1, stop) for stop in (-2, 0, 2)], [0, 12, 45], captures)
    assert as_pairs(found) == [("bracket", [0, 1, 2])]


def test_it_separates_two_brackets_in_a_row_and_the_shots_around_them() -> None:
    stops = [0, 0, 0, -2, 2, 0, -2, 2, 0]
    biases = [0.0, 0.0, *[float(stop) for stop in stops[2:8]], 0.0]
    captures = [exposed(stop, exposure_bias=bias) for stop, bias in zip(stops, biases, strict=True)]
    vectors = [view(1, stop, shot=number) for number, stop in enumerate(stops)]
    found = group(vectors, [float(number) for number in range(9)], captures)
    # One scene within nine seconds: the shots around the brackets are one moment, although brackets came between them.
    assert as_pairs(found) == [("moment", [0, 1, 8]), ("bracket", [2, 3, 4]), ("bracket", [5, 6, 7])]


def test_it_finds_brackets_of_a_lens_without_aperture_data() -> None:
    captures = [exposed(stop, exposure_bias=stop, f_number=None) for stop in (-2, 0, 2)]
    found = group([view(1, stop) for stop in (-2, 0, 2)], [0, 1, 2], captures)
    assert as_pairs(found) == [("bracket", [0, 1, 2])]


@pytest.mark.parametrize(
    "captures",
    [
        [SHOT, SHOT, SHOT],
        [exposed(-2, exposure_bias=-2.0), SHOT],
        [exposed(stop, exposure_mode="auto") for stop in (-2, 0, 2)],
        [exposed(stop) for stop in (-1, 0, 1)],
        [exposed(stop, exposure_bias=None) for stop in (-0.33, 0, 0.33)],
        [exposed(stop, exposure_bias=stop) for stop in (0, 0.33, 3)],
        [exposed(stop, exposure_bias=stop, camera_model=f"Camera {stop}") for stop in (-2, 0, 2)],
        [exposed(stop, exposure_bias=stop, focal_length=35.0 + 10 * stop) for stop in (-2, 0, 2)],
        [CaptureInformation(), CaptureInformation(), CaptureInformation()],
    ],
    ids=[
        "burst",
        "two",
        "metered",
        "no bias asked for",
        "thirds unsaid",
        "uneven",
        "cameras",
        "zoomed",
        "nothing known",
    ],
)
def test_other_shots_in_a_row_are_a_moment(captures: list[CaptureInformation]) -> None:
    vectors = [view(1, 0.0, shot=number) for number in range(len(captures))]
    found = group(vectors, [float(number) for number in range(len(captures))], captures)
    assert as_pairs(found) == [("moment", list(range(len(captures))))]


def test_different_scenes_are_not_a_bracket() -> None:
    captures = [exposed(stop, exposure_bias=stop) for stop in (-2, 0, 2)]
    assert group(list(np.eye(3, 8, dtype=np.float32)), [0, 3, 6], captures) == []


def test_shots_a_minute_apart_are_not_a_bracket() -> None:
    captures = [exposed(stop, exposure_bias=stop) for stop in (-1, 0, 1)]
    found = group([view(1, stop) for stop in (-1, 0, 1)], [0, 60, 120], captures)
    assert as_pairs(found) == [("moment", [0, 1, 2])]


def test_settings_that_make_no_sense_do_no_harm() -> None:
    odd = CaptureInformation(exposure_time=-1.0, f_number=0.0, iso=0, focal_length=0.0)
    found = group([view(1, shot=number) for number in range(3)], [0, 0, 0], [odd, odd, odd])
    assert len(found) == 1


def test_it_refuses_settings_that_do_not_fit_the_photos() -> None:
    with pytest.raises(ValueError, match="2 photos need 2 capture settings, not 1"):
        group([view(1), view(1)], [0, 1], [SHOT])
