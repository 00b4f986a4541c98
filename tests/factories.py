"""Rows for tests, created as the service creates them, but without bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from albums.capture_order import order_key_of
from albums.models import Album, Cluster, Membership, Photo
from web.accounts.models import User
from worker.stages.export_zip import ZipEntry

_serial = count()
NOON = datetime(2024, 6, 8, 12, 0, tzinfo=UTC)


def make_album(owner: User, **columns: Any) -> Album:
    """An album with nothing in it."""
    return Album.objects.create(**{"owner": owner, "name": "Midsummer", **columns})


def make_member(album: Album, person: User) -> Membership:
    """The person edits the album from now on."""
    return Membership.objects.create(album=album, person=person)


def make_photo(album: Album, **columns: Any) -> Photo:
    """A photo, analyzed unless told otherwise, taken a minute after the one made before."""
    number = next(_serial)
    photo = Photo(
        **{
            "album": album,
            "name": f"IMG_{number:04d}.jpg",
            "byte_size": 1000,
            "sha256": hashlib.sha256(str(number).encode()).hexdigest(),
            "state": Photo.State.ANALYZED,
            "content_type": "image/jpeg",
            "width": 4000,
            "height": 3000,
            "taken_at": NOON + timedelta(minutes=number),
            "time_source": Photo.TimeSource.EXIF,
            "picked": columns.get("state", Photo.State.ANALYZED) == Photo.State.ANALYZED,
            **columns,
        }
    )
    if "timeline_at" not in columns:
        photo.timeline_at = photo.taken_at
    photo.order_key = order_key_of(
        photo.name, photo.sha256, camera=photo.camera, shot_number=photo.capture.get("shot_number")
    )
    photo.save(force_insert=True)
    return photo


def make_cluster(album: Album, photo_count: int = 3, **columns: Any) -> tuple[Cluster, list[Photo]]:
    """A cluster whose first photo is the best and the pick."""
    position = album.clusters.count()
    cluster = Cluster.objects.create(**{"album": album, "position": position, "photo_count": photo_count, **columns})
    photos = [make_photo(album, cluster=cluster, rank=rank, picked=rank == 0) for rank in range(photo_count)]
    return cluster, photos


def zip_entry(
    name: str, modified: datetime, size: int, open_stream: Callable[[], AbstractContextManager[Iterable[bytes]]]
) -> ZipEntry:
    """An entry of a zip whose original is what the stream yields."""
    return ZipEntry(uuid4(), name, modified, size, open_stream)
