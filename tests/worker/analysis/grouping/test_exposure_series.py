"""Exposure brackets found by pictures alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pytest
from msgspec.structs import replace

from albums.analysis import CaptureInformation
from tests.drawing import Pixels, add_noise, draw_scene, expose, jpeg_bytes
from tests.drawn_sets import burst, grey
from worker.analysis.embedding.descriptor import describe
from worker.analysis.files import decode_photo
from worker.analysis.grouping import PictureJudge, group_album, reference_for
from worker.analysis.grouping.exposure_series import exposure_series, find_structure
from worker.analysis.models import DESCRIPTOR_NAME

SIZE = (256, 192)
STOPS = (-6.0, -4.0, -2.0, 0.0, 2.0)
NO_EXIF = CaptureInformation()


@lru_cache
def shot(scene: int, stops: float, hand: float = 0.0) -> Pixels:
    """A shot as a thumbnail has it, after JPEG; `hand` is how far the camera moved, in shares of the width."""
    dice = np.random.default_rng((scene, round(10 * stops) + 100))
    shift = float(dice.normal(0, hand)), float(dice.normal(0, hand))
    image = add_noise(expose(draw_scene(scene, SIZE, shift=shift), stops), 1.0, round(10 * stops) + 100)
    return decode_photo(jpeg_bytes(image)).image


def series(images: Sequence[Pixels], possible: bool = True) -> list[list[int]]:
    structures = [find_structure(image if image.ndim == 2 else grey(image)) for image in images]
    return list(exposure_series(structures, np.full((len(images), len(images)), possible)))


@pytest.mark.parametrize("hand", [0.0, 0.01])
@pytest.mark.parametrize("scene", range(4))
def test_it_finds_a_bracket_from_nearly_black_to_clipped(scene: int, hand: float) -> None:
    order = [3, 0, 4, 2, 1]
    assert series([shot(scene, STOPS[place], hand) for place in order]) == [[1, 4, 3, 0, 2]]


def test_it_keeps_scenes_apart() -> None:
    found = series([shot(scene, stops) for stops in STOPS for scene in range(4)])
    assert sorted(sorted(shots) for shots in found) == [[scene + 4 * step for step in range(5)] for scene in range(4)]


def test_unrelated_photos_are_no_bracket() -> None:
    assert series([shot(scene, STOPS[scene % 5]) for scene in range(40)]) == []


def test_photos_without_content_are_no_bracket() -> None:
    flat = [np.full((192, 256), level, np.uint8) for level in (0, 60, 120, 250)]
    ramp = np.linspace(40, 80, 192)[:, None].repeat(256, axis=1)
    assert series([*flat, *(np.asarray(ramp * gain, np.uint8) for gain in (0.5, 1.0, 2.0, 3.0))]) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_burst_is_no_bracket(seed: int) -> None:
    assert series(burst(seed, 8)) == []


def test_a_negative_is_no_exposure_of_its_positive() -> None:
    positives = [grey(shot(1, stops)) for stops in (-2.0, 0.0)]
    assert series([*positives, np.asarray(255 - positives[1], np.uint8)]) == []


def test_two_shots_are_no_bracket() -> None:
    assert series([shot(1, -2.0), shot(1, 0.0)]) == []


def test_a_bracket_taken_twice_is_one() -> None:
    assert len(series([shot(1, stops) for stops in (*STOPS, *STOPS)])) == 1


def test_pairs_that_times_rule_out_are_not_compared() -> None:
    assert series([shot(1, stops) for stops in STOPS], possible=False) == []


def grouped(captures: Sequence[CaptureInformation], seconds: Sequence[float]) -> list[tuple[str, list[int]]]:
    """The groups of two brackets, of five shots each."""
    images = [shot(scene, stops) for scene in (1, 2) for stops in STOPS]
    grouping = group_album(
        describe(images),
        np.asarray(seconds, np.float64),
        reference=reference_for(DESCRIPTOR_NAME),
        captures=captures,
        judge=PictureJudge(lambda row: grey(images[row]), seconds),
    )
    return sorted((group.kind, sorted(group.members)) for group in grouping.groups)


BOTH = [("bracket", [0, 1, 2, 3, 4]), ("bracket", [5, 6, 7, 8, 9])]
NO_TIMES = [float("nan")] * 10


@pytest.mark.parametrize(
    "seconds",
    [NO_TIMES, [1e9] * 10, [2.0 * place + 600 * (place >= 5) for place in range(10)]],
    ids=["no times", "one time for all", "times"],
)
def test_an_album_keeps_brackets_whole_without_exposures(seconds: list[float]) -> None:
    assert grouped([NO_EXIF] * 10, seconds) == BOTH


def test_shots_minutes_apart_are_no_bracket() -> None:
    assert all(kind != "bracket" for kind, _ in grouped([NO_EXIF] * 10, [300.0 * place for place in range(10)]))


@pytest.mark.parametrize("change", [{"exposure_time": 0.01}, {"burst_id": "one"}, {"is_panorama": True}])
def test_it_does_not_ask_the_pictures_where_the_files_tell(change: dict[str, object]) -> None:
    assert all(kind != "bracket" for kind, _ in grouped([replace(NO_EXIF, **change)] * 10, NO_TIMES))


def test_an_album_is_grouped_without_its_pictures() -> None:
    """As when the storage has lost all thumbnails."""
    seconds = [0.0, 1.0, 2.0]
    vectors = describe([shot(1, 0.0)] * 3)
    judge = PictureJudge(lambda _row: None, seconds)
    reference = reference_for(DESCRIPTOR_NAME)
    grouping = group_album(vectors, np.array(seconds), reference=reference, captures=[NO_EXIF] * 3, judge=judge)
    assert [group.members for group in grouping.groups] == [[0, 1, 2]]
