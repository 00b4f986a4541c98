"""Reads the tags of TIFF, which EXIF, most camera raw formats and MPO use too. Never raises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from worker.analysis.metadata.tiff_layout import (
    MAX_VALUES,
    TEXT_KINDS,
    Entry,
    Layout,
    read_header,
    read_numbers,
    read_table,
)


@dataclass(frozen=True)
class Directory:
    """The tags of one directory. Every method returns nothing for a tag that is missing or broken."""

    block: bytes = b""
    layout: Layout = field(default_factory=Layout)
    entries: Mapping[int, Entry] = field(default_factory=dict)
    end: int = 0
    """Where the block says where the next directory is."""

    def numbers(self, tag: int, limit: int = MAX_VALUES) -> tuple[float, ...]:
        """The values of a numeric tag, at most `limit` of them. Leaves out fractions over zero."""
        entry = self.entries.get(tag)
        if entry is None:
            return ()
        return read_numbers(self.block, self.layout, replace(entry, count=min(entry.count, limit)))

    def number(self, tag: int) -> float | None:
        """The first value of a numeric tag."""
        return next(iter(self.numbers(tag, limit=1)), None)

    def integer(self, tag: int) -> int | None:
        """The first value of a numeric tag, if it is whole."""
        value = self.number(tag)
        return int(value) if value is not None and value == int(value) else None

    def raw(self, tag: int) -> bytes:
        """The bytes of a tag, as far as the block has them."""
        entry = self.entries.get(tag)
        return self.block[entry.offset : entry.offset + entry.size] if entry else b""

    def text(self, tag: int) -> str | None:
        """The text of a tag up to its first NUL, without surrounding spaces; cameras pad with both."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in TEXT_KINDS or entry.size > MAX_VALUES:
            return None
        return self.raw(tag).split(b"\0", 1)[0].decode("utf-8", "replace").strip() or None

    def directory(self, tag: int) -> Directory:
        """The directory that a tag points at, or an empty one."""
        return next(iter(self.directories(tag)), Directory())

    def directories(self, tag: int) -> list[Directory]:
        """The directories that a tag points at, at most eight."""
        offsets = [int(offset) for offset in self.numbers(tag, limit=8)]
        return [_read_directory(self.block, self.layout, offset) for offset in offsets]

    def inside(self, tag: int, skip: int) -> Directory:
        """The directory in the bytes of a tag, after `skip` of them; its offsets count from the start of the block."""
        entry = self.entries.get(tag)
        return _read_directory(self.block, self.layout, entry.offset + skip) if entry else Directory()


def read_tiff(block: bytes) -> Directory:
    """The first directory of a block that starts with a TIFF header; an empty one if it does not."""
    header = read_header(block)
    return _read_directory(block, *header) if header else Directory()


def read_chain(block: bytes, limit: int = 16) -> list[Directory]:
    """The directories that a TIFF lists one after the other, at most `limit`."""
    header = read_header(block)
    if header is None:
        return []
    layout, offset = header
    chain: list[Directory] = []
    while offset and len(chain) < limit:
        directory = _read_directory(block, layout, offset)
        if not directory.entries:
            break
        chain.append(directory)
        following = block[directory.end : directory.end + layout.pointer.size]
        (offset,) = layout.pointer.unpack(following) if len(following) == layout.pointer.size else (0,)
    return chain


def _read_directory(block: bytes, layout: Layout, offset: int) -> Directory:
    table = read_table(block, layout, offset)
    if table is None:
        return Directory()
    entries: dict[int, Entry] = {}
    for tag, entry in table.entries:
        entries.setdefault(tag, entry)
    return Directory(block, layout, entries, table.end)
