from __future__ import annotations

import itertools
import math
from dataclasses import replace

from worker.analysis.grouping import ShotFile, companions_of

JPEG = ShotFile("DSC1.JPG", "image/jpeg", is_raw=False, seconds=100.0, camera="Nikon Z6", pixels=24_000_000)
RAW = replace(JPEG, name="DSC1.NEF", content_type="image/x-nikon-nef", is_raw=True)
HEIC = replace(JPEG, name="DSC1.HIF", content_type="image/heic")


def test_a_raw_file_goes_with_its_jpeg_in_any_order() -> None:
    assert companions_of([JPEG, RAW]) == {1: 0}
    assert companions_of([RAW, JPEG]) == {0: 1}


def test_a_heic_goes_along() -> None:
    for order in itertools.permutations([JPEG, RAW, HEIC]):
        shown = order.index(JPEG)
        assert companions_of(order) == {order.index(RAW): shown, order.index(HEIC): shown}
    assert companions_of([HEIC, RAW]) == {1: 0}


def test_without_a_raw_file_nothing_is_hidden() -> None:
    assert companions_of([JPEG, HEIC]) == {}
    assert companions_of([RAW]) == {}


def test_names_are_compared_without_case_and_form() -> None:
    assert companions_of([replace(JPEG, name="na\u00efve.jpg"), replace(RAW, name="NAI\u0308VE.nef")]) == {1: 0}
    assert companions_of([replace(JPEG, name="DSC2.JPG"), RAW]) == {}


def test_the_times_may_differ_by_a_second() -> None:
    assert companions_of([JPEG, replace(RAW, seconds=101.0)]) == {1: 0}
    assert companions_of([JPEG, replace(RAW, seconds=101.5)]) == {}
    assert companions_of([JPEG, replace(RAW, seconds=math.nan)]) == {}


def test_another_camera_is_another_shot_and_an_unknown_one_is_not() -> None:
    assert companions_of([JPEG, replace(RAW, camera="Nikon Z7")]) == {}
    assert companions_of([JPEG, replace(RAW, camera="")]) == {1: 0}


def test_of_several_jpegs_the_largest_is_shown_and_the_copy_stays_a_photo() -> None:
    small = replace(JPEG, pixels=2_000_000)
    assert companions_of([small, JPEG, RAW]) == {2: 1}


def test_other_formats_are_photos_of_their_own() -> None:
    assert companions_of([replace(JPEG, name="DSC1.TIF", content_type="image/tiff"), RAW]) == {}
