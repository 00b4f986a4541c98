"""The way of a photo, one stage a function: the one place where albums, storage and analysis meet.

Every stage claims its rows, may run twice, and passes over rows that are gone or not its to do. What one photo does
wrong stays with that photo; what the storage or the database do wrong gives the photos back uncounted.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
from django.conf import settings
from kombu.exceptions import OperationalError

from albums import archive, jobs, storage
from albums.analysis import Examination
from albums.log_context import log_context
from albums.models import Export, Photo
from albums.services.claims import Claim
from albums.services.clusters import (
    album_claim_grouping,
    album_group_if_ready,
    album_release_grouping,
    clusters_replace,
)
from albums.services.dispatch import albums_dispatch
from albums.services.exports import (
    export_claim,
    export_heartbeat,
    export_mark_failed,
    export_mark_ready,
    export_release,
)
from albums.services.photos import (
    PreparedPhoto,
    photo_claim_embedding,
    photo_claim_preparing,
    photo_mark_failed,
    photo_mark_prepared,
    photo_release,
    photo_try_again,
    photos_claim_embedding,
    photos_mark_analyzed,
    photos_send_to_embedding,
)
from albums.services.recovery import (
    albums_recover,
    exports_expire,
    exports_recover,
    objects_delete,
    personal_rankers_recover,
    photos_recover,
    sessions_forget,
    uploads_abandon,
    workers_forget,
)
from albums.storage import ObjectMissing, StorageError
from worker import columns, grouping, learning, runtime
from worker.analysis import embedding
from worker.analysis.faces import FaceModelError
from worker.analysis.files import THUMBNAIL_SIDE, DecodeError, DecodeLimits, decode_photo
from worker.database import given_back_when_the_database_fails
from worker.originals import open_original
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow, SandboxUnavailable

logger = logging.getLogger(__name__)

Pixels = np.ndarray[Any, np.dtype[np.uint8]]

_JPEG = "image/jpeg"
_LOADER_THREADS = 4
_HEARTBEAT_SECONDS = 2.0
# Far longer than any task may run.
_STALE_UPLOAD = timedelta(days=2)

_MISSING_MESSAGE = "The file did not arrive whole. Upload it again."


# --- prepare ----------------------------------------------------------------------------------------------------------


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
            for photo, original in _with_originals(waiting, transfers):
                claimed = photo_claim_preparing(photo.id, task_id=task_id, worker=runtime.worker_run())
                if claimed is not None:
                    give_back = partial(photo_release, [photo.id], claimed[1])
                    with (
                        log_context(album_id=photo.album_id, photo_id=photo.id),
                        given_back_when_the_database_fails(give_back),
                    ):
                        _prepare_claimed(*claimed, original, transfers)
    finally:
        photos_send_to_embedding(photo_ids)
        _go_on({photo.album_id for photo in waiting})


def _with_originals(photos: Sequence[Photo], transfers: ThreadPoolExecutor) -> Iterator[tuple[Photo, Future[bytes]]]:
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
        data = _as_announced(photo, original.result())
        examination = runtime.sandbox().examine(
            data,
            limits=DecodeLimits(max_bytes=settings.MAX_PHOTO_BYTES, max_pixels=settings.MAX_PHOTO_PIXELS),
            face_model=settings.FACE_MODEL,
            pictures_ready=lambda *pictures: stored.extend(_store(photo, pictures, transfers)),
        )
        for picture in stored:
            picture.result()
    except DecodeError as error:
        _fail(photo, claim, error.code, error.message)
    except ObjectMissing:
        _fail(photo, claim, "object_missing", _MISSING_MESSAGE)
    except (ExaminationCrashed, ExaminationTooSlow) as error:
        logger.error("Photo %s of album %s, attempt %d: %s", photo.id, photo.album_id, claim.attempts, error)  # noqa: TRY400 - the sentence says all
        photo_try_again(photo.id, claim, too_slow=isinstance(error, ExaminationTooSlow))
    except (StorageError, FaceModelError, SandboxUnavailable) as error:
        logger.warning("Photo %s of album %s is given back: %s", photo.id, photo.album_id, error)
        photo_release([photo.id], claim)
        raise
    else:
        photo_mark_prepared(photo.id, claim, _prepared(photo, examination))


def _as_announced(photo: Photo, data: bytes) -> bytes:
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


def _prepared(photo: Photo, examination: Examination) -> PreparedPhoto:
    """What the row is told, with the file's own time where the photo has none."""
    capture = examination.capture
    return PreparedPhoto(
        content_type=examination.content_type,
        width=examination.width,
        height=examination.height,
        camera=columns.camera_name(capture),
        capture=columns.capture_to_json(capture),
        scores=examination.features.scores,
        faces=[face.to_json() for face in examination.features.faces],
        thumbnail_width=examination.thumbnail_width,
        thumbnail_height=examination.thumbnail_height,
        placeholder=examination.placeholder,
        histogram=Photo.pack_histogram(examination.histogram),
        gradient_map=examination.features.gradient_map,
        **columns.time_columns(capture, photo.modified_at),
    )


def _fail(photo: Photo, claim: Claim, code: str, message: str) -> None:
    logger.info("Photo %s of album %s failed: %s", photo.id, photo.album_id, code)
    photo_mark_failed(photo.id, claim, code=code, message=message)


# --- embed ------------------------------------------------------------------------------------------------------------


def embed_photos(photo_ids: Sequence[UUID], *, task_id: str) -> None:
    """Compute the vectors of the photos: new ones in batches, those that failed in a batch before one by one."""
    albums = set(Photo.objects.filter(id__in=photo_ids).values_list("album_id", flat=True))
    try:
        photos, claim = photos_claim_embedding(photo_ids, task_id=task_id, worker=runtime.worker_run())
        if photos:
            _embed_or_give_back(photos, claim)
        for photo_id in _not_embedded(photo_ids):
            claimed = photo_claim_embedding(photo_id, task_id=task_id, worker=runtime.worker_run())
            if claimed is not None:
                _embed_or_give_back([claimed[0]], claimed[1])
    finally:
        _go_on(albums)


def _not_embedded(photo_ids: Sequence[UUID]) -> list[UUID]:
    """Those that may still have to be embedded: mostly none, once their batch is done."""
    states = [Photo.State.PREPARED, Photo.State.EMBEDDING]
    return list(Photo.objects.filter(id__in=photo_ids, state__in=states).values_list("id", flat=True))


def _embed_or_give_back(photos: Sequence[Photo], claim: Claim) -> None:
    """What storage, database or the model's file do wrong is not held against the photos."""
    give_back = partial(photo_release, [photo.id for photo in photos], claim)
    with given_back_when_the_database_fails(give_back):
        try:
            _embed_claimed(photos, claim)
        except (StorageError, embedding.EncoderError) as error:
            logger.warning("%d photos are given back: %s", len(photos), error)
            give_back()
            raise


def _embed_claimed(photos: Sequence[Photo], claim: Claim) -> None:
    """Thumbnails are read and decoded by threads while the encoder works on the batch before."""
    encoder = runtime.encoder()
    by_id = {photo.id: photo for photo in photos}
    store = storage.get_storage()

    def load(photo: Photo) -> Pixels:
        data = store.read_bytes(storage.thumbnail_key(photo.album_id, photo.id))
        return decode_photo(data, target_side=THUMBNAIL_SIDE).image

    sources = ((photo.id, lambda photo=photo: load(photo)) for photo in photos)
    for batch in embedding.encode_stream(
        encoder, sources, batch_size=settings.EMBEDDING_BATCH, loader_threads=_LOADER_THREADS
    ):
        vectors = {
            photo_id: vector.astype("<f2").tobytes() for photo_id, vector in zip(batch.ids, batch.vectors, strict=True)
        }
        photos_mark_analyzed(claim, vectors, model=encoder.name, version=encoder.version)
        for photo_id, error in batch.errors.items():
            _thumbnail_failed(by_id[photo_id], claim, error)


def _thumbnail_failed(photo: Photo, claim: Claim, error: Exception) -> None:
    if isinstance(error, ObjectMissing):
        _fail(photo, claim, "thumbnail_missing", "The small copy of this photo is gone. Retry makes it again.")
    elif isinstance(error, StorageError):
        raise error
    else:
        logger.error("Photo %s: its thumbnail cannot be read: %s", photo.id, error)
        _fail(photo, claim, "thumbnail_unreadable", "The small copy of this photo is broken. Retry makes it again.")


def _go_on(album_ids: set[UUID]) -> None:
    """What follows a chunk: the next photos of the same people, and the groups of albums that are finished."""
    albums_dispatch(album_ids)
    for album_id in album_ids:
        album_group_if_ready(album_id)


# --- group ------------------------------------------------------------------------------------------------------------


def group_album(album_id: UUID, *, task_id: str) -> None:
    """Group the album's photos, rank each group, and put the result in place of the last."""
    claimed = album_claim_grouping(album_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    album, claim = claimed
    with given_back_when_the_database_fails(partial(album_release_grouping, album_id, claim)):
        ranked_by = learning.ranker_for(album)
        clusters, singles = grouping.grouped(album, learning.read_ranker(ranked_by, album.owner_id))
        if not clusters_replace(album_id, claim, clusters, singles, ranked_by=ranked_by):
            logger.info("Album %s changed while it was grouped; its next grouping follows.", album_id)


# --- export -----------------------------------------------------------------------------------------------------------


def build_export(export_id: UUID, *, task_id: str) -> None:
    """Stream the chosen originals into the zip."""
    claimed = export_claim(export_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    export, claim = claimed
    with given_back_when_the_database_fails(partial(export_release, export_id, claim)):
        _build_claimed(export, claim)


def _build_claimed(export: Export, claim: Claim) -> None:
    try:
        size, not_cleaned = _write_archive(export, claim)
    except _ClaimLost:
        logger.info("Export %s was deleted or taken over while it was built.", export.id)
    except archive.ArchiveError as error:
        logger.error("Export %s: %s", export.id, error)  # noqa: TRY400 - the sentence says all
        _original_failed(export, claim, error)
    except StorageError as error:
        logger.warning("Export %s is given back, the storage failed: %s", export.id, error)
        export_release(export.id, claim)
        raise
    else:
        export_mark_ready(export.id, claim, byte_size=size, not_cleaned=not_cleaned)


def _original_failed(export: Export, claim: Claim, error: archive.ArchiveError) -> None:
    """Give the zip up for an original that cannot go into it, or try again where that may help."""
    photo_id = next(photo_id for photo_id, name in export.entries if name == error.entry_name)
    photo = Photo.objects.filter(id=photo_id).only("name").first()
    if photo is None:
        # Deleted while the zip was built, which is not counted: the next attempt does without it.
        export_release(export.id, claim)
    elif isinstance(error, archive.EntryMissing):
        export_mark_failed(export.id, claim, Export.ErrorCode.ORIGINAL_MISSING, photo_name=photo.name)
    elif claim.attempts < settings.MAX_ATTEMPTS:
        # Corrupted on its way, or in storage? Further attempts tell.
        export_release(export.id, claim, is_counted=True)
    else:
        export_mark_failed(export.id, claim, Export.ErrorCode.ORIGINAL_CORRUPTED, photo_name=photo.name)


class _ClaimLost(Exception):
    """Somebody else builds this zip, or nobody wants it any more."""


def _write_archive(export: Export, claim: Claim) -> tuple[int, list[str]]:
    """The size of the zip, and the names in it of files that could not be cleaned."""
    store = storage.get_storage()
    not_cleaned: set[str] = set()
    photos = {str(photo.id): photo for photo in _photos_of(export)}
    entries = [
        archive.ArchiveEntry(
            name=name,
            modified=photos[photo_id].taken_at or photos[photo_id].created_at,
            size=photos[photo_id].byte_size,
            open_stream=partial(
                open_original,
                storage.original_key(export.album_id, photo_id),
                photos[photo_id].sha256,
                export.location,
                name,
                not_cleaned,
            ),
        )
        for photo_id, name in export.entries
        if photo_id in photos  # deleted since
    ]
    last_heartbeat = 0.0

    def heartbeat(entries_written: int, _bytes_written: int) -> None:
        nonlocal last_heartbeat
        if time.monotonic() - last_heartbeat < _HEARTBEAT_SECONDS:
            return
        last_heartbeat = time.monotonic()
        if not export_heartbeat(export.id, claim, photos_written=entries_written):
            raise _ClaimLost

    expected = sum(photo.byte_size for photo in photos.values())
    key = storage.export_key(export.album_id, export.id)
    with store.open_writer(key, "application/zip", expected_size=expected) as writer:
        size = archive.write_archive(entries, writer, heartbeat=heartbeat).size
    return size, [entry.name for entry in entries if entry.name in not_cleaned]


def _photos_of(export: Export) -> Iterator[Photo]:
    photos = Photo.objects.filter(album_id=export.album_id)
    return photos.only("id", "taken_at", "created_at", "byte_size", "sha256").iterator()


# --- upkeep -----------------------------------------------------------------------------------------------------------


def delete_objects() -> None:
    """Delete the objects of deleted rows; what storage cannot do now, the next sweep does."""
    try:
        objects_delete()
    except StorageError as error:
        logger.warning("Deleted photos' objects stay for now, the storage failed: %s", error)


def delete_unfinished_objects() -> None:
    """Throw away what writers that were killed left half-written."""
    try:
        storage.get_storage().abort_stale_uploads(_STALE_UPLOAD)
    except StorageError as error:
        logger.warning("Half-written objects stay for now, the storage failed: %s", error)


def sweep() -> None:
    """Everything that must happen although nobody asks for it."""
    try:
        found = (
            photos_recover(jobs.waiting_messages),
            albums_recover(jobs.waiting_messages),
            exports_recover(jobs.waiting_messages),
        )
        personal_rankers_recover(jobs.waiting_messages)
    except OperationalError as error:
        logger.warning("The sweep could not ask the broker, and comes again: %s", error)
        return
    if any(found):
        logger.warning("The sweep set going again: %d photos, %d albums, %d exports.", *found)
    exports_expire()
    uploads_abandon()
    workers_forget()
    sessions_forget()
    delete_objects()
    delete_unfinished_objects()
