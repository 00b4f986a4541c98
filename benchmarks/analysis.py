"""Measure what people wait for, from the first byte of an album to its zip, and what the machine does meanwhile.

    python -m benchmarks.analysis [--photos 40] [--folder FOLDER] [--model auto] [--without-comparison]

It runs `manage.py serve` with its own data folder, and uploads an album as the pages do: first to a service that has
just started, then again. It runs `makealbum`, an obvious script, and decoding and inference alone, all on the same
photos in one run, so that the ratios hold on any machine. With `--grown 10000`, the album is then copied until it has
that many photos, and the slider is moved once more.

The photos are real ones where there are some (`--folder`), else drawn.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from benchmarks._album_photos import REAL_PHOTOS, REPOSITORY, album_photos, megabytes
from benchmarks._load_users import Browser, Load
from benchmarks._processor_use import processor_seconds
from benchmarks._visit import Visit, Waited
from tests.services import Stack
from tests.services.ports import PortReservation
from tests.services.service import Service as Server

_EMAIL = "ada@example.org"
_OBVIOUS_PHOTOS = 6
_FIRST_PHOTOS = 20
_PROCESSORS = len(os.sched_getaffinity(0))


def make_weights(path: Path) -> None:
    """Write random weights of ResNet50 in the file format of the trained ones; they are as fast."""
    code = (
        "import sys, keras; keras.utils.set_random_seed(1);"
        "keras.applications.ResNet50(include_top=False, pooling='avg', weights=None).save_weights(sys.argv[1])"
    )
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=environment)


OBVIOUS = """
import sys, time, cv2, keras, numpy as np
from keras.applications.resnet50 import preprocess_input
model = keras.applications.ResNet50(include_top=False, pooling="avg", weights=None)
model.load_weights(sys.argv[1])
faces = cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
model.predict(np.zeros((1, 224, 224, 3)), verbose=0)
started = time.perf_counter()
for path in sys.argv[2:]:
    pixels = keras.utils.img_to_array(keras.utils.load_img(path, target_size=(224, 224)))
    model.predict(preprocess_input(pixels[None]), verbose=0)
    grey = cv2.cvtColor(cv2.imread(path), cv2.COLOR_BGR2GRAY)
    cv2.Laplacian(grey, cv2.CV_64F).var()
    cv2.calcHist([grey], [0], None, [256], [0, 256])
    faces.detectMultiScale(grey)
print(len(sys.argv[2:]) / (time.perf_counter() - started))
"""

# One process per processor, like the service. Each only decodes and encodes its share.
BOUND = """
import sys, time
from pathlib import Path
import cv2
cv2.setNumThreads(1)
from worker.analysis.files import decode_photo, resize_to_fit
from worker.analysis.embedding import load_encoder
from worker.analysis.models import resolve_encoder
model, backend, weights, cache, *paths = sys.argv[1:]
encoder = load_encoder(resolve_encoder(model, backend, weights, Path(cache)), threads=1)
def work(paths):
    thumbnails = [resize_to_fit(decode_photo(Path(path).read_bytes()).image, 512) for path in paths]
    encoder.encode([encoder.prepare(image) for image in thumbnails])
work(paths[:16])
print("ready", flush=True)
input()
started = time.perf_counter()
for first in range(0, len(paths), 16):
    work(paths[first:first + 16])
print(time.perf_counter() - started)
"""


def obvious(photos: Sequence[Path], weights: Path) -> float:
    """Photos per second of the script most people would write first."""
    environment = {**os.environ, "KERAS_BACKEND": "tensorflow", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, "-c", OBVIOUS, weights, *photos], env=environment, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout.split()[-1])


def bound(photos: Sequence[Path], model: str, backend: str, weights: str, cache: Path) -> float:
    """Photos per second when every processor only decodes and runs the network."""
    processes = len(os.sched_getaffinity(0))
    shares = [photos[index::processes] for index in range(processes)]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment.pop("KERAS_BACKEND", None)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", BOUND, model, backend, weights, cache, *share],
            env=environment,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for share in shares
    ]
    for worker in workers:
        assert worker.stdout is not None and worker.stdin is not None
        worker.stdout.readline()
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("\n")
        worker.stdin.flush()
    seconds = max(float(worker.communicate()[0].split()[-1]) for worker in workers)
    return len(photos) / seconds


class Service:
    """The embedded default with its own data folder: web, queue, database, storage and workers.

    With a `stack`, its PostgreSQL, Valkey and S3 instead of SQLite, a queue of its own and a folder.
    """

    def __init__(self, folder: Path, model: str, backend: str, weights: str, stack: Stack | None = None) -> None:
        self._folder = folder
        self._servers: list[Server] = [stack.postgres, stack.valkey, stack.s3] if stack else []
        self._port = PortReservation()
        self._url = f"http://localhost:{self._port.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            **(stack.urls if stack else {}),
            "DATA_DIR": str(folder / "data"),
            "PORT": str(self._port.port),
            "RESNET50_WEIGHTS": weights,
            "EMBEDDING_MODEL": model,
            "KERAS_BACKEND": backend,
            "RATE_ACCOUNT": "100000/min",
            "DJANGO_SETTINGS_MODULE": "web.settings",
        }

    def __enter__(self) -> Service:
        ready = self._folder / "ready.json"
        began = time.perf_counter()
        self._supervisor = subprocess.Popen(
            [sys.executable, REPOSITORY / "manage.py", "serve", "--with-parent", "--ready-file", ready],
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        while not ready.exists():
            if self._supervisor.poll() is not None:
                raise SystemExit("The service could not be started.")
            time.sleep(0.05)
        self.start_seconds = time.perf_counter() - began
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.terminate()
        self._supervisor.wait(60)
        self._port.release()

    def sign_in(self) -> None:
        """Make the account of the person who visits."""
        made = self._run("-m", "benchmarks._load_accounts", "accounts", given=json.dumps([_EMAIL]))
        self._session = json.loads(made)[_EMAIL]

    def visit(self) -> Visit:
        """A person who has an account and no album open."""
        return Visit(lambda: Browser(self._url, self._session, Load()), self.processor_seconds)

    def processor_seconds(self) -> Counter[str]:
        """Of all processes of the service, by part."""
        return processor_seconds([self._supervisor.pid, *(server.pid for server in self._servers)])

    def grow(self, photos: int) -> None:
        """Copy the person's only album until it has this many photos."""
        self._run("-m", "benchmarks._large_album", "--photos", str(photos), "--email", _EMAIL)

    def makealbum(self, folder: Path) -> dict[str, float]:
        """The seconds of each stage."""
        report = self._folder / "report.json"
        options = ["--output", str(self._folder / "album.zip"), "--report", str(report), "--verbosity", "0"]
        self._run(str(REPOSITORY / "manage.py"), "makealbum", str(folder), *options)
        seconds: dict[str, float] = json.loads(report.read_text(encoding="utf-8"))["seconds"]
        return seconds

    def worker_megabytes(self) -> float:
        """The peak resident memory of the largest worker process, in MB."""
        peaks = [_peak_megabytes(pid) for pid in _descendants(self._supervisor.pid) if _is_worker(pid)]
        return max(peaks)

    def _run(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            input=given,
            env=self._environment,
            cwd=REPOSITORY,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout


def _descendants(pid: int) -> list[int]:
    children = [
        int(child)
        for path in Path(f"/proc/{pid}/task").glob("*/children")
        for child in path.read_text(encoding="ascii").split()
    ]
    return children + [descendant for child in children for descendant in _descendants(child)]


def _is_worker(pid: int) -> bool:
    return b"worker.main" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _peak_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    return 0.0


def print_waits(title: str, waits: Sequence[Waited], photos: int) -> None:
    """What was waited for, and what the processors did until the album was grouped."""
    print(f"{title}:")
    for wait in waits:
        print(f"  {wait.name:22} {wait.seconds:7.2f} s")
    grouped = next((wait for wait in waits if wait.name == "last photo grouped"), None)
    if grouped is None:
        return
    print(f"  until then, in ms of a processor for each photo, on {_PROCESSORS} processors:")
    all_seconds = _PROCESSORS * grouped.seconds
    for part, seconds in grouped.processor.most_common():
        if seconds > 0:
            print(f"    {part:20} {1000 * seconds / photos:7.1f}")
    others = all_seconds - sum(grouped.processor.values())
    print(f"    {'other programs':20} {1000 * others / photos:7.1f}")


def measure_service(options: argparse.Namespace, folder: Path, photos: Sequence[Path], weights: str) -> float | None:
    """Print what people wait for. Returns the photos per second of `makealbum`, unless it is not wanted."""
    folder.mkdir()
    with ExitStack() as stack:
        servers = stack.enter_context(Stack()) if options.servers else None
        if servers:
            servers.start()
        service = stack.enter_context(Service(folder, options.model, options.backend, weights, servers))
        print(f"the service starts in {service.start_seconds:.1f} s")
        service.sign_in()
        for title, some in {
            f"{len(photos[:_FIRST_PHOTOS])} photos, right after the start": photos[:_FIRST_PHOTOS],
            f"{len(photos[:_FIRST_PHOTOS])} photos, again": photos[:_FIRST_PHOTOS],
            f"{len(photos)} photos": photos,
        }.items():
            visit = service.visit()
            album = visit.make_album(some)
            print_waits(title, visit.waits, len(some))
            visit.delete(album)
        rate = None if options.without_comparison else measure_makealbum(service, photos)
        print(f"a worker process took up to {service.worker_megabytes():.0f} MB")
        if options.grown:
            visit = service.visit()
            album = visit.make_album(photos, zipped=False)
            service.grow(options.grown)
            visit.waits.clear()
            visit.move_slider(album)
            print_waits(f"{options.grown:,} photos, copied from these with made-up vectors", visit.waits, options.grown)
    return rate


def measure_makealbum(service: Service, photos: Sequence[Path]) -> float:
    """Print how long `makealbum` takes beside a running service. Returns its photos per second."""
    stages = service.makealbum(photos[0].parent)
    grouped = stages["total"] - stages["export"]
    print(
        f"makealbum: {len(photos) / grouped:.2f} photos/s, {grouped:.2f} s from the first byte to the last photo"
        f" grouped, {stages['total']:.2f} s to the zip"
    )
    return len(photos) / grouped


def compare(rate: float, options: argparse.Namespace, folder: Path, photos: Sequence[Path], weights: Path) -> None:
    """Print how `makealbum` compares with the obvious script, and with decoding and inference alone."""
    # A stride of seven, because copies repeat after the number of real photos.
    slow = obvious([photos[7 * number % len(photos)] for number in range(_OBVIOUS_PHOTOS)], weights)
    limit = bound(photos, options.model, options.backend, resnet50_weights(options, weights), folder / "cache")
    print(f"the obvious script:       {slow:6.2f} photos/s; makealbum is {rate / slow:.1f} times as fast")
    print(f"decode and network only:  {limit:6.2f} photos/s; makealbum reaches {rate / limit:.0%} of that")


def resnet50_weights(options: argparse.Namespace, weights: Path) -> str:
    """The random weights, if ResNet50 is asked for; with weights, `auto` would choose it."""
    return str(weights) if options.model == "resnet50" else ""


def main() -> None:
    """Print the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=40)
    parser.add_argument("--folder", type=Path, default=REAL_PHOTOS if REAL_PHOTOS.is_dir() else None)
    parser.add_argument("--drawn", action="store_true", help="use drawn photos, even where there are real ones")
    parser.add_argument("--model", default="auto", help="EMBEDDING_MODEL; resnet50 gets random weights")
    parser.add_argument("--backend", default="auto", help="KERAS_BACKEND")
    parser.add_argument("--servers", action="store_true", help="with PostgreSQL, Valkey and S3")
    parser.add_argument("--grown", type=int, help="also move the slider of an album of this many photos")
    parser.add_argument("--without-comparison", action="store_true", help="only the service, as the pages use it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="photoalbum-bench-") as name:
        folder = Path(name)
        photos, what = album_photos(folder / "photos", options.photos, None if options.drawn else options.folder)
        print(f"{len(photos)} {what}, {megabytes(photos):.1f} MB each, {_PROCESSORS} processors, {options.model}")
        weights = folder / "random.weights.h5"
        make_weights(weights)
        rate = measure_service(options, folder / "service", photos, resnet50_weights(options, weights))
        if rate is not None:
            compare(rate, options, folder, photos, weights)


if __name__ == "__main__":
    main()
