"""What kind of group photos are: shots of a moment, copies of one file, or a bracket made on purpose.

Only what is certain gets a name of its own; everything else is a moment, of which the best is picked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from worker.analysis.capture import CaptureInformation

Kind = Literal["moment", "near_duplicate", "bracket", "focus_stack", "panorama"]

_BRACKET_SIZES = range(3, 10)
_SECONDS_PER_BRACKETED_SHOT = 4.0
# Cameras bracket in steps of a third of a stop and more.
_LEAST_STEP = 0.3
_LEAST_RANGE = 0.9


def kind_of(
    vectors: NDArray[np.float32],
    times: NDArray[np.float64],
    captures: Sequence[CaptureInformation] | None,
    *,
    duplicate_distance: float,
) -> Kind:
    """The kind of one group.

    Args:
        vectors: (n, d), of length one.
        times: (n,) seconds, NaN where unknown.
        captures: what the cameras say, in the same order; None where nothing is known.
        duplicate_distance: cosine distance that saving a file again or making it smaller does not exceed.

    """
    if captures is not None and _is_bracket(times, captures):
        return "bracket"
    if _are_copies(vectors, times, duplicate_distance):
        return "near_duplicate"
    return "moment"


def _are_copies(vectors: NDArray[np.float32], times: NDArray[np.float64], duplicate_distance: float) -> bool:
    """Photos of one and the same time, as far as they have one, that no two shots of a hand are as alike as."""
    known = times[np.isfinite(times)]
    one_time = len(known) == 0 or bool(np.ptp(known) == 0)
    return one_time and bool((1 - vectors @ vectors.T).max() <= duplicate_distance)


def _is_bracket(times: NDArray[np.float64], captures: Sequence[CaptureInformation]) -> bool:
    if len(captures) not in _BRACKET_SIZES or not np.isfinite(times).all():
        return False
    if np.ptp(times) > _SECONDS_PER_BRACKETED_SHOT * len(captures):
        return False
    if any(len({getattr(capture, name) for capture in captures}) > 1 for name in ("camera_model", "focal_length")):
        return False
    if all(capture.exposure_mode == "bracket" for capture in captures):
        return True
    # The bias says what was asked for; the exposure alone also changes when the light does.
    return _are_steps([capture.exposure_bias for capture in captures]) and _are_steps(
        [capture.exposure_value for capture in captures]
    )


def _are_steps(values: Sequence[float | None]) -> bool:
    """Every shot differs from every other by a step."""
    known = sorted(value for value in values if value is not None)
    if len(known) < len(values):
        return False
    return known[-1] - known[0] >= _LEAST_RANGE and bool(np.diff(known).min() >= _LEAST_STEP)
