"""Figures for operators: the progress of each queue, failures by reason, throughput, workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from kombu.exceptions import OperationalError

from albums import jobs
from albums.jobs import Queue
from albums.models import Embedding, Export, ObjectDeletion, Photo, WorkerReport
from albums.stages import EMBED, PREPARE, STAGES, Stage

State = Photo.State


@dataclass(frozen=True)
class QueueProgress:
    """The progress of one queue, from its rows. Times are in seconds, or None when there is nothing to measure."""

    queue: Queue
    waiting: int
    working: int
    oldest_seconds: float | None
    """Age of the oldest unfinished work."""
    since_progress_seconds: float | None
    """Since a row was last finished, or a worker last reported that it is working on one."""

    @property
    def is_stalled(self) -> bool:
        """True when unfinished work is old and there was no progress for PROGRESS_SECONDS.

        Workers that are alive but do nothing look like this, and so does a queue without workers.
        """
        if self.oldest_seconds is None or self.oldest_seconds < settings.PROGRESS_SECONDS:
            return False
        return self.since_progress_seconds is None or self.since_progress_seconds >= settings.PROGRESS_SECONDS


@dataclass(frozen=True)
class _StageProgress:
    waiting: int
    working: int
    oldest: datetime | None
    last_progress: datetime | None


def queue_progress() -> list[QueueProgress]:
    """The progress of each queue, with one query for most stages. Does not read finished photos."""
    now = database_now()
    return [_sum_up(queue, [_progress_of(stage) for stage in STAGES if stage.queue == queue], now) for queue in Queue]


def database_now() -> datetime:
    """The database's time, because the clocks of workers and web hosts may be wrong."""
    # An aggregate always returns one row, even without workers.
    now: datetime = WorkerReport.objects.aggregate(now=Coalesce(Max(Now()), Now()))["now"]
    return now


def _progress_of(stage: Stage) -> _StageProgress:
    is_waiting = stage.is_waiting() if stage.due is None else stage.is_waiting() | stage.due()
    is_unfinished = is_waiting | stage.is_working()
    figures = {
        "waiting": Count("pk", filter=is_waiting),
        "working": Count("pk", filter=stage.is_working()),
        "oldest": Min(stage.waits_since(), filter=is_unfinished),
        "heartbeat": Max("heartbeat_at", filter=stage.is_working()),
    }
    if stage.finished_at is None:
        found = {**stage.rows().filter(is_unfinished).aggregate(**figures), "finished": _LAST_RESULT[stage]()}
    else:
        found = stage.rows().aggregate(**figures, finished=Max(stage.finished_at))
    return _StageProgress(
        waiting=found["waiting"],
        working=found["working"],
        oldest=found["oldest"],
        last_progress=_latest(found["heartbeat"], found["finished"]),
    )


def _last_preparation() -> datetime | None:
    """When a photo was last prepared. Its embedding is enqueued at the same moment."""
    # Ask one state at a time: then each query reads only the last entry of an index.
    enqueued = Photo.objects.filter(enqueued_at__isnull=False).order_by("-enqueued_at")
    return _latest(
        *(
            enqueued.filter(state=state).values_list("enqueued_at", flat=True).first()
            for state in (State.PREPARED, State.EMBEDDING, State.ANALYZED)
        )
    )


def _last_embedding() -> datetime | None:
    return Embedding.objects.order_by("-id").values_list("created_at", flat=True).first()


# The stages whose rows have no column for the time they were finished.
_LAST_RESULT = {PREPARE: _last_preparation, EMBED: _last_embedding}


def _sum_up(queue: Queue, stages: Sequence[_StageProgress], now: datetime) -> QueueProgress:
    return QueueProgress(
        queue,
        waiting=sum(stage.waiting for stage in stages),
        working=sum(stage.working for stage in stages),
        oldest_seconds=_age(min((stage.oldest for stage in stages if stage.oldest), default=None), now),
        since_progress_seconds=_age(_latest(*(stage.last_progress for stage in stages)), now),
    )


def _age(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())


def _latest(*moments: datetime | None) -> datetime | None:
    return max(filter(None, moments), default=None)


def broker_messages() -> dict[Queue, int]:
    """The number of messages in each queue; empty when the broker does not answer."""
    try:
        with jobs.counting_messages() as count:
            return {queue: count(queue) for queue in Queue}
    except (OperationalError, OSError):
        return {}


def failures_by_code() -> list[tuple[str, int]]:
    """The number of failed photos for each reason, the most frequent first."""
    failed = Photo.objects.filter(state=State.FAILED).order_by()
    return list(failed.values_list("error_code").annotate(count=Count("*")).order_by("-count", "error_code"))


def photos_by_state() -> dict[str, int]:
    """The number of photos in each state, including states without any."""
    # Two indexes have them. Of "*" and not of the key, here and below: then PostgreSQL reads these, and no photo.
    others = Photo.objects.exclude(state=State.ANALYZED).order_by()
    counted = dict(others.values_list("state").annotate(count=Count("*")))
    counted[State.ANALYZED] = Photo.objects.filter(state=State.ANALYZED).count()
    return {state.value: counted.get(state.value, 0) for state in State}


def exports_by_state() -> dict[str, int]:
    """The number of exports in each state, including states without any."""
    counted = dict(Export.objects.order_by().values_list("state").annotate(count=Count("*")))
    return {state.value: counted.get(state.value, 0) for state in Export.State}


def photos_analyzed_within(span: timedelta) -> int:
    """How many photos were analyzed, of those whose preparation ended within this span."""
    return Photo.objects.filter(state=State.ANALYZED, enqueued_at__gte=Now() - span).count()


def workers_alive() -> QuerySet[WorkerReport]:
    """Workers that reported recently, by name."""
    return WorkerReport.alive().order_by("name")


def deletions_overdue() -> int:
    """The number of deletions that are more than an hour late."""
    hour_ago = Now() - timedelta(hours=1)
    return ObjectDeletion.objects.filter(
        Q(attempted_at=None, requested_at__lt=hour_ago) | Q(final_after__lt=hour_ago)
    ).count()
