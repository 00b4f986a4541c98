"""The guard: a process that runs programs for its owner, and ends all of them when the owner is gone.

This is a script of the standard library alone; `process_manager.py` is the owner's side. The owner sends the name of a
method of `Guard` with its arguments, and gets back the result or the exception.

The guard outlives its owner however the owner ends: Ctrl-C, an error or SIGKILL. It then kills the programs and all
their descendants, also those in sessions of their own, frees their shared memory and removes the path it was given. If
the guard itself is killed, the kernel kills the programs (PR_SET_PDEATHSIG).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
IPC_RMID = 0
KILL_SECONDS = 10.0

# Loaded before any fork: nothing may be imported between fork and exec.
_libc = ctypes.CDLL(None)


class Process(NamedTuple):
    """One line of the process table, from /proc/PID/stat."""

    pid: int
    state: str
    parent: int
    session: int


def process_table() -> dict[int, Process]:
    """Every process of this machine or PID namespace, zombies included."""
    table = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            # The name in parentheses may itself hold spaces and parentheses. The fields begin after the last one.
            with contextlib.suppress(OSError, IndexError):
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                pid = int(entry.name)
                table[pid] = Process(pid, fields[0], int(fields[1]), int(fields[3]))
    return table


def descendants(roots: set[int], table: dict[int, Process]) -> set[int]:
    """The roots and everything below them, by parent or by the session that each root leads."""
    found = set(roots)
    while more := {
        process.pid
        for process in table.values()
        if process.pid not in found and (process.parent in found or process.session in roots)
    }:
        found |= more
    return found


def signal_when_parent_ends(number: signal.Signals) -> None:
    """Have the kernel send this process a signal when its parent ends, for whatever reason."""
    _libc.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


class Guard:
    """Runs programs. One that has ended stays a zombie until `kill`, so that no other process gets its id."""

    def __init__(self, owner: int) -> None:
        self._owner = owner
        self._programs: dict[int, subprocess.Popen[bytes]] = {}
        # Orphans of the programs become children of this process, and so stay within its reach.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        signal.signal(signal.SIGCHLD, self._tell_owner)

    def serve(self, channel: Connection[Any, Any]) -> None:
        """Answer requests until the owner closes the channel or is gone."""
        watched: list[Any] = [channel]
        # A child that the owner forked may hold the channel open after the owner's death.
        with contextlib.suppress(OSError):
            watched.append(os.pidfd_open(self._owner))
        while os.getppid() == self._owner and channel in select.select(watched, [], [])[0]:
            method, arguments = channel.recv()
            try:
                answer = getattr(self, method)(**arguments)
            except Exception as error:
                answer = error
            channel.send(answer)

    def start(self, log: Path, **options: Any) -> int:
        """Start a program with these options of Popen, its output appended to the log; returns its process id."""
        with log.open("ab") as output:
            program = subprocess.Popen(
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches the owner alone, which then stops its programs in order.
                start_new_session=True,
                # It runs after the change of user, which would clear it. This process has one thread, so it is safe.
                preexec_fn=lambda: signal_when_parent_ends(signal.SIGKILL),  # noqa: PLW1509
                **options,
            )
        self._programs[program.pid] = program
        return program.pid

    def returncode(self, pid: int) -> int | None:
        """The exit status of a program (negative for a signal), or None while it runs."""
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        if ended is None:
            return None
        return ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to one program."""
        # Not Popen.send_signal, which would reap the program.
        os.kill(self._programs[pid].pid, number)

    def kill(self, pid: int) -> int:
        """Kill a program and all below it; returns its exit status."""
        kill_all({pid})
        status = self._programs.pop(pid).wait()
        for process in process_table().values():
            if process.parent == os.getpid() and process.pid not in self._programs:
                # Wait for those just killed: a process is a zombie before its last thread has ended.
                os.waitpid(process.pid, 0 if process.session == pid else os.WNOHANG)
        return status

    def _tell_owner(self, *_signal: object) -> None:
        """Pass SIGCHLD on, as if the owner had started the program itself."""
        with contextlib.suppress(OSError):
            if os.getppid() == self._owner:
                os.kill(self._owner, signal.SIGCHLD)


def kill_all(roots: set[int]) -> None:
    """SIGKILL the roots, except this process, and all below them until none is left."""
    deadline = time.monotonic() + KILL_SECONDS
    doomed = roots
    while True:
        table = process_table()
        # Those seen before stay doomed: once their parent is dead, nothing else tells whose they were.
        doomed = descendants(doomed, table)
        living = {pid for pid in doomed - {os.getpid()} if pid in table and table[pid].state != "Z"}
        if not living:
            break
        if time.monotonic() > deadline:
            raise TimeoutError(f"Processes {sorted(living)} outlived SIGKILL.")
        for pid in living:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.01)
    _free_shared_memory(doomed)


def _free_shared_memory(creators: set[int]) -> None:
    """Remove the System V segments of dead processes: PostgreSQL leaves one when it is killed by SIGKILL."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]:
            _key, identifier, _permissions, _size, creator, _last, attached, *_rest = line.split()
            if int(creator) in creators and int(attached) == 0:
                _libc.shmctl(int(identifier), IPC_RMID, None)


def main() -> None:
    """`guard.py PATH OWNER`, with the channel as standard input."""
    path, owner = Path(sys.argv[1]), int(sys.argv[2])
    # Handlers that do nothing rather than SIG_IGN, which the programs would inherit.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    try:
        # The owner may end at any time, also in the middle of an answer.
        with contextlib.suppress(OSError, EOFError):
            Guard(owner).serve(Connection(os.dup(0)))
    finally:
        with contextlib.suppress(TimeoutError):
            kill_all({os.getpid()})
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
