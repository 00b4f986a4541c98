"""A tiny picture that is shown until the thumbnail has loaded, small enough for the photo's database row."""

from __future__ import annotations

import base64
import io

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

SIDE = 16  # pixels of the longer side; more would not be visible once it is blurred to the size of a thumbnail
MAX_CHARACTERS = 320
_QUALITIES = (40, 10, 0)  # only noise needs more than the first


def placeholder_uri(image: NDArray[np.uint8]) -> str:
    """A `data:` URI of the image, at most 16 pixels wide and high, to be shown enlarged and blurred.

    Every browser shows it without help; ThumbHash and BlurHash need a decoder and a canvas for each thumbnail. It is
    WebP, because the tables of a JPEG alone take 600 bytes.

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
    raise ValueError(f"The placeholder has {len(uri)} characters; the limit is {MAX_CHARACTERS}.")


def _webp(image: Image.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=quality, method=6)
    return buffer.getvalue()
