"""What can leak in a deployment, read every half minute: memory, files, threads, connections, rows, folders.

For `benchmarks.soak`.
"""

from __future__ import annotations

import os
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import psycopg
from psycopg import sql

from tests.services import Stack
from tests.services.observing import family

EVERY_SECONDS = 30.0
WINDOW_SECONDS = 300.0
_SHORTEST_SECONDS = 1800.0


@dataclass
class Series:
    """The values of one quantity, with the seconds since the start."""

    times: list[float] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, at: float, value: float) -> None:
        """Add a reading."""
        self.times.append(at)
        self.values.append(value)

    def after(self, start: float) -> Series:
        """The readings from this second on."""
        kept = [(at, value) for at, value in zip(self.times, self.values, strict=True) if at >= start]
        return Series([at for at, _ in kept], [value for _, value in kept])

    def hourly_slope(self) -> float | None:
        """How much a line through the lowest reading of each five minutes rises in an hour; None below half an hour.

        The lowest readings, because a process holds more while it works, and how much it works is chance. The last
        five minutes count only if they are whole: the lowest of few readings is too high.
        """
        lows: dict[int, float] = {}
        for at, value in zip(self.times, self.values, strict=True):
            window = int(at // WINDOW_SECONDS)
            lows[window] = min(value, lows.get(window, value))
        if lows and self.times[-1] < (max(lows) + 1) * WINDOW_SECONDS - EVERY_SECONDS:
            del lows[max(lows)]
        if len(lows) * WINDOW_SECONDS < _SHORTEST_SECONDS:
            return None
        hours = np.array(list(lows)) * WINDOW_SECONDS / 3600
        return float(np.polyfit(hours, np.array(list(lows.values())), 1)[0])


class SoakMonitor:
    """Reads everything every EVERY_SECONDS while its block runs.

    `processes` has the private memory in MB of each process that lives, by its program and process id; `programs` that
    of each program with all its processes; `counts` everything else by name.
    """

    def __init__(self, stack: Stack, roots: Callable[[], Mapping[str, int]]) -> None:
        self._stack = stack
        self._roots = roots
        self.processes: dict[tuple[str, int], Series] = defaultdict(Series)
        self.programs: dict[str, Series] = defaultdict(Series)
        self.counts: dict[str, Series] = defaultdict(Series)

    @contextmanager
    def running(self) -> Iterator[SoakMonitor]:
        """Read in a thread while the block runs."""
        over, started = threading.Event(), time.monotonic()

        def watch() -> None:
            while not over.wait(EVERY_SECONDS):
                self.read(time.monotonic() - started)

        thread = threading.Thread(target=watch, name="soak-monitor")
        thread.start()
        try:
            yield self
        finally:
            over.set()
            thread.join()

    def read(self, at: float) -> None:
        """Read everything once."""
        self._read_processes(at)
        with suppress(psycopg.Error):
            for name, value in list(self._database()):
                self.counts[name].add(at, value)
        with self._stack.valkey.client() as client:
            self.counts["broker: clients"].add(at, client.info("clients")["connected_clients"])
            self.counts["broker: keys"].add(at, float(client.dbsize()))
            self.counts["broker: MB"].add(at, client.info("memory")["used_memory"] / 1e6)
        temporary = self._stack.environment["TMPDIR"]
        self.counts["temporary files"].add(at, sum(len(files) for _, _, files in os.walk(temporary)))
        self.counts["temporary folders"].add(at, sum(len(folders) for _, folders, _ in os.walk(temporary)))

    def _read_processes(self, at: float) -> None:
        for program, root in self._roots().items():
            readings = [reading for pid in family(root) if (reading := _read(pid)) is not None]
            if not readings:
                continue
            for pid, command, megabytes, _, _ in readings:
                self.processes[f"{program}{command}", pid].add(at, megabytes)
            self.programs[program].add(at, sum(reading[2] for reading in readings))
            self.counts[f"{program}: processes"].add(at, len(readings))
            self.counts[f"{program}: open files"].add(at, sum(reading[3] for reading in readings))
            self.counts[f"{program}: threads"].add(at, sum(reading[4] for reading in readings))

    def _database(self) -> Iterator[tuple[str, float]]:
        with psycopg.connect(self._stack.postgres.url, connect_timeout=5) as connection:

            def number(query: sql.SQL | sql.Composed) -> float:
                row = connection.execute(query).fetchone()
                return float(row[0]) if row else 0.0

            yield (
                "database: connections",
                number(sql.SQL("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL")),
            )
            yield "database: MB", number(sql.SQL("SELECT pg_database_size(current_database()) / 1e6"))
            for (name,) in connection.execute("SELECT relname FROM pg_stat_user_tables ORDER BY relname").fetchall():
                yield f"rows: {name}", number(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name)))


def _read(pid: int) -> tuple[int, str, float, int, int] | None:
    """Process id, what it is, MB of private memory, open files and threads; None if it has ended."""
    with suppress(OSError, KeyError):  # of a zombie no memory is told
        process = Path(f"/proc/{pid}")
        status = dict(
            line.split(":", 1) for line in (process / "status").read_text(encoding="utf-8").splitlines() if ":" in line
        )
        command = (process / "cmdline").read_bytes().decode(errors="replace")
        what = ", sandbox" if "sandbox" in command else ", tracker" if "resource_tracker" in command else ""
        files = sum(1 for _ in (process / "fd").iterdir())
        return pid, what, int(status["RssAnon"].split()[0]) / 1024, files, int(status["Threads"])
    return None
