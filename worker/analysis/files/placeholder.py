"""A picture of a few pixels that stands where a thumbnail will be, small enough to travel with the row."""

from __future__ import annotations

import base64
import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 16  # pixels of the longer side; blurred to the size of a thumbnail, more would not be seen
MAX_CHARACTERS = 320
_QUALITIES = (40, 10, 0)  # the first is enough but for noise


def placeholder_uri(image: NDArray[np.uint8]) -> str:
    """A `data:` URI of the image, at most 16 pixels wide and high, to be shown enlarged and blurred.

    Every browser shows it as it is, where ThumbHash or BlurHash take a decoder and a canvas for each tile. WebP,
    because a JPEG's tables alone are 600 bytes.

    Args:
        image: upright sRGB, (h, w, 3).

    Returns:
        At most MAX_CHARACTERS of ASCII.
    """
    height, width, _ = image.shape
    scale = min(1.0, SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = Image.fromarray(np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8))
    for quality in _QUALITIES:
        uri = f"data:image/webp;base64,{base64.b64encode(_webp(small, quality)).decode('ascii')}"
        if len(uri) <= MAX_CHARACTERS:
            return uri
    raise ValueError(f"A placeholder of {len(uri)} characters, where {MAX_CHARACTERS} is the most.")


def _webp(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=6)
    return buffer.getvalue()
