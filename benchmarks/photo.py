"""Measure the steps of examining a photo, the cost of the sandbox, and the cost of ranking per shot.

    python -m benchmarks.photo [--photos 16] [--folder FOLDER] [--face-model MODEL]

Uses drawn 12-megapixel JPEGs, half without faces and half with three, or the JPEGs of a folder, in one thread like a
worker. The embedding network is not included: see `benchmarks.analysis`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import cv2
import numpy as np
from msgspec.structs import replace
from threadpoolctl import threadpool_limits

from albums.analysis import Examination, PhotoFeatures
from benchmarks._album_photos import MEGAPIXELS_12, draw_photos
from benchmarks._step_timing import Measured, judging_ratio, measure_photos, rows_of
from worker.analysis.examination import examine_photo
from worker.analysis.interface import DecodeLimits
from worker.analysis.ranking import rank_group
from worker.sandbox import Sandbox

# The faces' centres, as shares of the sides, with their widths as shares of the photo's width.
_THREE_FACES = {(0.2, 0.4): 0.15, (0.5, 0.5): 0.25, (0.82, 0.4): 0.1}
_SANDBOX_MEMORY = 3 << 30
_SANDBOX_SECONDS = 120.0
_GROUPS = (2, 10, 100, 1000)
_SHOTS_TIMED = 2000  # for each group size, enough groups to have this many shots in total
_ROUNDS = 5
_VARIATION = 0.02  # of each score, between the shots of a group


class SandboxTimes(NamedTuple):
    """Wall-clock milliseconds, because the sandbox is another process. Medians over the photos.

    Attributes:
        here: in this process.
        sandboxed: in the sandbox.
        times_as_long: sandbox time divided by the time here, per photo.
        first: the first photo in the sandbox, which starts its process.
    """

    here: float
    sandboxed: float
    times_as_long: float
    first: float


def time_sandbox(photos: Sequence[bytes], *, face_model: str | Path | None = None) -> SandboxTimes:
    """Examine each photo in this process and in a sandbox, in alternating order."""
    sandbox = Sandbox(memory=_SANDBOX_MEMORY, seconds=_SANDBOX_SECONDS)

    def timed(examine: Callable[..., Examination], photo: bytes) -> float:
        started = time.perf_counter()
        examine(photo, limits=DecodeLimits(), face_model=face_model, pictures_ready=lambda *_pictures: None)
        return 1000 * (time.perf_counter() - started)

    try:
        first = timed(sandbox.examine, photos[0])
        timed(examine_photo, photos[0])
        here, sandboxed = [], []
        for number, photo in enumerate(photos):
            if number % 2:
                sandboxed.append(timed(sandbox.examine, photo))
            here.append(timed(examine_photo, photo))
            if not number % 2:
                sandboxed.append(timed(sandbox.examine, photo))
    finally:
        sandbox.close()
    quotients = [there / this for there, this in zip(sandboxed, here, strict=True)]
    return SandboxTimes(median(here), median(sandboxed), median(quotients), first)


def made_up_group(measured: Sequence[PhotoFeatures], shots: int, seed: int = 0) -> list[PhotoFeatures]:
    """Make this many shots, each a measured photo with small changes to its scores and face positions."""
    random = np.random.default_rng(seed)

    def varied(photo: PhotoFeatures) -> PhotoFeatures:
        scores = {
            name: score * factor
            for (name, score), factor in zip(
                photo.scores.items(), random.normal(1, _VARIATION, len(photo.scores)).tolist(), strict=True
            )
        }
        faces = [
            replace(face, x=face.x + face.width * moved)
            for face, moved in zip(photo.faces, random.normal(0, _VARIATION, len(photo.faces)).tolist(), strict=True)
        ]
        return replace(photo, scores=scores, faces=faces)

    return [varied(photo) for photo in islice(cycle(measured), shots)]


def time_ranking(
    measured: Sequence[PhotoFeatures], sizes: Sequence[int] = _GROUPS, *, shots_timed: int = _SHOTS_TIMED
) -> dict[int, float]:
    """Processor milliseconds per shot for each group size; the median of five rounds."""
    groups = {size: made_up_group(measured, size) for size in sizes}
    rank_group(groups[sizes[0]])  # reads the model
    rounds: dict[int, list[float]] = {size: [] for size in sizes}
    # Each round covers all sizes, so that a slow moment of the machine affects them alike.
    for _ in range(_ROUNDS):
        for size, group in groups.items():
            repeats = max(1, shots_timed // size)
            started = time.process_time()
            for _ in range(repeats):
                rank_group(group)
            rounds[size].append(1000 * (time.process_time() - started) / (repeats * size))
    return {size: median(times) for size, times in rounds.items()}


def print_table(title: str, measured: Sequence[Measured]) -> None:
    """A line for each step, marked if it judges quality, and the total time for judging relative to the rest."""
    print(f"{title:52}{'ms':>8}{'share':>8}")
    for row in rows_of(measured):
        label = f"quality of {row.step.judges}: {row.step.name}" if row.step.judges else row.step.name
        print(f"  {label:50}{row.milliseconds:8.1f}{row.share:8.1%}")
    whole = median(1000 * sum(photo.seconds.values()) for photo in measured)
    print(f"  {'total':50}{whole:8.1f}")
    photo, faces_too = judging_ratio(measured, "photo"), judging_ratio(measured, "photo", "faces")
    print(f"  judging the quality of the photo takes {photo:.0%} of the time of all else (at most a third is wanted),")
    print(f"  together with that of the faces {faces_too:.0%}\n", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--photos", type=int, default=16, help="number of photos of each kind")
    parser.add_argument("--shots", type=int, default=_SHOTS_TIMED, help="shots ranked for each group size")
    parser.add_argument("--folder", type=Path, help="examine the JPEGs of this folder instead of drawn photos")
    parser.add_argument("--face-model", help="what finds faces: network, haar or the file of a YuNet model")
    options = parser.parse_args()
    if options.photos < 1:
        parser.error("--photos must be at least 1.")
    # As in a worker, see worker.runtime.
    cv2.setNumThreads(1)
    threadpool_limits(1, user_api="blas")
    if options.folder:
        photos = [path.read_bytes() for path in sorted(options.folder.glob("*.jpg"))]
        print_table(f"{len(photos)} photos of the folder", measure_photos(photos, face_model=options.face_model))
        print_sandbox(time_sandbox(photos, face_model=options.face_model))
        return
    scenes, people = draw_two_kinds(options.photos)
    megabytes = sum(map(len, scenes)) / len(scenes) / 1e6
    print(
        f"{len(scenes)} drawn photos of 12 megapixels of each kind, {megabytes:.1f} MB, {os.cpu_count()} processors\n"
    )
    of_scenes = measure_photos(scenes, face_model=options.face_model)
    print_table("without faces, processor time of one thread", of_scenes)
    of_people = measure_photos(people, face_model=options.face_model)
    print_table("with three faces, processor time of one thread", of_people)
    # One kind only: a median over two kinds would lie somewhere between them.
    print_sandbox(time_sandbox(scenes, face_model=options.face_model))
    print_ranking(time_ranking([photo.features for photo in of_people], shots_timed=options.shots))


def print_sandbox(times: SandboxTimes) -> None:
    """Print one line."""
    print(
        f"by the clock: {times.here:.1f} ms in this process, {times.sandboxed:.1f} ms in the sandbox,"
        f" {times.times_as_long:.3f} times as long; its first photo, which starts it, {times.first:.0f} ms\n",
        flush=True,
    )


def print_ranking(times: Mapping[int, float]) -> None:
    """A line for each size, and the cost per shot in the largest group relative to a group of 10."""
    for shots, milliseconds in times.items():
        print(f"ranking a group of {shots:5,} shots: {milliseconds:.3f} ms a shot")
    print(f"a shot of {max(times):,} takes {times[max(times)] / times[10]:.2f} times as long as one of 10")


def draw_two_kinds(count: int, size: tuple[int, int] = MEGAPIXELS_12) -> tuple[list[bytes], list[bytes]]:
    """Draw photos without faces, and with three. In another process: this one would hold memory, unlike a worker."""
    spawn = multiprocessing.get_context("spawn")
    with (
        tempfile.TemporaryDirectory(prefix="photoalbum-bench-") as name,
        ProcessPoolExecutor(1, mp_context=spawn) as other,
    ):
        scenes = other.submit(draw_photos, Path(name, "scenes"), count, size=size)
        people = other.submit(draw_photos, Path(name, "people"), count, faces=_THREE_FACES, size=size)
        return [path.read_bytes() for path in scenes.result()], [path.read_bytes() for path in people.result()]


if __name__ == "__main__":
    main()
