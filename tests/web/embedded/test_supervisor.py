from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.services import Program
from tests.services.keeper import Keeper
from tests.services.observing import alive, command_line, family, until
from web.embedded import logs
from web.embedded.children import RestartPolicy

REPOSITORY = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.slow
LIVE = "event(f'start {os.environ[NAME]} {os.getpid()}')\n"
SLEEP = "time.sleep(600)"
# Ends with SIGTERM, and says so.
POLITE = f"""
def leave(*_):
    event(f"stop {{os.environ[NAME]}}")
    sys.exit(0)
signal.signal(signal.SIGTERM, leave)
{LIVE}
{SLEEP}"""
# Does not end with SIGTERM, nor does the child it forked.
STUBBORN = f"""
signal.signal(signal.SIGTERM, lambda *_: event(f"ignored {{os.getpid()}}"))
if os.fork() == 0:
    os.environ[NAME] += "-fork"
{LIVE}
{SLEEP}
{SLEEP}"""
# Forks a process into a session of its own, from a parent that ends at once.
DETACHING = f"""
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.environ[NAME] += "-detached"
        {LIVE.strip()}
        {SLEEP}
    os._exit(0)
os.wait()
{LIVE}
{SLEEP}"""
QUICK = {"first_delay_seconds": 0.05, "settled_seconds": 5.0}


class Scenario:
    """A supervisor in a process of its own, with a folder of its own."""

    def __init__(self, keeper: Keeper, folder: Path) -> None:
        self.folder = folder
        self._keeper = keeper

    def start(self, *children: dict[str, Any], **policy: float) -> Program:
        """Start the supervisor with these children."""
        scenario = {"children": children, "policy": {**QUICK, **policy}}
        file = self.folder / "scenario.json"
        file.write_text(json.dumps(scenario), encoding="utf-8")
        argv = [sys.executable, "-m", "tests.web.embedded.supervised", str(file)]
        environment = {"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1"}
        self.program = Program(self._keeper, "supervisor", argv, environment=environment, directory=REPOSITORY)
        self.program.start()
        return self.program

    def wait_until_ready(self) -> None:
        """Return when the supervisor said that everything runs."""
        assert until((self.folder / "stack.json").exists), self.program.log_tail()

    def events(self, kind: str = "") -> list[str]:
        """What the children told, in order."""
        file = self.folder / "events"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [line for line in lines if line.startswith(kind)]

    def pids(self) -> dict[str, int]:
        """The latest process id of each child."""
        return {name: int(pid) for _, name, pid in (line.split() for line in self.events("start "))}

    def said(self) -> str:
        """What the supervisor told the person at the console."""
        return self.program.log_tail()


@pytest.fixture
def scenario(tmp_path: Path) -> Iterator[Scenario]:
    with Keeper() as keeper:
        yield Scenario(keeper, tmp_path)


# --- Starting ---------------------------------------------------------------------------------------------------------


def test_it_starts_a_stage_when_the_one_before_is_ready(scenario: Scenario) -> None:
    slow = LIVE + "time.sleep(0.5); event('ready'); open('ready', 'w').close(); time.sleep(600)"
    scenario.start(
        {"name": "second", "code": POLITE, "start_stage": 1},
        {"name": "first", "code": slow, "start_stage": 0, "ready_file": "ready"},
    )
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.events()) == 3)
    first, ready, second = scenario.events()
    assert (first.split()[1], ready, second.split()[1]) == ("first", "ready", "second")
    assert scenario.said() == ""


def test_it_gives_up_on_a_child_that_never_answers(scenario: Scenario) -> None:
    child = {"name": "mute", "code": POLITE, "ready_file": "never"}
    program = scenario.start(child, {"name": "later", "code": POLITE, "start_stage": 1}, ready_seconds=1.0)
    assert program.wait(20) == 1
    assert (
        f"The mute process does not answer after 1 seconds. Its log is {scenario.folder}/logs/mute.log"
        in scenario.said()
    )
    assert list(scenario.pids()) == ["mute"]
    assert not alive(set(scenario.pids().values()))


def test_it_names_a_program_that_cannot_be_started(scenario: Scenario) -> None:
    program = scenario.start({"name": "absent", "code": "", "program": "/no/such/program"})
    assert program.wait(20) == 1
    assert scenario.said() == (
        "The absent process could not be started: [Errno 2] No such file or directory: '/no/such/program'."
    )


# --- Watching ---------------------------------------------------------------------------------------------------------


def test_it_starts_a_child_again_that_died(scenario: Scenario) -> None:
    scenario.start({"name": "fragile", "code": POLITE}, {"name": "other", "code": POLITE})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    before = scenario.pids()
    os.kill(before["fragile"], signal.SIGKILL)
    assert until(lambda: scenario.pids()["fragile"] != before["fragile"])
    assert scenario.pids()["other"] == before["other"]
    log = scenario.folder / "logs" / "fragile.log"
    assert scenario.said() == f"The fragile process ended by SIGKILL and is started again; see {log}"


def test_it_removes_what_a_dead_child_left_before_it_starts_it_again(scenario: Scenario) -> None:
    scenario.start({"name": "forking", "code": STUBBORN})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    before = scenario.pids()
    os.kill(before["forking"], signal.SIGKILL)
    assert until(lambda: scenario.pids()["forking"] != before["forking"])
    assert not alive(set(before.values()))


def test_it_gives_up_on_a_child_that_dies_again_and_again(scenario: Scenario) -> None:
    broken = LIVE + "print('no such module'); sys.exit(3)"
    program = scenario.start({"name": "broken", "code": broken}, {"name": "other", "code": POLITE})
    assert program.wait(20) == 1
    assert len(scenario.events("start broken")) == 5
    assert scenario.events("stop") == ["stop other"]
    said = scenario.said().splitlines()
    assert said[1] == (
        "The broken process ended 5 times in a row soon after it started, the last time with status 3. "
        f"Its log is {scenario.folder}/logs/broken.log, which ends:"
    )
    assert said[2:] == ["no such module"] * 5


def test_it_keeps_on_with_a_child_that_dies_now_and_then(scenario: Scenario) -> None:
    mortal = LIVE + "time.sleep(0.4)"
    scenario.start({"name": "mortal", "code": mortal}, settled_seconds=0.2)
    assert until(lambda: len(scenario.events("start mortal")) == 7)
    assert scenario.program.is_running


def test_it_waits_longer_after_each_death() -> None:
    policy = RestartPolicy(first_delay_seconds=0.5, longest_delay_seconds=5)
    assert [policy.delay_seconds(deaths) for deaths in range(1, 7)] == [0.5, 1, 2, 4, 5, 5]


# --- Stopping ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_it_stops_the_children_in_order(scenario: Scenario, number: signal.Signals) -> None:
    program = scenario.start(
        {"name": "broker", "code": POLITE, "start_stage": 0, "stop_stage": 2},
        {"name": "worker", "code": POLITE, "start_stage": 1, "stop_stage": 1},
        {"name": "web", "code": POLITE, "start_stage": 1, "stop_stage": 0},
    )
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 3)
    program.signal(number)
    assert program.wait(20) == 0
    assert scenario.events("stop") == ["stop web", "stop worker", "stop broker"]
    assert not (scenario.folder / "stack.json").exists()
    assert (scenario.folder / "stopping").exists()


def test_it_kills_what_does_not_end_within_its_grace(scenario: Scenario) -> None:
    program = scenario.start({"name": "stubborn", "code": STUBBORN, "grace_seconds": 1.0})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    pids = scenario.pids()
    program.signal(signal.SIGTERM)
    assert program.wait(0.5) is None
    assert program.wait(20) == 0
    # The child was asked, its own child was not.
    assert scenario.events("ignored") == [f"ignored {pids['stubborn']}"]
    assert not alive(set(pids.values()))


def test_it_stops_at_once_at_the_second_signal(scenario: Scenario) -> None:
    program = scenario.start({"name": "stubborn", "code": STUBBORN, "grace_seconds": 300.0})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    program.signal(signal.SIGINT)
    assert until(lambda: len(scenario.events("ignored")) == 1)
    program.signal(signal.SIGINT)
    assert program.wait(20) == 0
    assert not alive(set(scenario.pids().values()))


def test_it_stops_while_it_still_starts(scenario: Scenario) -> None:
    program = scenario.start({"name": "mute", "code": POLITE, "ready_file": "never"})
    assert until(lambda: len(scenario.pids()) == 1)
    program.signal(signal.SIGTERM)
    assert program.wait(20) == 0
    assert not alive(set(scenario.pids().values()))
    assert not (scenario.folder / "stack.json").exists()


def test_it_leaves_nothing_when_it_is_killed(scenario: Scenario) -> None:
    program = scenario.start({"name": "stubborn", "code": STUBBORN}, {"name": "polite", "code": POLITE})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 3)
    pids = scenario.pids()
    program.signal(signal.SIGKILL)
    assert until(lambda: not alive(set(pids.values()))), alive(set(pids.values()))
    assert until(lambda: not (scenario.folder / "stack.json").exists())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL], ids=lambda number: number.name)
def test_it_leaves_no_process_that_left_its_session(scenario: Scenario, number: signal.Signals) -> None:
    program = scenario.start({"name": "detaching", "code": DETACHING})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    pids = scenario.pids()
    assert {os.getsid(pid) for pid in pids.values()} > {pids["detaching"]}
    program.signal(number)
    assert until(lambda: not alive(set(pids.values()))), alive(set(pids.values()))


def test_it_stops_and_leaves_nothing_when_its_guard_is_killed(scenario: Scenario) -> None:
    program = scenario.start({"name": "stubborn", "code": STUBBORN}, {"name": "polite", "code": POLITE})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 3)
    guard = next(pid for pid in family(program.pid) if "guard.py" in str(command_line(pid)))
    os.kill(guard, signal.SIGKILL)
    assert program.wait(20) == 1
    assert scenario.said() == "The processes cannot be kept running: The guard process has ended."
    assert not alive(set(scenario.pids().values()))
    assert (scenario.folder / "stopping").exists()


def test_it_can_be_started_again_right_after_it_was_killed(scenario: Scenario) -> None:
    program = scenario.start({"name": "stubborn", "code": STUBBORN})
    scenario.wait_until_ready()
    assert until(lambda: len(scenario.pids()) == 2)
    before = scenario.pids()
    program.signal(signal.SIGKILL)
    assert program.wait(20) == -signal.SIGKILL
    scenario.start({"name": "stubborn", "code": STUBBORN})
    assert until(lambda: scenario.pids()["stubborn"] != before["stubborn"]), scenario.said()
    # The second one began when the last process of the first was gone.
    assert not alive(set(before.values()))


# --- Logs -------------------------------------------------------------------------------------------------------------


def test_it_begins_new_logs_and_keeps_the_last_ones(scenario: Scenario) -> None:
    for run in ("one", "two", "three"):
        program = scenario.start({"name": "talker", "code": f"print('run {run}', flush=True); {POLITE}"})
        log = scenario.folder / "logs" / "talker.log"
        assert until(lambda: log.exists() and log.read_text() == f"run {run}\n")  # noqa: B023
        program.signal(signal.SIGTERM)
        program.wait(20)
    assert {file.name: file.read_text() for file in log.parent.iterdir()} == {
        "talker.log": "run three\n",
        "talker.log.1": "run two\n",
    }


def test_it_cuts_a_log_that_grows_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MAX_BYTES", 10)
    log = tmp_path / "web.log"
    with log.open("ab") as file:
        file.write(b"short\n")
        file.flush()
        logs.trim(log)
        assert not (tmp_path / "web.log.1").exists()
        file.write(b"too long by now\n")
        file.flush()
        logs.trim(log)
        file.write(b"after\n")
    assert log.read_bytes() == b"after\n"
    assert (tmp_path / "web.log.1").read_bytes() == b"short\ntoo long by now\n"


def test_it_shows_the_end_of_a_log(tmp_path: Path) -> None:
    log = tmp_path / "web.log"
    assert logs.tail(log, 3) == ""
    log.write_text("".join(f"line {number}\n" for number in range(10_000)))
    assert logs.tail(log, 2) == "line 9998\nline 9999"
