"""Copies the originals of an album straight to a destination. What is there already is not copied again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from albums import storage
from albums.destinations import Destination
from albums.exports.plan import ExportOptions, export_plan
from albums.models import Album, Photo
from albums.storage import ObjectMissing


@dataclass
class Copied:
    """What became of each file."""

    written: int = 0
    already_there: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    """Why a file is not there, by its path."""


class _Damaged(Exception):
    """The bytes in the storage are not those that were uploaded."""


_DIFFERENT = "another file is there, and is not replaced. Move it away, or choose another destination."
_MISSING = "its original is missing in the storage."
_DAMAGED = "its original is damaged in the storage, and was not copied."


def copy_album(
    album: Album, options: ExportOptions, destination: Destination, *, show: Callable[[int, int], None]
) -> Copied:
    """Copy the chosen originals and their companions, under the names that they would have in a zip.

    Raises:
        DestinationError: when the destination cannot be used. What was copied stays, and the next call goes on.
        StorageError: when the storage fails.

    """
    plan = export_plan(album, options)
    digests = dict(Photo.objects.filter(album=album).values_list("id", "sha256"))
    copied = Copied()
    for number, (photo, path) in enumerate(plan.entries):
        show(number, len(plan.entries))
        size, sha256 = photo.byte_size, digests.get(photo.id)
        if sha256 is None:
            continue  # deleted since
        presence = destination.presence(path, size=size, sha256=sha256)
        if presence == "same":
            copied.already_there += 1
        elif presence == "different":
            copied.failed[path] = _DIFFERENT
        else:
            problem = _copy(storage.original_key(album.id, photo.id), path, destination, size, sha256)
            if problem:
                copied.failed[path] = problem
            else:
                copied.written += 1
    show(len(plan.entries), len(plan.entries))
    return copied


def _copy(key: str, path: str, destination: Destination, size: int, sha256: str) -> str:
    """Copy a file. Returns why it could not be copied, or nothing."""
    try:
        with storage.get_storage().open_read(key) as chunks:
            destination.write(path, _verified(chunks, sha256), size=size, sha256=sha256)
    except ObjectMissing:
        return _MISSING
    except _Damaged:
        return _DAMAGED
    return ""


def _verified(chunks: Iterable[bytes], sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise _Damaged
