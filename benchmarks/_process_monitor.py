"""Measure memory and processor use of a deployment's processes over time. For `benchmarks.load`."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from tests.services.observing import family

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY_SECONDS = 2.0
_SHORTEST = 8  # fewest samples for a slope


@dataclass(frozen=True)
class Growth:
    """One process: its first and last resident memory in MB, and its growth in MB/min after the warm-up.

    The slope is that of the least-squares line through the second half of the samples; None if there are too few.
    """

    name: str
    pid: int
    first: float
    last: float
    slope: float | None


class ProcessMonitor:
    """Samples the resident memory and processor time of the roots and their descendants while its block runs."""

    def __init__(self, roots: Callable[[], Mapping[str, int]]) -> None:
        self._roots = roots
        self._samples: dict[tuple[str, int], list[tuple[float, float]]] = {}
        self._busy: dict[tuple[str, int], list[float]] = {}
        self._started = self._ended = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        self._ended = time.monotonic()

    def _watch(self) -> None:
        while not self._stop.wait(_EVERY_SECONDS):
            for name, root in self._roots().items():
                for pid in family(root):
                    self._look_at(name if pid == root else f"{name}, child", name, pid)

    def _look_at(self, role: str, program: str, pid: int) -> None:
        try:
            megabytes, seconds = _resident(pid), _busy_seconds(pid)
        except (OSError, IndexError):
            return  # the process has just ended
        self._samples.setdefault((role, pid), []).append((time.monotonic(), megabytes))
        self._busy.setdefault((program, pid), []).append(seconds)

    def processors(self) -> dict[str, float]:
        """The average number of busy processors, for each program with its children."""
        shares: dict[str, float] = {}
        for (program, _), seconds in sorted(self._busy.items()):
            share = (seconds[-1] - seconds[0]) / (self._ended - self._started)
            shares[program] = shares.get(program, 0.0) + share
        return shares

    def growths(self) -> list[Growth]:
        """The memory growth of each process, sorted by name."""
        return [
            Growth(name, pid, samples[0][1], samples[-1][1], _slope(samples[len(samples) // 2 :]))
            for (name, pid), samples in sorted(self._samples.items())
        ]


def processor_seconds(root: int) -> float:
    """The processor time that a program has used until now, with all its processes, also those that have ended.

    Of the ended ones, those count for which their parent has waited, as every server here does.
    """
    while True:
        with suppress(FileNotFoundError, ProcessLookupError):  # one has just ended: from now on it is its parent's time
            return sum(_busy_seconds(pid, ended_children=True) for pid in family(root))


def _slope(samples: list[tuple[float, float]]) -> float | None:
    if len(samples) < _SHORTEST:
        return None
    times, megabytes = np.array(samples).T
    return float(np.polyfit((times - times[0]) / 60, megabytes, 1)[0])


def _resident(pid: int) -> float:
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6


def _busy_seconds(pid: int, *, ended_children: bool = False) -> float:
    # The program's name, in parentheses, may contain any character.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11 : 15 if ended_children else 13]) / _TICKS
