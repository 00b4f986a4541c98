"""What operators look at: how the work in each queue goes, what fails and why, how much is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone
from kombu.exceptions import OperationalError

from albums import jobs
from albums.models import Album, Embedding, Export, ObjectDeletion, PersonalRanker, Photo, WorkerReport

State = Photo.State


@dataclass(frozen=True)
class QueueProgress:
    """How the work of one queue goes, from its rows. Times in seconds; None where there is nothing to time."""

    queue: jobs.Queue
    waiting: int
    working: int
    oldest_seconds: float | None
    """Age of the oldest work that is not finished."""
    since_progress_seconds: float | None
    """Since something was last finished, or a worker that is at work showed itself."""

    @property
    def is_stuck(self) -> bool:
        """True when work is left, is old, and nothing has come of it for PROGRESS_SECONDS.

        Workers that live and do nothing look like that, and so does a queue that no worker listens on.
        """
        if self.oldest_seconds is None or self.oldest_seconds < settings.PROGRESS_SECONDS:
            return False
        return self.since_progress_seconds is None or self.since_progress_seconds >= settings.PROGRESS_SECONDS


def queue_progress() -> list[QueueProgress]:
    """The progress of each queue, in a few queries that do not look at what is finished."""
    now = _database_now()
    return [
        _progress_of_photos(jobs.Queue.IMAGES, State.UPLOADED, State.PREPARING, _last_preparation(), now),
        _progress_of_photos(jobs.Queue.EMBEDDINGS, State.PREPARED, State.EMBEDDING, _last_embedding(), now),
        _progress_of_albums(now),
    ]


def _database_now() -> datetime:
    """Workers' and web hosts' clocks may be wrong; without a row of a worker there is nothing to compare with."""
    stamped = WorkerReport.objects.annotate(now=Now()).values_list("now", flat=True).first()
    return stamped or timezone.now()


def _progress_of_photos(
    queue: jobs.Queue, waiting: str, working: str, last_result: datetime | None, now: datetime
) -> QueueProgress:
    photos = Photo.objects.filter(state__in=[waiting, working]).aggregate(
        waiting=Count("pk", filter=Q(state=waiting)),
        working=Count("pk", filter=Q(state=working)),
        oldest=Min("created_at"),
        heartbeat=Max("heartbeat_at", filter=Q(state=working)),
    )
    return QueueProgress(
        queue,
        waiting=photos["waiting"],
        working=photos["working"],
        oldest_seconds=_age(photos["oldest"], now),
        since_progress_seconds=_age(_latest(photos["heartbeat"], last_result), now),
    )


def _last_preparation() -> datetime | None:
    """A prepared photo is enqueued for its vector at the same moment."""
    # One state at a time: then each is the last entry of an index, however many photos there are.
    enqueued = Photo.objects.filter(enqueued_at__isnull=False).order_by("-enqueued_at")
    return _latest(
        *(
            enqueued.filter(state=state).values_list("enqueued_at", flat=True).first()
            for state in (State.PREPARED, State.EMBEDDING, State.ANALYZED)
        )
    )


def _last_embedding() -> datetime | None:
    return Embedding.objects.order_by("-id").values_list("created_at", flat=True).first()


def _progress_of_albums(now: datetime) -> QueueProgress:
    """Groups, zips and personal rankers."""
    unfinished = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED)
    is_ready = Q(grouping=Album.Grouping.STALE) & ~Exists(unfinished)
    due = Album.objects.filter(is_ready | Q(grouping__in=[Album.Grouping.QUEUED, Album.Grouping.RUNNING]))
    albums = due.aggregate(
        all=Count("pk"),
        working=Count("pk", filter=Q(grouping=Album.Grouping.RUNNING)),
        oldest=Min("updated_at"),
        heartbeat=Max("heartbeat_at"),
    )
    exports = Export.objects.filter(state__in=[Export.State.QUEUED, Export.State.BUILDING]).aggregate(
        all=Count("pk"),
        working=Count("pk", filter=Q(state=Export.State.BUILDING)),
        oldest=Min("created_at"),
        heartbeat=Max("heartbeat_at"),
    )
    rankers = _progress_of_personal_rankers()
    last = _latest(
        albums["heartbeat"],
        exports["heartbeat"],
        rankers["heartbeat"],
        rankers["learned"],
        Album.objects.aggregate(last=Max("grouped_at"))["last"],
        Export.objects.aggregate(last=Max("finished_at"))["last"],
    )
    working = albums["working"] + exports["working"] + rankers["working"]
    waiting = albums["all"] + exports["all"] + rankers["all"] - working
    oldest = min(filter(None, [albums["oldest"], exports["oldest"], rankers["oldest"]]), default=None)
    return QueueProgress(
        jobs.Queue.ALBUMS,
        waiting=waiting,
        working=working,
        oldest_seconds=_age(oldest, now),
        since_progress_seconds=_age(last, now),
    )


def _progress_of_personal_rankers() -> dict[str, Any]:
    """Decisions that have settled, and personal rankers that are queued or being learned."""
    is_running, is_queued = Q(learning=PersonalRanker.Learning.RUNNING), Q(learning=PersonalRanker.Learning.QUEUED)
    is_due = Q(PersonalRanker.settled(), learning=PersonalRanker.Learning.IDLE, is_enabled=True)
    is_work = is_due | is_queued | is_running
    found: dict[str, Any] = PersonalRanker.objects.aggregate(
        all=Count("pk", filter=is_work),
        working=Count("pk", filter=is_running),
        changed=Min("changed_at", filter=is_work),
        changed_first=Min("changed_first_at", filter=is_work),
        # A claim clears the times of the decisions. What it leaves is younger than the work, never older.
        claimed=Min(Coalesce("heartbeat_at", "enqueued_at"), filter=is_running | is_queued & Q(changed_at=None)),
        heartbeat=Max("heartbeat_at", filter=is_running),
        learned=Max("learned_at"),
    )
    quiet, longest = PersonalRanker.settling_times()
    due = [found["changed"] and found["changed"] + quiet, found["changed_first"] and found["changed_first"] + longest]
    return {**found, "oldest": min(filter(None, [*due, found["claimed"]]), default=None)}


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())


def _latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


def broker_messages() -> dict[jobs.Queue, int]:
    """Messages in each queue; nothing when the broker cannot be asked."""
    try:
        return {queue: jobs.waiting_messages(queue) for queue in jobs.Queue}
    except (OperationalError, OSError):
        return {}


def failures_by_code() -> list[tuple[str, int]]:
    """How many photos failed for which reason, the most frequent first."""
    failed = Photo.objects.filter(state=State.FAILED).order_by()
    return list(failed.values_list("error_code").annotate(count=Count("pk")).order_by("-count", "error_code"))


def photos_by_state() -> dict[str, int]:
    """How many photos are in which state, every state named."""
    counted = dict(Photo.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in State}


def exports_by_state() -> dict[str, int]:
    """How many zips are in which state, every state named."""
    counted = dict(Export.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state.value: counted.get(state.value, 0) for state in Export.State}


def photos_analyzed_since(moment: datetime) -> int:
    """How many photos that were prepared since then are analyzed."""
    return Photo.objects.filter(state=State.ANALYZED, enqueued_at__gte=moment).count()


def workers_alive() -> QuerySet[WorkerReport]:
    """Workers that show themselves, by name."""
    return WorkerReport.alive().order_by("name")


def deletions_overdue() -> int:
    """Deletions of objects that the storage should have done by now, and has not."""
    hour_ago = timezone.now() - timedelta(hours=1)
    return ObjectDeletion.objects.filter(
        Q(attempted_at=None, requested_at__lt=hour_ago) | Q(final_after__lt=hour_ago)
    ).count()
