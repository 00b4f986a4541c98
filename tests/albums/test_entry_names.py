"""Names in the zip by a pattern."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.exceptions import InvalidNamePattern
from albums.exports.entry_names import PLACEHOLDERS, NamedPhoto, download_name, entry_names, pattern_check
from albums.filenames import safe_file_name, safe_folder
from albums.services.uploads import clean_folder

TAKEN = datetime(2024, 6, 15, 14, 32, 5, tzinfo=UTC)


def test_every_placeholder_is_filled() -> None:
    photos = [
        NamedPhoto("IMG_4711.JPG", "image/jpeg", TAKEN, 3, uploaded_in="Iceland/day 1"),
        NamedPhoto("scan.png", "image/png"),
    ]
    pattern = "{date}_{time} g{group} {folder} {sequence} {name}"
    assert entry_names(photos, pattern) == [
        "2024-06-15_14.32.05 g003 day 1 001 IMG_4711.JPG",
        "undated_untimed gsingle no folder 002 scan.png",
    ]
    assert set(PLACEHOLDERS) == {"sequence", "name", "date", "time", "group", "folder"}


def of_shot(*names: str) -> list[NamedPhoto]:
    endings = (".xmp", ".aae", ".json", ".thm")
    return [
        NamedPhoto(name, "image/jpeg", is_companion=place > 0, is_sidecar=name.lower().endswith(endings))
        for place, name in enumerate(names)
    ]


def test_sidecars_have_the_name_of_the_entry_that_they_describe() -> None:
    shot = of_shot("DSC1.JPG", "DSC1.jpeg", "DSC1.xmp", "DSC1.JPG.xmp", "DSC1.JPG.supplemental-me.json", "DSC1.THM")
    other = of_shot("IMG_1(1).JPG", "IMG_1.JPG(1).json", "IMG_O1.AAE")
    assert entry_names([*shot, *other]) == [
        "001 DSC1.JPG",
        "001 DSC1.jpeg",
        "001 DSC1.xmp",
        "001 DSC1.JPG.xmp",
        "001 DSC1.JPG.supplemental-me.json",
        "001 DSC1.THM",
        "002 IMG_1(1).JPG",
        "002 IMG_1(1).JPG.json",
        "002 IMG_1(1).AAE",
    ]


@pytest.mark.parametrize(
    ("name", "content_type", "expected"),
    [
        ("MVI_1.MOV", "video/mp4", "MVI_1.MOV"),
        ("clip.mp4", "video/quicktime", "clip.mp4"),
        ("index.html", "video/mp4", "index.html.mp4"),
        ("run.bat", "video/x-msvideo", "run.bat.avi"),
        ("clip.jpg", "video/webm", "clip.webm"),
        ("checksums.sha256", "video/x-matroska", "checksums.sha256.mkv"),
        ("page.html", "image/jpeg", "page.html.jpg"),
        ("../CON\u202egpj.exe", "image/png", "_CONgpj.exe.png"),
    ],
)
def test_a_file_is_opened_as_what_it_is(name: str, content_type: str, expected: str) -> None:
    assert entry_names([NamedPhoto(name, content_type)], "{name}") == [expected]
    assert download_name(name, content_type) == expected


def test_a_sidecar_follows_a_photo_that_got_a_number() -> None:
    shots = [*of_shot("a.jpg", "a.xmp"), *of_shot("A.jpg", "A.jpg.xmp")]
    assert entry_names(shots, "{name}") == ["a.jpg", "a.xmp", "A (2).jpg", "A (2).jpg.xmp"]


def test_the_name_of_a_sidecar_is_not_too_long() -> None:
    long = "x" * 250
    [_, name] = entry_names(of_shot(f"{long}.jpg", f"{long}.jpg.xmp"), "{name}")
    assert len(name) <= 255
    assert name.endswith("x.xmp")


def test_duplicate_names_get_a_number() -> None:
    photos = [NamedPhoto(name, "image/jpeg") for name in ("a.jpg", "A.JPG", "a.jpg", "a (2).jpg")]
    assert entry_names(photos, "{name}") == ["a.jpg", "A (2).JPG", "a (3).jpg", "a (2) (2).jpg"]


@pytest.mark.parametrize(
    "own_names",
    [
        ["x" * 240 + ".jpg"] * 1000,
        # Cut to make room for the number, their stems are the same.
        [name for tail in range(500) for name in [f"{'x' * 245}{tail:03d}.jpg"] * 2],
        [f"a ({number}).jpg" for number in range(500)] + ["a.jpg"] * 500,
        ["x" * 200 + "\u0130.jpg", "x" * 200 + "i\u0307.jpg"] * 500,
    ],
    ids=["equal", "long", "numbered", "folded"],
)
@pytest.mark.parametrize("pattern", ["{name}", "{name}" * 15])
def test_many_equal_names_take_no_longer_than_different_ones(
    monkeypatch: pytest.MonkeyPatch, own_names: list[str], pattern: str
) -> None:
    lengths = []

    def counted(name: str, **options: Any) -> str:
        lengths.append(len(name))
        return safe_file_name(name, **options)

    monkeypatch.setattr("albums.exports.entry_names.safe_file_name", counted)
    names = entry_names([NamedPhoto(name, "image/jpeg") for name in own_names], pattern)
    assert len({name.casefold() for name in names}) == len(names)
    assert max(len(name.encode()) for name in names) <= 255
    assert len(lengths) <= 3 * len(names)
    assert max(lengths) < 2000


def test_the_same_name_may_stand_in_two_folders() -> None:
    photos = [NamedPhoto("a.jpg", "image/jpeg", folder=folder) for folder in ("one", "two", "two")]
    assert entry_names(photos, "{name}") == ["one/a.jpg", "two/a.jpg", "two/a (2).jpg"]


def test_no_file_has_the_name_of_a_folder() -> None:
    photos = [NamedPhoto("A.jpg", "image/jpeg"), NamedPhoto("b.jpg", "image/jpeg", folder="a.JPG/b")]
    assert entry_names(photos, "{name}") == ["A (2).jpg", "a.JPG/b/b.jpg"]


def test_names_that_a_file_system_takes_for_the_same_are_told_apart() -> None:
    photos = [NamedPhoto(name, "image/jpeg", folder="Caf\u00e9") for name in ("\u1e9e.jpg", "\u00df.jpg", "SS.jpg")]
    assert entry_names(photos, "{name}") == [
        f"Caf\u00e9/{name}" for name in ("\u1e9e.jpg", "\u00df (2).jpg", "SS (3).jpg")
    ]


def test_a_name_that_looks_like_a_placeholder_is_a_name() -> None:
    assert entry_names([NamedPhoto("{date}.jpg", "image/jpeg")], "{name}") == ["{date}.jpg"]


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("", "so that photos get different names"),
        ("photo", "so that photos get different names"),
        ("{date} {time}", "so that photos get different names"),
        ("{nane}", "{nane} is not a placeholder"),
        ("{name!r}", "not a placeholder"),
        ("{name.__class__}", "not a placeholder"),
        ("{0} {name}", "not a placeholder"),
        ("{} {name}", "not a placeholder"),
        ("{name", "brace"),
        ("name} {name}", "brace"),
        ("{{name}} {name", "brace"),
        ("{date}/{name}", "slashes"),
        ("..\\{name}", "slashes"),
        ("{name}" * 20, "100 characters"),
    ],
)
def test_a_pattern_that_cannot_name_files_says_why(pattern: str, said: str) -> None:
    with pytest.raises(InvalidNamePattern) as raised:
        pattern_check(pattern)
    assert said in raised.value.message


@given(
    st.lists(st.tuples(st.text(max_size=60), st.sampled_from(["", "image/jpeg", "image/heic"])), max_size=12),
    st.lists(st.sampled_from([*(f"{{{name}}}" for name in PLACEHOLDERS), " ", ".", ":", "é", "\u202e"]), max_size=6),
)
def test_any_pattern_makes_unique_safe_names(pairs: list[tuple[str, str]], parts: list[str]) -> None:
    pattern = "".join([*parts, "{name}"])
    names = entry_names([NamedPhoto(*pair, TAKEN, 1) for pair in pairs], pattern)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(pairs)
    for name in names:
        assert 0 < len(name.encode()) <= 255
        assert not set(name) & set('<>:"/\\|?*\u202e')
        assert name.strip(" .") == name


WILD = st.text(alphabet=st.one_of(st.sampled_from(". /aA\u0301\u00e9\u00df\u200d\u202e"), st.characters()), max_size=30)
DEVICES = st.sampled_from(["CON", "aux.jpg", "a.jpg", "A.JPG", "nul", "a", "x" * 300])


@given(st.lists(st.tuples(st.one_of(WILD, DEVICES), st.lists(st.one_of(WILD, DEVICES), max_size=3)), max_size=10))
def test_any_folders_give_entries_that_every_system_can_unpack(files: list[tuple[str, list[str]]]) -> None:
    """Unpack the zip, as far as that can be said of names, on Windows, macOS and Linux."""
    folders = [safe_folder(clean_folder("/".join(parts))) for _, parts in files]
    photos = [NamedPhoto(name, "image/jpeg", folder=folder) for (name, _), folder in zip(files, folders, strict=True)]
    entries = entry_names(photos, "{name}")
    assert [entry.rpartition("/")[0] for entry in entries] == folders
    # Windows compares upper case; macOS folds case and composes.
    for same in (str.upper, str.casefold):
        keys = {unicodedata.normalize("NFC", same(unicodedata.normalize("NFC", entry))) for entry in entries}
        assert len(keys) == len(entries)
        assert not keys & {key.rpartition("/")[0] for key in keys}
    for part in (part for entry in entries for part in entry.split("/")):
        assert 0 < len(part.encode()) <= 255
        assert not set(part) & set('<>:"\\|?*\u202e')
        assert part.strip(" .") == part
        assert part.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
    assert all(len(entry.encode()) <= 600 + 1 + 255 for entry in entries)
