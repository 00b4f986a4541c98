"""Adapts the scale of distances to each hour of an album.

Photos of an evening in one room are more alike than those of the week around it. With one scale for a whole album, all
people in front of a photo booth's backdrop would be one moment. So each photo is also compared with those taken ten
minutes to an hour before and after it, and its scale shrinks if they are closer than usual in the album.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.calibration import (
    LIKELY_UNRELATED_SECONDS,
    UNRELATED_SECONDS,
    ModelReference,
    calibrate_album,
    companion_distances,
    credence,
    one_per_moment,
)
from worker.analysis.grouping.capture_order import CaptureOrder

_BLOCK = 1024
_FEWEST = 3
_PHOTOS_LIKE_ALBUM = 4.0
_SMALLEST_FACTOR = 0.2


def calibrate(capture_order: CaptureOrder, reference: ModelReference) -> NDArray[np.float32]:
    """The scale for the distances within an album: the median distance to unrelated photos at each place, (n,)."""
    companions = companion_distances(capture_order)
    album = calibrate_album(capture_order, reference, companions)
    factors = np.ones(len(capture_order), np.float32)
    moments = one_per_moment(capture_order)
    for start in range(0, capture_order.timed, _BLOCK):
        places = np.arange(start, min(start + _BLOCK, capture_order.timed))
        factors[places] = _factors(capture_order, places, moments, companions, album)
    return factors * np.float32(album)


def _factors(
    capture_order: CaptureOrder,
    places: NDArray[np.intp],
    moments: NDArray[np.intp],
    companions: NDArray[np.float32],
    usual: float,
) -> NDArray[np.float32]:
    """The factor of the scale at each of some places in order, (m,); 1 if it does not shrink."""
    first, last = capture_order.times[places[[0, -1]]] + (-UNRELATED_SECONDS, UNRELATED_SECONDS)
    around = moments[slice(*np.searchsorted(capture_order.times[moments], (first, last)))]
    gaps = np.abs(capture_order.times[places][:, None] - capture_order.times[around])
    hour = gaps <= UNRELATED_SECONDS
    apart = hour & (gaps > LIKELY_UNRELATED_SECONDS)
    distances = 1 - capture_order.rows(places) @ capture_order.rows(around).T
    medians, counts = _medians(distances, apart)
    near, _ = _medians(np.broadcast_to(companions[around], gaps.shape), hour)
    factors = np.ones(len(places), np.float32)
    for row in np.flatnonzero((counts >= _FEWEST) & (medians < usual)):
        median = float(medians[row])
        share = credence(median, usual, float(near[row])) * counts[row] / (counts[row] + _PHOTOS_LIKE_ALBUM)
        factors[row] = max((max(median, 0.0) / usual) ** share, _SMALLEST_FACTOR)
    return factors


def _medians(values: NDArray[np.float32], chosen: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """The median and the number of the chosen values in each row; infinite and 0 if none is chosen."""
    ordered = np.sort(np.where(chosen, values, np.float32(np.inf)), axis=1)
    counts = chosen.sum(axis=1)
    rows = np.arange(len(values))
    lower, upper = ordered[rows, np.maximum(counts - 1, 0) // 2], ordered[rows, counts // 2 * (counts > 0)]
    return (lower + upper) / 2, counts
