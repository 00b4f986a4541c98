"""Which photo of a group is the best, by how much, and why.

A weighted sum of what `comparison` lays side by side, until a trained ranker replaces `heuristic_quality`: whatever
makes one number of each row of the comparison can be given to `rank_group`.

The weights say how much of one flaw outweighs how much of another. They were set by hand so that the mildest visible
flaw of each kind costs between 1 and 3: photos were blurred, shaken, made noisy, darkened, brightened and compressed in
four grades, and the original should win. Halving or doubling any of them changes little.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.comparison import COLUMNS, compare
from worker.analysis.features import PhotoFeatures

Comparison = NDArray[np.float64]
Quality = NDArray[np.float64]

WEIGHTS = {
    "sharpness": 8.0,  # a disc of 2 pixels in 2,048 costs about 0.2
    "noise": 2.0,  # just visible noise costs 1
    "blocks": 1.5,  # quality 40 instead of 90 costs about 1.2
    "highlights": 1.0,
    "headroom": 4.0,  # a photo without any white by nature loses nothing to its like
    "tone": 1.0,  # light: night is meant to be dark
    "agreement": 2.0,
    "faces": 2.0,
    "eyes": 4.0,  # eyes that shut are about 0.5 less open
    "frontal": 1.5,
    "whole": 1.0,
}

# Below this lead the photos are as good as each other.
CLEAR_MARGIN = 0.7

_MOST_REASONS = 3


@dataclass(frozen=True)
class Reason:
    """Why a photo is where it is: `code` for programs and translators, `text` in English.

    `count` is the number of photos that the text speaks of, 0 where it names none.
    """

    code: str
    count: int = 0

    @property
    def text(self) -> str:
        return REASONS[self.code].format(count=self.count)

    def to_json(self) -> dict[str, Any]:
        """As the photo's row keeps it."""
        return {"code": self.code, "text": self.text, **({"count": self.count} if self.count else {})}


REASONS = {
    # of the best
    "sharpest": "sharpest of {count}",
    "sharper": "sharper than most",
    "least_noise": "least noise of {count}",
    "less_noise": "less noise",
    "less_compressed": "fewer traces of compression",
    "best_exposed": "best exposed of {count}",
    "well_exposed": "well exposed",
    "more_faces": "more faces to be seen",
    "eyes_open": "all eyes open",
    "eyes_more_open": "eyes wider open",
    "facing_camera": "faces turned to the camera",
    "faces_whole": "no face cut off",
    "no_clear_winner": "no clear winner",
    "only_photo": "the only photo of its moment",
    # of the others
    "softer": "softer than the pick",
    "noisier": "more noise than the pick",
    "more_compressed": "more traces of compression than the pick",
    "too_dark": "too dark",
    "too_bright": "too bright",
    "worse_exposed": "not as well exposed as the pick",
    "fewer_faces": "fewer faces to be seen",
    "eyes_closed": "eyes closed",
    "eyes_less_open": "eyes less open than in the pick",
    "turned_away": "a face turned away",
    "face_cut_off": "a face cut off",
    "nearly_as_good": "nearly as good as the pick",
}


@dataclass(frozen=True)
class RankedGroup:
    """A group in order; `quality` and `reasons` are in the order of the photos given.

    Attributes:
        order: places of the photos, best first.
        quality: comparable inside this group only, and never cut off at a bound.
        margin: quality of the best less that of the second; 0 for a single photo.
        clear_winner: whether the margin is large enough to mean anything; true for a single photo.
        reasons: at least one for each photo, the weightiest first.
    """

    order: list[int]
    quality: list[float]
    margin: float
    clear_winner: bool
    reasons: list[list[Reason]]


def heuristic_quality(comparison: Comparison) -> Quality:
    """The weighted sum of each row, (n,)."""
    # Column by column, so that a photo's sum does not depend on its place among the rows.
    quality = np.zeros(len(comparison))
    for index, name in enumerate(COLUMNS):
        quality += WEIGHTS[name] * comparison[:, index]
    return quality


def rank_group(
    features: Sequence[PhotoFeatures], *, ranker: Callable[[Comparison], Quality] = heuristic_quality
) -> RankedGroup:
    """Rank the photos of one moment.

    The result does not depend on the order in which they are given, except that photos measured exactly alike stay in
    that order.

    Args:
        features: of each photo, at least one.
        ranker: makes a quality of each row of `comparison.compare`.

    Raises:
        ValueError: there is no photo.
    """
    if not features:
        raise ValueError("A group to rank has at least one photo.")
    comparison = compare(features)
    quality = [float(value) for value in ranker(comparison)]
    order = sorted(range(len(features)), key=lambda place: (-quality[place], sorted(features[place].scores.items())))
    if len(features) == 1:
        return RankedGroup(order, quality, 0.0, clear_winner=True, reasons=[[Reason("only_photo")]])
    margin = quality[order[0]] - quality[order[1]]
    explained = _Explanation(features, comparison, quality, pick=order[0])
    clear = margin >= CLEAR_MARGIN
    reasons = [explained.of_other(place) for place in range(len(features))]
    reasons[order[0]] = explained.of_pick(clear_winner=clear)
    return RankedGroup(order, quality, margin, clear, reasons)


# --- Reasons ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Aspect:
    """Something of a photo that people have a word for.

    Attributes:
        columns: what it consists of.
        noticeable: the difference in quality from which it is worth a word.
        best: the reason of the photo that is ahead of all others in it, told with their number, or "".
        better: of one ahead of most.
        worse: of one behind the pick.
    """

    columns: tuple[str, ...]
    noticeable: float
    best: str
    better: str
    worse: str


_ASPECTS = (
    _Aspect(("sharpness",), 1.0, "sharpest", "sharper", "softer"),
    _Aspect(("eyes",), 1.5, "", "eyes_more_open", "eyes_less_open"),
    _Aspect(("faces",), 0.5, "", "more_faces", "fewer_faces"),
    _Aspect(("frontal",), 0.5, "", "facing_camera", "turned_away"),
    _Aspect(("whole",), 0.5, "", "faces_whole", "face_cut_off"),
    _Aspect(("highlights", "headroom", "tone", "agreement"), 1.0, "best_exposed", "well_exposed", "worse_exposed"),
    _Aspect(("noise",), 1.0, "least_noise", "less_noise", "noisier"),
    _Aspect(("blocks",), 1.0, "", "less_compressed", "more_compressed"),
)
_NOTICEABLE_BRIGHTNESS = 0.04  # 0 to 1
_EYES_OPEN, _EYES_CLOSED = 0.5, 0.35  # of `Face.eyes_open`


class _Explanation:
    """Says of each photo of a group what decided, whichever ranker did."""

    def __init__(
        self, features: Sequence[PhotoFeatures], comparison: Comparison, quality: Sequence[float], *, pick: int
    ) -> None:
        self._features = features
        self._quality = quality
        self._pick = pick
        weighted = {name: WEIGHTS[name] * comparison[:, index] for index, name in enumerate(COLUMNS)}
        self._worth = {aspect: np.sum([weighted[name] for name in aspect.columns], axis=0) for aspect in _ASPECTS}

    def of_pick(self, *, clear_winner: bool) -> list[Reason]:
        """Where the pick is ahead of the others, the largest lead first."""
        leads = {aspect: self._lead(aspect) for aspect in _ASPECTS}
        found = sorted((aspect for aspect in _ASPECTS if leads[aspect] >= aspect.noticeable), key=lambda a: -leads[a])
        reasons = [self._praise(aspect) for aspect in found[:_MOST_REASONS]]
        open_eyes = Reason("eyes_open")
        if self._all_eyes_open() and open_eyes not in reasons:
            reasons.append(open_eyes)
        if not clear_winner:
            reasons.append(Reason("no_clear_winner"))
        return reasons or [self._praise(max(_ASPECTS, key=leads.__getitem__))]

    def of_other(self, place: int) -> list[Reason]:
        """Where a photo is behind the pick, the largest gap first."""
        gaps = {aspect: float(worth[self._pick] - worth[place]) for aspect, worth in self._worth.items()}
        found = sorted((aspect for aspect in _ASPECTS if gaps[aspect] >= aspect.noticeable), key=lambda a: -gaps[a])
        if self._quality[self._pick] - self._quality[place] < CLEAR_MARGIN:
            return [Reason("nearly_as_good")]
        return [self._blame(aspect, place) for aspect in found[:_MOST_REASONS] or [max(_ASPECTS, key=gaps.__getitem__)]]

    def _lead(self, aspect: _Aspect) -> float:
        """How far the pick is ahead of the middle one of the others."""
        worth = self._worth[aspect]
        return float(worth[self._pick] - np.median(np.delete(worth, self._pick)))

    def _praise(self, aspect: _Aspect) -> Reason:
        worth = self._worth[aspect]
        if aspect.best and worth[self._pick] - np.delete(worth, self._pick).max() >= aspect.noticeable / 2:
            return Reason(aspect.best, len(self._features))
        if aspect.better == "eyes_more_open" and self._all_eyes_open():
            return Reason("eyes_open")
        return Reason(aspect.better)

    def _blame(self, aspect: _Aspect, place: int) -> Reason:
        if aspect.worse == "worse_exposed":
            return Reason(self._wrong_exposure(place))
        if aspect.worse == "eyes_less_open" and self._features[place].scores["eyes_open"] < _EYES_CLOSED:
            return Reason("eyes_closed")
        return Reason(aspect.worse)

    def _wrong_exposure(self, place: int) -> str:
        brighter = self._brightness(place) - self._brightness(self._pick)
        if abs(brighter) < _NOTICEABLE_BRIGHTNESS:
            return "worse_exposed"
        return "too_bright" if brighter > 0 else "too_dark"

    def _brightness(self, place: int) -> float:
        return self._features[place].scores.get("brightness", 0.0)

    def _all_eyes_open(self) -> bool:
        """Whether the pick has eyes, and all that can be judged are open."""
        judged = [face.eyes_open for face in self._features[self._pick].faces if face.eyes_open is not None]
        return bool(judged) and min(judged) >= _EYES_OPEN
