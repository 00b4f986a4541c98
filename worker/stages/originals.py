"""Read originals: for the preparation, and for a zip, with their hash verified and stripped where it asks for that."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from albums import storage
from albums.analysis import NotCleanedReason
from albums.models import Photo
from worker import runtime
from worker.analysis.interface import HEAD_BYTES, TAIL_BYTES, NotStripped
from worker.stages.export_zip import OriginalError


@dataclass(frozen=True)
class Original:
    """The bytes of an original: all of a photo, and of a larger file, which can only be a video, its two ends.

    Attributes:
        data: the first HEAD_BYTES and the last bytes, if not all.
        skipped: how many bytes are missing between the two.
        sha256: of the whole file, in hexadecimal.
    """

    data: bytes
    skipped: int
    sha256: str

    @property
    def size(self) -> int:
        """Of the whole file, in bytes."""
        return len(self.data) + self.skipped

    def is_of(self, photo: Photo) -> bool:
        """True when these are the bytes that were announced for the photo."""
        return (self.size, self.sha256) == (photo.byte_size, photo.sha256)


def read_original(photo: Photo, *, most: int) -> Original:
    """Read the original of a photo. Of one that was announced with more than `most` bytes only its ends are kept.

    Raises:
        ObjectMissing: it is not there.
        StorageError: reading failed.
    """
    store = storage.get_storage()
    key, size = storage.original_key(photo.album_id, photo.id), photo.byte_size
    if size <= most:
        data = store.read_bytes(key)
        return Original(data, 0, hashlib.sha256(data).hexdigest())
    digest = hashlib.sha256()
    head, tail = bytearray(), bytearray()
    tail_starts = max(HEAD_BYTES, size - TAIL_BYTES)
    place = 0
    with store.open_read(key) as chunks:
        for chunk in chunks:
            digest.update(chunk)
            head += chunk[: max(0, HEAD_BYTES - place)]
            tail += chunk[max(0, tail_starts - place) :]
            place += len(chunk)
            if place > size:
                break  # it is not what was announced
    data = bytes(head + tail)
    return Original(data, place - len(data), digest.hexdigest())


class OriginalCorrupted(OriginalError):
    """The bytes in storage are not the uploaded ones."""

    def __init__(self, photo_id: UUID) -> None:
        super().__init__(photo_id, "does not have the uploaded bytes in storage")


@contextmanager
def open_original(key: str, *, photo_id: UUID, sha256: str) -> Iterator[Iterable[bytes]]:
    """Open an original as chunks.

    Raises:
        OriginalCorrupted: the bytes do not have this SHA-256; raised after the last chunk at the latest.
        StorageError: reading failed.
    """
    with storage.get_storage().open_read(key) as stored:
        yield _verified(stored, sha256, photo_id)


def clean_original(data: bytes, heartbeat: Callable[[], None]) -> tuple[bytes, NotCleanedReason | None]:
    """Strip an original in the sandbox. If that cannot be done, the original comes back, with the reason.

    Raises:
        SandboxUnavailable: the sandbox does not start. That is not the photo's fault.
    """
    try:
        return runtime.sandbox().strip(data, while_waiting=heartbeat), None
    except NotStripped as error:
        return data, error.reason


def _verified(chunks: Iterable[bytes], sha256: str, photo_id: UUID) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
        yield chunk
    if digest.hexdigest() != sha256:
        raise OriginalCorrupted(photo_id)
