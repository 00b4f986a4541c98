"""Objects that the service itself sends to a client, whole or by ranges, of every storage alike."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import BinaryIO, Protocol


class Span(Protocol):
    """Some of the bytes of an object, read once from the first to the last."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and no bytes at the end."""
        ...

    def close(self) -> None:
        """Must be called."""
        ...


@dataclass(frozen=True)
class OpenedObject(ABC):
    """An object that is there. `modified` is in seconds since 1970. The caller closes it, or the span it asked for."""

    size: int
    modified: float
    etag: str

    @abstractmethod
    def span(self, start: int, end: int) -> Span:
        """The bytes from `start` to before `end`. To be asked for once. Closing it closes the object."""

    @abstractmethod
    def close(self) -> None:
        """Close an object of which no span was asked for."""


@dataclass(frozen=True)
class OpenedFile(OpenedObject):
    """An object of a folder."""

    file: BinaryIO

    @classmethod
    def of(cls, file: BinaryIO) -> OpenedFile:
        """Describe an open file."""
        status = os.fstat(file.fileno())
        # Objects are replaced by renaming, so another inode, time or size means different bytes.
        etag = f'"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"'
        return cls(status.st_size, status.st_mtime, etag, file)

    def span(self, start: int, end: int) -> Span:
        return _FileSpan(self.file, start, end)

    def close(self) -> None:
        self.file.close()


class _FileSpan:
    """An open file from `start` to `end`. The server sends it in its loop: it can seek, so nothing is copied first."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        file.seek(start)
        self._file = file
        self._end = end
        self.seek = file.seek
        self.tell = file.tell
        self.close = file.close

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes from the file's position, and none from `end` on."""
        return self._file.read(min(size, max(0, self._end - self._file.tell())))
