"""What storage can do, whichever it is. The rest of the project knows only this."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

CHUNK_BYTES = 1024 * 1024
"""The most that a stream hands over at once."""


@dataclass(frozen=True)
class PresignedUpload:
    """Leave to send one file, once announced, to where it belongs.

    Send `method` to `url` with exactly these `headers` and the file as the body. `url` is absolute (S3) or a
    path on this service (`request.build_absolute_uri` makes both absolute). Content-Length is checked too;
    every HTTP client sends it by itself, and browsers forbid setting it, so it is not among the headers.
    Sending twice is harmless.
    """

    url: str
    method: str
    headers: Mapping[str, str]


class StorageWriter(Protocol):
    """The open end of an object that appears, whole, when its context manager is left without an error."""

    def write(self, data: bytes) -> int:
        """Take all of `data` and return its length; may wait while earlier parts are on their way."""
        ...


class Storage(ABC):
    """Objects by key (see `albums.storage.keys`). Safe to share between threads.

    Every method raises `InvalidKey` for keys outside the alphabet, `StorageUnavailable` when trying again
    later may help, and `StorageRefused` when the operator has to act first.
    """

    @abstractmethod
    def open_read(self, key: str) -> AbstractContextManager[Iterator[bytes]]:
        """Open an object as chunks of at most `CHUNK_BYTES`; raises `ObjectMissing` on entering."""

    def read_bytes(self, key: str) -> bytes:
        """Return a whole object; raises `ObjectMissing`."""
        with self.open_read(key) as chunks:
            return b"".join(chunks)

    @abstractmethod
    def open_writer(
        self, key: str, content_type: str, *, expected_size: int | None = None
    ) -> AbstractContextManager[StorageWriter]:
        """Open an object for writing as a stream, in constant memory.

        It appears when the block ends without an error, replacing its predecessor; after an error nothing
        appears. `expected_size` in bytes, roughly, lets the S3 implementation choose parts of one size for
        huge objects.
        """

    @abstractmethod
    def write_bytes(self, key: str, data: bytes, content_type: str) -> None:
        """Store an object, replacing its predecessor."""

    def write_file(self, key: str, path: Path, content_type: str) -> None:
        """Store a copy of a file, in constant memory; raises `OSError` when the file cannot be read."""
        with path.open("rb", buffering=0) as source:
            expected_size = path.stat().st_size
            with self.open_writer(key, content_type, expected_size=expected_size) as writer:
                while chunk := source.read(CHUNK_BYTES):
                    writer.write(chunk)

    @abstractmethod
    def size(self, key: str) -> int | None:
        """Return the size of an object in bytes, or None when there is none."""

    def exists(self, key: str) -> bool:
        """Say whether there is an object of this key."""
        return self.size(key) is not None

    @abstractmethod
    def sizes(self, keys: Collection[str]) -> dict[str, int | None]:
        """Return `size` of each key, asking for many at a time.

        Raises `SomeSizesUnknown`, with those that are known, when the storage did not answer for others.
        """

    @abstractmethod
    def delete(self, keys: Iterable[str]) -> None:
        """Delete objects; those that are not there count as deleted."""

    def delete_prefix(self, prefix: str) -> int:
        """Delete everything below `prefix`, and the object of that very key if it has no slash at its end.

        Returns how many objects were deleted. What is written meanwhile may stay: call again to be sure.
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
        """Yield the keys below a prefix that ends with a slash, in no promised order."""

    @abstractmethod
    def abort_stale_uploads(self, older_than: timedelta) -> int:
        """Throw away what killed writers left half-written longer ago than this; returns how many."""

    @abstractmethod
    def check(self) -> str | None:
        """Return None when storage is ready, else a sentence for the operator. Answers within seconds."""

    @abstractmethod
    def create_if_missing(self, allowed_origins: Sequence[str] = ()) -> bool:
        """Create the bucket or folder unless it is there; True when it was created.

        New or not, a bucket gets a CORS rule for uploads from the pages of `allowed_origins` where none lets
        them in yet and the server can keep one; else the log says what to set.
        """

    @abstractmethod
    def presigned_upload(
        self, key: str, *, size: int, content_type: str, sha256: str, expires_in: int
    ) -> PresignedUpload:
        """Return a presigned upload for exactly the file of this size in bytes, type and SHA-256 in hexadecimal.

        It is good for `expires_in` seconds, as are the links below.
        """

    @abstractmethod
    def view_link(self, key: str, *, content_type: str) -> str:
        """Return a link that browsers may cache: the same one all day, good for at least 12 hours more."""

    @abstractmethod
    def download_link(self, key: str, *, file_name: str, content_type: str, expires_in: int) -> str:
        """Return a link that saves the object under `file_name`. Ranges are supported."""

    @abstractmethod
    def close(self) -> None:
        """Give connections back. The object must not be used afterwards."""
