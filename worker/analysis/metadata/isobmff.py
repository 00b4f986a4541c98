"""Finds the metadata of HEIC and AVIF: boxes (ISO/IEC 14496-12, section 4.2) and items in them (8.11)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

Span = tuple[int, int]
"""The first byte, and the byte after the last, in the file."""

ItemKind = Literal["exif", "xmp"]

MAX_BOXES = 10_000
MAX_PIECES = 10_000  # of all items; pieces may take no bytes, so the size of the box does not limit them
_XMP_TYPE = b"application/rdf+xml"


def boxes(data: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes in a part of the file: the type of each, and where its content starts and ends.

    Stops at the first bytes that are not a box.
    """
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        content = start + 8
        if size == 1:
            if content + 8 > end:
                return
            (size,) = struct.unpack_from(">Q", data, content)
            content += 8
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            return
        yield kind, content, stop
        start = stop


def metadata_items(data: bytearray) -> Iterator[tuple[ItemKind, list[Span]]]:
    """The EXIF and XMP items of a file, each with its pieces in order.

    Raises:
        struct.error: a box is shorter than its content, or the pieces overlap something else.
    """
    outer = list(boxes(data, 0, len(data)))
    for kind, start, end in outer:
        if kind == b"meta":
            inner = {kind: (first, last) for kind, first, last in boxes(data, start + 4, end)}
            if b"iinf" in inner and b"iloc" in inner:
                kinds = dict(_item_kinds(data, *inner[b"iinf"]))
                within = inner.get(b"idat", (0, 0))
                items = list(_locations(data, *inner[b"iloc"], within[0]))
                places = [within, *((first, last) for kind, first, last in outer if kind == b"mdat")]
                _check_apart(
                    [span for item, spans in items if item in kinds for span in spans],
                    [span for item, spans in items if item not in kinds for span in spans],
                    places,
                )
                yield from ((kinds[item], spans) for item, spans in items if item in kinds)


def _check_apart(metadata: list[Span], others: list[Span], places: list[Span]) -> None:
    """Check that metadata lies in `places` and overlaps neither other data nor itself. Empty pieces do not count."""
    metadata = [span for span in metadata if span[0] < span[1]]
    if not all(any(first <= span[0] and span[1] <= last for first, last in places) for span in metadata):
        raise struct.error("metadata lies outside of the data")
    marked = sorted([(*span, True) for span in metadata] + [(*span, False) for span in others if span[0] < span[1]])
    end_of_metadata = end_of_others = 0
    for first, last, is_metadata in marked:
        if first < end_of_metadata or (is_metadata and first < end_of_others):
            raise struct.error("metadata overlaps something else")
        if is_metadata:
            end_of_metadata = last
        else:
            end_of_others = max(end_of_others, last)


def _item_kinds(data: bytearray, start: int, end: int) -> Iterator[tuple[int, ItemKind]]:
    """The numbers of the items that are EXIF or XMP."""
    first = start + (6 if data[start] == 0 else 8)
    for kind, content, stop in boxes(data, first, end):
        version = data[content]
        if kind != b"infe" or version < 2:
            continue
        item_format = ">H" if version == 2 else ">I"
        (item,) = struct.unpack_from(item_format, data, content + 4)
        # After the number come the protection (two bytes), the type (four), a name, and for MIME items the media type.
        position = content + 4 + struct.calcsize(item_format) + 2
        item_type = bytes(data[position : position + 4])
        if item_type == b"Exif":
            yield item, "exif"
        elif item_type == b"mime" and _XMP_TYPE in data[position + 4 : stop].split(b"\0"):
            yield item, "xmp"


def _locations(data: bytearray, start: int, end: int, within: int) -> Iterator[tuple[int, list[Span]]]:
    """Every item of an `iloc` box with its pieces; `within` is where the content of `idat` starts."""
    version = data[start]
    sizes = struct.unpack_from(">H", data, start + 4)[0]
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version in {1, 2} else 0
    reader = _Reader(data, start + 6, end)
    pieces = 0
    for _ in range(reader.number(4 if version == 2 else 2)):
        item = reader.number(4 if version == 2 else 2)
        method = reader.number(2) & 15 if version in {1, 2} else 0
        reader.number(2)  # the number of the file; there is only one
        base = reader.number(base_size) + (within if method == 1 else 0)
        spans = []
        count = reader.number(2)
        pieces += 1 + count
        if pieces > MAX_PIECES:
            raise struct.error(f"more than {MAX_PIECES:,} pieces, which no photo has")
        for _ in range(count):
            reader.number(index_size)
            offset, length = reader.number(offset_size), reader.number(length_size)
            first = base + offset
            spans.append((min(first, len(data)), min(first + length, len(data)) if length else len(data)))
        yield item, spans


class _Reader:
    """Reads one number after the other."""

    def __init__(self, data: bytearray, position: int, end: int) -> None:
        self.data = data
        self.position = position
        self.end = end

    def number(self, size: int) -> int:
        """The next big-endian number of this size in bytes; 0 if the size is 0."""
        stop = self.position + size
        if stop > self.end:
            raise struct.error("the box ends before its content")
        value = int.from_bytes(self.data[self.position : stop], "big")
        self.position = stop
        return value
