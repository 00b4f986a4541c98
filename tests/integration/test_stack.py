"""A run of the services leaves nothing behind, however it ends, and does not disturb other runs."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.services import Stack
from tests.services.keeper import FOLDER_PREFIX
from tests.services.observing import alive, command_line, family, is_listening, until
from tests.services.ports import PortReservation


def shared_memory() -> set[str]:
    """The System V segments nobody is attached to, by id."""
    lines = Path("/proc/sysvipc/shm").read_text(encoding="ascii").splitlines()[1:]
    return {line.split()[1] for line in lines if line.split()[6] == "0"}


class Foreground:
    """`python -m tests.services` as a developer runs it, and all that belongs to it."""

    def __init__(self, services: Stack) -> None:
        name = f"foreground-{secrets.token_hex(4)}"  # each with a log of its own
        # Where these tests start services themselves, so that a later run finds what a killed one left.
        environment = {"TMPDIR": tempfile.gettempdir()}
        self.program = services.program(name, [sys.executable, "-m", "tests.services"], environment=environment)
        self.program.start()
        assert until(lambda: "STORAGE_URL=" in self.program.log_tail()), self.program.log_tail()
        self.urls = dict(line.split("=", 1) for line in self.program.log_tail(3).splitlines())
        self.ports = {urlsplit(url).port or 0 for url in self.urls.values()}
        self.pids = family(self.program.pid)
        words = {Path(word) for pid in self.pids for word in command_line(pid)}
        self.folders = {word for word in words if word.name.startswith(FOLDER_PREFIX)}

    def remains(self) -> list[object]:
        """What is still there of it."""
        return [
            *alive(self.pids),
            *(port for port in self.ports if is_listening(port)),
            *(folder for folder in self.folders if folder.exists()),
        ]


@pytest.fixture
def foreground(services: Stack) -> Iterator[Foreground]:
    run = Foreground(services)
    yield run
    run.program.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_it_leaves_nothing_behind_however_it_ends(foreground: Foreground, number: signal.Signals) -> None:
    segments = shared_memory()
    assert list(foreground.urls) == ["DATABASE_URL", "REDIS_URL", "STORAGE_URL"]
    assert all(is_listening(port) for port in foreground.ports)
    assert len(foreground.pids) > 8
    assert len(foreground.folders) == 1
    foreground.program.signal(number)
    assert foreground.program.wait(20) == (-signal.SIGKILL if number is signal.SIGKILL else 0)
    assert until(lambda: not foreground.remains()), foreground.remains()
    assert shared_memory() <= segments


def test_it_leaves_no_process_when_the_guard_is_killed(foreground: Foreground) -> None:
    guard = next(pid for pid in foreground.pids if "guard.py" in str(command_line(pid)))
    os.kill(guard, signal.SIGKILL)
    others = foreground.pids - {foreground.program.pid}
    assert until(lambda: not alive(others)), alive(others)
    # The files go with the next run, ours or another one on this machine, once nobody claims them.
    foreground.program.kill()
    assert foreground.folders
    with Stack():
        assert until(lambda: not any(folder.exists() for folder in foreground.folders))


def test_it_runs_beside_other_runs(stack: Stack) -> None:
    ports = {stack.postgres.port, stack.valkey.port, stack.s3.port}
    with Stack() as other:
        other.start(other.valkey)
        assert not ports & {other.postgres.port, other.valkey.port, other.s3.port}
        assert other.keeper.folder != stack.keeper.folder
        assert other.keeper.folder.exists()
        with other.valkey.client() as client:
            client.set("mine", 1)
    assert not other.keeper.folder.exists()
    with stack.valkey.client() as client:
        assert client.get("mine") is None


def test_it_reserves_a_port_for_one_run_outside_the_kernels_range() -> None:
    ephemeral = Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii")
    reservations = [PortReservation() for _ in range(20)]
    assert len({reservation.port for reservation in reservations}) == 20
    assert all(reservation.port < max(32_768, int(ephemeral.split()[0])) for reservation in reservations)
    for reservation in reservations:
        reservation.release()
