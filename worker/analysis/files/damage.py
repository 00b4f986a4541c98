"""Tells a truncated file from one with other damage, and measures how much of a JPEG is missing.

Runs only after a decoder has failed, so undamaged photos take no extra time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL.JpegImagePlugin import JpegImageFile

from worker.analysis.files.formats import PhotoFormat
from worker.analysis.files.png import png_chunks
from worker.analysis.files.raw_tables import raw_is_cut_off
from worker.analysis.metadata import read_tiff

END_OF_JPEG = b"\xff\xd9"
START_OF_SCAN = 0xDA
_BARE_MARKERS = (0x01, 0xD8, 0xD9)  # have no content and no length
_PROGRESSIVE_FRAMES = (0xC2, 0xC6, 0xCA, 0xCE)
# Within coded pixels, FF comes before 00 or a restart marker; any other byte after it makes the next marker. A run
# of FF is passed over at once: byte by byte, 200 MB of them take seconds.
_MARKER = re.compile(rb"\xff(?:([^\x00\xff\xd0-\xd7])|\xff{2,})", re.DOTALL)
# Bits that decode to something other than the grey with which libjpeg fills missing data. Then the same again with
# restart markers, because libjpeg skips to the next one in JPEGs that have them.
_NOISE = bytes((index * 73 + 41) % 251 for index in range(2048))
_FILLER = _NOISE + b"".join(bytes((0xFF, 0xD0 + index % 8)) + _NOISE[:64] for index in range(32))


def is_cut_off(data: bytes, photo_format: PhotoFormat) -> bool:
    """Whether the structure of a file that did not decode shows that its end is missing."""
    return _CHECKS[photo_format](data)


# --- JPEG --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Segment:
    """A JPEG marker, and its content without the length. Coded pixels lie between two segments."""

    marker: int
    content: bytes
    start: int
    end: int


def jpeg_segments(data: bytes) -> Iterator[Segment]:
    """The segments of a JPEG's first picture in order. Stops without an error where the structure is broken."""
    position = 2
    while match := _MARKER.search(data, position):
        if match[1] is None:
            position = match.end() - 1
            continue
        marker, start, position = match[1][0], match.start(), match.end()
        if marker in _BARE_MARKERS:
            yield Segment(marker, b"", start, position)
            if marker == END_OF_JPEG[1]:
                return
            continue
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2 or position + length > len(data):
            return
        yield Segment(marker, data[position + 2 : position + length], start, position + length)
        position += length


def jpeg_has_end(data: bytes) -> bool:
    """Whether the first picture has pixels and its end marker."""
    markers = [segment.marker for segment in jpeg_segments(data)]
    return START_OF_SCAN in markers and markers[-1] == END_OF_JPEG[1]


def scan_count(data: bytes) -> int:
    """The number of scans of a JPEG's first picture."""
    return sum(segment.marker == START_OF_SCAN for segment in jpeg_segments(data))


def missing_share_of_jpeg(data: bytes) -> float:
    """The share of the rows, 0 to 1, that a truncated JPEG has lost.

    Decodes the picture twice: with an end marker directly after the data, and with other bits between the two. If the
    coded pixels are complete, libjpeg skips those bits; otherwise the results differ from the first lost row on. The
    last scans of a progressive picture hold its details, so one that lacks a scan counts as all lost.

    Raises one of DECODER_ERRORS.
    """
    body = _without_padding(data)
    if _lacks_scans(body):
        return 1.0
    plain = _decode_grey(body + END_OF_JPEG)
    filled = _decode_grey(body + _FILLER + END_OF_JPEG)
    differs = (plain != filled).reshape(len(plain), -1).any(axis=1)
    return 1.0 - float(np.argmax(differs)) / len(plain) if differs.any() else 0.0


def completed_jpeg(data: bytes) -> bytes:
    """The same JPEG with an end marker."""
    return _without_padding(data) + END_OF_JPEG


def _without_padding(data: bytes) -> bytes:
    """The data without the zeros that an interrupted copy leaves at its end, and without half a marker."""
    return data.rstrip(b"\0\xff")


def _decode_grey(data: bytes) -> NDArray[np.uint8]:
    """Decode to grey, small but so that every loss shows.

    An eighth is enough for a baseline JPEG, whose lost blocks lose their mean. A progressive one may lose only details.
    """
    with JpegImageFile(io.BytesIO(data)) as image:
        scale = 1 if "progressive" in image.info else 8
        image.draft("L", (max(1, image.width // scale), max(1, image.height // scale)))
        return np.array(image)


def _lacks_scans(data: bytes) -> bool:
    """Whether a progressive JPEG lacks the last bits of some coefficient.

    A scan's header lists its components, then the first and last coefficient that it covers, then the bit positions
    before and after it (ITU-T T.81, B.2.3).
    """
    coarse: dict[tuple[int, int], int] = {}
    for segment in jpeg_segments(data):
        content = segment.content
        if segment.marker in _PROGRESSIVE_FRAMES and len(content) >= 6:
            components = content[6 : 6 + 3 * content[5] : 3]
            coarse = {(component, index): 14 for component in components for index in range(64)}
        elif segment.marker == START_OF_SCAN and coarse and len(content) >= 4:
            first, last, bits = content[-3], content[-2], content[-1] & 15
            for component in content[1 : 1 + 2 * content[0] : 2]:
                coarse.update({(component, index): bits for index in range(first, min(last, 63) + 1)})
    return any(coarse.values())


# --- Other formats -----------------------------------------------------------------------------------------


def _boxes_are_cut_off(data: bytes) -> bool:
    """Whether a box of the ISO base media format (ISO/IEC 14496-12, 4.2) runs past the end."""
    position = 0
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if size == 0:
            return False  # such a box reaches to the end of the file
        if size < 8:
            return False  # damaged in another way
        position += size
    return position != len(data)


def _tiff_is_cut_off(data: bytes) -> bool:
    """Whether the directory is missing, or strips or tiles of the first picture lie past the end."""
    first = read_tiff(data)
    if not first.entries:
        return True
    for offsets_tag, sizes_tag in ((0x0111, 0x0117), (0x0144, 0x0145)):
        offsets, sizes = first.numbers(offsets_tag), first.numbers(sizes_tag)
        if any(offset + size > len(data) for offset, size in zip(offsets, sizes, strict=False)):
            return True
        if offsets_tag in first.entries and not offsets:
            return True
    return False


_CHECKS: dict[PhotoFormat, Callable[[bytes], bool]] = {
    "jpeg": lambda data: not jpeg_has_end(data),
    "mpo": lambda data: not jpeg_has_end(data),
    "png": lambda data: all(kind != b"IEND" for kind, _, _ in png_chunks(data)),
    "webp": lambda data: int.from_bytes(data[4:8], "little") + 8 > len(data),
    "gif": lambda data: not data.rstrip(b"\0").endswith(b";"),
    "bmp": lambda data: int.from_bytes(data[2:6], "little") > len(data),
    "tiff": _tiff_is_cut_off,
    "raw": raw_is_cut_off,
    "video": lambda _data: False,  # told before it is decoded
    "heic": _boxes_are_cut_off,
    "avif": _boxes_are_cut_off,
    "jpeg2000": lambda data: not data.rstrip(b"\0").endswith(END_OF_JPEG),
    "jpeg_xl": lambda data: data[4:8] == b"JXL " and _boxes_are_cut_off(data),  # a bare codestream does not tell
}
