"""Reads the tag directories of TIFF, which EXIF, most camera raw files and MPO use too.

Pillow has such a reader. This one exists because a photo's metadata comes from anywhere: one broken tag must
not cost the others, nothing may warn or raise, and no tag may unfold into gigabytes, whatever it claims.
Layout: TIFF 6.0, section 2 (https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf); BigTIFF:
https://www.awaresystems.be/imaging/tiff/bigtiff.html.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MAX_ENTRIES = 4096  # real directories have dozens
MAX_VALUES = 1 << 20  # a strip per row of a 100-megapixel scan stays far below

_ASCII, _UNDEFINED, _UTF8 = 2, 7, 129
_RATIONALS = {5: "II", 10: "ii"}
_NUMBERS = {
    1: "B",
    3: "H",
    4: "I",
    6: "b",
    8: "h",
    9: "i",
    11: "f",
    12: "d",
    13: "I",
    16: "Q",
    17: "q",
    18: "Q",
}
_TEXTS = (_ASCII, _UNDEFINED, _UTF8)
_SIZES = (
    dict.fromkeys(_TEXTS, 1)
    | dict.fromkeys(_RATIONALS, 8)
    | {kind: struct.calcsize("=" + letter) for kind, letter in _NUMBERS.items()}
)


def entry_bytes(kind: int, count: int) -> int:
    """Bytes that so many values of a type take."""
    return count * _SIZES.get(kind, 1)


@dataclass(frozen=True)
class Entry:
    """One tag: its type, how many values it claims, and where in the block they stand."""

    kind: int
    count: int
    offset: int

    @property
    def size(self) -> int:
        """Bytes claimed by the values, whether they are there or not."""
        return entry_bytes(self.kind, self.count)


@dataclass(frozen=True)
class Directory:
    """The tags of one directory. Every reader returns nothing for a tag that is missing or broken."""

    block: bytes = b""
    order: str = "<"
    big: bool = False
    entries: Mapping[int, Entry] = field(default_factory=dict)

    def numbers(self, tag: int, limit: int = MAX_VALUES) -> tuple[float, ...]:
        """The values of a numeric tag, at most `limit` of them. Fractions over zero are left out."""
        entry = self.entries.get(tag)
        if entry is None:
            return ()
        entry = replace(entry, count=min(entry.count, limit))
        raw = self.block[entry.offset : entry.offset + entry.size]
        if len(raw) < entry.size:
            return ()
        if entry.kind in _RATIONALS:
            parts = struct.unpack(f"{self.order}{_RATIONALS[entry.kind] * entry.count}", raw)
            pairs = zip(parts[::2], parts[1::2], strict=True)
            return tuple(above / below for above, below in pairs if below)
        if entry.kind in _NUMBERS:
            values = struct.unpack(f"{self.order}{entry.count}{_NUMBERS[entry.kind]}", raw)
            return tuple(value for value in values if math.isfinite(value))
        return ()

    def number(self, tag: int) -> float | None:
        """The first value of a numeric tag."""
        return next(iter(self.numbers(tag, limit=1)), None)

    def integer(self, tag: int) -> int | None:
        """The first value of a numeric tag, if it is whole."""
        value = self.number(tag)
        return int(value) if value is not None and value == int(value) else None

    def raw(self, tag: int) -> bytes:
        """The bytes of a tag, as many of them as are there."""
        entry = self.entries.get(tag)
        return self.block[entry.offset : entry.offset + entry.size] if entry else b""

    def text(self, tag: int) -> str | None:
        """The text of a tag up to its first NUL, without the blanks around it; cameras pad with either."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _TEXTS or entry.size > MAX_VALUES:
            return None
        return self.raw(tag).split(b"\0", 1)[0].decode("utf-8", "replace").strip() or None

    def directory(self, tag: int) -> Directory:
        """The directory that a tag points at, or an empty one."""
        return next(iter(self.directories(tag)), Directory())

    def directories(self, tag: int) -> list[Directory]:
        """The directories that a tag points at, at most eight."""
        offsets = [int(offset) for offset in self.numbers(tag, limit=8)]
        return [_read_directory(self.block, self.order, self.big, offset) for offset in offsets]


def tiff_start(block: bytes | bytearray) -> int:
    """Where the TIFF header of an EXIF block stands, whatever is before it; its end where there is none."""
    if block[:2] in (b"II", b"MM"):
        return 0
    starts = [block.find(mark, 0, 64) for mark in (b"II*\0", b"MM\0*")]
    return min((start for start in starts if start >= 0), default=len(block))


def read_tiff(block: bytes) -> Directory:
    """The first directory of a block that begins with a TIFF header; an empty one if it does not."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None or len(block) < 16:
        return Directory()
    (version,) = struct.unpack_from(f"{order}H", block, 2)
    if version == 43:
        (offset,) = struct.unpack_from(f"{order}Q", block, 8)
        return _read_directory(block, order, True, offset)
    (offset,) = struct.unpack_from(f"{order}I", block, 4)
    return _read_directory(block, order, False, offset)


def _read_directory(block: bytes, order: str, big: bool, offset: int) -> Directory:
    """A directory that is cut short or claims too much gives the tags that could be read."""
    count_format, entry_format, inline = ("Q", "HHQ", 8) if big else ("H", "HHI", 4)
    entry_format = order + entry_format
    head = struct.calcsize(entry_format)
    position = offset + struct.calcsize("=" + count_format)
    if offset < 0 or position > len(block):
        return Directory()
    (count,) = struct.unpack_from(order + count_format, block, offset)
    entries: dict[int, Entry] = {}
    for _ in range(min(count, MAX_ENTRIES)):
        if position + head + inline > len(block):
            break
        tag, kind, values = struct.unpack_from(entry_format, block, position)
        entry = Entry(kind, values, position + head)
        if entry.size > inline:
            (where,) = struct.unpack_from(order + ("Q" if big else "I"), block, position + head)
            entry = Entry(kind, values, where)
        entries.setdefault(tag, entry)
        position += head + inline
    return Directory(block, order, big, entries)
