"""Finds focus stacks and panoramas, shots that are made to become one picture, by comparing the pictures.

Neither EXIF nor an embedding tells them from a burst. Comparing means decoding a thumbnail for each shot, so we compare
only runs of shots in which the cameras' settings allow a set. If we are not certain, we find nothing: a burst taken for
a set would go into the album as a whole, while a missed set only stays a moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.brackets import runs_of_cameras
from worker.analysis.grouping.focus_stacks import FEWEST_SHOTS
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.looks import Looks
from worker.analysis.grouping.panoramas import is_step, panoramas
from worker.analysis.grouping.registration import Overlap

SetKind = Literal["focus_stack", "panorama"]
Step = TypeVar("Step")

_LONGEST_PAUSE = 15.0  # seconds, enough to turn a tripod head or the focus ring by hand
_LEAST_LIKENESS = 1.0  # spreads; consecutive frames of a panorama may share only a fifth
_MOST_STOPS = 1.0
_LONGEST_RUN = 120
_MOST_COMPARED = 600
_LEAST_SECONDS_PER_STEP = 0.7  # a faster camera follows something that moves


@dataclass(frozen=True)
class PhotoSet:
    """Consecutive shots of a run that belong together.

    Attributes:
        kind: what they are.
        shots: which of the run.
    """

    kind: SetKind
    shots: slice


@dataclass(frozen=True)
class AlikeRun:
    """An unbroken run of shots of one camera.

    Attributes:
        places: of its shots, in order.
        alike: (shots - 1,) whether each shot after the first is similar to the one before.
    """

    places: list[int]
    alike: NDArray[np.bool_]


def alike_runs(likeness: Likeness, captures: Sequence[CaptureInformation]) -> list[AlikeRun]:
    """The runs of an album that may contain a stack or a panorama; `captures` by place."""
    return [
        AlikeRun(run, _alike(likeness, np.asarray(run, np.intp)))
        for run in runs_of_cameras(likeness.capture_order, captures, _LONGEST_PAUSE)
        if len(run) >= FEWEST_SHOTS
    ]


def _alike(likeness: Likeness, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    rows = likeness.capture_order.rows(places)
    distances = 1 - np.einsum("ij,ij->i", rows[:-1], rows[1:])
    return likeness.standardised(places[:-1], places[1:], distances) <= -_LEAST_LIKENESS


def candidate_runs(
    runs: Sequence[AlikeRun], captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]
) -> list[list[int]]:
    """The places of runs that may contain a stack or a panorama.

    The shots of a run are from one camera, with about the same exposure, each similar to the one before and soon after
    it. If there are too many shots to compare, the shortest runs go first, because they are the most likely ones: long
    runs are usually photos of people.

    Args:
        runs: those of the album.
        captures: what the cameras say, by place.
        taken: (n,) which places are in other sets already.
    """
    parts = [
        part[start : start + _LONGEST_RUN]
        for run in runs
        for part in _parts(run, captures, taken)
        for start in range(0, len(part) - FEWEST_SHOTS + 1, _LONGEST_RUN)
    ]
    chosen: list[list[int]] = []
    compared = 0
    for part in sorted(parts, key=lambda part: (len(part), part[0])):
        compared += len(part)
        if compared > _MOST_COMPARED:
            break
        chosen.append(part)
    return sorted(chosen)


def _parts(run: AlikeRun, captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The parts of a run that may contain a set."""
    part: list[int] = []
    for index, place in enumerate(run.places):
        if part and not (run.alike[index - 1] and _same_exposure(captures[part[-1]], captures[place])):
            yield part
            part = []
        if taken[place] or captures[place].burst_id is not None or captures[place].is_panorama:
            yield part
            part = []
        else:
            part.append(place)
    yield part


def _same_exposure(one: CaptureInformation, other: CaptureInformation) -> bool:
    left, right = one.exposure_value, other.exposure_value
    return left is None or right is None or abs(left - right) <= _MOST_STOPS


def find_photo_sets(looks: Looks, run: Sequence[int], seconds: Sequence[float]) -> list[PhotoSet]:
    """The focus stacks and panoramas in a run of shots, in order.

    A set has two steps or more, from shot to shot. So every second step is looked at first, and those between only
    where a set may be. A missing picture is in no set.

    Args:
        looks: at the pictures.
        run: the rows of the shots in order of capture.
        seconds: when each was taken.
    """
    views = [looks.same_view(*run[step : step + 2]) if step % 2 else None for step in range(len(run) - 1)]
    for step in range(0, len(views), 2):
        if any(view is not None for view in _beside(views, step)):
            views[step] = looks.same_view(*run[step : step + 2])
    found: list[PhotoSet] = []
    for still, first, last in _stretches([view is not None for view in views]):
        if still and last - first >= FEWEST_SHOTS - 1:
            maps = [view for view in views[first:last] if view is not None]
            found += [
                PhotoSet("focus_stack", slice(first + part.start, first + part.stop))
                for part in looks.focus_stacks(run[first : last + 1], maps)
            ]
    return sorted([*found, *_panoramas(looks, run, seconds, views)], key=lambda found: found.shots.start)


def _beside(steps: Sequence[Step], step: int) -> Sequence[Step]:
    """The steps before and after one."""
    return [*steps[max(step - 1, 0) : step], *steps[step + 1 : step + 2]]


def _stretches(steps: Sequence[bool]) -> Iterator[tuple[bool, int, int]]:
    """The unbroken stretches of equal steps: their value, and their first and last shot."""
    first = 0
    for value, same in groupby(steps):
        last = first + len(list(same))
        yield value, first, last
        first = last


def _panoramas(
    looks: Looks, run: Sequence[int], seconds: Sequence[float], views: Sequence[NDArray[np.float64] | None]
) -> Iterator[PhotoSet]:
    """The panoramas in a run; `views` are the steps that stay in one view."""
    if not _is_slow(seconds):
        return
    overlaps: list[Overlap | None] = [None] * len(views)
    for step in (*range(1, len(views), 2), *range(0, len(views), 2)):
        if views[step] is None and (step % 2 or any(map(is_step, _beside(overlaps, step)))):
            # The view of a step between two others may not have been asked for yet.
            one, other = run[step : step + 2]
            overlaps[step] = looks.overlap(one, other) if looks.same_view(one, other) is None else None
    for part in panoramas(overlaps):
        steps = part.stop - part.start - 1
        if seconds[part.stop - 1] - seconds[part.start] >= steps * _LEAST_SECONDS_PER_STEP:
            yield PhotoSet("panorama", part)


def _is_slow(seconds: Sequence[float]) -> bool:
    """Whether some steps in a row are slow enough for a panorama; if many are, then some two or three of them are."""
    return any(
        seconds[last] - seconds[last - steps] >= steps * _LEAST_SECONDS_PER_STEP
        for steps in (2, 3)
        for last in range(steps, len(seconds))
    )
