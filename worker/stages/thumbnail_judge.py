"""A look at the thumbnails of an album where its grouping needs one, and a memory of what was judged.

Who moves the similarity groups an album again and again, and its pictures stay what they are; so each process remembers
what it has looked at.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import cv2
import numpy as np

from albums import storage
from albums.models import Photo
from albums.storage import StorageError
from worker.analysis.files import DecodeError, decode_photo
from worker.analysis.grouping import PhotoSet, PictureJudge
from worker.analysis.measures import Grey

logger = logging.getLogger(__name__)

Judged = TypeVar("Judged")

_READER_THREADS = 4
_MAX_CACHED = 10_000

_cache: OrderedDict[Hashable, object] = OrderedDict()


class ThumbnailJudge:
    """Judges photos of one album by their thumbnails.

    Without its thumbnails a run has no sets, until the album is grouped again; that is no reason to leave it ungrouped.
    """

    def __init__(self, photos: Sequence[Photo]) -> None:
        self._photos = photos

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """The sets in a run of photos that have a capture time, in order of it."""
        photos, rows = [self._photos[row] for row in run], range(len(run))
        seconds = [photo.taken_at.timestamp() if photo.taken_at else 0.0 for photo in photos]
        return _cached(photos, lambda images: PictureJudge(images.__getitem__, seconds).photo_sets(rows)) or []

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """Whether two photos are one shot; None where they cannot be looked at."""
        photos = [self._photos[one], self._photos[other]]
        # Two photos are never a set, so their ids name what was judged of them.
        return _cached(photos, lambda images: PictureJudge(images.__getitem__, []).are_one_shot(0, 1))


def clear_cache() -> None:
    """Look at everything anew."""
    _cache.clear()


def _cached(photos: Sequence[Photo], judge: Callable[[Sequence[Grey | None]], Judged]) -> Judged:
    """What was judged of some photos, or is now."""
    key = tuple(photo.id for photo in photos)
    if key in _cache:
        _cache.move_to_end(key)
        return _cache[key]  # type: ignore[return-value] # as many photos are always judged in the same way
    with ThreadPoolExecutor(min(_READER_THREADS, len(photos)), thread_name_prefix="thumbnails") as readers:
        images = list(readers.map(_thumbnail, photos))
    judged = judge(images)
    if all(image is not None for image in images):
        _cache[key] = judged
        if len(_cache) > _MAX_CACHED:
            _cache.popitem(last=False)
    return judged


def _thumbnail(photo: Photo) -> Grey | None:
    """In grey; None where it cannot be had."""
    key = storage.thumbnail_key(photo.album_id, photo.id)
    try:
        image = decode_photo(storage.get_storage().read_bytes(key)).image
    except (StorageError, DecodeError) as error:
        logger.warning("The thumbnail of photo %s cannot be looked at: %s", photo.id, error)
        return None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
