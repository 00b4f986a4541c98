"""Load-test a production-like service on this machine, first undisturbed, then while its workers are killed.

    make load            # python -m benchmarks.load [--seconds 75] [--people 100] [--json load.json]

It runs PostgreSQL, Valkey, S3 (OpenStack Swift), the web process and two workers per queue, with the commands and
limits of docker-compose.yml. People poll and browse, each one step every two seconds. Ten upload albums, watch and
delete them. Two make and download zips. In the second phase, one worker is killed every twenty seconds, in turn, and
restarted as its container would be. The command counts everything a person would have seen go wrong, and exits with 1
if there was anything.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks._load_users import (
    Browser,
    Load,
    Request,
    Stop,
    browse,
    export,
    send_photos,
    upload,
    user_thread,
    wait_for,
)
from benchmarks._process_monitor import Growth, ProcessMonitor
from tests.drawing import write_album
from tests.integration.deployment import REPOSITORY, WORKERS, Deployment, compose_command
from tests.services import Stack
from tests.services.service import Service

UPLOADERS, EXPORTERS = 10, 2
PHOTOS_OF_BROWSED_ALBUMS, PHOTOS_OF_UPLOADS = 300, 20
KILL_EVERY_SECONDS = 20.0


# The installed defaults; tests use shorter ones.
AS_INSTALLED = {"WORKER_SILENT_SECONDS": "30", "SWEEP_SECONDS": "30", "REQUEUE_AFTER_SECONDS": "60"}


class Fleet(Deployment):
    """The deployment with two workers of each kind, the installed timings, and counted queries."""

    def __init__(self, stack: Stack, **environment: str) -> None:
        super().__init__(stack, replicas=dict.fromkeys(WORKERS, 2), **AS_INSTALLED, **environment)
        counted = [*compose_command("web")[:-1], "benchmarks._query_counting_wsgi:application"]
        self.web = stack.program("counted-web", counted, environment=self.environment, answers=self._web_answers)

    def make(self, what: str, emails: Sequence[str], *options: str) -> dict[str, str]:
        """Make accounts or albums. Returns the session or album for each address."""
        argv = [sys.executable, "-m", "benchmarks._load_accounts", what, *options]
        environment = {**self._stack.environment, **self.environment}
        made = subprocess.run(
            argv, input=json.dumps(emails), env=environment, cwd=REPOSITORY, check=True, capture_output=True, text=True
        )
        answer: dict[str, str] = json.loads(made.stdout)
        return answer

    def roots(self) -> dict[str, int]:
        """The process ids of the service's processes and of the servers it uses."""
        servers = {"valkey": self._stack.valkey, "postgres": self._stack.postgres, "s3": self._stack.s3}
        programs: dict[str, Service] = {"web": self.web, "beat": self.beat, **self.workers, **servers}
        return {name: program.pid for name, program in programs.items() if program.is_running}


class Users:
    """All users with their sessions and albums."""

    def __init__(self, fleet: Fleet, people: int, folder: Path) -> None:
        shots = write_album(folder, moments=10, shots=4, size=(1280, 960), seed=5)
        self.photos = [shot.path.read_bytes() for shot in shots]
        self.fleet = fleet
        self.browsing = [f"browsing-{number}@example.org" for number in range(people)]
        self.uploading = [f"uploading-{number}@example.org" for number in range(UPLOADERS)]
        self.exporting = [f"exporting-{number}@example.org" for number in range(EXPORTERS)]
        self.sessions = fleet.make("accounts", [*self.browsing, *self.uploading, *self.exporting])
        self.albums = {email: self._analysed(email) for email in self.exporting}
        template = self.albums[self.exporting[0]]
        size = str(PHOTOS_OF_BROWSED_ALBUMS)
        self.albums |= fleet.make("albums", self.browsing, "--template", template, "--photos", size)

    def _analysed(self, email: str) -> str:
        load = Load()
        browser = self.browser(email, load)
        album = str(browser.send("POST albums", "POST", "/api/v1/albums/", {"name": "Wedding"})["id"])
        path = f"/api/v1/albums/{album}/"
        if not (send_photos(browser, path, self.photos) and wait_for(browser, path, len(self.photos))):
            raise SystemExit(f"The first album could not be made: {load.failures}")
        return album

    def browser(self, email: str, load: Load) -> Browser:
        """A new browser of this person."""
        return Browser(self.fleet.url, self.sessions[email], load)

    def live(self, seconds: float) -> Load:
        """Run all users for this many seconds, then wait until they finish what they began."""
        load, stop = Load(), Stop()
        threads = list(self._people(load, stop))
        started, used = time.monotonic(), time.process_time()
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        load.client_share = (time.process_time() - used) / (time.monotonic() - started)
        load.seconds = seconds
        stop.set()
        for thread in threads:
            thread.join()
        return load

    def _people(self, load: Load, stop: Stop) -> Iterator[threading.Thread]:
        seeds = itertools.count()
        for email in self.browsing:
            yield self._thread(browse, email, self.albums[email], load=load, stop=stop, seed=next(seeds))
        for number, email in enumerate(self.uploading):
            first = number * 2 % (len(self.photos) - PHOTOS_OF_UPLOADS + 1)
            photos = self.photos[first : first + PHOTOS_OF_UPLOADS]
            yield self._thread(upload, email, photos, load=load, stop=stop, seed=next(seeds))
        for email in self.exporting:
            yield self._thread(export, email, self.albums[email], load=load, stop=stop, seed=next(seeds))

    def _thread(self, doing: Any, email: str, what: Any, *, load: Load, stop: Stop, seed: int) -> threading.Thread:
        return user_thread(doing, self.browser(email, load), what, email=email, stop=stop, seed=seed)


@contextmanager
def kill_workers(fleet: Fleet) -> Iterator[Counter[str]]:
    """Kill a worker every KILL_EVERY_SECONDS, in turn, and restart it at once. Yields the counts."""
    killed: Counter[str] = Counter()
    over = threading.Event()

    def kill() -> None:
        for name in itertools.cycle(fleet.workers):
            if over.wait(KILL_EVERY_SECONDS):
                return
            fleet.workers[name].kill()
            fleet.workers[name].launch()
            killed[name] += 1

    thread = threading.Thread(target=kill, name="kill-workers")
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


# --- The report -------------------------------------------------------------------------------------------------------


def summarize(requests: Sequence[Request]) -> list[dict[str, Any]]:
    """A row for each route: number of requests, milliseconds, queries."""
    routes: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        routes[request.route].append(request)
    return [_row(route, of_route) for route, of_route in sorted(routes.items())]


def _row(route: str, requests: Sequence[Request]) -> dict[str, Any]:
    milliseconds = sorted(1000 * request.seconds for request in requests)
    queries = [request.queries for request in requests if request.queries is not None]
    return {
        "route": route,
        "requests": len(requests),
        "errors": sum(request.status >= 400 for request in requests),
        "p50_ms": round(statistics.median(milliseconds), 1),
        "p99_ms": round(milliseconds[min(len(milliseconds) - 1, int(0.99 * len(milliseconds)))], 1),
        "worst_ms": round(milliseconds[-1], 1),
        "queries_p50": statistics.median(queries) if queries else None,
        "queries_most": max(queries, default=None),
    }


def report(name: str, load: Load, monitor: ProcessMonitor, drained: float, killed: Counter[str]) -> dict[str, Any]:
    """Print a phase as tables, and return it for the JSON."""
    rows, growths = summarize(load.requests), [growth for growth in monitor.growths() if _is_ours(growth)]
    processors = monitor.processors()
    print(f"\n{name}: {load.seconds:.0f} s, then {drained:.0f} s until the last album and zip were finished")
    print(
        f"{len(load.requests) / (load.seconds + drained):.0f} requests/s, {load.photos} photos analysed in"
        f" {len(load.albums)} albums ({_spread(load.albums)}), {len(load.zips)} zips ({_spread(load.zips)});"
        f" the client took {100 * load.client_share:.0f} % of a processor; workers killed: {killed.total()}"
    )
    print(f"{'route':28}{'requests':>9}{'errors':>8}{'p50 ms':>9}{'p99 ms':>9}{'worst':>9}{'queries':>9}{'most':>6}")
    for row in rows:
        print(
            f"{row['route']:28}{row['requests']:9}{row['errors']:8}{row['p50_ms']:9.1f}{row['p99_ms']:9.1f}"
            f"{row['worst_ms']:9.0f}{row['queries_p50'] or '':>9}{row['queries_most'] or '':>6}"
        )
    print(f"{'process':34}{'first MB':>9}{'last MB':>9}{'MB/min':>9}")
    for growth in growths:
        slope = "" if growth.slope is None else f"{growth.slope:+.2f}"
        print(f"{growth.name:34}{growth.first:9.1f}{growth.last:9.1f}{slope:>9}")
    answered = sum(request.queries is not None for request in load.requests)
    cost = 1000 * processors["web"] * (load.seconds + drained) / max(1, answered)
    busy = ", ".join(f"{name} {share:.2f}" for name, share in processors.items())
    print(f"processors kept busy: {busy}; {sum(processors.values()):.2f} in all; web {cost:.1f} ms a request")
    print(f"failures: {len(load.failures)}")
    for failure, count in Counter(load.failures).most_common(10):
        print(f"  {count} times: {failure}")
    return {
        "phase": name,
        "seconds": load.seconds,
        "drained_seconds": drained,
        "client_share": load.client_share,
        "albums_seconds": load.albums,
        "zips_seconds": load.zips,
        "photos": load.photos,
        "killed": killed,
        "routes": rows,
        "processors": processors,
        "web_milliseconds_of_processor_a_request": cost,
        "memory": [asdict(growth) for growth in growths],
        "failures": load.failures,
    }


def _is_ours(growth: Growth) -> bool:
    """Excludes storage, and the database's server processes, which come and go."""
    return growth.name.partition(",")[0] not in {"postgres", "s3"}


def _spread(seconds: Sequence[float]) -> str:
    return f"median {statistics.median(seconds):.0f} s, at most {max(seconds):.0f} s" if seconds else "none"


def measure(fleet: Fleet, users: Users, seconds: float) -> list[dict[str, Any]]:
    """Run both phases."""
    phases = []
    for name, kills in (("undisturbed", False), ("a worker killed every 20 s", True)):
        started = time.monotonic()
        with ProcessMonitor(fleet.roots) as monitor:
            if kills:
                with kill_workers(fleet) as killed:
                    load = users.live(seconds)
            else:
                killed = Counter()
                load = users.live(seconds)
        drained = time.monotonic() - started - seconds
        phases.append(report(name, load, monitor, drained, killed))
    return phases


def main() -> None:
    """Print two tables a phase, and keep them as JSON where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=75.0, help="of each of the two phases")
    parser.add_argument("--people", type=int, default=100, help="who poll and browse")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    options = parser.parse_args()
    with Stack(durable=True) as stack, tempfile.TemporaryDirectory(prefix="photoalbum-load-") as folder:
        stack.start()
        fleet = Fleet(stack)
        with fleet.running():
            users = Users(fleet, options.people, Path(folder))
            browsing = f"{options.people} people who browse albums of {PHOTOS_OF_BROWSED_ALBUMS} photos"
            uploading = f"{UPLOADERS} who upload {PHOTOS_OF_UPLOADS} photos at a time"
            print(f"{browsing}, {uploading}, {EXPORTERS} who make zips; {os.cpu_count()} processors", flush=True)
            phases = measure(fleet, users, options.seconds)
            if any(phase["failures"] for phase in phases):
                print(fleet.logs())
    if options.json:
        options.json.write_text(json.dumps(phases, indent=1), encoding="utf-8")
    if any(phase["failures"] for phase in phases):
        sys.exit(1)


if __name__ == "__main__":
    main()
