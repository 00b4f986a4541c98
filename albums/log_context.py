"""What is being worked on, for every line of the log that is written meanwhile: ids, and nothing about people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_context: ContextVar[Mapping[str, str]] = ContextVar("log_context", default={})  # noqa: B039 - never changed in place


@contextmanager
def log_context(**ids: object) -> Iterator[None]:
    """Name what the block works on, such as `photo_id`, beside what is named already."""
    token = _context.set({**_context.get(), **{name: str(value) for name, value in ids.items()}})
    try:
        yield
    finally:
        _context.reset(token)


def current_context() -> Mapping[str, str]:
    """What is named now, by name."""
    return _context.get()
