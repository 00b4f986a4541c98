"""When photos without a time of their own were taken, as their sidecars say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from albums.analysis import CaptureInformation, Sidecar
from albums.models import Photo
from worker.stages.times import taken_columns
from worker.stages.zones import Zone, offset_near, zone_of

Described = Sequence[tuple[Photo, Sequence[Photo]]]
"""Sidecars, and the files that each describes, the most likely first."""

_TAKEOUT = "application/json"
_ZONE_MINUTES = 15  # the offset of every zone is a multiple of it
_MOST_DIFFERENCE = timedelta(seconds=2)
_SAME_PLACE = timedelta(days=1)
_DEGREES_AN_HOUR = 15


def sidecar_times(photos: Sequence[Photo], described: Described) -> dict[UUID, dict[str, Any]]:
    """The columns about the time of those photos for which they change.

    XMP says wall-clock time. Takeout says an instant, which becomes wall-clock time in the zone of the photo that was
    taken nearest to it, within a day, as the EXIF of that or its own Takeout shows. Without such a photo the zone
    follows from the longitude, and if nothing is known it is UTC.
    """
    sidecars = [(msgspec.convert(sidecar.sidecar, Sidecar), files) for sidecar, files in described if sidecar.sidecar]
    said: dict[UUID, tuple[bool, int, Sidecar]] = {}
    for sidecar, files in sidecars:
        for place, photo in enumerate(files if sidecar.taken_at else ()):
            of_photo = (sidecar.content_type == _TAKEOUT, place, sidecar)
            said[photo.id] = min(said.get(photo.id, of_photo), of_photo, key=lambda each: each[:2])
    zones = sorted(_zones(photos, sidecars)) if said else []
    times = {}
    for photo in photos:
        columns = {}
        if photo.id in said and photo.time_source not in Photo.BY_CAMERA:
            columns = _columns(said[photo.id][2], zones)
        elif photo.time_source == Photo.TimeSource.SIDECAR and photo.frame_seconds is None:  # which is gone
            columns = taken_columns(CaptureInformation(), photo)
        if any(getattr(photo, name) != value for name, value in columns.items()):
            times[photo.id] = columns
    return times


def _zones(photos: Sequence[Photo], sidecars: Sequence[tuple[Sidecar, Sequence[Photo]]]) -> Iterator[Zone]:
    own = [photo for photo in photos if photo.time_source in Photo.BY_CAMERA]
    for photo in own:
        if photo.taken_at and photo.utc_offset_minutes is not None:
            yield zone_of(photo.taken_at, photo.utc_offset_minutes)
    for sidecar, files in sidecars:
        photo = files[0]
        if (
            sidecar.content_type != _TAKEOUT
            or not sidecar.taken_at
            or not photo.taken_at
            or photo.time_source not in Photo.BY_CAMERA
        ):
            continue
        instant = sidecar.taken_at.replace(tzinfo=UTC)
        ahead = photo.taken_at - instant
        minutes = round(ahead / timedelta(minutes=_ZONE_MINUTES)) * _ZONE_MINUTES
        # Google may know a better time than the camera, whose clock was wrong.
        if -12 * 60 <= minutes <= 14 * 60 and abs(ahead - timedelta(minutes=minutes)) <= _MOST_DIFFERENCE:
            yield instant, minutes


def _columns(sidecar: Sidecar, zones: Sequence[Zone]) -> dict[str, Any]:
    taken_at = sidecar.taken_at.replace(tzinfo=UTC) if sidecar.taken_at else None
    offset = sidecar.utc_offset_minutes
    if taken_at and sidecar.content_type == _TAKEOUT:
        offset = _offset_at(taken_at, sidecar.longitude, zones)
        taken_at += timedelta(minutes=offset)
    return {"taken_at": taken_at, "utc_offset_minutes": offset, "time_source": Photo.TimeSource.SIDECAR.value}


def _offset_at(instant: datetime, longitude: float | None, zones: Sequence[Zone]) -> int:
    near = offset_near(instant, zones, within=_SAME_PLACE)
    return 60 * round((longitude or 0.0) / _DEGREES_AN_HOUR) if near is None else near
