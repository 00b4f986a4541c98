"""A worker is killed in the middle of each stage: the next worker continues, and the zip is the same."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from tests.drawing import DrawnPhoto, write_album
from tests.integration.deployment import Deployment
from tests.integration.person import Person, wait_until
from tests.services import Stack

KILL_STAGES = {
    # The worker, the table it works on, and the condition of a row it has claimed.
    "prepare": ("worker-images", "albums_photo", "album_id = %s AND state = 'preparing'"),
    "embed": ("worker-embeddings", "albums_photo", "album_id = %s AND state = 'embedding'"),
    "group": ("worker-albums", "albums_album", "id = %s AND grouping = 'running'"),
    "export": ("worker-albums", "albums_export", "album_id = %s AND state = 'building'"),
}


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> list[DrawnPhoto]:
    return write_album(tmp_path_factory.mktemp("shots"), moments=5, shots=4, seed=3)


@pytest.fixture(scope="module")
def undisturbed(deployment: Deployment, shots: list[DrawnPhoto]) -> bytes:
    """The zip when nothing goes wrong."""
    person = Person(deployment.url, "undisturbed@example.org")
    person.sign_up()
    return _finish(person, _begin(person, shots))


def _begin(person: Person, shots: list[DrawnPhoto]) -> str:
    album = person.make_album("Party")
    person.upload(album, [shot.path for shot in shots])
    return album


def _finish(person: Person, album: str) -> bytes:
    person.wait_until_done(album)
    return person.download(person.export(album))


@contextmanager
def _caught_at_work(stack: Stack, table: str, condition: str, album: str) -> Iterator[None]:
    """Lock a row that a worker is working on, so that it cannot write its result before it is killed."""
    query = f"SELECT 1 FROM {table} WHERE {condition} LIMIT 1 FOR UPDATE"
    with psycopg.connect(stack.postgres.url) as connection:

        def caught() -> bool:
            if connection.execute(query, [album]).fetchone():
                return True
            connection.rollback()
            return False

        deadline = time.monotonic() + 60
        while not caught():
            assert time.monotonic() < deadline, f"No worker was seen at work on {table}."
        yield
        connection.rollback()


def _kill_at(deployment: Deployment, stack: Stack, stage: str, album: str) -> None:
    worker, table, condition = KILL_STAGES[stage]
    with _caught_at_work(stack, table, condition, album):
        deployment.workers[worker].kill()
    deployment.workers[worker].start()


@pytest.mark.parametrize("stage", ["prepare", "embed", "group"])
def test_a_worker_killed_during_the_analysis_changes_nothing(
    deployment: Deployment, stack: Stack, shots: list[DrawnPhoto], undisturbed: bytes, stage: str
) -> None:
    person = Person(deployment.url, f"{stage}@example.org")
    person.sign_up()
    album = _begin(person, shots)
    _kill_at(deployment, stack, stage, album)
    assert _finish(person, album) == undisturbed
    assert person.progress(album)["failed"] == 0


def test_a_worker_killed_while_it_builds_the_zip_changes_nothing(
    deployment: Deployment, stack: Stack, shots: list[DrawnPhoto], undisturbed: bytes
) -> None:
    person = Person(deployment.url, "export@example.org")
    person.sign_up()
    album = _begin(person, shots)
    person.wait_until_done(album)
    export: dict[str, Any] = person.post(f"/api/v1/albums/{album}/exports/")
    _kill_at(deployment, stack, "export", album)
    wait_until(lambda: bool(person.get(f"/api/v1/exports/{export['id']}/")["state"] == "ready"), what="the export")
    assert person.download(export) == undisturbed


def test_a_lost_queue_is_refilled_from_the_rows(
    deployment: Deployment, stack: Stack, shots: list[DrawnPhoto], undisturbed: bytes
) -> None:
    """The broker forgets everything while photos wait. The sweep finds them."""
    import redis

    person = Person(deployment.url, "flushed@example.org")
    person.sign_up()
    deployment.workers["worker-images"].kill()
    album = _begin(person, shots)
    redis.Redis.from_url(stack.valkey.url).flushall()
    deployment.workers["worker-images"].start()
    assert _finish(person, album) == undisturbed
