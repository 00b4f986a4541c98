"""Finds the photos of an album that show the same moment.

1. `capture_order` sorts the photos by time.
2. `calibration` and `local_calibration` measure the distance between two photos in standard deviations ("spreads")
   from the distance of unrelated photos. `clocks` corrects clocks that disagree.
3. `link_search` links photos that are similar enough for the time between them. DBSCAN (Ester et al. 1996) joins linked
   photos. Two shots are a group, so `min_samples` is 2, and only a photo without a link is noise.
4. `chains` cuts groups that hold together only from neighbour to neighbour.
5. `brackets` finds exposure brackets, by `exposure_series` where only the pictures tell, and `near_duplicates` one file
   saved twice. `photo_sets` finds focus stacks and panoramas, and `copies` edited copies, by their pictures. `pages`
   separates photos of different pages.

The result is deterministic and does not depend on the order of the input. A stricter setting only splits groups of a
looser one, and never joins any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from albums.analysis import CaptureInformation
from worker.analysis.grouping.brackets import find_brackets, find_brackets_by_pictures
from worker.analysis.grouping.calibration import ModelReference
from worker.analysis.grouping.capture_order import CaptureOrder, Vectors, sort_by_time
from worker.analysis.grouping.chains import Family, cut_chains, find_families
from worker.analysis.grouping.clocks import ClockOffset, find_clock_offsets
from worker.analysis.grouping.joining import import_ahead, join_linked
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.link_search import Links, find_links
from worker.analysis.grouping.local_calibration import calibrate
from worker.analysis.grouping.names import NameTimes
from worker.analysis.grouping.near_duplicates import OneShot, are_copies, taken_at_once
from worker.analysis.grouping.photo_sets import AlikeRun, alike_runs, candidate_runs
from worker.analysis.grouping.picture_judge import Judge

GroupKind = Literal["moment", "near_duplicate", "bracket", "focus_stack", "panorama"]
Answer = TypeVar("Answer")

_LOOSEST_K0 = 1.0
_STRICTEST_K0 = 3.5
_MOST_PAIRS_JUDGED = 400
_MOST_LOOKED_AT = 2000  # photos that may be pages
_LOOKING = 4  # threads: one reads a picture while others compare, which OpenCV does without the interpreter's lock


@dataclass(frozen=True)
class GroupingSettings:
    """How similar and how close in time photos must be to count as one moment.

    Attributes:
        similarity: 0, the loosest, to 1, the strictest; the person sets it.
        k1: how much likeness, in spreads, every doubling of the minutes between two photos takes away.
        chain_share: the mean strength that links within a group need, as a share of what a single link needs.

    Raises:
        ValueError: a value is out of range.
    """

    similarity: float = 0.5
    k1: float = 0.5
    chain_share: float = 0.4

    def __post_init__(self) -> None:
        if not 0 <= self.similarity <= 1:
            raise ValueError(f"similarity must be from 0 (loose) to 1 (strict), not {self.similarity}")
        if not 0 <= self.k1 < np.inf:
            raise ValueError(f"k1 must be 0 or more, not {self.k1}")
        if not 0 <= self.chain_share <= 1:
            raise ValueError(f"chain_share must be from 0 to 1, not {self.chain_share}")

    @property
    def k0(self) -> float:
        """By how many spreads two simultaneous photos must be more alike than unrelated ones; 2.25 by default."""
        return _LOOSEST_K0 + self.similarity * (_STRICTEST_K0 - _LOOSEST_K0)


@dataclass(frozen=True)
class PhotoGroup:
    """Photos that belong together.

    Attributes:
        members: rows of the input vectors, in order of capture; those without a time come last.
        kind: why they belong together.
    """

    members: list[int]
    kind: GroupKind


@dataclass(frozen=True)
class Grouping:
    """The groups of one album.

    Attributes:
        groups: of two or more photos each, in order of capture. A photo is in at most one group.
        times: (n,) the capture times in seconds that the grouping used, after clock correction; NaN if unknown.
        clock_offsets: the clocks that were corrected.
    """

    groups: list[PhotoGroup]
    times: NDArray[np.float64]
    clock_offsets: list[ClockOffset]


@dataclass(frozen=True)
class LinkedAlbum:
    """An album before its groups are found, the same at every similarity.

    Attributes:
        likeness: of its photos; None if there are fewer than two.
        links: those that the loosest similarity needs.
        families: of its photos, by these links (`chains`).
        captures: what the cameras say, by place.
        times, clock_offsets: as in `Grouping`.
        brackets, runs: what is known of photo sets without looking at pictures; by place.
    """

    likeness: Likeness | None
    links: Links | None
    families: Sequence[Family]
    captures: Sequence[CaptureInformation] | None
    times: NDArray[np.float64]
    clock_offsets: list[ClockOffset]
    brackets: Sequence[list[int]] = ()
    runs: Sequence[AlikeRun] = ()


def group_photos(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    settings: GroupingSettings | None = None,
    captures: Sequence[CaptureInformation] | None = None,
) -> list[PhotoGroup]:
    """Only the groups that `group_album` finds."""
    return group_album(vectors, times, reference=reference, settings=settings, captures=captures).groups


def group_album(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    settings: GroupingSettings | None = None,
    captures: Sequence[CaptureInformation] | None = None,
    judge: Judge | None = None,
    names: Sequence[str] | None = None,
    order_keys: Sequence[bytes] | None = None,
) -> Grouping:
    """Group the photos of one album.

    Args:
        vectors: (n, d) embeddings of one model, float16 or float32, one row per photo.
        times: (n,) capture times in seconds from any zero; NaN if unknown. These are wall-clock times, because a camera
            that knows its zone and one that does not then agree; instants would differ.
        reference: distances of unrelated photos under that model (`reference_for`).
        captures: (n) what the cameras say. Without them no photo sets are found and no clocks are corrected.
        judge: compares pictures where there may be a focus stack, a panorama, an edited copy, or a bracket whose files
            do not tell their exposures. Without it none of these are found.
        names: (n) of the files; they are evidence for photos without a time.
        order_keys: (n) what sorts photos of the same time.

    Raises:
        ValueError: the arguments have different lengths, or a vector is zero or not finite.
    """
    settings = settings or GroupingSettings()
    linked = link_album(
        vectors, times, reference=reference, k1=settings.k1, captures=captures, names=names, order_keys=order_keys
    )
    return group_linked(linked, settings, judge)


def link_album(
    vectors: Vectors,
    times: NDArray[np.float64],
    *,
    reference: ModelReference,
    k1: float = GroupingSettings.k1,
    captures: Sequence[CaptureInformation] | None = None,
    names: Sequence[str] | None = None,
    order_keys: Sequence[bytes] | None = None,
    right: Sequence[bool] | None = None,
) -> LinkedAlbum:
    """Find what is the same at every similarity: the part of `group_album` that takes long.

    Args and errors are those of `group_album`. `right` says of which photos a person has set the clock; (n).
    """
    for what, given in (
        ("capture settings", captures),
        ("names", names),
        ("order keys", order_keys),
        ("clocks", right),
    ):
        if given is not None and len(given) != len(vectors):
            raise ValueError(f"{len(vectors)} photos need {len(vectors)} {what}, not {len(given)}")
    capture_order = sort_by_time(vectors, times, order_keys)
    if len(capture_order) < 2:
        return LinkedAlbum(None, None, (), None, times, [])
    import_ahead()
    likeness = _likeness(capture_order, reference, k1, names)
    clock_offsets: list[ClockOffset] = []
    by_place = None
    if captures is not None:
        clock_offsets, corrections = find_clock_offsets(
            likeness,
            [captures[row] for row in capture_order.order],
            [bool(right and right[row]) for row in capture_order.order],
        )
        if clock_offsets:
            times = times.copy()
            times[capture_order.order] += corrections
            capture_order = sort_by_time(vectors, times, order_keys)
            likeness = _likeness(capture_order, reference, k1, names)
        by_place = [captures[row] for row in capture_order.order]
    links = find_links(likeness, _LOOSEST_K0)
    return LinkedAlbum(
        likeness,
        links,
        find_families(likeness, links, _LOOSEST_K0),
        by_place,
        times,
        clock_offsets,
        brackets=() if by_place is None else find_brackets(likeness, by_place),
        runs=() if by_place is None else alike_runs(likeness, by_place),
    )


def group_linked(linked: LinkedAlbum, settings: GroupingSettings, judge: Judge | None) -> Grouping:
    """The groups at one similarity."""
    groups: list[PhotoGroup] = []
    if linked.likeness is not None and linked.links is not None:
        groups = _groups_of(linked, linked.likeness, linked.links, settings, judge)
    return Grouping(groups, linked.times, linked.clock_offsets)


def _likeness(
    capture_order: CaptureOrder, reference: ModelReference, k1: float, names: Sequence[str] | None
) -> Likeness:
    scale = calibrate(capture_order, reference)
    told = None
    if names is not None and capture_order.timed < len(capture_order):
        times = np.empty(len(capture_order))
        times[capture_order.order] = capture_order.times
        told = NameTimes(names, times)
    return Likeness(capture_order, scale, reference.duplicate_distance, k1, told)


def _groups_of(
    linked: LinkedAlbum, likeness: Likeness, links: Links, settings: GroupingSettings, judge: Judge | None
) -> list[PhotoGroup]:
    """The groups of an album in capture order."""
    capture_order = likeness.capture_order
    joined = join_linked(links, len(capture_order), settings.k0)
    parts = cut_chains(linked.families, len(capture_order), settings.chain_share * settings.k0)
    labels = _common_labels(joined, parts)
    kinds: dict[int, GroupKind] = {}
    in_set = np.zeros(len(capture_order), bool)
    for kind, found in _photo_sets(linked, likeness, judge):
        places = [*found, *(_untimed_companions(labels, found, capture_order.timed) if kind == "focus_stack" else ())]
        labels[places] = labels.max() + 1
        kinds[places[0]] = kind
        in_set[places] = True
    if judge is not None:
        _separate_pages(capture_order, labels, in_set, judge)
    one_shot = _one_shot(capture_order, judge)
    if one_shot is not None:
        _join_copies(capture_order, labels, in_set, one_shot)
    return [
        PhotoGroup(
            members=[int(row) for row in capture_order.order[places]],
            kind=kinds.get(int(places[0]))
            or ("near_duplicate" if are_copies(likeness, places, one_shot) else "moment"),
        )
        for places in _groups(labels)
    ]


def _untimed_companions(labels: NDArray[np.intp], places: Sequence[int], timed: int) -> list[int]:
    """The places without a time that are alike to a set and to nothing else, so that it does not leave them behind."""
    others = np.setdiff1d(np.flatnonzero(np.isin(labels, labels[places])), places)
    return others.tolist() if len(others) and others[0] >= timed else []


def _one_shot(capture_order: CaptureOrder, judge: Judge | None) -> OneShot | None:
    """Asks the judge about two places; None for all further pairs once the limit for an album is reached."""
    if judge is None:
        return None
    asked = 0

    def one_shot(one: int, other: int) -> bool | None:
        nonlocal asked
        asked += 1
        if asked > _MOST_PAIRS_JUDGED:
            return None
        return judge.are_one_shot(int(capture_order.order[one]), int(capture_order.order[other]))

    return one_shot


def _separate_pages(
    capture_order: CaptureOrder, labels: NDArray[np.intp], in_set: NDArray[np.bool_], judge: Judge
) -> None:
    """Give different pages different labels. If there are too many photos to look at, the largest groups go first."""
    looked_at = 0
    groups: list[list[int]] = []
    for places in sorted(_groups(labels), key=len, reverse=True):
        looked_at += len(places)
        if looked_at > _MOST_LOOKED_AT:
            break
        if not in_set[places[0]]:
            groups.append(places.tolist())
    for together, pages in zip(groups, _looked_at(judge.pages, capture_order, groups), strict=True):
        labels[together] = labels.max() + 1 + np.asarray(pages or 0)


def _join_copies(
    capture_order: CaptureOrder, labels: NDArray[np.intp], in_set: NDArray[np.bool_], one_shot: OneShot
) -> None:
    """Give edited copies the label of their original; their vectors may be too different."""
    for one, other in taken_at_once(capture_order):
        if labels[one] != labels[other] and not in_set[one] and not in_set[other] and one_shot(one, other):
            labels[labels == labels[other]] = labels[one]


def _photo_sets(linked: LinkedAlbum, likeness: Likeness, judge: Judge | None) -> Iterator[tuple[GroupKind, list[int]]]:
    """The kind and the places of each photo set; no place is in two sets."""
    taken = np.zeros(len(likeness.capture_order), bool)
    for bracket in linked.brackets:
        taken[bracket] = True
        yield "bracket", bracket
    captures = linked.captures
    if judge is None or captures is None:
        return
    order = likeness.capture_order.order
    for bracket in find_brackets_by_pictures(
        likeness, captures, lambda places: judge.structures([int(row) for row in order[places]])
    ):
        taken[bracket] = True
        yield "bracket", bracket
    runs = candidate_runs(linked.runs, captures, taken)
    for run, sets in zip(runs, _looked_at(judge.photo_sets, likeness.capture_order, runs), strict=True):
        for found in sets:
            yield found.kind, run[found.shots]


def _looked_at(
    question: Callable[[Sequence[int]], Answer], capture_order: CaptureOrder, groups: Sequence[Sequence[int]]
) -> list[Answer]:
    """The judge's answers about the photos at these places, from several threads."""
    with ThreadPoolExecutor(_LOOKING, thread_name_prefix="looks") as threads:
        return list(threads.map(question, ([int(row) for row in capture_order.order[places]] for places in groups)))


def _common_labels(joined: NDArray[np.intp], parts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Labels of photos that share both the cluster and the part; a photo without a cluster is alone."""
    alone = joined < 0
    pairs = np.stack([np.where(alone, -1 - np.arange(len(joined)), joined), parts])
    return np.asarray(np.unique(pairs, axis=1, return_inverse=True)[1], np.intp).ravel()


def _groups(labels: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """The places of each label that has two or more, in order of the first place."""
    order = np.argsort(labels, kind="stable")
    sets = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted((places for places in sets if len(places) > 1), key=lambda places: int(places[0]))
