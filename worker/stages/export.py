"""Export: stream the chosen originals into a zip in storage, or what is printed of them into a PDF."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from albums import storage
from albums.exports.gallery import CHECKSUMS
from albums.exports.marks import LISTS, FileMarks
from albums.exports.parts import part_name
from albums.exports.pictures import becomes_jpeg
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
from worker.stages.export_gallery import gallery_entries
from worker.stages.export_pictures import resized
from worker.stages.export_ratings import in_turn, made_entry, marked, picks_list, ratings_csv, written
from worker.stages.export_zip import Change, OriginalError, OriginalMissing, WrittenZip, ZipEntry, write_zip
from worker.stages.heartbeats import ClaimLost, heartbeats
from worker.stages.originals import clean_original, open_original
from worker.stages.prints import NothingToPrint, write_print

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LeftBehind:
    """Names of files in the zip that are not quite what was wanted. The entries add to them as they are written."""

    not_marked: list[str] = field(default_factory=list)
    marked_beside: list[str] = field(default_factory=list)
    smaller: list[str] = field(default_factory=list)


def build_export(export_id: UUID, *, task_id: str) -> None:
    """Build the zip or the PDF of an export."""
    claimed = export_claim(export_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    export, claim = claimed
    with release_on_database_failure(partial(export_release, export_id, claim)):
        _build_claimed(export, claim)


def _build_claimed(export: Export, claim: Claim) -> None:
    try:
        result = _zip(export, claim) if export.kind == Export.Kind.ZIP else _print(export, claim)
    except ClaimLost:
        logger.info("Export %s was deleted, or another worker took it over, while this worker built it.", export.id)
    except OriginalError as error:
        logger.error("Export %s: %s", export.id, error)  # noqa: TRY400 - the message is enough
        _handle_original_error(export, claim, error)
    except (StorageError, SandboxUnavailable) as error:
        logger.warning("Export %s will be tried again, and no attempt counts: %s", export.id, error)
        export_release(export.id, claim)
        raise
    except NothingToPrint as error:
        logger.error("%s", error)  # noqa: TRY400 - the message is enough
        export_mark_failed(export.id, claim, Export.ErrorCode.CRASHED)
    else:
        if not export_mark_ready(export.id, claim, **result):
            _forget_if_deleted(export)


def _forget_if_deleted(export: Export) -> None:
    """Delete the file if the export was deleted while it was written. The objects of deleted rows go before that."""
    if not Export.objects.filter(id=export.id).exists():
        storage.get_storage().delete([storage.export_key(export.album_id, export.id)])


def _zip(export: Export, claim: Claim) -> dict[str, Any]:
    left_behind = LeftBehind()
    written = _write(export, claim, left_behind)
    return {
        "byte_size": written.size,
        "photos_written": written.count,
        "not_cleaned": written.not_cleaned,
        "not_marked": left_behind.not_marked,
        "marked_beside": left_behind.marked_beside,
        "smaller": left_behind.smaller,
    }


def _print(export: Export, claim: Claim) -> dict[str, Any]:
    written = write_print(export, claim)
    return {"byte_size": written.size, "photos_written": written.count, "print_notes": written.notes}


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


def _write(export: Export, claim: Claim, left_behind: LeftBehind) -> WrittenZip:
    entries, beside = _entries(export, left_behind)
    key = storage.export_key(export.album_id, export.id)
    expected_size = sum(entry.size or 0 for entry in entries)
    checksums = part_name(CHECKSUMS, export.part, export.part_count) if export.checksums else ""
    with storage.get_storage().open_writer(key, "application/zip", expected_size=expected_size) as writer:
        return write_zip(entries, writer, heartbeat=_heartbeat(export, claim), afterwards=beside, checksums=checksums)


def _entries(export: Export, left_behind: LeftBehind) -> tuple[list[ZipEntry], Iterator[ZipEntry]]:
    """The export's photos in its order, except those deleted since, and then the files made for it.

    And the sidecars of JPEGs that could not be written into, which are known when these files are written.
    """
    of_file = ("kind", "name", "folder", "byte_size", "sha256", "content_type", "width", "height")
    of_page = ("taken_at", "time_source", "timeline_at", "created_at", "thumbnail_width", "thumbnail_height")
    photos = Photo.objects.filter(album_id=export.album_id).only("id", *of_file, *of_page)
    by_id = {str(photo.id): photo for photo in photos.iterator()}
    marks = {name: of_file for name, of_file in (export.marks or {}).items() if of_file["photo"] in by_id}
    entries = [
        _entry(export, by_id[photo_id], name, marks.get(name), left_behind)
        for photo_id, name in export.entries
        if photo_id in by_id
    ]
    uploaded = {name for _, name in export.entries}
    new = (_new_sidecar(name, of_file, by_id, left_behind) for name, of_file in marks.items() if name not in uploaded)
    entries += [*new, *_lists(export, marks, by_id), *gallery_entries(export, by_id)]
    return entries, _beside(marks, by_id, left_behind)


def _beside(marks: Mapping[str, FileMarks], by_id: Mapping[str, Photo], left_behind: LeftBehind) -> Iterator[ZipEntry]:
    for jpeg in left_behind.marked_beside:
        name = marks[jpeg].get("beside", f"{jpeg}.xmp")  # zips requested before this version have no such name
        yield _new_sidecar(name, marks[jpeg], by_id, left_behind)


def _new_sidecar(name: str, marks: FileMarks, by_id: Mapping[str, Photo], left_behind: LeftBehind) -> ZipEntry:
    return made_entry(name, by_id[marks["photo"]], marked(marks, name, left_behind.not_marked))


def _entry(export: Export, photo: Photo, name: str, marks: FileMarks | None, left_behind: LeftBehind) -> ZipEntry:
    strips = export.location == Export.Location.STRIP
    changes: list[Change] = []
    if becomes_jpeg(photo, export.jpeg_size):
        changes.append(resized(photo, export, name, left_behind.smaller))
    elif strips and not photo.is_video:
        changes.append(clean_original)
    if marks is not None:
        is_sidecar = photo.kind == Photo.Kind.SIDECAR
        changes.append(marked(marks, name, left_behind.not_marked if is_sidecar else left_behind.marked_beside))
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
        change=in_turn(changes),
        not_cleaned="video" if strips and photo.is_video else None,
    )


def _lists(export: Export, marks: Mapping[str, FileMarks], by_id: Mapping[str, Photo]) -> list[ZipEntry]:
    if export.ratings != Export.Ratings.ONLY or not by_id:
        return []
    rows = {of_file["photo"]: of_file for of_file in marks.values()}
    rated = [(by_id[photo_id], of_file) for photo_id, of_file in rows.items()]
    contents = (ratings_csv(rated), picks_list(rated))
    photo = next(iter(by_id.values()))
    return [made_entry(name, photo, written(content)) for name, content in zip(LISTS, contents, strict=True)]


def _heartbeat(export: Export, claim: Claim) -> Callable[[int, int], None]:
    """Record the zip's progress."""

    def record(entries_written: int, _bytes_written: int) -> bool:
        return export_heartbeat(export.id, claim, photos_written=entries_written)

    return heartbeats(record)
