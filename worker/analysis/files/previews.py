"""The two smaller copies of a photo: the preview fills a screen, the thumbnail a place in a list.

The embedding is computed from the thumbnail, so everything that embeds uses the thumbnail from here.
"""

from __future__ import annotations

import cv2
import numpy as np
import simplejpeg

from worker.analysis.files.colour import Pixels
from worker.analysis.files.resizing import resize_to_fit, side_to_show

PREVIEW_SIDE = 2048
THUMBNAIL_SIDE = 512
_PREVIEW_QUALITY = 85
_THUMBNAIL_QUALITY = 88


def smaller_copies(image: Pixels) -> tuple[Pixels, Pixels]:
    """The preview and the thumbnail of an upright photo (height, width, 3)."""
    height, width = image.shape[:2]
    preview = resize_to_fit(image, side_to_show(width, height, PREVIEW_SIDE))
    return preview, resize_to_fit(preview, side_to_show(width, height, THUMBNAIL_SIDE), nearly=True)


def preview_bytes(preview: Pixels) -> bytes:
    """The preview, or a photo at full size, as JPEG."""
    return encode_jpeg(preview, quality=_PREVIEW_QUALITY)


def thumbnail_bytes(thumbnail: Pixels) -> bytes:
    """The thumbnail as JPEG."""
    return encode_jpeg(thumbnail, quality=_THUMBNAIL_QUALITY)


def thumbnail_pixels(data: bytes) -> Pixels:
    """Decode what `thumbnail_bytes` made, to (height, width, 3) uint8. Raises ValueError if it is damaged."""
    return np.asarray(simplejpeg.decode_jpeg(data, "RGB"), np.uint8)


def encode_jpeg(image: Pixels, *, quality: int) -> bytes:
    """A baseline JPEG of an sRGB array (height, width, 3); `quality` is 1 to 100."""
    written, buffer = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise ValueError(f"OpenCV cannot write an array of shape {image.shape} as JPEG")
    return buffer.tobytes()
