"""File names for people."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.filenames import MAX_NAME_BYTES, safe_file_name, safe_folder, split_extension

WILD_NAMES = st.text(alphabet=st.characters(), max_size=400) | st.text(
    alphabet="ab.~/\\:*\u202e\u200d\u0301é 👩‍👧\x00\n", max_size=400
)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("IMG_4711.JPG", "IMG_4711.JPG"),
        ("Été à la mer.jpg", "Été à la mer.jpg"),
        ("E\u0301te\u0301.jpg", "Été.jpg"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\me\\a.jpg", "C__Users_me_a.jpg"),
        ('what? 5<6 "x" |*.jpg', "what_ 5_6 _x_ __.jpg"),
        ("line\nbreak\tand\x00zero.jpg", "line break andzero.jpg"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("  ..hidden. ", "hidden"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("com1 .jpg", "_com1 .jpg"),
        ("console.jpg", "console.jpg"),
        ("\ud800broken.jpg", "broken.jpg"),
        ("👩\u200d👧.jpg", "👩\u200d👧.jpg"),
        ("", "photo"),
        ("\u200f\u200e ... ", "photo"),
    ],
)
def test_it_keeps_what_is_safe_and_replaces_the_rest(name: str, safe: str) -> None:
    assert safe_file_name(name, fallback="photo") == safe


def test_it_cuts_long_names_between_characters_and_keeps_the_extension() -> None:
    safe = safe_file_name("ä" * 300 + ".jpeg", fallback="photo")
    assert safe == "ä" * 125 + ".jpeg"
    assert len(safe.encode()) == MAX_NAME_BYTES


def test_a_long_ending_is_not_an_extension() -> None:
    assert safe_file_name("a" * 300 + "." + "b" * 300, fallback="photo") == "a" * 255


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("a.jpg", ("a", "jpg")),
        ("a.tar.gz", ("a.tar", "gz")),
        ("Dr. Smith", ("Dr. Smith", "")),
        (".jpg", (".jpg", "")),
        ("a.", ("a.", "")),
        ("plain", ("plain", "")),
    ],
)
def test_it_splits_extensions(name: str, parts: tuple[str, str]) -> None:
    assert split_extension(name) == parts


@given(WILD_NAMES)
def test_any_name_becomes_one_safe_segment(name: str) -> None:
    safe = safe_file_name(name, fallback="photo")
    assert safe
    assert len(safe.encode()) <= MAX_NAME_BYTES
    assert safe == unicodedata.normalize("NFC", safe)
    assert not set(safe) & set('<>:"/\\|?*')
    assert not any(
        unicodedata.category(character)
        in {"Cc", "Cf", "Cs", "Zl", "Zp"} - ({"Cf"} if character in "\u200c\u200d" else set())
        for character in safe
    )
    assert safe.strip(" .") == safe
    assert safe.partition(".")[0].rstrip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@given(WILD_NAMES)
def test_it_changes_a_safe_name_no_further(name: str) -> None:
    once = safe_file_name(name, fallback="photo")
    assert safe_file_name(once, fallback="photo") == once


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("", ""),
        ("Iceland/day 1", "Iceland/day 1"),
        ("CON/aux.old/a?", "_CON/_aux.old/a_"),
        (".hidden/...", "hidden/folder"),
        ("/".join(["x" * 400] * 2), "/".join(["x" * 255] * 2)),
        ("/".join(["x" * 300] * 5), "/".join(["x" * 119] * 5)),
        ("/".join("a" * 500), "/".join("a" * 32)),
    ],
)
def test_a_safe_folder_is_short_and_each_part_safe(path: str, safe: str) -> None:
    assert safe_folder(path) == safe
    assert len(safe.encode()) <= 600
