"""The sweep: finds lost and abandoned work and enqueues it again, and deletes what has expired."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from albums import jobs, storage
from albums.models import Export, ObjectDeletion, Photo
from albums.services.albums import albums_mark_stale, objects_forget
from albums.services.claims import release_abandoned, released
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import exports_dispatch_all, frames_dispatch_all, photos_dispatch_all
from albums.services.sidecars import albums_with_waiting_sidecars
from albums.stages import STAGES, Stage

_ROWS_PER_SWEEP = 5_000
_DELETIONS_AT_ONCE = 100
_DELETION_SECONDS = 5.0
_PENDING_DAYS = 7
# While messages wait in the queue, a waiting row probably has its message there too. So each message adds one
# REQUEUE_AFTER_SECONDS, up to this many. The queues are short, since fair dispatch limits each account's part.
_MOST_PATIENCE = 60
# Nothing is built of an expired export again. Its plan names photos that may be deleted by now.
_EXPIRED: dict[str, Any] = {
    "state": Export.State.EXPIRED,
    "entries": [],
    "marks": {},
    "gallery_page": None,
    "print_plan": None,
}


def work_recover(queue_length: Callable[[jobs.Queue], int]) -> dict[str, int]:
    """Release abandoned claims, and enqueue work that is due, was lost, or waits for fair dispatch.

    Returns:
        How many rows were enqueued, by stage name, with "dispatch" for fair dispatch.

    """
    for stage in STAGES:
        release_abandoned(stage)
    enqueued = {stage.name: _enqueue_forgotten(stage, queue_length(stage.queue)) for stage in STAGES}
    return {**enqueued, "dispatch": photos_dispatch_all() + frames_dispatch_all() + exports_dispatch_all()}


@transaction.atomic
def _enqueue_forgotten(stage: Stage, queue_length: int) -> int:
    """Enqueue rows that no message will bring to a worker. When two sweeps run at once, each takes different rows."""
    forgotten = stage.is_waiting() & _is_lost(stage, queue_length)
    if stage.due is not None:
        forgotten |= stage.due()
    rows = stage.rows().filter(forgotten).order_by("enqueued_at", "pk").select_for_update(skip_locked=True)
    keys = list(rows.values_list("pk", flat=True)[:_ROWS_PER_SWEEP])
    if keys:
        stage.rows().filter(pk__in=keys).update(**{stage.field: stage.waiting}, enqueued_at=Now())
        stage.enqueue(keys)
    return len(keys)


def _is_lost(stage: Stage, queue_length: int) -> Q:
    """The condition of waiting rows whose message was never sent, or should have reached a worker by now."""
    patience = settings.REQUEUE_AFTER_SECONDS * min(1 + queue_length, _MOST_PATIENCE)
    is_overdue = Q(enqueued_at__lt=Now() - timedelta(seconds=patience))
    return is_overdue if stage.is_dispatched else is_overdue | Q(enqueued_at=None)


def exports_expire() -> int:
    """Delete the zips of expired exports. Their rows stay, marked as expired."""
    over = Export.objects.filter(state=Export.State.READY, expires_at__lt=Now())
    count = 0
    for export_id, album_id in over.values_list("id", "album_id")[:_ROWS_PER_SWEEP]:
        with transaction.atomic():
            if Export.objects.filter(id=export_id, state=Export.State.READY).update(**_EXPIRED):
                objects_forget({storage.export_key(album_id, export_id): 0})
                count += 1
    return count


@transaction.atomic
def uploads_abandon() -> int:
    """Delete photos that were announced and never uploaded."""
    old = Photo.objects.filter(state=Photo.State.PENDING, created_at__lt=Now() - timedelta(days=_PENDING_DAYS))
    rows = list(old.values_list("id", "album_id")[:_ROWS_PER_SWEEP])
    waiting = albums_with_waiting_sidecars({album_id for _, album_id in rows})
    albums_mark_stale(waiting)
    objects_forget({storage.photo_prefix(album_id, photo_id): 0 for photo_id, album_id in rows})
    Photo.objects.filter(id__in=[photo_id for photo_id, _ in rows], state=Photo.State.PENDING).delete()
    for album_id in waiting:
        album_group_if_ready(album_id)
    return len(rows)


@transaction.atomic
def originals_mark_missing(photo_ids: Iterable[UUID]) -> int:
    """Mark photos whose original is gone as failed, so that their owners see it and can upload them again."""
    photos = Photo.objects.filter(id__in=list(photo_ids)).exclude(state=Photo.State.PENDING)
    albums = list(photos.order_by().values_list("album_id", flat=True).distinct())
    albums_mark_stale(albums)
    marked = photos.update(
        state=Photo.State.FAILED,
        error_code="object_missing",
        error_message="The original of this photo was lost. Upload it again.",
        cluster=None,
        picked=False,
        left_out=False,
        **released(),
    )
    for album_id in albums:
        album_group_if_ready(album_id)
    return marked


def exports_mark_missing(export_ids: Iterable[UUID]) -> int:
    """Mark exports whose zip is gone as expired. People can request another."""
    lost = Export.objects.filter(id__in=list(export_ids), state=Export.State.READY)
    return lost.update(**_EXPIRED)


@transaction.atomic
def objects_forget_unknown(prefixes: Iterable[str]) -> None:
    """Schedule the deletion of objects that belong to no row."""
    objects_forget(dict.fromkeys(prefixes, 0))


def sessions_forget() -> None:
    """Delete expired sessions. Django itself only ignores them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def objects_delete() -> bool:
    """Delete the objects of deleted rows: at once, when all presigned uploads have expired, and finally a day later.

    A call ends after some rows or seconds, so that other work gets its turn. Returns whether more is due.

    S3 checks an upload when it begins. If it ends long after, only the last deletion finds it. The database's clock
    decides: a worker whose clock is ahead would do the last deletion too early.
    """
    is_final = Q(final_after__lt=Now())
    expired_at = F("requested_at") + timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS + 600)
    is_expired = Q(expired_at__lt=Now(), attempted_at__lt=F("expired_at"))
    deletions = ObjectDeletion.objects.annotate(expired_at=expired_at, is_final=is_final)
    due = deletions.filter(Q(attempted_at=None) | is_expired | is_final)
    final: list[int] = []
    again: list[int] = []
    began_at = time.monotonic()
    try:
        for deletion in due.order_by("requested_at")[:_DELETIONS_AT_ONCE]:
            if time.monotonic() - began_at > _DELETION_SECONDS:
                break
            storage.get_storage().delete_prefix(deletion.prefix)
            (final if deletion.is_final else again).append(deletion.id)
    finally:
        # One write for all: thousands would keep SQLite from the writes of other people.
        ObjectDeletion.objects.filter(id__in=final).delete()
        ObjectDeletion.objects.filter(id__in=again).update(attempted_at=Now())
    return due.exists()
