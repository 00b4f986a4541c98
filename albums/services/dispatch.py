"""Fair dispatch: enqueues only part of each account's work at a time. The rest follows as that part is finished.

The queues are first in, first out. If all 20,000 photos of one person were in them, the next person's 20 photos would
come last. So each account has just enough photos enqueued to keep all workers busy, and finished photos make room for
the next. Rows that wait for this have no `enqueued_at`. Every service that adds work or makes room dispatches after
its commit. When two do so at once, the later one sees the rows of both. The sweep dispatches what a crash left behind.

An account's last photos go into small chunks, so that all workers end at about the same time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from albums.after_commit import after_commit
from albums.chunks import shared_out
from albums.models import Album, Export, FrameSearch, Photo, WorkerReport
from albums.stages import EXPORT, FRAMES, PHOTO_STAGES, Stage

# Each process works on one chunk and has one more ready. The minimum applies while no worker is known.
_CHUNKS_PER_PROCESS = 2
_LEAST_CHUNKS = 4
_MOST_SHARED_BY = 8
# On albums: some of their photos wait to be enqueued. Built once, because each message asks.
_HAS_WAITING = Exists(Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED, enqueued_at=None))


def photos_in_flight_limit(processes: int | None = None) -> int:
    """How many photos one account may have enqueued or in work: enough to use every worker alone."""
    if processes is None:
        processes = _processes().total()
    return int(settings.PHOTOS_PER_TASK) * max(_LEAST_CHUNKS, _CHUNKS_PER_PROCESS * processes)


def _processes() -> Counter[str]:
    """How many worker processes there are for photos, by the queues that they listen on."""
    listens = reduce(or_, (Q(queues__contains=stage.queue) for stage in PHOTO_STAGES))
    processes: Counter[str] = Counter()
    for queues, concurrency in WorkerReport.alive().filter(listens).values_list("queues", "concurrency"):
        processes[queues] += concurrency
    return processes


def photos_dispatch(owner_id: Any) -> int:
    """Enqueue the photos of an account that have waited longest, as far as its limit allows. Returns how many.

    When two callers dispatch one account at once, each takes different rows. Together they may take a few too many,
    which is harmless.
    """
    return _photos_dispatch_among(Album.objects.filter(owner_id=owner_id))


def _photos_dispatch_among(albums: QuerySet[Album]) -> int:
    # Often nothing waits, and then this one question is enough.
    by_owner: dict[Any, list[UUID]] = {}
    found = albums.filter(_HAS_WAITING).order_by("created_at", "id")
    for album_id, owner_id in found.values_list("id", "owner_id"):
        by_owner.setdefault(owner_id, []).append(album_id)
    return sum(_photos_dispatch(owner_id, album_ids) for owner_id, album_ids in by_owner.items())


@transaction.atomic
def _photos_dispatch(owner_id: Any, albums: list[UUID]) -> int:
    processes = _processes()
    unfinished = Photo.objects.filter(album__owner_id=owner_id, state__in=Photo.UNFINISHED)
    ahead = unfinished.filter(enqueued_at__isnull=False).count()
    room = photos_in_flight_limit(processes.total()) - ahead
    if room <= 0:
        return 0
    rows: dict[UUID, str] = {}
    for album_id in albums:
        if len(rows) < room:
            rows |= _longest_waiting(album_id, room - len(rows))
    Photo.objects.filter(id__in=rows).update(enqueued_at=Now())
    if not rows:
        return 0
    full = int(settings.PHOTOS_PER_TASK)
    most_behind = 2 * _MOST_SHARED_BY * full
    behind = _coming(albums, most_behind) if len(rows) < room else most_behind
    for stage in PHOTO_STAGES:
        ids = [photo_id for photo_id, state in rows.items() if state == stage.waiting]
        # More processes would make small chunks of large albums, and each message costs a few statements.
        shared_by = min(
            max(1, sum(processes[queues] for queues in processes if stage.queue in queues)), _MOST_SHARED_BY
        )
        for chunk in shared_out(ids, most=full, processes=shared_by, ahead=ahead, behind=behind):
            stage.enqueue(chunk)
    return len(rows)


def _coming(album_ids: list[UUID], most: int) -> int:
    """How many photos of these albums are being uploaded, up to `most`."""
    # After that, their presigned uploads have expired.
    begun = Q(created_at__gte=Now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS))
    coming = Photo.objects.filter(begun, album_id__in=album_ids, state=Photo.State.PENDING)
    return coming.order_by()[:most].count()


def _longest_waiting(album_id: UUID, count: int) -> dict[UUID, str]:
    """Lock photos of an album and return their states. The order is that of an index, so no other row is read."""
    photos = Photo.objects.filter(album_id=album_id, state__in=Photo.UNFINISHED, enqueued_at=None)
    # PostgreSQL uses the index for the order only when all its columns are named, even the constant one.
    # A few photos are in work although they were never enqueued. They are taken too, and then count as enqueued.
    ordered = photos.order_by("enqueued_at", "created_at")
    return dict(ordered.select_for_update(skip_locked=True).values_list("id", "state")[:count])


@transaction.atomic
def exports_dispatch(owner_id: Any) -> int:
    """Enqueue the account's oldest waiting export, unless one is already enqueued or being built. Returns how many."""
    return _dispatch_one(EXPORT, Export.objects.filter(album__owner_id=owner_id))


@transaction.atomic
def frames_dispatch(owner_id: Any) -> int:
    """Enqueue the account's oldest waiting search for frames, unless one is on its way already. Returns how many."""
    return _dispatch_one(FRAMES, FrameSearch.objects.filter(video__album__owner_id=owner_id))


def _dispatch_one(stage: Stage, rows: QuerySet[Any]) -> int:
    on_its_way = stage.is_working() | (stage.is_waiting() & Q(enqueued_at__isnull=False))
    if rows.filter(on_its_way).exists():
        return 0
    waiting = rows.filter(stage.is_waiting(), enqueued_at=None).order_by("created_at", "pk")
    for key in waiting.values_list("pk", flat=True)[:1]:
        if stage.rows().filter(pk=key, enqueued_at=None).update(enqueued_at=Now()):
            stage.enqueue([key])
            return 1
    return 0


def dispatch_after_commit(owner_ids: Iterable[Any]) -> None:
    """Dispatch the photos and exports of these accounts once the transaction is committed."""
    for owner_id in set(owner_ids):
        after_commit(photos_dispatch, owner_id)
        after_commit(exports_dispatch, owner_id)


def frames_dispatch_after_commit(album_id: UUID) -> None:
    """Dispatch the searches for frames of this album's account once the transaction is committed."""
    for owner_id in Album.objects.filter(id=album_id).values_list("owner_id", flat=True):
        after_commit(frames_dispatch, owner_id)


def photos_dispatch_after_commit(album_ids: Iterable[UUID]) -> None:
    """Dispatch the photos of these albums' accounts once the transaction is committed: some have been finished."""
    owners = Album.objects.filter(id__in=list(album_ids)).values("owner")
    after_commit(_photos_dispatch_among, Album.objects.filter(owner__in=owners))


def albums_dispatch(album_ids: Iterable[UUID]) -> None:
    """Dispatch for the accounts of these albums, because some of their photos or exports wait or are gone."""
    dispatch_after_commit(Album.objects.filter(id__in=list(album_ids)).values_list("owner_id", flat=True))


def photos_dispatch_all() -> int:
    """Dispatch the waiting photos of every account. Returns how many were enqueued."""
    waiting = Photo.objects.filter(state__in=[stage.waiting for stage in PHOTO_STAGES], enqueued_at=None).order_by()
    return sum(map(photos_dispatch, list(waiting.values_list("album__owner_id", flat=True).distinct())))


def exports_dispatch_all() -> int:
    """Dispatch the waiting exports of every account. Returns how many were enqueued."""
    waiting = Export.objects.filter(EXPORT.is_waiting(), enqueued_at=None).order_by()
    return sum(map(exports_dispatch, list(waiting.values_list("album__owner_id", flat=True).distinct())))


def frames_dispatch_all() -> int:
    """Dispatch the waiting searches for frames of every account. Returns how many were enqueued."""
    waiting = FrameSearch.objects.filter(FRAMES.is_waiting(), enqueued_at=None).order_by()
    return sum(map(frames_dispatch, list(waiting.values_list("video__album__owner_id", flat=True).distinct())))
