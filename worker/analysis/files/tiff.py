"""Opens TIFF with Pillow, or with OpenCV if Pillow has no mode for the pixels. Both turn the pixels upright.

Pillow lacks modes for floating-point colour and for some mixtures of depths and planes. A very large TIFF is decoded in
parts (`tiff_parts`).
"""

from __future__ import annotations

import io
from functools import partial

from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from worker.analysis.files.damage import is_cut_off
from worker.analysis.files.picture import (
    DECODER_ERRORS,
    MOST_PIXELS,
    MOST_WHOLE_PIXELS,
    Picture,
    load_with_opencv,
    loaded,
)
from worker.analysis.files.tiff_parts import TiffParts
from worker.analysis.interface import DecodeError
from worker.analysis.metadata import Directory, read_orientation, read_tiff


def open_tiff(data: bytes) -> Picture:
    """Open a TIFF. Raises DecodeError, or one of DECODER_ERRORS."""
    first = read_tiff(data)
    _check_counts(first)
    picture = partial(Picture, "tiff", exif=data, xmp=first.raw(0x02BC) or None, profile=first.raw(0x8773) or None)
    width, height = first.integer(0x0100), first.integer(0x0101)
    parts = TiffParts.of(data, first)
    if parts and parts.width * parts.height > MOST_WHOLE_PIXELS:
        turned = read_orientation(data)
        return picture(size=(parts.width, parts.height), load=parts.load, orientation=turned, most_pixels=MOST_PIXELS)
    try:
        image = TiffImageFile(io.BytesIO(data))
    except DECODER_ERRORS as error:
        if not width or not height or width < 0 or height < 0:
            raise
        failure = error
        upright = (height, width) if read_orientation(data) >= 5 else (width, height)
        return picture(size=upright, load=lambda _side: _opencv_or_raise(data, failure))

    def load(_side: int) -> Image.Image:
        try:
            return loaded(image)
        except DECODER_ERRORS as error:
            return _opencv_or_raise(data, error)

    depth = first.integer(0x0102) or 0
    full_scale = 2.0**depth - 1 if 9 <= depth <= 16 else None
    return picture(size=image.size, load=load, full_scale=full_scale)


def _check_counts(first: Directory) -> None:
    """Refuse tags that claim more than a million numbers; Pillow would read gigabytes of them."""
    for directory in (first, first.directory(0x8769), first.directory(0x8825)):
        for entry in directory.entries.values():
            if entry.kind not in (1, 2, 7) and entry.count > 1 << 20:
                raise DecodeError(
                    "corrupt",
                    "This TIFF is damaged: its table of contents makes no sense. "
                    "Copy it again from its source, or save it as JPEG and upload that.",
                )


def _opencv_or_raise(data: bytes, failure: BaseException) -> Image.Image:
    image = None if is_cut_off(data, "tiff") else load_with_opencv(data)
    if image is None:
        raise failure
    return image
