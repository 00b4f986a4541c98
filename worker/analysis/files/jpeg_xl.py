"""Opens JPEG XL (ISO/IEC 18181): by its codestream, or by the JPEG that it was made from.

The codestream says how the picture is turned, and Exif does not count for that (ISO/IEC 18181-2, section 9.2): libjxl
turns the pixels itself, but not the JPEG. A file made from a JPEG is decoded as that JPEG, so both are judged alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, cast

import brotli
import numpy as np
from PIL import Image
from pillow_jxl import Decoder

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.colour import to_eight_bits
from worker.analysis.files.jpeg import open_jpeg
from worker.analysis.files.jpeg_xl_header import CODESTREAM_START, read_header
from worker.analysis.files.picture import Picture
from worker.analysis.files.previews import PREVIEW_SIDE
from worker.analysis.interface import DecodeError

_MOST_METADATA = 4 << 20
_HEADER_BYTES = 128
_MOST_EXTRA_CHANNELS = 8  # libjxl decodes all of them


def open_jpeg_xl(data: bytes) -> Picture:
    """Open a JPEG XL. Raises DecodeError, or one of DECODER_ERRORS."""
    header = read_header(b"".join(_codestream(data))[:_HEADER_BYTES])
    if header.extra_channels > _MOST_EXTRA_CHANNELS:
        raise DecodeError(
            "unsupported_format",
            "This JPEG XL has more channels than we can read. Save it as JPEG and upload that.",
        )
    exif = _metadata(data, b"Exif")
    opened = Picture(
        format="jpeg_xl",
        size=header.size,
        orientation=header.orientation,
        load=lambda side: _decoded(data, opened).load(side),
        exif=exif[4:] if exif else None,
        xmp=_metadata(data, b"xml "),
        decoded=lambda: _decoded(data, opened),
    )
    return opened


def _decoded(data: bytes, opened: Picture) -> Picture:
    """The picture with its pixels and its profile. Of an animation that is the last one: the decoder gives no other."""
    # Metadata is needed only to make the JPEG again; the decoder would expand it.
    has_jpeg = any(kind == b"jbrd" for kind, _, _ in _boxes(data))
    is_jpeg, info, decoded, profile = _decode(data if has_jpeg else b"".join(_codestream(data)))
    if is_jpeg:
        jpeg = open_jpeg(decoded)
        return replace(
            jpeg,
            format=opened.format,
            orientation=opened.orientation,
            exif=opened.exif or jpeg.exif,
            xmp=opened.xmp or jpeg.xmp,
            large=decoded if max(jpeg.size) > PREVIEW_SIDE else None,
        )
    size = info.width, info.height
    image = _image(info.mode, size, decoded)
    return replace(opened, size=size, orientation=1, load=lambda _side: image, profile=profile or None)


def _decode(data: bytes) -> tuple[bool, Any, bytes, bytes]:
    """Whether it is the JPEG that the file was made from; what the decoder says of it; its bytes; the ICC profile."""
    try:
        is_jpeg, info, decoded, profile, _ = cast("Any", Decoder(num_threads=0)(data))
    except BaseException as error:
        # A panic of the decoder's Rust code is no Exception.
        if type(error).__name__ == "PanicException":
            raise ValueError(str(error)) from error
        raise
    return is_jpeg, info, decoded, profile


def _image(mode: str, size: tuple[int, int], pixels: bytes) -> Image.Image:
    """The decoder's pixels. Only grey has more than 8 bits there; its floats are from 0 to 1."""
    if mode in ("F", "F;16"):
        values = np.frombuffer(pixels, np.float32).reshape(size[::-1])
        return Image.fromarray(to_eight_bits(values, 1.0))
    if mode == "I;16":
        return Image.fromarray(to_eight_bits(np.frombuffer(pixels, np.uint16).reshape(size[::-1]), 65535.0))
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)


def _codestream(data: bytes) -> Iterator[bytes]:
    """The parts of the codestream, in the order of the file."""
    if data.startswith(CODESTREAM_START):
        yield data
        return
    for kind, start, end in _boxes(data):
        if kind == b"jxlc":
            yield data[start:end]
        elif kind == b"jxlp":
            yield data[start + 4 : end]


def _boxes(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    return iter(()) if data.startswith(CODESTREAM_START) else boxes_in(data, 0, len(data))


def _metadata(data: bytes, wanted: bytes) -> bytes | None:
    """The first box of this kind, which may be compressed by Brotli; None if it is too large."""
    for kind, start, end in _boxes(data):
        if kind == wanted:
            return data[start : min(end, start + _MOST_METADATA)]
        if kind == b"brob" and data[start : start + 4] == wanted:
            return _decompressed(data[start + 4 : end])
    return None


def _decompressed(compressed: bytes) -> bytes | None:
    try:
        return brotli.Decompressor().process(compressed, output_buffer_limit=_MOST_METADATA) or None
    except brotli.error:
        return None
