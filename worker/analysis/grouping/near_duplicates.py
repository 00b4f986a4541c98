"""One shot saved more than once, judged by vectors and times."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from worker.analysis.grouping.calibration import UNRELATED_SECONDS
from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.likeness import Likeness

_MOST_COPIES = 50
_MOST_LOOKED_AT = 8
_MOST_AT_ONCE = 4
OneShot = Callable[[int, int], bool | None]


def are_copies(likeness: Likeness, places: NDArray[np.intp], one_shot: OneShot | None = None) -> bool:
    """Whether some places hold the same shot again and again, saved anew, made smaller or edited.

    A tripod gives shots as like each other as copies are, so the times must not speak against one shot. Copies have
    the very same time, or lost it, or were given another when they were saved, hours or days later.

    Args:
        one_shot: tells by the pictures whether two places are one shot, None where they cannot be looked at; without
            it, vectors must be as near as those of a copy that was not edited.
    """
    if len(places) > _MOST_COPIES:
        return False
    may_be = ~_are_two_shots(likeness, places)
    if not _hang_together(may_be):
        return False
    rows = likeness.capture_order.rows(places)
    distances = 1 - rows @ rows.T
    near = distances <= likeness.duplicate_distance
    if one_shot is None or len(places) > _MOST_LOOKED_AT:
        return bool(distances.max() <= 2 * likeness.duplicate_distance) and _hang_together(near & may_be)
    same = np.eye(len(places), dtype=bool)
    for one, other in zip(*np.nonzero(np.triu(may_be, 1)), strict=True):
        joined = connected_components(coo_array(same), directed=False)[1]
        if joined[one] != joined[other]:
            seen = one_shot(int(places[one]), int(places[other]))
            same[one, other] = near[one, other] if seen is None else seen
    return _hang_together(same)


def _are_two_shots(likeness: Likeness, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which pairs of places, (m, m), cannot be one shot by their times."""
    times = likeness.capture_order.times[places]
    gaps = np.abs(times[:, None] - times)
    return np.asarray((gaps > 0) & (gaps <= UNRELATED_SECONDS), bool)


def _hang_together(linked: NDArray[np.bool_]) -> bool:
    """Whether all of a matrix (m, m) with a true diagonal hang together; most groups have too few links to ask."""
    if np.count_nonzero(linked) < 2 * len(linked) - 1:
        return False
    return bool(connected_components(coo_array(linked), directed=False)[0] == 1)


def taken_at_once(capture_order: CaptureOrder) -> Iterator[tuple[int, int]]:
    """Pairs of places of the very same time, where not many have it.

    Who edits a photo keeps its time. Black and white it may have no likeness left that a vector sees.
    """
    for first in np.unique(capture_order.earliest[capture_order.latest > capture_order.earliest]).tolist():
        last = int(capture_order.latest[first])
        if last - first < _MOST_AT_ONCE:
            yield from combinations(range(first, last + 1), 2)
