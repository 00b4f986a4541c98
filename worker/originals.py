"""Originals on their way into a zip: hashed, and without their place where that is asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from albums import storage
from albums.archive import ArchiveError
from albums.models import Export
from worker.analysis.files import DecodeError, identify
from worker.analysis.metadata import strip_location

_HEAD_BYTES = 65_536  # enough to tell what a file is


class OriginalCorrupted(ArchiveError):
    """An original that was read has other bytes than were uploaded."""

    def __init__(self, entry_name: str) -> None:
        super().__init__(entry_name, "has other bytes in storage than were uploaded")


@contextmanager
def open_original(key: str, sha256: str, location: str, name: str, not_cleaned: set[str]) -> Iterator[Iterable[bytes]]:
    """An original as chunks; without its place where that is asked, for which one photo is held at a time.

    A file that cannot be cleaned goes in as it is, and its name into `not_cleaned`.

    Raises:
        OriginalCorrupted: behind the last chunk at the latest, when they are not the bytes of this SHA-256.
        StorageError: as reading raises it.

    """
    with storage.get_storage().open_read(key) as stored:
        chunks = _uncorrupted(stored, sha256, name)
        if location == Export.Location.KEEP:
            yield chunks
            return
        data = bytearray()
        for chunk in chunks:
            data += chunk
    if not without_location(data):
        not_cleaned.add(name)
    size = storage.CHUNK_BYTES
    yield (bytes(data[start : start + size]) for start in range(0, len(data), size))


def without_location(data: bytearray) -> bool:
    """Blank the place in a photo's file; False when it may still be in it."""
    try:
        photo_format = identify(bytes(data[:_HEAD_BYTES]))
    except DecodeError:
        return False
    return strip_location(data, photo_format)


def _uncorrupted(chunks: Iterable[bytes], sha256: str, name: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise OriginalCorrupted(name)
