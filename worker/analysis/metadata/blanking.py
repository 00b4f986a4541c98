"""Blanks in place, inside one block of metadata, what says where a photo was taken and with which very camera.

Nothing moves and no length changes, so a file around the block stays valid: directory entries are taken out and
those behind them move up, values become zeros, text becomes spaces. Taken out are, of EXIF (CIPA DC-008), the GPS
directory, the serial numbers of body and lens, and the maker note, an undocumented block in which many makers repeat
the serial number and some phones the place; of XMP, the same properties and the names of places
(https://developer.adobe.com/xmp/docs/XMPNamespaces); of IPTC-IIM, the names of places.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.analysis.metadata.tiff_directory import MAX_ENTRIES, MAX_VALUES, Entry, entry_bytes, tiff_start

_GPS_POINTER = 0x8825
_DROPPED_TAGS = frozenset(
    {
        _GPS_POINTER,
        0xA431,  # BodySerialNumber
        0xA435,  # LensSerialNumber
        0xC62F,  # CameraSerialNumber, of DNG
        0x927C,  # MakerNote
    }
)
_DIRECTORY_POINTERS = (0x8769, 0xA005, 0x014A)  # Exif, interoperability, further pictures
_XMP, _IPTC, _PHOTOSHOP = 0x02BC, 0x83BB, 0x8649
_PIXEL_OFFSETS = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}  # strips, tiles, a JPEG; with their lengths
_MAX_DIRECTORIES = 64
_LONG, _LONG8, _IFD = 4, 16, 13
_EMPTY_LITTLE_ENDIAN, _EMPTY_BIG_ENDIAN = b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"


class CannotBlank(Exception):
    """Metadata in which a place may remain: it is there, and cannot be read well enough to be sure."""


# --- TIFF and EXIF ----------------------------------------------------------------------------------------------------


def blank_tiff(block: bytearray) -> None:
    """Blank a block with a TIFF header, which few writers put behind something else: EXIF, or a TIFF or BigTIFF file.

    Bytes that pixels or other tags use stay as they are, even where a broken file says that they are a GPS value too.

    Raises:
        CannotBlank: the XMP in it cannot be read, or its directories lie on what is not theirs.
    """
    start = tiff_start(block)
    tiff = block[start:]
    layout = _Layout.of(tiff)
    if layout is None:
        # Too short or without a header there are no tags, whatever the bytes are. What there is of a header stays, with
        # an empty directory: an AVIF whose EXIF has none is refused as a whole.
        empty = {b"II": _EMPTY_LITTLE_ENDIAN, b"MM": _EMPTY_BIG_ENDIAN}.get(bytes(tiff[:2]), b"")
        block[:] = bytes(len(block))
        block[start : start + len(empty)] = empty[: len(block) - start]
        return
    _TiffBlanking(tiff, layout).run()
    block[start:] = tiff


@dataclass(frozen=True)
class _Layout:
    """How numbers and directories are written in one TIFF."""

    order: str
    big: bool
    first: int

    @classmethod
    def of(cls, block: bytearray) -> _Layout | None:
        order = {b"II": "<", b"MM": ">"}.get(bytes(block[:2]))
        if order is None or len(block) < 16:
            return None
        (version,) = struct.unpack_from(f"{order}H", block, 2)
        if version == 43:
            return cls(order, True, struct.unpack_from(f"{order}Q", block, 8)[0])
        return cls(order, False, struct.unpack_from(f"{order}I", block, 4)[0])

    @property
    def count(self) -> struct.Struct:
        return struct.Struct(self.order + ("Q" if self.big else "H"))

    @property
    def entry(self) -> struct.Struct:
        return struct.Struct(self.order + ("HHQQ" if self.big else "HHII"))

    @property
    def pointer(self) -> struct.Struct:
        return struct.Struct(self.order + ("Q" if self.big else "I"))


@dataclass(frozen=True)
class _Table:
    """One directory: where it stands, and its entries with their tags, in the order of the file."""

    start: int
    entries: list[tuple[int, Entry]]
    end: int
    """Behind the last entry, where the offset of the next directory stands."""


class _TiffBlanking:
    def __init__(self, block: bytearray, layout: _Layout) -> None:
        self.block = block
        self.layout = layout
        self.kept: list[tuple[int, int]] = [(0, 16 if layout.big else 8)]
        # Of these, what no directory may lie on: the header, values that stand apart from their entries, and pixels.
        self.apart = list(self.kept)
        self.blank: list[tuple[int, int]] = []

    def run(self) -> None:
        tables = list(self._tables())
        for table in tables:
            self.kept.append((table.start, table.end + self.layout.pointer.size))
            self._sort_out(table)
        texts = [(tag, entry) for table in tables for tag, entry in table.entries if tag in {_XMP, _IPTC, _PHOTOSHOP}]
        for tag, entry in texts:
            self._blank_text(tag, entry)
        self._check_places(tables)
        for start, end in _without(_merged(self.blank), _merged(self.kept)):
            self.block[start:end] = bytes(len(self.block[start:end]))
        for table in tables:
            self._take_out(table)

    def _check_places(self, tables: Sequence[_Table]) -> None:
        """Entries are not taken out of directories that lie on pixels, values or each other, as broken files say."""
        places = [(table.start, table.end) for table in tables]
        if _total(_merged(places)) != _total(places):
            raise CannotBlank("TIFF")
        apart = _merged(self.apart)
        for table in tables:
            place = (table.start, table.end)
            if any(tag in _DROPPED_TAGS for tag, _ in table.entries) and list(_without([place], apart)) != [place]:
                raise CannotBlank("TIFF")

    def _tables(self) -> Iterator[_Table]:
        """Every directory but those of GPS: the chain from the first one, and those that tags point at."""
        waiting = [self.layout.first]
        seen: set[int] = set()
        while waiting and len(seen) < _MAX_DIRECTORIES:
            offset = waiting.pop(0)
            table = None if offset in seen else self._read(offset)
            seen.add(offset)
            if table is None:
                continue
            yield table
            if table.end + self.layout.pointer.size <= len(self.block):
                waiting += [offset for offset in self.layout.pointer.unpack_from(self.block, table.end) if offset]
            for tag, entry in table.entries:
                if tag in _DIRECTORY_POINTERS:
                    waiting += self._numbers(entry)[:8]

    def _read(self, offset: int) -> _Table | None:
        layout, block = self.layout, self.block
        start = offset + layout.count.size
        if offset <= 0 or start > len(block):
            return None
        (count,) = layout.count.unpack_from(block, offset)
        there = (len(block) - start) // layout.entry.size
        entries = []
        for number in range(min(count, there, MAX_ENTRIES)):
            position = start + number * layout.entry.size
            tag, kind, values, where = layout.entry.unpack_from(block, position)
            inline = position + layout.entry.size - layout.pointer.size
            size = entry_bytes(kind, values)
            entries.append((tag, Entry(kind, values, where if size > layout.pointer.size else inline)))
        return _Table(offset, entries, start + len(entries) * layout.entry.size)

    def _numbers(self, entry: Entry) -> list[int]:
        letter = {3: "H", _LONG: "I", _IFD: "I", _LONG8: "Q", 18: "Q"}.get(entry.kind)
        if letter is None or entry.count > MAX_VALUES or entry.offset + entry.size > len(self.block):
            return []
        return list(struct.unpack_from(f"{self.layout.order}{entry.count}{letter}", self.block, entry.offset))

    def _sort_out(self, table: _Table) -> None:
        tags = dict(table.entries)
        for tag, entry in table.entries:
            if tag not in _DROPPED_TAGS:
                self._keep(entry.offset, entry.offset + entry.size, apart=entry.size > self.layout.pointer.size)
                continue
            self.blank.append((entry.offset, entry.offset + entry.size))
            if tag == _GPS_POINTER:
                for offset in self._numbers(entry)[:1]:
                    self._sort_out_gps(offset)
        for offsets_tag, lengths_tag in _PIXEL_OFFSETS.items():
            if offsets_tag in tags and lengths_tag in tags:
                starts, lengths = self._numbers(tags[offsets_tag]), self._numbers(tags[lengths_tag])
                for start, length in zip(starts, lengths, strict=False):
                    self._keep(start, start + length, apart=True)

    def _keep(self, start: int, end: int, *, apart: bool) -> None:
        self.kept.append((start, end))
        if apart:
            self.apart.append((start, end))

    def _sort_out_gps(self, offset: int) -> None:
        table = self._read(offset)
        if table is not None:
            self.blank.append((table.start, table.end + self.layout.pointer.size))
            self.blank += [(entry.offset, entry.offset + entry.size) for _, entry in table.entries]

    def _take_out(self, table: _Table) -> None:
        """Remove the dropped entries; the others and the offset of the next directory move up."""
        layout = self.layout
        first = table.start + layout.count.size
        rows = [
            bytes(self.block[first + number * layout.entry.size : first + (number + 1) * layout.entry.size])
            for number, (tag, _) in enumerate(table.entries)
            if tag not in _DROPPED_TAGS
        ]
        if len(rows) == len(table.entries):
            return
        following = bytes(self.block[table.end : table.end + layout.pointer.size])
        freed = (len(table.entries) - len(rows)) * layout.entry.size
        self.block[table.start : table.end + len(following)] = (
            layout.count.pack(len(rows)) + b"".join(rows) + following + bytes(freed)
        )

    def _blank_text(self, tag: int, entry: Entry) -> None:
        start, end = entry.offset, min(entry.offset + entry.size, len(self.block))
        text = self.block[start:end]
        if tag == _XMP:
            blank_xmp(text)
        elif tag == _IPTC:
            blank_iptc(text)
        else:
            blank_photoshop(text)
        self.block[start:end] = text


def _total(ranges: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in ranges)


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same bytes in ranges that neither touch nor overlap, in order."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def _without(ranges: list[tuple[int, int]], kept: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What no kept range touches of these; both are merged."""
    number = 0
    for start, end in ranges:
        position = start
        while number < len(kept) and kept[number][1] <= position:
            number += 1
        following = number
        while following < len(kept) and kept[following][0] < end:
            first, last = kept[following]
            if first > position:
                yield position, first
            position = max(position, last)
            following += 1
        if position < end:
            yield position, end


# --- XMP --------------------------------------------------------------------------------------------------------------

_PROPERTY = (
    r"[\w.-]+:(?:GPS\w*|\w*SerialNumber|(?:City|State|Country|Location|CountryCode|LocationCreated|LocationShown)"
    r"(?=[\s=>/]))"
)
_XMP_PATTERNS = (
    rf"<(?P<name>{_PROPERTY})(?:\s[^<>]*)?/>",
    rf"<(?P<name>{_PROPERTY})(?:\s[^<>]*)?>.{{0,20000}}?</(?P=name)\s*>",
    rf"(?<=\s){_PROPERTY}\s*=\s*(?:\"[^\"]{{0,20000}}\"|'[^']{{0,20000}}')",
)
_MAX_XMP = 16 * 1024 * 1024
_XMP_LEFT = r"GPSL(?:at|ong)itude\b"


def blank_xmp(packet: bytearray) -> None:
    """Blank an XMP packet: properties become spaces, as elements with all in them or as attributes.

    Raises:
        CannotBlank: coordinates are in it that are no property, so that it is not well-formed or means them otherwise.
    """
    if len(packet) > _MAX_XMP:
        raise CannotBlank("XMP")
    encoding, unit = _encoding(packet)
    text = packet.decode(encoding, "surrogateescape" if unit == 1 else "surrogatepass")
    for pattern in _XMP_PATTERNS:
        text = re.sub(pattern, lambda found: " " * _units(found[0], unit), text, flags=re.DOTALL)
    if re.search(_XMP_LEFT, text):
        raise CannotBlank("XMP")
    blanked = text.encode(encoding, "surrogateescape" if unit == 1 else "surrogatepass")
    if len(blanked) != len(packet):
        raise CannotBlank("XMP")
    packet[:] = blanked


def _encoding(packet: bytearray) -> tuple[str, int]:
    """XMP may be UTF-16 or UTF-32: the zeros beside its first '<' tell. Latin-1 keeps all other bytes as they are."""
    start = bytes(packet[:64])
    at = max(0, start.find(b"<"))
    for encoding, before, behind in (
        ("utf-32-le", b"", bytes(3)),
        ("utf-32-be", bytes(3), b""),
        ("utf-16-le", b"", bytes(1)),
        ("utf-16-be", bytes(1), b""),
    ):
        unit = 1 + len(before) + len(behind)
        unmarked = start[at + 1 :].startswith(behind) and start[:at].endswith(before)
        if unmarked and at % unit == len(before) and len(packet) % unit == 0:
            return encoding, unit
    return "latin-1", 1


def _units(text: str, unit: int) -> int:
    """How many spaces take the room of the text."""
    return len(text) if unit != 2 else len(text.encode("utf-16-le", "surrogatepass")) // 2


# --- IPTC-IIM ---------------------------------------------------------------------------------------------------------

# City, sublocation, province, country code and name; location codes and names of the content.
_PLACE_DATASETS = {26, 27, 90, 92, 95, 100, 101}


def blank_iptc(block: bytearray) -> None:
    """Blank the names of places in IPTC-IIM datasets (IIM 4.2, section 1.6: marker, record, dataset, length)."""
    position = 0
    while position + 5 <= len(block) and block[position] == 0x1C:
        (length,) = struct.unpack_from(">H", block, position + 3)
        if length & 0x8000:  # the length of the length; no place name is that long
            return
        start = position + 5
        if block[position + 1] == 2 and block[position + 2] in _PLACE_DATASETS:
            end = min(start + length, len(block))
            block[start:end] = b" " * (end - start)
        position = start + length


def blank_photoshop(block: bytearray) -> None:
    """Blank the IPTC-IIM and XMP resources among Photoshop's (Adobe Photoshop File Formats, image resource blocks)."""
    position = 0
    while position + 12 <= len(block) and block[position : position + 4] == b"8BIM":
        (identifier,) = struct.unpack_from(">H", block, position + 4)
        name = block[position + 6] + 1
        head = position + 6 + name + name % 2
        if head + 4 > len(block):
            return
        (size,) = struct.unpack_from(">I", block, head)
        start = head + 4
        content = block[start : start + size]
        if identifier == 0x0404:
            blank_iptc(content)
        elif identifier in {0x0422, 0x0423}:
            blank_tiff(content)
        elif identifier == 0x0424:
            blank_xmp(content)
        block[start : start + len(content)] = content
        position = start + size + size % 2
