"""A look at the thumbnails of an album for focus stacks and panoramas, and a memory of what was seen.

Who moves the similarity groups an album again and again, and its pictures stay what they are; so each process remembers
the runs it has looked at.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import cv2
import numpy as np

from albums import storage
from albums.models import Photo
from albums.storage import StorageError
from worker.analysis.decoding import DecodeError, decode_photo
from worker.analysis.made_sets import MadeSet, find_made_sets
from worker.analysis.registration import Grey

logger = logging.getLogger(__name__)

_READER_THREADS = 4
_MOST_REMEMBERED = 4096

_seen: OrderedDict[tuple[UUID, ...], list[MadeSet]] = OrderedDict()


def made_sets_in(run: Sequence[Photo]) -> list[MadeSet]:
    """The sets in a run of photos that have a capture time, in order of it.

    Without its thumbnails a run has none, until the album is grouped again; that is no reason to leave it ungrouped.
    """
    key = tuple(photo.id for photo in run)
    if key in _seen:
        _seen.move_to_end(key)
        return _seen[key]
    with ThreadPoolExecutor(_READER_THREADS, thread_name_prefix="thumbnails") as readers:
        images = list(readers.map(_thumbnail, run))
    found = find_made_sets(images, [photo.taken_at.timestamp() if photo.taken_at else 0.0 for photo in run])
    if all(image is not None for image in images):
        _seen[key] = found
        if len(_seen) > _MOST_REMEMBERED:
            _seen.popitem(last=False)
    return found


def forget() -> None:
    """Look at everything anew."""
    _seen.clear()


def _thumbnail(photo: Photo) -> Grey | None:
    """In grey; None where it cannot be had."""
    key = storage.thumbnail_key(photo.album_id, photo.id)
    try:
        image = decode_photo(storage.get_storage().read_bytes(key)).image
    except (StorageError, DecodeError) as error:
        logger.warning("The thumbnail of photo %s cannot be looked at for sets: %s", photo.id, error)
        return None
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), np.uint8)
