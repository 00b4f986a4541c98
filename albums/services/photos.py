"""Writes to photos: by workers, under a claim, and by people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from albums import jobs, storage
from albums.analysis import Sidecar
from albums.chunks import chunked
from albums.exceptions import RetriedTooOften
from albums.models import Album, Embedding, Photo
from albums.services.albums import albums_lock, albums_mark_stale, objects_forget, photos_that_may_return
from albums.services.claims import (
    Claim,
    claim_row,
    claim_waiting_rows,
    held,
    release_counted,
    release_uncounted,
    released,
)
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import albums_dispatch, dispatch_after_commit
from albums.services.looks import looks_forget
from albums.services.personal_ranker import personal_ranker_mark_changed
from albums.services.row_update import RowUpdate
from albums.services.turns import retry_take
from albums.stages import EMBED, PHOTO_STAGES, PREPARE, Stage

MAX_RETRIES = 3
_REEMBEDDED_AT_ONCE = 500
CRASHED_CODE = "crashed"
CRASHED_MESSAGE = (
    "This file crashed the analysis, so it was skipped. Save it again with another program and upload that copy."
)


TOO_SLOW_CODE = "too_slow"
TOO_SLOW_MESSAGE = (
    "Reading this file took too long, so it was skipped. Save a smaller copy with another program and upload that."
)
STOPPED_CODE = "stopped"
STOPPED_MESSAGE = "The operator of this service stopped the analysis. Try again, or ask the operator."


@dataclass(frozen=True)
class PreparedPhoto:
    """The result of the preparation. Sizes are in pixels of the upright photo; `taken_at` is wall-clock time."""

    content_type: str
    width: int
    height: int
    kind: str = Photo.Kind.PHOTO
    taken_at: datetime | None = None
    utc_offset_minutes: int | None = None
    time_source: str = Photo.TimeSource.NONE
    timeline_at: datetime | None = None
    order_key: bytes = b""
    camera: str = ""
    capture: dict[str, Any] = field(default_factory=dict)
    embedded_marks: dict[str, Any] | None = None
    description: str = ""
    scores: dict[str, float] = field(default_factory=dict)
    faces: list[dict[str, Any]] = field(default_factory=list)
    thumbnail_width: int | None = None
    thumbnail_height: int | None = None
    placeholder: str = ""
    histogram: bytes | None = None
    gradient_map: bytes | None = None


# --- By workers -------------------------------------------------------------------------------------------------------


def photo_claim_preparing(photo_id: UUID, *, task_id: str, worker: UUID | None = None) -> tuple[Photo, Claim] | None:
    """Claim the preparation of a photo. None when there is nothing to do for this message."""
    return _claim_one(photo_id, PREPARE, task_id, worker)


def photo_claim_embedding(photo_id: UUID, *, task_id: str, worker: UUID | None = None) -> tuple[Photo, Claim] | None:
    """Claim one photo whose batch failed before. It is embedded alone, so that it cannot crash other photos."""
    return _claim_one(photo_id, EMBED, task_id, worker)


def _claim_one(photo_id: UUID, stage: Stage, task_id: str, worker: UUID | None) -> tuple[Photo, Claim] | None:
    claimed = claim_row(Photo, photo_id, stage, task_id=task_id, worker=worker)
    if claimed is not None and claimed[1].is_one_too_many(stage):
        photo_mark_failed(photo_id, claimed[1], code=CRASHED_CODE, message=CRASHED_MESSAGE)
        return None
    return claimed


def photos_claim_embedding(
    photo_ids: Iterable[UUID], *, task_id: str, worker: UUID | None = None
) -> tuple[list[Photo], Claim]:
    """Claim the photos of a batch that have never been tried."""
    # A photo that has no attempt waits: each claim counts one.
    fresh = Photo.objects.filter(id__in=list(photo_ids), attempts=0)
    token, photos = claim_waiting_rows(fresh, EMBED, task_id=task_id, worker=worker)
    return photos, Claim(token, 1)


def photo_mark_prepared(photo_id: UUID, claim: Claim, prepared: PreparedPhoto) -> bool:
    """Write the result of the preparation. False when the claim was lost."""
    columns = {name: getattr(prepared, name) for name in prepared.__dataclass_fields__}
    values = _FINISHED | columns | {"state": Photo.State.PREPARED, "face_count": len(prepared.faces)}
    return _MARK_PREPARED.execute(
        match=(photo_id, Photo.State.PREPARING, claim.token), values=[values[name] for name in _MARK_PREPARED_WRITES]
    )


_FINISHED: dict[str, Any] = {"error_code": "", "error_message": "", "attempts": 0, **released()}
"""The columns of a photo whose stage has succeeded."""
_MARK_PREPARED_WRITES = ("state", *_FINISHED, *PreparedPhoto.__dataclass_fields__, "face_count")
_MARK_PREPARED = RowUpdate(Photo, write=_MARK_PREPARED_WRITES, now=("enqueued_at",), match=("id", "state", "claim"))


@transaction.atomic
def photo_mark_sidecar(photo_id: UUID, claim: Claim, sidecar: Sidecar) -> bool:
    """Write what a sidecar says. It has nothing to embed, so it is finished. False when the claim was lost."""
    rows = held(Photo.objects.filter(id=photo_id), PREPARE, claim.token)
    albums_mark_stale(_albums_of(rows))
    return bool(
        rows.update(
            state=Photo.State.ANALYZED,
            kind=Photo.Kind.SIDECAR,
            content_type=sidecar.content_type,
            # Workers of the version before refuse fields that they do not know.
            sidecar=msgspec.to_builtins(msgspec.structs.replace(sidecar, description=None)),
            description=sidecar.description or "",
            **_FINISHED,
        )
    )


def photos_set_times(photos: Iterable[Photo]) -> None:
    """Write times that the grouping has put on the wall clock. Each of several writers would write the same."""
    Photo.objects.bulk_update(photos, ["taken_at", "utc_offset_minutes"], batch_size=200)


def photos_send_to_embedding(photo_ids: Iterable[UUID]) -> set[UUID]:
    """Enqueue those of these photos that are prepared, including any that an interrupted delivery prepared earlier.

    Returns which they are.
    """
    ids = list(Photo.objects.filter(id__in=list(photo_ids), state=Photo.State.PREPARED).values_list("id", flat=True))
    if ids:
        jobs.embed_photos(ids)
    return set(ids)


@transaction.atomic
def photos_mark_analyzed(claim: Claim, vectors: Mapping[UUID, bytes], *, model: str, version: str) -> list[UUID]:
    """Write the vectors of the photos that this claim still holds, and return their ids."""
    rows = held(Photo.objects.filter(id__in=list(vectors)), EMBED, claim.token)
    albums_mark_stale(_albums_of(rows))
    photos = list(rows.select_for_update().order_by("id").values_list("id", flat=True))
    Embedding.objects.bulk_create(
        (Embedding(photo_id=photo_id, model=model, version=version, vector=vectors[photo_id]) for photo_id in photos),
        update_conflicts=True,
        unique_fields=["photo", "model"],
        update_fields=["version", "vector", "created_at"],
    )
    rows.update(state=Photo.State.ANALYZED, **_FINISHED)
    return photos


def _albums_of(photos: QuerySet[Photo]) -> QuerySet[Any]:
    return photos.order_by().values("album")


def photos_reembed(*, model: str, version: str) -> int:
    """Send analyzed photos back to embedding if this version of the model has not embedded them. Returns how many.

    It goes from album to album: looking for the next photos of all would pass over those that are done, each time.
    """
    albums = Album.objects.order_by("id").values_list("id", flat=True)
    return sum(_album_reembed(album_id, model, version) for album_id in list(albums))


def _album_reembed(album_id: UUID, model: str, version: str) -> int:
    described = Embedding.objects.filter(photo=OuterRef("pk"), model=model, version=version)
    photos = Photo.objects.filter(
        ~Exists(described), ~Q(kind=Photo.Kind.SIDECAR), album=album_id, state=Photo.State.ANALYZED
    )
    sent = 0
    for ids in chunked(photos.order_by("id").values_list("id", flat=True), _REEMBEDDED_AT_ONCE):
        with transaction.atomic():
            albums_mark_stale([album_id])
            analyzed = Photo.objects.filter(id__in=ids, state=Photo.State.ANALYZED)
            sent += analyzed.update(state=Photo.State.PREPARED, attempts=0, enqueued_at=None, **released())
            albums_dispatch([album_id])
    return sent


@transaction.atomic
def photo_mark_failed(photo_id: UUID, claim: Claim, *, code: str, message: str) -> bool:
    """Mark the photo as failed, with a reason. False when the claim was lost."""
    rows = Photo.objects.filter(id=photo_id, claim=claim.token, state__in=[stage.working for stage in PHOTO_STAGES])
    albums_mark_stale(_albums_of(rows))
    failed = rows.update(
        state=Photo.State.FAILED,
        error_code=code,
        error_message=message,
        cluster=None,
        picked=False,
        left_out=False,
        **released(),
    )
    return bool(failed)


def photo_try_again(photo: Photo, claim: Claim, *, too_slow: bool) -> None:
    """Release a photo whose analysis crashed or took too long, so that it is tried again.

    After `max_attempts`, or when too many attempts of the account have failed lately, mark it as failed instead. The
    attempt stays counted. Fair dispatch enqueues the photo again.
    """
    if claim.attempts < PREPARE.max_attempts and retry_take(photo.album.owner_id):
        release_counted(Photo.objects.filter(id=photo.id), PREPARE, claim.token, at_once=True)
        return
    code, message = (TOO_SLOW_CODE, TOO_SLOW_MESSAGE) if too_slow else (CRASHED_CODE, CRASHED_MESSAGE)
    photo_mark_failed(photo.id, claim, code=code, message=message)


def photos_release_uncounted(photo_ids: Iterable[UUID], claim: Claim) -> None:
    """Release photos without counting the attempt, because something else failed. The sweep enqueues them again."""
    rows = Photo.objects.filter(id__in=list(photo_ids))
    for stage in PHOTO_STAGES:
        release_uncounted(rows, stage, claim.token)


# --- By people --------------------------------------------------------------------------------------------------------


@transaction.atomic
def photos_retry(album: Album, photo_ids: Iterable[UUID] | None = None, *, by_operator: bool = False) -> int:
    """Retry failed photos from the start: these photos, or all of the album's failed photos.

    Their owner can retry each photo `MAX_RETRIES` times, and again after an operator did.

    Raises:
        RetriedTooOften: when the owner has done so with all of them.

    """
    failed = Photo.objects.filter(album=album, state=Photo.State.FAILED)
    if photo_ids is not None:
        failed = failed.filter(id__in=list(photo_ids))
    albums_lock([album.id])
    retries = dict(failed.select_for_update().values_list("id", "retries"))
    ids = [photo_id for photo_id, count in retries.items() if by_operator or count < MAX_RETRIES]
    if retries and not ids:
        raise RetriedTooOften
    if ids:
        Photo.objects.filter(id__in=ids).update(
            state=Photo.State.UPLOADED,
            error_code="",
            error_message="",
            attempts=0,
            retries=0 if by_operator else F("retries") + 1,
            enqueued_at=None,
            **released(),
        )
        albums_mark_stale([album.id])
        dispatch_after_commit([album.owner_id])
    return len(ids)


def photos_retry_code(code: str) -> int:
    """For operators: retry all failed photos with this error code, in all accounts. Returns how many."""
    failed = Photo.objects.filter(state=Photo.State.FAILED, error_code=code).order_by()
    albums = Album.objects.filter(id__in=list(failed.values_list("album", flat=True).distinct()))
    return sum(
        photos_retry(album, list(failed.filter(album=album).values_list("id", flat=True)), by_operator=True)
        for album in albums
    )


@transaction.atomic
def photos_stop(album: Album) -> int:
    """Stop the analysis of an album. Unfinished photos fail with a reason, and people can retry them."""
    albums_lock([album.id])
    stopped = Photo.objects.filter(album=album, state__in=Photo.UNFINISHED).update(
        state=Photo.State.FAILED,
        error_code=STOPPED_CODE,
        error_message=STOPPED_MESSAGE,
        cluster=None,
        picked=False,
        left_out=False,
        **released(),
    )
    if stopped:
        albums_mark_stale([album.id])
        dispatch_after_commit([album.owner_id])
        album_group_if_ready(album.id)
    return stopped


@transaction.atomic
def photos_delete(album: Album, photo_ids: Iterable[UUID]) -> int:
    """Delete photos, their companions and everything made from them, and regroup the rest of the album.

    A failed photo is shown alone, so its companions from before stay.
    """
    albums_lock([album.id])
    # A worker that is about to write to one of these photos waits here, and then finds the photo gone.
    chosen = list(photo_ids)
    shown = Photo.objects.filter(id__in=chosen, album=album).exclude(state=Photo.State.FAILED).values("id")
    photos = Photo.objects.select_for_update().filter(Q(id__in=chosen) | Q(companion_of__in=shown), album=album)
    ids = list(photos.order_by("id").values_list("id", flat=True))
    returning = dict(photos.filter(photos_that_may_return()).values_list("id", "byte_size"))
    prefixes = {storage.photo_prefix(album.id, photo_id): returning.get(photo_id, 0) for photo_id in ids}
    objects_forget(prefixes, owner_id=album.owner_id)
    Photo.objects.filter(id__in=ids).delete()
    if ids:
        looks_forget(album.id, ids)
        dispatch_after_commit([album.owner_id])
        personal_ranker_mark_changed(album.owner_id, decided=False)
        albums_mark_stale([album.id])
        album_group_if_ready(album.id)
    return len(ids)
