"""Focus stacks and panoramas: shots made to become one picture, found by looking at the pictures.

Neither EXIF nor an embedding tells them from a burst, and a look costs a thumbnail's decoding. So what the cameras say
names the runs in which there may be one, and only their pictures are looked at. To take a burst for a set would put all
of it into the album, and to miss a set leaves it a moment: where it is not certain, nothing is found.
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
from worker.analysis.grouping.focus_stacks import focus_stacks
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.panoramas import panoramas
from worker.analysis.grouping.registration import Features, find_features, overlap, same_view
from worker.analysis.measures import Grey

SetKind = Literal["focus_stack", "panorama"]

FEWEST_SHOTS = 3

_LONGEST_PAUSE = 15.0  # seconds, to turn a tripod head or the focus ring by hand
_LEAST_LIKENESS = 1.0  # spreads; the next frame of a panorama shares a fifth with this one
_MOST_STOPS = 1.0
_LONGEST_RUN = 120
_MOST_LOOKED_AT = 600
# Quicker, and the camera follows something that moves.
_LEAST_SECONDS_A_STEP = 0.7


@dataclass(frozen=True)
class PhotoSet:
    """Shots of a run that belong together.

    Attributes:
        kind: what they make.
        shots: which of the run, one after the other.
    """

    kind: SetKind
    shots: slice


def candidate_runs(
    likeness: Likeness, captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]
) -> list[list[int]]:
    """Places of the runs that may hold a stack or a panorama; `captures` by place, `taken` (n,) those in other sets.

    Shots of one camera, of about one exposure, each alike to the one before and soon after it. The shortest runs are
    the likeliest, and are taken first where there are more than are to be looked at: who photographs people has long
    ones.
    """
    runs = [
        part[start : start + _LONGEST_RUN]
        for run in runs_of_cameras(likeness.capture_order, captures, _LONGEST_PAUSE)
        for part in _parts(likeness, run, captures, taken)
        for start in range(0, len(part), _LONGEST_RUN)
    ]
    chosen: list[list[int]] = []
    looked_at = 0
    for run in sorted(runs, key=lambda run: (len(run), run[0])):
        looked_at += len(run)
        if looked_at > _MOST_LOOKED_AT:
            break
        if len(run) >= FEWEST_SHOTS:
            chosen.append(run)
    return sorted(chosen)


def _parts(
    likeness: Likeness, run: Sequence[int], captures: Sequence[CaptureInformation], taken: NDArray[np.bool_]
) -> Iterator[list[int]]:
    """The parts of a run that may hold a set."""
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
        images: grey photos (h, w), upright, about 512 pixels wide, in order of capture; None for one that is gone.
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
    """Unbroken stretches of equal steps: what they are, the shot they go out from and the shot they come to."""
    first = 0
    for value, same in groupby(steps):
        last = first + len(list(same))
        yield value, (first, last)
        first = last


def _focus_stacks(
    images: Sequence[Grey | None], maps: Sequence[NDArray[np.float64] | None]
) -> Iterator[tuple[SetKind, slice]]:
    """Those in shots of one view, none of which is gone."""
    there = [image for image in images if image is not None]
    for part in focus_stacks(there, [step for step in maps if step is not None]):
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
        if seconds[part.stop - 1] - seconds[part.start] >= steps * _LEAST_SECONDS_A_STEP:
            yield "panorama", part
