"""Compare the photos per second of the service, an obvious script, and decoding and inference alone.

    python -m benchmarks.analysis [--photos 64] [--backend openvino|tensorflow]

One run measures all of them on the same drawn 12-megapixel JPEGs, so that the ratios hold on any machine. The network
is ResNet50 with random weights, which are as fast as trained ones.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
MEGAPIXELS_12 = (4032, 3024)
_OBVIOUS_PHOTOS = 6
_WARM_UP_PHOTOS = 32


def draw_photos(folder: Path, count: int, *, faces: Mapping[tuple[float, float], float] | None = None) -> list[Path]:
    """Draw 12-megapixel JPEGs with noise and EXIF, four shots of each scene.

    Draws `faces` into each: centres as shares of the sides, and widths as shares of the photo's width.
    """
    from datetime import datetime, timedelta

    import cv2
    import numpy as np

    from tests.drawing import add_noise, draw_scene, jpeg_bytes
    from tests.drawn_faces import add_face

    folder.mkdir(parents=True)
    start = datetime(2024, 6, 15, 10, 30)  # noqa: DTZ001 - as cameras write it
    paths = []
    for number in range(count):
        scene, shot = divmod(number, 4)
        # Draw at half size, which is faster, but add noise at full size.
        drawn = draw_scene(scene, (MEGAPIXELS_12[0] // 2, MEGAPIXELS_12[1] // 2), shift=(0.002 * shot, 0), shot=shot)
        for middle, width in (faces or {}).items():
            add_face(drawn, middle=middle, width=width)
        enlarged = np.asarray(cv2.resize(drawn, MEGAPIXELS_12, interpolation=cv2.INTER_CUBIC), np.uint8)
        image = add_noise(enlarged, 3.0, seed=number)
        path = folder / f"IMG_{number:04d}.jpg"
        taken_at = start + timedelta(minutes=20 * scene, seconds=2 * shot)
        path.write_bytes(jpeg_bytes(image, quality=92, taken_at=taken_at, camera=("Drawn", "Camera 1")))
        paths.append(path)
    return paths


def make_weights(path: Path) -> None:
    """Write random weights in the file format of the trained ones."""
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
from worker.analysis.embedding import load_encoder, resolve_encoder
backend, weights, cache, *paths = sys.argv[1:]
encoder = load_encoder(resolve_encoder("resnet50", backend, weights, Path(cache)), threads=1)
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


def bound(photos: Sequence[Path], weights: Path, backend: str, cache: Path) -> float:
    """Photos per second when every processor only decodes and runs the network."""
    processes = len(os.sched_getaffinity(0))
    shares = [photos[index::processes] for index in range(processes)]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment.pop("KERAS_BACKEND", None)
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", BOUND, backend, weights, cache, *share],
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
    """The embedded default with its own data folder: queue, database, storage and workers, without the web."""

    def __init__(self, folder: Path, weights: Path, backend: str) -> None:
        self._folder = folder
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
            "DATA_DIR": str(folder / "data"),
            "RESNET50_WEIGHTS": str(weights),
            "EMBEDDING_MODEL": "resnet50",
            "KERAS_BACKEND": backend,
        }

    def __enter__(self) -> Service:
        ready = self._folder / "ready.json"
        self._supervisor = subprocess.Popen(
            [sys.executable, REPOSITORY / "manage.py", "serve", "--without-web", "--ready-file", ready],
            env=self._environment,
            stdout=subprocess.DEVNULL,
        )
        while not ready.exists():
            if self._supervisor.poll() is not None:
                raise SystemExit("The service could not be started.")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        self._supervisor.terminate()
        self._supervisor.wait(60)

    def photos_per_second(self, folder: Path, count: int) -> float:
        """Photos per second from the first uploaded byte to the last grouped photo."""
        report = self._folder / "report.json"
        output = self._folder / "album.zip"
        makealbum: list[str | Path] = [sys.executable, REPOSITORY / "manage.py", "makealbum", folder]
        subprocess.run(
            [*makealbum, "--output", output, "--report", report, "--verbosity", "0"],
            env=self._environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seconds = json.loads(report.read_text(encoding="utf-8"))["seconds"]
        return float(count / (seconds["total"] - seconds["export"]))

    def worker_megabytes(self) -> float:
        """The peak resident memory of the largest worker process, in MB."""
        peaks = [_peak_megabytes(pid) for pid in _descendants(self._supervisor.pid) if _is_celery(pid)]
        return max(peaks)


def _descendants(pid: int) -> list[int]:
    children = [
        int(child)
        for path in Path(f"/proc/{pid}/task").glob("*/children")
        for child in path.read_text(encoding="ascii").split()
    ]
    return children + [descendant for child in children for descendant in _descendants(child)]


def _is_celery(pid: int) -> bool:
    return b"celery" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _peak_megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    return 0.0


def main() -> None:
    """Print the results."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, default=64)
    parser.add_argument("--backend", nargs="*", default=["openvino", "tensorflow"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="photoalbum-bench-") as name:
        folder = Path(name)
        photos = draw_photos(folder / "photos", options.photos)
        warm_up = draw_photos(folder / "warm-up", _WARM_UP_PHOTOS)
        megabytes = sum(path.stat().st_size for path in photos) / len(photos) / 1e6
        print(f"{len(photos)} drawn photos of 12 megapixels, {megabytes:.1f} MB each, {os.cpu_count()} processors")
        weights = folder / "random.weights.h5"
        make_weights(weights)
        slow = obvious(photos[:_OBVIOUS_PHOTOS], weights)
        print(f"obvious script:                  {slow:6.2f} photos/s")
        for backend in options.backend:
            limit = bound(photos, weights, backend, folder / "cache")
            with Service(_made(folder / backend), weights, backend) as service:
                service.photos_per_second(warm_up[0].parent, len(warm_up))
                fast = service.photos_per_second(photos[0].parent, len(photos))
                memory = service.worker_megabytes()
            print(f"{backend}: decode and network only {limit:6.2f} photos/s")
            print(
                f"{backend}: the service            {fast:6.2f} photos/s, {fast / slow:.1f} times the obvious script,"
            )
            print(f"{backend}: {'':21} {fast / limit:.0%} of the bound; a worker process took up to {memory:.0f} MB")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
