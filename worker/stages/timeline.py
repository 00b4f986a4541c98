"""Brings the photos of an album into one timeline: wall-clock time at the place of capture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from albums.clocks import Camera, Shifts
from albums.models import Photo
from worker.analysis.grouping import ClockOffset
from worker.stages.rows import capture_of
from worker.stages.zones import Zone, offset_near, zone_of

_NEAR = timedelta(days=7)
"""Photos that far apart may have been taken in different zones, or before and after a change to summer time."""


def timeline_of(photos: Sequence[Photo], offsets: Sequence[ClockOffset], shifts: Shifts) -> dict[UUID, datetime]:
    """When each photo was taken, by the wall clock at its place; photos without any time are missing.

    The times of cameras follow the offsets that the grouping found between their clocks. The time of a file, or one in
    a name that is UTC, is an instant. The photos near it in time tell in which zone that was, if their own clocks tell
    it and need no correction. Else it stays on the clock of the computer that it came from.

    Args:
        photos: of one album, with what people added to their times.
        offsets: of clocks, to add to their times.
        shifts: the cameras whose clocks a person has set.
    """
    timeline: dict[UUID, datetime] = {}
    zones: list[Zone] = []
    for photo in photos:
        if photo.taken_at is None:
            continue
        correction = correction_of(photo, offsets)
        timeline[photo.id] = photo.taken_at + timedelta(seconds=correction)
        is_by_camera = photo.time_source in Photo.BY_CAMERA
        if is_by_camera and photo.utc_offset_minutes is not None and not correction and Camera.of(photo) not in shifts:
            zones.append(zone_of(photo.taken_at, photo.utc_offset_minutes))
    zones.sort()
    for photo in photos:
        if photo.taken_at and photo.time_source not in Photo.TRUSTED and photo.utc_offset_minutes is not None:
            instant, otherwise = zone_of(photo.taken_at, photo.utc_offset_minutes)
            ahead = offset_near(instant, zones, within=_NEAR)
            timeline[photo.id] = instant + timedelta(minutes=otherwise if ahead is None else ahead)
    return timeline


def correction_of(photo: Photo, offsets: Sequence[ClockOffset]) -> float:
    """The seconds that the grouping adds to the time of a photo."""
    if not offsets or photo.time_source not in Photo.TRUSTED:
        return 0.0
    shot = capture_of(photo)
    return next((offset.seconds for offset in offsets if offset.dated(shot)), 0.0)
