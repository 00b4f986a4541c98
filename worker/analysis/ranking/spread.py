"""Orders the picks of an album so that the first of them, however many, are spread over its time, people and views.

The order is made once, so fifty picks are always some of sixty. It is made of three known methods:

- Time: large gaps divide the album into parts. A gap is large if it is 17 times the usual one around it (J. Platt,
  M. Czerwinski, B. Field: PhotoTOC, 2003). Photos without a time are one more part.
- Shares: every part gets one pick, the largest first. Further picks go to the parts in proportion to their moments, by
  the method of Sainte-Laguë. It never takes a seat back when there are more to give (M. Balinski, H. P. Young: Fair
  Representation, 1982). Inside a part, photos of nobody, of one or two people and of several share in the same way.
- Views: among those, each next pick is as good as possible and as unlike the picks before it as possible (J. Carbonell,
  J. Goldstein: maximal marginal relevance, 1998).
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures

Values = NDArray[np.float64]
Vectors = NDArray[np.float16]

_LARGE_GAP = 17.0  # times the usual gap
_GAPS_AROUND = 10  # on each side
_SHORTEST_GAP = 1.0  # seconds
_SEVERAL = 3  # people
_COMPARED = 500  # picks; which of even more photos of one part come next hardly matters, and comparing takes long


@dataclass(frozen=True)
class Moment:
    """A pick with what the order depends on.

    Attributes:
        seconds: the time of capture; NaN where it is unknown.
        shots: how many times somebody pressed the shutter for it, hoping for a better one.
    """

    seconds: float
    shots: int
    features: PhotoFeatures


def spread_order(moments: Sequence[Moment], vectors: Vectors) -> list[int]:
    """The places of the moments in the order in which to take them, (n,).

    Args:
        moments: in order of capture as far as it is known. Equal ones keep this order.
        vectors: of the picks, (n, dimensions), of unit length; zero where one is unknown.
    """
    parts = _parts(np.array([moment.seconds for moment in moments], np.float64))
    return _in_proportion([_order_of_part(part, moments, vectors) for part in parts], everybody_first=True)


def _parts(seconds: Values) -> list[list[int]]:
    """The places of the moments, divided at the large gaps."""
    timed = np.flatnonzero(np.isfinite(seconds))
    timed = timed[np.argsort(seconds[timed], kind="stable")]
    gaps = np.log(np.maximum(np.diff(seconds[timed]), _SHORTEST_GAP))
    sums = np.concatenate([[0.0], np.cumsum(gaps)])
    here = np.arange(gaps.size)
    first, last = np.maximum(here - _GAPS_AROUND, 0), np.minimum(here + _GAPS_AROUND + 1, gaps.size)
    usual = (sums[last] - sums[first]) / np.maximum(last - first, 1)
    parts = np.split(timed, np.flatnonzero(gaps >= math.log(_LARGE_GAP) + usual) + 1)
    parts.append(np.flatnonzero(~np.isfinite(seconds)))
    return [part.tolist() for part in parts if part.size]


def _in_proportion(queues: Sequence[Sequence[int]], *, everybody_first: bool) -> list[int]:
    """One queue of all, in which each has a share in proportion to its length at any point.

    With `everybody_first`, each gets one before any gets a second.
    """
    turns = [(False, -float(len(queue)), index, 0) for index, queue in enumerate(queues) if queue]
    heapq.heapify(turns)
    order = []
    while turns:
        *_, index, taken = heapq.heappop(turns)
        order.append(queues[index][taken])
        taken += 1
        if taken < len(queues[index]):
            heapq.heappush(turns, (everybody_first, -len(queues[index]) / (2 * taken + 1), index, taken))
    return order


def _order_of_part(part: Sequence[int], moments: Sequence[Moment], vectors: Vectors) -> list[int]:
    by_people: dict[int, list[int]] = defaultdict(list)
    for place, index in enumerate(part):
        people = len(moments[index].features.faces)
        by_people[0 if people == 0 else 1 if people < _SEVERAL else 2].append(place)
    queues = []
    for _, places in sorted(by_people.items(), reverse=True):
        indices = [part[place] for place in places]
        worth = _worth([moments[index] for index in indices])
        order = _unlike_first(worth, vectors[indices], np.array(places) / len(part))
        queues.append([indices[number] for number in order])
    return _in_proportion(queues, everybody_first=False)


def _worth(moments: Sequence[Moment]) -> Values:
    """How good each moment is among these, from 0 to 1, (n,).

    The mean of how sharp it is among them, and how many shots were taken of it, because people take more of what
    matters to them. Light and eyes say nothing here: a night is dark, and a baby asleep is no flaw. Where they are
    flaws, the pick is the shot of its group that shows them least.
    """
    sharpness = np.array([_sharpness(moment.features) for moment in moments], np.float64)
    interest = np.array([1 - moment.shots**-0.5 for moment in moments], np.float64)
    return (_among_themselves(sharpness) + interest) / 2


def _sharpness(features: PhotoFeatures) -> float:
    value = features.scores.get("face_detail" if features.faces else "detail", math.nan)
    return value if math.isfinite(value) else math.nan


def _among_themselves(values: Values) -> Values:
    """The share of the known values that are smaller, with equal ones counted half, from 0 to 1; unknown is 0.5."""
    known = np.sort(values[np.isfinite(values)])
    if known.size == 0:
        return np.full_like(values, 0.5)
    below, upto = np.searchsorted(known, values, "left"), np.searchsorted(known, values, "right")
    return np.where(np.isfinite(values), (below + upto) / 2 / known.size, 0.5)


def _unlike_first(worth: Values, vectors: Vectors, positions: Values) -> list[int]:
    """Greedy maximal marginal relevance: the order in which to take the moments, (n,).

    Two are alike by the mean of their cosine and of how near they are in the part's order, where `positions` run from 0
    to 1. So long parts are covered evenly, also where they have no times.
    """
    single = vectors.astype(np.float32)
    left = np.ones(len(worth), bool)
    redundancy = np.zeros(len(worth))
    order: list[int] = []
    for _ in range(min(len(worth), _COMPARED)):
        taken = int(np.argmax(np.where(left, worth - redundancy, -np.inf)))
        order.append(taken)
        left[taken] = False
        cosine = np.maximum(single @ single[taken], 0.0)
        nearness = 1 - np.abs(positions - positions[taken])
        np.maximum(redundancy, (cosine + nearness) / 2, out=redundancy)
    rest = np.flatnonzero(left)
    return order + [int(place) for place in rest[np.argsort(redundancy[rest] - worth[rest], kind="stable")]]
