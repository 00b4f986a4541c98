"""What long commands show on the terminal."""

from __future__ import annotations

import pytest

from albums.management.terminal import counted


@pytest.mark.parametrize(
    ("count", "nouns", "text"),
    [(0, ["photo"], "0 photos"), (1, ["photo"], "1 photo"), (2, ["prefix", "prefixes"], "2 prefixes")],
)
def test_a_number_has_its_noun_in_the_right_form(count: int, nouns: list[str], text: str) -> None:
    assert counted(count, *nouns) == text
