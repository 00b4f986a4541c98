"""Strips TIFF and BigTIFF (TIFF 6.0).

The pixels stay where they are in the file, and everything between them becomes zeros. New directories with the tags
that we know come after the pixels. The old ones are left nowhere, so it does not matter how broken they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from worker.analysis.interface import NotStripped
from worker.analysis.metadata import MAX_VALUES, Entry, Layout, Table, read_header, read_numbers, read_table
from worker.analysis.stripping.byte_ranges import Range, check_apart, only, total
from worker.analysis.stripping.colour_profile import harmless_profile
from worker.analysis.stripping.harmless import LONG, LONG8, SIZES, UNDEFINED, Harmless, Value, directory
from worker.analysis.stripping.jpeg import is_bare_jpeg

_MAX_PAGES, _MAX_ENTRIES = 1000, 50_000
_STRIPS, _TILES = (0x0111, 0x0117), (0x0144, 0x0145)
_COMPRESSION, _JPEG, _JPEG_TABLES = 0x0103, 7, 0x015B
_COMPRESSIONS = {1, 2, 3, 4, 5, _JPEG, 8, 32773, 32946, 34925, 50000}
_SUBSAMPLED = 6  # YCbCr
_PROFILE, _XMP, _EXIF, _GPS = 0x8773, 0x02BC, 0x8769, 0x8825
_NUMBERS = set(SIZES) - {2, UNDEFINED}

# The tags with numbers that stay, and the most numbers each may have: sizes, layout and meaning of the pixels.
_MOST_NUMBERS = (
    dict.fromkeys((0x00FE, 0x00FF, 0x0100, 0x0101, 0x0103, 0x0106, 0x010A, 0x0112, 0x0115, 0x0116, 0x011A), 1)
    | dict.fromkeys((0x011B, 0x011C, 0x0122, 0x0124, 0x0125, 0x0128, 0x013D, 0x0142, 0x0143, 0x014C, 0x014E, 0x0213), 1)
    | dict.fromkeys((0x0102, 0x0118, 0x0119, 0x0152, 0x0153, 0x0154, 0x0155), 32)  # one for each channel
    | {0x0123: 256, 0x0129: 2, 0x013E: 2, 0x013F: 6, 0x0150: 64, 0x0211: 3, 0x0212: 2, 0x0214: 64}
    | {0x012D: 3 << 16, 0x0140: 3 << 16}
    | dict.fromkeys((*_STRIPS, *_TILES), MAX_VALUES)
)


def strip_tiff(data: bytes) -> bytes:
    """Keep the pixels and what describes them, of all pages except reduced copies. Raises NotStripped."""
    header = read_header(data)
    if header is None:
        raise NotStripped("damaged")
    layout, first = header
    tables = list(_tables(data, layout, first))
    if not tables:
        raise NotStripped("damaged")
    pages = [_Page(data, layout, table) for table in tables]
    kept = pages[:1] + [page for page in pages[1:] if not page.is_reduced]
    described = [span for page in pages for span in page.described()]
    if total(described) > len(data):
        raise NotStripped("too_much")
    start = 2 * layout.pointer.size
    pixels = [span for page in kept for span in page.pixels()]
    check_apart(pixels, [(0, start), *described])
    out = only(data, [(0, start), *pixels], max(end for _, end in pixels))
    directories = _directories(out, layout, kept, Harmless.of(data, pages[0].raw(_XMP)))
    return bytes(out) + directories


def _directories(out: bytearray, layout: Layout, pages: list[_Page], harmless: Harmless) -> bytes:
    """The new directories, which come after `out`; makes its header point at the first one."""
    out += bytes(-len(out) % 8)
    start = len(out)
    shot = harmless.shot(layout, start)
    pointer: Value = (_EXIF, LONG8 if layout.big else LONG, layout.pointer.pack(start))
    written, place = [shot], start + len(shot)
    extra = harmless.camera() + ([pointer] if harmless.has_shot else [])
    layout.pointer.pack_into(out, layout.pointer.size, place)
    for number, page in enumerate(pages, start=1):
        values, extra = page.values() + extra, []
        after = place + len(directory(layout, place, values))
        written.append(directory(layout, place, values, following=after if number < len(pages) else 0))
        place = after
    return b"".join(written)


def _tables(data: bytes, layout: Layout, offset: int) -> Iterator[Table]:
    """The chain of directories."""
    seen: set[int] = set()
    entries = 0
    while offset and offset not in seen:
        if len(seen) == _MAX_PAGES or entries > _MAX_ENTRIES:
            raise NotStripped("too_much")
        seen.add(offset)
        table = read_table(data, layout, offset)
        if table is None:
            return
        entries += len(table.entries)
        yield table
        if table.end + layout.pointer.size > len(data):
            return
        (offset,) = layout.pointer.unpack_from(data, table.end)


class _Page:
    """One picture of the file."""

    def __init__(self, data: bytes, layout: Layout, table: Table) -> None:
        self._data = data
        self._layout = layout
        self._table = table
        self._entries: dict[int, Entry] = {}
        for tag, entry in table.entries:
            self._entries.setdefault(tag, entry)

    @property
    def is_reduced(self) -> bool:
        """Whether it is a smaller copy of another page."""
        return bool(self._number(0x00FE, 0) & 1) or self._number(0x00FF, 0) == 2

    def raw(self, tag: int) -> bytes:
        """The bytes of a tag; none if it is missing or broken."""
        entry = self._entries.get(tag)
        content = self._data[entry.offset : entry.offset + entry.size] if entry else b""
        return content if entry and len(content) == entry.size else b""

    def pixels(self) -> list[Range]:
        """Where its pixels are."""
        if self._number(_COMPRESSION, 1) not in _COMPRESSIONS:
            raise NotStripped("unknown_part")
        spans: list[Range] = []
        for tags in (_STRIPS, _TILES):
            starts, sizes = (self._numbers(tag) for tag in tags)
            if len(starts) != len(sizes):
                raise NotStripped("damaged")
            spans += [(start, start + size) for start, size in zip(starts, sizes, strict=True) if size]
        if not spans or min(spans)[0] < 0 or max(end for _, end in spans) > len(self._data):
            raise NotStripped("damaged")
        if total(spans) > len(self._data) or total(spans) < self._plain_bytes():
            raise NotStripped("damaged")
        if self._number(_COMPRESSION, 1) == _JPEG:
            streams = [*(self._data[start:end] for start, end in spans), self.raw(_JPEG_TABLES)]
            if not all(is_bare_jpeg(stream) for stream in streams if stream):
                raise NotStripped("unknown_part")
        return spans

    def _plain_bytes(self) -> int:
        """The bytes of pixels that are not packed; 0 for others. Decoders read them all, whatever the file claims."""
        if self._number(_COMPRESSION, 1) != 1 or self._number(0x0106, 0) == _SUBSAMPLED:
            return 0
        bits = sum(self._numbers(0x0102)) or self._number(0x0115, 1)
        return self._number(0x0100, 0) * bits // 8 * self._number(0x0101, 0)

    def described(self) -> Iterator[Range]:
        """Where its directories are, and the values outside of them."""
        tables = [self._table]
        for tag in (_EXIF, _GPS):
            tables += filter(None, (read_table(self._data, self._layout, at) for at in self._numbers(tag)[:1]))
        for table in tables:
            yield table.start, table.end
            for _, entry in table.entries:
                if entry.size > self._layout.pointer.size:
                    yield min(entry.offset, len(self._data)), min(entry.offset + entry.size, len(self._data))

    def values(self) -> list[Value]:
        """The tags that stay."""
        kept: list[Value] = []
        for tag, entry in self._entries.items():
            content = self.raw(tag)
            if tag in _MOST_NUMBERS:
                if not content or entry.kind not in _NUMBERS or entry.count > _MOST_NUMBERS[tag]:
                    raise NotStripped("damaged")
                kept.append((tag, entry.kind, content))
            elif tag == _JPEG_TABLES and content:
                kept.append((tag, UNDEFINED, content))
            elif tag == _PROFILE and entry.count:
                if not (profile := harmless_profile(content)):
                    raise NotStripped("damaged")
                kept.append((tag, UNDEFINED, profile))
        return kept

    def _number(self, tag: int, default: int) -> int:
        return next(iter(self._numbers(tag, 1)), default)

    def _numbers(self, tag: int, limit: int = MAX_VALUES) -> list[int]:
        entry = self._entries.get(tag)
        if entry is None:
            return []
        few = replace(entry, count=min(entry.count, limit))
        return [int(number) for number in read_numbers(self._data, self._layout, few)]
