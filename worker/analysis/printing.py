"""Makes the picture of a photo that is printed: upright, in sRGB, with as many pixels as its place needs."""

from __future__ import annotations

import numpy as np
import simplejpeg

from worker.analysis.files import DecodeLimits, decode_photo, resize_to_fit

_QUALITY = 92


def printed_jpeg(data: bytes, *, limits: DecodeLimits, width: int, height: int) -> tuple[bytes, int, int]:
    """A JPEG with its width and height: at most these, and less if the photo has fewer pixels; without metadata.

    A RAW file may show the picture that the camera embedded, whose shape differs a little: its edges are cut off.

    Raises:
        DecodeError: the file cannot be used.
    """
    longest = max(width, height)
    image = decode_photo(data, limits=limits, target_side=longest).image
    if image.shape[0] * width != image.shape[1] * height:
        rows, columns = image.shape[:2]
        kept_columns = min(columns, max(1, round(rows * width / height)))
        kept_rows = min(rows, max(1, round(columns * height / width)))
        top, left = (rows - kept_rows) // 2, (columns - kept_columns) // 2
        image = image[top : top + kept_rows, left : left + kept_columns]
    image = np.ascontiguousarray(resize_to_fit(image, longest))[:height, :width]
    rows, columns = image.shape[:2]
    jpeg = simplejpeg.encode_jpeg(np.ascontiguousarray(image), quality=_QUALITY, colorsubsampling="444")
    return bytes(jpeg), columns, rows
