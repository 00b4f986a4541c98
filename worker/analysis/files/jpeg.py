"""Opens JPEG and MPO, reduced while decoding, also when the very end of the file is missing."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import simplejpeg
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from worker.analysis.files.colour import Pixels
from worker.analysis.files.damage import (
    START_OF_SCAN,
    completed_jpeg,
    jpeg_has_end,
    jpeg_segments,
    missing_share_of_jpeg,
    scan_count,
)
from worker.analysis.files.picture import MOST_PIXELS, Picture, as_bytes, loaded, picture_of
from worker.analysis.files.quantisation import jpeg_tables
from worker.analysis.interface import DecodeError
from worker.analysis.metadata import read_tiff

MAX_MISSING_SHARE = 0.02
_SEARCHED_AT_ONCE = 1 << 20  # bytes
_MOST_FILL = 1 << 16  # bytes of FF and 00 between two segments of the header
_MOST_SEGMENTS = 10_000  # of the header; real ones have a few hundred
_EIGHTHS = (1, 2, 4, 5, 8)
"""Of the side, smallest first. Five eighths take less time than all of the pixels and averaging them."""
_NEARLY_ALL = 0.995
"""Share of the rows that a JPEG without an end marker may lack, for example because a copy lost the last block."""
_MOST_COEFFICIENTS = 500_000_000
"""Of two bytes each: 250 megapixels with half the colours across and down take 375 million."""
_FRAMES = (0xC0, 0xC1, 0xC2, 0xC3, 0xC9, 0xCA, 0xCB)
_JPEG_LS = 0xF7
_MOST_BITS = 16
_COMPONENTS = 5  # where a frame says how many it has
MAX_PROGRESSIVE_SCANS = 100
"""Cameras and programs write about ten. Each scan takes time for the whole picture, and thousands take minutes."""
MAX_SEQUENTIAL_SCANS = 16
"""A scan for each of up to four components is all that the format allows, but libjpeg reads any number."""


def open_jpeg(data: bytes) -> Picture:
    """Open a JPEG or MPO. Raises DecodeError, or one of DECODER_ERRORS."""
    in_one_scan = _check_header(data)
    image = JpegImageFile(io.BytesIO(data))
    _check_scans(data, MAX_PROGRESSIVE_SCANS if "progressive" in image.info else MAX_SEQUENTIAL_SCANS)
    pictures = read_tiff(as_bytes(image.info.get("mp")) or b"").integer(0xB001)
    header = picture_of("mpo" if pictures is not None and pictures > 1 else "jpeg", image)
    tables = jpeg_tables(image.quantization)
    most_pixels = MOST_PIXELS
    if not in_one_scan or "progressive" in image.info:
        most_pixels = _MOST_COEFFICIENTS * image.width * image.height // max(1, _coefficients(image))
    return replace(
        header,
        iptc=_iptc(image.info.get("photoshop")),
        tables=tables,
        load=lambda side: _load_jpeg(data, image, side),
        most_pixels=most_pixels,
        variant="a progressive JPEG of these colours",
    )


def _iptc(resources: object) -> bytes | None:
    """The captions and the like in what Photoshop and others write: resource 0x0404."""
    return as_bytes(resources.get(0x0404)) if isinstance(resources, dict) else None


def _check_header(data: bytes) -> bool:
    """Whether the first scan has all components, so that libjpeg keeps a few rows only.

    Raises:
        DecodeError: the header is filled up or endless, so that Pillow, which reads it byte by byte, takes minutes; or
            its frame is of a kind that Pillow does not read.
    """
    components = 0
    end = 2
    for number, segment in enumerate(jpeg_segments(data)):
        if segment.start - end > _MOST_FILL or number > _MOST_SEGMENTS:
            raise _too_long()
        if segment.marker == START_OF_SCAN:
            return segment.content[:1] == bytes((components,))
        if segment.marker == _JPEG_LS:
            raise _unreadable("is JPEG-LS, which few programs read")
        if segment.marker in _FRAMES and len(segment.content) > _COMPONENTS:
            if 8 < (bits := segment.content[0]) <= _MOST_BITS:
                raise _unreadable(f"has {bits} bits for each colour, and we read those with 8")
            components = segment.content[_COMPONENTS]
        end = segment.end
    if len(data) - end > _MOST_FILL and not data[end : end + _MOST_FILL].strip(b"\xff\0"):
        raise _too_long()
    return False


def _coefficients(image: JpegImageFile) -> int:
    """How many numbers libjpeg keeps for the whole picture where it needs several scans, however small it decodes."""
    layers: list[tuple[int, int, int, int]] = image.layer
    widest, highest = (max(layer[place] for layer in layers) for place in (1, 2))
    blocks = [
        -(-image.width * across // (8 * widest)) * -(-image.height * down // (8 * highest))
        for _, across, down, _ in layers
    ]
    return 64 * sum(blocks)


def _check_scans(data: bytes, most: int) -> None:
    # A film behind the picture may hold the same two bytes, so count exactly before refusing.
    if _possible_scans(data) > most and scan_count(data) > most:
        raise _too_long()


def _unreadable(why: str) -> DecodeError:
    return DecodeError("unsupported_format", f"This JPEG {why}. Save it as an ordinary JPEG and upload that.")


def _too_long() -> DecodeError:
    return DecodeError(
        "corrupt",
        "This JPEG would take too long to decode. Open it in a photo editor, save a new copy and upload that.",
    )


def _possible_scans(data: bytes) -> int:
    """How often the file has the two bytes that begin a scan; in a third of the time of `bytes.count`."""
    count = 0
    for start in range(0, len(data), _SEARCHED_AT_ONCE):
        part = np.frombuffer(data, np.uint8, min(_SEARCHED_AT_ONCE + 1, len(data) - start), start)
        count += int((part[np.flatnonzero(part[:-1] == 0xFF) + 1] == START_OF_SCAN).sum())
    return count


def _load_jpeg(data: bytes, image: JpegImageFile, side: int) -> Image.Image | Pixels:
    """Decode at one of libjpeg's scales, whose longest side is at least `side` pixels.

    libjpeg-turbo decodes an undamaged photo alone, because Pillow copies the pixels twice. It stops at the first
    warning; then Pillow decodes, and damage is looked into.
    """
    if image.mode == "RGB":
        try:
            return _decode_sound(data, image.size, side)
        except ValueError:
            pass
    return _decode_with_pillow(data, image, side)


def _decode_sound(data: bytes, size: tuple[int, int], side: int) -> Pixels:
    """Decode a JPEG that libjpeg has nothing to complain of, to (height, width, 3). Raises ValueError for others."""
    eighths = next((eighths for eighths in _EIGHTHS if max(size) * eighths >= side * 8), 8)
    width, height = (-(-length * eighths // 8) for length in size)
    pixels = simplejpeg.decode_jpeg(data, "RGB", min_width=width, min_height=height)
    return np.asarray(pixels, np.uint8)


def _decode_with_pillow(data: bytes, image: JpegImageFile, side: int) -> Image.Image:
    """Decode at the smallest of the scales 1, 1/2, 1/4 and 1/8; complete a JPEG that lacks hardly anything."""
    scale = max((scale for scale in (2, 4, 8) if max(image.size) >= side * scale), default=1)
    size = max(1, image.width // scale), max(1, image.height // scale)
    image.draft(None, size)
    try:
        return loaded(image)
    except OSError:
        if jpeg_has_end(data):
            raise
        missing = missing_share_of_jpeg(data)
        if missing > MAX_MISSING_SHARE:
            lost = "the whole picture" if missing > _NEARLY_ALL else f"about {missing:.0%} of the picture"
            raise DecodeError(
                "truncated", f"This JPEG is cut off: {lost} is missing. Copy it again from the camera or card."
            ) from None
    image = JpegImageFile(io.BytesIO(completed_jpeg(data)))
    image.draft(None, size)
    return loaded(image)
