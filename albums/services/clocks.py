"""Shifts the clock of a camera in an album."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from albums.clocks import Camera, photos_by_clock
from albums.exceptions import NoCameraTime
from albums.models import Album, AlbumChange, Photo
from albums.services.arranging import Reviewed
from albums.services.changes import album_lock, change_make
from albums.services.review_state import ReviewState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def camera_shift(album: Album, camera: Camera, seconds: int | None, *, by: AbstractBaseUser | None = None) -> Reviewed:
    """Add seconds to the clock of a camera, for all its photos in the album, also those that come later.

    The capture times stay as they were read. The grouping that follows sorts and groups by the shifted ones, and takes
    this clock for right. None leaves the clock to the grouping again. The change is remembered for the person `by`.

    Raises:
        NoCameraTime: when the album has no photo that this camera dated.

    """
    album = album_lock(album)
    photos = photos_by_clock(album, camera).count()
    if not photos:
        raise NoCameraTime
    state = ReviewState(camera_shifts={camera: seconds})
    return change_make(album, state, AlbumChange.Kind.CLOCK, by=by, photo_count=photos)


def camera_set_by_photo(
    album: Album, photo: Photo, taken_at: datetime, *, by: AbstractBaseUser | None = None
) -> Reviewed:
    """Shift the clock of the camera that took a photo so that it was taken at this wall-clock time.

    Raises:
        NoCameraTime: when no camera dated the photo.

    """
    if photo.taken_at is None or photo.time_source not in Photo.BY_CAMERA:
        raise NoCameraTime
    seconds = round((taken_at.replace(tzinfo=photo.taken_at.tzinfo) - photo.taken_at).total_seconds())
    return camera_shift(album, Camera.of(photo), seconds, by=by)
