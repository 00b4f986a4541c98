from __future__ import annotations

import io
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from albums.analysis import CaptureInformation
from tests.drawing import Pixels, draw_scene, expose
from tests.drawn_sets import SIZE, burst, grey
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping.album import GroupingSettings, PhotoGroup, group_album
from worker.analysis.grouping.calibration import reference_for
from worker.analysis.grouping.copies import are_one_shot
from worker.analysis.grouping.picture_judge import PictureJudge
from worker.analysis.models import DESCRIPTOR_NAME

Edit = Callable[[Pixels], Pixels]


def saved(image: Pixels, quality: int) -> Pixels:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "JPEG", quality=quality)
    return np.asarray(Image.open(buffer).convert("RGB"))


def cropped(image: Pixels, left: float, top: float, right: float, bottom: float) -> Pixels:
    height, width = image.shape[:2]
    part = image[
        round(top * height) : height - round(bottom * height), round(left * width) : width - round(right * width)
    ]
    return np.ascontiguousarray(part)


def black_and_white(image: Pixels) -> Pixels:
    return np.asarray(ImageOps.grayscale(Image.fromarray(image)).convert("RGB"))


def faded(image: Pixels) -> Pixels:
    rows, columns = (np.linspace(-1, 1, length) ** 2 for length in image.shape[:2])
    light = 1 - 0.2 * (rows[:, None] + columns)
    return np.clip((image * 0.8 + 30) * light[..., None], 0, 255).astype(np.uint8)


EDITS: dict[str, Edit] = {
    "saved again": lambda image: saved(image, 60),
    "made smaller": lambda image: saved(np.asarray(cv2.resize(image, (320, 240), interpolation=cv2.INTER_AREA)), 50),
    "cropped": lambda image: cropped(image, 0.02, 0.03, 0.03, 0.02),
    "cropped at one side": lambda image: cropped(image, 0.05, 0, 0, 0),
    "brighter": lambda image: expose(image, 0.5),
    "contrast": lambda image: np.asarray(ImageEnhance.Contrast(Image.fromarray(image)).enhance(1.3)),
    "warm": lambda image: np.clip(image * np.array([1.1, 1, 0.88]), 0, 255).astype(np.uint8),
    "black and white": black_and_white,
    "faded": faded,
    "cropped, black and white": lambda image: black_and_white(cropped(image, 0.02, 0.02, 0.02, 0.02)),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
@pytest.mark.parametrize("seed", [1, 4, 9])
def test_it_recognises_a_copy(seed: int, edit: Edit) -> None:
    image = draw_scene(seed, SIZE)
    assert are_one_shot(grey(image), grey(edit(image)))
    assert are_one_shot(grey(edit(image)), grey(image))


@pytest.mark.parametrize("seed", range(8))
def test_two_shots_of_a_burst_are_not_copies(seed: int) -> None:
    one, other, *_ = burst(seed, 3)
    assert not are_one_shot(one, other)


@pytest.mark.parametrize("seed", [1, 4, 9])
def test_a_step_aside_is_not_a_crop(seed: int) -> None:
    assert not are_one_shot(grey(draw_scene(seed, SIZE)), grey(draw_scene(seed, SIZE, shift=(0.02, 0.0))))


def test_a_slightly_rotated_photo_is_another_shot() -> None:
    image = draw_scene(4, SIZE)
    turn = cv2.getRotationMatrix2D((SIZE[0] / 2, SIZE[1] / 2), 1.5, 1.0)
    turned = np.asarray(cv2.warpAffine(image, turn, SIZE, borderMode=cv2.BORDER_REFLECT), np.uint8)
    assert not are_one_shot(grey(image), grey(turned))


def test_different_scenes_are_not_copies() -> None:
    scenes = [grey(draw_scene(seed, SIZE)) for seed in range(5)]
    assert not any(are_one_shot(one, other) for one in scenes for other in scenes if one is not other)


@pytest.mark.parametrize("shape", [(1, 1), (20, 500), (384, 512)])
def test_blank_pictures_are_not_copies(shape: tuple[int, int]) -> None:
    blank = np.full(shape, 128, np.uint8)
    assert not are_one_shot(blank, blank)


# --- In an album --------------------------------------------------------------------------------------------


def grouped(images: list[Pixels], times: list[float], similarity: float = 0.5) -> tuple[list[PhotoGroup], int]:
    """The groups, and how many pairs the judge compared."""
    looks = 0

    class Watched(PictureJudge):
        def are_one_shot(self, one: int, other: int) -> bool | None:
            nonlocal looks
            looks += 1
            return super().are_one_shot(one, other)

    grouping = group_album(
        describe(images),
        np.asarray(times, np.float64),
        reference=reference_for(DESCRIPTOR_NAME),
        settings=GroupingSettings(similarity),
        captures=[CaptureInformation()] * len(images),
        judge=Watched(lambda row: grey(images[row]), times),
    )
    return grouping.groups, looks


def as_pairs(groups: list[PhotoGroup]) -> list[tuple[str, list[int]]]:
    return [(group.kind, sorted(group.members)) for group in groups]


@pytest.mark.parametrize("name", EDITS)
def test_a_copy_of_the_same_time_is_a_near_duplicate_however_it_was_edited(name: str) -> None:
    image = draw_scene(4, SIZE)
    images = [image, EDITS[name](image), draw_scene(5, SIZE), draw_scene(6, SIZE)]
    for similarity in (0.0, 0.5, 1.0):
        groups, _ = grouped(images, [100.5, 100.5, 4000, 9000], similarity)
        assert as_pairs(groups) == [("near_duplicate", [0, 1])]


@pytest.mark.parametrize("name", [name for name in EDITS if "black" not in name])
def test_a_copy_that_lost_its_time_is_a_near_duplicate_however_it_was_edited(name: str) -> None:
    image = draw_scene(4, SIZE)
    images = [image, EDITS[name](image), draw_scene(5, SIZE), draw_scene(6, SIZE)]
    for time in (100.5, float("nan")):
        groups, _ = grouped(images, [time, float("nan"), 4000, 9000])
        assert as_pairs(groups) == [("near_duplicate", [0, 1])]


@pytest.mark.parametrize("times", [[0.0, 0.0, 0.0], [float("nan")] * 3])
def test_a_burst_within_a_second_or_without_times_is_a_moment(times: list[float]) -> None:
    shots = [draw_scene(4, SIZE, shift=(0.004 * shot, 0.0), jitter=0.02, shot=shot) for shot in range(3)]
    groups, _ = grouped([*shots, draw_scene(5, SIZE)], [*times, 9000.0])
    assert as_pairs(groups) == [("moment", [0, 1, 2])]


def test_an_edited_copy_of_one_shot_joins_the_moment() -> None:
    shots = [draw_scene(4, SIZE, shift=(0.004 * shot, 0.0), jitter=0.02, shot=shot) for shot in range(3)]
    groups, _ = grouped([*shots, black_and_white(shots[1])], [0.5, 2.5, 4.5, 2.5])
    assert as_pairs(groups) == [("moment", [0, 1, 2, 3])]


def test_it_judges_no_pictures_if_times_decide() -> None:
    shots = [draw_scene(4, SIZE, jitter=0.01, shot=shot) for shot in range(5)]
    groups, looks = grouped(shots, [0.0, 1.5, 3.0, 4.5, 6.0])
    assert as_pairs(groups) == [("moment", [0, 1, 2, 3, 4])]
    assert looks == 0


def test_shots_that_are_no_copies_take_one_look_each() -> None:
    shots = [draw_scene(4, SIZE, shift=(0.004 * shot, 0.0), jitter=0.02, shot=shot) for shot in range(5)]
    groups, looks = grouped(shots, [float("nan")] * 5)
    assert as_pairs(groups) == [("moment", [0, 1, 2, 3, 4])]
    assert looks == 4
