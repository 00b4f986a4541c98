"""A circuit breaker for servers that may be away: https://martinfowler.com/bliki/CircuitBreaker.html"""

from __future__ import annotations

import time

_OPEN_SECONDS = 5.0


class CircuitBreaker:
    """After a failed call, callers skip the server for some seconds instead of waiting for one time-out after another.

    One breaker is shared by all threads of a process. Two threads that race make one call too many, which is harmless.
    """

    def __init__(self) -> None:
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        """True while calls are to be skipped."""
        return time.monotonic() < self.open_until

    def record_failure(self) -> None:
        """Skip calls from now on, for some seconds."""
        self.open_until = time.monotonic() + _OPEN_SECONDS
