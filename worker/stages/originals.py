"""Read originals for a zip: verify their hash, and remove the location where the export asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from albums import storage
from worker.analysis.files import strip_location
from worker.stages.export_zip import Original, OriginalError


class OriginalCorrupted(OriginalError):
    """The bytes in storage are not the uploaded ones."""

    def __init__(self, photo_id: UUID) -> None:
        super().__init__(photo_id, "does not have the uploaded bytes in storage")


@contextmanager
def open_original(key: str, *, photo_id: UUID, sha256: str, keeps_location: bool) -> Iterator[Original]:
    """Open an original as chunks. Removing the location needs the whole file in memory.

    If the location cannot be removed, the file comes unchanged and `is_cleaned` is false.

    Raises:
        OriginalCorrupted: the bytes do not have this SHA-256; raised after the last chunk at the latest.
        StorageError: reading failed.
    """
    with storage.get_storage().open_read(key) as stored:
        chunks = _verified(stored, sha256, photo_id)
        if keeps_location:
            yield Original(chunks)
            return
        data = bytearray()
        for chunk in chunks:
            data += chunk
    is_cleaned = strip_location(data)
    size = storage.CHUNK_BYTES
    yield Original((bytes(data[start : start + size]) for start in range(0, len(data), size)), is_cleaned=is_cleaned)


def _verified(chunks: Iterable[bytes], sha256: str, photo_id: UUID) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise OriginalCorrupted(photo_id)
