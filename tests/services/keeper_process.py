"""The process that keeps the services of one test run; a script of the standard library alone.

The test process asks it to start and signal programs, one JSON object a line each way. Being a process of its
own it outlives whatever ends the test process: when that one is gone, by Ctrl-C, time-out or SIGKILL, it
kills every program and all their descendants, frees their shared memory and removes the run's folder. Should
the keeper itself be killed, the kernel kills its children (PR_SET_PDEATHSIG), and the next run removes the
folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
IPC_RMID = 0
KILL_SECONDS = 10.0
REAP_SECONDS = 1.0

_libc = ctypes.CDLL(None, use_errno=True)


class Process(NamedTuple):
    """One line of the process table, from /proc/PID/stat."""

    pid: int
    state: str
    parent: int
    session: int


def process_table() -> dict[int, Process]:
    """Every process that this machine (or PID namespace) has now, zombies included."""
    table = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            # The name in parentheses may hold spaces and parentheses itself: the fields begin after the last
            # one.
            with contextlib.suppress(OSError, IndexError):
                fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
                pid = int(entry.name)
                table[pid] = Process(pid, fields[0], int(fields[1]), int(fields[3]))
    return table


def descendants(roots: set[int], table: dict[int, Process]) -> set[int]:
    """The roots and everything below them, by parent or by the session that each root leads."""
    found = set(roots)
    while True:
        more = {
            process.pid
            for process in table.values()
            if process.pid not in found and (process.parent in found or process.session in roots)
        }
        if not more:
            return found
        found |= more


class Keeper:
    """Starts, signals and reaps programs, and leaves nothing of them behind."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._programs: dict[int, subprocess.Popen[bytes]] = {}
        self._every_pid: set[int] = set()
        self._reap_at = 0.0
        # Orphans of the programs become children of this process and so stay within its reach.
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out one request."""
        match request["do"]:
            case "start":
                return self._start(request)
            case "poll":
                self._reap_orphans_at_times()
                return {"returncode": self._programs[request["pid"]].poll()}
            case "signal":
                program = self._programs[request["pid"]]
                if program.poll() is None:
                    program.send_signal(request["signal"])
                return {}
            case "kill":
                return {"left": self._kill({request["pid"]})}
        raise ValueError(f"unknown request {request['do']!r}")

    def _start(self, request: dict[str, Any]) -> dict[str, Any]:
        identity = (
            {}
            if request["user"] is None
            else {
                "user": request["user"],
                "group": request["group"],
                "extra_groups": [],
            }
        )
        with Path(request["log"]).open("ab") as log:
            program = subprocess.Popen(
                request["argv"],
                env=request["environment"],
                cwd=request["directory"],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                # After the change of user, which would clear it. This process has one thread, so it is safe.
                preexec_fn=_die_with_keeper,  # noqa: PLW1509
                **identity,
            )
        self._programs[program.pid] = program
        self._every_pid.add(program.pid)
        return {"pid": program.pid}

    def _kill(self, roots: set[int]) -> list[int]:
        """SIGKILL the programs and all below them until none is left; returns those that would not go."""
        deadline = time.monotonic() + KILL_SECONDS
        doomed: set[int] = set()
        while True:
            self._reap_orphans()
            for pid in roots & self._programs.keys():
                self._programs[pid].poll()
            table = process_table()
            # Those seen before stay doomed: once their parent is dead, nothing else tells whose they were.
            doomed = descendants(roots | doomed, table)
            living = {pid for pid in doomed if pid in table and table[pid].state != "Z"}
            if not living or time.monotonic() > deadline:
                return sorted(living)
            for pid in living:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.01)

    def _reap_orphans_at_times(self) -> None:
        """Polls come a hundred times a second, and reading the whole process table is not for nothing."""
        if time.monotonic() > self._reap_at:
            self._reap_at = time.monotonic() + REAP_SECONDS
            self._reap_orphans()

    def _reap_orphans(self) -> None:
        for process in process_table().values():
            if process.parent == os.getpid() and process.pid not in self._programs:
                self._every_pid.add(process.pid)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(process.pid, os.WNOHANG)

    def finish(self) -> None:
        """Kill everything, then remove what the programs left: shared memory and the folder."""
        self._kill({pid for pid, program in self._programs.items() if program.poll() is None})
        orphans = {process.pid for process in process_table().values() if process.parent == os.getpid()}
        self._kill(orphans)
        self._free_shared_memory()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _free_shared_memory(self) -> None:
        """PostgreSQL killed by SIGKILL leaves a System V segment that no process is attached to."""
        try:
            lines = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            return
        for line in lines:
            _key, identifier, _permissions, _size, creator, _last, attached, *_rest = line.split()
            if int(creator) in self._every_pid and int(attached) == 0:
                _libc.shmctl(int(identifier), IPC_RMID, None)


def _die_with_keeper() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def serve(channel: socket.socket, keeper: Keeper, owner: int) -> None:
    """Answer requests until the owner closes the channel or is gone."""
    watched: list[Any] = [channel]
    # A child that the owner forked may hold the channel open after the owner's death.
    with contextlib.suppress(OSError, AttributeError):
        watched.append(os.pidfd_open(owner))
    pending = b""
    while os.getppid() == owner:
        readable, _, _ = select.select(watched, [], [])
        if channel not in readable:
            return
        received = channel.recv(65536)
        if not received:
            return
        *lines, pending = (pending + received).split(b"\n")
        for line in lines:
            try:
                answer = keeper.answer(json.loads(line))
            except (OSError, subprocess.SubprocessError, KeyError, ValueError) as error:
                answer = {"error": f"{type(error).__name__}: {error}"}
            channel.sendall(json.dumps(answer).encode() + b"\n")


def main() -> None:
    """`keeper_process.py FOLDER OWNER`, with the channel as standard input."""
    folder, owner = Path(sys.argv[1]), int(sys.argv[2])
    # Handlers that do nothing rather than SIG_IGN, which the programs would inherit.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    keeper = Keeper(folder)
    channel = socket.socket(fileno=os.dup(0))
    try:
        serve(channel, keeper, owner)
    except OSError:
        pass  # the owner vanished in the middle of an answer
    finally:
        keeper.finish()


if __name__ == "__main__":
    main()
