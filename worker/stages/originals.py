"""Read originals for a zip: verify their hash, and strip them where the export asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from albums import storage
from albums.analysis import NotCleanedReason
from worker import runtime
from worker.analysis.stripping import NotStripped
from worker.stages.export_zip import OriginalError


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
