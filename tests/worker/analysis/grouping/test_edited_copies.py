from __future__ import annotations

import math
from dataclasses import replace

import pytest

from worker.analysis.grouping import ShotFile, companions_of, edited_copies, with_edited_copies
from worker.analysis.grouping.companions import is_one_camera

ORIGINAL = ShotFile("IMG_1234.JPG", "image/jpeg", is_raw=False, seconds=100.0, camera="Apple", pixels=12_000_000)
EDITED = replace(ORIGINAL, name="IMG_E1234.JPG")
PXL = "PXL_20240926_150000123"


def found(*files: ShotFile) -> dict[int, int]:
    return with_edited_copies(files, companions_of(files))


def by_names(original: str, edited: str) -> dict[int, int]:
    return found(replace(ORIGINAL, name=original), replace(ORIGINAL, name=edited))


@pytest.mark.parametrize(
    ("original", "edited"),
    [
        ("IMG_1234.HEIC", "IMG_E1234.JPG"),
        ("IMG_1234(1).HEIC", "IMG_E1234(1).JPG"),
        ("IMG_1.jpg", "IMG_1-edited.jpg"),
        ("IMG_1(2).jpg", "IMG_1-edited(2).jpg"),
        ("IMG_1.jpg", "IMG_1-bearbeitet.jpg"),
        ("IMG_1.jpg", "IMG_1-redigerad.jpg"),
        ("IMG_1.jpg", "IMG_1-modifie\u0301.jpg"),
        ("IMG_1.jpg", "IMG_1-ha editado.jpg"),
        ("IMG_1.jpg", "IMG_1-\u7de8\u96c6\u6e08\u307f.jpg"),
        ("DSC07176.jpg", "DSC07176-Edit.tif"),
        (f"{PXL}.PORTRAIT-02.ORIGINAL.jpg", f"{PXL}.PORTRAIT-01.COVER.jpg"),
        (f"{PXL}.PORTRAIT.ORIGINAL.jpg", f"{PXL}.PORTRAIT.jpg"),
        (f"{PXL}.RAW-02.ORIGINAL.dng", f"{PXL}.RAW-01.MP.COVER.jpg"),
        (f"{PXL}.NIGHT.RAW-02.ORIGINAL.dng", f"{PXL}.NIGHT.RAW-01.jpg"),
        (f"{PXL}.LONG_EXPOSURE-02.ORIGINAL.jpg", f"{PXL}.LONG_EXPOSURE-01.COVER.jpg"),
        (
            "00000PORTRAIT_00000_BURST20190101120000000.jpg",
            "00100lPORTRAIT_00100_BURST20190101120000000_COVER.jpg",
        ),
        ("IMG_20190101_120000_BURST001.jpg", "IMG_20190101_120000_BURST001_COVER.jpg"),
    ],
)
def test_the_edited_copy_is_shown(original: str, edited: str) -> None:
    assert by_names(original, edited) == {0: 1}


@pytest.mark.parametrize(
    ("original", "edited"),
    [
        ("IMG_1234.JPG", "IMG_1234.PNG"),
        ("IMG_1234.JPG", "IMG_E1235.JPG"),
        ("IMG_1.jpg", "IMG_1-beach.jpg"),
        ("IMG_1.jpg", "IMG_1-edited(1).jpg"),
        (f"{PXL}.BURST-01.jpg", f"{PXL}.BURST-02.jpg"),
        (f"{PXL}.PORTRAIT-02.ORIGINAL.jpg", "PXL_20240926_150000999.PORTRAIT-01.COVER.jpg"),
        # Frames of a burst are shots of their own.
        ("00001IMG_00001_BURST20190101120000000.jpg", "00000IMG_00000_BURST20190101120000000_COVER.jpg"),
    ],
)
def test_other_names_are_photos_of_their_own(original: str, edited: str) -> None:
    assert by_names(original, edited) == {}


def test_neither_time_nor_camera_nor_folder_may_say_otherwise() -> None:
    assert found(ORIGINAL, replace(EDITED, seconds=101.0)) == {0: 1}
    assert found(ORIGINAL, replace(EDITED, seconds=102.0)) == {}
    assert found(ORIGINAL, replace(EDITED, seconds=math.nan)) == {0: 1}
    assert found(replace(ORIGINAL, seconds=math.nan), EDITED) == {0: 1}
    assert found(ORIGINAL, replace(EDITED, camera="")) == {0: 1}
    assert found(ORIGINAL, replace(EDITED, camera="Canon")) == {}
    assert found(replace(ORIGINAL, folder="a"), EDITED) == {}


def test_films_are_not_copies_of_photos() -> None:
    assert found(ORIGINAL, replace(EDITED, name="IMG_E1234.MOV", content_type="video/quicktime")) == {}


def test_names_that_began_again_are_told_apart_by_time_or_not_at_all() -> None:
    later = replace(ORIGINAL, seconds=5000.0)
    assert found(later, ORIGINAL, EDITED) == {1: 2}
    assert found(later, ORIGINAL, replace(EDITED, seconds=math.nan)) == {}


def test_files_of_the_original_follow_the_copy() -> None:
    raw = replace(ORIGINAL, name="IMG_1234.DNG", content_type="image/x-dcraw", is_raw=True)
    assert found(raw, ORIGINAL, EDITED) == {0: 2, 1: 2}
    assert found(EDITED, raw) == {1: 0}


def test_the_raw_file_of_a_copy_stays_its_companion() -> None:
    raw = replace(EDITED, name="IMG_E1234.DNG", content_type="image/x-dcraw", is_raw=True)
    assert found(raw, ORIGINAL, EDITED) == {0: 2, 1: 2}


def test_of_two_copies_the_second_stays_a_photo() -> None:
    other = replace(ORIGINAL, name="IMG_1234-edited.JPG")
    assert found(EDITED, other, ORIGINAL) == {2: 0}


def test_many_files_of_one_name_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(first: ShotFile, second: ShotFile) -> bool:
        compared.append(first)
        return is_one_camera(first, second)

    monkeypatch.setattr(edited_copies, "is_one_camera", counted)
    files = [replace(file, seconds=float(shot * 10)) for shot in range(200) for file in (ORIGINAL, EDITED)]
    assert len(found(*files)) == 200
    assert len(compared) == 200
