"""Blanks the location and the serial numbers in TIFF and EXIF (CIPA DC-008), and in Photoshop's resources.

Nothing moves and no length changes, so the file around a block stays valid. Entries are removed from their tables and
those after them move up; values become zeros. Removed are the GPS directory, the serial numbers of camera and lens, and
the maker note: an undocumented block in which many makers repeat the serial number, and some phones the location. XMP
and IPTC-IIM within a block are blanked too.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from worker.analysis.metadata.byte_ranges import Range, merge, subtract, total
from worker.analysis.metadata.errors import CannotBlank
from worker.analysis.metadata.iptc_blanking import blank_iptc
from worker.analysis.metadata.tiff_layout import (
    MAX_VALUES,
    Entry,
    Layout,
    Table,
    read_header,
    read_numbers,
    read_table,
    tiff_start,
)
from worker.analysis.metadata.xmp_blanking import blank_xmp

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
_PIXEL_OFFSETS = {0x0111: 0x0117, 0x0144: 0x0145, 0x0201: 0x0202}  # of strips, tiles, a JPEG: the tags of their lengths
_MAX_DIRECTORIES = 64
_OFFSET_KINDS = (3, 4, 13, 16, 18)  # SHORT, LONG, IFD, LONG8, IFD8
_EMPTY_LITTLE_ENDIAN, _EMPTY_BIG_ENDIAN = b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"


def blank_tiff(block: bytearray, *, in_photoshop: bool = False) -> None:
    """Blank an EXIF block, or a whole TIFF or BigTIFF file, in place. A few writers put other bytes before the header.

    Bytes of pixels and of other tags stay as they are, even if a broken file claims that they are a GPS value too.

    Args:
        block: the block.
        in_photoshop: whether it comes from Photoshop's resources, and so must not contain such resources itself.

    Raises:
        CannotBlank: its XMP cannot be read, or a table or text overlaps something else.
    """
    start = tiff_start(block)
    tiff = block[start:]
    header = read_header(tiff)
    if header is None:
        # A block without a header, or too short, has no tags. It becomes zeros, but a valid header with an empty
        # directory stays: decoders refuse an AVIF whose EXIF has no header.
        empty = {b"II": _EMPTY_LITTLE_ENDIAN, b"MM": _EMPTY_BIG_ENDIAN}.get(bytes(tiff[:2]), b"")
        block[:] = bytes(len(block))
        block[start : start + len(empty)] = empty[: len(block) - start]
        return
    _TiffBlanking(tiff, *header, in_photoshop=in_photoshop).run()
    block[start:] = tiff


class _TiffBlanking:
    """Blanks one TIFF: finds what to keep and what to blank in all directories, then changes the bytes."""

    def __init__(self, block: bytearray, layout: Layout, first: int, *, in_photoshop: bool) -> None:
        self.block = block
        self.layout = layout
        self.first = first
        self.in_photoshop = in_photoshop
        self.kept: list[Range] = [(0, 16 if layout.big else 8)]
        # The part of `kept` that no table may overlap: the header, values outside of their entries, and pixels.
        self.outside_tables = list(self.kept)
        self.blank: list[Range] = []

    def run(self) -> None:
        tables = list(self._tables())
        for table in tables:
            self.kept.append((table.start, table.end + self.layout.pointer.size))
            self._plan_table(table)
        self._blank_texts(tables)
        self._check_tables(tables)
        for start, end in subtract(merge(self.blank), merge(self.kept)):
            self.block[start:end] = bytes(len(self.block[start:end]))
        for table in tables:
            self._remove_entries(table)

    def _check_tables(self, tables: Sequence[Table]) -> None:
        """Refuse to remove entries from tables that overlap pixels, values or each other, as in broken files."""
        ranges = [(table.start, table.end) for table in tables]
        if total(merge(ranges)) != total(ranges):
            raise CannotBlank("TIFF")
        outside_tables = merge(self.outside_tables)
        for table in tables:
            own = [(table.start, table.end)]
            if any(tag in _DROPPED_TAGS for tag, _ in table.entries) and list(subtract(own, outside_tables)) != own:
                raise CannotBlank("TIFF")

    def _tables(self) -> Iterator[Table]:
        """All tables except those of GPS: the chain from the first one, and those that tags point at."""
        waiting = [self.first]
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
                    waiting += self._offsets(entry)[:8]

    def _read(self, offset: int) -> Table | None:
        """The table at an offset; 0 means that there is none."""
        return read_table(self.block, self.layout, offset) if offset else None

    def _offsets(self, entry: Entry) -> list[int]:
        if entry.kind not in _OFFSET_KINDS or entry.count > MAX_VALUES:
            return []
        return [int(offset) for offset in read_numbers(self.block, self.layout, entry)]

    def _plan_table(self, table: Table) -> None:
        tags = dict(table.entries)
        for tag, entry in table.entries:
            if tag not in _DROPPED_TAGS:
                self._keep(
                    entry.offset, entry.offset + entry.size, outside_tables=entry.size > self.layout.pointer.size
                )
                continue
            self.blank.append((entry.offset, entry.offset + entry.size))
            if tag == _GPS_POINTER:
                for offset in self._offsets(entry)[:1]:
                    self._plan_gps_table(offset)
        for offsets_tag, lengths_tag in _PIXEL_OFFSETS.items():
            if offsets_tag in tags and lengths_tag in tags:
                starts, lengths = self._offsets(tags[offsets_tag]), self._offsets(tags[lengths_tag])
                for start, length in zip(starts, lengths, strict=False):
                    self._keep(start, start + length, outside_tables=True)

    def _keep(self, start: int, end: int, *, outside_tables: bool) -> None:
        self.kept.append((start, end))
        if outside_tables:
            self.outside_tables.append((start, end))

    def _plan_gps_table(self, offset: int) -> None:
        table = self._read(offset)
        if table is not None:
            self.blank.append((table.start, table.end + self.layout.pointer.size))
            self.blank += [(entry.offset, entry.offset + entry.size) for _, entry in table.entries]

    def _remove_entries(self, table: Table) -> None:
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

    def _blank_texts(self, tables: Sequence[Table]) -> None:
        """Blank XMP, IPTC-IIM and Photoshop's resources, each once.

        Refuses texts that overlap, and resources within resources. Otherwise a small file could keep us busy for years
        with thousands of tags that all point at one text, which again holds such tags.
        """
        texts = {
            (entry.offset, min(entry.offset + entry.size, len(self.block)), tag)
            for table in tables
            for tag, entry in table.entries
            if tag in {_XMP, _IPTC, _PHOTOSHOP} and entry.offset < len(self.block)
        }
        ranges = [(start, end) for start, end, _ in texts]
        if total(merge(ranges)) != total(ranges):
            raise CannotBlank("TIFF")
        for start, end, tag in sorted(texts):
            text = self.block[start:end]
            if tag == _XMP:
                blank_xmp(text)
            elif tag == _IPTC:
                blank_iptc(text)
            elif self.in_photoshop:
                raise CannotBlank("Photoshop")
            else:
                blank_photoshop(text)
            self.block[start:end] = text


def blank_photoshop(block: bytearray) -> None:
    """Blank IPTC-IIM, EXIF and XMP in Photoshop's resources (Adobe Photoshop File Formats, image resource blocks).

    Raises:
        CannotBlank: as `blank_tiff` and `blank_xmp`.
    """
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
            blank_tiff(content, in_photoshop=True)
        elif identifier == 0x0424:
            blank_xmp(content)
        block[start : start + len(content)] = content
        position = start + size + size % 2
