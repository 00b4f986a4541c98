"""The stars and the label that a photo takes over from the other files of its shot."""

from __future__ import annotations

from typing import Any

from albums.models import Photo

MARKS = ("stars", "label", "marked_at")
"""The columns of a photo that they are in."""

# Programs write a label as the word that they show, in the language of their user.
_LABELS = {
    **{label.value: label.value for label in Photo.Label},
    "röd": Photo.Label.RED.value,
    "gul": Photo.Label.YELLOW.value,
    "grön": Photo.Label.GREEN.value,
    "blå": Photo.Label.BLUE.value,
    "lila": Photo.Label.PURPLE.value,
}


def marks_take_over(shown: Photo, companion: Photo) -> None:
    """Mark the photo that is shown as its new companion was. That has no marks afterwards.

    What a person gave the companion before the two were paired is added to what the photo has. What a sidecar says
    counts only for a photo that nobody has marked. Of two values the larger number of stars stays, and the photo's
    label.
    """
    stars, label = companion.stars, companion.label
    if companion.sidecar and shown.marked_at is None:
        stars, label = _said_by(companion.sidecar)
    shown.stars, shown.label = max(shown.stars, stars), shown.label or label
    shown.marked_at = shown.marked_at or companion.marked_at
    companion.stars, companion.label, companion.marked_at = 0, "", None


def _said_by(sidecar: dict[str, Any]) -> tuple[int, str]:
    """The rating -1 is Lightroom's rejection, and gives no stars. A label of other words is none of the five."""
    return max(0, sidecar.get("rating") or 0), _LABELS.get((sidecar.get("label") or "").casefold(), "")
