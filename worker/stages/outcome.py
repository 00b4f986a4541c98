"""How a stage ends: photos fail with a reason, and follow-up work is enqueued."""

from __future__ import annotations

import logging
from collections.abc import Collection
from uuid import UUID

from albums.models import Photo
from albums.services.claims import Claim
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import photos_dispatch_after_commit
from albums.services.photos import photo_mark_failed

logger = logging.getLogger(__name__)


def mark_failed(photo: Photo, claim: Claim, code: str, message: str) -> None:
    """Fail a photo with a message for its owner."""
    logger.info("Photo %s of album %s failed: %s", photo.id, photo.album_id, code)
    photo_mark_failed(photo.id, claim, code=code, message=message)


def enqueue_follow_ups(album_ids: Collection[UUID]) -> None:
    """Dispatch the next photos of the albums' accounts, and group albums that have no unfinished photos."""
    photos_dispatch_after_commit(album_ids)
    for album_id in album_ids:
        album_group_if_ready(album_id)
