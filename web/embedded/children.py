"""The child processes of a supervisor: what they are, how they start, and how they are surely gone."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from web.embedded import logs

_PR_SET_PDEATHSIG: Final = 1
# Loaded before any fork: between fork and exec nothing may be imported.
_libc: Final = ctypes.CDLL(None)


@dataclass(frozen=True)
class ChildSpecification:
    """A process that the supervisor keeps running.

    `name` names it to people and names its log; `environment` is added to the supervisor's own. Children of a lower
    `start_stage` start first, and those of the next wait until `is_ready` says so, where it is given. Children of a
    lower `stop_stage` stop first. After SIGTERM a child has `grace_seconds` to end by itself.
    """

    name: str
    argv: Sequence[str]
    start_stage: int = 0
    stop_stage: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    is_ready: Callable[[], bool] | None = None
    grace_seconds: float = 10.0
    pass_fds: tuple[int, ...] = ()


class Guard:
    """The process that finishes the children off should this one be killed; see `guard.py`."""

    def __init__(self, *, remove: Path, keep_open: Sequence[int] = ()) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("guard.py")), str(remove)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # Ctrl-C is not for it.
            start_new_session=True,
            pass_fds=keep_open,
        )

    def watch(self, group: int) -> None:
        """Kill this process group in case."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """The process group has ended."""
        self._tell(f"-{group}\n")

    def close(self) -> None:
        """Let it finish; whatever it still watches is killed now."""
        if self._process.stdin:
            with contextlib.suppress(BrokenPipeError):
                self._process.stdin.close()
        self._process.wait()

    def _tell(self, line: str) -> None:
        # Without its guard the supervisor goes on: nothing is lost but a second line of defence.
        with contextlib.suppress(BrokenPipeError):
            if self._process.stdin:
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()


class Child:
    """One process of a specification, in a session and process group of its own."""

    def __init__(self, specification: ChildSpecification, log: Path, guard: Guard) -> None:
        self.specification = specification
        self.log = log
        self._guard = guard
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0

    @property
    def name(self) -> str:
        """Its name in messages."""
        return self.specification.name

    @property
    def pid(self) -> int | None:
        """The process id while there is a process, ended or not."""
        return self._process.pid if self._process else None

    @property
    def age_seconds(self) -> float:
        """How long ago it was started."""
        return time.monotonic() - self._started_at

    def start(self) -> None:
        """Start it; its output is appended to its log. Raises OSError where the program cannot be run."""
        with logs.open_for_appending(self.log) as log:
            self._process = subprocess.Popen(
                self.specification.argv,
                env={**os.environ, **self.specification.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the supervisor alone, which then stops its children in order.
                start_new_session=True,
                pass_fds=self.specification.pass_fds,
                # Python's own work between fork and exec is this one system call.
                preexec_fn=_die_with_parent,  # noqa: PLW1509
            )
        self._guard.watch(self._process.pid)
        self._started_at = time.monotonic()

    def has_ended(self) -> bool:
        """True when there is no process, or it has ended. It is left to `clear()` to reap it."""
        if self._process is None:
            return True
        # WNOWAIT leaves the process id taken, so that the process group is certainly still the child's.
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

    def terminate(self) -> None:
        """Ask it to end; its own children are its affair."""
        if self._process and not self.has_ended():
            self._process.send_signal(signal.SIGTERM)

    def clear(self) -> int | None:
        """Kill whatever is left of it and its process group; returns the exit status, None if it was never started."""
        if self._process is None:
            return None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        status = self._process.wait()
        self._guard.forget(self._process.pid)
        self._process = None
        return status


def signal_when_parent_ends(number: signal.Signals) -> None:
    """Have the kernel send this process a signal when the one that started it ends, in whatever way."""
    _libc.prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)


def _die_with_parent() -> None:
    signal_when_parent_ends(signal.SIGKILL)
