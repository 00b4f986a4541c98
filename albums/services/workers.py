"""Records what workers report: their start, heartbeats and end, and killed children."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from albums.models import WorkerReport
from albums.services.claims import release_of_killed_child
from albums.stages import STAGES


@transaction.atomic
def worker_begin(
    run: UUID, *, name: str, queues: str, embedding_model: str, warning: str, concurrency: int = 1
) -> None:
    """Record that a worker has started. This frees what an earlier run of the same name had claimed."""
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
    """Record that the worker is alive. False when its row is gone: then call `worker_begin` again."""
    return WorkerReport.objects.filter(id=run).update(seen_at=Now()) > 0


def worker_end(run: UUID) -> None:
    """Record that the worker has shut down normally."""
    WorkerReport.objects.filter(id=run).delete()


def worker_child_killed(run: UUID, *, task_id: str) -> int:
    """Release what a killed child of this run had claimed for this message. The broker delivers the message again.

    Returns:
        How many rows were released. Their attempts stay counted: the rows may have crashed the child.

    """
    return sum(release_of_killed_child(stage, task_id=task_id, worker=run) for stage in STAGES)


def workers_forget() -> int:
    """Forget runs that have been silent for a day."""
    silent = WorkerReport.objects.filter(seen_at__lt=Now() - timedelta(days=1))
    return silent.delete()[0]
