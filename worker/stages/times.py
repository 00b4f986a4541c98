"""When a photo was taken: from its metadata, its name or its file, for the columns of its row."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from albums.analysis import CaptureInformation
from albums.capture_order import order_key_of
from albums.models import Photo
from worker.analysis.metadata import FIRST_DIGITAL_CAMERAS, is_possible, read_name_time
from worker.stages.rows import camera_name


def time_columns(capture: CaptureInformation, photo: Photo) -> dict[str, Any]:
    """When the photo was taken, and where that puts it in the album until the next grouping.

    Its metadata comes first, then a time in its name, then the file's time, if that can be a photo's. Where the name
    tells only the day, the file's time counts if it is on that day, else the day's noon.
    """
    # Not `photo.frame_of`: the video may have been deleted since the photo was read.
    video = Photo.objects.filter(id=photo.frame_of_id).first() if photo.frame_of_id else None
    taken = taken_columns(capture, photo) if video is None else _of_frame(photo, video)
    return taken | {"timeline_at": taken["taken_at"], "order_key": order_key(photo, capture)}


def order_key(photo: Photo, capture: CaptureInformation) -> bytes:
    """What orders the photo among those of the same time."""
    camera = f"{camera_name(capture)}\n{capture.camera_serial or ''}"
    return order_key_of(photo.name, photo.sha256, camera=camera, shot_number=capture.shot_number)


def taken_columns(capture: CaptureInformation, photo: Photo) -> dict[str, Any]:
    """When the photo was taken, as far as the file, its metadata and its name tell."""
    if capture.taken_at is not None:
        source = capture.source or Photo.TimeSource.EXIF
        return _columns(capture.taken_at, capture.utc_offset_minutes, source)
    by_file, offset = _time_of_file(photo)
    by_name = read_name_time(photo.name)
    is_same_day = by_name is not None and by_file is not None and by_file.date() == by_name.moment.date()
    is_told = by_name is not None and is_possible(by_name.moment, first=FIRST_DIGITAL_CAMERAS)
    if by_name and is_told and not (by_name.is_day and is_same_day):
        return _columns(by_name.moment, 0 if by_name.is_utc else None, Photo.TimeSource.NAME)
    if by_file is not None:
        return _columns(by_file, offset, Photo.TimeSource.FILE)
    return {"taken_at": None, "utc_offset_minutes": None, "time_source": Photo.TimeSource.NONE}


def _of_frame(frame: Photo, video: Photo) -> dict[str, Any]:
    """The time of a frame is as sure as that of its video, and is corrected with it."""
    after = timedelta(seconds=frame.frame_seconds or 0.0)
    return {
        "taken_at": video.taken_at + after if video.taken_at else None,
        "utc_offset_minutes": video.utc_offset_minutes,
        "time_source": video.time_source,
    }


def written_time(video: Photo) -> tuple[datetime | None, int | None]:
    """When the video began, for the metadata of its frames: by the wall clock, and how far that is ahead of UTC.

    None where only the file's own time is known, which changes when somebody copies it.
    """
    if video.taken_at is None or video.time_source == Photo.TimeSource.FILE:
        return None, None
    is_utc = video.time_source == Photo.TimeSource.UTC and video.utc_offset_minutes is None
    return video.taken_at.replace(tzinfo=None), 0 if is_utc else video.utc_offset_minutes


def _time_of_file(photo: Photo) -> tuple[datetime | None, int]:
    """What the client's clock showed when the file was modified, and how far it was ahead of UTC.

    In UTC if the client does not say. None where no photo can be of that time, as of files from some archives.
    """
    offset = photo.modified_offset_minutes or 0
    if photo.modified_at is None:
        return None, offset
    moment = photo.modified_at.astimezone(UTC).replace(tzinfo=None)
    with suppress(OverflowError):
        moment += timedelta(minutes=offset)
    return (moment if is_possible(moment, first=FIRST_DIGITAL_CAMERAS) else None), offset


def _columns(moment: datetime, offset: int | None, source: str) -> dict[str, Any]:
    """The columns hold wall-clock time as if it were UTC."""
    return {"taken_at": moment.replace(tzinfo=UTC), "utc_offset_minutes": offset, "time_source": source}
