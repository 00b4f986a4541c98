"""How long people wait for grouping, with and without the comparison of thumbnails.

    python -m benchmarks.grouping [--folder FOLDER] [--photos 1000 10000 100000]

Two kinds of rows. "Photos" groups a folder of real files as a worker does, including every look at thumbnails for
edited copies, focus stacks, panoramas and pages, and once more with what these looks saw. Without --folder it draws an
album. "Vectors only" groups made-up vectors and opens no picture. It uses 2,048 dimensions like ResNet50, and moments
of one to eight shots, seconds apart, with minutes between. scikit-learn's DBSCAN on cosine distances is timed on the
same vectors.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from tests.drawing import write_album
from worker.analysis.embedding import load_encoder
from worker.analysis.grouping import GroupingSettings, group_photos, reference_for
from worker.analysis.interface import DecodeLimits
from worker.analysis.models import DESCRIPTOR_NAME, resolve_encoder
from worker.evaluation.measuring import (
    MeasuredPhoto,
    embed_measured,
    group_embedded,
    measure_photos,
    thumbnail_judge,
)

DIMENSIONS = 2048
# Beyond this many photos the plain DBSCAN needs more memory and time than most machines have.
_MAX_FOR_PLAIN_DBSCAN = 20_000
# 40 moments of one to six shots, small because only their thumbnails are looked at.
_DRAWN_MOMENTS = 40
_DRAWN_SIZE = (1024, 768)


# --- Photos, with looks at their thumbnails ---------------------------------------------------------------------------


class FolderTimes(NamedTuple):
    """The time to group a folder.

    Attributes:
        photos: the photos that could be read.
        groups: the groups found.
        seconds: the whole grouping, by the clock.
        looks: how often thumbnails were compared.
        again: seconds to group them again, when what the looks saw is known.
    """

    photos: int
    groups: int
    seconds: float
    looks: int
    again: float


def time_folder(folder: Path) -> FolderTimes:
    """Measure and embed the photos of a folder, then time their grouping alone."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    measured = measure_photos(paths, limits=DecodeLimits(), face_model=None, progress=_no_progress)
    photos = [photo for photo in measured if isinstance(photo, MeasuredPhoto)]
    if not photos:
        raise SystemExit(f"No photo in {folder} can be read.")
    encoder = load_encoder(resolve_encoder(DESCRIPTOR_NAME, "auto", None, folder))
    vectors = embed_measured(photos, encoder, _no_progress)
    judge = thumbnail_judge(photos)

    def seconds_to_group() -> tuple[float, int]:
        started = time.perf_counter()
        found = group_embedded(photos, vectors, model=encoder.name, settings=GroupingSettings(), judge=judge)
        return time.perf_counter() - started, len(found.groups)

    seconds, groups = seconds_to_group()
    again, _ = seconds_to_group()
    return FolderTimes(len(photos), groups, seconds, judge.looks.made, again)


def _no_progress(_count: int) -> None:
    """Show nothing."""


def _print_folder(folder: Path | None) -> None:
    if folder is not None:
        times = time_folder(folder)
    else:
        with tempfile.TemporaryDirectory(prefix="photoalbum-bench-") as name:
            counts = [1 + moment % 6 for moment in range(_DRAWN_MOMENTS)]
            write_album(Path(name), moments=_DRAWN_MOMENTS, shots=counts, size=_DRAWN_SIZE)
            times = time_folder(Path(name))
    print(
        f"photos                  {times.photos:7,} photos: {times.seconds:7.2f} s, {times.groups:,} groups, "
        f"{times.looks:,} looks at thumbnails; {times.again:.2f} s again, without them",
        flush=True,
    )


# --- Vectors only -----------------------------------------------------------------------------------------------------


def made_up_album(photos: int, seed: int = 0) -> tuple[NDArray[np.float16], NDArray[np.float64]]:
    """Vectors (photos, 2,048) of unit length and times in seconds."""
    random = np.random.default_rng(seed)
    vectors = np.empty((photos, DIMENSIONS), np.float16)
    times = np.empty(photos)
    everywhere = random.standard_normal(DIMENSIONS, np.float32)
    place, clock = 0, 0.0
    while place < photos:
        shots = min(int(random.integers(1, 9)), photos - place)
        scene = everywhere + random.standard_normal(DIMENSIONS, np.float32)
        rows = scene + 0.35 * random.standard_normal((shots, DIMENSIONS), np.float32)
        vectors[place : place + shots] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        times[place : place + shots] = clock + 2.0 * np.arange(shots)
        place, clock = place + shots, clock + float(random.uniform(60, 900))
    return vectors, times


def _time_vectors(photos: int) -> float:
    vectors, times = made_up_album(photos)
    started = time.perf_counter()
    groups = group_photos(vectors, times, reference=reference_for("resnet50"))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"vectors only            {photos:7,} photos: {seconds:7.2f} s, {len(groups):,} groups, "
        f"process peak {peak:,.0f} MB, {vectors.nbytes / 1e6:,.0f} MB of it the vectors",
        flush=True,
    )
    return seconds


def _time_plain_dbscan(photos: int, ours: float) -> None:
    from sklearn.cluster import DBSCAN

    vectors, _ = made_up_album(photos)
    started = time.perf_counter()
    DBSCAN(eps=0.1, min_samples=2, metric="cosine").fit(vectors.astype(np.float32))
    seconds = time.perf_counter() - started
    print(
        f"DBSCAN(metric='cosine') {photos:7,} photos: {seconds:7.2f} s, {seconds / ours:.1f} times as long",
        flush=True,
    )


def main() -> None:
    """Print one row for each measurement."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, help="group the photos of this folder (default: drawn photos)")
    parser.add_argument("--photos", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes of vectors only")
    options = parser.parse_args()
    if options.folder is not None and not options.folder.is_dir():
        parser.error(f"There is no folder {options.folder}.")
    # As in a worker: more threads are slower where anything else runs.
    threadpool_limits(1, user_api="blas")
    cv2.setNumThreads(1)
    sizes = sorted(options.photos)
    # Plain DBSCAN does not return its memory, which would raise the peaks of ours. So it comes after all of ours.
    ours = {photos: _time_vectors(photos) for photos in sizes}
    for photos in sizes:
        if photos <= _MAX_FOR_PLAIN_DBSCAN:
            _time_plain_dbscan(photos, ours[photos])
    _print_folder(options.folder)


if __name__ == "__main__":
    main()
