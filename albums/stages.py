"""The table of stages: how each is claimed and enqueued, and how long its work may take.

Recovery, killed children, fair dispatch and progress loop over `STAGES`. A new stage needs a row here, a task in
`albums.jobs` and its code in the worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Case, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least

from albums import jobs
from albums.models import Album, Export, FrameSearch, PersonalRanker, Photo, Work


@dataclass(frozen=True, eq=False)
class Stage:
    """One step of the work on a row. A claim changes the row's `field` from `waiting` to `working`."""

    name: str
    model: type[Work]
    field: str
    waiting: str
    working: str
    job: jobs.Job
    enqueue: Callable[[Iterable[Any]], None]
    """Sends the messages for the rows with these primary keys, after commit."""
    waits_since: Callable[[], Combinable]
    """The time since which an unfinished row has waited."""
    finished_at: str | None = None
    """The column with the time when the row was last finished, if it has one."""
    is_dispatched: bool = False
    """True when waiting rows without `enqueued_at` wait for fair dispatch. In other stages their message was lost."""
    due: Callable[[], Q] | None = None
    """The condition of rows that the sweep should enqueue although they are not marked as waiting."""

    @property
    def queue(self) -> jobs.Queue:
        """The queue its messages go to."""
        return jobs.QUEUE_OF[self.job]

    @property
    def lease(self) -> timedelta:
        """How long a claim is valid without a heartbeat."""
        return timedelta(seconds=settings.CLAIM_LEASE_SECONDS)

    @property
    def max_attempts(self) -> int:
        """How often the work may crash its worker before it is given up."""
        return int(settings.MAX_ATTEMPTS)

    def rows(self) -> QuerySet[Any]:
        """All rows of its table."""
        return self.model._default_manager.all()  # noqa: SLF001 - Django's documented name for it

    def is_waiting(self) -> Q:
        """The condition of rows marked as waiting for a worker."""
        return Q(**{self.field: self.waiting})

    def is_working(self) -> Q:
        """The condition of rows that a worker has claimed."""
        return Q(**{self.field: self.working})


def is_ready_to_group() -> Q:
    """The condition of albums whose photos have changed and are all finished."""
    unfinished = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED)
    # The database asks in this order, so it looks for photos only in albums that are stale.
    return Q(grouping=Album.Grouping.STALE) & Q(~Exists(unfinished))


def _has_settled_decisions() -> Q:
    return Q(PersonalRanker.settled(), learning=PersonalRanker.Learning.IDLE, is_enabled=True)


def _settled_at() -> Combinable:
    """When the decisions settled.

    A claim clears the times of the decisions. The times that remain are later than these, never earlier.
    """
    quiet, longest = PersonalRanker.settling_times()
    settled = Least(
        ExpressionWrapper(F("changed_at") + quiet, DateTimeField()),
        ExpressionWrapper(F("changed_first_at") + longest, DateTimeField()),
    )
    is_claimed = Q(learning=PersonalRanker.Learning.RUNNING) | Q(changed_at=None)
    return Case(When(is_claimed, then=Coalesce("heartbeat_at", "enqueued_at")), default=settled)


def _each(send: Callable[[Any], None]) -> Callable[[Iterable[Any]], None]:
    """Sends one message for each row."""

    def enqueue(keys: Iterable[Any]) -> None:
        for key in keys:
            send(key)

    return enqueue


PREPARE = Stage(
    name="prepare",
    model=Photo,
    field="state",
    waiting=Photo.State.UPLOADED,
    working=Photo.State.PREPARING,
    job=jobs.Job.PREPARE_PHOTOS,
    enqueue=jobs.prepare_photos,
    waits_since=lambda: F("created_at"),
    is_dispatched=True,
)
EMBED = Stage(
    name="embed",
    model=Photo,
    field="state",
    waiting=Photo.State.PREPARED,
    working=Photo.State.EMBEDDING,
    job=jobs.Job.EMBED_PHOTOS,
    enqueue=jobs.embed_photos,
    waits_since=lambda: F("created_at"),
    is_dispatched=True,
)
GROUP = Stage(
    name="group",
    model=Album,
    field="grouping",
    waiting=Album.Grouping.QUEUED,
    working=Album.Grouping.RUNNING,
    job=jobs.Job.GROUP_ALBUM,
    enqueue=_each(jobs.group_album),
    waits_since=lambda: F("updated_at"),
    finished_at="grouped_at",
    due=is_ready_to_group,
)
FRAMES = Stage(
    name="frames",
    model=FrameSearch,
    field="state",
    waiting=FrameSearch.State.QUEUED,
    working=FrameSearch.State.RUNNING,
    job=jobs.Job.FIND_FRAMES,
    enqueue=_each(jobs.find_frames),
    waits_since=lambda: F("created_at"),
    finished_at="finished_at",
    is_dispatched=True,
)
EXPORT = Stage(
    name="export",
    model=Export,
    field="state",
    waiting=Export.State.QUEUED,
    working=Export.State.BUILDING,
    job=jobs.Job.BUILD_EXPORT,
    enqueue=_each(jobs.build_export),
    waits_since=lambda: F("created_at"),
    finished_at="finished_at",
    is_dispatched=True,
)
LEARN = Stage(
    name="learn",
    model=PersonalRanker,
    field="learning",
    waiting=PersonalRanker.Learning.QUEUED,
    working=PersonalRanker.Learning.RUNNING,
    job=jobs.Job.LEARN_PERSONAL_RANKER,
    enqueue=_each(jobs.learn_personal_ranker),
    waits_since=_settled_at,
    finished_at="learned_at",
    due=_has_settled_decisions,
)

PHOTO_STAGES: tuple[Stage, ...] = (PREPARE, EMBED)
STAGES: tuple[Stage, ...] = (*PHOTO_STAGES, GROUP, FRAMES, EXPORT, LEARN)
