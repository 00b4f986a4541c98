"""Prepare: read each original once, examine it in the sandbox, store smaller copies, write what was measured."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from uuid import UUID

import msgspec
from django.conf import settings

from albums import storage
from albums.analysis import Examination
from albums.log_context import log_context
from albums.models import Photo
from albums.services.claims import Claim
from albums.services.photos import (
    PreparedPhoto,
    photo_claim_preparing,
    photo_mark_prepared,
    photo_release,
    photo_try_again,
    photos_send_to_embedding,
)
from albums.storage import ObjectMissing, StorageError
from worker import runtime
from worker.analysis.faces import FaceModelError
from worker.analysis.files import DecodeError, DecodeLimits
from worker.database import release_on_database_failure
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow, SandboxUnavailable
from worker.stages import rows
from worker.stages.outcome import enqueue_follow_ups, mark_failed

logger = logging.getLogger(__name__)

_JPEG = "image/jpeg"
_MISSING_MESSAGE = "The file did not arrive whole. Upload it again."


def prepare_photos(photo_ids: Sequence[UUID], *, task_id: str) -> None:
    """Decode, measure and shrink each photo, the next one's bytes on their way meanwhile; then ask for vectors.

    Each is examined in the sandbox, whose end is the end of that photo's attempt and of nothing else. It is claimed
    only when the one before it is finished, so that whatever kills this process takes one photo along at most.
    """
    waiting = list(
        Photo.objects.filter(id__in=photo_ids, state__in=[Photo.State.UPLOADED, Photo.State.PREPARING]).only(
            "id", "album_id"
        )
    )
    try:
        with ThreadPoolExecutor(3, thread_name_prefix="storage") as transfers:
            for photo, original in _download_ahead(waiting, transfers):
                claimed = photo_claim_preparing(photo.id, task_id=task_id, worker=runtime.worker_run())
                if claimed is not None:
                    release = partial(photo_release, [photo.id], claimed[1])
                    with (
                        log_context(album_id=photo.album_id, photo_id=photo.id),
                        release_on_database_failure(release),
                    ):
                        _prepare_claimed(*claimed, original, transfers)
    finally:
        photos_send_to_embedding(photo_ids)
        enqueue_follow_ups({photo.album_id for photo in waiting})


def _download_ahead(photos: Sequence[Photo], transfers: ThreadPoolExecutor) -> Iterator[tuple[Photo, Future[bytes]]]:
    """Each photo with its bytes, one download ahead of the photo that is worked on."""
    store = storage.get_storage()

    def download(photo: Photo) -> Future[bytes]:
        return transfers.submit(store.read_bytes, storage.original_key(photo.album_id, photo.id))

    following: Future[bytes] | None = None
    for index, photo in enumerate(photos):
        current = following or download(photo)
        following = download(photos[index + 1]) if index + 1 < len(photos) else None
        yield photo, current


def _prepare_claimed(photo: Photo, claim: Claim, original: Future[bytes], transfers: ThreadPoolExecutor) -> None:
    stored: list[Future[None]] = []
    try:
        data = _verify_announced(photo, original.result())
        examination = runtime.sandbox().examine(
            data,
            limits=DecodeLimits(max_bytes=settings.MAX_PHOTO_BYTES, max_pixels=settings.MAX_PHOTO_PIXELS),
            face_model=settings.FACE_MODEL,
            pictures_ready=lambda *pictures: stored.extend(_store(photo, pictures, transfers)),
        )
        for picture in stored:
            picture.result()
    except DecodeError as error:
        mark_failed(photo, claim, error.code, error.message)
    except ObjectMissing:
        mark_failed(photo, claim, "object_missing", _MISSING_MESSAGE)
    except (ExaminationCrashed, ExaminationTooSlow) as error:
        logger.error("Photo %s of album %s, attempt %d: %s", photo.id, photo.album_id, claim.attempts, error)  # noqa: TRY400 - the sentence says all
        photo_try_again(photo.id, claim, too_slow=isinstance(error, ExaminationTooSlow))
    except (StorageError, FaceModelError, SandboxUnavailable) as error:
        logger.warning("Photo %s of album %s is given back: %s", photo.id, photo.album_id, error)
        photo_release([photo.id], claim)
        raise
    else:
        photo_mark_prepared(photo.id, claim, _prepared_photo(photo, examination))


def _verify_announced(photo: Photo, data: bytes) -> bytes:
    """The bytes that were announced: presigned uploads cannot promise it on every storage.

    Others are read once more before the photo is given up for them: they may have been corrupted on their way.
    """
    if not _is_announced(photo, data):
        data = storage.get_storage().read_bytes(storage.original_key(photo.album_id, photo.id))
        if not _is_announced(photo, data):
            raise DecodeError("checksum_mismatch", _MISSING_MESSAGE)
    return data


def _is_announced(photo: Photo, data: bytes) -> bool:
    return len(data) == photo.byte_size and hashlib.sha256(data).hexdigest() == photo.sha256


def _store(photo: Photo, pictures: Sequence[bytes], transfers: ThreadPoolExecutor) -> list[Future[None]]:
    """Send the preview and the thumbnail on their way."""
    store = storage.get_storage()
    keys = [key(photo.album_id, photo.id) for key in (storage.preview_key, storage.thumbnail_key)]
    return [transfers.submit(store.write_bytes, key, data, _JPEG) for key, data in zip(keys, pictures, strict=True)]


def _prepared_photo(photo: Photo, examination: Examination) -> PreparedPhoto:
    """What the row is told, with the file's own time where the photo has none."""
    capture = examination.capture
    return PreparedPhoto(
        content_type=examination.content_type,
        width=examination.width,
        height=examination.height,
        camera=rows.camera_name(capture),
        capture=rows.capture_to_json(capture),
        scores=examination.features.scores,
        faces=msgspec.to_builtins(examination.features.faces),
        thumbnail_width=examination.thumbnail_width,
        thumbnail_height=examination.thumbnail_height,
        placeholder=examination.placeholder,
        histogram=Photo.pack_histogram(examination.histogram),
        gradient_map=examination.features.gradient_map,
        **rows.time_columns(capture, photo.modified_at),
    )
