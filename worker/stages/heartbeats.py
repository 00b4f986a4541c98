"""Tells the database that long work goes on, and stops the work when its claim is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ParamSpec

Progress = ParamSpec("Progress")

_HEARTBEAT_SECONDS = 2.0


class ClaimLost(Exception):
    """The row was deleted, or another worker has taken it over."""


def heartbeats(record: Callable[Progress, bool]) -> Callable[Progress, None]:
    """A function that calls `record` the first time, and then at most every few seconds.

    It raises ClaimLost when `record` says that the claim is lost.
    """
    last = 0.0

    def heartbeat(*progress: Progress.args, **named: Progress.kwargs) -> None:
        nonlocal last
        if time.monotonic() - last < _HEARTBEAT_SECONDS:
            return
        last = time.monotonic()
        if not record(*progress, **named):
            raise ClaimLost

    return heartbeat
