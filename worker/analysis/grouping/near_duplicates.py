"""Finds one shot saved more than once, by vectors and times, and by pictures if a judge compares them (`copies`)."""

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

OneShot = Callable[[int, int], bool | None]
"""Says by their pictures whether two places show one shot; None if it cannot."""

_MOST_COPIES = 50
_MOST_JUDGED = 8
_MOST_AT_ONCE = 4


def are_copies(likeness: Likeness, places: NDArray[np.intp], one_shot: OneShot | None = None) -> bool:
    """Whether all places show the same shot: saved again, made smaller or edited.

    Shots from a tripod are as similar as copies, so the times must allow one shot. A copy has exactly the same time, or
    lost its time, or got a new one when it was saved hours or days later.

    Args:
        likeness: of the album.
        places: (m,) of the photos.
        one_shot: compares two pictures. Without it, the vectors must be as close as those of an unedited copy.
    """
    if len(places) > _MOST_COPIES:
        return False
    possible = ~_are_two_shots(likeness, places)
    if not _is_connected(possible):
        return False
    rows = likeness.capture_order.rows(places)
    distances = 1 - rows @ rows.T
    near = distances <= likeness.duplicate_distance
    if one_shot is None or len(places) > _MOST_JUDGED:
        return bool(distances.max() <= 2 * likeness.duplicate_distance) and _is_connected(near & possible)
    return _is_one_shot(places, possible, near, one_shot)


def _is_one_shot(
    places: NDArray[np.intp], possible: NDArray[np.bool_], near: NDArray[np.bool_], one_shot: OneShot
) -> bool:
    """Whether pictures connect all places. Stops at the first part that nothing connects to the others."""
    waiting, apart = [0], set(range(1, len(places)))
    while waiting:
        one = waiting.pop()
        for other in sorted(apart):
            if not possible[one, other]:
                continue
            verdict = one_shot(int(places[one]), int(places[other]))
            if near[one, other] if verdict is None else verdict:
                apart.remove(other)
                waiting.append(other)
    return not apart


def _are_two_shots(likeness: Likeness, places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which pairs of places, (m, m), cannot be one shot because of their times."""
    times = likeness.capture_order.times[places]
    gaps = np.abs(times[:, None] - times)
    return np.asarray((gaps > 0) & (gaps <= UNRELATED_SECONDS), bool)


def _is_connected(linked: NDArray[np.bool_]) -> bool:
    """Whether a graph is connected, given as a matrix (m, m) with a true diagonal."""
    if np.count_nonzero(linked) < 2 * len(linked) - 1:  # too few links, as in most groups
        return False
    return bool(connected_components(coo_array(linked), directed=False)[0] == 1)


def taken_at_once(capture_order: CaptureOrder) -> Iterator[tuple[int, int]]:
    """Pairs of places with exactly the same time, if only a few places have it.

    An edited photo keeps its time. In black and white it may be so different that its vector does not match.
    """
    for first in np.unique(capture_order.earliest[capture_order.latest > capture_order.earliest]).tolist():
        last = int(capture_order.latest[first])
        if last - first < _MOST_AT_ONCE:
            yield from combinations(range(first, last + 1), 2)
