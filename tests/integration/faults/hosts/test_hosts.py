"""The service on many hosts, whose network is cut, slow or loses packets; and the database's failover.

The lease and the time until a worker counts as lost are shortened (`IMPATIENT`), to 30 and 10 seconds. So a short cut
is longer than the second and shorter than the first, as a minute is with the usual settings. A long cut is longer than
both, and than every timeout of a connection.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
import requests

from tests.integration.deployment import WORKERS
from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.hosts.conftest import (
    DATA,
    STORAGE,
    WEB,
    WORKERS_1,
    WORKERS_2,
    HostsStack,
    host_of,
    results,
)
from tests.integration.faults.hosts.network import Link, Network
from tests.integration.faults.retrying_person import assert_clear_problem
from tests.integration.faults.tally import note
from tests.integration.person import Person
from tests.wrong_clock import sitecustomize as wrong_clock

HOUR = "3600"
CUT = Link(is_cut=True)
SHORT_SECONDS, LONG_SECONDS = 20.0, 60.0
TALKING = [(client, server) for client in (WEB, WORKERS_1, WORKERS_2) for server in (DATA, STORAGE)]
SILENT = [(WEB, WORKERS_1), (WEB, WORKERS_2), (WORKERS_1, WORKERS_2), (DATA, STORAGE)]
EVERYWHERE = TALKING + SILENT
BAD_LINKS = {
    "200 ms for each round trip": (EVERYWHERE, Link(delay_seconds=0.1)),
    "5 % loss": (EVERYWHERE, Link(loss=0.05)),
    "storage at 1 Mbit/s": ([pair for pair in TALKING if STORAGE in pair], Link(bytes_per_second=125_000)),
}
# A connection notices within 25 s, and tries again for some more.
LONGEST_ANSWER_SECONDS = 50.0
# Until one side has noticed that the other is gone.
NOTICED_SECONDS = 40.0
FAILOVER_SECONDS = 60.0


def _assert_nothing_lost(harness: Harness, run: Run, undisturbed: Outcome) -> None:
    """Nothing is lost, and of several workers that had the same photo, one wrote its result."""
    harness.assert_nothing_lost(run, undisturbed)
    assert set(results(harness, run, "prepare").values()) == {1}
    assert set(results(harness, run, "embed").values()) <= {1}


def _at_work(harness: Harness, run: Run, hosts: set[str]) -> bool:
    """True when workers of these hosts prepare photos of the album."""
    rows = harness.rows(
        "SELECT DISTINCT r.name FROM albums_photo p JOIN albums_workerreport r ON r.id = p.worker"
        " WHERE p.album_id = %s",
        run.album,
    )
    return hosts <= {host_of(row["name"]) for row in rows}


class _Impatient(threading.Thread):
    """Somebody who looks at the progress all the time. Keeps the slowest answer, in seconds."""

    def __init__(self, run: Run) -> None:
        super().__init__(name="impatient")
        self._run = run.in_another_tab()
        self._over = threading.Event()
        self.slowest = 0.0

    def run(self) -> None:
        path = f"/api/v1/albums/{self._run.album}/progress/"
        while not self._over.wait(0.2):
            asked_at = time.monotonic()
            response: requests.Response = Person.request(self._run.person, "GET", path)
            self.slowest = max(self.slowest, time.monotonic() - asked_at)
            if response.status_code != 200:
                assert_clear_problem(response)

    def __enter__(self) -> _Impatient:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()


@contextmanager
def _only(harness: Harness, host: str) -> Iterator[None]:
    """Inside the block, only this host has workers."""
    workers = harness.deployment.workers
    others = {name: workers.pop(name) for name in list(workers) if host_of(name) != host}
    for worker in others.values():
        worker.kill()
    try:
        yield
    finally:
        workers |= others
        harness.deployment.start()


@pytest.mark.parametrize("seconds", [SHORT_SECONDS, LONG_SECONDS])
@pytest.mark.parametrize("pair", TALKING, ids="-".join)
def test_hosts_cut_from_each_other(
    harness: Harness,
    undisturbed: Outcome,
    network: Network,
    pair: tuple[str, str],
    seconds: float,
    figures: list[str],
) -> None:
    run = harness.under_way("cut")
    host = pair[0]
    if host != WEB:
        harness.wait(lambda: _at_work(harness, run, {host}), what="a worker there", pause=0.05)
    with _Impatient(run) as impatient, network.between([pair], CUT):
        time.sleep(seconds)
    note(f"hosts cut: {pair[0]} from {pair[1]}")
    healed_at = time.monotonic()
    harness.settle(run)
    done_seconds = time.monotonic() - healed_at
    _assert_nothing_lost(harness, run, undisturbed)
    figures.append(
        f"{pair[0]} cut from {pair[1]} for {seconds:.0f} s: done {done_seconds:.1f} s later,"
        f" slowest answer {impatient.slowest:.1f} s"
    )
    assert impatient.slowest < LONGEST_ANSWER_SECONDS
    if host != WEB:
        # No worker of the host hangs on a connection of before.
        with _only(harness, host):
            after = harness.begin("after", harness.drawn.good[:6])
            after.upload()
            harness.settle(after)
        assert after.failures() == {}


def test_hosts_that_do_not_talk_may_be_cut_from_each_other(
    harness: Harness, undisturbed: Outcome, network: Network
) -> None:
    with network.between(SILENT, CUT):
        for pair in SILENT:
            note(f"hosts cut: {pair[0]} from {pair[1]}")
        run = harness.under_way("silent")
        _assert_nothing_lost(harness, run, undisturbed)
    assert run.person.problems == {}


@pytest.mark.parametrize("name", BAD_LINKS)
def test_bad_links(harness: Harness, undisturbed: Outcome, network: Network, name: str, figures: list[str]) -> None:
    pairs, link = BAD_LINKS[name]
    began_at = time.monotonic()
    with network.between(pairs, link):
        note(f"links: {name}")
        run = harness.under_way("bad-links")
        harness.settle(run)
        figures.append(f"links with {name}: an album done in {time.monotonic() - began_at:.1f} s")
        assert run.outcome() == undisturbed
    # On a slow link a sweep takes longer than the shortened pause between two, so their messages pile up there.
    _assert_nothing_lost(harness, run, undisturbed)


def test_a_host_whose_clock_is_an_hour_off(harness: Harness, undisturbed: Outcome) -> None:
    """Its workers leave to others what the storage refuses them."""
    workers = harness.deployment.workers
    right = {name: workers[name] for name in list(workers) if host_of(name) == WORKERS_1}
    environment = {"PYTHONPATH": str(wrong_clock.FOLDER), wrong_clock.VARIABLE: HOUR}
    for name, worker in right.items():
        worker.kill()
        service = next(kind for kind in WORKERS if name.startswith(kind))
        workers[name] = harness.deployment.worker(service, name, **environment)
        workers[name].start()
    note("host with a wrong clock")
    try:
        run = harness.under_way("clock")
        _assert_nothing_lost(harness, run, undisturbed)
    finally:
        for name, worker in right.items():
            workers[name].kill()
            workers[name] = worker
        harness.deployment.start()


LOCK = """
import django, time
django.setup()
from django.db import transaction
from albums.models import Album
with transaction.atomic():
    Album.objects.select_for_update().get(id={album!r})
    time.sleep(600)
"""


def test_the_database_frees_the_locks_of_a_host_that_is_gone(
    harness: Harness, stack: HostsStack, network: Network, figures: list[str]
) -> None:
    run = harness.begin("locked")
    holder = stack.program("worker-locking", [sys.executable, "-c", LOCK.format(album=run.album)])
    holder.start()
    query = "SELECT 1 FROM albums_album WHERE id = %s FOR UPDATE"
    harness.wait(lambda: not harness.rows(f"{query} SKIP LOCKED", run.album), what="the lock")
    with network.between([(WORKERS_1, DATA)], CUT):
        note(f"hosts cut: {WORKERS_1} from {DATA}, with a row lock")
        cut_at = time.monotonic()
        with psycopg.connect(stack.postgres.url) as connection:
            connection.execute(f"SET lock_timeout = '{NOTICED_SECONDS:.0f}s'")
            connection.execute(query, [run.album])
        figures.append(f"a lost host's row lock was freed after {time.monotonic() - cut_at:.1f} s")
        holder.kill()


QUESTION = """
import django, time
django.setup()
from django.db import OperationalError, connection
with connection.cursor() as cursor:
    try:
        cursor.execute("SELECT pg_sleep(600)")
    except OperationalError:
        print("noticed")
"""


def test_a_question_ends_when_the_databases_host_lost_power(
    harness: Harness, stack: HostsStack, network: Network, figures: list[str]
) -> None:
    """The answer never comes, and nothing says so."""
    asking = stack.program("worker-asking", [sys.executable, "-c", QUESTION])
    asking.start()
    asked = "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%%'"
    harness.wait(lambda: harness.rows(asked), what="the question")
    note("host of database and broker lost power, with a question open")
    with network.without_power(DATA):
        stack.valkey.kill()
        stack.postgres.kill()
    lost_at = time.monotonic()
    stack.start()
    assert asking.wait(NOTICED_SECONDS) == 0
    assert "noticed" in asking.log_tail()
    figures.append(f"a question to a database that lost power ended after {time.monotonic() - lost_at:.1f} s")
    asking.kill()


def test_a_broker_that_lost_its_disk(
    harness: Harness, undisturbed: Outcome, stack: HostsStack, network: Network
) -> None:
    """Its host lost power: nobody is told that the connections are gone, and workers wait for messages on theirs."""
    run = harness.under_way("empty-broker")
    harness.wait(lambda: _at_work(harness, run, {WORKERS_1, WORKERS_2}), what="workers on both hosts", pause=0.05)
    note("host of database and broker lost power, and the broker's disk")
    with network.without_power(DATA):
        stack.valkey.kill()
        stack.postgres.kill()
    stack.valkey.forget()
    stack.start()
    _assert_nothing_lost(harness, run, undisturbed)


def test_a_standby_takes_over_from_a_lost_database(
    harness: Harness, undisturbed: Outcome, stack: HostsStack, network: Network, figures: list[str]
) -> None:
    """The last test here: afterwards the standby is the database. The primary waited for it, so no commit is lost.

    Connections to the primary are gone without a word.
    """
    stack.standby.start()
    run = harness.under_way("failover")
    harness.wait(lambda: _at_work(harness, run, {WORKERS_1, WORKERS_2}), what="workers on both hosts", pause=0.05)
    note("host of database and broker lost power, standby promoted")
    killed_at = time.monotonic()
    with network.without_power(DATA):
        stack.primary.kill()
        stack.valkey.kill()
    stack.standby.promote()
    stack.postgres = stack.standby
    stack.valkey.start()
    path = f"{harness.deployment.url}/health/ready/"
    harness.wait(lambda: requests.get(path, timeout=30).json()["database"] == "ok", what="the database", pause=0.05)
    ready_seconds = time.monotonic() - killed_at
    _assert_nothing_lost(harness, run, undisturbed)
    figures.append(f"failover: the web uses the standby {ready_seconds:.1f} s after the loss of the primary")
    assert ready_seconds < FAILOVER_SECONDS
