"""What every storage can do. The rest of the project depends only on this interface."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from albums.storage.opened import OpenedObject

CHUNK_BYTES = 1024 * 1024
"""The maximum size of one chunk of a stream."""


@dataclass(frozen=True)
class PresignedUpload:
    """Permission to upload one announced file.

    Send `method` to `url` with exactly these `headers` and the file as the body. `url` is absolute (S3) or a
    path on this service (`request.build_absolute_uri` makes both absolute). Content-Length is checked too, but it is
    not among the headers: every HTTP client sends it by itself, and browsers forbid setting it. Sending twice is
    harmless.
    """

    url: str
    method: str
    headers: Mapping[str, str]


class StorageWriter(Protocol):
    """Writes an object. The object appears, complete, when its context manager ends without an error."""

    def write(self, data: bytes) -> int:
        """Write all of `data` and return its length. May wait while earlier parts are being sent."""
        ...


class MultipartUploads(ABC):
    """Uploads of one object in parts, sent by clients in any order and over days. Part numbers begin at 1.

    The object appears when the service completes the upload, never before. Every method but `begin` raises
    `MultipartUploadEnded` when there is no such upload (any more), and `abort` takes that as success.
    """

    @abstractmethod
    def begin(self, key: str) -> str:
        """Begin an upload and return its id. Several of one key do not disturb each other."""

    @abstractmethod
    def presigned_part(self, key: str, upload_id: str, number: int, *, size: int, expires_in: int) -> PresignedUpload:
        """Return a presigned upload for a part of exactly this size in bytes. The storage is not asked."""

    @abstractmethod
    def write_part(self, key: str, upload_id: str, number: int, data: bytes) -> None:
        """Store a part, replacing the one that was there."""

    @abstractmethod
    def part_sizes(self, key: str, upload_id: str) -> dict[int, int]:
        """Return the sizes in bytes of the parts that have arrived, by number."""

    @abstractmethod
    def complete(self, key: str, upload_id: str, sizes: Mapping[int, int]) -> bool:
        """Make the object appear if the parts that have arrived are exactly these. False if they are not."""

    @abstractmethod
    def abort(self, key: str, upload_id: str) -> None:
        """Delete the parts. The upload takes no others."""


class Storage(ABC):
    """Objects by key (see `albums.storage.keys`). Safe to share between threads.

    Every method raises `InvalidKey` for an invalid key, `StorageUnavailable` when a retry may help, and
    `StorageRefused` when the operator must act first.
    """

    @property
    @abstractmethod
    def place(self) -> str:
        """Which storage this is, in words: the bucket and its server, or the folder. Without a secret."""

    @property
    @abstractmethod
    def multipart(self) -> MultipartUploads:
        """Uploads in parts."""

    @abstractmethod
    def open_read(self, key: str) -> AbstractContextManager[Iterator[bytes]]:
        """Open an object as chunks of at most `CHUNK_BYTES`; raises `ObjectMissing` on entering."""

    @abstractmethod
    def open_object(self, key: str) -> OpenedObject:
        """Open an object to send it to a client, whole or by ranges; raises `ObjectMissing`."""

    def read_bytes(self, key: str) -> bytes:
        """Return a whole object; raises `ObjectMissing`."""
        with self.open_read(key) as chunks:
            return b"".join(chunks)

    @abstractmethod
    def open_writer(
        self, key: str, content_type: str, *, expected_size: int | None = None
    ) -> AbstractContextManager[StorageWriter]:
        """Open an object for writing as a stream, in constant memory.

        It appears when the block ends without an error, and replaces the object that was there. After an error nothing
        appears. `expected_size` is roughly the size in bytes: S3 uses it to choose equal parts for huge objects.
        """

    @abstractmethod
    def write_bytes(self, key: str, data: bytes, content_type: str) -> None:
        """Store an object, replacing the object that was there."""

    def write_file(self, key: str, path: Path, content_type: str) -> None:
        """Store a copy of a file, in constant memory. Raises `OSError` when the file cannot be read."""
        with path.open("rb", buffering=0) as source:
            expected_size = path.stat().st_size
            with self.open_writer(key, content_type, expected_size=expected_size) as writer:
                while chunk := source.read(CHUNK_BYTES):
                    writer.write(chunk)

    @abstractmethod
    def size(self, key: str) -> int | None:
        """Return the size of an object in bytes, or None when there is none."""

    def exists(self, key: str) -> bool:
        """True when there is an object with this key."""
        return self.size(key) is not None

    @abstractmethod
    def sizes(self, keys: Collection[str]) -> dict[str, int | None]:
        """Return `size` of each key, with many requests at a time.

        Raises `SomeSizesUnknown`, with the known sizes, when the storage did not answer for the others.
        """

    @abstractmethod
    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects. Objects that do not exist count as deleted."""

    def delete_prefix(self, prefix: str) -> int:
        """Delete everything below `prefix`. Without a slash at its end, also delete the object with that exact key.

        Returns how many objects were deleted. Objects written meanwhile may stay: call again to be sure.
        """
        deleted = 0
        if not prefix.endswith("/"):
            deleted += self.exists(prefix)
            self.delete([prefix])
            prefix += "/"
        return deleted + self._delete_below(prefix)

    @abstractmethod
    def _delete_below(self, prefix: str) -> int: ...

    @abstractmethod
    def list_keys(self, prefix: str) -> Iterator[str]:
        """Yield the keys below a prefix that ends with a slash, in any order."""

    @abstractmethod
    def abort_stale_uploads(self, older_than: timedelta, *, keep: Collection[str] = ()) -> int:
        """Delete unfinished uploads that killed writers left behind, older than this. Returns how many.

        Multipart uploads with an id in `keep` stay.
        """

    @abstractmethod
    def check(self) -> str | None:
        """Return None when the storage is ready, or a message for the operator. Answers within seconds."""

    @abstractmethod
    def create_if_missing(self, allowed_origins: Sequence[str] = ()) -> bool:
        """Create the bucket or folder if it does not exist. True when it was created.

        A bucket, new or not, also gets a CORS rule for uploads from the pages of `allowed_origins`, unless it
        already has one. If that fails, the log says what to configure.
        """

    def takes_checksum(self) -> bool:
        """Try whether the storage takes a presigned upload with a checksum. False: only without one.

        Taking it does not mean comparing it.
        """
        return True

    @abstractmethod
    def presigned_upload(
        self, key: str, *, size: int, content_type: str, sha256: str | None, expires_in: int
    ) -> PresignedUpload:
        """Return a presigned upload for exactly the file of this size in bytes, type and SHA-256 in hexadecimal.

        Without a SHA-256, any content of that size and type is taken. It is valid for `expires_in` seconds, like the
        links below.
        """

    @abstractmethod
    def view_link(self, key: str, *, content_type: str) -> str:
        """Return a link that browsers may cache: it stays the same all day, and is valid for at least 12 more hours."""

    @abstractmethod
    def download_link(self, key: str, *, file_name: str, content_type: str, expires_in: int) -> str:
        """Return a link that saves the object under `file_name`. It supports range requests."""

    @abstractmethod
    def close(self) -> None:
        """Close connections. The storage must not be used afterwards."""
