"""The stars and the label that a photo takes over from the other files of its shot."""

from __future__ import annotations

from collections.abc import Iterable
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


def marks_begin(shown: Photo, files: Iterable[Photo]) -> None:
    """Let a photo that nobody has marked have what its files say: the sidecars, else what is inside the photos.

    The rating -1 is Lightroom's rejection, and gives no stars. A label of other words is none of the five.
    """
    if shown.marked_at is not None:
        return
    ordered = sorted(files, key=lambda file: file.name)
    by_sidecars = [file.sidecar for file in ordered if file.sidecar]
    inside = [file.embedded_marks for file in ordered if file.embedded_marks]
    ratings = _said(by_sidecars, "rating") or _said(inside, "rating")
    labels = _said(by_sidecars, "label") or _said(inside, "label")
    if ratings:
        shown.stars = max(0, *ratings)
    if labels:
        shown.label = next(filter(None, (LABEL_WORDS.get(label.casefold()) for label in labels)), "")


def _said(files: Iterable[dict[str, Any]], name: str) -> list[Any]:
    return [said[name] for said in files if said.get(name) is not None]
