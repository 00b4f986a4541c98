"""Bounds how much a decoder of HEIC decodes for one picture (ISO/IEC 14496-12 and 23008-12).

A picture may be put together from others, its tiles, which the decoder decodes whole however little of them shows. A
file of 20 KB can name tiles of gigapixels for a picture of a few. The decoder holds tiles to the sizes that the file
states. Nothing here raises on a broken file, whose decoding fails.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from worker.analysis.files.heif_properties import associations, contents, in_meta, numbers
from worker.analysis.interface import DecodeError

_MOST_DEPTH = 8  # of pictures made of pictures
_MOST_TILES = 100_000


def check_tiles(data: bytes, size: tuple[int, int]) -> None:
    """Check that the tiles of the picture cover it, with less than one tile too much on each side.

    Raises:
        DecodeError: they are more.
    """
    pictures = _Pictures(data)
    coded = sum(pictures.tiles())
    if coded > 4 * size[0] * size[1] + pictures.largest or pictures.count > _MOST_TILES:
        raise DecodeError(
            "corrupt",
            "This HEIC would take too long to decode. Open it in a photo editor, save a new copy and upload that.",
        )


class _Pictures:
    """What the boxes `meta` say about pictures: which is the primary one, the parts and the pixels of each.

    Attributes:
        count: how many tiles and pictures between have been visited.
        largest: pixels of the largest tile visited.
    """

    def __init__(self, data: bytes) -> None:
        self.count = self.largest = 0
        self._primary: set[int] = set()
        self._parts: dict[int, list[int]] = {}
        self._pixels: dict[int, int] = {}
        for kind, content in in_meta(data):
            wide = content[:1] not in (b"", b"\0")
            if kind == b"pitm":
                self._primary.add(int.from_bytes(content[4 : 8 if wide else 6], "big"))
            elif kind == b"iref":
                for inner_kind, reference in contents(content[4:]):
                    if inner_kind == b"dimg":
                        source, _, *targets = _references(reference, 4 if wide else 2)
                        self._parts.setdefault(source, []).extend(targets)
            elif kind == b"iprp":
                self._note_sizes(content)

    def tiles(self) -> Iterator[int]:
        """The pixels of each tile that the primary picture is made of."""
        waiting = [(number, 0) for number in self._primary]
        while waiting and self.count <= _MOST_TILES:
            number, depth = waiting.pop()
            self.count += 1
            parts = self._parts.get(number)
            if parts and depth < _MOST_DEPTH:
                waiting += [(part, depth + 1) for part in parts]
            else:
                pixels = self._pixels.get(number, 0)
                self.largest = max(self.largest, pixels)
                yield pixels

    def _note_sizes(self, properties: bytes) -> None:
        pixels: list[int] = []
        for kind, content in contents(properties):
            if kind == b"ipco":
                for inner, size in contents(content):
                    is_size = inner == b"ispe" and len(size) >= 12
                    width, height = struct.unpack_from(">II", size, 4) if is_size else (0, 0)
                    pixels.append(width * height)
            elif kind == b"ipma":
                for number, places in associations(content):
                    sizes = [pixels[place - 1] for place in places if 0 < place <= len(pixels)]
                    self._pixels[number] = max([self._pixels.get(number, 0), *sizes])


def _references(content: bytes, width: int) -> list[int]:
    """From which picture, how many there are, and to which."""
    head = [int.from_bytes(content[:width], "big"), int.from_bytes(content[width : width + 2], "big")]
    return head + numbers(content[width + 2 :], width)
