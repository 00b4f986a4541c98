"""Custom Celery Request that releases the claims of a killed child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery import Task
from celery.worker.request import Request

if TYPE_CHECKING:
    _Task = Task[Any, Any]
else:
    _Task = Task


class WorkRequest(Request):
    """The main worker process's view of a message that one of its child processes works on.

    Only the main process knows when a child was killed. To everybody else, the claim of a killed child looks like that
    of a working one, because the worker's row still sends heartbeats.
    """

    def reject(self, requeue: bool = False) -> None:
        """Reject the message. Celery asks for a requeue when the child was killed (`task_reject_on_worker_lost`)."""
        if requeue and not self.acknowledged:
            # Imported here because Celery loads this module before Django is set up.
            from worker.runtime import release_claims_of_killed_child

            release_claims_of_killed_child(self.id)
        super().reject(requeue=requeue)


class WorkTask(_Task):
    """Base of all tasks; uses `WorkRequest`."""

    abstract = True
    Request = "worker.celery_request:WorkRequest"
