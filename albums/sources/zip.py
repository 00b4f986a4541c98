"""Zip archives, such as the parts of a Google Takeout."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from albums.passed_over import is_passed_over
from albums.sources.base import Entry, Found, Source, SourceError, Unusable, chunks_of, inside

# LZMA and others may ask for gigabytes of memory.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH, _TIMES = 0x7075, 0x5455
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)


class ZipSource(Source):
    """The files of one zip, read one after the other without unpacking it."""

    def __init__(self, path: Path) -> None:
        """Read the list of its files.

        Raises:
            SourceError: when the zip is damaged, or one of several parts that make one file.

        """
        self.name = path.stem
        try:
            self._archive = zipfile.ZipFile(path)
            entries = self._archive.infolist()
        except (OSError, *_DAMAGED) as error:
            raise SourceError(f"{path} cannot be read: {error}.") from error
        # Files on top of each other are the way to make a small zip that unpacks without end.
        if sum(entry.compress_size for entry in entries) > path.stat().st_size:
            raise SourceError(f"{path} cannot be read: its files are longer than the zip.")
        named = ((inside(_name_of(entry)), entry) for entry in entries if not entry.filename.endswith("/"))
        self._entries = [(name, entry) for name, entry in named if not is_passed_over(name)]
        self.total = len(self._entries)

    def entries(self) -> Iterator[Found]:
        return (self._entry(name, entry) for name, entry in self._entries)

    def _entry(self, path: str, entry: zipfile.ZipInfo) -> Found:
        if entry.flag_bits & _ENCRYPTED:
            return Unusable(path, "The file is encrypted in the zip. Unpack the zip first.")
        if entry.compress_type not in _METHODS:
            return Unusable(path, f"The zip packs this file by method {entry.compress_type}. Unpack the zip first.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            return Unusable(path, "This is a link in a zip, not a file.")
        return Entry(path or "photo", entry.file_size, _modified(entry), lambda: self._read(entry))

    @contextmanager
    def _read(self, entry: zipfile.ZipInfo) -> Iterator[Iterator[bytes]]:
        """The unpacked bytes, no more than the zip declares. The checksum is checked at the end.

        Raises:
            OSError: when the zip is damaged there.

        """
        try:
            with self._archive.open(entry) as stream:
                yield chunks_of(stream)
        except _DAMAGED as error:
            raise OSError(f"the zip is damaged there ({error})") from error


def _name_of(entry: zipfile.ZipInfo) -> str:
    """The name in UTF-8 if the zip says so in one way or the other, or if it could be; else in the code page of DOS."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    raw = entry.orig_filename.encode("cp437", errors="replace")
    for kind, content in _extra_fields(entry.extra):
        # https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.6.9
        if kind == _UNICODE_PATH and len(content) > 5 and struct.unpack_from("<L", content, 1)[0] == zlib.crc32(raw):
            return content[5:].decode(errors="replace")
    try:
        return raw.partition(b"\0")[0].decode()
    except UnicodeDecodeError:
        return entry.filename


def _modified(entry: zipfile.ZipInfo) -> datetime | None:
    for kind, content in _extra_fields(entry.extra):
        if kind == _TIMES and len(content) >= 5 and content[0] & 1:
            return datetime.fromtimestamp(struct.unpack_from("<l", content, 1)[0], tz=UTC)
    # The first day of DOS stands for none.
    if entry.date_time[:3] == (1980, 1, 1):
        return None
    try:
        return datetime(*entry.date_time).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        yield kind, extra[4 : 4 + size]
        extra = extra[4 + size :]
