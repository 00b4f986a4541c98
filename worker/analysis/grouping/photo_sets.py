"""Finds focus stacks and panoramas, shots that are made to become one picture, by comparing the pictures.

Neither EXIF nor an embedding tells them from a burst. Comparing means decoding a thumbnail for each shot, so we compare
only runs of shots in which the cameras' settings allow a set. If we are not certain, we find nothing: a burst taken for
a set would go into the album as a whole, while a missed set only stays a moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.brackets import runs_of_cameras
from worker.analysis.grouping.focus_stacks import FEWEST_SHOTS, focus_stacks
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.panoramas import panoramas
from worker.analysis.grouping.registration import Features, find_features, overlap, same_view
from worker.analysis.measures import Grey

SetKind = Literal["focus_stack", "panorama"]

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


def candidate_runs(
    likeness: Likeness, captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]
) -> list[list[int]]:
    """The places of runs that may contain a stack or a panorama.

    The shots of a run are from one camera, with about the same exposure, each similar to the one before and soon after
    it. If there are too many shots to compare, the shortest runs go first, because they are the most likely ones: long
    runs are usually photos of people.

    Args:
        likeness: of the album.
        captures: what the cameras say, by place.
        taken: (n,) which places are in other sets already.
    """
    runs = [
        part[start : start + _LONGEST_RUN]
        for run in runs_of_cameras(likeness.capture_order, captures, _LONGEST_PAUSE)
        for part in _parts(likeness, run, captures, taken)
        for start in range(0, len(part), _LONGEST_RUN)
    ]
    chosen: list[list[int]] = []
    compared = 0
    for run in sorted(runs, key=lambda run: (len(run), run[0])):
        compared += len(run)
        if compared > _MOST_COMPARED:
            break
        if len(run) >= FEWEST_SHOTS:
            chosen.append(run)
    return sorted(chosen)


def _parts(
    likeness: Likeness, run: Sequence[int], captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]
) -> Iterator[list[int]]:
    """The parts of a run that may contain a set."""
    places = np.asarray(run, np.intp)
    rows = likeness.capture_order.rows(places)
    distances = 1 - np.einsum("ij,ij->i", rows[:-1], rows[1:])
    alike = likeness.standardised(places[:-1], places[1:], distances) <= -_LEAST_LIKENESS
    part: list[int] = []
    for index, place in enumerate(run):
        if part and not (alike[index - 1] and _same_exposure(captures[part[-1]], captures[place])):
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


def find_photo_sets(images: Sequence[Grey | None], seconds: Sequence[float]) -> list[PhotoSet]:
    """The focus stacks and panoramas in a run of shots, in order.

    Args:
        images: grey photos (h, w), upright, about 512 pixels wide, in order of capture; None for a missing one.
        seconds: when each was taken.
    """
    maps = [None if one is None or other is None else same_view(one, other) for one, other in pairwise(images)]
    found: list[PhotoSet] = []
    for still, (first, last) in _stretches([step is not None for step in maps]):
        if last - first < FEWEST_SHOTS - 1:
            continue
        shots = slice(first, last + 1)
        here = _focus_stacks(images[shots], maps[first:last]) if still else _panoramas(images[shots], seconds[shots])
        found += [PhotoSet(kind, slice(first + part.start, first + part.stop)) for kind, part in here]
    return found


def _stretches(steps: Sequence[bool]) -> Iterator[tuple[bool, tuple[int, int]]]:
    """The unbroken stretches of equal steps: their value, and their first and last shot."""
    first = 0
    for value, same in groupby(steps):
        last = first + len(list(same))
        yield value, (first, last)
        first = last


def _focus_stacks(
    images: Sequence[Grey | None], maps: Sequence[NDArray[np.float64] | None]
) -> Iterator[tuple[SetKind, slice]]:
    """The focus stacks in shots of one view, none of which is missing."""
    present = [image for image in images if image is not None]
    for part in focus_stacks(present, [step for step in maps if step is not None]):
        yield "focus_stack", part


def _panoramas(images: Sequence[Grey | None], seconds: Sequence[float]) -> Iterator[tuple[SetKind, slice]]:
    @cache
    def features(shot: int) -> Features | None:
        image = images[shot]
        return None if image is None else find_features(image)

    overlaps = [
        None if one is None or other is None else overlap(one, other)
        for one, other in ((features(shot), features(shot + 1)) for shot in range(len(images) - 1))
    ]
    for part in panoramas(overlaps):
        steps = part.stop - part.start - 1
        if seconds[part.stop - 1] - seconds[part.start] >= steps * _LEAST_SECONDS_PER_STEP:
            yield "panorama", part
