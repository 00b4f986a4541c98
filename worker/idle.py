"""Gives memory back: a child that had no work for long ends, and the worker forks one that has loaded nothing.

Its sandbox, its networks and their libraries take ten times the memory of a new child, and Python cannot unload them.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Any

from billiard.pool import EX_RECYCLE

from albums.jobs import Job
from worker.runtime import close_sandbox

_LIGHT_JOBS = {Job.SWEEP.value, Job.DELETE_OBJECTS.value}
"""They come all the time, and load nothing large."""


def end_child() -> None:
    """End this child at once, as one that has done its share. A message that arrives in this instant is requeued."""
    os._exit(EX_RECYCLE)


class IdleEnd:
    """Calls `end` when nothing that takes memory was done for `seconds`, counted from the first `note_work`.

    Before, it calls `release`, which takes a while. A task that begins meanwhile waits for that, and then is done here.
    """

    def __init__(
        self, seconds: float, end: Callable[[], None] = end_child, release: Callable[[], None] = close_sandbox
    ) -> None:
        self._seconds = seconds
        self._end = end
        self._release = release
        self._mutex = threading.Lock()
        self._is_busy = False
        self._worked_at = 0.0
        self._watch: threading.Thread | None = None

    def task_begins(self, **_: Any) -> None:
        """The process does not end before `task_ended`."""
        self._is_busy = True
        with self._mutex:
            pass

    def task_ended(self, sender: Any, **_: Any) -> None:
        """Count from now, if the task may have loaded something."""
        self._is_busy = False
        if sender.name not in _LIGHT_JOBS:
            self.note_work()

    def note_work(self) -> None:
        """Count from now."""
        self._worked_at = time.monotonic()
        if self._watch is None and self._seconds:
            self._watch = threading.Thread(target=self._wait, name="idle-end", daemon=True)
            self._watch.start()

    def _wait(self) -> None:
        while (left := self._worked_at + self._seconds - time.monotonic()) > 0 or not self._ends():
            time.sleep(max(left, 0.1))

    def _ends(self) -> bool:
        with self._mutex:
            if not self._is_busy:
                self._release()
            if self._is_busy:
                return False
            self._end()
            return True
