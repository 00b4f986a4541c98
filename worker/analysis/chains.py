"""Chains: photos that hang together only from neighbour to neighbour are cut where they have little in common.

DBSCAN joins what is linked, so a camera that pans, or strangers that happen to look alike, string moments together
into one group whose ends share nothing. Average linkage (Sokal and Michener 1958) looks at all pairs instead: two
parts stay together only while the links between their photos are strong on average, likeness and time both counted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform

from worker.analysis.neighbours import STRONGEST, Likeness, Links

_LARGEST_FAMILY = 1000
_STEP = 0.25
_WEAKEST_COUNTED = -2.0


def cut_chains(likeness: Likeness, links: Links, weakest: float, least_average: float) -> NDArray[np.intp]:
    """Number the parts, (n,), whose photos are linked with at least `least_average` on average.

    A greater `least_average` only ever cuts further, as the order in which parts are joined does not depend on it.
    `weakest` says from which strength on photos are looked at together at all; to compare the parts of several
    `least_average`, keep it the same.
    """
    parts = np.arange(len(likeness.timeline))
    for places in _families(links, len(likeness.timeline), weakest):
        labels = _average_linkage(_strengths_within(likeness, places), least_average)
        parts[places] = places[np.unique(labels, return_index=True)[1][labels]]
    return parts


def _families(links: Links, photos: int, weakest: float) -> list[NDArray[np.intp]]:
    """Sets of two and more linked places, few enough each to look at all their pairs.

    Where too many hang together, stronger links are asked for until they do not. Only photos that are all
    duplicates from one to the next can remain too many; they are left as they are.
    """
    families: list[NDArray[np.intp]] = []
    first, second, strength = links.first, links.second, links.strength
    level = weakest
    while len(strength):
        graph = coo_array((np.ones(len(first), np.int8), (first, second)), shape=(photos, photos))
        labels = connected_components(graph, directed=False)[1]
        sizes = np.bincount(labels)
        small = np.flatnonzero((sizes > 1) & (sizes <= _LARGEST_FAMILY))
        by_label = np.argsort(labels, kind="stable")
        ends = np.cumsum(sizes)
        families += [by_label[ends[label] - sizes[label] : ends[label]] for label in small]
        level += _STEP
        stay = (sizes[labels[first]] > _LARGEST_FAMILY) & (strength >= level)
        first, second, strength = first[stay], second[stay], strength[stay]
    return families


def _strengths_within(likeness: Likeness, places: NDArray[np.intp]) -> NDArray[np.float32]:
    """Strengths of all pairs among some places, (m, m).

    A copy that carries another time, because it was saved again days later, is judged by the time of its twin.
    """
    rows = likeness.timeline.rows(places)
    distances = 1 - rows @ rows.T
    penalties = likeness.penalties(places[:, None], places[None, :])
    twins = connected_components(coo_array(distances <= likeness.duplicate_distance), directed=False)[1]
    by_twin = np.argsort(twins, kind="stable")
    starts = np.flatnonzero(np.diff(twins[by_twin], prepend=-1))
    least = np.minimum.reduceat(penalties[by_twin], starts, axis=0)
    least = np.minimum.reduceat(least[:, by_twin], starts, axis=1)
    return likeness.strengths(distances, least[np.ix_(twins, twins)])


def _average_linkage(strengths: NDArray[np.float32], least_average: float) -> NDArray[np.intp]:
    """Labels from 0, (m,), of the parts that average linkage leaves at `least_average`."""
    # Beyond some point strangers are strangers; a gap of years must not outweigh every likeness in the average.
    apart = STRONGEST - np.maximum(strengths, _WEAKEST_COUNTED).astype(np.float64)
    apart = (apart + apart.T) / 2
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), method="average")
    return np.asarray(fcluster(tree, STRONGEST - least_average, criterion="distance") - 1, np.intp)
