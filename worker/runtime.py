"""What a worker process has and is: its share of the processors, its encoder, its place among the workers."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from albums.services.workers import worker_begin, worker_child_lost, worker_end, worker_seen
from worker.analysis import embedding
from worker.sandbox import Sandbox

if TYPE_CHECKING:
    from worker.analysis.embedding import Encoder, EncoderChoice

logger = logging.getLogger(__name__)

# Well below WORKER_SILENT_SECONDS.
_HEARTBEAT_SECONDS = 3.0
# A report that waits for a database which is away must not hold up the end of the worker for long.
_LAST_HEARTBEAT_SECONDS = 10.0

# Written by the worker before it forks, read by its children.
_RUN_VARIABLE = "PHOTOALBUM_WORKER_RUN"
_CONCURRENCY_VARIABLE = "PHOTOALBUM_WORKER_CONCURRENCY"
_NICENESS = 10


def begin_run(concurrency: int) -> None:
    """Name this run of the worker, for itself and the children it will fork."""
    os.environ[_RUN_VARIABLE] = str(uuid4())
    os.environ[_CONCURRENCY_VARIABLE] = str(concurrency)


def worker_run() -> UUID | None:
    """The run of the worker this process belongs to; None outside of a worker."""
    value = os.environ.get(_RUN_VARIABLE)
    return UUID(value) if value else None


def prepare_process() -> None:
    """Keep OpenCV and BLAS to one thread: the processes are the parallelism, and threads beyond the processors wait.

    OpenBLAS waits by spinning; on a busy machine its two threads took ten times as long as one to group an album.
    """
    import cv2
    import scipy.linalg  # noqa: F401 - brings a BLAS of its own, which must be loaded to be limited
    from threadpoolctl import threadpool_limits

    cv2.setNumThreads(1)
    threadpool_limits(1, user_api="blas")


def lower_priority() -> None:
    """Take what of the processors is left: a page that somebody waits for comes before photos that take minutes anyway.

    That matters where the web process is on the same machine. Alone on its machine a worker is as fast as without.
    """
    os.nice(_NICENESS)


@cache
def sandbox() -> Sandbox:
    """Where this process has its photos examined."""
    made = Sandbox(memory=settings.PHOTO_MEMORY_BYTES, seconds=settings.PHOTO_SECONDS)
    atexit.register(made.close)
    return made


def encoder_choice() -> EncoderChoice:
    """Which encoder this machine uses, decided from files only."""
    return embedding.resolve_encoder(
        settings.EMBEDDING_MODEL,
        settings.EMBEDDING_BACKEND,
        weights=settings.RESNET50_WEIGHTS or None,
        cache_folder=settings.MODEL_CACHE,
    )


def encoder() -> Encoder:
    """This process' encoder, loaded the first time it is asked for, on its share of the processors."""
    return embedding.load_encoder(_process_encoder_choice(), threads=_threads())


@cache
def _process_encoder_choice() -> EncoderChoice:
    """The choice stays for as long as the process: weights that appear meanwhile must not mix models in a chunk."""
    return encoder_choice()


def _threads() -> int:
    return max(1, len(os.sched_getaffinity(0)) // _concurrency())


def _concurrency() -> int:
    return int(os.environ.get(_CONCURRENCY_VARIABLE, "1"))


def register_worker(name: str, queues: str) -> None:
    """Write what this worker is into its row, and log the warning when it works without ResNet50."""
    choice = encoder_choice()
    if choice.warning:
        logger.warning("%s", choice.warning)
    run = worker_run()
    if run is not None:
        worker_begin(
            run,
            name=name,
            queues=queues,
            concurrency=_concurrency(),
            embedding_model=choice.name,
            warning=choice.warning,
        )


def send_heartbeat(name: str, queues: str) -> None:
    """Refresh the row of this worker. That the database is away for a while is no reason to stop."""
    run = worker_run()
    try:
        if run is not None and not worker_seen(run):
            register_worker(name, queues)
    except DatabaseError as error:
        logger.warning("Could not report that %s is alive: %s", name, error)


class _Heartbeat(threading.Thread):
    """Refreshes the row of this worker every few seconds, until it is stopped or the process ends."""

    def __init__(self, name: str, queues: str) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._arguments = (name, queues)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Report, and wait."""
        while not self._stopped.wait(_HEARTBEAT_SECONDS):
            # As before a request: a connection that has broken is not mended by asking again.
            close_old_connections()
            send_heartbeat(*self._arguments)
        connections.close_all()  # those of this thread

    def stop(self) -> None:
        """Return when no report is on its way any more: it would bring the row back."""
        self._stopped.set()
        self.join(_LAST_HEARTBEAT_SECONDS)


_heartbeats: list[_Heartbeat] = []


def start_heartbeat(name: str, queues: str) -> None:
    """Write this worker's row, and keep it fresh until `stop_heartbeat()`, whatever else the process waits for."""
    register_worker(name, queues)
    heartbeat = _Heartbeat(name, queues)
    _heartbeats.append(heartbeat)
    heartbeat.start()


def stop_heartbeat() -> None:
    """Stop showing this worker and take its row away."""
    while _heartbeats:
        _heartbeats.pop().stop()
    close_old_connections()
    unregister_worker()


def release_claims_of_killed_child(message_id: str) -> None:
    """Free what a killed process of this worker had claimed for a message, before that is delivered again."""
    run = worker_run()
    if run is None:
        return
    close_old_connections()
    try:
        freed = worker_child_lost(run, task_id=message_id)
    except DatabaseError as error:
        logger.warning("What a killed process had claimed stays claimed until its lease is over: %s", error)
    else:
        logger.warning("A process was killed at message %s; %d claims of it are free again.", message_id, freed)
    finally:
        # The next process is forked from this one, and must not share its connection.
        connections.close_all()


def unregister_worker() -> None:
    """Take the row of this worker away: it stops in good order."""
    run = worker_run()
    try:
        if run is not None:
            worker_end(run)
    except DatabaseError as error:
        logger.warning("Could not report the end of this worker: %s", error)
