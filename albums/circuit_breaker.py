"""A circuit breaker for servers that may be down: https://martinfowler.com/bliki/CircuitBreaker.html"""

from __future__ import annotations

import time

_OPEN_SECONDS = 5.0


class CircuitBreaker:
    """After a failed call, callers skip the server for a few seconds instead of waiting for one timeout after another.

    All threads of a process share one breaker. Two threads at once may make one call too many, which is harmless.
    """

    def __init__(self) -> None:
        self.open_until = 0.0

    @property
    def is_open(self) -> bool:
        """True while callers should skip the server."""
        return time.monotonic() < self.open_until

    def record_failure(self) -> None:
        """Skip calls for the next few seconds."""
        self.open_until = time.monotonic() + _OPEN_SECONDS
