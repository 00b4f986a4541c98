"""What every source of photos gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

_CHUNK_BYTES = 1024 * 1024


class SourceError(Exception):
    """The whole source cannot be read. The message says why and what to do."""


@dataclass(frozen=True)
class Entry:
    """A file of a source.

    Attributes:
        path: where it is in the source, in readable characters: `a/b.jpg`. It is never used as a path on this machine.
        size: in bytes, as the source says. Reading checks it.
        modified: when the file was last written; None where the source does not say.
        read: opens it as chunks of bytes, with no more bytes than `size` and one. Errors are `OSError`. It may be
            called until the next entry is asked for.
        file: the file itself, where it is one on this machine.
        label: what reports call it, where that is not its path.
    """

    path: str
    size: int
    modified: datetime | None
    read: Callable[[], AbstractContextManager[Iterator[bytes]]]
    file: Path | None = None
    label: str = ""

    @property
    def folder(self) -> str:
        """The folder in the source, without its name: `a`. Empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The file's name without its folder: `b.jpg`."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Unusable:
    """A file or folder that cannot be used. `code` is for programs, `reason` is a sentence for people."""

    label: str
    reason: str
    code: str = "unreadable"


Found = Entry | Unusable


class Source(ABC):
    """A place with photos.

    Attributes:
        name: of the place, for people and for a new album.
        total: how many files it has; None where only reading tells.
    """

    name: str
    total: int | None = None

    @abstractmethod
    def entries(self) -> Iterator[Found]:
        """Its files, without those that systems keep beside photos.

        Raises:
            SourceError: when the source as a whole does not answer any more.

        """


def entries_until_error(source: Source) -> Iterator[Found]:
    """Its files, and as the last one what ended the list early, if something did."""
    try:
        yield from source.entries()
    except SourceError as error:
        yield Unusable(source.name, str(error), "source_failed")


class Readable(Protocol):
    """An open file, or what can be read like one."""

    def read(self, size: int, /) -> bytes:
        """At most this many bytes; none at the end."""
        ...


def chunks_of(stream: Readable) -> Iterator[bytes]:
    """What is left of the stream, in chunks of a mebibyte or less."""
    return iter(lambda: stream.read(_CHUNK_BYTES), b"")


def readable_name(name: bytes | str) -> str:
    r"""A file name as people read it. Old disks and archives have names that are not UTF-8: then it is Windows-1252.

    >>> readable_name(b"caf\xe9.jpg"), readable_name("caf\udce9.jpg")
    ('café.jpg', 'café.jpg')

    """
    raw = name if isinstance(name, bytes) else name.encode("utf-8", errors="surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def inside(path: str) -> str:
    """A path in an archive or bucket, without what would lead out of it: no drive, no root, no `..`."""
    parts = path.replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in {"", ".", ".."} and not _is_drive(part))


def _is_drive(part: str) -> bool:
    return len(part) == 2 and part[1] == ":"
