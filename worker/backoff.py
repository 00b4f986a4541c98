"""When a worker goes slowly, or not at all. Decided by the monotonic clock: that on the wall may be wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from albums.storage import StorageRefused
from worker.analysis.embedding import EncoderError
from worker.analysis.faces import FaceModelError
from worker.sandbox import SandboxUnavailable

logger = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 1.0
# Less than the grace that a worker has to stop, also in the embedded installation.
_MAX_PAUSE_SECONDS = 15.0
# Refusals further apart than this have nothing to do with each other.
_FORGET_AFTER_SECONDS = 120.0


REFUSALS = (StorageRefused, SandboxUnavailable, FaceModelError, EncoderError)
"""What keeps this worker from any work until its operator acts, and others perhaps not."""


class RefusalBackoff:
    """Keeps a process that is refused what its work takes from emptying the queue.

    Its storage may refuse it, its sandbox not start, a model be broken. It then fails faster than others work: it would
    take message after message, and give all of them back. While it pauses, its message in hand, others take the next. A
    pause is twice as long as the one before.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._pause_seconds = 0.0
        self._refused_at = 0.0

    @contextmanager
    def pause_on_refusal(self) -> Iterator[None]:
        """Pause if the block, which has given its work back by then, ends with one of `REFUSALS`; that goes on."""
        try:
            yield
        except REFUSALS as error:
            self._pause_after(error)
            raise

    def _pause_after(self, error: Exception) -> None:
        is_recent = self._clock() - self._refused_at < _FORGET_AFTER_SECONDS
        self._pause_seconds = (
            min(2 * self._pause_seconds, _MAX_PAUSE_SECONDS)
            if is_recent and self._pause_seconds
            else _FIRST_PAUSE_SECONDS
        )
        logger.error(
            "This worker cannot do what it took, leaves it to others, and pauses for %.0f s. %s",
            self._pause_seconds,
            error,
        )
        self._sleep(self._pause_seconds)
        self._refused_at = self._clock()


class SweepInterval:
    """Lets one sweep of many that have piled up pass, and the others only when half an interval is over.

    Sweeps cannot expire on the queue instead: the worker compares the time with beat's by its own clock, and one
    whose clock is ahead would never sweep.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._swept_at: float | None = None

    def is_due(self) -> bool:
        """Whether this process should sweep now; if so, the next interval begins."""
        now = self._clock()
        if self._swept_at is not None and now - self._swept_at < settings.SWEEP_SECONDS / 2:
            return False
        self._swept_at = now
        return True


refusal_backoff = RefusalBackoff()
sweep_interval = SweepInterval()
