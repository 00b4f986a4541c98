"""Measure what the service costs around the analysis: database, broker, web and workers, for each photo.

    python -m benchmarks.coordination [--photos 400] [--accounts 2] [--processes 2] [--sleep 0] [--pgbouncer 4]
        [--json FILE]

PostgreSQL that flushes, Valkey, S3 (OpenStack Swift), the web process and the workers run with the commands of
docker-compose.yml. The examination sleeps, the network answers at once, and every four photos are a group. All else is
the service's own code. People upload albums of small files through the API and poll the progress. With --pgbouncer, all
processes reach PostgreSQL through PgBouncer, which has to be installed, and share this number of sessions.

It prints photos/s, the processor time of each program for each photo, and the statements for each photo by the function
that asked for them. Without a sleep the rate is the ceiling of this machine.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from benchmarks._load_users import Browser, Load, send_photos, wait_for
from benchmarks._process_monitor import processor_seconds
from benchmarks.load import Fleet
from tests.drawing import draw_scene, jpeg_bytes
from tests.services import Stack
from tests.services.pgbouncer import PgBouncer
from tests.services.service import Program
from worker.analysis.examination import examine_photo
from worker.analysis.interface import DecodeLimits
from worker.analysis.models import HAAR

_PHOTOS_PER_REQUEST = 100
_FILE_BYTES = 2048
_STORAGE = "s3"
"""The server of the storage is none of our code: its time is shown, and not part of the sum."""


class SleepingFleet(Fleet):
    """The deployment with workers whose analysis only sleeps."""

    def __init__(self, stack: Stack, folder: Path, processes: int, **environment: str) -> None:
        super().__init__(stack, **environment)
        self.environment |= {"COORDINATION_FOLDER": str(folder), "RATE_ACCOUNT": "1000000/min", "QUOTA_JOBS": "0"}
        counts = {"worker-images": processes, "worker-embeddings": 2, "worker-albums": 2}
        self.workers = {name: self._sleeping(self.worker(name, name), count) for name, count in counts.items()}

    def _sleeping(self, worker: Program, processes: int) -> Program:
        argv = list(worker._argv)  # noqa: SLF001 - the command of docker-compose.yml, with another application
        argv[argv.index("worker")] = "benchmarks._coordination_worker"
        argv[argv.index("--concurrency") + 1] = str(processes)
        return self._stack.program(f"sleeping-{worker.name}", argv, environment=self.environment)

    def processor_seconds(self) -> dict[str, float]:
        """What each kind of program has used until now."""
        return {name: processor_seconds(root) for name, root in self.roots().items()}


def write_examination(folder: Path, seconds: float) -> None:
    """Write the examination that each photo gets: that of a drawn photo, so the rows are as long as real ones."""
    drawn = jpeg_bytes(draw_scene(1, (1280, 960)))
    found = examine_photo(drawn, limits=DecodeLimits(), face_model=HAAR, pictures_ready=lambda *_: None)
    (folder / "examination").write_bytes(msgspec.msgpack.encode(found))
    (folder / "seconds").write_text(str(seconds), encoding="ascii")


def live(fleet: Fleet, sessions: Sequence[str], photos: int) -> Load:
    """Each person uploads an album and waits until it is grouped."""
    load = Load()

    def person(session: str) -> None:
        browser = Browser(fleet.url, session, load)
        album = f"/api/v1/albums/{browser.send('POST albums', 'POST', '/api/v1/albums/', {'name': 'Weekend'})['id']}/"
        for first in range(0, photos, _PHOTOS_PER_REQUEST):
            count = min(_PHOTOS_PER_REQUEST, photos - first)
            send_photos(browser, album, [os.urandom(_FILE_BYTES) for _ in range(count)])
        if wait_for(browser, album, photos):
            load.photos += photos
        browser.close()

    threads = [threading.Thread(target=person, args=(session,)) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


class _Counters:
    """What the servers count themselves."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def read(self) -> Counter[str]:
        with self._stack.valkey.client() as client:
            commands = client.info("stats")["total_commands_processed"]
        with psycopg.connect(self._stack.postgres.url, autocommit=True) as connection:
            connection.execute("SELECT pg_stat_force_next_flush()")
            commits, touched = connection.execute(
                "SELECT xact_commit, blks_hit + blks_read FROM pg_stat_database WHERE datname = current_database()"
            ).fetchone() or (0, 0)
            wal = connection.execute("SELECT wal_bytes FROM pg_stat_wal").fetchone() or (0,)
            updates = connection.execute(
                "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'albums_photo'"
            ).fetchone() or (0, 0)
        return Counter(
            {
                "commands of the broker": commands,
                "transactions": commits,
                "blocks touched": touched,
                "bytes of the write-ahead log": int(wal[0]),
                "rows of photos written again": updates[0],
                "... without a change of an index": updates[1],
            }
        )


def report(figures: dict[str, Any]) -> None:
    """Print what a photo costs."""
    print(f"{figures['photos']} photos in {figures['seconds']:.1f} s: {figures['photos'] / figures['seconds']:.1f}/s")
    print(f"\n{'processor time of a photo':40}{'ms':>8}")
    for name, milliseconds in figures["milliseconds"].items():
        print(f"{name:40}{milliseconds:8.2f}")
    ours = sum(value for name, value in figures["milliseconds"].items() if name != _STORAGE)
    print(f"{'sum without the storage':40}{ours:8.2f}")
    print(f"\n{'statements of a photo, by who asked':40}{'':>8}")
    for name, count in figures["statements"].items():
        print(f"{name:60}{count:8.3f}")
    print(f"{'sum':60}{sum(figures['statements'].values()):8.3f}\n")
    for name, count in figures["counted"].items():
        print(f"{name:60}{count:8.1f}")


def measure(fleet: SleepingFleet, stack: Stack, folder: Path, accounts: int, photos: int) -> dict[str, Any]:
    """One run. The first albums only warm up."""
    sessions = list(fleet.make("accounts", [f"person-{number}@example.org" for number in range(accounts)]).values())
    live(fleet, sessions, _PHOTOS_PER_REQUEST)
    counters = _Counters(stack)
    before, counted, began = fleet.processor_seconds(), counters.read(), time.monotonic()
    load = live(fleet, sessions, photos // accounts)
    seconds = time.monotonic() - began
    after, counted = fleet.processor_seconds(), counters.read() - counted
    if load.failures:
        raise SystemExit(f"{len(load.failures)} failures, such as {load.failures[0]}\n{fleet.logs()}")
    for worker in fleet.workers.values():
        worker.stop()
    everything = load.photos + accounts * _PHOTOS_PER_REQUEST
    return {
        "photos": load.photos,
        "seconds": seconds,
        "milliseconds": {name: 1000 * (after[name] - before[name]) / load.photos for name in before},
        "statements": _statements(folder, load, everything),
        "counted": {name: value / load.photos for name, value in counted.items()},
    }


def _statements(folder: Path, load: Load, everything: int) -> dict[str, float]:
    counted: Counter[str] = Counter()
    for path in folder.glob("*.json"):
        counted.update(json.loads(path.read_text(encoding="utf-8")))
    found = {name: count / everything for name, count in counted.items()}
    of_web: Counter[str] = Counter()
    for request in load.requests:
        of_web[f"web, {request.route}"] += request.queries or 0
    found |= {name: count / load.photos for name, count in of_web.items() if count}
    return dict(sorted(found.items(), key=lambda entry: -entry[1]))


def main() -> None:
    """Print the figures, and keep them as JSON where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, default=400)
    parser.add_argument("--accounts", type=int, default=2)
    parser.add_argument("--processes", type=int, default=2, help="of the workers that prepare photos")
    parser.add_argument("--sleep", type=float, default=0.0, help="seconds that stand for an examination")
    parser.add_argument("--pgbouncer", type=int, metavar="SESSIONS", help="share sessions of the database")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    options = parser.parse_args()
    with Stack(durable=True) as stack, tempfile.TemporaryDirectory(prefix="photoalbum-coordination-") as name:
        folder = Path(name)
        write_examination(folder, options.sleep)
        stack.start()
        environment = {}
        if options.pgbouncer:
            bouncer = PgBouncer(stack.keeper, stack.postgres, sessions=options.pgbouncer)
            bouncer.start()
            environment["DATABASE_URL"] = bouncer.url_of(stack.postgres.url)
        fleet = SleepingFleet(stack, folder, options.processes, **environment)
        with fleet.running():
            figures = measure(fleet, stack, folder, options.accounts, options.photos)
        print(f"{options.processes} processes prepare photos, {options.sleep:g} s each; {os.cpu_count()} processors")
        report(figures)
        if options.json:
            options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
