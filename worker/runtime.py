"""What a worker process has and is: its share of the processors, its encoder, its word to the installation."""

from __future__ import annotations

import logging
import os
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError

from albums import services
from worker.analysis import embedding

if TYPE_CHECKING:
    from worker.analysis.embedding import Encoder, EncoderChoice

logger = logging.getLogger(__name__)

_REPORT_SECONDS = 30
_last_report = 0.0


def prepare_process() -> None:
    """Keep OpenCV to one thread: the processes are the parallelism, and more threads than processors only wait."""
    import cv2

    cv2.setNumThreads(1)


def encoder_choice() -> EncoderChoice:
    """Which encoder this installation uses, decided from files only."""
    return embedding.resolve_encoder(
        settings.EMBEDDING_MODEL,
        settings.EMBEDDING_BACKEND,
        weights=settings.RESNET50_WEIGHTS or None,
        cache_folder=settings.MODEL_CACHE,
    )


def encoder() -> Encoder:
    """This process' encoder, loaded the first time it is asked for."""
    return embedding.load_encoder(encoder_choice())


def report_worker(name: str, queues: str) -> None:
    """Write what this worker is into its row, and log the warning when it works without ResNet50."""
    choice = encoder_choice()
    if choice.warning:
        logger.warning("%s", choice.warning)
    services.worker_report(name=name, queues=queues, embedding_model=choice.name, warning=choice.warning)


def report_alive(name: str) -> None:
    """Refresh the row of this worker, at most every half minute. The database being away is not its trouble."""
    global _last_report  # noqa: PLW0603 - one clock a process
    if time.monotonic() - _last_report < _REPORT_SECONDS:
        return
    _last_report = time.monotonic()
    try:
        services.worker_seen(name)
    except DatabaseError as error:
        logger.warning("Could not report that %s is alive: %s", name, error)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))
