from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.analysis.grouping import ShotFile, companions, companions_of

JPEG = ShotFile("DSC1.JPG", "image/jpeg", is_raw=False, seconds=100.0, camera="Nikon Z6", pixels=24_000_000)
RAW = replace(JPEG, name="DSC1.NEF", content_type="image/x-nikon-nef", is_raw=True)
HEIC = replace(JPEG, name="DSC1.HIF", content_type="image/heic")
TIMES = st.sampled_from([0.0, 0.1, 0.9, 1.0, 1.1, 1.7e9, 1.7e9 + 0.3, 1.7e9 + 1.3, math.inf, math.nan])
SHOTS = st.builds(
    lambda file, seconds, camera, pixels: replace(file, seconds=seconds, camera=camera, pixels=pixels),
    st.sampled_from([JPEG, RAW, HEIC, replace(HEIC, content_type="image/tiff")]),
    TIMES,
    st.sampled_from(["", "Nikon Z6", "Nikon Z7"]),
    st.integers(1, 3),
)


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


def test_files_of_one_folder_pair_before_those_of_two() -> None:
    first, second = ([replace(file, folder=folder) for file in (JPEG, RAW)] for folder in ("card 1", "card 2"))
    assert companions_of([*first, *second]) == {1: 0, 3: 2}
    assert companions_of([first[0], second[1], first[1], second[0]]) == {2: 0, 1: 3}


def test_a_raw_file_in_a_folder_of_its_own_goes_with_its_jpeg() -> None:
    assert companions_of([replace(JPEG, folder="JPG"), replace(RAW, folder="RAW")]) == {1: 0}
    assert companions_of([replace(JPEG, folder="JPG"), RAW]) == {1: 0}
    assert companions_of([replace(JPEG, folder="JPG"), replace(RAW, folder="RAW", seconds=200.0)]) == {}


def test_a_jpeg_with_a_raw_file_takes_none_of_another_folder() -> None:
    pair = [replace(file, folder="card 1") for file in (JPEG, RAW)]
    assert companions_of([*pair, replace(RAW, folder="card 2")]) == {1: 0}


def test_no_companion_is_shown_for_another() -> None:
    """The HEIC is near both RAW files, and the JPEG near one: the other would be hidden behind what is hidden."""
    files = [replace(JPEG, seconds=9.5), replace(HEIC, seconds=10.8), replace(RAW, seconds=10.0)]
    late = replace(RAW, seconds=11.6)
    assert companions_of([*files, late]) == {1: 0, 2: 0, 3: 0}
    assert companions_of([late, *files]) == {0: 1, 2: 1, 3: 1}


def test_other_formats_are_photos_of_their_own() -> None:
    assert companions_of([replace(JPEG, name="DSC1.TIF", content_type="image/tiff"), RAW]) == {}


@given(st.lists(SHOTS, max_size=12))
def test_it_finds_what_a_comparison_of_all_files_finds(files: list[ShotFile]) -> None:
    assert companions_of(files) == by_comparing_all(files)


def by_comparing_all(files: Sequence[ShotFile]) -> dict[int, int]:
    """The companions among files of one name, by the plain rule."""
    found: dict[int, int] = {}
    order = {"image/jpeg": 0, "image/heic": 1}
    shown = [index for index, file in enumerate(files) if file.content_type in order]
    shown.sort(key=lambda index: (order[files[index].content_type], -files[index].pixels))
    for index, raw in enumerate(files):
        same = [
            each
            for each in shown
            if raw.is_raw
            and abs(raw.seconds - files[each].seconds) <= 1
            and (not raw.camera or not files[each].camera or raw.camera == files[each].camera)
        ]
        if same:
            others = [each for each in same if files[each].content_type != files[same[0]].content_type]
            found.update(dict.fromkeys([index, *others[:1]], same[0]))
    return {companion: found.get(shown, shown) for companion, shown in found.items()}


@pytest.mark.parametrize("apart", [0, 10])
def test_many_files_of_one_name_are_not_all_compared(apart: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    is_one_shot = companions._is_one_shot

    def counted(first: ShotFile, second: ShotFile) -> bool:
        compared.append(first)
        return is_one_shot(first, second)

    monkeypatch.setattr(companions, "_is_one_shot", counted)
    files = [replace(file, seconds=float(shot * apart)) for shot in range(200) for file in (RAW, JPEG)]
    assert len(companions_of(files)) == 200
    assert len(compared) == 200
