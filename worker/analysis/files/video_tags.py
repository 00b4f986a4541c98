"""Reads what a camera wrote about a video: the time, the camera, and Apple's identifier of a Live Photo."""

from __future__ import annotations

from collections.abc import Mapping

from albums.analysis import CaptureInformation, TimeSource
from worker.analysis.metadata import parse_timestamp

_APPLE = "com.apple.quicktime."
_MOST_CHARACTERS = 200


def video_capture(tags: Mapping[str, str], *, seconds: float | None) -> CaptureInformation:
    """What the tags of the container say.

    Apple's creation date, which has a zone, comes before the container's time. That is in UTC in MP4 and QuickTime, so
    it is an instant whose offset is not known; cameras that write AVI have no zone.
    """
    taken_at, offset = parse_timestamp(tags.get(_APPLE + "creationdate")) or (None, None)
    source: TimeSource | None = "exif" if taken_at else None
    if taken_at is None:
        taken_at, offset = parse_timestamp(tags.get("creation_time")) or (None, None)
        source = None if taken_at is None else "exif" if offset is None else "utc"
        offset = None
    return CaptureInformation(
        taken_at=taken_at,
        utc_offset_minutes=offset,
        source=source,
        camera_make=_text(tags, _APPLE + "make", "make", "com.android.manufacturer"),
        camera_model=_text(tags, _APPLE + "model", "model", "com.android.model"),
        content_id=_text(tags, _APPLE + "content.identifier"),
        seconds=seconds,
    )


def _text(tags: Mapping[str, str], *names: str) -> str | None:
    """The first of the tags that there is, without control characters."""
    found = next((tags[name] for name in names if tags.get(name)), "")
    return "".join(letter for letter in found if letter.isprintable())[:_MOST_CHARACTERS].strip() or None
