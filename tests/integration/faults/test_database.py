"""The database restarted, down, out of connections and in deadlock: people get a clear message, and work continues."""

from __future__ import annotations

import contextlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import psycopg
import requests

from tests.integration.faults.harness import Harness, Outcome, Run
from tests.integration.faults.retrying_person import assert_clear_problem
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.tally import note
from tests.integration.person import Person
from tests.services.postgres import DATABASE, SETTINGS

FAULTS = ("restarted", "connections broken", "killed")
MOST_CONNECTIONS = int(SETTINGS["max_connections"])


def _ask(run: Run) -> Counter[str]:
    """The answers, by code, that a person without retries gets from the pages they use."""
    told: Counter[str] = Counter()
    for method, path in (
        ("GET", f"/api/v1/albums/{run.album}/progress/"),
        ("GET", "/api/v1/albums/"),
        ("POST", f"/api/v1/albums/{run.album}/regroup/"),
        ("GET", "/_allauth/browser/v1/auth/session"),
    ):
        response: requests.Response = Person.request(run.person, method, path, json={} if method == "POST" else None)
        told["ok" if response.status_code < 500 else assert_clear_problem(response)] += 1
    return told


def _break_connections(harness: Harness, scale: Scale, chance: random.Random) -> None:
    """Break the connections of workers, web and beat, one after another, at random moments."""
    ends_at = time.monotonic() + scale.of(3, 20)
    with psycopg.connect(harness.stack.postgres.url, autocommit=True) as connection:
        while time.monotonic() < ends_at:
            backends = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [DATABASE]
            ).fetchall()
            if backends:
                connection.execute("SELECT pg_terminate_backend(%s)", chance.choice(backends))
                note("connection to the database broken")
            time.sleep(chance.uniform(0, 0.4))


def _fail(harness: Harness, fault: str, scale: Scale, chance: random.Random) -> None:
    if fault == "connections broken":
        _break_connections(harness, scale, chance)
    elif fault == "killed":
        note("database killed")
        harness.stack.postgres.kill()
        harness.stack.postgres.start()
    else:
        note("database restarted")
        harness.stack.postgres.restart()


def test_a_database_that_fails_in_the_middle_of_transactions(
    harness: Harness, undisturbed: Outcome, scale: Scale, chance: random.Random
) -> None:
    one_by_one = [[fault] for fault in FAULTS] * 4
    for faults in scale.of([list(FAULTS)], one_by_one):
        run = harness.under_way("database")
        for fault in faults:
            time.sleep(chance.uniform(0, scale.of(1, 4)))
            _fail(harness, fault, scale, chance)
        harness.assert_nothing_lost(run, undisturbed)


def test_people_see_a_clear_problem_while_the_database_is_down_or_full(
    harness: Harness, undisturbed: Outcome, scale: Scale, figures: list[str]
) -> None:
    run = harness.under_way("told")
    harness.wait(lambda: harness.worker_at(run, "prepare"), what="a worker at work")
    with _no_connection_left(harness):
        note("database without connections")
        drained = _ask_for(scale.of(4, 30), run)
    note("database down")
    harness.stack.postgres.stop()
    away = _ask_for(scale.of(8, 60), run)
    harness.stack.postgres.start()
    figures.append(f"database without connections: {dict(drained)}; away: {dict(away)}")
    assert drained["database_unavailable"] > 0
    assert set(drained) <= {"ok", "database_unavailable"}
    assert set(away) == {"database_unavailable"}
    harness.assert_nothing_lost(run, undisturbed)


_END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> ALL(%s)
"""


def _ask_for(seconds: float, run: Run) -> Counter[str]:
    told: Counter[str] = Counter()
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        told += _ask(run)
        time.sleep(0.3)
    return told


@contextlib.contextmanager
def _no_connection_left(harness: Harness) -> Iterator[None]:
    """Inside the block, somebody else takes every free connection and breaks the others.

    Otherwise processes with a connection would continue to use it, and some runs would ask only those.
    """
    hoard: list[psycopg.Connection] = []
    full, over = threading.Event(), threading.Event()

    def take() -> None:
        while not over.wait(0.02):
            with contextlib.suppress(psycopg.OperationalError):
                while not over.is_set():
                    hoard.append(psycopg.connect(harness.stack.postgres.url, autocommit=True))
            if len(hoard) >= MOST_CONNECTIONS // 2:
                hoard[0].execute(_END_OTHERS, [[connection.info.backend_pid for connection in hoard]])
                full.set()

    taker = threading.Thread(target=take)
    taker.start()
    try:
        assert full.wait(60), f"Only {len(hoard)} connections were had."
        yield
    finally:
        over.set()
        taker.join()
        for connection in hoard:
            connection.close()


@long_only
def test_the_worker_loses_a_deadlock_and_no_photo_is_lost(harness: Harness, undisturbed: Outcome) -> None:
    """Another transaction locks the last photo of a batch, then wants the first: PostgreSQL aborts the worker's."""
    worker = harness.deployment.workers["worker-embeddings"]
    # PostgreSQL checks a wait for a deadlock once, after this time. The workers check when both wait. The other
    # transaction checks later, when the worker has given in.
    with _database_setting(harness, "deadlock_timeout = '8s'"):
        run = harness.under_way("deadlock")
        with psycopg.connect(harness.stack.postgres.url) as other:
            other.execute("SET deadlock_timeout = '120s'")
            other.commit()
            batch = _hold_the_last_of_a_batch(harness, run, other)
            first = "SELECT 1 FROM albums_photo WHERE id = %s FOR UPDATE SKIP LOCKED"
            harness.wait(lambda: not harness.rows(first, batch[0]), what="the worker to hold the first photo")
            other.execute("SELECT 1 FROM albums_photo WHERE id = %s FOR UPDATE", [batch[0]])
            other.rollback()
            note("deadlock in the database")
    assert "deadlock detected" in worker.log.read_text(encoding="utf-8", errors="replace")
    harness.assert_nothing_lost(run, undisturbed)


def _hold_the_last_of_a_batch(harness: Harness, run: Run, other: psycopg.Connection) -> list[Any]:
    """Lock the last of the photos that a worker is embedding. Return all of them, in the order it locks them."""
    batch: list[Any] = []

    def held() -> bool:
        other.rollback()
        claimed = "SELECT id FROM albums_photo WHERE album_id = %s AND state = 'embedding' ORDER BY id"
        batch[:] = [photo for (photo,) in other.execute(claimed, [run.album])]
        if len(batch) < 2:
            return False
        last = "SELECT 1 FROM albums_photo WHERE id = %s AND state = 'embedding' FOR UPDATE SKIP LOCKED"
        return other.execute(last, [batch[-1]]).fetchone() is not None

    harness.wait(held, what="a batch being embedded", pause=0.01)
    return batch


@contextlib.contextmanager
def _database_setting(harness: Harness, setting: str) -> Iterator[None]:
    """Inside the block, every connection of the service has another setting. Open connections are closed for it."""

    def change(statement: str) -> None:
        with psycopg.connect(harness.stack.postgres.url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {DATABASE} {statement}")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    change(f"SET {setting}")
    try:
        yield
    finally:
        change(f"RESET {setting.partition(' ')[0]}")


@long_only
def test_it_retries_after_serialization_failures(harness: Harness, undisturbed: Outcome) -> None:
    """A transaction fails if it writes rows that others have written since it began. By default it would not."""
    with _database_setting(harness, "default_transaction_isolation = 'repeatable read'"):
        runs = [harness.begin("serial") for _ in range(2)]
        for run in runs:
            run.upload()
            run.decide()
        for run in runs:
            harness.settle(run)
    for run in runs:
        harness.assert_nothing_lost(run, undisturbed)
