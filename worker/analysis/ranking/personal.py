"""A person's own ranker: the shipped ranker's weights, adjusted to that person's choices.

A choice compares the photos of a group as the ranking does. It says which photos the person took, which not, and which
was shown as the pick. A photo taken is better than the photos left. The model is a logistic regression on differences
(as in `worker.training.fitting`) with a Gaussian prior around the shipped weights. It takes the most probable weights
(MAP), so weights that few choices touch stay as shipped.

Three parts of the model prevent bias:

- People take what is shown to them more often than they otherwise would (Samuelson and Zeckhauser 1988), and a person
  who only makes corrections seems never to agree. One column means "this was the pick that was shown". It absorbs both
  effects and is not part of the ranker. (Choosing a sample by its outcome biases only such a constant: Manski and
  Lerman 1977.)
- One direction is the shipped weights themselves. A person whose choices follow them less reliably than the weights
  claim gets smaller differences in quality, and so more groups without a clear winner.
- Choices in one scene share its light and its subject, so many of them tell less than as many from different scenes.
  They count by the design effect of cluster samples (Kish 1965), and a scene is never tested by choices made in it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.logistic import most_probable
from worker.analysis.ranking.ranker import Ranker, RankerError

FORMAT = 1
"""Version of the data of `personal_to_json`. Increase it when the data changes its meaning."""

_NAME = "personal"
# Standard deviations of the prior.
_COLUMN_SPREAD = 0.5  # log odds per usual difference of a column, around the shipped weight
_SCALE_SPREAD = 0.4  # factor on the shipped weights as a whole
_SHOWN_SPREAD = 3.0  # log odds; wide, because this is not a preference
_MAX_AGREEMENT = 3.0  # the total weight of agreements is at most this many times that of corrections
_ALIKE_IN_SCENE = 0.1  # the correlation of two choices in one scene; a scene counts as ten choices at most
_DIGITS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """A person's choice in one group.

    Attributes:
        comparison: the comparison of its photos, (n, columns), from `comparison.compare`.
        shown: index of the photo shown first, as the pick.
        taken: indices of the photos that the person kept or accepted as the pick.
        left: indices of the photos they did not want. Each is worse than all photos taken.
        scene: the same for choices that share their light and subject, as those of one hour.
    """

    comparison: Matrix
    shown: int
    taken: tuple[int, ...]
    left: tuple[int, ...]
    scene: Hashable

    def agrees_with(self, ranker: Ranker) -> bool:
        """Whether the ranker's best photo is not among those the person left."""
        return int(np.argmax(ranker.quality(self.comparison))) not in self.left

    @cached_property
    def pairs(self) -> tuple[Matrix, Matrix, Matrix]:
        """Taken minus left photos, (pairs, columns); whether the shown pick is in a pair; weights, (pairs,).

        In each group, the pairs with the shown pick weigh 1 in total, and so do the other pairs.
        """
        taken, left = np.array(self.taken), np.array(self.left)
        differences = (self.comparison[taken][:, None] - self.comparison[left][None, :]).reshape(-1, len(COLUMNS))
        shown = ((taken == self.shown).astype(float)[:, None] - (left == self.shown)[None, :]).reshape(-1)
        of_pick = shown != 0
        return differences, shown, np.where(of_pick, 1 / max(1, of_pick.sum()), 1 / max(1, (~of_pick).sum()))


def fit_personal(choices: Sequence[Choice], base: Ranker) -> Ranker:
    """The most probable weights given these choices. Returns `base` if no choice contradicts it.

    The same choices give the same weights: Newton's method converges, and the result is rounded.
    """
    against = np.array([not choice.agrees_with(base) for choice in choices], bool)
    if not against.any():
        return base
    independent = _independent(choices)
    agreement = min(1.0, _MAX_AGREEMENT * independent[against].sum() / max(1.0, independent[~against].sum()))
    differences, shown, weights = (
        np.concatenate(parts) for parts in zip(*(choice.pairs for choice in choices), strict=True)
    )
    of_choice = independent * np.where(against, 1.0, agreement)
    weights = weights * np.repeat(of_choice, [len(choice.pairs[2]) for choice in choices])
    shipped = np.array([base.weights[name] for name in COLUMNS])
    odds = differences @ shipped
    usual = _root_mean_squares(differences)
    # Measure each coordinate in standard deviations of the prior, which makes the prior a ball around the base weights.
    coordinates = np.column_stack([differences * (_COLUMN_SPREAD / usual), odds * _SCALE_SPREAD, shown * _SHOWN_SPREAD])
    found = most_probable(coordinates, odds, weights)
    moved = shipped * (1 + _SCALE_SPREAD * found[-2]) + found[:-2] * _COLUMN_SPREAD / usual
    return Ranker(_NAME, {name: float(f"{weight:.{_DIGITS}g}") for name, weight in zip(COLUMNS, moved, strict=True)})


def _independent(choices: Sequence[Choice]) -> Matrix:
    """How many independent choices each of these counts as, (n,); 1 where it is the only one of its scene."""
    sizes = Counter(choice.scene for choice in choices)
    return np.array([1 / (1 + _ALIKE_IN_SCENE * (sizes[choice.scene] - 1)) for choice in choices])


def _root_mean_squares(differences: Matrix) -> Matrix:
    """The root mean square of the nonzero differences in each column; infinite where photos never differ."""
    there = differences != 0
    count = there.sum(axis=0)
    return np.where(count > 0, np.sqrt((differences**2).sum(axis=0) / np.maximum(1, count)), np.inf)


# --- Is it better? ----------------------------------------------------------------------------------------------------

_FOLDS = 10
_ERROR = 0.05  # the probability that a ranker that is no better ever passes
_BOUNDARY_SCALE = 20.0  # discordant choices; the boundary is tightest around this number
_MIN_GAIN = 0.02  # share of all choices


@dataclass(frozen=True)
class Verdict:
    """How a personal ranker compares with the shipped one on choices it was not fitted to.

    Attributes:
        choices: the number of choices.
        agreed, base_agreed: with how many of them the personal and the shipped ranker agreed.
        gained, lost: the choices with which only the personal, or only the shipped ranker agreed, as so many
            independent ones.
    """

    choices: int
    agreed: int
    base_agreed: int
    gained: float
    lost: float

    @property
    def corrections(self) -> int:
        """Choices against the shipped ranker."""
        return self.choices - self.base_agreed

    def is_better(self, *, was_better: bool = False) -> bool:
        """Whether to use it: only if its lead is beyond chance, however often it is tested.

        It is fitted and judged again after every few choices, so an ordinary test would pass by chance sooner or
        later. The lead must cross a boundary that a fair coin ever crosses in one of twenty endless sequences of tests
        (Robbins 1970, "Statistical methods related to the law of the iterated logarithm": the normal mixture). A ranker
        that has crossed it once stays in use as long as it leads at all.
        """
        lead = self.gained - self.lost
        if was_better:
            return lead > 0
        discordant = self.gained + self.lost
        beyond_chance = math.sqrt(
            (discordant + _BOUNDARY_SCALE)
            * math.log((discordant + _BOUNDARY_SCALE) / (_BOUNDARY_SCALE * (2 * _ERROR) ** 2))
        )
        return lead > beyond_chance and self.agreed - self.base_agreed >= _MIN_GAIN * self.choices


def judge_personal(choices: Sequence[Choice], base: Ranker) -> Verdict:
    """Fit on the choices of most scenes and test on those of the others, up to ten times.

    So choices of a single scene are never better than the shipped ranker: whether they hold elsewhere is not known.
    """
    base_agreed = np.array([choice.agrees_with(base) for choice in choices], bool)
    agreed = base_agreed.copy()
    for held_out in _folds(choices):
        personal = fit_personal([choice for place, choice in enumerate(choices) if place not in held_out], base)
        for place in held_out:
            agreed[place] = choices[place].agrees_with(personal)
    independent = _independent(choices)
    return Verdict(
        choices=len(choices),
        agreed=int(agreed.sum()),
        base_agreed=int(base_agreed.sum()),
        gained=float(independent[agreed & ~base_agreed].sum()),
        lost=float(independent[base_agreed & ~agreed].sum()),
    )


def _folds(choices: Sequence[Choice]) -> list[set[int]]:
    """The places of the choices in up to ten parts of whole scenes, the next largest scene to the smallest part."""
    scenes: dict[Hashable, list[int]] = defaultdict(list)
    for place, choice in enumerate(choices):
        scenes[choice.scene].append(place)
    folds: list[set[int]] = [set() for _ in range(min(_FOLDS, len(scenes)))]
    for places in sorted(scenes.values(), key=len, reverse=True):
        min(folds, key=len).update(places)
    return folds


# --- As plain data ----------------------------------------------------------------------------------------------------


def personal_to_json(ranker: Ranker, base: Ranker) -> dict[str, Any]:
    """Plain data for `personal_from_json`: the name of the base ranker and a weight for each column."""
    return {"format": FORMAT, "base": base.name, "weights": dict(ranker.weights)}


def personal_from_json(data: Any, base: Ranker) -> Ranker:
    """Read data of `personal_to_json`.

    Raises:
        RankerError: it has another format, another base ranker, or other columns.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RankerError(f"This is not a personal ranker of format {FORMAT}.")
    if data.get("base") != base.name:
        raise RankerError(f"This personal ranker is based on {data.get('base')}, not on {base.name}.")
    try:
        return Ranker(_NAME, {str(name): float(weight) for name, weight in data["weights"].items()})
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise RankerError(f"The personal ranker is damaged: {error!r}.") from error
