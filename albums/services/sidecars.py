"""Writes of a grouping to sidecars, and to the photos whose time they say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from albums.chunks import chunked
from albums.models import Photo
from albums.services.bulk import photos_write

LONE_CODE = "sidecar_without_photo"
LONE_MESSAGE = (
    "This is a sidecar without its photo: no photo in this album has its name. It is kept, and goes with its photo as "
    "soon as you upload the photo."
)
_TIME_COLUMNS = ["taken_at", "utc_offset_minutes", "time_source"]
_IDS_PER_QUERY = 500


def albums_with_waiting_sidecars(album_ids: Collection[UUID]) -> list[UUID]:
    """Those of these albums that have sidecars whose photo has not come, and that are not reported."""
    waiting = Photo.objects.filter(
        album_id__in=album_ids, kind=Photo.Kind.SIDECAR, state=Photo.State.ANALYZED, companion_of=None
    )
    return list(waiting.order_by().values_list("album_id", flat=True).distinct())


def sidecars_go_on(album_id: UUID, with_photo: Collection[UUID]) -> None:
    """End the failure of sidecars whose photo has come."""
    if not with_photo:
        return
    lone = Photo.objects.filter(album_id=album_id, state=Photo.State.FAILED, error_code=LONE_CODE)
    waiting = set(lone.values_list("id", flat=True)).intersection(with_photo)
    for chunk in chunked(sorted(waiting), _IDS_PER_QUERY):
        lone.filter(id__in=chunk).update(state=Photo.State.ANALYZED, error_code="", error_message="")


def sidecars_report(album_id: UUID, lone: Iterable[UUID]) -> None:
    """Let sidecars without a photo fail, so that people see them among the files that could not be used."""
    analyzed = Photo.objects.filter(album_id=album_id, kind=Photo.Kind.SIDECAR, state=Photo.State.ANALYZED)
    for chunk in chunked(list(lone), _IDS_PER_QUERY):
        analyzed.filter(id__in=chunk).update(
            state=Photo.State.FAILED, error_code=LONE_CODE, error_message=LONE_MESSAGE, companion_of=None
        )


def times_write(times: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write these columns about the time of photos."""
    photos_write([Photo(id=photo_id, **columns) for photo_id, columns in times.items()], _TIME_COLUMNS)
