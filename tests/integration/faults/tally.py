"""Counts what the fault tests did: faults by kind, photos at stake, and how long the slowest album took afterwards.

A test says each fault when it injects it. The time until its album is done counts from the last fault before that.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

PROPERTY = "fault tally"


class Tally:
    """The faults of one test."""

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self.recovery: dict[str, float] = {}
        """The longest time, in seconds, from a fault of the kind to the end of the work."""
        self.albums: dict[str, int] = {}
        """The number of photos of each album, by its id."""
        self._open: set[str] = set()
        self._last = 0.0
        # Proxies note faults from threads of their own.
        self._lock = threading.Lock()

    def note(self, kind: str, count: int = 1) -> None:
        """A fault of this kind was injected, or so many of them."""
        with self._lock:
            self.faults[kind] += count
            self._open.add(kind)
            self._last = time.monotonic()

    def settled(self, album: str, photos: int) -> None:
        """The album is done: the service has recovered from the faults noted so far."""
        with self._lock:
            self.albums[album] = photos
            for kind in self._open:
                self.recovery[kind] = max(self.recovery.get(kind, 0.0), time.monotonic() - self._last)
            self._open.clear()

    def as_property(self) -> dict[str, Any]:
        """Plain values, which pytest-xdist can send."""
        return {"faults": dict(self.faults), "recovery": self.recovery, "photos": sum(self.albums.values())}


def table(properties: Iterable[dict[str, Any]]) -> Iterable[str]:
    """The lines of a summary of many tests."""
    faults: Counter[str] = Counter()
    recovery: dict[str, float] = {}
    photos = 0
    for tally in properties:
        faults.update(tally["faults"])
        photos += tally["photos"]
        for kind, seconds in tally["recovery"].items():
            recovery[kind] = max(recovery.get(kind, 0.0), seconds)
    for kind, count in sorted(faults.items()):
        yield f"{kind}: {count}" + (f", done after at most {recovery[kind]:.1f} s" if kind in recovery else "")
    yield f"all: {faults.total()} faults, {photos} photos at stake"


# The tally of the running test. The fixture `_tallied` replaces it.
current = Tally()


def begin() -> Tally:
    """Start the tally of another test."""
    global current  # noqa: PLW0603
    current = Tally()
    return current


def note(kind: str, count: int = 1) -> None:
    """Note a fault of the running test."""
    current.note(kind, count)
