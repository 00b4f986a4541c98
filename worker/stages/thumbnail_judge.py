"""Compare thumbnails of an album for its grouping, and cache the results.

People move the similarity slider and so group the same album again and again, but its pictures do not change. So each
process keeps its results.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

import cv2
import numpy as np

from albums import storage
from albums.models import Photo
from albums.storage import StorageError
from worker.analysis.files import DecodeError, decode_photo
from worker.analysis.grouping import PhotoSet, PictureJudge, Structure, find_structure
from worker.analysis.measures import Grey

logger = logging.getLogger(__name__)

Judged = TypeVar("Judged")

_READER_THREADS = 4
_MAX_CACHED = 10_000

_cache: OrderedDict[Hashable, object] = OrderedDict()


class ThumbnailJudge:
    """Judges photos of one album by their thumbnails.

    If thumbnails cannot be read, the photos are still grouped, but no sets are found until the next grouping.
    """

    def __init__(self, photos: Sequence[Photo]) -> None:
        self._photos = photos

    def photo_sets(self, run: Sequence[int]) -> Sequence[PhotoSet]:
        """The photo sets in a run of photos, which all have a capture time and are ordered by it."""
        photos, rows = [self._photos[row] for row in run], range(len(run))
        seconds = [photo.taken_at.timestamp() if photo.taken_at else 0.0 for photo in photos]
        return _cached("sets", photos, lambda images: PictureJudge(images.__getitem__, seconds).photo_sets(rows)) or []

    def are_one_shot(self, one: int, other: int) -> bool | None:
        """Whether two photos are the same shot; None where a thumbnail cannot be read."""
        photos = [self._photos[one], self._photos[other]]
        return _cached("copies", photos, lambda images: PictureJudge(images.__getitem__, []).are_one_shot(0, 1))

    def pages(self, group: Sequence[int]) -> Sequence[int] | None:
        """The pages that the photos of a group show; None where a thumbnail cannot be read."""
        photos, rows = [self._photos[row] for row in group], range(len(group))
        return _cached("pages", photos, lambda images: PictureJudge(images.__getitem__, []).pages(rows))

    def structures(self, rows: Sequence[int]) -> Sequence[Structure | None]:
        """What thumbnails show, whatever their exposure; None for each that cannot be read."""
        photos = [self._photos[row] for row in rows]
        found: dict[UUID, Structure | None] = {photo.id: _cache.get((photo.id,)) for photo in photos}  # type: ignore[misc]
        missing = [photo for photo in photos if found[photo.id] is None]
        with ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="thumbnails") as readers:
            for photo, structure in zip(missing, readers.map(_structure, missing), strict=True):
                found[photo.id] = structure
                if structure is not None:
                    _keep((photo.id,), structure)
        return [found[photo.id] for photo in photos]


def clear_cache() -> None:
    """Forget all results, so that thumbnails are read again."""
    _cache.clear()


def _keep(key: Hashable, judged: object) -> None:
    _cache[key] = judged
    if len(_cache) > _MAX_CACHED:
        _cache.popitem(last=False)


def _cached(question: str, photos: Sequence[Photo], judge: Callable[[Sequence[Grey | None]], Judged]) -> Judged:
    """The cached answer to a question about these photos, or a new one."""
    key = (question, *(photo.id for photo in photos))
    if key in _cache:
        _cache.move_to_end(key)
        return _cache[key]  # type: ignore[return-value]
    with ThreadPoolExecutor(min(_READER_THREADS, len(photos)), thread_name_prefix="thumbnails") as readers:
        images = list(readers.map(_thumbnail, photos))
    judged = judge(images)
    if all(image is not None for image in images):
        _keep(key, judged)
    return judged


def _structure(photo: Photo) -> Structure | None:
    image = _thumbnail(photo)
    return None if image is None else find_structure(image)


def _thumbnail(photo: Photo) -> Grey | None:
    """The thumbnail in grey; None where it cannot be read."""
    key = storage.thumbnail_key(photo.album_id, photo.id)
    try:
        image = decode_photo(storage.get_storage().read_bytes(key)).image
    except (StorageError, DecodeError) as error:
        logger.warning("Cannot read the thumbnail of photo %s: %s", photo.id, error)
        return None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
