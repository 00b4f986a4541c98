"""The layout of TIFF: the header, the tables of entries, and the numbers that entries hold.

`tiff_directory` reads tags with it, and the room `stripping` rewrites TIFF with it. Pillow has such a reader too. We
need our own, because anybody may upload any file: one broken tag must not affect the others, nothing may warn or raise,
and no tag may expand into gigabytes, whatever size it claims.

Layout: TIFF 6.0, section 2 (https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf); BigTIFF:
https://www.awaresystems.be/imaging/tiff/bigtiff.html.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass

MAX_ENTRIES = 4096  # real directories have dozens
MAX_VALUES = 1 << 20  # the scan of 100 megapixels with one strip per row has far fewer

_TIFF, _BIG_TIFF = 42, 43
_OLYMPUS, _OLYMPUS_SP, _PANASONIC = 0x4F52, 0x5352, 0x55  # raw files, which are TIFF but for this number
_VERSIONS = {_TIFF, _BIG_TIFF, _OLYMPUS, _OLYMPUS_SP, _PANASONIC}
TEXT_KINDS = (2, 7, 129)  # ASCII, undefined, UTF-8
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
_SIZES = (
    dict.fromkeys(TEXT_KINDS, 1)
    | dict.fromkeys(_RATIONALS, 8)
    | {kind: struct.calcsize("=" + letter) for kind, letter in _NUMBERS.items()}
)


@dataclass(frozen=True)
class Entry:
    """One tag: its type, how many values it claims, and where they are in the block."""

    kind: int
    count: int
    offset: int

    @property
    def size(self) -> int:
        """Bytes that the values claim, whether the block has them or not."""
        return self.count * _SIZES.get(self.kind, 1)


@dataclass(frozen=True)
class Layout:
    """How one TIFF writes its tables: its byte order, and whether it is a BigTIFF with wider fields."""

    order: str = "<"
    big: bool = False

    @property
    def count(self) -> struct.Struct:
        """The number of entries, at the start of a table."""
        return struct.Struct(self.order + ("Q" if self.big else "H"))

    @property
    def entry(self) -> struct.Struct:
        """Tag, type, number of values, and the values themselves or their offset."""
        return struct.Struct(self.order + ("HHQQ" if self.big else "HHII"))

    @property
    def pointer(self) -> struct.Struct:
        """An offset. Values that are not larger than an offset are in the entry itself."""
        return struct.Struct(self.order + ("Q" if self.big else "I"))


@dataclass(frozen=True)
class Table:
    """The table of one directory.

    Attributes:
        start: where it starts in the block.
        entries: tags and entries in the order of the file; a broken file may repeat a tag.
        end: the byte after the last entry, where the offset of the next directory is.
    """

    start: int
    entries: list[tuple[int, Entry]]
    end: int


def tiff_start(block: bytes | bytearray) -> int:
    """Where the TIFF header of an EXIF block starts, after any other bytes; the end of the block if it has none."""
    if block[:2] in (b"II", b"MM"):
        return 0
    starts = [block.find(mark, 0, 64) for mark in (b"II*\0", b"MM\0*")]
    return min((start for start in starts if start >= 0), default=len(block))


def read_header(block: bytes | bytearray) -> tuple[Layout, int] | None:
    """The layout of a block that starts with a TIFF header, and the offset of its first table; None if it does not."""
    order = {b"II": "<", b"MM": ">"}.get(bytes(block[:2]))
    if order is None or len(block) < 16:
        return None
    (version,) = struct.unpack_from(f"{order}H", block, 2)
    if version not in _VERSIONS:
        return None
    layout = Layout(order, big=version == _BIG_TIFF)
    (first,) = layout.pointer.unpack_from(block, 8 if layout.big else 4)
    return layout, first


def read_table(block: bytes | bytearray, layout: Layout, offset: int) -> Table | None:
    """The table at an offset, None if it lies outside the block. A truncated table gives the entries that are there."""
    entry_format, inline = layout.entry, layout.pointer.size
    start = offset + layout.count.size
    if offset < 0 or start > len(block):
        return None
    (claimed,) = layout.count.unpack_from(block, offset)
    count = min(claimed, (len(block) - start) // entry_format.size, MAX_ENTRIES)
    end = start + count * entry_format.size
    entries = []
    for position in range(start, end, entry_format.size):
        tag, kind, values, where = entry_format.unpack_from(block, position)
        entry = Entry(kind, values, position + entry_format.size - inline)
        entries.append((tag, entry if entry.size <= inline else Entry(kind, values, where)))
    return Table(offset, entries, end)


def read_numbers(block: bytes | bytearray, layout: Layout, entry: Entry) -> tuple[float, ...]:
    """The values of a numeric entry; none if some lie outside the block. Leaves out fractions over zero."""
    raw = block[entry.offset : entry.offset + entry.size]
    if len(raw) < entry.size:
        return ()
    if entry.kind in _RATIONALS:
        parts = struct.unpack(f"{layout.order}{_RATIONALS[entry.kind] * entry.count}", raw)
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return tuple(above / below for above, below in pairs if below)
    if entry.kind in _NUMBERS:
        values = struct.unpack(f"{layout.order}{entry.count}{_NUMBERS[entry.kind]}", raw)
        return tuple(value for value in values if math.isfinite(value))
    return ()
