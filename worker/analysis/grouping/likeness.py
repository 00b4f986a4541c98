"""How alike two photos are for the time between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.calibration import UNRELATED_SECONDS
from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.local_calibration import Scale

STRONGEST = 20.0
"""No link is stronger. Photos that may well be the same file twice have it, whatever their times."""

# Photos are compared with more strangers where more are taken, so some photos in between count as a minute. It
# also keeps an album whose times are all the same, as after copying a folder, from passing for one burst.
_PHOTOS_LIKE_A_MINUTE = 40.0
# Two photos of which one has no time may have been taken together or days apart.
_UNKNOWN_MINUTES = 1.0


class Likeness:
    """Rates pairs of photos of one album."""

    def __init__(self, capture_order: CaptureOrder, scale: Scale, duplicate_distance: float, k1: float) -> None:
        self.capture_order = capture_order
        self.duplicate_distance = duplicate_distance
        self._scale = scale
        self._k1 = k1
        self._unknown = self._penalty_of(_UNKNOWN_MINUTES + len(capture_order) / _PHOTOS_LIKE_A_MINUTE)

    def standardised(
        self, one: NDArray[np.intp], other: NDArray[np.intp], distances: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """z of the pairs `one` x `other` (arrays of places that broadcast to the shape of `distances`)."""
        medians, spreads = self._scale.medians, self._scale.spreads
        return (2 * distances - medians[one] - medians[other]) / (spreads[one] + spreads[other])

    def penalties(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float32]:
        """What their times take from the strength of pairs of places."""
        capture_order, timed = self.capture_order, self.capture_order.timed
        if timed == 0:
            return np.full(np.broadcast_shapes(one.shape, other.shape), self._unknown, np.float32)
        # Places without a time borrow one, so that arrays keep their shape; `penalties` is not used there.
        left, right = np.minimum(one, timed - 1), np.minimum(other, timed - 1)
        seconds = np.abs(capture_order.times[left] - capture_order.times[right])
        first, last = np.minimum(left, right), np.maximum(left, right)
        between = np.maximum(capture_order.latest[last] - capture_order.earliest[first] - 1, 0)
        penalties = self._penalty_of(seconds / 60 + between / _PHOTOS_LIKE_A_MINUTE)
        return np.where((one < timed) & (other < timed), penalties, self._unknown)

    def strengths(
        self,
        one: NDArray[np.intp],
        other: NDArray[np.intp],
        distances: NDArray[np.float32],
        penalties: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """Strengths of pairs of places at some distances, of the same shape."""
        strengths = np.minimum(-self.standardised(one, other, distances) - penalties, np.float32(STRONGEST))
        return np.where(distances <= self.duplicate_distance, np.float32(STRONGEST), strengths)

    def are_unrelated(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which pairs of places are too far apart in time to be linked for their likeness."""
        return np.abs(self.capture_order.times[one] - self.capture_order.times[other]) > UNRELATED_SECONDS

    def farthest(self, weakest: float) -> float:
        """The distance beyond which no two photos have a link as strong as `weakest`, not even taken at once."""
        reach = self._scale.medians - np.float32(weakest) * self._scale.spreads
        return max(float(reach.max()), self.duplicate_distance)

    def reach(self, weakest: float) -> tuple[float, float]:
        """Seconds, and photos between, beyond which not even equal photos have a link as strong as `weakest`."""
        minutes = 2.0 ** min(self._largest_penalty(weakest) / max(self._k1, 1e-3), 50.0) - 1
        return min(60 * minutes, UNRELATED_SECONDS), minutes * _PHOTOS_LIKE_A_MINUTE

    def reaches_unknown_times(self, weakest: float) -> bool:
        """Whether photos may have a link as strong as `weakest` although the time of one is not known.

        Among very many photos likeness alone proves nothing, short of that of a duplicate.
        """
        return bool(self._unknown <= self._largest_penalty(weakest))

    def _largest_penalty(self, weakest: float) -> float:
        return max(float((self._scale.medians / self._scale.spreads).max()) - weakest, 0.0)

    def _penalty_of(self, minutes: NDArray[np.float64] | float) -> NDArray[np.float32]:
        return np.asarray(self._k1 * np.log2(1 + minutes), np.float32)
