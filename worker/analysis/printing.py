"""Makes the picture of a photo that is printed: upright, in sRGB, with as many pixels as its place needs."""

from __future__ import annotations

from math import ceil

import numpy as np
import simplejpeg

from worker.analysis.files import decode_photo, resize_to_fit
from worker.analysis.interface import DecodeLimits

_QUALITY = 92
_NEARLY = 16 / 15  # a decoder may reduce to 15/16 of what was asked for


def printed_jpeg(data: bytes, *, limits: DecodeLimits, width: int, height: int) -> tuple[bytes, int, int]:
    """A JPEG with its width and height: at most these, and less if the photo has fewer pixels; without metadata.

    A RAW file may show the picture that the camera embedded, whose shape differs a little: its edges are cut off.

    Raises:
        DecodeError: the file cannot be used.
    """
    longest = max(width, height)
    decoded = decode_photo(data, limits=limits, target_side=longest)
    rows, columns = decoded.image.shape[:2]
    scale = max(width / columns, height / rows)
    if scale > _NEARLY and decoded.width > columns:  # of another shape, so that more of it is needed
        decoded = decode_photo(data, limits=limits, target_side=ceil(max(rows, columns) * scale))
    image = decoded.image
    if image.shape[0] * width != image.shape[1] * height:
        rows, columns = image.shape[:2]
        kept_columns = min(columns, max(1, round(rows * width / height)))
        kept_rows = min(rows, max(1, round(columns * height / width)))
        top, left = (rows - kept_rows) // 2, (columns - kept_columns) // 2
        image = image[top : top + kept_rows, left : left + kept_columns]
    image = resize_to_fit(image, longest)[:height, :width]
    rows, columns = image.shape[:2]
    jpeg = simplejpeg.encode_jpeg(np.ascontiguousarray(image), quality=_QUALITY, colorsubsampling="444")
    return bytes(jpeg), columns, rows
