"""The sizes of books, as printers take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from albums.prints.pages import Paper

PAPERS: Final[Mapping[str, Paper]] = {
    "a4_landscape": Paper(297, 210, margin=15),
    "a4_portrait": Paper(210, 297, margin=15),
    "square_21": Paper(210, 210, margin=13),
    "square_30": Paper(300, 300, margin=18),
}

CONTACT_SHEET: Final = Paper(210, 297, bleed=0, margin=12, spine=0)
