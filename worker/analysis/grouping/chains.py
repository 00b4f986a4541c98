"""Cuts chains: groups in which each photo resembles the next, but the ends have little in common.

DBSCAN joins everything that is linked. So a panning camera, or unrelated photos that happen to look alike, can connect
several moments into one group. Average linkage (Sokal and Michener 1958) considers all pairs instead: two parts stay
together only if the links between their photos are strong on average, by likeness and time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from worker.analysis.grouping.capture_order import CaptureOrder
from worker.analysis.grouping.likeness import STRONGEST, Likeness
from worker.analysis.grouping.link_search import Links

_LARGEST_FAMILY = 1000
_STEP = 0.25
_WEAKEST_COUNTED = -2.0
_STRONGEST = np.float32(STRONGEST)


@dataclass(frozen=True)
class Family:
    """Photos that one group may contain, and how average linkage joins them.

    Attributes:
        places: of the photos, in order.
        weakest: the strength of the weakest link between two of them.
        tree: (m - 1, 4) as SciPy's `linkage` returns it; None if they always stay together.
    """

    places: NDArray[np.intp]
    weakest: np.float32 = _STRONGEST
    tree: NDArray[np.float64] | None = None


def find_families(likeness: Likeness, links: Links, weakest: float) -> list[Family]:
    """The families of an album, which are the same at every similarity.

    Args:
        likeness: of the album.
        links: between its photos.
        weakest: the strength from which photos are considered together at all.
    """
    photos = len(likeness.capture_order)
    crowds = [places for places in _components(links, photos, STRONGEST) if len(places) > _LARGEST_FAMILY]
    in_crowd = np.zeros(photos, bool)
    in_crowd[[place for places in crowds for place in places]] = True
    others = links.where(~in_crowd[links.first] & ~in_crowd[links.second])
    return [
        *map(Family, crowds),
        *(_family(likeness, places) for places in _families(likeness.capture_order, others, weakest)),
    ]


def cut_chains(families: Sequence[Family], photos: int, least_average: float) -> NDArray[np.intp]:
    """Label the parts whose photos have links of strength `least_average` or more on average.

    A greater `least_average` only cuts further, because the order in which parts are joined does not depend on it.

    Returns:
        (photos,) labels by place: the first place of each part.
    """
    parts = np.arange(photos)
    for family in families:
        places = family.places
        if family.tree is None or family.weakest >= least_average:
            parts[places] = places[0]
            continue
        labels = fcluster(family.tree, STRONGEST - least_average, criterion="distance") - 1
        parts[places] = places[np.unique(labels, return_index=True)[1][labels]]
    return parts


def _family(likeness: Likeness, places: NDArray[np.intp]) -> Family:
    if len(places) == 2:  # the threshold for single links decides about them
        return Family(places)
    strengths = _strengths_within(likeness, places)
    # Limit weak links: a gap of years must not outweigh all other links in the average.
    apart = STRONGEST - np.maximum(strengths, _WEAKEST_COUNTED).astype(np.float64)
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, 0)
    return Family(places, strengths.min(), linkage(squareform(apart, checks=False), method="average"))


def _families(capture_order: CaptureOrder, links: Links, weakest: float) -> Iterator[NDArray[np.intp]]:
    """Sets of two or more linked places, in order, each small enough to consider all its pairs.

    A set that is too large is cut at its longest pauses. If some photos have no time, stronger links are required
    instead, until the sets are small enough.
    """
    for places in _components(links, len(capture_order), weakest):
        if len(places) <= _LARGEST_FAMILY:
            yield places
        elif places[-1] < capture_order.timed:
            yield from _cut_at_pauses(capture_order.times, places)
        else:
            inside = np.zeros(len(capture_order), bool)
            inside[places] = True
            yield from _families(capture_order, links.where(inside[links.first]), weakest + _STEP)


def _components(links: Links, photos: int, weakest: float) -> list[NDArray[np.intp]]:
    """Sets of two or more places, in order, that are connected by links of strength `weakest` or more."""
    strong = links.where(links.strength >= weakest)
    graph = coo_array((np.ones(len(strong.first), np.int8), (strong.first, strong.second)), shape=(photos, photos))
    labels = connected_components(graph, directed=False)[1]
    sizes = np.bincount(labels)
    by_label = np.split(np.argsort(labels, kind="stable"), np.cumsum(sizes)[:-1])
    return [by_label[label] for label in np.flatnonzero(sizes > 1)]


def _cut_at_pauses(times: NDArray[np.float64], places: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
    """Cut places in order of time into sets that are small enough, always in the middle half of a set."""
    if len(places) <= _LARGEST_FAMILY:
        yield places
        return
    quarter = len(places) // 4
    pauses = np.diff(times[places[quarter : len(places) - quarter]])
    longest = np.flatnonzero(pauses == pauses.max())
    cut = quarter + 1 + int(longest[len(longest) // 2])
    yield from _cut_at_pauses(times, places[:cut])
    yield from _cut_at_pauses(times, places[cut:])


def _strengths_within(likeness: Likeness, places: NDArray[np.intp]) -> NDArray[np.float32]:
    """The strengths of all pairs of some places, (m, m).

    A copy with another time, because it was saved again days later, is rated by the time of its twin.
    """
    rows = likeness.capture_order.rows(places)
    distances = 1 - rows @ rows.T
    one, other = places[:, None], places[None, :]
    penalties = likeness.penalties(one, other)
    same = distances <= likeness.duplicate_distance
    if np.count_nonzero(same) > len(places):
        penalties = _least_among_twins(penalties, connected_components(coo_array(same), directed=False)[1])
    return likeness.strengths(one, other, distances, penalties)


def _least_among_twins(penalties: NDArray[np.float32], twins: NDArray[np.intp]) -> NDArray[np.float32]:
    """For each pair the smallest penalty, (m, m), of all pairs of their twins; twins have equal labels."""
    by_twin = np.argsort(twins, kind="stable")
    starts = np.flatnonzero(np.diff(twins[by_twin], prepend=-1))
    least = np.minimum.reduceat(penalties[by_twin], starts, axis=0)
    least = np.minimum.reduceat(least[:, by_twin], starts, axis=1)
    return least[np.ix_(twins, twins)]
