"""Tar archives, packed with gzip or not at all.

Other packers can turn a few kilobytes into gigabytes at once, in memory.
"""

from __future__ import annotations

import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from albums.passed_over import is_passed_over
from albums.sources.base import Entry, Found, Source, SourceError, Unusable, chunks_of, inside, readable_name

_GZIP = b"\x1f\x8b"
_MAGIC_AT = 257
_LONGEST_HEADER = 1024**2
_DAMAGED = (tarfile.TarError, zlib.error, EOFError, ValueError, OverflowError)


class TarSource(Source):
    """The files of one tar, in their order. A packed tar can be read in one go only."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self.name = path.name.partition(".tar")[0].removesuffix(".tgz")
        self._path = path

    def entries(self) -> Iterator[Found]:
        try:
            with self._open() as archive:
                for member in archive:
                    path = inside(readable_name(member.name))
                    if not member.isdir() and not is_passed_over(path):
                        yield _found(archive, member, path)
        except (OSError, *_DAMAGED) as error:
            raise SourceError(f"{self._path} is damaged: {error}. Its files up to here are used.") from error

    def _open(self) -> tarfile.TarFile:
        with self._path.open("rb") as file:
            is_packed = file.read(2) == _GZIP
        if is_packed:
            return tarfile.open(self._path, "r|gz", tarinfo=_StrictHeader)
        return tarfile.open(self._path, "r|", tarinfo=_StrictHeader)


def is_tar(path: Path) -> bool:
    """Whether it is a tar that can be read here."""
    with path.open("rb") as file:
        if file.read(2) == _GZIP:
            return path.name.lower().endswith((".tar.gz", ".tgz"))
        file.seek(_MAGIC_AT)
        return file.read(5) == b"ustar"


def _found(archive: tarfile.TarFile, member: tarfile.TarInfo, path: str) -> Found:
    if member.issym() or member.islnk():
        return Unusable(path, f"This is a link to {readable_name(member.linkname)}, not a file.")
    if not member.isfile():
        return Unusable(path, "This is a pipe or a device, not a file.")
    try:
        modified = datetime.fromtimestamp(member.mtime, tz=UTC) if member.mtime else None
    except (OverflowError, ValueError, OSError):
        modified = None
    return Entry(path or "photo", member.size, modified, lambda: _read(archive, member))


@contextmanager
def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Iterator[bytes]]:
    try:
        stream = archive.extractfile(member)
        if stream is None:
            raise OSError("it is not a file")
        yield chunks_of(stream)
    except _DAMAGED as error:
        raise OSError(f"the tar is damaged there ({error})") from error


class _StrictHeader(tarfile.TarInfo):
    """Refuses what tarfile takes for the end of the archive, and headers that it would read into memory as a whole."""

    @classmethod
    def fromtarfile(cls, tar: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tar)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(f"it has no end ({error})") from error

    def _proc_member(self, tar: tarfile.TarFile) -> Any:
        if self.type in _LONG_HEADERS and self.size > _LONGEST_HEADER:
            raise tarfile.ReadError("a header is too long")
        return super()._proc_member(tar)  # type: ignore[misc]


_LONG_HEADERS = (
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
)
