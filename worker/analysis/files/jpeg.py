"""Opens JPEG and MPO, reduced while decoding, also when the very end of the file is missing."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from worker.analysis.files.damage import completed_jpeg, jpeg_has_end, missing_share_of_jpeg, scan_count
from worker.analysis.files.formats import DecodeError
from worker.analysis.files.picture import Picture, as_bytes, loaded, picture_of
from worker.analysis.files.quantisation import jpeg_tables
from worker.analysis.metadata import read_tiff

MAX_MISSING_SHARE = 0.02
_START_OF_SCAN = b"\xff\xda"
_NEARLY_ALL = 0.995
"""Share of the rows that a JPEG without an end marker may lack, for example because a copy lost the last block."""
MAX_PROGRESSIVE_SCANS = 100
"""Cameras and programs write about ten. Each scan takes time for the whole picture, and thousands take minutes."""
MAX_SEQUENTIAL_SCANS = 16
"""A scan for each of up to four components is all that the format allows, but libjpeg reads any number."""


def open_jpeg(data: bytes) -> Picture:
    """Open a JPEG or MPO. Raises DecodeError, or one of DECODER_ERRORS."""
    image = JpegImageFile(io.BytesIO(data))
    _check_scans(data, MAX_PROGRESSIVE_SCANS if "progressive" in image.info else MAX_SEQUENTIAL_SCANS)
    pictures = read_tiff(as_bytes(image.info.get("mp")) or b"").integer(0xB001)
    header = picture_of("mpo" if pictures is not None and pictures > 1 else "jpeg", image)
    tables = jpeg_tables(image.quantization)
    return replace(header, tables=tables, load=lambda side: _load_jpeg(data, image, side))


def _check_scans(data: bytes, most: int) -> None:
    # A film behind the picture may hold the same two bytes, so count exactly before refusing.
    if data.count(_START_OF_SCAN) > most and scan_count(data) > most:
        raise DecodeError(
            "corrupt",
            "This JPEG would take too long to decode. Open it in a photo editor, save a new copy and upload that.",
        )


def _load_jpeg(data: bytes, image: JpegImageFile, side: int) -> Image.Image:
    """Decode at the smallest of libjpeg's scales (1, 1/2, 1/4, 1/8) whose longest side is at least `side` pixels."""
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
