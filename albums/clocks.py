"""The clocks of an album's cameras, and what people add to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from albums.capture_order import CAPTURE_ORDER
from albums.filters import IS_SHOWN
from albums.models import Album, Photo


class Camera(NamedTuple):
    """One camera of an album: its name, and its serial number if its photos say it."""

    name: str
    serial: str = ""

    @classmethod
    def of(cls, photo: Photo) -> Camera:
        """The camera that took a photo."""
        return cls(photo.camera, photo.capture.get("camera_serial") or "")


Shifts = Mapping[Camera, int]
"""Seconds that a person adds to the times of cameras. A camera that is named is right, also with zero seconds."""


def shifts_of(album: Album) -> dict[Camera, int]:
    """The shifts of an album."""
    return shifts_from_json(album.camera_shifts)


def shifts_to_json(shifts: Mapping[Camera, int | None]) -> list[list[Any]]:
    """For a JSON column: lists of a camera, its serial number, and seconds."""
    return [[*camera, shifts[camera]] for camera in sorted(shifts)]


def shifts_from_json(kept: Iterable[Sequence[Any]]) -> dict[Camera, Any]:
    """Read the result of `shifts_to_json`."""
    return {Camera(name, serial): seconds for name, serial, seconds in kept}


def shifted(photo: Photo, shifts: Shifts) -> datetime | None:
    """The capture time with what a person added. A time that no camera's clock showed stays as it is."""
    if photo.taken_at is None or photo.time_source not in Photo.BY_CAMERA:
        return photo.taken_at
    return photo.taken_at + timedelta(seconds=shifts.get(Camera.of(photo), 0))


@dataclass
class CameraClock:
    """The clock of one camera of an album.

    Attributes:
        first_at, last_at: what it showed at the camera's first and last photo in the album.
        first_id: that photo.
        added_seconds: what the album adds to that of the first photo.
        shift_seconds: what a person adds; None if the grouping decides.
    """

    camera: Camera
    photo_count: int
    first_id: UUID
    first_at: datetime
    last_at: datetime
    added_seconds: int
    shift_seconds: int | None


def photos_by_clock(album: Album, camera: Camera) -> QuerySet[Photo]:
    """The photos of the album that the clock of this camera dated."""
    photos = Photo.objects.filter(album=album, camera=camera.name, time_source__in=Photo.BY_CAMERA)
    if camera.serial:
        return photos.filter(capture__camera_serial=camera.serial)
    return photos.exclude(capture__has_key="camera_serial")


def clocks_of(album: Album) -> list[CameraClock]:
    """The clocks of the album's cameras, in order of their first photos, in one query."""
    shifts = shifts_of(album)
    found: dict[Camera, CameraClock] = {}
    photos = Photo.objects.filter(IS_SHOWN, album=album, time_source__in=Photo.BY_CAMERA, taken_at__isnull=False)
    # As text: SQLite would read a number of digits as a number.
    dated = photos.annotate(serial=KT("capture__camera_serial")).order_by(*CAPTURE_ORDER)
    rows: QuerySet[Photo, tuple[Any, ...]] = dated.values_list("id", "camera", "serial", "taken_at", "timeline_at")
    for photo_id, name, serial, taken_at, timeline_at in rows.iterator():
        camera = Camera(name, serial or "")
        clock = found.get(camera)
        if clock is None:
            added = round((timeline_at - taken_at).total_seconds()) if timeline_at else 0
            found[camera] = CameraClock(camera, 1, photo_id, taken_at, taken_at, added, shifts.get(camera))
            continue
        clock.photo_count += 1
        clock.first_at, clock.last_at = min(clock.first_at, taken_at), max(clock.last_at, taken_at)
    return list(found.values())
