"""Which photos of an album are alike and near in time, and how strictly one may ask before they part.

The strength of a link between two photos is the largest k0 for which they still count as one moment,

    z < -(k0 + k1 * log2(1 + minutes apart + photos taken between / 30)),

z being their distance in spreads from that of unrelated photos (see `calibration`). Links are searched in blocks
along the time axis, one matrix product each, so time and memory grow with the photos and not with their square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import KDTree

from worker.analysis.calibration import UNRELATED_SECONDS, Scale
from worker.analysis.timeline import Timeline

STRONGEST = 20.0
"""No link is stronger. Photos that may well be the same file twice have it, whatever their times."""

# Photos are compared with more strangers where more are taken, so 30 photos in between count as a minute. It also
# keeps an album whose times are all the same, as after copying a folder, from being taken for one burst.
_PHOTOS_LIKE_A_MINUTE = 30.0
# Two photos of which one has no time may have been taken together or days apart.
_UNKNOWN_MINUTES = 2.0
# Saved again or made smaller, a photo moves by up to about this share of the distance to an unrelated one.
_DUPLICATE_SHARE = 0.03

_ROWS = 1024
_COLUMNS = 4096
_PROJECTED_DIMENSIONS = 12
_PROJECTION_SAMPLE = 512
_DUPLICATES_EACH = 32


Places = NDArray[np.intp]
Strengths = NDArray[np.float32]


@dataclass(frozen=True)
class Links:
    """Pairs of places and the strength of their link, each of shape (m,)."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    strength: NDArray[np.float32]


class Likeness:
    """Rates pairs of photos of one album."""

    def __init__(self, timeline: Timeline, scale: Scale, k1: float, *, unrelated_distance: float) -> None:
        """`unrelated_distance` is that of unrelated photos under the model, whatever this album is like."""
        self.timeline = timeline
        self.duplicate_distance = _DUPLICATE_SHARE * unrelated_distance
        self._scale = scale
        self._k1 = k1
        photos = len(timeline)
        self.unknown_penalty = self._penalty_of(np.float64(_UNKNOWN_MINUTES + photos / _PHOTOS_LIKE_A_MINUTE))

    def penalties(self, one: Places, other: Places) -> Strengths:
        """What time takes from the strength of the pairs `one` x `other` (arrays of places that broadcast)."""
        timeline, timed = self.timeline, self.timeline.timed
        if timed == 0:
            return np.full(np.broadcast_shapes(one.shape, other.shape), self.unknown_penalty, np.float32)
        # Places without a time borrow one; their pairs are overwritten below.
        one_place, other_place = np.minimum(one, timed - 1), np.minimum(other, timed - 1)
        seconds = np.abs(timeline.times[one_place] - timeline.times[other_place])
        first, last = np.minimum(one_place, other_place), np.maximum(one_place, other_place)
        between = np.maximum(timeline.latest[last] - timeline.earliest[first] - 1, 0)
        penalties = self._penalty_of(seconds / 60 + between / _PHOTOS_LIKE_A_MINUTE)
        return np.where((one < timed) & (other < timed), penalties, self.unknown_penalty)

    def strengths(self, distances: Strengths, penalties: Strengths) -> Strengths:
        """The strength of the link of each pair, from its distance and what time takes from it."""
        strengths = np.minimum((self._scale.median - distances) / self._scale.spread - penalties, STRONGEST)
        return np.where(distances <= self.duplicate_distance, STRONGEST, strengths).astype(np.float32)

    def farthest(self, weakest: float) -> float:
        """The distance beyond which no two photos have a link as strong as `weakest`, not even taken at once."""
        return max(self._scale.median - weakest * self._scale.spread, self.duplicate_distance)

    def longest_penalty(self, weakest: float) -> float:
        """The penalty that even two equal photos cannot make up for."""
        return self._scale.median / self._scale.spread - weakest

    def reach(self, weakest: float) -> tuple[float, float]:
        """Seconds and photos between, beyond which no link is as strong as `weakest`."""
        minutes = 2 ** min(max(self.longest_penalty(weakest), 0.0) / self._k1, 60.0) - 1 if self._k1 else np.inf
        return min(60 * minutes, UNRELATED_SECONDS), minutes * _PHOTOS_LIKE_A_MINUTE

    def _penalty_of(self, minutes: NDArray[np.float64] | np.float64) -> NDArray[np.float32]:
        return np.asarray(self._k1 * np.log2(1 + minutes), np.float32)


def find_links(likeness: Likeness, weakest: float) -> Links:
    """The links of at least strength `weakest`, thinned to those that join the same photos at every strength.

    Which photos hang together at some strength is told as well by a maximum spanning forest, which has less links
    than photos, as by all links, of which a long series of like shots has very many.
    """
    photos = len(likeness.timeline)
    kept: list[Links] = []
    for found in (_links_in_time, _links_without_time, _links_of_far_duplicates):
        for links in found(likeness, weakest):
            kept.append(links)
            if sum(len(links.strength) for links in kept) > 4 * photos + 1_000_000:
                kept = [_spanning_forest(kept, photos)]
    return _spanning_forest(kept, photos)


def _links_in_time(likeness: Likeness, weakest: float) -> Iterator[Links]:
    timeline = likeness.timeline
    times, timed = timeline.times, timeline.timed
    seconds, photos = likeness.reach(weakest)
    for start in range(0, timed, _ROWS):
        stop = min(start + _ROWS, timed)
        by_time = np.searchsorted(times[:timed], times[stop - 1] + seconds, side="right")
        by_count = np.searchsorted(timeline.latest, timeline.earliest[stop - 1] + photos + 1, side="right")
        yield from _links_between(likeness, weakest, range(start, stop), range(start, int(min(by_time, by_count))))


def _links_without_time(likeness: Likeness, weakest: float) -> Iterator[Links]:
    photos, timed = len(likeness.timeline), likeness.timeline.timed
    if likeness.unknown_penalty > likeness.longest_penalty(weakest):
        return  # among so many strangers likeness alone proves nothing; duplicates are found all the same
    for start in range(timed, photos, _ROWS):
        stop = min(start + _ROWS, photos)
        yield from _links_between(likeness, weakest, range(start, stop), range(stop))


def _links_between(likeness: Likeness, weakest: float, rows: range, columns: range) -> Iterator[Links]:
    timeline = likeness.timeline
    one = timeline.rows(slice(rows.start, rows.stop))
    farthest = likeness.farthest(weakest)
    for start in range(columns.start, columns.stop, _COLUMNS):
        stop = min(start + _COLUMNS, columns.stop)
        distances = 1 - one @ timeline.rows(slice(start, stop)).T
        row, column = np.nonzero(distances <= farthest)
        distances = distances[row, column]
        row, column = row + rows.start, column + start
        strengths = likeness.strengths(distances, likeness.penalties(row, column))
        strong = (strengths >= weakest) & (row != column)
        yield Links(row[strong], column[strong], strengths[strong])


def _links_of_far_duplicates(likeness: Likeness, weakest: float) -> Iterator[Links]:
    """Photos that may well be the same file twice, resaved or resized, whatever their times say."""
    timeline = likeness.timeline
    if len(timeline) < 2:
        return
    first, second = _near_in_projection(timeline, np.sqrt(2 * likeness.duplicate_distance) / 2)
    seconds, _ = likeness.reach(weakest)
    apart = ~(np.abs(timeline.times[first] - timeline.times[second]) <= seconds)  # an unknown time is apart, too
    first, second = first[apart], second[apart]
    for start in range(0, len(first), _COLUMNS):
        one, other = first[start : start + _COLUMNS], second[start : start + _COLUMNS]
        distances = 1 - np.einsum("ij,ij->i", timeline.rows(one), timeline.rows(other))
        same = distances <= likeness.duplicate_distance
        yield Links(one[same], other[same], np.full(int(same.sum()), STRONGEST, np.float32))


def _near_in_projection(timeline: Timeline, radius: float) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of places that lie near each other in the few directions in which the album spreads most.

    A projection only brings points nearer. Saving again moves a photo in all directions alike, so in these few it
    hardly moves it at all: by a sixth of the whole at most, in trials; `radius` need not be the whole.
    """
    photos = len(timeline)
    sample = timeline.rows(np.unique(np.linspace(0, photos - 1, _PROJECTION_SAMPLE).round().astype(np.intp)))
    middle = sample.mean(axis=0)
    directions = np.linalg.svd(sample - middle, full_matrices=False)[2][:_PROJECTED_DIMENSIONS].T
    points = np.empty((photos, directions.shape[1]), np.float32)
    for start in range(0, photos, _COLUMNS):
        points[start : start + _COLUMNS] = (timeline.rows(slice(start, start + _COLUMNS)) - middle) @ directions
    gaps, found = KDTree(points).query(points, k=range(1, _DUPLICATES_EACH + 1), distance_upper_bound=radius)
    row, column = np.nonzero(np.isfinite(gaps))
    first, second = row.astype(np.intp), found[row, column].astype(np.intp)
    return first[first != second], second[first != second]


def _spanning_forest(found: list[Links], photos: int) -> Links:
    first = np.concatenate([links.first for links in found] or [np.empty(0, np.intp)])
    second = np.concatenate([links.second for links in found] or [np.empty(0, np.intp)])
    strength = np.concatenate([links.strength for links in found] or [np.empty(0, np.float32)])
    low, high = np.minimum(first, second), np.maximum(first, second)
    # A link may have been found from both ends; a matrix would add the two up.
    best = np.lexsort((-strength, high, low))
    low, high, strength = low[best], high[best], strength[best]
    once = np.ones(len(low), bool)
    once[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    # The forest of least total weight, of weights that fall with strength and never reach zero, which means none.
    weights = coo_array((2 * STRONGEST - strength[once], (low[once], high[once])), shape=(photos, photos))
    forest = coo_array(minimum_spanning_tree(weights.tocsr()))
    first, second = forest.coords
    return Links(first.astype(np.intp), second.astype(np.intp), (2 * STRONGEST - forest.data).astype(np.float32))
