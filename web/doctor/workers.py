"""The workers: that each queue has some, that they answer, and that they are of this version and these settings."""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.db import DatabaseError

from albums import jobs, operations
from albums.jobs import Queue
from albums.models import WorkerReport
from albums.process_info import ProcessInfo, process_info
from web.doctor.clocks import clock
from web.doctor.database import missing_file
from web.doctor.finding import Findings, Level, error, ok, warning


def check_workers() -> Findings:
    """What the rows say of the workers and the queues, and then what the workers answer."""
    if missing_file():
        return  # the check of the database has said it
    try:
        alive = list(operations.workers_alive())
        progress = operations.queue_progress()
    except DatabaseError:
        return  # the checks of the database and its tables have said it
    for queue in Queue:
        if not any(queue.value in worker.queues.split(",") for worker in alive):
            yield error("workers", f"Nobody works on the queue {queue}.", f"Start a worker with `-Q {queue}`.")
    for row in progress:
        if row.is_stalled:
            yield error(
                "workers",
                f"The queue {row.queue} has {row.waiting} waiting and makes no progress.",
                "Start its workers again, and read their log.",
            )
    yield from _check_models(alive)
    if alive:
        yield from _check_answers(alive)


def _check_models(alive: Iterable[WorkerReport]) -> Findings:
    for sentence in sorted({worker.warning for worker in alive if worker.warning}):
        yield warning("models", sentence, "Run `manage.py download_models` where the workers read the models.")
    models = sorted({worker.embedding_model for worker in alive if "embeddings" in worker.queues.split(",")})
    if len(models) > 1:
        yield error(
            "models",
            f"Workers compare photos with different networks: {', '.join(models)}.",
            "Give all of them the same EMBEDDING_MODEL and weights, then run `manage.py reembed`.",
        )
    elif models:
        yield ok("models", f"Photos are compared with {models[0]}.")


def _check_answers(alive: list[WorkerReport]) -> Findings:
    asked_at = time.time()
    answers = jobs.ask_workers("process_info", [worker.name for worker in alive])
    if answers is None:
        return  # the check of the broker has said it
    ours = process_info()
    for worker in alive:
        answer = ProcessInfo.read(answers.get(worker.name))
        if answer is None:
            yield error(
                "workers",
                f"{worker.name} lives and does not answer its messages.",
                "Start it again. A worker of the version before does not answer either.",
            )
            continue
        between = min(max(answer.time, asked_at), ours.time)  # when it answered, if its clock is right
        clocks = clock(f"worker {worker.name}", answer.time, between)
        if clocks.level != Level.OK:
            yield clocks
        if answer.code != ours.code:
            yield warning(
                "workers", f"{worker.name} runs other code than this process.", "Start it again with this version."
            )
        differing = sorted(name for name, value in ours.settings.items() if answer.settings.get(name) != value)
        if differing:
            yield error(
                "workers", f"{worker.name} has another {', '.join(differing)}.", "Give all processes the same values."
            )
    if answers:
        yield ok("workers", f"{len(answers)} answered.")
