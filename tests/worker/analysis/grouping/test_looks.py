"""Looks at pictures: how many are needed, and that remembered answers change nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import cv2
import numpy as np

from tests.drawing import draw_scene, jpeg_bytes
from tests.drawn_pages import draw_page, photograph
from tests.drawn_sets import burst, focus_stack, grey, panorama
from worker.analysis.files import decode_photo
from worker.analysis.grouping.looks import Answers, Looks, grey_of_thumbnail
from worker.analysis.grouping.photo_sets import PhotoSet, find_photo_sets
from worker.analysis.grouping.picture_judge import PictureJudge
from worker.analysis.measures import Grey


def sets_in(images: Sequence[Grey], pause: float, answers: Answers | None = None) -> tuple[list[PhotoSet], Looks]:
    looks = Looks(images.__getitem__, None, answers)
    run = range(len(images))
    return find_photo_sets(looks, run, [pause * place for place in run]), looks


def asked(looks: Looks) -> Counter[object]:
    """How often each question needed pictures."""
    return Counter(question for question, *_ in looks.answers)


def test_three_different_shots_are_compared_once() -> None:
    scenes = [grey(draw_scene(seed, (512, 384))) for seed in range(3)]
    found, looks = sets_in(scenes, 4.0)
    assert found == []
    assert asked(looks) == {"view": 1, "overlap": 1}


def test_a_camera_that_shoots_too_fast_for_a_panorama_is_not_asked_for_one() -> None:
    sweep = panorama(5, 4)
    assert [found.kind for found in sets_in(sweep, 3.0)[0]] == ["panorama"]
    found, looks = sets_in(sweep, 0.3)
    assert found == []
    assert "overlap" not in asked(looks)


def test_a_group_is_asked_for_pages_until_it_is_clear_for_most() -> None:
    shots = burst(2, 7)
    judge = PictureJudge(shots.__getitem__, [])
    assert judge.pages(range(7)) == [0] * 7
    assert asked(judge.looks) == {"page": 4}
    pages = [photograph(draw_page("book", 1), 1), photograph(draw_page("book", 2), 2)]
    judge = PictureJudge(pages.__getitem__, [])
    assert judge.pages(range(2)) == [0, 1]
    assert asked(judge.looks) == {"page": 1, "one_page": 1}


def test_it_never_looks_again() -> None:
    shots = [*focus_stack(4, 5), *panorama(5, 4), *burst(2, 3)]
    answers: Answers = {}
    first, looks = sets_in(shots, 3.0, answers)
    assert {found.kind for found in first} == {"focus_stack", "panorama"}
    assert looks.made == len(answers) > 0
    again, looks = sets_in(shots, 3.0, answers)
    assert (again, looks.made) == (first, 0)


def test_a_missing_picture_is_not_remembered() -> None:
    shots: list[Grey | None] = list(focus_stack(4, 5))
    known: list[Grey | None] = [None] * 5
    answers: Answers = {}
    looks = Looks(known.__getitem__, None, answers)
    assert find_photo_sets(looks, range(5), [3.0 * shot for shot in range(5)]) == []
    assert looks.is_page(0) is None
    assert looks.are_one_shot(0, 1) is None
    assert answers == {}
    looks = Looks(shots.__getitem__, None, answers)
    assert len(find_photo_sets(looks, range(5), [3.0 * shot for shot in range(5)])) == 1


def test_a_thumbnail_is_read_in_grey() -> None:
    jpeg = jpeg_bytes(draw_scene(3, (512, 384)))
    expected = cv2.cvtColor(decode_photo(jpeg).image, cv2.COLOR_RGB2GRAY).astype(int)
    read = grey_of_thumbnail(jpeg)
    assert read is not None
    assert np.abs(read - expected).mean() < 1
    assert grey_of_thumbnail(b"no photo") is None
    assert grey_of_thumbnail(b"") is None
