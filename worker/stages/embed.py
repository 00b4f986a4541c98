"""Embed: read the thumbnails, compute their vectors in batches, write them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings

from albums import storage
from albums.models import Photo
from albums.services.claims import Claim
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import photos_dispatch_after_commit
from albums.services.early_groups import album_group_early_if_due
from albums.services.photos import (
    photo_claim_embedding,
    photos_claim_embedding,
    photos_mark_analyzed,
    photos_release_uncounted,
)
from albums.storage import ObjectMissing, StorageError
from worker import runtime
from worker.analysis import embedding
from worker.analysis.files import thumbnail_pixels
from worker.analysis.interface import EncoderError
from worker.database import release_on_database_failure
from worker.stages.outcome import mark_failed

logger = logging.getLogger(__name__)

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_LOADER_THREADS = 4


def embed_photos(photo_ids: Sequence[UUID], *, task_id: str) -> None:
    """Compute the vectors of the photos: new ones in batches, those whose batch failed before one by one.

    A photo whose batch failed is tried alone from then on. So three failures fail one photo, not sixteen.
    """
    photos, claim = photos_claim_embedding(photo_ids, task_id=task_id, worker=runtime.worker_run())
    albums = {photo.album_id for photo in photos}
    is_all = len(photos) == len(photo_ids)
    if not is_all:
        albums |= set(Photo.objects.filter(id__in=photo_ids).values_list("album_id", flat=True))
    try:
        if photos:
            _embed_or_release(photos, claim)
        for photo_id in [] if is_all else _still_to_embed(photo_ids):
            claimed = photo_claim_embedding(photo_id, task_id=task_id, worker=runtime.worker_run())
            if claimed is not None:
                _embed_or_release([claimed[0]], claimed[1])
    finally:
        photos_dispatch_after_commit(albums)
        for album_id in albums:
            if not album_group_early_if_due(album_id):
                album_group_if_ready(album_id)


def _still_to_embed(photo_ids: Sequence[UUID]) -> list[UUID]:
    """The photos of a message that may still need a vector, if others had some of them when the batch was claimed."""
    states = [Photo.State.PREPARED, Photo.State.EMBEDDING]
    return list(Photo.objects.filter(id__in=photo_ids, state__in=states).values_list("id", flat=True))


def _embed_or_release(photos: Sequence[Photo], claim: Claim) -> None:
    """Release the photos when storage, the database or the model file fails. That does not count as their attempt."""
    release = partial(photos_release_uncounted, [photo.id for photo in photos], claim)
    with release_on_database_failure(release):
        try:
            _embed_claimed(photos, claim)
        except (StorageError, EncoderError) as error:
            logger.warning("%d photos will be compared again, and no attempt counts: %s", len(photos), error)
            release()
            raise


def _embed_claimed(photos: Sequence[Photo], claim: Claim) -> None:
    """Threads read and decode the next thumbnails while the encoder works on a batch."""
    encoder = runtime.encoder()
    by_id = {photo.id: photo for photo in photos}
    store = storage.get_storage()

    def load(photo: Photo) -> Pixels:
        return thumbnail_pixels(store.read_bytes(storage.thumbnail_key(photo.album_id, photo.id)))

    sources = ((photo.id, lambda photo=photo: load(photo)) for photo in photos)
    for batch in embedding.encode_stream(
        encoder, sources, batch_size=settings.EMBEDDING_BATCH, loader_threads=_LOADER_THREADS
    ):
        vectors = {
            photo_id: vector.astype("<f2").tobytes() for photo_id, vector in zip(batch.ids, batch.vectors, strict=True)
        }
        photos_mark_analyzed(claim, vectors, model=encoder.name, version=encoder.version)
        for photo_id, error in batch.errors.items():
            _handle_thumbnail_error(by_id[photo_id], claim, error)


def _handle_thumbnail_error(photo: Photo, claim: Claim, error: Exception) -> None:
    if isinstance(error, ObjectMissing):
        mark_failed(photo, claim, "thumbnail_missing", "This photo's thumbnail is missing. Retry to make a new one.")
    elif isinstance(error, StorageError):
        raise error
    else:
        logger.error("The thumbnail of photo %s cannot be read: %s", photo.id, error)
        mark_failed(photo, claim, "thumbnail_unreadable", "This photo's thumbnail is damaged. Retry to make a new one.")
