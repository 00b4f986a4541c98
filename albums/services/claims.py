"""Claims: a worker claims a row before it works on it, and only the worker with the claim may write the result."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from albums.models import Work, WorkerReport
from albums.services.bulk import update_returning
from albums.services.row_update import RowUpdate
from albums.stages import Stage

RowT = TypeVar("RowT", bound=Model)
WorkT = TypeVar("WorkT", bound=Work)


@dataclass(frozen=True)
class Claim:
    """The right to write the result of one piece of work. `attempts` includes this attempt."""

    token: uuid.UUID
    attempts: int

    def is_one_too_many(self, stage: Stage) -> bool:
        """True when the work has crashed its worker so often that it must not be tried again."""
        return self.attempts > stage.max_attempts


def claim_waiting_rows(
    rows: QuerySet[WorkT], stage: Stage, *, task_id: str, worker: uuid.UUID | None = None
) -> tuple[uuid.UUID, list[WorkT]]:
    """Claim those of these rows that are waiting.

    This is one conditional UPDATE: when two workers try at once, each row goes to one of them.

    Returns:
        The token in the `claim` column of the claimed rows, and these rows. Of a photo they have only the columns that
        its stages read (`CLAIMED`). Others are read when they are first asked for.

    """
    return _claim_rows(rows.filter(stage.is_waiting()), stage, task_id, worker)


def _claim_rows(
    free: QuerySet[WorkT], stage: Stage, task_id: str, worker: uuid.UUID | None
) -> tuple[uuid.UUID, list[WorkT]]:
    token = uuid.uuid4()
    changes: dict[str, Any] = {
        stage.field: stage.working,
        "claim": token,
        "claimed_by": task_id,
        "worker": worker,
        "heartbeat_at": Now(),
        "attempts": F("attempts") + 1,
    }
    if connection.features.can_return_columns_from_insert:
        return token, update_returning(free, _columns_of(free.model), **changes)
    count = free.update(**changes)
    return token, list(free.model._default_manager.filter(claim=token)) if count else []  # noqa: SLF001 - documented


def claim_row(
    model: type[WorkT], key: Any, stage: Stage, *, task_id: str, worker: uuid.UUID | None = None
) -> tuple[WorkT, Claim] | None:
    """Claim the row with this primary key. None when it is gone, or when this message may not work on it.

    It may if the row is waiting or abandoned, or if an earlier delivery of this message left it claimed. A redelivery
    takes no row from a living worker. Otherwise each redelivery would count an attempt, and a few of them would fail a
    healthy photo.

    A claim does not wait for the database's disk: if the server crashes, the row waits again, and what was found under
    that claim is not written.
    """
    # Nearly always the row is waiting.
    token = uuid.uuid4()
    row: WorkT | None = None
    if connection.features.can_return_columns_from_insert:
        row = _claim_of(model, stage).execute_returning(
            match=(key, stage.waiting), values=(stage.working, token, task_id, worker), waits_for_disk=False
        )
    if row is None:
        is_left_behind = Q(claimed_by=task_id) & ~_held_by_a_living_run()
        is_free = stage.is_waiting() | (stage.is_working() & (is_left_behind | _is_expired(stage)))
        rows = model._default_manager.filter(is_free, pk=key)  # noqa: SLF001 - Django's documented name
        token, claimed = _claim_rows(rows, stage, task_id, worker)
        row = claimed[0] if claimed else None
    return (row, Claim(token, row.attempts)) if row is not None else None


@cache
def _claim_of(model: type[WorkT], stage: Stage) -> RowUpdate[WorkT]:
    return RowUpdate(
        model,
        write=(stage.field, "claim", "claimed_by", "worker"),
        now=("heartbeat_at",),
        count=("attempts",),
        match=(model._meta.pk.name, stage.field),  # noqa: SLF001 - the documented name
        returning=_columns_of(model),
    )


@cache
def _columns_of(model: type[Work]) -> tuple[str, ...]:
    names = [field.name for field in model._meta.concrete_fields]  # noqa: SLF001
    claimed = getattr(model, "CLAIMED", names)
    return tuple(name for name in names if name in claimed)  # in the order of the model, as `from_db` needs it


def held(rows: QuerySet[RowT], stage: Stage, token: uuid.UUID) -> QuerySet[RowT]:
    """The rows that this claim still holds."""
    return rows.filter(stage.is_working(), claim=token)


def heartbeat(rows: QuerySet[RowT], stage: Stage, token: uuid.UUID) -> bool:
    """Record that the work continues. False when the claim was lost: then stop the work."""
    return held(rows, stage, token).update(heartbeat_at=Now()) > 0


def released() -> dict[str, Any]:
    """The column values of a row that no worker has claimed."""
    return {"claim": None, "claimed_by": "", "worker": None, "heartbeat_at": None}


def release_uncounted(rows: QuerySet[RowT], stage: Stage, token: uuid.UUID) -> int:
    """Release rows without counting the attempt, because something else failed, for example the storage."""
    return _release(held(rows, stage, token), stage, attempts=F("attempts") - 1, enqueued_at=Now())


def release_counted(rows: QuerySet[RowT], stage: Stage, token: uuid.UUID, *, at_once: bool = False) -> int:
    """Release rows after a failed attempt that they may have caused. After `max_attempts` the caller gives them up.

    The sweep enqueues them later. With `at_once`, fair dispatch enqueues them now.
    """
    return _release(held(rows, stage, token), stage, enqueued_at=None if at_once else Now())


def release_abandoned(stage: Stage) -> int:
    """Release rows whose worker is gone or silent for longer than the lease. The attempt stays counted."""
    is_gone = Q(worker__isnull=False) & ~_held_by_a_living_run()
    abandoned = stage.rows().filter(stage.is_working(), _is_expired(stage) | is_gone)
    return _release(abandoned, stage, enqueued_at=None)


def release_of_killed_child(stage: Stage, *, task_id: str, worker: uuid.UUID) -> int:
    """Release rows that a killed child of this run held for this message. The attempt stays counted.

    The broker delivers the message again, and that delivery claims them.
    """
    left = stage.rows().filter(stage.is_working(), claimed_by=task_id, worker=worker)
    return _release(left, stage, enqueued_at=Now())


def _release(rows: QuerySet[RowT], stage: Stage, **columns: Any) -> int:
    return rows.update(**{stage.field: stage.waiting}, **released(), **columns)


def _held_by_a_living_run() -> Exists:
    return Exists(WorkerReport.alive().filter(id=OuterRef("worker")))


def _is_expired(stage: Stage) -> Q:
    return Q(heartbeat_at__lt=Now() - stage.lease)
