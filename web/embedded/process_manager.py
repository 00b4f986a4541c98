"""Runs programs through a guard process (`guard.py`), so that no program outlives this process."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

from web.embedded import guard


class ProcessError(RuntimeError):
    """The guard could not do what it was asked to, or has ended."""


class ProcessManager:
    """Runs programs until `close()` or the end of this process, even by SIGKILL. Safe to use from several threads.

    The guard removes the path `remove` after the last program. The file descriptors `keep_open` stay open until then:
    a lock, or sockets that the programs get. SIGCHLD tells this process that a program has ended.
    """

    # For the end of all programs and the removal of the path.
    stop_seconds: ClassVar[float] = 30.0

    def __init__(self, *, remove: Path, keep_open: Sequence[int] = ()) -> None:
        self._mutex = threading.Lock()
        self._pids: set[int] = set()
        self._channel, theirs = multiprocessing.Pipe()
        with theirs:
            # Without site-packages it starts faster. It must encode arguments as this process does.
            python = [sys.executable, "-I", "-S", f"-Xutf8={sys.flags.utf8_mode}"]
            self._guard = subprocess.Popen(
                [*python, guard.__file__, str(remove), str(os.getpid())],
                stdin=theirs.fileno(),
                start_new_session=True,
                pass_fds=keep_open,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        directory: Path,
        log: Path,
        user: tuple[int, int] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> ManagedProcess:
        """Start a program in a session of its own, its output appended to the log.

        `user` is a pair of user and group id to run as; only root can give one. `pass_fds` are among `keep_open`.
        """
        identity = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
        options = {"args": argv, "env": dict(environment), "cwd": directory, "pass_fds": pass_fds, **identity}
        pid: int = self.ask("start", log=log, **options)
        self._pids.add(pid)
        return ManagedProcess(self, pid)

    def close(self) -> None:
        """Kill every program and remove the path; returns when this is done. A second call does nothing."""
        self._channel.close()
        if self._guard.wait(self.stop_seconds) < 0:
            # The guard was killed, and the kernel killed the programs with it, but not their children.
            for group in self._pids:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(group, signal.SIGKILL)
        self._pids.clear()

    def ask(self, method: str, **arguments: Any) -> Any:
        """Have the guard call a method; returns its result."""
        with self._mutex:
            try:
                self._channel.send((method, arguments))
                answer = self._channel.recv()
            except (OSError, EOFError) as error:
                raise ProcessError("The guard process has ended.") from error
        if isinstance(answer, Exception):
            raise ProcessError(str(answer)) from answer
        if method == "kill":
            self._pids.discard(arguments["pid"])
        return answer


class ManagedProcess:
    """A program that a guard runs."""

    def __init__(self, manager: ProcessManager, pid: int) -> None:
        self._manager = manager
        self.pid = pid

    def returncode(self) -> int | None:
        """The exit status (negative for a signal), or None while it runs."""
        code: int | None = self._manager.ask("returncode", pid=self.pid)
        return code

    def signal(self, number: int) -> None:
        """Send a signal to the program alone, not to its children; nothing happens if it has ended."""
        self._manager.ask("signal", pid=self.pid, number=number)

    def kill(self) -> int:
        """SIGKILL the program and all its descendants; returns its exit status when they are gone. The last call."""
        code: int = self._manager.ask("kill", pid=self.pid)
        return code

    def wait(self, seconds: float) -> int | None:
        """The exit status once the program has ended, or None if it still runs after this time."""
        deadline = time.monotonic() + seconds
        while (code := self.returncode()) is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return code
