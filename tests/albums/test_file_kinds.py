"""Tests of the endings of files."""

from __future__ import annotations

from collections import Counter

from albums.exports.entry_names import _EXTENSIONS
from albums.file_kinds import REFUSED, TAKEN


def test_an_ending_has_one_kind() -> None:
    endings = Counter(ending for kinds in (TAKEN, REFUSED) for names in kinds.values() for ending in names)
    assert {ending for ending, count in endings.items() if count > 1} == set()
    assert all(ending.isalnum() and ending == ending.lower() for ending in endings)


def test_the_endings_that_a_zip_gives_are_taken() -> None:
    """What came out of a zip can be uploaded again."""
    first = {endings[0] for endings in _EXTENSIONS.values()}
    assert first <= {ending for names in TAKEN.values() for ending in names}
