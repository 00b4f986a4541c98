"""docs/formats.md is true, and says something of every file that the service takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from albums.file_kinds import TAKEN
from tests.file_kinds import PHOTOS, FileKind, document
from worker.analysis.files import decode_photo

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "formats.md"


def test_the_document_says_what_the_samples_show() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "Run: python -m tests.file_kinds > docs/formats.md"


def test_every_ending_is_in_a_row() -> None:
    assert {ending for kind in PHOTOS for ending in kind.endings.split()} == TAKEN["photo"] | TAKEN["raw"] | TAKEN[
        "video"
    ]


@pytest.mark.parametrize("kind", PHOTOS, ids=lambda kind: kind.name)
def test_a_photo_of_the_kind_is_read(kind: FileKind) -> None:
    assert decode_photo(kind.sample()).image.size > 0
