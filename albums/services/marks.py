"""The stars and the label that a photo takes over from the other files of its shot."""

from __future__ import annotations

from typing import Any

from albums.analysis import LABEL_WORDS
from albums.models import Photo

MARKS = ("stars", "label", "marked_at")
"""The columns of a photo that they are in."""


def marks_take_over(shown: Photo, companion: Photo) -> None:
    """Add what a person gave the companion before the two were paired. That has no marks afterwards.

    Of two values, the larger number of stars stays, and the label of the photo that is shown.
    """
    shown.stars, shown.label = max(shown.stars, companion.stars), shown.label or companion.label
    shown.marked_at = shown.marked_at or companion.marked_at
    companion.stars, companion.label, companion.marked_at = 0, "", None


def marks_begin(shown: Photo, sidecar: dict[str, Any]) -> None:
    """Let a photo that nobody has marked have what its sidecar says.

    The rating -1 is Lightroom's rejection, and gives no stars. A label of other words is none of the five.
    """
    if shown.marked_at is None:
        shown.stars = max(shown.stars, sidecar.get("rating") or 0)
        shown.label = shown.label or LABEL_WORDS.get((sidecar.get("label") or "").casefold(), "")
