"""The state of a worker process: its processors, its encoder, its sandbox, and its row among the workers."""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connections

from albums.jobs import Queue
from albums.services.workers import worker_begin, worker_child_killed, worker_end, worker_seen
from worker.analysis import models
from worker.analysis.interface import DecodeLimits, EncoderError
from worker.sandbox import Sandbox

if TYPE_CHECKING:
    from worker.analysis.embedding import Encoder

logger = logging.getLogger(__name__)

# Well below WORKER_SILENT_SECONDS.
_HEARTBEAT_SECONDS = 3.0
# A heartbeat that waits for an absent database must not delay the end of the worker for long.
_LAST_HEARTBEAT_SECONDS = 10.0

# The worker sets these before it forks; its children read them.
_RUN_VARIABLE = "PHOTOALBUM_WORKER_RUN"
_CONCURRENCY_VARIABLE = "PHOTOALBUM_WORKER_CONCURRENCY"
_NICENESS = 10


def begin_run(concurrency: int) -> None:
    """Give this run of the worker an id, for itself and the children it will fork."""
    os.environ[_RUN_VARIABLE] = str(uuid4())
    os.environ[_CONCURRENCY_VARIABLE] = str(concurrency)


def worker_run() -> UUID | None:
    """The id of the run this process belongs to; None outside of a worker."""
    value = os.environ.get(_RUN_VARIABLE)
    return UUID(value) if value else None


def lower_priority() -> None:
    """Let other processes use the processors first: pages must load fast, while photos take minutes anyway.

    This matters where the web process runs on the same machine. A worker alone on its machine is as fast as before.
    """
    os.nice(_NICENESS)
    # Linux shares the processors among sessions first, and a worker has one of its own. So its priority is that of the
    # session (sched(7), "autogroup"). In a container it is the container's share.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_NICENESS), encoding="ascii")


def warm_up(queues: Collection[str]) -> None:
    """Start the sandbox and load the encoder in the background, so that the first photo does not wait for them.

    Where one of them fails, the first photo that needs it meets the same error, and the stage handles that.
    """
    if Queue.IMAGES in queues:
        sandbox().warm_up(face_model=face_model())
    if Queue.EMBEDDINGS in queues:
        threading.Thread(target=_load_encoder, name="load-encoder", daemon=True).start()


def _load_encoder() -> None:
    try:
        encoder()
    except EncoderError as error:
        logger.info("The encoder could not be loaded ahead: %s", error)


@cache
def sandbox() -> Sandbox:
    """The sandbox in which this process examines photos."""
    face_file = [settings.FACE_MODEL] if settings.FACE_DETECTOR == "yunet" else []
    made = Sandbox(memory=settings.PHOTO_MEMORY_BYTES, seconds=settings.PHOTO_SECONDS, readable=face_file)
    atexit.register(made.close)
    return made


def close_sandbox() -> None:
    """End the sandbox, if this process has one."""
    if sandbox.cache_info().currsize:
        sandbox().close()


def photo_limits() -> DecodeLimits:
    """The largest photo that this service decodes."""
    return DecodeLimits(max_bytes=settings.MAX_PHOTO_BYTES, max_pixels=settings.MAX_PHOTO_PIXELS)


def face_model() -> str:
    """What finds faces on this machine: NETWORK, HAAR or the file of YuNet."""
    if settings.FACE_DETECTOR == "yunet":
        return settings.FACE_MODEL
    return models.HAAR if face_warning() else settings.FACE_DETECTOR


def face_warning() -> str:
    """Why the cascades find the faces although the networks should, in a sentence; empty if that is not so."""
    missing = models.missing_for_networks() if settings.FACE_DETECTOR == models.NETWORK else ""
    if not missing:
        return ""
    return f"Faces are found by Haar cascades, which miss more of them and misjudge eyes: {missing}."


def encoder_choice(model: str | None = None) -> models.EncoderChoice:
    """The encoder this machine uses, or the one of a model, decided from its files without loading anything."""
    return models.resolve_encoder(
        model or settings.EMBEDDING_MODEL,
        settings.EMBEDDING_BACKEND,
        weights=settings.RESNET50_WEIGHTS or None,
        cache_folder=settings.MODEL_CACHE,
    )


def encoder() -> Encoder:
    """This process's encoder, loaded on first use, with its share of the processors."""
    from worker.analysis import embedding  # NumPy and OpenCV, which other processes need not load

    return embedding.load_encoder(_process_encoder_choice(), threads=_threads())


@cache
def _process_encoder_choice() -> models.EncoderChoice:
    """Fixed for the life of the process: weights that arrive later must not mix models within a chunk."""
    return encoder_choice()


def _threads() -> int:
    return max(1, len(os.sched_getaffinity(0)) // _concurrency())


def _concurrency() -> int:
    return int(os.environ.get(_CONCURRENCY_VARIABLE, "1"))


def register_worker(name: str, queues: str) -> None:
    """Create this worker's row, and log a warning when it works without ResNet50 or the networks for faces."""
    choice = encoder_choice()
    for warning in filter(None, (choice.warning, face_warning())):
        logger.warning("%s", warning)
    run = worker_run()
    if run is not None:
        logger.info(
            "Worker %s works on %s with %d processes, and compares photos with %s.",
            name,
            queues.replace(",", ", "),
            _concurrency(),
            choice.name,
        )
        worker_begin(
            run,
            name=name,
            queues=queues,
            concurrency=_concurrency(),
            embedding_model=choice.name,
            warning=choice.warning,
        )


def send_heartbeat(name: str, queues: str) -> None:
    """Refresh this worker's row. A worker does not stop when the database is away for a while."""
    run = worker_run()
    try:
        if run is not None and not worker_seen(run):
            register_worker(name, queues)
    except DatabaseError as error:
        logger.warning("The heartbeat of worker %s could not be sent. Its work may be given to others: %s", name, error)


class _Heartbeat(threading.Thread):
    """Refreshes this worker's row every few seconds until it is stopped or the process ends."""

    def __init__(self, name: str, queues: str) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._arguments = (name, queues)
        self._stopped = threading.Event()

    def run(self) -> None:
        """Send heartbeats until stopped."""
        while not self._stopped.wait(_HEARTBEAT_SECONDS):
            # A broken connection stays broken unless it is closed, as Django does before each request.
            close_old_connections()
            send_heartbeat(*self._arguments)
        connections.close_all()  # this thread's own

    def stop(self) -> None:
        """Stop, and wait for a heartbeat that is being sent: it would create the row again."""
        self._stopped.set()
        self.join(_LAST_HEARTBEAT_SECONDS)


_heartbeats: list[_Heartbeat] = []


def start_heartbeat(name: str, queues: str) -> None:
    """Create this worker's row and refresh it until `stop_heartbeat()`, even while the process waits for something."""
    register_worker(name, queues)
    heartbeat = _Heartbeat(name, queues)
    _heartbeats.append(heartbeat)
    heartbeat.start()


def stop_heartbeat() -> None:
    """Stop the heartbeat and delete this worker's row."""
    while _heartbeats:
        _heartbeats.pop().stop()
    close_old_connections()
    unregister_worker()


def release_claims_of_killed_child(message_id: str) -> None:
    """Release what a killed child had claimed for a message, before the message is delivered again."""
    run = worker_run()
    if run is None:
        return
    close_old_connections()
    try:
        freed = worker_child_killed(run, task_id=message_id)
    except DatabaseError as error:
        logger.warning(
            "A process of this worker was killed. Another takes its work when its lease ends, because of: %s", error
        )
    else:
        logger.warning(
            "A process of this worker was killed during message %s. What it had in hand (%d) will be tried again.",
            message_id,
            freed,
        )
    finally:
        # The next child is forked from this process and must not share its connection.
        connections.close_all()


def unregister_worker() -> None:
    """Delete this worker's row when it shuts down normally."""
    run = worker_run()
    try:
        if run is not None:
            worker_end(run)
    except DatabaseError as error:
        logger.warning("Could not delete the row of this worker: %s", error)
