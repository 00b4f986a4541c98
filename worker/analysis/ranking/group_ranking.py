"""Rank a group: which photo is best, by how much, and why.

The trained ranker (`ranker`) weighs the columns of `comparison`. `HEURISTIC` is the weighted sum it replaced. It stays
as the baseline to beat. Its weights are set by hand so that the mildest visible flaw of each kind costs between 1
and 3.

The reasons come from the photos' measurements in the heuristic's units, where 1 is about what people notice. So they
are true of the photos, whichever ranker decided.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures, Reason
from worker.analysis.faces import PeopleLost, PeopleOfGroup, people_found, people_lost, people_of_group
from worker.analysis.measures import DIRECTIONS, gradient_loss
from worker.analysis.ranking.comparison import COLUMNS, compare
from worker.analysis.ranking.exposure import exposure_odds, shows_nothing
from worker.analysis.ranking.originals import PhotoFile, original_quality
from worker.analysis.ranking.people_first import quality_people_first
from worker.analysis.ranking.ranker import Ranker, shipped_ranker
from worker.analysis.ranking.reasons_of_sets import SetKind, reasons_of_set

Comparison = NDArray[np.float64]
Quality = NDArray[np.float64]

WEIGHTS = {
    "sharpness": 8.0,  # a disc of 2 pixels in 2,048 costs about 0.2
    "noise": 2.0,  # just visible noise costs 1
    "blocks": 1.5,  # quality 40 instead of 90 costs about 1.2
    "highlights": 1.0,
    "headroom": 4.0,  # scenes without any white lose nothing against each other
    "tone": 1.0,  # low, because night scenes are meant to be dark
    "agreement": 2.0,
    "faces": 2.0,
    "eyes": 4.0,  # one person's shut eyes are 1
    "frontal": 2.0,
    "whole": 1.0,
}

HEURISTIC = Ranker("heuristic", {name: WEIGHTS.get(name, 0.0) for name in COLUMNS})

CLEAR_MARGIN = 0.9
"""Below this margin, the pick is right in fewer than two of three cases of some kind.

Of 12 real brackets 7 have a larger margin, and all of these picks are the best. The limit itself was set before the
exposure was judged by its key. Trained on half of the scenes and asked about the others, the ranker then put the
original first in 85 of 100 mixed groups with a margin from 0.9 to 1.2, and in 74 of 100 brackets of copies, which are
the hardest; in 71 and 45 of those from 0.6 to 0.9.
"""

_MAX_REASONS = 3


@dataclass(frozen=True)
class RankedGroup:
    """A ranked group. `quality`, `reasons` and `exposure` are in the order of the given photos.

    Attributes:
        order: indices of the photos, best first.
        quality: comparable inside this group only, and not bounded.
        margin: quality of the best minus that of the second; 0 for a single photo.
        clear_winner: whether the margin is meaningful; true for a single photo unless it is nearly all black or white.
        reasons: at least one for each photo, the most important first.
        exposure: of each photo in log odds, 0 at best; None where it is unknown.
        people: whose each face is, and which face of each person is the best. Of a photo set, without flaws.
    """

    order: list[int]
    quality: list[float]
    margin: float
    clear_winner: bool
    reasons: list[list[Reason]]
    exposure: list[float | None]
    people: PeopleOfGroup


def rank_group(
    features: Sequence[PhotoFeatures],
    *,
    ranker: Ranker | None = None,
    personal: Ranker | None = None,
    copies: Sequence[PhotoFile] | None = None,
    photo_set: SetKind | None = None,
    unwanted: Sequence[bool] | None = None,
) -> RankedGroup:
    """Rank the photos of one moment.

    The result does not depend on the order of the photos, except that photos with identical measurements keep it.

    Args:
        features: the features of each photo; at least one photo.
        ranker: the ranker to use; by default the shipped one.
        personal: a person's own ranker, used instead. The reasons say where it picks another photo than `ranker`.
        copies: the files, where all photos are copies of one picture. Then the original wins, and not taste.
        photo_set: its kind, where the photos are a set. The reasons then say nothing against what differs on purpose.
        unwanted: for each photo whether nobody would keep it (`shelf_of`). It comes after all others.

    Raises:
        ValueError: there is no photo.
    """
    if not features:
        raise ValueError("A group must have at least one photo to be ranked.")
    if len(features) == 1:
        return _ranked_alone(features)
    found = people_found([photo.faces for photo in features])
    lost = people_lost(found)
    comparison = compare(features, lost)
    ranker = ranker or shipped_ranker()
    judged = quality_people_first(personal or ranker, comparison)
    quality = _calibrated(judged if copies is None else original_quality(copies, features, judged))
    order = _best_first(features, quality)
    if unwanted is not None and copies is None:
        # In the order of before: lowering can make two tiny numbers equal.
        order.sort(key=unwanted.__getitem__)
        quality = _with_unwanted_last(quality, unwanted)
    seen = not shows_nothing(features[order[0]])
    exposure = _exposure_odds(features)
    margin = quality[order[0]] - quality[order[1]]
    explanation = _Explanation(features, lost, comparison, quality, pick=order[0])
    clear = seen and margin >= CLEAR_MARGIN
    reasons = [explanation.other_reasons(place) for place in range(len(features))]
    reasons[order[0]] = explanation.pick_reasons(clear_winner=clear)
    if photo_set is not None:
        reasons = reasons_of_set(reasons, order[0], photo_set)
    elif copies is not None:
        reasons = _reasons_of_copies(reasons, order[0], clear=clear)
    elif personal is not None:
        usual = _best_first(features, quality_people_first(ranker, comparison).tolist())[0]
        if usual != order[0]:
            reasons[order[0]] = _replace_reason(reasons[order[0]], "best_overall", "your_usual_picks")
            reasons[usual] = _replace_reason(reasons[usual], "not_as_good_overall", "less_like_your_usual_picks")
    people = people_of_group(found, are_alternatives=photo_set is None)
    return RankedGroup(order, quality, margin, clear, reasons, exposure, people)


def _ranked_alone(features: Sequence[PhotoFeatures]) -> RankedGroup:
    """A single photo. Every column of a comparison is relative to the group, so its quality is 0 for every ranker."""
    people = people_of_group(people_found([features[0].faces]))
    seen = not shows_nothing(features[0])
    return RankedGroup([0], [0.0], 0.0, seen, [[Reason.of("only_photo")]], _exposure_odds(features), people)


def _exposure_odds(features: Sequence[PhotoFeatures]) -> list[float | None]:
    return [None if math.isnan(odds) else float(odds) for odds in exposure_odds(features)]


def _calibrated(quality: Quality) -> list[float]:
    """The qualities, with the distance from the best one reduced to the logarithm of 1 plus the distance.

    Real photos differ in ways that no copy does, so a large lead by the model's own odds is right less often than these
    say. The order stays.
    """
    best = float(quality.max())
    return [best - math.log1p(best - float(value)) for value in quality]


def _with_unwanted_last(quality: list[float], unwanted: Sequence[bool]) -> list[float]:
    """The qualities, with those of unwanted photos lowered by one amount, so that all others are clearly better."""
    if all(unwanted) or not any(unwanted):
        return quality
    best, worst = (
        choose(value for value, is_unwanted in zip(quality, unwanted, strict=True) if is_unwanted == wanted)
        for choose, wanted in ((max, True), (min, False))
    )
    lower = max(0.0, best - worst + CLEAR_MARGIN)
    return [value - lower * is_unwanted for value, is_unwanted in zip(quality, unwanted, strict=True)]


def _best_first(features: Sequence[PhotoFeatures], quality: Sequence[float]) -> list[int]:
    return sorted(range(len(features)), key=lambda place: (-quality[place], sorted(features[place].scores.items())))


def _replace_reason(reasons: Sequence[Reason], said: str, code: str) -> list[Reason]:
    """Put the reason `code` first, because it decided, and drop the general reason `said`."""
    return [Reason.of(code), *(reason for reason in reasons if reason.code != said)]


def _reasons_of_copies(reasons: Sequence[list[Reason]], pick: int, *, clear: bool) -> list[list[Reason]]:
    """What is said of copies of one picture, of which the original is the pick, clearly or not."""
    if not clear:
        return [[Reason.of("no_clear_winner")] if place == pick else of_one for place, of_one in enumerate(reasons)]
    general = {"nearly_as_good", "not_as_good_overall"}
    named = [[Reason.of("copy"), *(reason for reason in of_one if reason.code not in general)] for of_one in reasons]
    named[pick] = [Reason.of("original")]
    return [of_one[:_MAX_REASONS] for of_one in named]


# --- Reasons ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Criterion:
    """A property of a photo that a reason can name.

    Attributes:
        columns: the comparison columns it sums up.
        noticeable: the smallest difference in quality worth mentioning.
        best: the reason for a photo ahead of all others, shown with their number, or "".
        better: the reason for a photo ahead of most others.
        worse: the reason for a photo behind the pick.
        score: the score required to judge it, or "".
    """

    columns: tuple[str, ...]
    noticeable: float
    best: str
    better: str
    worse: str
    score: str = ""


_SHARPNESS = _Criterion(("sharpness",), 1.0, "sharpest", "sharper", "softer", "detail")
_EYES = _Criterion(("eyes",), 1.5, "", "eyes_more_open", "eyes_less_open", "eyes_open")
_EXPOSURE = _Criterion(("exposure",), 1.0, "best_exposed", "well_exposed", "worse_exposed", "brightness")
_NOISE = _Criterion(("noise", "quiet_1024"), 1.0, "least_noise", "less_noise", "noisier", "noise")
_BLOCKS = _Criterion(("blocks",), 1.0, "", "less_compressed", "more_compressed", "blockiness")
_CRITERIA = (
    _SHARPNESS,
    _EYES,
    _Criterion(("faces",), 0.5, "", "more_faces", "fewer_faces"),
    _Criterion(("frontal",), 0.5, "", "facing_camera", "turned_away", "faces_frontal"),
    _Criterion(("whole",), 0.5, "", "faces_whole", "face_cut_off", "faces_cut_off"),
    _EXPOSURE,
    _NOISE,
    _BLOCKS,
)
# More or less light changes what these measure, although nothing is blurred, grainy or compressed.
_CHANGED_BY_LIGHT = (_SHARPNESS, _NOISE, _BLOCKS)
_SAME_LIGHT = 0.05  # of the brightness; a difference this large halves what those say
# The exposure is in log odds. Fine-grained noise also shows in the quiet tiles, which the heuristic does not use.
_CRITERION_WEIGHTS = {**WEIGHTS, "exposure": 1.0, "quiet_1024": 0.6}
_POOR_EXPOSURE = -6.0  # log odds; nobody calls such a photo well exposed, although the others may be worse
_GRADIENTS = {angle: f"gradient_{angle}" for angle in DIRECTIONS}
_NOTICEABLE_LIGHT = 0.03  # of the brightness, or of the pixels; less is not seen as another exposure
_PLAIN_BLUR = 3.0  # in quality by sharpness; a weaker blur does not show its kind
_HEAVY_BLUR = 8.0  # in quality by sharpness; anybody calls it blurred, of whatever kind
_LOST_DETAIL = 0.5  # ln, at 1,024 pixels in the shared tiles and on the faces; less may be another part of the scene
_MIN_LOSS = 0.3  # `GradientLoss.mean`; a smaller loss does not show its direction
_MOVED, _STILL = 0.42, 0.28  # `GradientLoss.one_sidedness`; values between them are ambiguous
_MAX_NOISE, _UNSEEN_NOISE = 1.5, 1.0  # times the pick's noise, and grey levels; more noise hides the lost gradients


class _Explanation:
    """Gives the reasons for each photo of a group, whichever ranker decided."""

    def __init__(
        self,
        features: Sequence[PhotoFeatures],
        people: PeopleLost,
        comparison: Comparison,
        quality: Sequence[float],
        *,
        pick: int,
    ) -> None:
        self._features = features
        self._quality = quality
        self._pick = pick
        self._people = people
        self._comparison = comparison
        self._exposure = exposure_odds(features)
        self._contributions = {criterion: self._contribution_of(criterion, comparison) for criterion in _CRITERIA}

    def pick_reasons(self, *, clear_winner: bool) -> list[Reason]:
        """The criteria in which the pick is ahead of the others, the largest lead first."""
        leads = {criterion: self._lead(criterion) for criterion in _CRITERIA}
        if self._exposure[self._pick] < _POOR_EXPOSURE:
            del leads[_EXPOSURE]
        reasons = [self._reason_ahead(criterion, clear=clear_winner) for criterion in _noticeable(leads)]
        open_eyes = Reason.of("eyes_open")
        if self._all_eyes_open() and open_eyes not in reasons:
            reasons.append(open_eyes)
        if not clear_winner:
            reasons.append(Reason.of("no_clear_winner"))
        return reasons or [Reason.of("best_overall")]

    def other_reasons(self, place: int) -> list[Reason]:
        """The criteria in which a photo is behind the pick, the largest gap first."""
        # Shut eyes are named whatever else is wrong.
        closed = [Reason.of("eyes_closed")] if self._has_closed_eyes(place) else []
        if self._quality[self._pick] - self._quality[place] < CLEAR_MARGIN:
            return closed or [Reason.of("nearly_as_good")]
        gaps = {criterion: self._gap(criterion, place) for criterion in _CRITERIA}
        if gaps[_SHARPNESS] >= _PLAIN_BLUR:
            del gaps[_BLOCKS]  # a blur hides everything but the grid of the blocks
        reasons = [self._reason_behind(criterion, place) for criterion in _noticeable(gaps)]
        named = closed + [reason for reason in reasons if reason not in closed]
        return named[:_MAX_REASONS] or [Reason.of("not_as_good_overall")]

    def _contribution_of(self, criterion: _Criterion, comparison: Comparison) -> Quality:
        """What a criterion contributes to the quality of every photo; NaN where it is unknown."""
        contribution = np.zeros(len(comparison))
        for name in criterion.columns:
            contribution += _CRITERION_WEIGHTS[name] * comparison[:, COLUMNS.index(name)]
        known = [not criterion.score or criterion.score in photo.scores for photo in self._features]
        return np.where(known, contribution, np.nan)

    def _gap(self, criterion: _Criterion, place: int) -> float:
        """How far a photo is behind the pick; 0 where that is unknown."""
        gap = float(self._contributions[criterion][self._pick] - self._contributions[criterion][place])
        if criterion is _EXPOSURE and self._looks_exposed_alike(place):
            return 0.0
        if criterion in _CHANGED_BY_LIGHT:
            gap /= 1 + abs(self._brighter(place)) / _SAME_LIGHT
        return 0.0 if np.isnan(gap) else gap

    def _brighter(self, place: int) -> float:
        """The mean brightness of a photo minus that of the pick, -1 to 1; 0 where one is unknown."""
        return self._more("brightness", place)

    def _more(self, score: str, place: int) -> float:
        """A score of a photo minus that of the pick; 0 where one is unknown."""
        pick, other = (self._features[at].scores.get(score) for at in (self._pick, place))
        return 0.0 if pick is None or other is None else other - pick

    def _looks_exposed_alike(self, place: int) -> bool:
        """Whether nobody sees that a photo is exposed otherwise than the pick."""
        return abs(self._brighter(place)) < _NOTICEABLE_LIGHT and all(
            abs(self._more(name, place)) < _NOTICEABLE_LIGHT for name in ("highlights_clipped", "nearly_black")
        )

    def _lead(self, criterion: _Criterion) -> float:
        """How far the pick is ahead of the median of the others; 0 where that is unknown."""
        gaps = [self._gap(criterion, place) for place in range(len(self._features)) if place != self._pick]
        return median(gaps)  # NumPy's median takes fifty times as long for a few numbers

    def _reason_ahead(self, criterion: _Criterion, *, clear: bool) -> Reason:
        nearest = min(self._gap(criterion, place) for place in range(len(self._features)) if place != self._pick)
        if clear and criterion.best and nearest >= criterion.noticeable / 2:
            return Reason.of(criterion.best, len(self._features))
        if criterion is _EYES and self._all_eyes_open():
            return Reason.of("eyes_open")
        return Reason.of(criterion.better)

    def _reason_behind(self, criterion: _Criterion, place: int) -> Reason:
        if criterion is _EXPOSURE:
            return Reason.of(self._wrong_exposure(place))
        if criterion is _SHARPNESS and self._gap(criterion, place) >= _PLAIN_BLUR:
            kind = self._kind_of_blur(place)
            heavy = kind == _SHARPNESS.worse and self._gap(criterion, place) >= _HEAVY_BLUR
            return Reason.of("blurred" if heavy else kind)
        if criterion is _EYES and self._has_closed_eyes(place):
            return Reason.of("eyes_closed")
        return Reason.of(criterion.worse)

    def _wrong_exposure(self, place: int) -> str:
        return "too_bright" if self._brighter(place) > 0 else "too_dark"

    def _kind_of_blur(self, place: int) -> str:
        """The kind of blur of a photo that is plainly less sharp than the pick, if its gradients show it."""
        if any(self._lost(column, place) < _LOST_DETAIL for column in ("resolution_1024", "face_sharpness")):
            return _SHARPNESS.worse
        pick, other = self._features[self._pick].scores, self._features[place].scores
        if not {"noise", *_GRADIENTS.values()} <= pick.keys() & other.keys():
            return _SHARPNESS.worse
        if other["noise"] > max(_MAX_NOISE * pick["noise"], _UNSEEN_NOISE):
            return _SHARPNESS.worse
        sharp, blurred = ({angle: of[name] for angle, name in _GRADIENTS.items()} for of in (pick, other))
        lost = gradient_loss(sharp, blurred)
        if lost.mean < _MIN_LOSS or _STILL <= lost.one_sidedness <= _MOVED:
            return _SHARPNESS.worse
        return "motion_blur" if lost.one_sidedness > _MOVED else "out_of_focus"

    def _lost(self, column: str, place: int) -> float:
        """What a photo lacks in a column of sharpness compared with the pick; infinite where that is unknown."""
        values = self._comparison[:, COLUMNS.index(column)]
        return float(values[self._pick] - values[place]) if values.any() else math.inf

    def _has_closed_eyes(self, place: int) -> bool:
        """Whether somebody's eyes are shut who has them open in another shot."""
        return bool(self._people.shut[place])

    def _all_eyes_open(self) -> bool:
        """Whether the pick shows everybody of the group with open eyes."""
        return self._people.all_eyes_open[self._pick]


def _noticeable(differences: dict[_Criterion, float]) -> list[_Criterion]:
    """The criteria worth mentioning, the largest difference first. If there are none, one that comes close, if any."""
    by_size = sorted(differences, key=lambda criterion: -differences[criterion])
    found = [criterion for criterion in by_size if differences[criterion] >= criterion.noticeable]
    if found:
        return found[:_MAX_REASONS]
    return [criterion for criterion in by_size if differences[criterion] >= criterion.noticeable / 2][:1]
