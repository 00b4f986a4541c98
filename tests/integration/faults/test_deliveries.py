"""Messages delivered twice: while a worker works on them, and long after the work is done."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import redis
from celery import Celery

from albums.jobs import QUEUE_OF, Job
from tests.integration.faults.harness import QUEUES, STAGES, Harness, Outcome, Run, children
from tests.integration.faults.scale import long_only
from tests.integration.faults.tally import note

JOB_OF = {
    "prepare": Job.PREPARE_PHOTOS,
    "embed": Job.EMBED_PHOTOS,
    "group": Job.GROUP_ALBUM,
    "export": Job.BUILD_EXPORT,
}
OF_PHOTOS = ("prepare", "embed")
# One more than the attempts a row may have, if each delivery counted.
TIMES = 4
MOST_COPIES = 60


class _Redeliverer(threading.Thread):
    """Redelivers each message that is being worked on, several times at once, and copies the messages in the queues."""

    def __init__(self, harness: Harness, run: Run) -> None:
        super().__init__(name="redeliverer")
        self._harness = harness
        self._run = run
        self._over = threading.Event()
        self._copied: set[bytes | str] = set()
        self._app = Celery("redeliverer", broker=harness.stack.valkey.url, set_as_current=False)
        self.delivered: dict[tuple[str, str], set[str]] = defaultdict(set)
        """The rows for which a message, by stage and id, was redelivered."""
        self.error: BaseException | None = None

    def run(self) -> None:
        """Watch the rows and the queues until `stop`."""
        try:
            with (
                # One connection for all: connecting takes longer than a query.
                psycopg.connect(self._harness.stack.postgres.url, autocommit=True) as connection,
                self._harness.stack.valkey.client() as client,
            ):
                while not self._over.wait(0.02):
                    self._copy_waiting(client)
                    for stage in STAGES:
                        self._deliver_held(stage, connection)
        except BaseException as error:  # raised again in `stop`
            self.error = error

    def stop(self) -> None:
        """Return when nothing more will be sent."""
        self._over.set()
        self.join()
        if self.error is not None:
            raise self.error

    @property
    def copies(self) -> int:
        """How many messages were copied in their queues."""
        return len(self._copied)

    def stages(self) -> Counter[str]:
        """How many messages of each stage were redelivered while they were being worked on."""
        return Counter(stage for stage, _ in self.delivered)

    def send(self, stage: str, message: str, rows: set[str]) -> None:
        """Redeliver this message several times at once."""
        job = JOB_OF[stage]
        arguments: list[Any] = [sorted(rows)] if stage in OF_PHOTOS else sorted(rows)
        note("message delivered again", TIMES)
        with self._app.connection_for_write() as connection:
            for _ in range(TIMES):
                self._app.send_task(
                    job.value, args=arguments, queue=QUEUE_OF[job].value, task_id=message, connection=connection
                )

    def _deliver_held(self, stage: str, connection: psycopg.Connection) -> None:
        """Each row once, together with the others that the same message holds."""
        where = STAGES[stage]
        held: dict[str, set[str]] = defaultdict(set)
        query = f"SELECT id, claimed_by FROM {where.table} WHERE {where.of_album} AND {where.column} = %s"
        for row_id, message in connection.execute(query, [self._run.album, where.value]):
            if str(row_id) not in self.delivered[stage, message]:
                held[message].add(str(row_id))
        for message, rows in held.items():
            self.send(stage, message, rows)
            self.delivered[stage, message] |= rows

    def _copy_waiting(self, client: redis.Redis) -> None:
        """Copy messages as they are, including the delivery tag."""
        for queue in QUEUES:
            for message in client.lrange(queue, 0, -1):
                # The copies of this thread are among them, so there must be a limit.
                if message not in self._copied and len(self._copied) < MOST_COPIES:
                    self._copied.add(message)
                    client.lpush(queue, message)
                    note("message copied in its queue")


@contextmanager
def _redelivering(harness: Harness, run: Run) -> Iterator[_Redeliverer]:
    redeliverer = _Redeliverer(harness, run)
    redeliverer.start()
    try:
        yield redeliverer
    finally:
        redeliverer.stop()


def test_redelivered_messages_are_worked_on_once(harness: Harness, undisturbed: Outcome, figures: list[str]) -> None:
    run = harness.begin("twice")
    with _redelivering(harness, run) as redeliverer:
        run.upload()
        run.decide()
        harness.settle(run)
        # Groups and zips are done quickly. Repeat until one was seen.
        deadline = time.monotonic() + 60
        while not redeliverer.stages().keys() >= set(STAGES):
            assert time.monotonic() < deadline, f"Seen at work: {redeliverer.stages()}"
            if not redeliverer.stages()["group"]:
                run.person.post(f"/api/v1/albums/{run.album}/regroup/")
                harness.settle(run)
            if not redeliverer.stages()["export"]:
                run.person.export(run.album)
    harness.assert_nothing_lost(run, undisturbed)
    for stage in ("prepare", "embed", "export"):
        assert set(harness.claims(run, stage).values()) == {1}, stage
    worked = {stage: harness.claims(run, stage) for stage in STAGES}
    for (stage, message), rows in redeliverer.delivered.items():
        redeliverer.send(stage, message, rows)
    harness.assert_broker_empties()
    assert {stage: harness.claims(run, stage) for stage in STAGES} == worked
    harness.assert_nothing_lost(run, undisturbed)
    figures.append(f"delivered again: {dict(redeliverer.stages())}, {redeliverer.copies} copied in their queues")


@long_only
def test_a_killed_process_releases_its_photo_before_the_lease_expires(
    harness: Harness, undisturbed: Outcome, figures: list[str]
) -> None:
    """The worker returns the message to the queue with the claim. If that waits for long, the sweep sends another."""
    lease = float(harness.deployment.environment["CLAIM_LEASE_SECONDS"])
    pauses: list[float] = []
    for _ in range(4):
        run = harness.under_way("child")
        harness.wait(partial(harness.worker_at, run, "prepare"), what="a worker", pause=0)
        worker = harness.worker_at(run, "prepare")
        for child in children(harness.deployment.workers[worker]) if worker else ():
            note("worker's child killed")
            os.kill(child, signal.SIGKILL)
        harness.assert_nothing_lost(run, undisturbed)
        again = harness.rows(
            "SELECT extract(epoch FROM max(at) - min(at))::float AS pause"
            " FROM faults_claim WHERE stage = 'prepare' AND id IN (SELECT id FROM albums_photo WHERE album_id = %s)"
            " GROUP BY id HAVING count(*) > 1",
            run.album,
        )
        pauses += [row["pause"] for row in again]
        assert all(pause < lease for pause in pauses)
        if pauses:
            break
    assert pauses, "No child was killed at a photo."
    figures.append(f"a killed child's photo was taken again after {max(pauses):.1f} s")
