"""The Celery application of the workers: `celery -A worker worker -Q images,embeddings,albums`, and `beat`.

Each process needs DATABASE_URL, REDIS_URL and STORAGE_URL, and nothing else. Every setting below answers a known trap:

- A message is acknowledged after its work, and a child killed meanwhile gives it back (`task_acks_late`,
  `task_reject_on_worker_lost`); attempts are counted in the rows, so a photo that kills its worker cannot loop.
  `worker.celery_request` frees the claims of such a child first: a redelivery takes none from a living worker.
- When the whole worker is killed, Redis gives its messages back only after the visibility time-out, which must be
  longer than any task, by more than the workers' clocks differ. The sweep is faster: it knows from the rows which
  worker is gone and what it had claimed.
- One message at a time is reserved (`worker_prefetch_multiplier`), so an idle worker never waits behind a busy one.
- Nothing is stored as a result: progress is counted from rows.
- A lost connection does not cancel running tasks: their claims keep anyone else from doing them again.
"""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, bootsteps, signals
from kombu import Exchange
from kombu import Queue as KombuQueue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "web.settings")

from django.conf import settings

from albums.jobs import Job, Queue

app = Celery("worker", task_cls="worker.celery_request:WorkTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    imports=["worker.tasks"],
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
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    broker_connection_retry=True,
    broker_connection_max_retries=None,
    beat_schedule={
        "sweep": {
            "task": Job.SWEEP.value,
            "schedule": float(settings.SWEEP_SECONDS),
            # Those that pile up while nobody comes to do them do not expire, see worker.backoff.SweepInterval.
            "options": {"queue": Queue.ALBUMS.value},
        }
    },
    timezone="UTC",
)


@signals.worker_init.connect
def _begin_run(sender: Any, **_: Any) -> None:
    """Before the children are forked, who inherit it."""
    from worker.runtime import begin_run

    begin_run(sender.concurrency)


@signals.worker_process_init.connect
def _prepare_child(**_: Any) -> None:
    """Libraries that start threads are imported after this fork only."""
    from worker.runtime import lower_priority, prepare_process

    prepare_process()
    lower_priority()


class HeartbeatStep(bootsteps.StartStopStep):
    """Shows this worker in its row for as long as its process lives.

    Not from the worker's loop: that waits while the broker is away, and is over while a warm stop waits for the tasks
    in hand. A row that went silent meanwhile would have them done by somebody else as well.
    """

    def start(self, worker: Any) -> None:
        """Begin. The end is `worker_shutdown`, which comes after the last task; steps are stopped before it."""
        from worker.runtime import start_heartbeat

        start_heartbeat(worker.hostname, ",".join(sorted(worker.app.amqp.queues.consume_from)))


@signals.worker_shutdown.connect
def _end_run(**_: Any) -> None:
    """In good order, when nothing is in hand any more."""
    from worker.runtime import stop_heartbeat

    stop_heartbeat()


app.steps["worker"].add(HeartbeatStep)
