"""When a worker slows down. It uses the monotonic clock, because the wall clock may be wrong."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings

from albums.event_counts import Event, count_event
from albums.storage import StorageRefused, StorageUnavailable
from worker.analysis.interface import ModelError
from worker.sandbox import SandboxUnavailable

logger = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 1.0
# Shorter than the grace period for stopping a worker, also in the embedded installation.
_MAX_PAUSE_SECONDS = 15.0
# Refusals further apart than this are unrelated.
_FORGET_AFTER_SECONDS = 120.0


REFUSALS = (StorageRefused, SandboxUnavailable, ModelError)
"""Errors only an operator can fix; other workers may be unaffected."""

_EVENT_OF = {
    StorageRefused: Event.STORAGE_REFUSED,
    SandboxUnavailable: Event.SANDBOX_UNAVAILABLE,
    ModelError: Event.MODEL_UNUSABLE,
}


class RefusalBackoff:
    """Keeps a broken worker process from emptying the queue.

    When storage refuses it, its sandbox does not start or a model file is broken, a process fails faster than others
    work. It would take message after message and release them all. So it pauses while it still holds its message, and
    other workers take the next ones. Of refusals in a row, each pause is twice as long as the one before.
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
        """Pause and re-raise when the block raises one of `REFUSALS`. The block has released its work by then.

        Also counts these errors, and those of a storage that is away.
        """
        try:
            yield
        except REFUSALS as error:
            count_event(next(event for refusal, event in _EVENT_OF.items() if isinstance(error, refusal)))
            self._pause_after(error)
            raise
        except StorageUnavailable:
            count_event(Event.STORAGE_UNAVAILABLE)
            raise
        self._pause_seconds = 0.0

    def _pause_after(self, error: Exception) -> None:
        is_recent = self._clock() - self._refused_at < _FORGET_AFTER_SECONDS
        self._pause_seconds = (
            min(2 * self._pause_seconds, _MAX_PAUSE_SECONDS)
            if is_recent and self._pause_seconds
            else _FIRST_PAUSE_SECONDS
        )
        logger.error(
            "This worker cannot do its work. It leaves the work to other workers and pauses for %.0f s. %s",
            self._pause_seconds,
            error,
        )
        self._sleep(self._pause_seconds)
        self._refused_at = self._clock()


class SweepInterval:
    """Skips sweeps for a quarter of an interval after the end of another, because they can pile up on the queue.

    They do so where sweeps take longer than the interval, and zips and groupings wait behind them. Message expiry
    cannot prevent that. A worker would compare beat's time with its own clock, and a worker whose clock is ahead would
    never sweep.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._swept_at: float | None = None

    def run(self, sweep: Callable[[], object]) -> None:
        """Sweep, unless this process has just done so."""
        if self._swept_at is not None and self._clock() - self._swept_at < settings.SWEEP_SECONDS / 4:
            return
        try:
            sweep()
        finally:
            self._swept_at = self._clock()


refusal_backoff = RefusalBackoff()
sweep_interval = SweepInterval()
