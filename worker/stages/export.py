"""Export: stream the chosen originals into a zip in storage."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from uuid import UUID

from albums import storage
from albums.models import Export, Photo
from albums.services.claims import Claim
from albums.services.exports import (
    export_claim,
    export_heartbeat,
    export_mark_failed,
    export_mark_ready,
    export_release,
)
from albums.stages import EXPORT
from albums.storage import StorageError
from worker import runtime
from worker.database import release_on_database_failure
from worker.sandbox import SandboxUnavailable
from worker.stages.export_zip import OriginalError, OriginalMissing, WrittenZip, ZipEntry, write_zip
from worker.stages.heartbeats import ClaimLost, heartbeats
from worker.stages.originals import clean_original, open_original

logger = logging.getLogger(__name__)


def build_export(export_id: UUID, *, task_id: str) -> None:
    """Build the zip of an export."""
    claimed = export_claim(export_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    export, claim = claimed
    with release_on_database_failure(partial(export_release, export_id, claim)):
        _build_claimed(export, claim)


def _build_claimed(export: Export, claim: Claim) -> None:
    try:
        written = _write(export, claim)
    except ClaimLost:
        logger.info("Export %s was deleted, or another worker took it over, while this worker built it.", export.id)
    except OriginalError as error:
        logger.error("Export %s: %s", export.id, error)  # noqa: TRY400 - the message is enough
        _handle_original_error(export, claim, error)
    except (StorageError, SandboxUnavailable) as error:
        logger.warning("Releasing export %s: %s", export.id, error)
        export_release(export.id, claim)
        raise
    else:
        export_mark_ready(export.id, claim, byte_size=written.size, not_cleaned=written.not_cleaned)


def _handle_original_error(export: Export, claim: Claim, error: OriginalError) -> None:
    """Fail the export because of one original, or try again where that may help."""
    photo = Photo.objects.filter(id=error.photo_id).only("name").first()
    if photo is None:
        # The photo was deleted while the zip was built. The next attempt leaves it out; this one does not count.
        export_release(export.id, claim)
    elif isinstance(error, OriginalMissing):
        export_mark_failed(export.id, claim, Export.ErrorCode.ORIGINAL_MISSING, photo_name=photo.name)
    elif claim.attempts < EXPORT.max_attempts:
        # Another attempt shows whether the bytes were corrupted in transit or in storage.
        export_release(export.id, claim, is_counted=True)
    else:
        export_mark_failed(export.id, claim, Export.ErrorCode.ORIGINAL_CORRUPTED, photo_name=photo.name)


def _write(export: Export, claim: Claim) -> WrittenZip:
    entries = _entries(export)
    key = storage.export_key(export.album_id, export.id)
    expected_size = sum(entry.size for entry in entries)
    with storage.get_storage().open_writer(key, "application/zip", expected_size=expected_size) as writer:
        return write_zip(entries, writer, heartbeat=_heartbeat(export, claim))


def _entries(export: Export) -> list[ZipEntry]:
    """The export's photos in its order, except those deleted since."""
    photos = Photo.objects.filter(album_id=export.album_id).only(
        "id", "kind", "timeline_at", "created_at", "byte_size", "sha256"
    )
    by_id = {str(photo.id): photo for photo in photos.iterator()}
    return [_entry(export, by_id[photo_id], name) for photo_id, name in export.entries if photo_id in by_id]


def _entry(export: Export, photo: Photo, name: str) -> ZipEntry:
    strips = export.location == Export.Location.STRIP
    return ZipEntry(
        photo_id=photo.id,
        name=name,
        modified=photo.timeline_at or photo.created_at,
        size=photo.byte_size,
        open_original=partial(
            open_original,
            storage.original_key(export.album_id, photo.id),
            photo_id=photo.id,
            sha256=photo.sha256,
        ),
        clean=clean_original if strips and not photo.is_video else None,
        not_cleaned="video" if strips and photo.is_video else None,
    )


def _heartbeat(export: Export, claim: Claim) -> Callable[[int, int], None]:
    """Record the zip's progress."""

    def record(entries_written: int, _bytes_written: int) -> bool:
        return export_heartbeat(export.id, claim, photos_written=entries_written)

    return heartbeats(record)
