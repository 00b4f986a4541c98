"""The Celery application of the workers: `celery -A worker worker -Q images,embeddings,albums`, and `beat`.

Each process needs only DATABASE_URL, REDIS_URL and STORAGE_URL. Every setting below avoids a known trap:

- A worker acknowledges a message after its work. When a child is killed, the message goes back to the queue
  (`task_acks_late`, `task_reject_on_worker_lost`). The rows count attempts, so a photo that kills its worker cannot
  loop. `worker.celery_request` releases the claims of such a child first, because a redelivered message never takes a
  claim from a living worker.
- When the whole worker is killed, Redis redelivers its messages only after the visibility timeout. It must be longer
  than any task, by more than the workers' clocks differ. The sweep is faster: it reads from the rows which worker is
  gone and what it had claimed.
- A process reserves one message at a time (`worker_prefetch_multiplier`), so an idle one never waits behind a busy one.
- Celery stores no results. Progress is counted from the rows.
- A lost connection does not cancel running tasks. Their claims keep other workers from repeating them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from celery import Celery, bootsteps, signals
from kombu import Exchange
from kombu import Queue as KombuQueue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")
# Celery would run Django's checks in each worker and ignore their result. They load all pages and the API.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

from django.conf import settings
from django.db import close_old_connections

from albums.jobs import Queue

app = Celery("worker", task_cls="worker.celery_request:WorkTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    imports=["worker.tasks", "worker.inspection"],
    task_queues=[KombuQueue(queue.value, Exchange(queue.value), routing_key=queue.value) for queue in Queue],
    task_default_queue=Queue.ALBUMS.value,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_acks_on_failure_or_timeout=True,
    task_ignore_result=True,
    task_time_limit=settings.TASK_TIME_LIMIT,
    task_soft_time_limit=settings.TASK_TIME_LIMIT - 30,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    worker_soft_shutdown_timeout=10.0,
    worker_enable_soft_shutdown_on_idle=False,
    worker_send_task_events=False,
    # Celery would open and close a connection to the database for each message, which costs both sides milliseconds.
    CELERY_DB_REUSE_MAX=sys.maxsize,
    broker_connection_retry=True,
    broker_connection_max_retries=None,
)


@signals.worker_init.connect
def _begin_run(sender: Any, **_: Any) -> None:
    """Before the children are forked: name the run and hide its memory, so that they inherit both.

    They also share what is imported by now. Their collector would write into each object of it, and so copy it.
    """
    from worker.runtime import begin_run
    from worker.sandbox import hide_memory

    hide_memory()
    # billiard makes nameless files for what it shares with the children, by default in a new folder, which a killed
    # worker leaves behind.
    multiprocessing.current_process()._config["tempdir"] = tempfile.gettempdir()  # type: ignore[attr-defined]  # noqa: SLF001
    begin_run(sender.concurrency)
    gc.freeze()


@signals.worker_process_init.connect
def _prepare_child(**_: Any) -> None:
    """Start threads only here, after the fork. What starts after this has the same priority.

    A child that replaces another loads nothing ahead: if there is work, it loads what that needs.
    """
    from worker.idle import IdleEnd
    from worker.runtime import lower_priority, warm_up

    lower_priority()
    signals.task_prerun.connect(_renew_connection, weak=False)
    idle_end = IdleEnd(settings.WORKER_IDLE_SECONDS)
    signals.task_prerun.connect(idle_end.task_begins, weak=False)
    signals.task_postrun.connect(idle_end.task_ended, weak=False)
    if not _is_started:
        warm_up(app.amqp.queues.consume_from)
        idle_end.note_work()


def _renew_connection(**_: Any) -> None:
    """Open another connection to the database if this one is broken or old, as Django does before each request."""
    close_old_connections()


_is_started = False


@signals.worker_ready.connect
def _note_start(**_: Any) -> None:
    """All first children have been forked by now. Tell a supervisor, which may have named a file for it."""
    global _is_started  # noqa: PLW0603 - children inherit it
    _is_started = True
    if ready_file := os.environ.get("WORKER_READY_FILE"):
        Path(ready_file).touch()


class HeartbeatStep(bootsteps.StartStopStep):
    """Keeps this worker's row alive for as long as its process lives.

    The heartbeat does not come from the worker's event loop. The loop blocks while the broker is away, and it has ended
    while a warm shutdown waits for running tasks. If the row went silent then, another worker would repeat those tasks.
    """

    def start(self, worker: Any) -> None:
        """Start the heartbeat. `worker_shutdown` stops it, because Celery stops its steps before the last task ends."""
        from worker.runtime import start_heartbeat

        start_heartbeat(worker.hostname, ",".join(sorted(worker.app.amqp.queues.consume_from)))


@signals.worker_shutdown.connect
def _end_run(**_: Any) -> None:
    """Stop the heartbeat after the last task has ended."""
    from worker.runtime import stop_heartbeat

    stop_heartbeat()


app.steps["worker"].add(HeartbeatStep)
