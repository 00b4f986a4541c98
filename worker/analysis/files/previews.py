"""The two smaller copies of a photo that people see: the preview fills a screen, the thumbnail a place in a list.

The thumbnail is also what the embedding is made from, so everything that embeds takes it from here.
"""

from __future__ import annotations

from worker.analysis.files.colour import Pixels
from worker.analysis.files.decoding import encode_jpeg, resize_to_fit

PREVIEW_SIDE = 2048
THUMBNAIL_SIDE = 512
_PREVIEW_QUALITY = 85
_THUMBNAIL_QUALITY = 88


def smaller_copies(image: Pixels) -> tuple[Pixels, Pixels]:
    """The preview and the thumbnail of an upright photo (height, width, 3)."""
    preview = resize_to_fit(image, PREVIEW_SIDE)
    return preview, resize_to_fit(preview, THUMBNAIL_SIDE, nearly=True)


def preview_bytes(preview: Pixels) -> bytes:
    """The preview as JPEG."""
    return encode_jpeg(preview, quality=_PREVIEW_QUALITY)


def thumbnail_bytes(thumbnail: Pixels) -> bytes:
    """The thumbnail as JPEG."""
    return encode_jpeg(thumbnail, quality=_THUMBNAIL_QUALITY)
