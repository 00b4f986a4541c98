"""Adds ids of the current work to every log line. It adds nothing about people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_context: ContextVar[Mapping[str, str]] = ContextVar("log_context", default={})  # noqa: B039 - never changed in place


@contextmanager
def log_context(**ids: object) -> Iterator[None]:
    """Add ids such as `photo_id` to the log lines of the block, beside those already there."""
    token = _context.set({**_context.get(), **{name: str(value) for name, value in ids.items()}})
    try:
        yield
    finally:
        _context.reset(token)


def current_context() -> Mapping[str, str]:
    """The current ids, by name."""
    return _context.get()
