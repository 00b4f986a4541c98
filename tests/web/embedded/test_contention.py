"""One machine's SQLite under many writers, each a process of its own: they wait for each other, and nobody fails."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.drawing import DrawnPhoto, write_album
from tests.integration.person import Person
from tests.services import Program
from tests.services.keeper import Keeper
from tests.services.observing import until
from tests.services.ports import PortReservation

REPOSITORY = Path(__file__).resolve().parents[3]
PEOPLE = ("ada", "bo", "cy")
# Takes the only write lock there is for most of the time, as a slow disk or a backup that copies would.
HOG = """
import random, sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
while True:
    connection.execute("BEGIN IMMEDIATE")
    time.sleep(random.uniform(0.1, 0.6))
    connection.execute("ROLLBACK")
    time.sleep(random.uniform(0.02, 0.15))
"""

pytestmark = pytest.mark.integration


class Machine:
    """The embedded service, a second worker on its database and queues, and a program that hogs the write lock."""

    def __init__(self, keeper: Keeper, folder: Path, port: int) -> None:
        self._keeper = keeper
        self.data_dir = folder / "data"
        self.url = f"http://127.0.0.1:{port}"
        self._environment = {
            "PATH": os.environ["PATH"],
            "TMPDIR": os.environ["TMPDIR"],
            "DATA_DIR": str(self.data_dir),
            "PORT": str(port),
            "EMBEDDING_MODEL": "descriptor",
            "FACE_DETECTOR": "haar",
            "DJANGO_SETTINGS_MODULE": "web.settings",
            # Small chunks, so that both workers write all the time.
            "PHOTOS_PER_TASK": "2",
            "SWEEP_SECONDS": "2",
        }
        self.service = self._program("serve", "manage.py", "serve", "--concurrency", "2")

    def _program(self, name: str, *arguments: str, **environment: str) -> Program:
        program = Program(
            self._keeper,
            name,
            [sys.executable, *arguments],
            environment={**self._environment, **environment},
            directory=REPOSITORY,
        )
        program.start()
        return program

    def contend(self) -> None:
        """Start what competes with the service, once that runs."""
        stack_file = self.data_dir / "stack.json"
        assert until(lambda: stack_file.exists() or not self.service.is_running, 90), self.service.log_tail()
        assert self.service.is_running, self.service.log_tail()
        redis_url = json.loads(stack_file.read_text(encoding="utf-8"))["redis_url"]
        queues = ["-Q", "images,embeddings,albums", "--concurrency", "2", "--hostname", "second@%h"]
        worker = ["-m", "celery", "-A", "worker", "worker", *queues, "--loglevel", "INFO"]
        self.worker = self._program("second-worker", *worker, REDIS_URL=redis_url)
        self.hog = self._program("hog", "-c", HOG, str(self.data_dir / "photoalbum.sqlite3"))

    def logs(self) -> dict[str, str]:
        """Everything that every process has said."""
        paths = [self.worker.log, self.hog.log, self.service.log, *(self.data_dir / "logs").iterdir()]
        return {path.parent.name + "/" + path.name: path.read_text(encoding="utf-8") for path in paths}


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    port = PortReservation()
    with Keeper() as keeper:
        machine = Machine(keeper, tmp_path, port.port)
        machine.contend()
        yield machine
    port.release()


def _weekend(machine: Machine, name: str, shots: list[DrawnPhoto]) -> tuple[int, list[str]]:
    """What a person does: upload in small steps, decide meanwhile, wait, rearrange; returns what came of it."""
    person = Person(machine.url, f"{name}@example.org")
    person.sign_up()
    album = person.make_album(name)
    photos: dict[str, str] = {}
    for first in range(0, len(shots), 4):
        photos |= person.upload(album, [shot.path for shot in shots[first : first + 4]])
        person.post(
            f"/api/v1/albums/{album}/photos/decision/", {"photos": [list(photos.values())[-1]], "decision": "keep"}
        )
        person.progress(album)
    person.wait_until_done(album)
    person.post(f"/api/v1/albums/{album}/regroup/", {"similarity": 0.7})
    person.wait_until_done(album)
    person.download(person.export(album))
    rows = list(person.pages(f"/api/v1/albums/{album}/photos/"))
    kept = sorted(row["name"] for row in rows if row["decision"] == "keep")
    return sum(row["state"] == "analyzed" for row in rows), kept


def test_no_request_fails_because_the_database_is_locked(machine: Machine, tmp_path: Path) -> None:
    shots = write_album(tmp_path / "shots", moments=2, shots=4, size=(320, 240), seed=8)

    with ThreadPoolExecutor(len(PEOPLE)) as threads:
        # Every response other than a success is an error here, for any of them.
        results = list(threads.map(lambda name: _weekend(machine, name, shots), PEOPLE))

    last_of_each_step = sorted(shot.path.name for shot in shots[3::4])
    assert results == [(len(shots), last_of_each_step)] * len(PEOPLE)
    logs = machine.logs()
    assert machine.hog.is_running and machine.worker.is_running, logs
    assert {name for name, log in logs.items() if re.search("is locked|Traceback", log)} == set(), logs
    # Both workers had a part in it.
    assert "received" in logs["second-worker/log"]
    assert "received" in logs["logs/worker.log"]
