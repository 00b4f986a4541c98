"""Which photos of an album show the same moment.

1. Photos are laid along the time axis (`timeline`).
2. Distances are measured in spreads from those of unrelated photos of the same album (`calibration`).
3. Photos that are alike enough for the time between them are linked (`neighbours`), and DBSCAN (Ester et al. 1996)
   joins the linked ones. With `min_samples=2`, as two shots are a group, nothing is noise but what has no link.
4. Chains are cut (`chains`).
5. Exposure brackets and copies of one file are told from moments (`series`).

All of it is deterministic and does not depend on the order in which photos are handed over, and a stricter setting
only ever splits the groups of a looser one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from sklearn.cluster import DBSCAN
from sklearn.neighbors import sort_graph_by_row_values

from worker.analysis.calibration import ModelReference, calibrate
from worker.analysis.capture import CaptureInformation
from worker.analysis.chains import cut_chains
from worker.analysis.neighbours import STRONGEST, Likeness, Links, find_links
from worker.analysis.series import Kind, kind_of
from worker.analysis.timeline import Vectors, lay_out

_LOOSEST_K0 = 1.0
_STRICTEST_K0 = 3.5
# The links between two parts of a group must average this share of what a single link needs.
_AVERAGE_SHARE = 0.5


@dataclass(frozen=True)
class GroupingSettings:
    """How strictly to group.

    Attributes:
        similarity: from 0, loose, to 1, strict; moves k0 around 2.25.
        k1: how much more alike two photos must be when the time between them doubles, in spreads.

    """

    similarity: float = 0.5
    k1: float = 0.5

    @property
    def k0(self) -> float:
        """How many spreads below the median the distance of two photos taken at once must lie."""
        return _LOOSEST_K0 + self.similarity * (_STRICTEST_K0 - _LOOSEST_K0)


@dataclass(frozen=True)
class PhotoGroup:
    """Two or more photos of one moment, by their positions among those handed over, in the order of capture."""

    members: list[int]
    kind: Kind


def group_photos(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    settings: GroupingSettings | None = None,
    captures: Sequence[CaptureInformation] | None = None,
) -> list[PhotoGroup]:
    """Group the photos of an album; those in no group are single.

    Args:
        vectors: (n, d) float16 or float32, all of one model and version; their lengths do not matter.
        times: (n,) seconds of any epoch, NaN where unknown.
        reference: what distances of unrelated photos are like under that model.
        settings: how strictly.
        captures: (n) what the cameras say, to recognise sets made on purpose.

    Raises:
        ValueError: the arrays do not fit together, or a vector is zero or not finite.

    """
    settings = settings or GroupingSettings()
    timeline = lay_out(vectors, times)
    if len(timeline) < 2:
        return []
    likeness = Likeness(timeline, calibrate(timeline, reference), settings.k1, unrelated_distance=reference.median)
    links = find_links(likeness, _LOOSEST_K0)
    joined = _join(links, len(timeline), settings.k0)
    parts = cut_chains(likeness, links, _LOOSEST_K0, settings.k0 * _AVERAGE_SHARE)
    groups = []
    for places in _places_by_group(joined, parts):
        members = timeline.order[places]
        kind = kind_of(
            timeline.rows(places),
            timeline.times[places],
            [captures[member] for member in members] if captures is not None else None,
            duplicate_distance=likeness.duplicate_distance,
        )
        groups.append(PhotoGroup(members.tolist(), kind))
    return groups


def _places_by_group(joined: NDArray[np.intp], parts: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The places of each group of two and more: joined by links, and not cut."""
    _, labels, sizes = np.unique(np.stack([joined, parts]), axis=1, return_inverse=True, return_counts=True)
    by_label = np.argsort(labels, kind="stable")
    groups = np.split(by_label, np.cumsum(sizes)[:-1])
    return sorted((group for group in groups if len(group) > 1 and joined[group[0]] >= 0), key=lambda group: group[0])


def _join(links: Links, photos: int, weakest: float) -> NDArray[np.intp]:
    """DBSCAN over the links of at least strength `weakest`: a label per place, -1 where there is none."""
    strong = links.strength >= weakest
    first, second = links.first[strong], links.second[strong]
    apart = (2 * STRONGEST - links.strength[strong]).astype(np.float64)
    every = np.arange(photos)
    graph = coo_array(
        (
            np.concatenate([apart, apart, np.zeros(photos)]),
            (np.concatenate([first, second, every]), np.concatenate([second, first, every])),
        ),
        shape=(photos, photos),
    ).tocsr()
    graph = sort_graph_by_row_values(graph, warn_when_not_sorted=False)
    labels = DBSCAN(eps=2 * STRONGEST - weakest, min_samples=2, metric="precomputed").fit(graph).labels_
    return np.asarray(labels, np.intp)
