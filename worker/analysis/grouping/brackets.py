"""Finds exposure brackets by what the camera says about its exposures, or by pictures where it says nothing.

Photographers make brackets on purpose, to merge them into one picture later. So a bracket stays one group. Focus stacks
and panoramas can only be found by their pictures (`photo_sets`).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.exposure_series import FEWEST_SHOTS, Structure, exposure_series
from worker.analysis.grouping.likeness import Likeness

_BRACKET_PAUSE = 10.0
_BRACKET_SIZES = range(3, 16)  # cameras bracket up to nine; by hand or by an app, there are more
_BRACKET_LIKENESS = -1.0
_SMALLEST_STEP = 0.3  # EV; cameras bracket in thirds
_SMALLEST_MANUAL_STEP = 0.65
_BRACKET_SECONDS = 60.0  # between two shots of about the same exposure; at night each may take half a minute
_MOST_COMPARED = 2000  # photos without exposures; all pairs are compared, and every thumbnail is read


def find_brackets(likeness: Likeness, captures: Sequence[CaptureInformation]) -> list[list[int]]:
    """The places of each exposure bracket, in order; `captures` by place.

    A bracket is three or more similar shots of one camera, seconds apart, with the same focal length and aperture.
    Their exposures all differ, by about equal steps, set by the photographer or by the camera's bracketing mode.
    """
    return sorted(
        bracket
        for run in runs_of_cameras(likeness.capture_order, captures, _BRACKET_PAUSE)
        for bracket in _brackets_in(likeness, run, captures)
    )


def find_brackets_by_pictures(
    likeness: Likeness,
    captures: Sequence[CaptureInformation],
    structures_at: Callable[[Sequence[int]], Sequence[Structure | None]],
) -> list[list[int]]:
    """The places of each bracket among the photos whose files do not tell their exposure, in order.

    Args:
        likeness: of the album.
        captures: what the cameras say, by place.
        structures_at: the structures of the pictures at some places; None for a missing picture.
    """
    unknown = [
        place
        for place, shot in enumerate(captures)
        if shot.exposure_time is None and shot.exposure_bias is None and shot.burst_id is None and not shot.is_panorama
    ]
    if not FEWEST_SHOTS <= len(unknown) <= _MOST_COMPARED:
        return []
    seen = [(place, found) for place, found in zip(unknown, structures_at(unknown), strict=True) if found is not None]
    if len(seen) < FEWEST_SHOTS:
        return []
    times = likeness.capture_order.times[[place for place, _ in seen]]
    possible = ~(np.abs(times[:, None] - times) > _BRACKET_SECONDS)  # true for unknown times
    series = exposure_series([structure for _, structure in seen], possible)
    return sorted(sorted(seen[shot][0] for shot in shots) for shots in series)


def runs_of_cameras(
    capture_order: CaptureOrder, captures: Sequence[CaptureInformation], longest_pause: float
) -> Iterator[list[int]]:
    """The places of each camera's unbroken runs of shots, which may contain a photo set.

    Within a run, no pause is longer than `longest_pause` seconds, not counting the exposures themselves, and focal
    length and aperture stay the same.
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
    """How many shots at the start of a run form a bracket; 0 if they form none."""
    longest = 0
    for size in _BRACKET_SIZES:
        shots = [captures[place] for place in run[:size]]
        if len(shots) < size or not _all_differ(shots):
            break
        if _steps_are_intended(shots) and _is_one_scene(likeness, run[:size], shots):
            longest = size
    return longest


def _all_differ(shots: Sequence[CaptureInformation]) -> bool:
    """Whether no two shots have about the same exposure, by settings or else by exposure compensation."""
    for values in ([_exposure(shot) for shot in shots], [shot.exposure_bias for shot in shots]):
        known = sorted(value for value in values if value is not None)
        if len(known) == len(values) and all(upper - lower >= _SMALLEST_STEP for lower, upper in pairwise(known)):
            return True
    return False


def _exposure(shot: CaptureInformation) -> float | None:
    """Exposure in EV from an arbitrary zero. If a lens does not report its aperture, we assume that it is constant."""
    exposure = (shot.exposure_time or 0.0) * (shot.iso or 100.0) / (shot.f_number or 1.0) ** 2
    return math.log2(exposure) if exposure > 0 else None


def _same_lens_setting(one: CaptureInformation, other: CaptureInformation) -> bool:
    return all(
        left is None or right is None or math.isclose(left, right, rel_tol=0.02)
        for left, right in ((one.focal_length, other.focal_length), (one.f_number, other.f_number))
    )


def _steps_are_intended(shots: Sequence[CaptureInformation]) -> bool:
    """Whether the exposures have even steps on purpose, and not because the meter followed changing light."""
    biases = [shot.exposure_bias for shot in shots]
    bias_steps = _even_steps(biases)
    steps = _even_steps([_exposure(shot) for shot in shots]) or bias_steps
    if not steps:
        return False
    if bias_steps or all(shot.exposure_mode == "bracket" for shot in shots):
        return True
    # Set by hand, or by a camera that does not say how. Compensation of 0 in all shots means that nobody asked for it.
    manual = all(shot.exposure_mode == "manual" for shot in shots)
    unknown = all(shot.exposure_mode is None and shot.exposure_bias is None for shot in shots)
    return (manual or unknown) and min(steps) >= _SMALLEST_MANUAL_STEP


def _even_steps(values: Sequence[float | None]) -> list[float] | None:
    """The steps between the sorted values, if all values are known and all steps are about equal."""
    known = sorted(value for value in values if value is not None)
    if len(known) < len(values):
        return None
    steps = [upper - lower for lower, upper in pairwise(known)]
    middle = median(steps)
    # Cameras round shutter times, and shorten the last step at the end of their range.
    even = all(abs(step - middle) <= 0.15 + 0.25 * middle for step in steps)
    return steps if even and min(steps) >= _SMALLEST_STEP else None


def _is_one_scene(likeness: Likeness, places: Sequence[int], shots: Sequence[CaptureInformation]) -> bool:
    """Whether neighbours in exposure are similar; the two ends of a bracket may not be."""
    order = sorted(
        range(len(shots)), key=lambda index: (_exposure(shots[index]) or 0.0, shots[index].exposure_bias or 0.0)
    )
    ordered = np.asarray([places[index] for index in order], np.intp)
    rows = likeness.capture_order.rows(ordered)
    distances = 1 - np.einsum("ij,ij->i", rows[:-1], rows[1:])
    return bool((likeness.standardised(ordered[:-1], ordered[1:], distances) <= _BRACKET_LIKENESS).all())
