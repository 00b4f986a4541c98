"""Cuts a TIFF into small TIFFs of a few rows, so that a large photo is never decoded whole.

Pillow and libtiff decode a picture whole, at four bytes for each pixel. A small TIFF has the tags that say how the
pixels of the first picture are stored, and some of its strips or rows of tiles (TIFF 6.0, sections 3 and 15).
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from worker.analysis.files.picture import loaded
from worker.analysis.files.pixels import factor_for, reduced
from worker.analysis.metadata import Directory

_WIDTH, _HEIGHT, _BITS, _COMPRESSION = 0x0100, 0x0101, 0x0102, 0x0103
_STRIPS, _ROWS_PER_STRIP, _STRIP_SIZES = 0x0111, 0x0116, 0x0117
_TILE_WIDTH, _TILE_HEIGHT, _TILES, _TILE_SIZES = 0x0142, 0x0143, 0x0144, 0x0145
_SAMPLES, _PLANES, _SAMPLE_FORMAT = 0x0115, 0x011C, 0x0153
# Photometry, order of bits, fax options, predictor, colours of a palette, alpha, tables of JPEG, YCbCr.
_KEPT = (_BITS, _COMPRESSION, 0x0106, 0x010A, _SAMPLES, _PLANES, 0x0124, 0x0125, 0x013D, 0x0140, 0x0152, _SAMPLE_FORMAT)
_KEPT_OF_JPEG = (0x015B, 0x0211, 0x0212, 0x0214)
_OLD_JPEG = 6  # its tables lie anywhere in the file
_LONG = 4
_MOST_TAG_BYTES = 1 << 16
_MOST_PART = 8_000_000  # pixels of one strip or row of tiles
_AT_ONCE = 4_000_000  # pixels of one small TIFF, roughly

_Tag = tuple[int, int, int, bytes]
"""Number, type, count and values."""


@dataclass(frozen=True)
class TiffParts:
    """The strips, or rows of tiles, of a picture.

    Attributes:
        width, height: of the picture.
        rows: of the picture in each part.
        across: tiles in a row; 1 for strips.
        tile: width and height of a tile; None for strips.
        planes: how often the picture is covered: once, or once by each colour.
        places: where each strip or tile starts and ends in the file.
    """

    data: bytes
    first: Directory
    width: int
    height: int
    rows: int
    across: int
    tile: tuple[int, int] | None
    planes: int
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, data: bytes, first: Directory) -> TiffParts | None:
        """The parts of the picture of a directory; None if they are too large, or its numbers too deep to cut it."""
        width, height = first.integer(_WIDTH) or 0, first.integer(_HEIGHT) or 0
        deep = max(first.numbers(_BITS), default=1) > 16 or not set(first.numbers(_SAMPLE_FORMAT)) <= {1}
        if min(width, height) < 1 or deep or first.integer(_COMPRESSION) == _OLD_JPEG:
            return None
        tile = None
        rows, across = min(first.integer(_ROWS_PER_STRIP) or height, height), 1
        if _TILES in first.entries:
            tile = (first.integer(_TILE_WIDTH) or 0, first.integer(_TILE_HEIGHT) or 0)
            if min(tile) < 1:
                return None
            rows, across = tile[1], -(-width // tile[0])
        starts, sizes = (_TILES, _TILE_SIZES) if tile else (_STRIPS, _STRIP_SIZES)
        places = [
            (int(start), int(start + size))
            for start, size in zip(first.numbers(starts), first.numbers(sizes), strict=False)
        ]
        planes = (first.integer(_SAMPLES) or 1) if first.integer(_PLANES) == 2 else 1
        complete = len(places) >= planes * across * -(-height // rows)
        if rows < 1 or rows * across * (tile[0] if tile else width) > _MOST_PART or not complete:
            return None
        return cls(data, first, width, height, rows, across, tile, planes, places)

    def load(self, side: int) -> Image.Image:
        """The picture as stored, not turned, reduced so that its longest side is at least `side`.

        Raises one of DECODER_ERRORS.
        """
        factor = factor_for((self.width, self.height), side)
        step = math.lcm(self.rows, factor)
        step *= max(1, _AT_ONCE // (step * self.width))
        tops = range(0, self.height, step)
        bands = (loaded(TiffImageFile(io.BytesIO(self._small(top, min(top + step, self.height))))) for top in tops)
        return reduced(bands, (self.width, self.height), factor)

    def _small(self, top: int, bottom: int) -> bytes:
        """A TIFF of these rows. The first is the first of a part."""
        order = self.first.layout.order
        of_plane = len(self.places) // self.planes
        begin, end = top // self.rows * self.across, -(-bottom // self.rows) * self.across
        parts = [
            self.data[start:stop]
            for plane in range(self.planes)
            for start, stop in self.places[plane * of_plane + begin : plane * of_plane + end]
        ]
        tags = [*self._kept(), _long(order, _WIDTH, self.width), _long(order, _HEIGHT, bottom - top)]
        sizes = [len(part) for part in parts]
        if self.tile:
            tags += [_long(order, _TILE_WIDTH, self.tile[0]), _long(order, _TILE_HEIGHT, self.tile[1])]
            tags.append(_long(order, _TILE_SIZES, *sizes))
        else:
            tags += [_long(order, _ROWS_PER_STRIP, self.rows), _long(order, _STRIP_SIZES, *sizes)]
        return _written(order, tags, _TILES if self.tile else _STRIPS, parts)

    def _kept(self) -> Iterator[_Tag]:
        for tag in _KEPT + _KEPT_OF_JPEG:
            entry = self.first.entries.get(tag)
            if entry and entry.size <= _MOST_TAG_BYTES:
                yield tag, entry.kind, entry.count, self.first.raw(tag)


def _long(order: str, tag: int, *values: int) -> _Tag:
    return tag, _LONG, len(values), struct.pack(f"{order}{len(values)}I", *values)


def _written(order: str, tags: list[_Tag], places: int, parts: list[bytes]) -> bytes:
    """A TIFF with these tags, and these parts at the places that a further tag lists."""
    tags = sorted([*tags, _long(order, places, *[0] * len(parts))])
    start = 8 + 2 + 12 * len(tags) + 4
    free = start + sum(len(values) for *_, values in tags if len(values) > 4)
    offsets = list(accumulate((len(part) for part in parts), initial=free))[:-1]
    head, outside = [struct.pack(order + "H", len(tags))], []
    for tag, kind, count, values in tags:
        filled = struct.pack(f"{order}{count}I", *offsets) if tag == places else values
        field = filled.ljust(4, b"\0")
        if len(filled) > 4:
            field = struct.pack(order + "I", start)
            outside.append(filled)
            start += len(filled)
        head.append(struct.pack(order + "HHI", tag, kind, count) + field)
    mark = b"II*\0\x08\0\0\0" if order == "<" else b"MM\0*\0\0\0\x08"
    return b"".join([mark, *head, bytes(4), *outside, *parts])
