"""Seconds to group 1,000, 10,000 and 100,000 photos, and what scikit-learn's DBSCAN on cosine distances takes.

    python -m benchmarks.grouping [--photos 1000 10000 100000]

The vectors are made up: 2,048 dimensions as ResNet50 has, moments of one to eight shots seconds apart, minutes between.
"""

from __future__ import annotations

import argparse
import resource
import time

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import DBSCAN
from threadpoolctl import threadpool_limits

from worker.analysis.grouping import group_photos, reference_for

DIMENSIONS = 2048
# Beyond this many photos the plain DBSCAN needs more memory and patience than most machines have.
_MOST_FOR_PLAIN_DBSCAN = 20_000


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


def main() -> None:
    """Print one line for each size, ours first: the memory that the plain DBSCAN takes is never given back."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    # As in a worker: two threads of BLAS are slower than one where anything else runs.
    threadpool_limits(1, user_api="blas")
    sizes = sorted(parser.parse_args().photos)
    ours = {photos: _time_ours(photos) for photos in sizes}
    for photos in sizes:
        if photos <= _MOST_FOR_PLAIN_DBSCAN:
            vectors, _ = made_up_album(photos)
            started = time.perf_counter()
            DBSCAN(eps=0.1, min_samples=2, metric="cosine").fit(vectors.astype(np.float32))
            plain = time.perf_counter() - started
            times_as_long = plain / ours[photos]
            print(
                f"DBSCAN(metric='cosine') {photos:7,} photos: {plain:7.2f} s, {times_as_long:.1f} times as long",
                flush=True,
            )


def _time_ours(photos: int) -> float:
    vectors, times = made_up_album(photos)
    started = time.perf_counter()
    groups = group_photos(vectors, times, reference=reference_for("resnet50"))
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(
        f"grouping                {photos:7,} photos: {seconds:7.2f} s, {len(groups):,} groups, "
        f"process peak {peak:,.0f} MB, {vectors.nbytes / 1e6:,.0f} MB of it the vectors",
        flush=True,
    )
    return seconds


if __name__ == "__main__":
    main()
