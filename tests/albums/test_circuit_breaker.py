"""The circuit breaker skips calls for five seconds after a failure, and not longer."""

from __future__ import annotations

import time

import pytest

from albums.circuit_breaker import CircuitBreaker


def test_it_skips_calls_for_five_seconds_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = CircuitBreaker()
    assert not breaker.is_open
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    breaker.record_failure()

    for later, is_open in ((0.0, True), (4.9, True), (5.0, False), (60.0, False)):
        monkeypatch.setattr(time, "monotonic", lambda now=1000.0 + later: now)
        assert breaker.is_open is is_open
