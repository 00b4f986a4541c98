"""The pictures that are made for a zip: JPEGs of a size, and those of the page that shows it. And how large they are.

The sizes are estimates, because the web process has no image library and nothing is made before the zip is built.
"""

from __future__ import annotations

from collections.abc import Iterable

from albums.models import Photo

_BYTES_PER_PIXEL = 0.16  # of photos from twelve cameras: decision 68
_MOST_BYTES_PER_PIXEL = 0.5  # twice the most of these
_THUMBNAIL_BYTES = 40_000
_PREVIEW_BYTES = 300_000

INLINE_PHOTOS = 400
"""Up to this many photos, the page in a zip has its thumbnails within it, so that it shows them wherever it is opened.

File viewers of phones show a page without the files beside it.
"""


def becomes_jpeg(photo: Photo, size: int) -> bool:
    """Whether a JPEG of at most `size` pixels on the longer side is made of it. No JPEG is made that would fit already.

    A size of 0 means that the originals are wanted. Videos and sidecars always are.
    """
    if not size or photo.kind != Photo.Kind.PHOTO:
        return False
    return photo.content_type != "image/jpeg" or max(photo.width or 0, photo.height or 0) > size


def expected_bytes(photo: Photo, size: int, *, at_most: bool = False) -> int:
    """The size of its file in the zip, which is an estimate for a JPEG that is made: the usual one, or the largest."""
    if not becomes_jpeg(photo, size):
        return photo.byte_size
    return round(_pixels(photo, size) * (_MOST_BYTES_PER_PIXEL if at_most else _BYTES_PER_PIXEL))


def has_own_picture(photo: Photo, size: int) -> bool:
    """Whether the page shows the file in the zip itself: a video, or a JPEG that is no larger than a screen needs."""
    return bool(size) or photo.kind == Photo.Kind.VIDEO


def gallery_bytes(shown: Iterable[Photo], size: int) -> int:
    """About how much the page adds to a zip with these photos."""
    photos = list(shown)
    return len(photos) * _THUMBNAIL_BYTES + sum(_PREVIEW_BYTES for photo in photos if not has_own_picture(photo, size))


def _pixels(photo: Photo, size: int) -> float:
    width, height = photo.width or size, photo.height or size
    return width * height * min(1.0, size / max(width, height)) ** 2
