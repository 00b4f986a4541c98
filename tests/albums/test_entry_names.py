"""Names in the zip by a pattern."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums.entry_names import PLACEHOLDERS, NamedPhoto, entry_names, pattern_check
from albums.exceptions import InvalidNamePattern
from albums.filenames import safe_file_name

TAKEN = datetime(2024, 6, 15, 14, 32, 5, tzinfo=UTC)


def test_every_placeholder_is_filled() -> None:
    photos = [
        NamedPhoto("IMG_4711.JPG", "image/jpeg", TAKEN, 3),
        NamedPhoto("scan.png", "image/png"),
    ]
    pattern = "{date}_{time} g{group} {sequence} {name}"
    assert entry_names(photos, pattern) == [
        "2024-06-15_14.32.05 g003 001 IMG_4711.JPG",
        "undated_untimed gsingle 002 scan.png",
    ]
    assert set(PLACEHOLDERS) == {"sequence", "name", "date", "time", "group"}


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

    monkeypatch.setattr("albums.entry_names.safe_file_name", counted)
    names = entry_names([NamedPhoto(name, "image/jpeg") for name in own_names], pattern)
    assert len({name.casefold() for name in names}) == len(names)
    assert max(len(name.encode()) for name in names) <= 255
    assert len(lengths) <= 3 * len(names)
    assert max(lengths) < 2000


def test_the_same_name_may_stand_in_two_folders() -> None:
    photos = [NamedPhoto("a.jpg", "image/jpeg", folder=folder) for folder in ("one", "two", "two")]
    assert entry_names(photos, "{name}") == ["one/a.jpg", "two/a.jpg", "two/a (2).jpg"]


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
