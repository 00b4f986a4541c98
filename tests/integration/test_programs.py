"""Other programs run like the services of the tests do."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import Program, ServiceError, Stack
from tests.services.observing import alive, until
from web.embedded.guard import process_table

FORKING = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
os.wait()
print("forked", os.environ["DATABASE_URL"], flush=True)
time.sleep(600)
"""


@pytest.fixture
def forking(services: Stack) -> Iterator[Program]:
    program = services.program("forking", [sys.executable, "-c", FORKING])
    program.start()
    assert until(lambda: "forked" in program.log_tail())
    yield program
    program.kill()


def test_a_program_gets_the_urls_but_not_the_users_environment(services: Stack, forking: Program) -> None:
    assert services.postgres.url in forking.log_tail()
    environment = Path(f"/proc/{forking.pid}/environ").read_bytes().decode().split("\0")
    assert f"REDIS_URL={services.valkey.url}" in environment
    assert not any(line.startswith("PYTEST") for line in environment)


def test_it_returns_how_a_program_ended(forking: Program) -> None:
    assert forking.wait(0) is None
    forking.signal(signal.SIGUSR1)
    assert forking.wait(10) == -signal.SIGUSR1
    assert not forking.is_running
    forking.start()
    assert forking.is_running


def test_it_kills_orphans_that_left_their_session_at_the_end_of_the_run() -> None:
    with Stack() as stack:
        program = stack.program("forking", [sys.executable, "-c", FORKING])
        program.start()
        assert until(lambda: "forked" in program.log_tail())
        pids = {
            process.pid
            for process in process_table().values()
            if Path(f"/proc/{process.pid}/environ").exists() and _belongs(process.pid, stack.valkey.url)
        }
        assert len(pids) == 2
    assert not alive(pids)


def _belongs(pid: int, url: str) -> bool:
    try:
        return url.encode() in Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False


def test_it_shows_the_log_of_a_service_that_does_not_start(services: Stack) -> None:
    argv = [sys.executable, "-c", "raise SystemExit('no such luck')"]
    program = services.program("broken", argv, answers=lambda: False)
    with pytest.raises(ServiceError, match="broken ended while starting") as caught:
        program.start()
    assert "no such luck" in str(caught.value)
