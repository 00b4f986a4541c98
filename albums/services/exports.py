"""Writes to exports: the zips of picked originals."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from albums import archive, jobs, storage
from albums.exceptions import NothingPicked, StillWorking
from albums.filenames import MAX_NAME_BYTES, safe_file_name
from albums.models import Album, Export, Photo
from albums.services.albums import objects_forget
from albums.services.claims import Claim, Stage, claim_rows, heartbeat, held, release_uncounted, released

BUILDING = Stage("state", Export.State.QUEUED, Export.State.BUILDING)


@transaction.atomic
def export_create(album: Album) -> Export:
    """Ask for a zip of the photos picked now. Later decisions do not change it.

    Raises:
        StillWorking: while photos are analyzed or grouped.
        NothingPicked: when there is no pick.

    """
    album = Album.objects.select_for_update().get(id=album.id)
    in_progress = {Album.Grouping.STALE, Album.Grouping.QUEUED, Album.Grouping.RUNNING}
    if album.grouping in in_progress or album.photos.filter(state__in=Photo.UNFINISHED).exists():
        raise StillWorking
    photos = list(album.photos.filter(picked=True, state=Photo.State.ANALYZED).order_by("taken_at", "name", "id"))
    # Photos without a time come last on every database; NULL sorts first on one and last on another.
    photos.sort(key=lambda photo: photo.taken_at is None)
    if not photos:
        raise NothingPicked
    names = archive.entry_names([archive.NamedPhoto(photo.name, photo.content_type) for photo in photos])
    export = Export.objects.create(
        album=album,
        file_name=_file_name(album.name),
        entries=[[str(photo.id), name] for photo, name in zip(photos, names, strict=True)],
        photo_count=len(photos),
        enqueued_at=Now(),
    )
    jobs.build_export(export.id)
    return export


def _file_name(album_name: str) -> str:
    """The album's name as a file name."""
    stem = safe_file_name(album_name, fallback="album", max_bytes=MAX_NAME_BYTES - len(".zip"))
    return f"{stem}.zip"


@transaction.atomic
def export_delete(export: Export) -> None:
    """Delete the export and its zip."""
    objects_forget(storage.export_key(export.album_id, export.id))
    export.delete()


def export_claim(export_id: UUID, *, task_id: str, worker: UUID | None = None) -> tuple[Export, Claim] | None:
    """Take the building of the zip, or None when it is not this message's to do."""
    token, count = claim_rows(Export.objects.filter(id=export_id), BUILDING, task_id=task_id, worker=worker)
    export = Export.objects.filter(id=export_id, claim=token).first() if count else None
    if export is None:
        return None
    claim = Claim(token, export.attempts)
    if claim.is_one_too_many:
        export_mark_failed(export_id, claim, "Building this zip stopped the worker several times. Try again.")
        return None
    return export, claim


def export_heartbeat(export_id: UUID, claim: Claim, *, photos_written: int) -> bool:
    """Say how far the zip is; False when the claim was lost, for example because the export was deleted."""
    Export.objects.filter(id=export_id, claim=claim.token).update(photos_written=photos_written)
    return heartbeat(Export.objects.filter(id=export_id), BUILDING, claim.token)


def export_mark_ready(export_id: UUID, claim: Claim, *, byte_size: int) -> bool:
    """The zip is in storage, whole. False when the claim was lost."""
    now = timezone.now()
    return bool(
        held(Export.objects.filter(id=export_id), BUILDING, claim.token).update(
            state=Export.State.READY,
            byte_size=byte_size,
            finished_at=now,
            expires_at=now + timedelta(days=settings.EXPORT_DAYS),
            error_message="",
            **released(),
        )
    )


def export_mark_failed(export_id: UUID, claim: Claim, message: str) -> bool:
    """Give the zip up, with a reason."""
    return bool(
        held(Export.objects.filter(id=export_id), BUILDING, claim.token).update(
            state=Export.State.FAILED, error_message=message, finished_at=timezone.now(), **released()
        )
    )


def export_release(export_id: UUID, claim: Claim) -> None:
    """Give the building back uncounted."""
    release_uncounted(Export.objects.filter(id=export_id), BUILDING, claim.token)
