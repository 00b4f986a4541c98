"""Which photos of an album show the same moment.

1. Photos are laid along the time axis (`capture_order`).
2. Their distances are measured in spreads from those of unrelated photos (`calibration`, `local_calibration`), and
   clocks that disagree are brought together (`clocks`).
3. Photos that are alike enough for the time between them are linked (`link_search`), and DBSCAN (Ester et al.
   1996) joins the linked ones. As two shots are a group, `min_samples` is 2, and only what has no link is noise.
4. Chains are cut (`chains`).
5. Exposure brackets, and one file saved twice, are told from moments (`series`), and so are focus stacks,
   panoramas and edited copies by a look at their pictures (`photo_sets`, `copies`).

All of it is deterministic and does not depend on the order in which photos are handed over, and a stricter
setting only ever splits the groups of a looser one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from sklearn.cluster import DBSCAN
from sklearn.neighbors import sort_graph_by_row_values

from albums.analysis import CaptureInformation
from worker.analysis.grouping.brackets import find_brackets
from worker.analysis.grouping.calibration import ModelReference
from worker.analysis.grouping.capture_order import CaptureOrder, Vectors, lay_out
from worker.analysis.grouping.chains import cut_chains
from worker.analysis.grouping.clocks import ClockOffset, find_clock_offsets
from worker.analysis.grouping.likeness import STRONGEST, Likeness
from worker.analysis.grouping.link_search import Links, find_links
from worker.analysis.grouping.local_calibration import calibrate
from worker.analysis.grouping.near_duplicates import OneShot, are_copies, taken_at_once
from worker.analysis.grouping.photo_sets import candidate_runs
from worker.analysis.grouping.picture_judge import Judge

GroupKind = Literal["moment", "near_duplicate", "bracket", "focus_stack", "panorama"]

_LOOSEST_K0 = 1.0
_STRICTEST_K0 = 3.5
_MOST_PAIRS_LOOKED_AT = 400


@dataclass(frozen=True)
class GroupingSettings:
    """How like and how near in time photos must be to count as one moment.

    Attributes:
        similarity: 0, the loosest, to 1, the strictest; what a person sets.
        k1: what one doubling of the minutes between two photos takes from their likeness, in spreads.
        chain_share: how strong links must be on average within a group, as a share of what one link must be.

    Raises:
        ValueError: a value is out of its range.
    """

    similarity: float = 0.5
    k1: float = 0.5
    chain_share: float = 0.4

    def __post_init__(self) -> None:
        if not 0 <= self.similarity <= 1:
            raise ValueError(f"similarity goes from 0 (loose) to 1 (strict), not {self.similarity}")
        if not 0 <= self.k1 < np.inf:
            raise ValueError(f"k1 must be 0 or more, not {self.k1}")
        if not 0 <= self.chain_share <= 1:
            raise ValueError(f"chain_share goes from 0 to 1, not {self.chain_share}")

    @property
    def k0(self) -> float:
        """By how many spreads two photos taken at once must be more alike than unrelated ones; 2.25 by default."""
        return _LOOSEST_K0 + self.similarity * (_STRICTEST_K0 - _LOOSEST_K0)


@dataclass(frozen=True)
class PhotoGroup:
    """Photos that belong together.

    Attributes:
        members: rows of the vectors handed over, in order of capture, those without a time last.
        kind: why they belong together.
    """

    members: list[int]
    kind: GroupKind


@dataclass(frozen=True)
class Grouping:
    """How the photos of one album belong together.

    Attributes:
        groups: of two photos and more, in order of capture. A photo is in one group at most.
        times: (n,) capture times in seconds as the grouping took them, with the clocks put right; NaN where unknown.
        clock_offsets: the cameras whose times were put right.
    """

    groups: list[PhotoGroup]
    times: NDArray[np.float64]
    clock_offsets: list[ClockOffset]


def group_photos(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    settings: GroupingSettings | None = None,
    captures: Sequence[CaptureInformation] | None = None,
) -> list[PhotoGroup]:
    """The groups that `group_album` finds, for who does not ask how."""
    return group_album(vectors, times, reference=reference, settings=settings, captures=captures).groups


def group_album(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    settings: GroupingSettings | None = None,
    captures: Sequence[CaptureInformation] | None = None,
    judge: Judge | None = None,
) -> Grouping:
    """Group the photos of one album.

    Args:
        vectors: (n, d) embeddings of one model, float16 or float32, one row a photo.
        times: (n,) capture times in seconds from any zero; NaN where unknown. Wall-clock times: two cameras of which
            one is told its zone and the other is not then agree, which instants would not.
        reference: what unrelated photos look like under that model (`reference_for`).
        captures: (n) what the cameras say; without them no brackets are found, and all cameras are taken to show the
            same clock.
        judge: looks at the pictures where there may be a focus stack, a panorama or an edited copy; without it, none
            of these are found, and without `captures` no stacks and panoramas.

    Raises:
        ValueError: the arguments do not fit together, or a vector is zero or not finite.
    """
    settings = settings or GroupingSettings()
    capture_order = lay_out(vectors, times)
    if captures is not None and len(captures) != len(capture_order):
        raise ValueError(f"{len(capture_order)} photos need as many capture settings, not {len(captures)}")
    if len(capture_order) < 2:
        return Grouping([], times, [])
    likeness = _likeness(capture_order, reference, settings)
    clock_offsets: list[ClockOffset] = []
    by_place = None
    if captures is not None:
        clock_offsets, corrections = find_clock_offsets(likeness, [captures[row] for row in capture_order.order])
        if clock_offsets:
            times = times.copy()
            times[capture_order.order] += corrections
            capture_order = lay_out(vectors, times)
            likeness = _likeness(capture_order, reference, settings)
        by_place = [captures[row] for row in capture_order.order]
    return Grouping(_groups_of(likeness, settings, by_place, judge), times, clock_offsets)


def _likeness(capture_order: CaptureOrder, reference: ModelReference, settings: GroupingSettings) -> Likeness:
    return Likeness(capture_order, calibrate(capture_order, reference), reference.duplicate_distance, settings.k1)


def _groups_of(
    likeness: Likeness,
    settings: GroupingSettings,
    captures: Sequence[CaptureInformation] | None,
    judge: Judge | None,
) -> list[PhotoGroup]:
    """The groups of an album laid out; `captures` by place."""
    capture_order = likeness.capture_order
    links = find_links(likeness, _LOOSEST_K0)
    joined = _join(links, len(capture_order), settings.k0)
    parts = cut_chains(likeness, links, _LOOSEST_K0, settings.chain_share * settings.k0)
    labels = _common_labels(joined, parts)
    kinds: dict[int, GroupKind] = {}
    whole = np.zeros(len(capture_order), bool)
    for kind, places in _kept_whole(likeness, captures, judge) if captures is not None else ():
        labels[places] = labels.max() + 1
        kinds[places[0]] = kind
        whole[places] = True
    one_shot = _one_shot(capture_order, judge)
    if one_shot is not None:
        _join_copies(capture_order, labels, whole, one_shot)
    return [
        PhotoGroup(
            members=[int(row) for row in capture_order.order[places]],
            kind=kinds.get(int(places[0]))
            or ("near_duplicate" if are_copies(likeness, places, one_shot) else "moment"),
        )
        for places in _groups(labels)
    ]


def _one_shot(capture_order: CaptureOrder, judge: Judge | None) -> OneShot | None:
    """What the judge says of two places, until it has been asked too often for one album."""
    if judge is None:
        return None
    asked = 0

    def one_shot(one: int, other: int) -> bool | None:
        nonlocal asked
        asked += 1
        if asked > _MOST_PAIRS_LOOKED_AT:
            return None
        return judge.are_one_shot(int(capture_order.order[one]), int(capture_order.order[other]))

    return one_shot


def _join_copies(
    capture_order: CaptureOrder, labels: NDArray[np.intp], whole: NDArray[np.bool_], one_shot: OneShot
) -> None:
    """Give edited copies, which vectors may not know again, the label of their original."""
    for one, other in taken_at_once(capture_order):
        if labels[one] != labels[other] and not whole[one] and not whole[other] and one_shot(one, other):
            labels[labels == labels[other]] = labels[one]


def _kept_whole(
    likeness: Likeness, captures: Sequence[CaptureInformation], judge: Judge | None
) -> Iterator[tuple[GroupKind, list[int]]]:
    """The photo sets, by kind and places; no place is in two."""
    taken = np.zeros(len(likeness.capture_order), bool)
    for bracket in find_brackets(likeness, captures):
        taken[bracket] = True
        yield "bracket", bracket
    if judge is None:
        return
    for run in candidate_runs(likeness, captures, taken):
        for found in judge.photo_sets([int(row) for row in likeness.capture_order.order[run]]):
            yield found.kind, run[found.shots]


def _join(links: Links, photos: int, weakest: float) -> NDArray[np.intp]:
    """DBSCAN over the links of at least strength `weakest`: (n,) labels, -1 where there is none."""
    strong = links.where(links.strength >= weakest)
    first, second = strong.first, strong.second
    apart = 2 * STRONGEST - strong.strength.astype(np.float64)
    every = np.arange(photos)  # each photo is at distance 0 from itself, or DBSCAN would add that unsorted
    graph = coo_array(
        (
            np.concatenate([apart, apart, np.zeros(photos)]),
            (np.concatenate([first, second, every]), np.concatenate([second, first, every])),
        ),
        shape=(photos, photos),
    )
    ordered = sort_graph_by_row_values(graph.tocsr(), warn_when_not_sorted=False)
    clusters = DBSCAN(eps=2 * STRONGEST - weakest, min_samples=2, metric="precomputed").fit(ordered)
    return np.asarray(clusters.labels_, np.intp)


def _common_labels(joined: NDArray[np.intp], parts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Labels of the photos that are in the same cluster and in the same part; a photo of no cluster is alone."""
    alone = joined < 0
    pairs = np.stack([np.where(alone, -1 - np.arange(len(joined)), joined), parts])
    return np.asarray(np.unique(pairs, axis=1, return_inverse=True)[1], np.intp).ravel()


def _groups(labels: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Places by label, where there are two and more, in order of the first."""
    order = np.argsort(labels, kind="stable")
    sets = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted((places for places in sets if len(places) > 1), key=lambda places: int(places[0]))
