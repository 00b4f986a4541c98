"""Helpers for tests: wait for a condition, look at processes, check a port."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

from web.embedded.guard import descendants, process_table


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """True if the condition becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)  # a look at all processes takes a tenth of that
    return True


def alive(pids: set[int]) -> set[int]:
    """The processes that are alive. A zombie is not."""
    table = process_table()
    return {pid for pid in pids if pid in table and table[pid].state != "Z"}


def family(pid: int) -> set[int]:
    """The process and all its descendants."""
    return descendants({pid}, process_table())


def command_line(pid: int) -> list[str]:
    """The process's command line. Empty when the process has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def is_listening(port: int) -> bool:
    """True if something accepts connections on this port of 127.0.0.1."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True
