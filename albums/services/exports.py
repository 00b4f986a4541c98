"""Writes to exports: requests zips, and records what becomes of zips and prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Greatest, Now

from albums import storage
from albums.analysis import NotCleanedReason
from albums.exceptions import NothingPicked, StillWorking, TooManyParts
from albums.exports.gallery import gallery_page
from albums.exports.marks import export_marks, file_count
from albums.exports.parts import marks_of, plan_parts
from albums.exports.plan import DEFAULT_OPTIONS, ExportOptions, ExportPlan, export_plan, is_still_working
from albums.models import Album, Export
from albums.quotas import Quota
from albums.services.albums import objects_forget
from albums.services.claims import (
    Claim,
    claim_row,
    heartbeat,
    held,
    release_counted,
    release_uncounted,
    released,
)
from albums.services.dispatch import albums_dispatch, dispatch_after_commit
from albums.services.quotas import quota_room
from albums.stages import EXPORT

_REMEDY = (
    "Reject that photo to leave it out and make a new one, or ask the operator of this service to restore the original."
)
_SENTENCES = {
    Export.ErrorCode.ORIGINAL_MISSING: "The original of '{photo}' is missing. " + _REMEDY,
    Export.ErrorCode.ORIGINAL_CORRUPTED: "The original of '{photo}' is damaged. " + _REMEDY,
    Export.ErrorCode.CRASHED: (
        "Making this failed several times. Make a new one. If that fails too, tell the operator of this service."
    ),
    Export.ErrorCode.STOPPED: "The operator of this service stopped this. Make a new one, or ask the operator.",
}


def export_create(album: Album, options: ExportOptions = DEFAULT_OPTIONS) -> Export:
    """Request a zip as `exports_create` does. Returns it, or the first of its parts."""
    return exports_create(album, options)[0]


def exports_create(album: Album, options: ExportOptions = DEFAULT_OPTIONS) -> list[Export]:
    """Request a zip of the photos as they are picked now, or all its parts. Later decisions do not change it.

    Raises:
        InvalidNamePattern: when the pattern cannot name files.
        QuotaExceeded: when the account already has as many zips, or as many in progress, as it may have, or when all
            its zips together would be too large.
        TooManyParts: when there is room for a zip, but not for all its parts.
        StillWorking: while photos are being analyzed or grouped.
        NothingPicked: when the zip would be empty.

    """
    # Before any lock: the names of thousands of photos may take a second.
    earlier = export_plan(album, options)
    with transaction.atomic():
        return _exports_create(album, options, earlier)


def _exports_create(album: Album, options: ExportOptions, earlier: ExportPlan) -> list[Export]:
    room = quota_room(album.owner_id, Quota.JOBS, Quota.EXPORTS, Quota.EXPORT_BYTES)
    room.require(jobs=1, exports=1)
    album = Album.objects.select_for_update().get(id=album.id)
    if is_still_working(album):
        raise StillWorking
    plan = export_plan(album, options, earlier=earlier)
    if not plan.photos:
        raise NothingPicked
    marks = export_marks(plan)
    parts = plan_parts(plan)
    room.require(export_bytes=plan.byte_size)
    if (full := room.take(exports=len(parts) - 1)) is not None:
        raise _too_many_parts(len(parts), limit=full.limit, used=full.used - 1)
    batch = uuid4() if len(parts) > 1 else None
    exports = [
        Export.objects.create(
            album=album,
            selection=options.selection,
            min_stars=options.min_stars,
            layout=options.layout,
            name_pattern=options.name_pattern,
            location=options.location,
            ratings=options.ratings,
            sets=options.sets,
            jpeg_size=options.jpeg_size,
            checksums=options.checksums,
            gallery=options.gallery,
            gallery_page=gallery_page(part),
            batch=batch,
            part=number,
            part_count=len(parts),
            marks=(of_part := marks_of(part, marks)),
            file_name=part.file_name,
            entries=[[str(photo.id), name] for photo, name in part.entries],
            photo_count=file_count(part, of_part),
            byte_size=part.byte_size,  # as expected; the real size follows
        )
        for number, part in enumerate(parts, start=1)
    ]
    dispatch_after_commit([album.owner_id])
    return exports


def _too_many_parts(count: int, *, limit: int, used: int) -> TooManyParts:
    error = TooManyParts(
        f"These would be {count:,} zips. This account may keep {limit:,} and keeps {used:,}. "
        "Choose larger parts, or delete earlier zips."
    )
    error.extra = {"limit": limit, "used": used}
    return error


@transaction.atomic
def export_delete(export: Export) -> None:
    """Delete the export and its zip."""
    objects_forget({storage.export_key(export.album_id, export.id): 0})
    export.delete()
    albums_dispatch([export.album_id])


@transaction.atomic
def export_stop(export: Export) -> bool:
    """Stop an unfinished export. False when it was already finished."""
    unfinished = Export.objects.filter(id=export.id, state__in=[Export.State.QUEUED, Export.State.BUILDING])
    stopped = unfinished.update(**_failure(Export.ErrorCode.STOPPED), **released())
    if stopped:
        albums_dispatch([export.album_id])
    return bool(stopped)


def export_claim(export_id: UUID, *, task_id: str, worker: UUID | None = None) -> tuple[Export, Claim] | None:
    """Claim the export. None when there is nothing to do for this message."""
    claimed = claim_row(Export, export_id, EXPORT, task_id=task_id, worker=worker)
    if claimed is not None and claimed[1].is_one_too_many(EXPORT):
        export_mark_failed(export_id, claimed[1], Export.ErrorCode.CRASHED)
        return None
    return claimed


def export_heartbeat(export_id: UUID, claim: Claim, *, photos_written: int) -> bool:
    """Record the progress. False when the claim was lost, for example because the export was deleted."""
    # Sidecars of JPEGs that could not be written into are more files than were planned.
    planned = Greatest("photo_count", photos_written)
    Export.objects.filter(id=export_id, claim=claim.token).update(photos_written=photos_written, photo_count=planned)
    return heartbeat(Export.objects.filter(id=export_id), EXPORT, claim.token)


def export_mark_ready(
    export_id: UUID,
    claim: Claim,
    *,
    byte_size: int,
    photos_written: int,
    not_cleaned: Mapping[str, NotCleanedReason] | None = None,
    not_marked: Sequence[str] = (),
    marked_beside: Sequence[str] = (),
    smaller: Sequence[str] = (),
    print_notes: Mapping[str, Any] | None = None,
) -> bool:
    """Record that the whole file is in storage. False when the claim was lost.

    `photos_written` counts its files: fewer than planned if photos were deleted, and more if JPEGs got sidecars because
    nothing could be written into them, which `marked_beside` names. `not_cleaned` names the files in the
    zip that may still hold a place or a serial number although they should be removed, each with the reason.
    `not_marked` names those without the stars and picks that they should have, and `smaller` the JPEGs with fewer
    pixels than was asked. `print_notes` is what there is to say of a PDF.
    """
    return _end(
        export_id,
        claim,
        state=Export.State.READY,
        byte_size=byte_size,
        photos_written=photos_written,
        photo_count=Greatest("photo_count", photos_written),
        not_cleaned=list(not_cleaned or {}),
        not_cleaned_reasons=dict(not_cleaned or {}),
        not_marked=list(not_marked),
        marked_beside=list(marked_beside),
        print_notes=print_notes,
        smaller=list(smaller),
        finished_at=Now(),
        expires_at=Now() + timedelta(days=settings.EXPORT_DAYS),
    )


def export_mark_failed(export_id: UUID, claim: Claim, code: Export.ErrorCode, *, photo_name: str = "") -> bool:
    """Mark the export as failed, with a reason and the photo that caused it, if any. False when the claim was lost."""
    return _end(export_id, claim, **_failure(code, photo_name))


def _failure(code: Export.ErrorCode, photo_name: str = "") -> dict[str, Any]:
    """The columns of a failed export."""
    return {
        "state": Export.State.FAILED,
        "error_code": code,
        "error_message": _SENTENCES[code].format(photo=photo_name),
        "error_photo_name": photo_name,
        "finished_at": Now(),
    }


@transaction.atomic
def _end(export_id: UUID, claim: Claim, **columns: Any) -> bool:
    """Write the outcome and dispatch the account's next export. False when the claim was lost."""
    exports = Export.objects.filter(id=export_id)
    ended = held(exports, EXPORT, claim.token).update(**columns, **released())
    if ended:
        albums_dispatch(exports.values_list("album_id", flat=True))
    return bool(ended)


def export_release(export_id: UUID, claim: Claim, *, is_counted: bool = False) -> None:
    """Release the export. The attempt counts only if the export may have caused the failure."""
    release = release_counted if is_counted else release_uncounted
    release(Export.objects.filter(id=export_id), EXPORT, claim.token)
