"""Checks that rows and objects match. They always should, but may not after a backup was restored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from albums import storage
from albums.chunks import chunked
from albums.models import Export, ObjectDeletion, Photo
from albums.storage.keys import ROOT_PREFIX

_AT_ONCE = 500


@dataclass
class Differences:
    """Photos and zips whose object is missing or has another size, and prefixes of objects without a row."""

    missing_photos: list[UUID] = field(default_factory=list)
    missing_exports: list[UUID] = field(default_factory=list)
    unknown_prefixes: set[str] = field(default_factory=set)


def storage_differences() -> Differences:
    """Compare every row with its object, and every object with its row.

    Raises:
        StorageError: when the storage cannot be asked.

    """
    found = Differences()
    for chunk in _by_id(_photos()):
        sizes = storage.get_storage().sizes([storage.original_key(album, photo) for photo, album, _ in chunk])
        found.missing_photos += [
            photo for photo, album, size in chunk if sizes[storage.original_key(album, photo)] != size
        ]
    for chunk in _by_id(_exports()):
        sizes = storage.get_storage().sizes([storage.export_key(album, export) for export, album, _ in chunk])
        found.missing_exports += [
            export for export, album, size in chunk if sizes[storage.export_key(album, export)] != size
        ]
    found.unknown_prefixes = set(_unknown_prefixes())
    return found


def _photos() -> QuerySet[Photo]:
    here = Photo.objects.exclude(state=Photo.State.PENDING)
    # The owners of these photos already know that the original is missing.
    return here.exclude(state=Photo.State.FAILED, error_code__in=("object_missing", "checksum_mismatch"))


def _exports() -> QuerySet[Export]:
    return Export.objects.filter(state=Export.State.READY)


def _by_id(rows: QuerySet[Any]) -> Iterator[list[tuple[UUID, UUID, int]]]:
    """The id, the album and the size of all rows, some at a time. No cursor stays open while the storage is asked."""
    rows = rows.order_by("id").values_list("id", "album_id", "byte_size")
    after = rows
    while chunk := list(after[:_AT_ONCE]):
        yield chunk
        after = rows.filter(id__gt=chunk[-1][0])


def _unknown_prefixes() -> Iterator[str]:
    """List objects before reading rows: everything created meanwhile has its row first.

    Frames of a video are on the list of deletions until they have their rows, so that is read before the rows; and
    once more after them, for what is deleted meanwhile.
    """
    for keys in chunked(storage.get_storage().list_keys(ROOT_PREFIX), _AT_ONCE):
        owners = {prefix for key in keys if (prefix := _prefix_of(key))}
        photos = {prefix for prefix in owners if "/photos/" in prefix}
        exports = owners - photos
        owners -= _being_deleted(owners)
        known = {
            storage.photo_prefix(album, photo)
            for photo, album in Photo.objects.filter(id__in=map(_last_id, photos)).values_list("id", "album_id")
        } | {
            storage.export_key(album, export)
            for export, album in Export.objects.filter(id__in=map(_last_id, exports)).values_list("id", "album_id")
        }
        unknown = owners - known
        yield from unknown - _being_deleted(unknown)


def _being_deleted(prefixes: set[str]) -> set[str]:
    """The prefixes that a scheduled deletion will still remove."""
    albums = {prefix: "/".join(prefix.split("/")[:2]) + "/" for prefix in prefixes}
    due = set(
        ObjectDeletion.objects.filter(prefix__in=prefixes | set(albums.values())).values_list("prefix", flat=True)
    )
    return {prefix for prefix in prefixes if prefix in due or albums[prefix] in due}


def _prefix_of(key: str) -> str:
    """The row's part of a key: `albums/A/photos/P/` or `albums/A/exports/E`. Empty for a key that is not ours."""
    parts = key.split("/")
    try:
        UUID(parts[1])
        UUID(parts[3])
    except (IndexError, ValueError):
        return ""
    owned = "/".join(parts[:4])
    return f"{owned}/" if parts[2] == "photos" else owned


def _last_id(prefix: str) -> UUID:
    return UUID(prefix.rstrip("/").rpartition("/")[2])
