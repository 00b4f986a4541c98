"""The database restarted, away, out of connections and at odds with itself: people are told, and work goes on."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
import requests

from tests.integration.faults.harness import Harness, Run, Undisturbed
from tests.integration.faults.patient import told_clearly
from tests.integration.faults.scale import Scale
from tests.integration.person import Person
from tests.services.postgres import DATABASE


def _ask(run: Run) -> Counter[str]:
    """What a person who does not try again is told by the pages that they use, by code."""
    told: Counter[str] = Counter()
    for method, path in (
        ("GET", f"/api/v1/albums/{run.album}/progress/"),
        ("GET", "/api/v1/albums/"),
        ("POST", f"/api/v1/albums/{run.album}/regroup/"),
        ("GET", "/_allauth/browser/v1/auth/session"),
    ):
        response: requests.Response = Person.request(run.person, method, path, json={} if method == "POST" else None)
        told["ok" if response.status_code < 500 else told_clearly(response)] += 1
    return told


@pytest.mark.parametrize("how", ["restarted", "killed"])
def test_a_restart_in_the_middle_of_transactions(
    harness: Harness, undisturbed: Undisturbed, scale: Scale, chance: random.Random, how: str
) -> None:
    for _ in range(scale.of(1, 5)):
        run = harness.begin(how)
        run.upload()
        run.decide()
        time.sleep(chance.uniform(0, 4))
        if how == "killed":
            harness.stack.postgres.kill()
            harness.stack.postgres.start()
        else:
            harness.stack.postgres.restart()
        harness.assert_nothing_lost(run, undisturbed)


def test_people_are_told_while_the_database_is_away(
    harness: Harness, undisturbed: Undisturbed, scale: Scale, figures: list[str]
) -> None:
    run = harness.begin("away")
    run.upload()
    run.decide()
    harness.wait(lambda: harness.worker_at(run, "prepare"), what="a worker at work")
    harness.stack.postgres.stop()
    gone_at = time.monotonic()
    told: Counter[str] = Counter()
    while time.monotonic() < gone_at + scale.of(8, 60):
        told += _ask(run)
        time.sleep(0.5)
    harness.stack.postgres.start()
    figures.append(f"database away: {dict(told)}")
    assert set(told) == {"database_unavailable"}
    harness.assert_nothing_lost(run, undisturbed)


def test_connections_that_break_at_random(
    harness: Harness, undisturbed: Undisturbed, scale: Scale, chance: random.Random, figures: list[str]
) -> None:
    run = harness.begin("broken")
    run.upload()
    run.decide()
    broken = 0
    ends_at = time.monotonic() + scale.of(4, 30)
    with psycopg.connect(harness.stack.postgres.url, autocommit=True) as connection:
        while time.monotonic() < ends_at:
            backends = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [DATABASE]
            ).fetchall()
            if backends:
                broken += 1
                connection.execute("SELECT pg_terminate_backend(%s)", chance.choice(backends))
            time.sleep(chance.uniform(0, 0.4))
    figures.append(f"broken connections: {broken}")
    harness.assert_nothing_lost(run, undisturbed)


def test_a_deadlock_is_lost_by_the_worker_and_nothing_by_the_photos(harness: Harness, undisturbed: Undisturbed) -> None:
    """A second transaction holds the last photo of a batch, then asks for the first: PostgreSQL aborts the worker's."""
    run = harness.begin("deadlock")
    run.upload()
    run.decide()
    batch: list[tuple[str]] = []
    with psycopg.connect(harness.stack.postgres.url) as connection:
        # Whoever waits longer than that looks for a deadlock, and gives in: not this one.
        connection.execute("SET deadlock_timeout = '60s'")

        def held_one_of_a_batch() -> bool:
            connection.rollback()
            claimed = "SELECT id FROM albums_photo WHERE album_id = %s AND state = 'embedding' ORDER BY id"
            batch[:] = connection.execute(claimed, [run.album]).fetchall()
            if len(batch) < 2:
                return False
            last = "SELECT 1 FROM albums_photo WHERE id = %s AND state = 'embedding' FOR UPDATE SKIP LOCKED"
            return connection.execute(last, batch[-1]).fetchone() is not None

        harness.wait(held_one_of_a_batch, what="a batch in hand")
        _wait_for_a_waiter(harness)
        connection.execute("SELECT 1 FROM albums_photo WHERE id = %s FOR UPDATE", batch[0])
        connection.rollback()
    log = harness.deployment.workers["worker-embeddings"].log.read_text(encoding="utf-8", errors="replace")
    assert "deadlock detected" in log
    harness.assert_nothing_lost(run, undisturbed)
    assert max(row["attempts"] for row in harness.rows("SELECT attempts FROM albums_photo")) == 0


def _wait_for_a_waiter(harness: Harness) -> None:
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'"
    harness.wait(lambda: harness.rows(waiting, DATABASE), what="the worker to wait for the lock")


@contextlib.contextmanager
def _every_transaction_repeatable_read(harness: Harness) -> Iterator[None]:
    """Transactions that write what others have written since they began fail, as they do not by default."""

    def change(statement: str) -> None:
        with psycopg.connect(harness.stack.postgres.url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {DATABASE} {statement}")  # type: ignore[call-overload]
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    change("SET default_transaction_isolation = 'repeatable read'")
    try:
        yield
    finally:
        change("RESET default_transaction_isolation")


def test_serialization_failures_are_tried_again(harness: Harness, undisturbed: Undisturbed) -> None:
    with _every_transaction_repeatable_read(harness):
        runs = [harness.begin("serial") for _ in range(2)]
        for run in runs:
            run.upload()
            run.decide()
        for run in runs:
            harness.settle(run)
    for run in runs:
        harness.assert_nothing_lost(run, undisturbed)


def test_people_are_told_while_no_connection_is_left(
    harness: Harness, undisturbed: Undisturbed, scale: Scale, figures: list[str]
) -> None:
    run = harness.begin("drained")
    run.upload()
    run.decide()
    told: Counter[str] = Counter()
    hoard: list[psycopg.Connection] = []
    ends_at = time.monotonic() + scale.of(5, 40)
    try:
        while time.monotonic() < ends_at:
            with contextlib.suppress(psycopg.OperationalError):
                while True:
                    hoard.append(psycopg.connect(harness.stack.postgres.url))
            told += _ask(run)
            time.sleep(0.2)
    finally:
        for connection in hoard:
            connection.close()
    figures.append(f"no connection left: {dict(told)}, {len(hoard)} held")
    assert told["database_unavailable"] > 0
    assert set(told) <= {"ok", "database_unavailable"}
    harness.assert_nothing_lost(run, undisturbed)
