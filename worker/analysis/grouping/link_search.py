"""Finds the links between photos that are similar and close in time; `likeness` rates them.

The search goes along the time axis in blocks, with one matrix product each. So time and memory grow in proportion to
the number of photos, not to its square.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from worker.analysis.grouping.duplicate_candidates import likely_duplicates
from worker.analysis.grouping.likeness import STRONGEST, Likeness

_ROWS = 1024
_COLUMNS = 4096
_CROWD = 8


@dataclass(frozen=True)
class Links:
    """Pairs of places and the strength of their link; each array is (m,)."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    strength: NDArray[np.float32]

    def where(self, chosen: NDArray[np.bool_]) -> Links:
        """The links for which `chosen`, (m,), is true."""
        return Links(self.first[chosen], self.second[chosen], self.strength[chosen])


def find_links(likeness: Likeness, weakest: float) -> Links:
    """The links of strength `weakest` or more, reduced to a maximum spanning forest.

    At every strength, the forest connects the same photos as all links do. It has fewer links than there are photos,
    while a long series of similar shots has very many.
    """
    photos = len(likeness.capture_order)
    kept: list[Links] = []
    waiting = 0
    for search in (_links_in_time, _links_without_time, _links_of_duplicates):
        for links in search(likeness, weakest):
            kept.append(links)
            waiting += len(links.strength)
            if waiting > 4 * photos + 1_000_000:
                kept = [_spanning_forest(kept, photos)]
                waiting = len(kept[0].strength)
    return _spanning_forest(kept, photos)


def _links_in_time(likeness: Likeness, weakest: float) -> Iterator[Links]:
    capture_order = likeness.capture_order
    seconds, photos = likeness.reach(weakest)
    for start in range(0, capture_order.timed, _ROWS):
        stop = min(start + _ROWS, capture_order.timed)
        by_time = np.searchsorted(
            capture_order.times[: capture_order.timed], capture_order.times[stop - 1] + seconds, "right"
        )
        by_count = np.searchsorted(capture_order.latest, capture_order.earliest[stop - 1] + photos + 1, "right")
        places = np.arange(start, min(by_time, by_count))
        yield from _links_between(likeness, weakest, places[: stop - start], places)


def _links_without_time(likeness: Likeness, weakest: float) -> Iterator[Links]:
    if not likeness.reaches_unknown_times(weakest):
        return
    photos = len(likeness.capture_order)
    for start in range(likeness.capture_order.timed, photos, _ROWS):
        rows = np.arange(start, min(start + _ROWS, photos))
        yield from _links_between(likeness, weakest, rows, np.arange(rows[-1] + 1))


def _links_between(
    likeness: Likeness, weakest: float, rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> Iterator[Links]:
    capture_order = likeness.capture_order
    one = capture_order.rows(rows)
    farthest = likeness.farthest(weakest)
    for start in range(0, len(columns), _COLUMNS):
        chosen = columns[start : start + _COLUMNS]
        distances = 1 - one @ capture_order.rows(chosen).T
        if np.count_nonzero(distances <= likeness.duplicate_distance) > _CROWD * (len(rows) + len(chosen)):
            yield _remove_duplicates(likeness, distances, rows, chosen)
        row, column = np.nonzero(distances <= farthest)
        first, second, near = rows[row], chosen[column], distances[row, column]
        strengths = likeness.strengths(first, second, near, likeness.penalties(first, second))
        linked = (strengths >= weakest) & (first != second)
        linked &= ~likeness.are_unrelated(first, second) | (strengths >= STRONGEST)
        yield Links(first, second, strengths).where(linked)


def _remove_duplicates(
    likeness: Likeness, distances: NDArray[np.float32], rows: NDArray[np.intp], columns: NDArray[np.intp]
) -> Links:
    """The fewest links that connect a crowd of duplicates. Removes the crowd from `distances`: no other link helps."""
    photos = len(likeness.capture_order)
    row, column = np.nonzero(distances <= likeness.duplicate_distance)
    graph = coo_array((np.ones(len(row), np.int8), (rows[row], columns[column])), shape=(photos, photos))
    crowds = connected_components(graph, directed=False)[1]
    distances[crowds[rows][:, None] == crowds[columns]] = np.inf
    places = np.union1d(rows, columns)
    _, heads, crowd = np.unique(crowds[places], return_index=True, return_inverse=True)
    first = places[heads[crowd]]
    linked = first != places
    return Links(first[linked], places[linked], np.full(int(linked.sum()), STRONGEST, np.float32))


def _links_of_duplicates(likeness: Likeness, weakest: float) -> Iterator[Links]:
    """Links between photos that are probably the same file, saved again or resized, with times far apart."""
    capture_order = likeness.capture_order
    if len(capture_order) < 2:
        return
    first, second = likely_duplicates(capture_order, likeness.duplicate_distance)
    seconds, _ = likeness.reach(weakest)
    apart = ~(np.abs(capture_order.times[first] - capture_order.times[second]) <= seconds)  # true for unknown times
    first, second = first[apart], second[apart]
    for start in range(0, len(first), _COLUMNS):
        one, other = first[start : start + _COLUMNS], second[start : start + _COLUMNS]
        distances = 1 - np.einsum("ij,ij->i", capture_order.rows(one), capture_order.rows(other))
        same = distances <= likeness.duplicate_distance
        yield Links(one[same], other[same], np.full(int(same.sum()), STRONGEST, np.float32))


def _spanning_forest(found: list[Links], photos: int) -> Links:
    first = np.concatenate([links.first for links in found] or [np.empty(0, np.intp)])
    second = np.concatenate([links.second for links in found] or [np.empty(0, np.intp)])
    strength = np.concatenate([links.strength for links in found] or [np.empty(0, np.float32)])
    low, high = np.minimum(first, second), np.maximum(first, second)
    # A link may have been found from both ends; a sparse matrix would add the two up.
    best = np.lexsort((-strength, high, low))
    low, high, strength = low[best], high[best], strength[best]
    once = np.ones(len(low), bool)
    once[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    # A stronger link needs a smaller weight, and a weight of zero would mean no link.
    weights = coo_array((2 * STRONGEST - strength[once], (low[once], high[once])), shape=(photos, photos))
    forest = coo_array(minimum_spanning_tree(weights.tocsr()))
    low, high = (places.astype(np.intp) for places in forest.coords)
    return Links(low, high, (2 * STRONGEST - forest.data).astype(np.float32))
