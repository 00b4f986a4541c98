"""Puts the times of videos on the wall clock: containers keep them in UTC, without the zone of the place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta

from albums.models import Photo


def set_wall_clocks(photos: Sequence[Photo]) -> list[Photo]:
    """Give each time in UTC the offset of the photo that was taken next to it. Returns those that changed, unsaved.

    Only photos whose own file says their offset count. Without any, the times stay as they are.
    """
    known = sorted(
        (_instant(photo.taken_at, photo.utc_offset_minutes), photo.utc_offset_minutes)
        for photo in photos
        if photo.taken_at and photo.utc_offset_minutes is not None and photo.time_source == Photo.TimeSource.EXIF
    )
    changed = []
    for photo in photos:
        if photo.time_source != Photo.TimeSource.UTC or photo.taken_at is None or not known:
            continue
        instant = _instant(photo.taken_at, photo.utc_offset_minutes)
        place = bisect_left(known, (instant,))
        nearest = min(known[max(0, place - 1) : place + 1], key=lambda each: abs(each[0] - instant))
        if photo.utc_offset_minutes != nearest[1]:
            photo.taken_at = instant + timedelta(minutes=nearest[1])
            photo.utc_offset_minutes = nearest[1]
            changed.append(photo)
    return changed


def _instant(wall_clock: datetime, offset: int | None) -> datetime:
    return wall_clock - timedelta(minutes=offset or 0)
