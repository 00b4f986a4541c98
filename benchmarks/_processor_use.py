"""The processor time of a service's processes, by what they do."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.services.observing import command_line, family

_TICKS = os.sysconf("SC_CLK_TCK")
# The first that occurs in a command line names the process.
_ROLES = {
    "worker.sandbox": "sandbox",
    "worker.beat": "schedule",
    "worker.main": "worker",
    "celery": "worker",
    "gunicorn": "web",
    "valkey": "broker",
    "postgres": "database",
    "swift": "storage",
    "embedded.handover": "supervisor",
}


IDLE, CLIENT = "idle", "client"


def processor_seconds(roots: Iterable[int]) -> Counter[str]:
    """Seconds of processor time so far, of these processes and their descendants, by part.

    `IDLE` is that of the machine's idle processors, `CLIENT` that of this process.
    """
    used: Counter[str] = Counter({IDLE: _idle_seconds(), CLIENT: time.process_time()})
    for root in roots:
        for pid in family(root):
            try:
                used[_role(pid)] += _seconds(pid)  # type: ignore[assignment] # Counter's values may be floats
            except (OSError, IndexError):
                continue  # it has just ended
    return used


def _idle_seconds() -> float:
    first = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()
    return (int(first[4]) + int(first[5])) / _TICKS


def _role(pid: int) -> str:
    words = " ".join(command_line(pid))
    return next((role for sign, role in _ROLES.items() if sign in words), "other")


def _seconds(pid: int) -> float:
    # The program's name, in parentheses, may contain any character. Children that ended are in the last two.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return sum(int(field) for field in fields[11:15]) / _TICKS
