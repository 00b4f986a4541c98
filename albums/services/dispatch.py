"""Fair queues: so much of each account's work is enqueued at once, the rest as that is done.

The queues are first in, first out. With all of one person's 20,000 photos in them, the next person's 20 would come
last; so an account has only as many photos on their way as keep all workers busy, and what is finished brings the next
ones in. What waits for that are rows whose `enqueued_at` is empty. Whoever frees or fills a place feeds after its
commit, so that of two that do so at once the later one sees both; what a crash leaves unfed, the sweep feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Now

from albums import jobs
from albums.models import Album, Export, Photo, WorkerReport

_WAITING = (Photo.State.UPLOADED, Photo.State.PREPARED)
# One chunk in hand and one to go on with, for each process; and something to begin with while no worker is known.
_CHUNKS_PER_PROCESS = 2
_LEAST_CHUNKS = 4


def photos_on_their_way() -> int:
    """How many photos of one account may be enqueued or worked on: enough for it to use every worker alone."""
    working = WorkerReport.alive().filter(
        Q(queues__contains=jobs.Queue.IMAGES) | Q(queues__contains=jobs.Queue.EMBEDDINGS)
    )
    processes = working.aggregate(processes=Sum("concurrency"))["processes"] or 0
    return int(settings.PHOTOS_PER_TASK) * max(_LEAST_CHUNKS, _CHUNKS_PER_PROCESS * processes)


@transaction.atomic
def photos_dispatch(owner_id: Any) -> int:
    """Enqueue the photos of an account that have waited longest, as many as may be on their way; returns how many.

    Of two that feed one account at once, each takes other rows; together they may take a few too many, which harms
    nobody.
    """
    unfinished = Photo.objects.filter(album__owner_id=owner_id, state__in=Photo.UNFINISHED)
    room = photos_on_their_way() - unfinished.filter(enqueued_at__isnull=False).count()
    if room <= 0:
        return 0
    rows: dict[UUID, str] = {}
    for album_id in _albums_with_waiting_photos(owner_id):
        if len(rows) < room:
            rows |= _longest_waiting(album_id, room - len(rows))
    Photo.objects.filter(id__in=rows).update(enqueued_at=Now())
    jobs.prepare_photos([photo_id for photo_id, state in rows.items() if state == Photo.State.UPLOADED])
    jobs.embed_photos([photo_id for photo_id, state in rows.items() if state == Photo.State.PREPARED])
    return len(rows)


def _albums_with_waiting_photos(owner_id: Any) -> list[UUID]:
    waiting = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED, enqueued_at=None)
    albums = Album.objects.filter(Exists(waiting), owner_id=owner_id).order_by("created_at", "id")
    return list(albums.values_list("id", flat=True))


def _longest_waiting(album_id: UUID, count: int) -> dict[UUID, str]:
    """Photos of an album with their states, locked: as an index has them, so that none is read that is not taken."""
    photos = Photo.objects.filter(album_id=album_id, state__in=Photo.UNFINISHED, enqueued_at=None)
    # To PostgreSQL an index serves an ordering only when its columns are all in it, the constant one too.
    # The few that are worked on although they were never enqueued come along, and count as on their way from now on.
    ordered = photos.order_by("enqueued_at", "created_at")
    return dict(ordered.select_for_update(skip_locked=True).values_list("id", "state")[:count])


@transaction.atomic
def exports_dispatch(owner_id: Any) -> int:
    """Enqueue the account's oldest zip that waits, unless one of its zips is enqueued or built; returns how many."""
    exports = Export.objects.filter(album__owner_id=owner_id)
    on_its_way = Q(state=Export.State.BUILDING) | Q(state=Export.State.QUEUED, enqueued_at__isnull=False)
    if exports.filter(on_its_way).exists():
        return 0
    waiting = exports.filter(state=Export.State.QUEUED, enqueued_at=None).order_by("created_at", "id")
    for export_id in waiting.values_list("id", flat=True)[:1]:
        if Export.objects.filter(id=export_id, enqueued_at=None).update(enqueued_at=Now()):
            jobs.build_export(export_id)
            return 1
    return 0


def dispatch_after_commit(owner_ids: Iterable[Any]) -> None:
    """Feed the photos and zips of these accounts once what the transaction changes can be seen by all."""
    for owner_id in set(owner_ids):
        transaction.on_commit(partial(photos_dispatch, owner_id), robust=True)
        transaction.on_commit(partial(exports_dispatch, owner_id), robust=True)


def albums_dispatch(album_ids: Iterable[UUID]) -> None:
    """Feed the accounts of these albums, some of whose photos have just been finished."""
    dispatch_after_commit(Album.objects.filter(id__in=list(album_ids)).values_list("owner_id", flat=True))


def photos_dispatch_all() -> int:
    """Feed every account that has photos waiting; returns how many were enqueued."""
    waiting = Photo.objects.filter(state__in=_WAITING, enqueued_at=None).order_by()
    return sum(map(photos_dispatch, list(waiting.values_list("album__owner_id", flat=True).distinct())))


def exports_dispatch_all() -> int:
    """Feed every account that has zips waiting; returns how many were enqueued."""
    waiting = Export.objects.filter(state=Export.State.QUEUED, enqueued_at=None).order_by()
    return sum(map(exports_dispatch, list(waiting.values_list("album__owner_id", flat=True).distinct())))
