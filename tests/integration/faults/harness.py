"""What every fault test needs: the deployment, one person's album, and the checks of the outcome."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from albums import storage
from albums.jobs import Job
from tests.integration.deployment import Deployment
from tests.integration.faults import tally
from tests.integration.faults.drawn_album import DECISIONS, FAILURES, DrawnAlbum
from tests.integration.faults.retrying_person import RetryingPerson
from tests.integration.faults.scale import SETTLE_SECONDS
from tests.services import Stack
from tests.services.service import Program

QUEUES = ("images", "embeddings", "albums")

# Every claim writes a line, so tests can see which work was done twice.
_JOURNAL = """
CREATE TABLE IF NOT EXISTS faults_claim (id uuid, stage text, worker uuid, message text, at timestamptz);
CREATE OR REPLACE FUNCTION faults_note() RETURNS trigger AS $$
    BEGIN
        INSERT INTO faults_claim VALUES (NEW.id, TG_ARGV[0], NEW.worker, NEW.claimed_by, clock_timestamp());
        RETURN NEW;
    END
$$ LANGUAGE plpgsql;
"""
_JOURNAL_TRIGGER = """
CREATE OR REPLACE TRIGGER faults_note_{stage} AFTER UPDATE ON {table} FOR EACH ROW
    WHEN (NEW.claim IS DISTINCT FROM OLD.claim AND NEW.{column} = '{value}')
    EXECUTE FUNCTION faults_note('{stage}');
"""


@dataclass(frozen=True)
class Stage:
    """The rows and columns that show a stage of the work, and the workers that do it."""

    name: str
    service: str
    table: str
    column: str
    value: str

    @property
    def of_album(self) -> str:
        """The condition that a row belongs to an album."""
        return "id = %s" if self.table == "albums_album" else "album_id = %s"


STAGES = {
    stage.name: stage
    for stage in (
        Stage("prepare", "worker-images", "albums_photo", "state", "preparing"),
        Stage("embed", "worker-embeddings", "albums_photo", "state", "embedding"),
        Stage("group", "worker-albums", "albums_album", "grouping", "running"),
        Stage("export", "worker-albums", "albums_export", "state", "building"),
    )
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Outcome:
    """The outcome for the album when nothing goes wrong."""

    zip_bytes: bytes
    groups: list[Row]
    failures: dict[str, str]


@dataclass
class Run:
    """One person's album during a fault."""

    person: RetryingPerson
    album: str
    files: Sequence[Path]
    photos: dict[str, str] = field(default_factory=dict)
    """Ids by file name."""

    def in_another_tab(self) -> Run:
        """The same person with another connection."""
        person = RetryingPerson(self.person.url, self.person.email)
        person._session.cookies.update(self.person._session.cookies)
        return Run(person, self.album, self.files)

    def upload(self) -> None:
        """Send the files. Files that have already arrived are not sent again."""
        self.photos |= self.person.upload(self.album, self.files)

    def decide(self) -> None:
        """Keep and reject photos while they are being analyzed."""
        chosen: dict[str, list[str]] = {"keep": [], "reject": []}
        for name, decision in DECISIONS.items():
            chosen[decision].append(self.photos[name])
        self.person.post(f"/api/v1/albums/{self.album}/photos/decision/", chosen)

    def groups(self) -> list[Row]:
        """The groups as the person sees them, without ids."""
        names = {photo_id: name for name, photo_id in self.photos.items()}
        return [
            {
                "kind": cluster["kind"],
                "photos": [names[photo["id"]] for photo in cluster["photos"]],
                "picks": sorted(names[photo_id] for photo_id in cluster["picks"]),
                "clear_winner": cluster["clear_winner"],
                "reasons": [photo["reasons"] for photo in cluster["photos"]],
            }
            for cluster in self.person.pages(f"/api/v1/albums/{self.album}/clusters/", page_size=100)
        ]

    def failures(self) -> dict[str, str]:
        """The error code of each failed file."""
        failed = list(self.person.pages(f"/api/v1/albums/{self.album}/photos/", state="failed", page_size=200))
        assert all(photo["error"]["message"] for photo in failed)
        return {photo["name"]: photo["error"]["code"] for photo in failed}

    def outcome(self) -> Outcome:
        """Everything that must be the same after a fault. Requests a zip."""
        export = self.person.export(self.album)
        return Outcome(self.person.download(export), self.groups(), self.failures())


def children(program: Program) -> list[int]:
    """The processes that the worker has forked."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == program.pid:
            found.append(int(stat.parent.name))
    return found


def kill_some(program: Program, chance: random.Random) -> str:
    """Kill the worker with all its processes, or one of its children, like the out-of-memory killer does."""
    forked = children(program)
    if forked and chance.random() < 0.4:
        tally.note("worker's child killed")
        os.kill(chance.choice(forked), signal.SIGKILL)
        return "child"
    tally.note("worker killed")
    program.kill()
    return "worker"


class Harness:
    """A deployment on a stack, with access to its rows, queues and bucket."""

    def __init__(self, stack: Stack, deployment: Deployment, drawn: DrawnAlbum) -> None:
        self.stack = stack
        self.deployment = deployment
        self.drawn = drawn
        self._people = 0
        self._connection: psycopg.Connection[Row] | None = None
        with psycopg.connect(stack.postgres.url) as connection:
            connection.execute(_JOURNAL)
            for stage in STAGES.values():
                trigger = _JOURNAL_TRIGGER.format(
                    stage=stage.name, table=stage.table, column=stage.column, value=stage.value
                )
                connection.execute(trigger)

    def begin(
        self, name: str, files: Sequence[Path] | None = None, *, person_type: type[RetryingPerson] = RetryingPerson
    ) -> Run:
        """Create a person with an empty album. Nothing is uploaded yet."""
        self._people += 1
        person = person_type(self.deployment.url, f"{name}-{self._people}@example.org")
        person.sign_up()
        return Run(person, person.make_album("Party"), self.drawn.files if files is None else files)

    def with_member(self, run: Run) -> Run:
        """The same album for another person, who edits it with the first."""
        member = self.begin("member")
        address = "UPDATE account_emailaddress SET verified = true WHERE email = %s RETURNING email"
        assert self.rows(address, member.person.email)
        share = run.person.post(f"/api/v1/albums/{run.album}/shares/", {"role": "edit"})
        member.person.post(f"/api/v1/shared/{share['url'].rpartition('/')[2]}/accept/")
        return Run(member.person, run.album, run.files, run.photos)

    def under_way(self, name: str) -> Run:
        """Create a person whose album is uploaded, partly decided, and being analyzed."""
        run = self.begin(name)
        run.upload()
        run.decide()
        return run

    def rows(self, query: str, *parameters: Any) -> list[Row]:
        """Query PostgreSQL on a separate connection."""
        if self._connection is not None:
            return self._connection.execute(query, parameters).fetchall()
        with psycopg.connect(self.stack.postgres.url, row_factory=dict_row) as connection:
            return connection.execute(query, parameters).fetchall()

    def change(self, statement: str, *parameters: Any) -> None:
        """Change rows, as nothing in the service does."""
        with psycopg.connect(self.stack.postgres.url, autocommit=True) as connection:
            connection.execute(statement, parameters)

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Inside the block, all queries use one connection, which costs more than the queries do."""
        with psycopg.connect(self.stack.postgres.url, row_factory=dict_row, autocommit=True) as connection:
            self._connection = connection
            try:
                yield
            finally:
                self._connection = None

    def claims(self, run: Run, stage: str) -> Counter[str]:
        """How often each row of the album was claimed for the stage, by id."""
        where = STAGES[stage]
        rows = self.rows(
            f"SELECT id, count(*) FROM faults_claim WHERE stage = %s"
            f" AND id IN (SELECT id FROM {where.table} WHERE {where.of_album}) GROUP BY id",
            stage,
            run.album,
        )
        return Counter({str(row["id"]): row["count"] for row in rows})

    def worker_at(self, run: Run, stage: str) -> str | None:
        """The name, as in `deployment.workers`, of a worker at this stage of the album. None if there is none."""
        where = STAGES[stage]
        rows = self.rows(
            f"SELECT r.name FROM {where.table} t JOIN albums_workerreport r ON r.id = t.worker"
            f" WHERE t.{where.of_album} AND t.{where.column} = %s LIMIT 1",
            run.album,
            where.value,
        )
        return str(rows[0]["name"]).partition("@")[0] if rows else None

    def waiting_exports(self, run: Run) -> int:
        """The number of the album's zips that no worker has begun."""
        [row] = self.rows("SELECT count(*) FROM albums_export WHERE album_id = %s AND state = 'queued'", run.album)
        return int(row["count"])

    def messages(self) -> dict[str, str]:
        """The job of each message that waits or that a worker has taken, dead workers included, by delivery tag."""
        with self.stack.valkey.client() as client, client.pipeline(transaction=True) as pipeline:
            for queue in QUEUES:
                pipeline.lrange(queue, 0, -1)
            pipeline.hvals("unacked")
            pipeline.zrange("unacked_index", 0, -1)
            *waiting, taken, indexed = pipeline.execute()
        found = [json.loads(message) for queue in waiting for message in queue]
        found += [json.loads(entry)[0] for entry in taken]
        jobs = {message["properties"]["delivery_tag"]: message["headers"]["task"] for message in found}
        return {tag.decode(): "unknown" for tag in indexed} | jobs

    def pass_visibility_timeout(self) -> None:
        """Make every unacknowledged message as old as the visibility timeout, so that workers deliver it again."""
        with self.stack.valkey.client() as client:
            for tag in client.zrange("unacked_index", 0, -1):
                client.zadd("unacked_index", {tag: 1.0}, xx=True)

    def keys(self, album: str) -> set[str]:
        """The keys of an album's objects."""
        with closing(storage.open_storage(self.stack.s3.url)) as bucket:
            return set(bucket.list_keys(storage.album_prefix(album)))

    def restart_all(self) -> None:
        """Start all services and processes of the deployment that are not running."""
        self.stack.start()
        self.deployment.start()

    def wait(
        self, condition: Callable[[], object], *, what: str, seconds: float = SETTLE_SECONDS, pause: float = 0.3
    ) -> None:
        """Wait until the condition is true. Restart processes that end meanwhile, as docker does."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what}: not within {seconds:.0f} s.\n{self.deployment.logs()}")
            self.deployment.start()
            time.sleep(pause)

    def settle(self, run: Run) -> None:
        """Wait until the album is done."""
        self.wait(lambda: run.person.progress(run.album)["done"], what="the analysis")
        tally.current.settled(run.album, len(run.files))

    # --- What must be true in the end ---

    def assert_nothing_lost(self, run: Run, undisturbed: Outcome) -> None:
        """Wait until the album is done. Check that nothing is lost, duplicated, left over or different."""
        self.settle(run)
        assert run.outcome() == undisturbed
        self._assert_counts(run)
        self.assert_rows_consistent(run.album)
        self.assert_objects_match(run.album)
        self.assert_broker_empties()

    def _assert_counts(self, run: Run) -> None:
        """The counts of the API add up, and the decisions are kept."""
        progress = run.person.progress(run.album)
        assert progress["total"] == len(run.files) == progress["analyzed"] + progress["failed"]
        assert progress["failed"] == len(FAILURES)
        assert progress["pending"] == 0
        album = run.person.get(f"/api/v1/albums/{run.album}/")
        assert (album["photo_count"], album["failed_count"]) == (len(run.files), len(FAILURES))
        listed = list(run.person.pages(f"/api/v1/albums/{run.album}/photos/", page_size=200))
        assert sorted(photo["name"] for photo in listed) == sorted(path.name for path in run.files)
        decided = {photo["name"]: photo["decision"] for photo in listed if photo["decision"] != "auto"}
        assert decided == DECISIONS

    def assert_rows_consistent(self, album: str) -> None:
        """The grouping is current, every row is in its place, nothing is claimed, and no row lacks its owner."""
        [grouping] = self.rows("SELECT grouping, attempts FROM albums_album WHERE id = %s", album)
        assert grouping == {"grouping": "current", "attempts": 0}
        clusters = self.rows("SELECT * FROM albums_cluster WHERE album_id = %s ORDER BY position", album)
        assert [cluster["position"] for cluster in clusters] == list(range(len(clusters)))
        ranks: dict[Any, list[int]] = {cluster["id"]: [] for cluster in clusters}
        for photo in self.rows("SELECT * FROM albums_photo WHERE album_id = %s ORDER BY rank", album):
            if photo["cluster_id"]:
                assert photo["state"] == "analyzed"
                ranks[photo["cluster_id"]].append(photo["rank"])
        for cluster in clusters:
            assert ranks[cluster["id"]] == list(range(cluster["photo_count"]))
            assert cluster["photo_count"] > 1
        vectors = self.rows(
            "SELECT photo_id, count(*) FROM albums_embedding"
            " WHERE photo_id IN (SELECT id FROM albums_photo WHERE album_id = %s) GROUP BY photo_id",
            album,
        )
        analyzed = self.rows("SELECT id FROM albums_photo WHERE album_id = %s AND state = 'analyzed'", album)
        assert {row["photo_id"]: row["count"] for row in vectors} == {row["id"]: 1 for row in analyzed}
        held = "(claim IS NOT NULL OR worker IS NOT NULL OR claimed_by <> '')"
        for where in STAGES.values():
            assert self.rows(f"SELECT * FROM {where.table} WHERE {where.of_album} AND {held}", album) == []

    def assert_objects_match(self, album: str) -> None:
        """Each object of the album belongs to a row, and each row has its objects. Nothing is half-written."""
        expected = set()
        for photo in self.rows("SELECT id, state FROM albums_photo WHERE album_id = %s", album):
            keys = [storage.original_key(album, photo["id"])]
            if photo["state"] == "analyzed":
                keys += [storage.preview_key(album, photo["id"]), storage.thumbnail_key(album, photo["id"])]
            expected |= set(keys)
        for export in self.rows("SELECT id, state FROM albums_export WHERE album_id = %s", album):
            assert export["state"] == "ready"
            expected.add(storage.export_key(album, export["id"]))
        assert self.keys(album) == expected
        with closing(self.stack.s3.client()) as client:
            assert client.list_multipart_uploads(Bucket="photoalbum").get("Uploads", []) == []

    def assert_broker_empties(self) -> None:
        """No message stays. Workers get the messages of dead workers late, and find their work done.

        On a busy machine the next sweep is often there before the last one is done. So the queues need not be empty
        at one moment: each message must go, and later ones may only be sweeps.
        """
        deadline = time.monotonic() + SETTLE_SECONDS
        aged_at, patience = 0.0, 2.0
        stayed = set(messages := self.messages())
        while stayed or set(messages.values()) - {Job.SWEEP}:
            assert time.monotonic() < deadline, f"Messages are left: {messages}\n{self.deployment.logs()}"
            if time.monotonic() > aged_at + patience:
                # It delivers again what live workers have taken, too. More of that than they can do would never end.
                self.pass_visibility_timeout()
                aged_at, patience = time.monotonic(), 2 * patience
            self.deployment.start()
            time.sleep(0.3)
            messages = self.messages()
            stayed &= messages.keys()
