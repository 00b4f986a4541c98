"""Puts the times of videos on the wall clock: containers keep them in UTC, without the zone of the place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from albums.models import Photo
from worker.stages.zones import offset_near, zone_of


def set_wall_clocks(photos: Sequence[Photo]) -> list[Photo]:
    """Give each time in UTC the offset of the photo that was taken next to it. Returns those that changed, unsaved.

    Only photos whose own file says their offset count. Without any, the times stay as they are.
    """
    known = sorted(
        zone_of(photo.taken_at, photo.utc_offset_minutes)
        for photo in photos
        if photo.taken_at and photo.utc_offset_minutes is not None and photo.time_source == Photo.TimeSource.EXIF
    )
    changed = []
    for photo in photos:
        if photo.time_source != Photo.TimeSource.UTC or photo.taken_at is None:
            continue
        instant, _ = zone_of(photo.taken_at, photo.utc_offset_minutes or 0)
        offset = offset_near(instant, known)
        if offset is not None and offset != photo.utc_offset_minutes:
            photo.taken_at, photo.utc_offset_minutes = instant + timedelta(minutes=offset), offset
            changed.append(photo)
    return changed
