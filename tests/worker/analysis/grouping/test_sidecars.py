from __future__ import annotations

import pytest

from worker.analysis.grouping import NamedFile, described_by, sidecars

RAW = ("cr2", "nef", "dng", "crw")
FILMS = ("mp4", "mov", "avi")
LONG = "A very long name that somebody gave to a photo_"


def named(path: str) -> NamedFile:
    folder, _, name = path.rpartition("/")
    ending = name.rpartition(".")[2].lower()
    return NamedFile(folder, name, is_raw=ending in RAW, is_film=ending in FILMS)


def described(sidecar: str, *files: str) -> list[str]:
    found = described_by([named(sidecar)], [named(file) for file in files])
    return [files[place] for place in found.get(0, [])]


@pytest.mark.parametrize(
    ("sidecar", "photo"),
    [
        ("IMG_1.CR2.xmp", "IMG_1.CR2"),
        ("IMG_1.xmp", "IMG_1.CR2"),
        ("IMG_1.XMP", "img_1.jpg"),
        ("nai\u0308ve.xmp", "NA\u00cfVE.jpg"),
        ("IMG_1.AAE", "IMG_1.HEIC"),
        ("IMG_O1234.AAE", "IMG_1234.HEIC"),
        ("MVI_1.THM", "MVI_1.AVI"),
        ("CRW_1.THM", "CRW_1.CRW"),
        ("IMG_1.jpg.json", "IMG_1.jpg"),
        ("IMG_1.jpg.supplemental-metadata.json", "IMG_1.jpg"),
        ("IMG_1.jpg.supplemental-metad.json", "IMG_1.jpg"),
        ("IMG_1.jpg..json", "IMG_1.jpg"),
        ("IMG_1.jpg.s.json", "IMG_1.jpg"),
        ("IMG_1.jpg(1).json", "IMG_1(1).jpg"),
        ("IMG_1(1).jpg.json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-metadata(1).json", "IMG_1(1).jpg"),
        ("IMG_1(1).jpg.supplemental-metadata.json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-metadata(1).json", "IMG_1-bearbeitet(1).jpg"),
        ("IMG_1.jpg.json", "IMG_1-edited.jpg"),
        ("IMG_1.HEIC.json", "IMG_1-redigerad.jpg"),
        ("IMG_1.HEIC.json", "IMG_1.MP4"),
        ("IMG_1.json", "IMG_1.jpg"),
        ("PXL_20231006_063909898.LS.mp4.json", "PXL_20231006_063909898.LS.mp4"),
        ("PXL_20201119_165135173.PORTRAIT-02.ORIGINAL.jp.json", "PXL_20201119_165135173.PORTRAIT-02.ORIGINAL.jpg"),
        (f"{LONG[:46]}.json", f"{LONG}.jpg"),
        (f"{LONG[:46]}(1).json", f"{LONG}(1).jpg"),
        (f"{LONG[:43]}(1).json", f"{LONG}(1).jpg"),
        (f"{LONG[:46]}.json", f"{LONG}-edited.jpg"),
    ],
)
def test_each_naming_is_found(sidecar: str, photo: str) -> None:
    assert described(sidecar, "IMG_99.jpg", photo, "MVI_99.AVI") == [photo]


@pytest.mark.parametrize(
    ("sidecar", "photo"),
    [
        ("IMG_1.CR2.xmp", "IMG_1.JPG"),
        ("IMG_1.xmp", "IMG_10.JPG"),
        ("IMG_1.THM", "IMG_1.JPG"),
        ("IMG_1.jpg(1).json", "IMG_1.jpg"),
        ("IMG_1.jpg.json", "IMG_1(1).jpg"),
        ("IMG_1.jpg.supplemental-other.json", "IMG_1.jpg"),
        (f"{LONG[:40]}.json", f"{LONG}.jpg"),
        (f"{LONG[:46]}(1).json", f"{LONG}.jpg"),
    ],
)
def test_another_name_is_none(sidecar: str, photo: str) -> None:
    assert described(sidecar, photo) == []


def test_an_exact_name_comes_before_its_edited_copy_and_others() -> None:
    files = ("IMG_1-edited.jpg", "IMG_1.png", "IMG_1.jpg")
    assert described("IMG_1.jpg.json", *files) == ["IMG_1.jpg", "IMG_1-edited.jpg"]


def test_of_one_stem_a_raw_file_comes_first_and_a_film_last() -> None:
    assert described("A.xmp", "A.MOV", "A.JPG", "A.CR2") == ["A.CR2", "A.JPG", "A.MOV"]


def test_the_own_folder_comes_first_then_one_other() -> None:
    assert described("b/A.xmp", "a/A.jpg", "b/A.jpg") == ["b/A.jpg"]
    assert described("A.xmp", "a/A.jpg") == ["a/A.jpg"]
    assert described("A.xmp", "a/A.jpg", "b/A.jpg") == []
    assert described("b/A.CR2.xmp", "a/A.CR2", "b/A.JPG") == ["a/A.CR2"]


def test_of_several_that_are_as_likely_none_is_taken() -> None:
    assert described("A.xmp", "A.jpg", "A.jpg") == []
    assert described(f"{LONG[:46]}.json", f"{LONG}1.jpg", f"{LONG}2.jpg") == []


def test_many_files_of_one_name_are_not_all_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    fits = sidecars._fits

    def counted(*arguments: object) -> bool:
        compared.append(arguments)
        return fits(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sidecars, "_fits", counted)
    files = [NamedFile(folder, "A.jpg") for folder in ("", "a") for _ in range(500)]
    assert described_by([NamedFile(str(number), "A.jpg.json") for number in range(500)], files) == {}
    assert compared == []
