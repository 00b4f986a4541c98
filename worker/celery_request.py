"""How a worker holds a message, as Celery lets one say it: `Task.Request`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from celery import Task
from celery.worker.request import Request

if TYPE_CHECKING:
    _Task = Task[Any, Any]
else:
    _Task = Task


class WorkRequest(Request):
    """A message in the hands of one of the worker's processes, seen from the worker.

    Only the worker knows when a process of its own was killed. To everybody else a claim looks the same whether its
    holder works or is gone, and the worker's row says that the run lives.
    """

    def reject(self, requeue: bool = False) -> None:
        """Give the message back. Where it is to come again, its process was killed (`task_reject_on_worker_lost`)."""
        if requeue and not self.acknowledged:
            # Not at the top: Celery needs this module before Django is set up.
            from worker.runtime import release_claims_of_killed_child

            release_claims_of_killed_child(self.id)
        super().reject(requeue=requeue)


class WorkTask(_Task):
    """A task whose messages are held so."""

    abstract = True
    Request = "worker.celery_request:WorkRequest"
