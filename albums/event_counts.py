"""Counts of what happened to workers, for /metrics. They are in the broker's server, and begin at 0 when it is emptied.

Prometheus knows such resets. A count that is lost while the server is away costs an operator nothing.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum

from django.core.cache import cache


class Event(StrEnum):
    """What is counted."""

    SWEEP = "sweep"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    STORAGE_REFUSED = "storage_refused"
    SANDBOX_DIED = "sandbox_died"
    SANDBOX_UNAVAILABLE = "sandbox_unavailable"
    MODEL_UNUSABLE = "model_unusable"


def count_event(event: Event) -> None:
    """Count one more. Never fails, because callers count while they handle an error."""
    cache.add(_key(event), 0, None)
    with suppress(ValueError):  # the server was emptied, went away or came back in between
        cache.incr(_key(event))


def event_counts() -> dict[Event, int]:
    """How often each event happened, including those that did not."""
    found = cache.get_many([_key(event) for event in Event])
    return {event: int(found.get(_key(event), 0)) for event in Event}


def _key(event: Event) -> str:
    return f"events-{event.value}"
