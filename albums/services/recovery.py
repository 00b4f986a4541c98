"""What the sweep does: find work that was lost or abandoned, in the rows, and set it going again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now

from albums import jobs, storage
from albums.models import Album, Export, ObjectDeletion, PersonalRanker, Photo, WorkerReport
from albums.services.albums import albums_mark_stale, objects_forget
from albums.services.claims import Stage, release_abandoned, release_of_lost_child, released
from albums.services.clusters import GROUPING, album_group_if_ready
from albums.services.dispatch import exports_dispatch_all, photos_dispatch_all
from albums.services.exports import BUILDING
from albums.services.personal_ranker import LEARNING, personal_rankers_learn
from albums.services.photos import EMBEDDING, PREPARING

_ROWS_PER_SWEEP = 5_000
_PENDING_DAYS = 7
# With messages still in the queue a waiting row is most likely just waiting its turn: so much longer for each of them,
# up to an hour. The queues are short, since each account has only so much in them.
_MOST_PATIENCE = 60


def photos_recover(queue_length: Callable[[jobs.Queue], int]) -> int:
    """Give back photos whose worker is silent, and enqueue those whose message was lost."""
    photos = Photo.objects.all()
    release_abandoned(photos, PREPARING)
    release_abandoned(photos, EMBEDDING)
    prepared = _enqueue_lost(PREPARING, queue_length(jobs.Queue.IMAGES), jobs.prepare_photos)
    embedded = _enqueue_lost(EMBEDDING, queue_length(jobs.Queue.EMBEDDINGS), jobs.embed_photos)
    return prepared + embedded + photos_dispatch_all()


@transaction.atomic
def _enqueue_lost(stage: Stage, queue_length: int, enqueue: Callable[[list[UUID]], None]) -> int:
    rows = Photo.objects.filter(_lost(queue_length), state=stage.waiting)
    ids = list(rows.order_by("enqueued_at", "id").values_list("id", flat=True)[:_ROWS_PER_SWEEP])
    if ids:
        Photo.objects.filter(id__in=ids).update(enqueued_at=Now())
        enqueue(ids)
    return len(ids)


def _lost(queue_length: int) -> Q:
    """Rows that wait although their message should have arrived by now. Those that were never enqueued are not lost."""
    patience = settings.REQUEUE_AFTER_SECONDS * min(1 + queue_length, _MOST_PATIENCE)
    return Q(enqueued_at__lt=Now() - timedelta(seconds=patience))


def albums_recover(queue_length: Callable[[jobs.Queue], int]) -> int:
    """Group albums that are ready and were forgotten, whose message was lost or whose worker is silent."""
    release_abandoned(Album.objects.all(), GROUPING)
    unfinished = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED)
    forgotten = Album.objects.filter(~Exists(unfinished), grouping=Album.Grouping.STALE)
    count = sum(album_group_if_ready(album_id) for album_id in forgotten.values_list("id", flat=True)[:_ROWS_PER_SWEEP])
    never_enqueued = Q(enqueued_at=None)
    lost = Album.objects.filter(never_enqueued | _lost(queue_length(jobs.Queue.ALBUMS)), grouping=Album.Grouping.QUEUED)
    for album_id in list(lost.values_list("id", flat=True)[:_ROWS_PER_SWEEP]):
        Album.objects.filter(id=album_id).update(enqueued_at=Now())
        jobs.group_album(album_id)
        count += 1
    return count


def personal_rankers_recover(queue_length: Callable[[jobs.Queue], int]) -> int:
    """Learn from decisions that have settled, whose message was lost, or whose worker is silent."""
    return personal_rankers_learn(lambda queue: _lost(queue_length(queue)))


def exports_recover(queue_length: Callable[[jobs.Queue], int]) -> int:
    """Enqueue zips whose message was lost or whose worker is silent."""
    release_abandoned(Export.objects.all(), BUILDING)
    lost = Export.objects.filter(_lost(queue_length(jobs.Queue.ALBUMS)), state=Export.State.QUEUED)
    ids = list(lost.values_list("id", flat=True)[:_ROWS_PER_SWEEP])
    for export_id in ids:
        Export.objects.filter(id=export_id).update(enqueued_at=Now())
        jobs.build_export(export_id)
    return len(ids) + exports_dispatch_all()


def exports_expire() -> int:
    """Delete the zips whose days are over; the rows stay and say so."""
    over = Export.objects.filter(state=Export.State.READY, expires_at__lt=Now())
    count = 0
    for export in over[:_ROWS_PER_SWEEP]:
        with transaction.atomic():
            if Export.objects.filter(id=export.id, state=Export.State.READY).update(state=Export.State.EXPIRED):
                objects_forget([storage.export_key(export.album_id, export.id)])
                count += 1
    return count


@transaction.atomic
def uploads_abandon() -> int:
    """Forget announced photos whose bytes never came."""
    old = Photo.objects.filter(state=Photo.State.PENDING, created_at__lt=Now() - timedelta(days=_PENDING_DAYS))
    rows = list(old.values_list("id", "album_id")[:_ROWS_PER_SWEEP])
    objects_forget(storage.photo_prefix(album_id, photo_id) for photo_id, album_id in rows)
    Photo.objects.filter(id__in=[photo_id for photo_id, _ in rows], state=Photo.State.PENDING).delete()
    return len(rows)


@transaction.atomic
def originals_mark_missing(photo_ids: Iterable[UUID]) -> int:
    """Let photos fail whose original is gone, so that their owners learn of it and can send it again."""
    photos = Photo.objects.filter(id__in=list(photo_ids)).exclude(state=Photo.State.PENDING)
    albums = list(photos.order_by().values_list("album_id", flat=True).distinct())
    albums_mark_stale(albums)
    marked = photos.update(
        state=Photo.State.FAILED,
        error_code="object_missing",
        error_message="The original of this photo is lost. Upload it again.",
        cluster=None,
        picked=False,
        **released(),
    )
    for album_id in albums:
        album_group_if_ready(album_id)
    return marked


def exports_mark_missing(export_ids: Iterable[UUID]) -> int:
    """Let zips expire that are gone; people ask for another."""
    lost = Export.objects.filter(id__in=list(export_ids), state=Export.State.READY)
    return lost.update(state=Export.State.EXPIRED)


@transaction.atomic
def objects_forget_unknown(prefixes: Iterable[str]) -> None:
    """Have objects deleted that no row knows."""
    objects_forget(prefixes)


def sessions_forget() -> None:
    """Delete sessions whose time is over; Django itself only stops believing them."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def objects_delete() -> int:
    """Delete the objects of deleted rows: at once, and a last time when no presigned upload can bring one back.

    By the database's clock: a worker whose own is ahead would let the last time come too early.
    """
    is_final = Q(final_after__lt=Now())
    due = ObjectDeletion.objects.filter(Q(attempted_at=None) | is_final).annotate(is_final=is_final)
    deleted = 0
    for deletion in due.order_by("requested_at")[:_ROWS_PER_SWEEP]:
        deleted += storage.get_storage().delete_prefix(deletion.prefix)
        if deletion.is_final:
            deletion.delete()
        else:
            ObjectDeletion.objects.filter(id=deletion.id).update(attempted_at=Now())
    return deleted


@transaction.atomic
def worker_begin(
    run: UUID, *, name: str, queues: str, embedding_model: str, warning: str, concurrency: int = 1
) -> None:
    """A worker has started. What an earlier run of the same name had claimed is free from now on."""
    WorkerReport.objects.filter(name=name).delete()
    WorkerReport.objects.create(
        id=run,
        name=name,
        queues=queues,
        concurrency=concurrency,
        embedding_model=embedding_model,
        warning=warning,
        seen_at=Now(),
    )


def worker_seen(run: UUID) -> bool:
    """The worker is alive. False when its row is gone, and it has to begin anew."""
    return WorkerReport.objects.filter(id=run).update(seen_at=Now()) > 0


def worker_end(run: UUID) -> None:
    """The worker stops in good order."""
    WorkerReport.objects.filter(id=run).delete()


def worker_child_lost(run: UUID, *, task_id: str) -> int:
    """A process of this run was killed while it worked on this message, which comes again: free what it had claimed.

    Returns:
        How many rows that was. Their attempts stay counted: they may have been what killed it.

    """
    return sum(
        release_of_lost_child(rows, stage, task_id=task_id, worker=run)
        for rows, stage in (
            (Photo.objects.all(), PREPARING),
            (Photo.objects.all(), EMBEDDING),
            (Album.objects.all(), GROUPING),
            (Export.objects.all(), BUILDING),
            (PersonalRanker.objects.all(), LEARNING),
        )
    )


def workers_forget() -> int:
    """Forget runs that have been silent for a day."""
    silent = WorkerReport.objects.filter(seen_at__lt=Now() - timedelta(days=1))
    return silent.delete()[0]
