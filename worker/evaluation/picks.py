"""How often the pick is the photo a person would have picked.

A method gives every photo of a group a number and picks the highest. If several are highest, each counts as picked with
the same probability. So a feature without information scores like chance, whatever the order of the files.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures
from worker.analysis.ranking import COLUMNS, HEURISTIC, compare, rank_group
from worker.evaluation.manifest import WITHOUT_KIND, Label, LabelledPhoto
from worker.evaluation.measuring import MeasuredPhoto

Qualities = NDArray[np.float64]
Method = Callable[[Sequence[PhotoFeatures]], Qualities]

ALL_KINDS = "all"
ALL_MADE = "all made"
MADE = "made"
"""Kinds that start with this are of copies made worse on purpose. They never count with real photos."""


@dataclass(frozen=True)
class LabelledGroup:
    """Photos of one moment in the order of the manifest. At least one of them is labelled best."""

    name: str
    kind: str
    photos: list[MeasuredPhoto]
    labels: list[Label]

    @property
    def kinds(self) -> tuple[str, str]:
        """The kinds it counts for: all real or all made photos, and its own."""
        return (ALL_MADE if self.kind.startswith(MADE) else ALL_KINDS), self.kind

    @property
    def features(self) -> list[PhotoFeatures]:
        return [photo.features for photo in self.photos]


def labelled_groups(rows: Sequence[LabelledPhoto], photos: Sequence[MeasuredPhoto]) -> list[LabelledGroup]:
    """The groups that offer a choice and have a labelled best. `photos` has one photo for each row."""
    by_group: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        if row.group:
            by_group[row.group].append(place)
    groups = [
        LabelledGroup(
            name,
            Counter(rows[place].kind for place in places).most_common(1)[0][0] or WITHOUT_KIND,
            [photos[place] for place in places],
            [rows[place].label for place in places],
        )
        for name, places in by_group.items()
    ]
    return [group for group in groups if _is_a_choice(group.labels)]


def _is_a_choice(labels: Sequence[Label]) -> bool:
    scored = [label for label in labels if label is not Label.AMBIGUOUS]
    return len(scored) > 1 and Label.BEST in scored and set(scored) != {Label.BEST}


@dataclass
class PickScore:
    """Counts over groups. Ties add fractions.

    Attributes:
        groups: the number of scored groups.
        best: the groups whose pick was the labelled best.
        best_or_ok: the groups whose pick was the best or an acceptable photo.
        pairs: the pairs of photos with different labels.
        pairs_in_order: the pairs whose better photo has the higher number.
    """

    groups: int = 0
    best: float = 0.0
    best_or_ok: float = 0.0
    pairs: int = 0
    pairs_in_order: float = 0.0

    def add(self, labels: Sequence[Label], quality: Qualities) -> None:
        """Count one more group. Photos labelled ambiguous are ranked with the others, but not scored."""
        judged = [place for place, label in enumerate(labels) if label is not Label.AMBIGUOUS]
        highest = max(quality[place] for place in judged)
        picked = [labels[place] for place in judged if quality[place] == highest]
        self.groups += 1
        self.best += picked.count(Label.BEST) / len(picked)
        self.best_or_ok += sum(label in (Label.BEST, Label.OK) for label in picked) / len(picked)
        for one, other in combinations(judged, 2):
            self._add_pair(labels[one].rank, labels[other].rank, float(quality[one] - quality[other]))

    def _add_pair(self, rank: int | None, other_rank: int | None, lead: float) -> None:
        if rank is None or other_rank is None or rank == other_rank:
            return
        self.pairs += 1
        self.pairs_in_order += 0.5 if lead == 0 else float((lead > 0) == (rank < other_rank))

    def to_json(self) -> dict[str, float]:
        """Plain data for the report: counts of groups, and the share of pairs in order."""
        return {
            "groups": self.groups,
            "best": _rounded(self.best),
            "best_or_ok": _rounded(self.best_or_ok),
            "pairs": self.pairs,
            "pairwise": _rounded(self.pairs_in_order / self.pairs) if self.pairs else 1.0,
        }


@dataclass
class PickScores:
    """The scores of every method by kind, and two baselines that do not look at the photos.

    Attributes:
        by_method: the scores of each method, for each kind, for all real photos and for all made ones.
        chance: for each kind, the score of a random pick.
        majority: for each kind, the score of always picking the photo at one position of the group, in the order of
            the manifest. It is the position that is right most often.
    """

    by_method: dict[str, dict[str, PickScore]]
    chance: dict[str, PickScore]
    majority: dict[str, PickScore]

    def to_json(self) -> dict[str, Any]:
        """Plain data for the report: the methods, `chance` and `majority`."""
        tables = {**self.by_method, "chance": self.chance, "majority": self.majority}
        return {method: {kind: score.to_json() for kind, score in kinds.items()} for method, kinds in tables.items()}


def default_quality(features: Sequence[PhotoFeatures]) -> Qualities:
    """The quality by which the service ranks."""
    return np.array(rank_group(features).quality)


def qualities(features: Sequence[PhotoFeatures]) -> dict[str, Qualities]:
    """The quality by each method: the default, the heuristic it must beat, and every feature alone."""
    comparison = compare(features)
    return {
        "default": default_quality(features),
        "heuristic": HEURISTIC.quality(comparison),
        **{name: comparison[:, column] for column, name in enumerate(COLUMNS)},
        # The usual measure of sharpness in other programs.
        "laplacian_variance": np.array([photo.scores["laplacian_variance"] for photo in features]),
    }


def score_picks(groups: Sequence[LabelledGroup]) -> PickScores:
    """Score every method on every group."""
    said = [qualities(group.features) for group in groups]
    names = said[0] if said else {}
    scores = {name: _by_kind(groups, [of_group[name] for of_group in said]) for name in names}
    chance = _by_kind(groups, [np.zeros(len(group.labels)) for group in groups])
    return PickScores(scores, chance, _majority(groups))


def _by_kind(groups: Sequence[LabelledGroup], qualities: Sequence[Qualities]) -> dict[str, PickScore]:
    scores: dict[str, PickScore] = {ALL_KINDS: PickScore()}
    for group, quality in zip(groups, qualities, strict=True):
        for kind in group.kinds:
            scores.setdefault(kind, PickScore()).add(group.labels, quality)
    return scores


def _majority(groups: Sequence[LabelledGroup]) -> dict[str, PickScore]:
    by_kind: dict[str, list[LabelledGroup]] = defaultdict(list, {ALL_KINDS: []})
    for group in groups:
        for kind in group.kinds:
            by_kind[kind].append(group)
    return {kind: _majority_of(members) for kind, members in by_kind.items()}


def _majority_of(groups: Sequence[LabelledGroup]) -> PickScore:
    best_at = Counter(place for group in groups for place, label in enumerate(group.labels) if label is Label.BEST)
    usual = min(best_at, key=lambda place: (-best_at[place], place), default=0)
    score = PickScore()
    for group in groups:
        quality = -np.abs(np.arange(len(group.labels), dtype=np.float64) - min(usual, len(group.labels) - 1))
        score.add(group.labels, quality)
    return score


def _rounded(value: float) -> float:
    return round(value, 4)


@dataclass(frozen=True)
class Mistake:
    """A group in which the default did not pick the best. `lead` is the pick's quality minus that of the best."""

    group: LabelledGroup
    picked: int
    best: int
    lead: float
    reasons: list[list[str]]


def mistakes(groups: Sequence[LabelledGroup]) -> list[Mistake]:
    """The groups whose pick is not labelled best: the most confident mistakes first, acceptable picks last."""
    found = []
    for group in groups:
        ranking = rank_group(group.features)
        picked = next(place for place in ranking.order if group.labels[place] is not Label.AMBIGUOUS)
        if group.labels[picked] is not Label.BEST:
            best = next(place for place in ranking.order if group.labels[place] is Label.BEST)
            lead = ranking.quality[picked] - ranking.quality[best]
            reasons = [[reason.text for reason in of_photo] for of_photo in ranking.reasons]
            found.append(Mistake(group, picked, best, lead, reasons))
    return sorted(found, key=lambda mistake: (mistake.group.labels[mistake.picked] is Label.OK, -mistake.lead))
