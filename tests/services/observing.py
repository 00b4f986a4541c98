"""What tests look at: whether a process lives, a port answers, a condition becomes true."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

from web.embedded.guard import descendants, process_table


def until(true: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether it becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def alive(pids: set[int]) -> set[int]:
    """Those of the processes that live; a zombie does not."""
    table = process_table()
    return {pid for pid in pids if pid in table and table[pid].state != "Z"}


def family(pid: int) -> set[int]:
    """The process and everything below it."""
    return descendants({pid}, process_table())


def command_line(pid: int) -> list[str]:
    """What the process was started with; empty when it has just ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def is_listening(port: int) -> bool:
    """Whether something accepts connections on this port of 127.0.0.1."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True
