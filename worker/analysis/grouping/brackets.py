"""Photos that belong together for another reason than a moment: brackets, and one file saved twice.

Exposure brackets are made on purpose, to be merged into one picture later, so they are kept whole and none of
them is better than the others. What the camera says of its exposures tells them; focus stacks and panoramas need a
look at the pictures (`photo_sets`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.likeness import Likeness

_BRACKET_PAUSE = 10.0
_BRACKET_SIZES = range(3, 10)
_BRACKET_LIKENESS = -1.0
_SMALLEST_STEP = 0.3  # EV; cameras bracket in thirds
_SMALLEST_MANUAL_STEP = 0.65


def find_brackets(likeness: Likeness, captures: Sequence[CaptureInformation]) -> list[list[int]]:
    """Places of each exposure bracket, in order; `captures` by place.

    A bracket is three shots or more of one camera, seconds apart, alike, with the same lens setting, whose
    exposures all differ, by steps of the same size, and differ because somebody asked for it.
    """
    return sorted(
        bracket
        for run in runs_of_cameras(likeness.capture_order, captures, _BRACKET_PAUSE)
        for bracket in _brackets_in(likeness, run, captures)
    )


def runs_of_cameras(
    capture_order: CaptureOrder, captures: Sequence[CaptureInformation], longest_pause: float
) -> Iterator[list[int]]:
    """Places of the unbroken runs of shots of each camera in which a set made on purpose may lie.

    Within a run no pause is longer, in seconds, exposures not counted, and the lens stays as it is set.
    """
    by_camera: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for place in range(capture_order.timed):
        shot = captures[place]
        by_camera[shot.camera_make, shot.camera_model, shot.camera_serial].append(place)
    for places in by_camera.values():
        yield from _runs(capture_order.times, places, captures, longest_pause)


def _runs(
    times: NDArray[np.float64], places: Sequence[int], captures: Sequence[CaptureInformation], longest_pause: float
) -> Iterator[list[int]]:
    run: list[int] = []
    for place in places:
        shot = captures[place]
        if run:
            before = captures[run[-1]]
            pause = times[place] - times[run[-1]] - (before.exposure_time or 0) - (shot.exposure_time or 0)
            if pause > longest_pause or not _same_lens_setting(before, shot):
                yield run
                run = []
        run.append(place)
    if run:
        yield run


def _brackets_in(likeness: Likeness, run: Sequence[int], captures: Sequence[CaptureInformation]) -> Iterator[list[int]]:
    start = 0
    while start < len(run):
        size = _longest_bracket(likeness, run[start:], captures)
        if size:
            yield list(run[start : start + size])
        start += size or 1


def _longest_bracket(likeness: Likeness, run: Sequence[int], captures: Sequence[CaptureInformation]) -> int:
    """How many of the first shots of a run are a bracket; 0 where they are none."""
    longest = 0
    for size in _BRACKET_SIZES:
        shots = [captures[place] for place in run[:size]]
        if len(shots) < size or not _all_differ(shots):
            break
        if _steps_are_meant(shots) and _is_one_scene(likeness, run[:size], shots):
            longest = size
    return longest


def _all_differ(shots: Sequence[CaptureInformation]) -> bool:
    """Whether no two shots have about the same exposure, by settings or else by correction."""
    for values in ([_light(shot) for shot in shots], [shot.exposure_bias for shot in shots]):
        known = sorted(value for value in values if value is not None)
        if len(known) == len(values) and all(upper - lower >= _SMALLEST_STEP for lower, upper in pairwise(known)):
            return True
    return False


def _light(shot: CaptureInformation) -> float | None:
    """Light let in, in EV from an arbitrary zero. Lenses without contacts leave the aperture out; it stays the same."""
    exposure = (shot.exposure_time or 0.0) * (shot.iso or 100.0) / (shot.f_number or 1.0) ** 2
    return math.log2(exposure) if exposure > 0 else None


def _same_lens_setting(one: CaptureInformation, other: CaptureInformation) -> bool:
    return all(
        left is None or right is None or math.isclose(left, right, rel_tol=0.02)
        for left, right in ((one.focal_length, other.focal_length), (one.f_number, other.f_number))
    )


def _steps_are_meant(shots: Sequence[CaptureInformation]) -> bool:
    """Whether the exposures rise in even steps by intention, not as a meter follows the light."""
    biases = [shot.exposure_bias for shot in shots]
    bias_steps = _even_steps(biases)
    steps = _even_steps([_light(shot) for shot in shots]) or bias_steps
    if not steps:
        return False
    if bias_steps or all(shot.exposure_mode == "bracket" for shot in shots):
        return True
    # By hand, or by a camera that says nothing of how; a bias of nothing in all shots says that nothing was asked for.
    by_hand = all(shot.exposure_mode == "manual" for shot in shots)
    unsaid = all(shot.exposure_mode is None and shot.exposure_bias is None for shot in shots)
    return (by_hand or unsaid) and min(steps) >= _SMALLEST_MANUAL_STEP


def _even_steps(values: Sequence[float | None]) -> list[float] | None:
    """The steps between the values in order of size, if all are known and the steps are about the same."""
    known = sorted(value for value in values if value is not None)
    if len(known) < len(values):
        return None
    steps = [upper - lower for lower, upper in pairwise(known)]
    middle = median(steps)
    # A camera rounds its shutter times and runs out of them at the end of its range.
    even = all(abs(step - middle) <= 0.15 + 0.25 * middle for step in steps)
    return steps if even and min(steps) >= _SMALLEST_STEP else None


def _is_one_scene(likeness: Likeness, places: Sequence[int], shots: Sequence[CaptureInformation]) -> bool:
    """Whether shots that follow each other in exposure are alike; the ends of a bracket may hardly be."""
    order = sorted(
        range(len(shots)), key=lambda index: (_light(shots[index]) or 0.0, shots[index].exposure_bias or 0.0)
    )
    ordered = np.asarray([places[index] for index in order], np.intp)
    rows = likeness.capture_order.rows(ordered)
    distances = 1 - np.einsum("ij,ij->i", rows[:-1], rows[1:])
    return bool((likeness.standardised(ordered[:-1], ordered[1:], distances) <= _BRACKET_LIKENESS).all())
