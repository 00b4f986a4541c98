"""Prepare: read each original once, examine it in the sandbox, store smaller copies, write the measurements."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from time import monotonic
from uuid import UUID

import msgspec
from django.conf import settings

from albums import storage
from albums.analysis import Examination
from albums.event_counts import Event, count_event
from albums.log_context import log_context
from albums.models import Photo
from albums.services.claims import Claim
from albums.services.photos import (
    PreparedPhoto,
    photo_claim_preparing,
    photo_mark_prepared,
    photo_mark_sidecar,
    photo_try_again,
    photos_release_uncounted,
    photos_send_to_embedding,
)
from albums.services.turns import others_wait, photos_pass_on, turn_begin, turn_end, turn_seconds
from albums.storage import ObjectMissing, StorageError
from worker import runtime
from worker.analysis.interface import DecodeError, FaceModelError
from worker.analysis.metadata import may_be_sidecar
from worker.backoff import refusal_backoff
from worker.database import release_on_database_failure
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow, SandboxUnavailable
from worker.stages import rows
from worker.stages.originals import Original, read_original
from worker.stages.outcome import enqueue_follow_ups, mark_failed
from worker.stages.times import time_columns

logger = logging.getLogger(__name__)

_JPEG = "image/jpeg"
_PICTURE_KEYS = (storage.preview_key, storage.thumbnail_key, storage.large_key)
NOT_THE_PHOTO = (StorageError, FaceModelError, SandboxUnavailable)
"""The service failed, so the photo is released and its attempt does not count."""

# The message is given up after this many released photos in a row. A storage that fails now and then needs no pause.
_MOST_RELEASED = 3
_MISSING_MESSAGE = "The upload is incomplete. Upload the file again."


def prepare_photos(photo_ids: Sequence[UUID], *, task_id: str) -> None:
    """Prepare the photos, or as many as their account's turn allows. The others go to the end of the queue."""
    waiting = _still_to_prepare(photo_ids)
    # A message of the sweep may have photos of several accounts. Those of the first one come first.
    own = [photo for photo in waiting if photo.album.owner_id == waiting[0].album.owner_id]
    others = [photo.id for photo in waiting if photo not in own]
    if own and not turn_begin(own[0].album.owner_id, len(own)):
        photos_pass_on([*others, *(photo.id for photo in own)])
        return
    try:
        left = _prepare_in_turn(own, task_id=task_id) if own else []
        photos_pass_on([*others, *left])
    finally:
        prepared = photos_send_to_embedding(photo_ids)
        # Photos make room for the next, and their albums ready to be grouped, when they are embedded or have failed.
        if not prepared.issuperset(photo.id for photo in waiting):
            enqueue_follow_ups({photo.album_id for photo in waiting})


def _still_to_prepare(photo_ids: Sequence[UUID]) -> list[Photo]:
    states = [Photo.State.UPLOADED, Photo.State.PREPARING]
    photos = Photo.objects.filter(id__in=photo_ids, state__in=states).select_related("album")
    by_id = {photo.id: photo for photo in photos.only("id", "album_id", "byte_size", "album__owner_id")}
    return [by_id[photo_id] for photo_id in photo_ids if photo_id in by_id]


def _prepare_in_turn(photos: Sequence[Photo], *, task_id: str) -> list[UUID]:
    """Decode, measure and shrink each photo while the next one downloads. Returns those that the turn left no time for.

    The sandbox examines each photo. If the sandbox dies, only that photo's attempt fails. A photo is claimed only when
    the previous one is finished, so if this process is killed, at most one photo loses an attempt.

    Raises:
        One of `NOT_THE_PHOTO`: when it released several photos in a row, or the last one. The sweep finds the others.

    """
    left = [photo.id for photo in photos]
    ends = monotonic() + settings.TASK_TIME_LIMIT / 2  # a message that reached the limit would lose its process
    worked = 0.0  # without the time of photos that were released
    released_in_a_row = 0
    try:
        with ThreadPoolExecutor(3, thread_name_prefix="storage") as transfers:
            for photo, original in _download_ahead(photos, transfers):
                began = monotonic()
                left.remove(photo.id)
                try:
                    with refusal_backoff.pause_on_refusal():
                        if photo is photos[0]:
                            runtime.sandbox().start()
                            began = monotonic()  # a new worker's start is not on the account's time
                        _prepare(photo, original, transfers, task_id)
                except NOT_THE_PHOTO:
                    released_in_a_row += 1
                    if released_in_a_row == _MOST_RELEASED or photo is photos[-1]:
                        raise
                    continue
                released_in_a_row = 0
                worked += monotonic() - began
                if worked >= turn_seconds(len(photos)):
                    if monotonic() >= ends or others_wait(photo.album.owner_id):
                        break
                    worked = 0.0  # the next turn begins at once
    finally:
        turn_end(photos[0].album.owner_id, len(photos), seconds=worked)
    return left


def _download_ahead(photos: Sequence[Photo], transfers: ThreadPoolExecutor) -> Iterator[tuple[Photo, Future[Original]]]:
    """Each photo with its bytes. The next photo downloads while the caller works on this one."""

    def download(photo: Photo) -> Future[Original]:
        return transfers.submit(_read, photo)

    following: Future[Original] | None = None
    for index, photo in enumerate(photos):
        current = following or download(photo)
        following = download(photos[index + 1]) if index + 1 < len(photos) else None
        yield photo, current


def _prepare(photo: Photo, original: Future[Original], transfers: ThreadPoolExecutor, task_id: str) -> None:
    claimed = photo_claim_preparing(photo.id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    release = partial(photos_release_uncounted, [photo.id], claimed[1])
    with log_context(album_id=photo.album_id, photo_id=photo.id), release_on_database_failure(release):
        _prepare_claimed(*claimed, original, transfers)


def _prepare_claimed(photo: Photo, claim: Claim, original: Future[Original], transfers: ThreadPoolExecutor) -> None:
    stored: list[Future[None]] = []
    try:
        verified = _verify_announced(photo, original.result())
        if may_be_sidecar(photo.name, verified.size):
            sidecar = runtime.sandbox().read_sidecar(verified.data, photo.name)
            if sidecar is not None:
                photo_mark_sidecar(photo.id, claim, sidecar)
                return
        examination = runtime.sandbox().examine(
            verified.data,
            skipped=verified.skipped,
            limits=replace(
                runtime.photo_limits(),
                max_video_bytes=settings.MAX_VIDEO_BYTES,
                max_video_seconds=settings.MAX_VIDEO_SECONDS,
                max_full_size_pixels=settings.MAX_FULL_SIZE_PIXELS,
            ),
            face_model=runtime.face_model(),
            pictures_ready=lambda *pictures: stored.extend(_store(photo, pictures, transfers)),
        )
        for picture in stored:
            picture.result()
    except DecodeError as error:
        mark_failed(photo, claim, error.code, error.message)
    except ObjectMissing:
        mark_failed(photo, claim, "object_missing", _MISSING_MESSAGE)
    except (ExaminationCrashed, ExaminationTooSlow) as error:
        count_event(Event.SANDBOX_DIED)
        # Not logger.exception: the message is enough.
        logger.error("Photo %s of album %s, attempt %d: %s", photo.id, photo.album_id, claim.attempts, error)  # noqa: TRY400
        photo_try_again(photo, claim, too_slow=isinstance(error, ExaminationTooSlow))
    except NOT_THE_PHOTO as error:
        logger.warning("Photo %s will be tried again, and no attempt counts: %s", photo.id, error)
        photos_release_uncounted([photo.id], claim)
        # A storage that took one of the two pictures fails only now and then: no reason to pause or to stop.
        if not isinstance(error, StorageError) or all(picture.exception() for picture in stored):
            raise
    else:
        photo_mark_prepared(photo.id, claim, _prepared_photo(photo, examination))


def _read(photo: Photo) -> Original:
    return read_original(photo, most=settings.MAX_PHOTO_BYTES)


def _verify_announced(photo: Photo, original: Original) -> Original:
    """Check that these are the announced bytes, which presigned uploads cannot enforce on every storage.

    If they differ, they may have been corrupted in transit, so read them once more before failing the photo.
    """
    if not original.is_of(photo):
        original = _read(photo)
        if not original.is_of(photo):
            raise DecodeError("checksum_mismatch", _MISSING_MESSAGE)
    return original


def _store(photo: Photo, pictures: Sequence[bytes], transfers: ThreadPoolExecutor) -> list[Future[None]]:
    """Start writing the preview, the thumbnail and, if there is one, the picture at full size to storage."""
    store = storage.get_storage()
    keys = [key(photo.album_id, photo.id) for key in _PICTURE_KEYS[: len(pictures)]]
    return [transfers.submit(store.write_bytes, key, data, _JPEG) for key, data in zip(keys, pictures, strict=True)]


def _prepared_photo(photo: Photo, examination: Examination) -> PreparedPhoto:
    """The values for the photo's row."""
    capture = examination.capture
    return PreparedPhoto(
        content_type=examination.content_type,
        width=examination.width,
        height=examination.height,
        kind=Photo.Kind.VIDEO if examination.content_type.startswith("video/") else Photo.Kind.PHOTO,
        camera=rows.camera_name(capture),
        capture=rows.capture_to_json(capture),
        embedded_marks=rows.embedded_marks(capture),
        description=capture.description or "",
        scores=examination.features.scores,
        faces=msgspec.to_builtins(examination.features.faces),
        thumbnail_width=examination.thumbnail_width,
        thumbnail_height=examination.thumbnail_height,
        placeholder=examination.placeholder,
        histogram=Photo.pack_histogram(examination.histogram),
        gradient_map=examination.features.gradient_map,
        **time_columns(capture, photo),
    )
