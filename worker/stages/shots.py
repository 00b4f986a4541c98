"""Finds the files of each shot in an album: RAW files, originals of edited copies, and sidecars with what they say."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from albums.models import Album, Photo
from albums.services.sidecars import LONE_CODE
from worker.analysis.grouping import (
    NamedFile,
    ShotFile,
    companions_of,
    described_by,
    is_camera_thumbnail,
    live_videos,
    with_edited_copies,
)
from worker.stages.album_photos import remembered
from worker.stages.rows import seconds_of
from worker.stages.sidecar_times import sidecar_times


@dataclass(frozen=True)
class Shots:
    """What was found.

    Attributes:
        companions: for each companion the photo that is shown instead.
        lone_sidecars: those of no file in the album.
        times: new values of the columns about the time of photos whose sidecar says it, or does no more.
    """

    companions: Mapping[UUID, UUID]
    lone_sidecars: Sequence[UUID]
    times: Mapping[UUID, Mapping[str, Any]]


def find_shots(album: Album, photos: Sequence[Photo]) -> Shots:
    """Find the files of each shot. Writes the times that sidecars say to these rows, but not to the database.

    Args:
        album: whose sidecars are read.
        photos: all its analyzed files but sidecars.
    """
    # A camera's thumbnail file is a sidecar if it has a film or RAW file, else a photo.
    thumbnails = [photo for photo in photos if is_camera_thumbnail(photo.name)]
    sidecars = [*_sidecars_of(album), *thumbnails]
    files = [photo for photo in photos if not is_camera_thumbnail(photo.name)] if thumbnails else photos
    described = described_by(_named(sidecars), [_named_file(photo) for photo in files]) if sidecars else {}
    described_rows = {number: [files[place] for place in places] for number, places in described.items()}
    times = sidecar_times(files, [(sidecars[number], rows) for number, rows in described_rows.items()])
    for photo in files:
        for name, value in times.get(photo.id, {}).items():
            setattr(photo, name, value)
    found = remembered("companions", "", files, lambda: _companions(files))
    companions = {files[index].id: files[shown].id for index, shown in found.items()}
    for number, rows in described_rows.items():
        companions[sidecars[number].id] = companions.get(rows[0].id, rows[0].id)
    lone = [sidecar for number, sidecar in enumerate(sidecars) if number not in described and sidecar.sidecar]
    return Shots(companions, _of_no_file(album, lone), times)


def _sidecars_of(album: Album) -> list[Photo]:
    is_kept = Q(state=Photo.State.ANALYZED) | Q(state=Photo.State.FAILED, error_code=LONE_CODE)
    sidecars = Photo.objects.filter(is_kept, album=album, kind=Photo.Kind.SIDECAR)
    return list(sidecars.only("folder", "name", "sidecar").order_by("name", "id"))


def _named(sidecars: Sequence[Photo]) -> list[NamedFile]:
    return [NamedFile(sidecar.folder, sidecar.name) for sidecar in sidecars]


def _named_file(photo: Photo) -> NamedFile:
    return NamedFile(photo.folder, photo.name, "raw" in photo.capture, photo.is_video)


def _companions(photos: Sequence[Photo]) -> dict[int, int]:
    """For the index of each companion that of the photo that is shown instead."""
    files = [
        ShotFile(
            name=photo.name,
            content_type=photo.content_type,
            is_raw="raw" in photo.capture,
            seconds=seconds_of(photo),
            camera=photo.camera,
            pixels=(photo.width or 0) * (photo.height or 0),
            folder=photo.folder,
            length=photo.capture.get("seconds") or math.nan,
            content_id=photo.capture.get("content_id") or "",
        )
        for photo in photos
    ]
    found = dict(with_edited_copies(files, companions_of(files)))
    # The picture of a Live Photo may itself be the companion of another.
    return found | {video: found.get(still, still) for video, still in live_videos(files).items()}


def _of_no_file(album: Album, sidecars: Sequence[Photo]) -> list[UUID]:
    """Those that describe none of the files that have not come, are unfinished, or failed."""
    if not sidecars:
        return []
    others = Photo.objects.filter(~Q(kind=Photo.Kind.SIDECAR), album=album)
    others = others.exclude(state=Photo.State.ANALYZED).exclude(error_code="not_a_sidecar")
    files = [NamedFile(folder, name) for folder, name in others.values_list("folder", "name")]
    described = described_by(_named(sidecars), files)
    return [sidecar.id for number, sidecar in enumerate(sidecars) if number not in described]
