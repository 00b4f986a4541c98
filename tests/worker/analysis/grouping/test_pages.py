"""Different pages are different photos; shots of one page are a group."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from albums.analysis import CaptureInformation
from tests.drawing import Pixels, draw_scene
from tests.drawn_pages import Layout, draw_page, photograph
from tests.drawn_sets import burst, grey
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping import PictureJudge, group_album, reference_for
from worker.analysis.grouping.pages import is_page
from worker.analysis.measures import Grey
from worker.analysis.models import DESCRIPTOR_NAME


def number_pages(images: Sequence[Grey]) -> Sequence[int]:
    numbers = PictureJudge(images.__getitem__, []).pages(range(len(images)))
    assert numbers is not None
    return numbers


LAYOUTS: tuple[Layout, ...] = ("book", "slide", "screen")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_different_pages_have_different_numbers(layout: Layout) -> None:
    numbers = number_pages([photograph(draw_page(layout, number), number) for number in range(5)])
    assert len(set(numbers)) == 5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_shots_of_one_page_have_one_number(layout: Layout) -> None:
    shots = [photograph(draw_page(layout, number), 10 * number + shot) for number in (1, 2) for shot in range(3)]
    one, *others = number_pages(shots)
    assert others[:2] == [one, one]
    assert others[2:] == [others[2]] * 3 != [one] * 3


def test_a_blurred_shot_of_a_page_keeps_its_number() -> None:
    page = draw_page("book", 1)
    one, blurred, other = number_pages(
        [photograph(page, 1), photograph(page, 2, blur=2.0), photograph(draw_page("book", 2), 3)]
    )
    assert one == blurred != other


def test_light_writing_on_a_dark_ground_is_a_page_too() -> None:
    dark = [np.asarray(255 - photograph(draw_page("slide", number), number), np.uint8) for number in range(2)]
    assert len(set(number_pages(dark))) == 2


def test_different_screens_have_different_numbers() -> None:
    screens = [
        cv2.resize(draw_page("screen", number), None, fx=0.43, fy=0.43, interpolation=cv2.INTER_AREA)
        for number in range(3)
    ]
    assert len(set(number_pages([np.asarray(screen, np.uint8) for screen in screens]))) == 3


def test_a_screen_scrolled_by_half_is_another_photo() -> None:
    text = np.vstack([draw_page("screen", 1), draw_page("screen", 2)])
    screens = [np.ascontiguousarray(text[top : top + 1200 : 3, ::3]) for top in (100, 700)]
    assert len(set(number_pages(screens))) == 2


@pytest.mark.parametrize("seed", range(12))
def test_scenes_are_no_pages(seed: int) -> None:
    assert not is_page(grey(draw_scene(seed, (512, 384))))


def test_blank_paper_is_no_page() -> None:
    assert not is_page(np.full((384, 512), 240, np.uint8))


@pytest.mark.parametrize("seed", range(4))
def test_a_burst_keeps_together(seed: int) -> None:
    assert number_pages(burst(seed, 6)) == [0] * 6


def test_one_page_among_photos_of_people_does_not_separate_them() -> None:
    assert number_pages([photograph(draw_page("book", 1), 1), *burst(2, 4)]) == [0] * 5


def test_pages_are_not_judged_while_a_photo_is_missing() -> None:
    images = [photograph(draw_page("book", 1), 1), None, photograph(draw_page("book", 2), 2)]
    assert PictureJudge(images.__getitem__, []).pages([0, 1, 2]) is None
    assert PictureJudge(images.__getitem__, []).pages([0, 2]) == [0, 1]


# --- In an album --------------------------------------------------------------------------------------------


def members(images: Sequence[Pixels]) -> list[list[int]]:
    times = np.arange(len(images), dtype=np.float64) * 8
    grouping = group_album(
        describe([np.repeat(image[..., None], 3, axis=2) for image in images]),
        times,
        reference=reference_for(DESCRIPTOR_NAME),
        captures=[CaptureInformation(exposure_time=0.01)] * len(images),
        judge=PictureJudge(images.__getitem__, times.tolist()),
    )
    return [group.members for group in grouping.groups]


def test_twelve_pages_eight_seconds_apart_are_twelve_photos() -> None:
    assert members([photograph(draw_page("book", number), number) for number in range(12)]) == []


def test_two_shots_of_each_page_are_a_group_each() -> None:
    shots = [photograph(draw_page("book", number), 10 * number + shot) for number in range(4) for shot in range(2)]
    assert members(shots) == [[0, 1], [2, 3], [4, 5], [6, 7]]
