"""Let a production-like service work for hours, and see whether anything grows: memory, files, connections, rows.

    make soak            # python -m benchmarks.soak [--minutes 120] [--photos FOLDER ...] [--json soak.json]

The service is that of `make load`, at a pace that the machine sustains: people browse, review, regroup, upload albums
and delete them, make zips and download them. Of each kind of worker there are two. One is killed now and then, and so
is a child of it; the other lives until the end, as all other processes do. With a folder, its files are uploaded, of
any kind; an album of the same files must end with the same counts each time.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks._load_users import Browser, Load, Stop, browse, export, send_photos, user_thread
from benchmarks._soak_monitor import Series, SoakMonitor
from benchmarks.load import Fleet, summarize
from tests.drawing import write_album
from tests.integration.deployment import Deployment
from tests.services import Stack
from tests.services.observing import family

BROWSING, UPLOADING, EXPORTING, REVIEWING = 8, 2, 1, 2
FILES_OF_ALBUM = 12
KILL_EVERY_SECONDS = 180.0
WARM_UP_SECONDS = 1800.0
PATIENCE_SECONDS = 600.0
PROGRESS_SECONDS = 600.0


class SlowStop(Stop):
    """Makes every pause of a person longer."""

    factor = 4.0

    def wait(self, timeout: float | None = None) -> bool:
        """Wait longer."""
        return super().wait(None if timeout is None else timeout * self.factor)


class SentAlbums:
    """Sets of files, and how each set ended the first time."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.sets = [
            [(path.name, path.read_bytes()) for path in files[first : first + FILES_OF_ALBUM]]
            for first in range(0, len(files), FILES_OF_ALBUM)
        ]
        self.ended: dict[int, tuple[int, int]] = {}

    def send(self, browser: Browser, number: int) -> str | None:
        """Upload a set into a new album and wait. Returns the album, or None after a failure, which is recorded."""
        failures = browser.load.failures
        made = browser.send("POST albums", "POST", "/api/v1/albums/", {"name": f"Set {number}"})
        if made is None:
            return None
        album, files = str(made["id"]), self.sets[number]
        path = f"/api/v1/albums/{album}/"
        if not send_photos(browser, path, [data for _, data in files], [name for name, _ in files]):
            return None
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            time.sleep(3)
            progress = browser.json("GET album/progress", f"{path}progress/")
            if progress and progress["done"]:
                ended = (progress["analyzed"], progress["failed"])
                if self.ended.setdefault(number, ended) != ended:
                    failures.append(f"set {number} ended with {ended}, at first with {self.ended[number]}")
                browser.load.photos += len(files)
                return album
        failures.append(f"set {number} was not done in {PATIENCE_SECONDS:.0f} s")
        return album


def upload(browser: Browser, sent: SentAlbums, stop: Stop, chance: random.Random) -> None:
    """Upload the sets one by one and delete each album, until `stop` is set."""
    while not stop.wait(chance.uniform(4, 8)):
        started = time.monotonic()
        album = sent.send(browser, chance.randrange(len(sent.sets)))
        if album is not None:
            browser.load.albums.append(time.monotonic() - started)
            browser.get("GET album/timeline", f"/api/v1/albums/{album}/timeline/")
            browser.send("DELETE album", "DELETE", f"/api/v1/albums/{album}/")


def review(browser: Browser, album: str, stop: Stop, chance: random.Random) -> None:
    """Keep and reject photos, undo half of it, and move the slider now and then, until `stop` is set."""
    path = f"/api/v1/albums/{album}/"
    for step in itertools.count():
        if stop.wait(chance.uniform(1, 3)):
            return
        timeline = browser.json("GET album/timeline", f"{path}timeline/")
        shots = [shot["id"] for cluster in timeline["clusters"] for shot in cluster["photos"]] if timeline else []
        if not shots:
            continue
        decision = {"photos": [chance.choice(shots)], "decision": chance.choice(["keep", "reject", "auto"])}
        browser.send("POST album/photos/decision", "POST", f"{path}photos/decision/", decision)
        if step % 2:
            browser.send("POST album/undo", "POST", f"{path}undo/")
        if step % 20 == 0:
            similarity = round(chance.uniform(0.3, 0.7), 2)
            browser.send("POST album/regroup", "POST", f"{path}regroup/", {"similarity": similarity})


@contextmanager
def kill_now_and_then(fleet: Deployment) -> Iterator[Counter[str]]:
    """Kill the second worker of each kind in turn, and in between one of its children. Yields the counts."""
    killed: Counter[str] = Counter()
    over = threading.Event()
    victims = [name for name in fleet.workers if name.endswith("-2")]

    def kill() -> None:
        for turn in itertools.count():
            if over.wait(KILL_EVERY_SECONDS):
                return
            name = victims[turn // 2 % len(victims)]
            worker = fleet.workers[name]
            if turn % 2:
                children = sorted(family(worker.pid) - {worker.pid})
                with suppress(ProcessLookupError, IndexError):
                    os.kill(children[0], signal.SIGKILL)
                killed[f"a child of {name}"] += 1
            else:
                worker.kill()
                worker.launch()
                killed[name] += 1

    thread = threading.Thread(target=kill, name="kill-now-and-then")
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()


class People:
    """Everybody who uses the service, each in a thread."""

    def __init__(self, fleet: Fleet, files: Sequence[Path]) -> None:
        self.load, self._stop = Load(), SlowStop()
        self._fleet = fleet
        emails = {
            doing: [f"{doing.__name__}-{number}@example.org" for number in range(count)]
            for doing, count in ((browse, BROWSING), (export, EXPORTING), (review, REVIEWING), (upload, UPLOADING))
        }
        self._sessions = fleet.make("accounts", [email for of_some in emails.values() for email in of_some])
        self._sent = SentAlbums(files)
        self._threads = [
            user_thread(
                doing,
                self._browser(email),
                self._sent if doing is upload else self._album(email),
                email=email,
                stop=self._stop,
                seed=email,
            )
            for doing, of_some in emails.items()
            for email in of_some
        ]

    def _browser(self, email: str) -> Browser:
        return Browser(self._fleet.url, self._sessions[email], self.load)

    def _album(self, email: str) -> str:
        album = self._sent.send(self._browser(email), random.Random(email).randrange(len(self._sent.sets)))
        if album is None:
            raise SystemExit(f"An album could not be made: {self.load.failures}")
        return album

    def live(self, seconds: float) -> None:
        """Let all live for this long, then wait until they finish what they began."""
        for thread in self._threads:
            thread.start()
        started = time.monotonic()
        while (lived := time.monotonic() - started) < seconds:
            print(
                f"{lived / 60:.0f} min: {self.load.photos} files, {len(self.load.requests)} requests,"
                f" {len(self.load.failures)} failures",
                flush=True,
            )
            time.sleep(min(PROGRESS_SECONDS, seconds - lived))
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.load.seconds = seconds


def report(load: Load, monitor: SoakMonitor, killed: Counter[str]) -> None:
    """Print what was done, and the tables."""
    print(
        f"\n{load.seconds / 60:.0f} min: {len(load.requests)} requests, {load.photos} files analyzed in"
        f" {len(load.albums)} albums, {len(load.zips)} zips; killed: {dict(killed)}"
    )
    for row in summarize(load.requests):
        print(f"{row['route']:30}{row['requests']:8}{row['errors']:6}{row['p50_ms']:9.1f}{row['p99_ms']:9.1f}")
    warm_up = min(WARM_UP_SECONDS, load.seconds / 4)
    print(f"\nMB of private memory{'':26}{'first':>9}{'last':>9}{'most':>9}{'MB/hour':>9}{'%/hour':>9}")
    for name, series in sorted(monitor.programs.items()):
        _row(name, series.after(warm_up))
    for (name, pid), series in sorted(monitor.processes.items()):
        if (late := series.after(warm_up)).hourly_slope() is not None:
            _row(f"  {name} ({pid})", late)
    print(f"\nnumber of{'':37}{'first':>9}{'last':>9}{'most':>9}{'an hour':>9}")
    for name, series in sorted(monitor.counts.items()):
        late = series.after(warm_up)
        if any(late.values):
            slope = late.hourly_slope()
            shown = "" if slope is None else f"{slope:+.1f}"
            print(f"{name:46}{late.values[0]:9.0f}{late.values[-1]:9.0f}{max(late.values):9.0f}{shown:>9}")
    print(f"failures: {len(load.failures)}")
    for failure, count in Counter(load.failures).most_common(20):
        print(f"  {count} times: {failure}")


def _row(name: str, series: Series) -> None:
    if not series.values:
        return
    slope = series.hourly_slope()
    shown = "" if slope is None else f"{slope:+9.2f}{100 * slope / series.values[0]:+9.2f}"
    print(f"{name:46}{series.values[0]:9.1f}{series.values[-1]:9.1f}{max(series.values):9.1f}{shown}")


def main() -> None:
    """Print the report, and keep the readings as JSON where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--photos", type=Path, nargs="*", default=[], help="folders of files to upload")
    parser.add_argument("--json", type=Path, help="a file for the readings")
    options = parser.parse_args()
    with Stack(durable=True) as stack, tempfile.TemporaryDirectory(prefix="photoalbum-soak-") as folder:
        temporary = Path(folder, "tmp")
        temporary.mkdir()
        stack.environment["TMPDIR"] = str(temporary)
        files = [path for photos in options.photos for path in sorted(photos.iterdir()) if path.is_file()]
        if not files:
            shots = write_album(Path(folder, "drawn"), moments=10, shots=6, size=(1280, 960), seed=5)
            files = [shot.path for shot in shots]
        stack.start()
        # The networks for faces and embeddings, and not the quick stand-ins of tests.
        fleet = Fleet(stack, EMBEDDING_MODEL="auto", FACE_DETECTOR="network")
        with fleet.running():
            people = People(fleet, files)
            with SoakMonitor(stack, fleet.roots).running() as monitor, kill_now_and_then(fleet) as killed:
                people.live(60 * options.minutes)
            load = people.load
            report(load, monitor, killed)
            if load.failures:
                print(fleet.logs())
    if options.json:
        readings = {"programs": monitor.programs, "counts": monitor.counts}
        whole = {kind: {name: vars(series) for name, series in of.items()} for kind, of in readings.items()}
        options.json.write_text(json.dumps(whole), encoding="utf-8")
    if load.failures:
        sys.exit(1)


if __name__ == "__main__":
    main()
