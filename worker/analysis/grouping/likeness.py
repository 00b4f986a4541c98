"""Rates how strongly two photos are linked: how similar they are, given the time between them.

The strength of a link is the largest k0 for which the two photos still count as one moment,

    z < -(k0 + k1 * log2(1 + minutes apart + photos taken between / 40)),

where z is their distance less that of unrelated photos (`local_calibration`), in spreads. A spread is a fixed share of
that distance, the same for all models: on photos of two models and many albums, the share below which two photos are
one moment was nearly constant.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.calibration import UNRELATED_SECONDS
from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.names import NameTimes

STRONGEST = 20.0
"""The upper limit. Photos that are probably the same file twice have this strength, whatever their times."""

# Where many photos were taken, each is compared with more unrelated ones, so photos in between count like minutes. This
# also prevents an album with nearly equal times from passing for one burst.
_PHOTOS_LIKE_A_MINUTE = 40.0
# Photos without a time may have been taken together or days apart. More photos of a larger album are alike by chance,
# but few enough that this matters less than photos known to lie in between.
_UNKNOWN_MINUTES = 5.0
_PHOTOS_PER_UNKNOWN_MINUTE = 4.0
_UNKNOWN_SHARE = 0.5
_PHOTOS_OF_A_LARGE_ALBUM = 400.0
_MOST_AGAINST_BY_NAME = 0.25  # spreads more than for an unknown time; names may be wrong
SPREAD = 0.19  # as a share of the median distance of unrelated photos


class Likeness:
    """Rates pairs of photos of one album; by their names where one has no time, if `names` are given."""

    def __init__(
        self,
        capture_order: CaptureOrder,
        scale: NDArray[np.float32],
        duplicate_distance: float,
        k1: float,
        names: NameTimes | None = None,
    ) -> None:
        self.capture_order = capture_order
        self.duplicate_distance = duplicate_distance
        self._scale = scale
        self._k1 = k1
        self._names = names
        photos = len(capture_order)
        crowd = self._penalty_of(photos / _PHOTOS_OF_A_LARGE_ALBUM)
        minutes = min(photos / _PHOTOS_PER_UNKNOWN_MINUTE, _UNKNOWN_MINUTES)
        self._unknown = self._penalty_of(minutes) + np.float32(_UNKNOWN_SHARE) * crowd

    def standardised(
        self, one: NDArray[np.intp], other: NDArray[np.intp], distances: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """z of pairs of places; `one` and `other` broadcast to the shape of `distances`."""
        usual = (self._scale[one] + self._scale[other]) / 2
        return np.asarray((distances / usual - 1) / np.float32(SPREAD), np.float32)

    def penalties(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float32]:
        """How much strength pairs of places lose because of their times."""
        capture_order, timed = self.capture_order, self.capture_order.timed
        unknown = self._penalties_by_name(one, other)
        if timed == 0:
            return unknown
        # Places without a time borrow one, so that the arrays keep their shape; the last line discards the result.
        left, right = np.minimum(one, timed - 1), np.minimum(other, timed - 1)
        seconds = np.abs(capture_order.times[left] - capture_order.times[right])
        first, last = np.minimum(left, right), np.maximum(left, right)
        between = np.maximum(capture_order.latest[last] - capture_order.earliest[first] - 1, 0)
        penalties = self._penalty_of(seconds / 60 + between / _PHOTOS_LIKE_A_MINUTE)
        return np.where((one < timed) & (other < timed), penalties, unknown)

    def _penalties_by_name(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.float32]:
        if self._names is None:
            return np.full(np.broadcast_shapes(one.shape, other.shape), self._unknown, np.float32)
        minutes = self._names.minutes(self.capture_order.order[one], self.capture_order.order[other])
        told = np.minimum(self._penalty_of(minutes), self._unknown + np.float32(_MOST_AGAINST_BY_NAME))
        return np.where(np.isnan(minutes), self._unknown, told)

    def strengths(
        self,
        one: NDArray[np.intp],
        other: NDArray[np.intp],
        distances: NDArray[np.float32],
        penalties: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """The strengths of pairs of places with these distances and penalties; all of the same shape."""
        strengths = np.minimum(-self.standardised(one, other, distances) - penalties, np.float32(STRONGEST))
        return np.where(distances <= self.duplicate_distance, np.float32(STRONGEST), strengths)

    def are_unrelated(self, one: NDArray[np.intp], other: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Which pairs of places are too far apart in time for any link but that of a duplicate."""
        return np.abs(self.capture_order.times[one] - self.capture_order.times[other]) > UNRELATED_SECONDS

    def farthest(self, weakest: float) -> float:
        """The distance beyond which no two photos have a link as strong as `weakest`, even if taken at once."""
        return max(float(self._scale.max()) * (1 - weakest * SPREAD), self.duplicate_distance)

    def reach(self, weakest: float) -> tuple[float, float]:
        """Seconds, and photos in between, beyond which even equal photos have no link as strong as `weakest`."""
        minutes = 2.0 ** min(self._largest_penalty(weakest) / max(self._k1, 1e-3), 50.0) - 1
        return min(60 * minutes, UNRELATED_SECONDS), minutes * _PHOTOS_LIKE_A_MINUTE

    def reaches_unknown_times(self, weakest: float) -> bool:
        """Whether photos may have a link as strong as `weakest` although the time of one is unknown.

        In a very large album, similarity alone proves nothing, except for duplicates.
        """
        least = self._unknown if self._names is None else 0.0
        return bool(least <= self._largest_penalty(weakest))

    def _largest_penalty(self, weakest: float) -> float:
        return max(1 / SPREAD - weakest, 0.0)

    def _penalty_of(self, minutes: NDArray[np.float64] | float) -> NDArray[np.float32]:
        return np.asarray(self._k1 * np.log2(1 + minutes), np.float32)
