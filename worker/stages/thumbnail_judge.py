"""Compare the thumbnails of an album for its grouping. The album's row of looks remembers the answers."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from albums import storage
from albums.models import Photo
from albums.storage import StorageError
from worker.analysis.grouping import Answers, PictureJudge, Structure, find_structure, grey_of_thumbnail
from worker.analysis.measures import Grey

logger = logging.getLogger(__name__)

_READER_THREADS = 4

_structures: dict[UUID, Structure] = {}


class ThumbnailJudge(PictureJudge):
    """Judges photos of one album by their thumbnails.

    If thumbnails cannot be read, the photos are still grouped, but no sets are found until the next grouping.

    Args:
        photos: of one album. Those of a photo set have a capture time.
        answers: what was seen before, by the ids of photos. New answers are added.
    """

    def __init__(self, photos: Sequence[Photo], answers: Answers) -> None:
        seconds = [photo.taken_at.timestamp() if photo.taken_at else 0.0 for photo in photos]
        super().__init__(lambda row: _thumbnail(photos[row]), seconds, [photo.id for photo in photos], answers)
        self._photos = photos

    def structures(self, rows: Sequence[int]) -> Sequence[Structure | None]:
        """What thumbnails show, whatever their exposure; None for each that cannot be read.

        They are small pictures, too large for the row. So each process keeps those that it was asked for last.
        """
        photos = [self._photos[row] for row in rows]
        missing = [photo for photo in photos if photo.id not in _structures]
        with ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="thumbnails") as readers:
            read = dict(zip((photo.id for photo in missing), readers.map(_structure, missing), strict=True))
        found = [_structures.get(photo.id) or read.get(photo.id) for photo in photos]
        _structures.clear()
        _structures.update({photo.id: seen for photo, seen in zip(photos, found, strict=True) if seen is not None})
        return found


def clear_cache() -> None:
    """Forget all structures, so that thumbnails are read again."""
    _structures.clear()


def _structure(photo: Photo) -> Structure | None:
    image = _thumbnail(photo)
    return None if image is None else find_structure(image)


def _thumbnail(photo: Photo) -> Grey | None:
    """The thumbnail in grey; None where it cannot be read."""
    key = storage.thumbnail_key(photo.album_id, photo.id)
    try:
        image = grey_of_thumbnail(storage.get_storage().read_bytes(key))
    except StorageError as error:
        logger.warning("Cannot read the thumbnail of photo %s: %s", photo.id, error)
        return None
    if image is None:
        logger.warning("The thumbnail of photo %s is damaged.", photo.id)
    return image
