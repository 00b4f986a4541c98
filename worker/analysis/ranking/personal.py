"""What a person's own choices say of their taste: the shipped ranker's weights, moved as far as the choices ask for.

A choice lays the photos of a group side by side, as the ranking does, and says which the person took, which not, and
which was shown to them as the pick. The photo taken is above the pick, and above the others that were left; that is a
logistic regression on differences (as in `worker.training.fitting`) with a Gaussian prior around the shipped weights,
of which the most probable weights are taken (MAP). What few choices do not speak of stays as shipped.

Two parts of the model keep it honest:

- People take what is shown to them more often than they would otherwise (Samuelson and Zeckhauser 1988), and whoever
  only ever corrects seems never to agree. One column says "this was the pick that was shown": it takes up both, and is
  no part of the taste. (Choosing the sample by its outcome biases such a constant alone: Manski and Lerman 1977.)
- One direction is the shipped weights themselves: a person whose choices follow them less surely than they claim gets
  smaller differences in quality, and with them more groups without a clear winner.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.ranker import Ranker, RankerError

FORMAT = 1
"""Of what `personal_to_json` makes; rises when it is to be read otherwise."""

_NAME = "personal"
_COLUMN_SPREAD = 0.5  # log odds, of what a column's usual difference may come to be worth beside the shipped weight
_SCALE_SPREAD = 0.4  # of the shipped weights as a whole
_SHOWN_SPREAD = 3.0  # log odds; wide, because this is no taste
_MAX_AGREEMENT = 3.0  # times what is said against the shipped ranker, what is said for it
_STEPS = 50
_TOLERANCE = 1e-9
_DIGITS = 5

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """What a person chose in one group.

    Attributes:
        comparison: of its photos, (n, columns), as `comparison.compare` makes it.
        shown: place of the photo that stands first in the group, as the person was shown it.
        taken: places of the photos that the person kept, or left standing as the pick.
        left: places of those they did not want, each of them below all that were taken.
    """

    comparison: Matrix
    shown: int
    taken: tuple[int, ...]
    left: tuple[int, ...]

    def agrees_with(self, ranker: Ranker) -> bool:
        """Whether the ranker's best photo is one that the person did not leave."""
        return int(np.argmax(ranker.quality(self.comparison))) not in self.left

    @cached_property
    def pairs(self) -> tuple[Matrix, Matrix, Matrix]:
        """Differences of taken and left photos, (pairs, columns), whether the pick shown is in them, weights, (pairs,).

        A group weighs 1 for what is said of the pick, and 1 for what is said of others.
        """
        taken, left = np.array(self.taken), np.array(self.left)
        differences = (self.comparison[taken][:, None] - self.comparison[left][None, :]).reshape(-1, len(COLUMNS))
        shown = ((taken == self.shown).astype(float)[:, None] - (left == self.shown)[None, :]).reshape(-1)
        of_pick = shown != 0
        return differences, shown, np.where(of_pick, 1 / max(1, of_pick.sum()), 1 / max(1, (~of_pick).sum()))


def fit_personal(choices: Sequence[Choice], base: Ranker) -> Ranker:
    """The weights that are most probable after these choices; those of `base` where none speaks against it.

    The same choices give the same weights: solved to the end by Newton's method, and then rounded.
    """
    against = np.array([not choice.agrees_with(base) for choice in choices], bool)
    if not against.any():
        return base
    agreement = min(1.0, _MAX_AGREEMENT * against.sum() / max(1, (~against).sum()))
    differences, shown, weights = (
        np.concatenate(parts) for parts in zip(*(choice.pairs for choice in choices), strict=True)
    )
    weights = weights * np.repeat(np.where(against, 1.0, agreement), [len(choice.pairs[2]) for choice in choices])
    shipped = np.array([base.weights[name] for name in COLUMNS])
    odds = differences @ shipped
    usual = _root_mean_squares(differences)
    # Each coordinate is one standard deviation of the prior, which is then a ball around the shipped weights.
    coordinates = np.column_stack([differences * (_COLUMN_SPREAD / usual), odds * _SCALE_SPREAD, shown * _SHOWN_SPREAD])
    found = _maximise_posterior(coordinates, odds, weights)
    moved = shipped * (1 + _SCALE_SPREAD * found[-2]) + found[:-2] * _COLUMN_SPREAD / usual
    return Ranker(_NAME, {name: float(f"{weight:.{_DIGITS}g}") for name, weight in zip(COLUMNS, moved, strict=True)})


def _root_mean_squares(differences: Matrix) -> Matrix:
    """Of each column the root mean square of the differences that there are; infinite where two photos never differ."""
    there = differences != 0
    count = there.sum(axis=0)
    return np.where(count > 0, np.sqrt((differences**2).sum(axis=0) / np.maximum(1, count)), np.inf)


def _maximise_posterior(coordinates: Matrix, odds: Matrix, weights: Matrix) -> Matrix:
    """The minimum of the negative logarithm of the posterior, which is convex, by Newton's method with halved steps."""

    def loss(at: Matrix) -> float:
        return float(weights @ np.logaddexp(0, -(odds + coordinates @ at)) + at @ at / 2)

    at = np.zeros(coordinates.shape[1])
    now = loss(at)
    for _ in range(_STEPS):
        wrong = 1 / (1 + np.exp(np.clip(odds + coordinates @ at, -500, 500)))
        gradient = at - coordinates.T @ (weights * wrong)
        curvature = (coordinates.T * (weights * wrong * (1 - wrong))) @ coordinates + np.eye(len(at))
        step = np.linalg.solve(curvature, gradient)
        if gradient @ step < _TOLERANCE:
            break
        length = 1.0
        while (then := loss(at - length * step)) > now and length > _TOLERANCE:
            length /= 2
        at, now = at - length * step, then
    return at


# --- Is it better? ----------------------------------------------------------------------------------------------------

_BLOCKS = 10
_ERROR = 0.05  # the chance that what is no better passes, ever
_BOUNDARY_SCALE = 20.0  # discordant choices, about where the boundary asks for the least
_MIN_GAIN = 0.02  # of all choices


@dataclass(frozen=True)
class Verdict:
    """How a personal ranker does on choices that it was not made from, beside the shipped one.

    Attributes:
        choices: how many there were.
        agreed, base_agreed: with how many each agreed.
        gained, lost: those with which it alone agreed, and the shipped one alone.
    """

    choices: int
    agreed: int
    base_agreed: int
    gained: int
    lost: int

    @property
    def corrections(self) -> int:
        """Choices against the shipped ranker."""
        return self.choices - self.base_agreed

    def is_better(self, *, was_better: bool = False) -> bool:
        """Whether to go by it: when it is ahead by more than chance makes, however often one looks.

        It is fitted and judged again after every few choices, so an ordinary test would pass by chance sooner or
        later. The lead has to cross a boundary that a fair coin crosses once in twenty endless rows of looks (Robbins
        1970, "Statistical methods related to the law of the iterated logarithm": the normal mixture).
        Having crossed it once, it stays for as long as it is ahead at all: it need not prove itself twice.
        """
        lead = self.gained - self.lost
        if was_better:
            return lead > 0
        discordant = self.gained + self.lost
        beyond_chance = math.sqrt(
            (discordant + _BOUNDARY_SCALE)
            * math.log((discordant + _BOUNDARY_SCALE) / (_BOUNDARY_SCALE * (2 * _ERROR) ** 2))
        )
        return lead > beyond_chance and lead >= _MIN_GAIN * self.choices


def judge_personal(choices: Sequence[Choice], base: Ranker) -> Verdict:
    """Fit on nine tenths of the choices and ask for the others, ten times over.

    The tenths are runs of the choices as given, so that what belongs together (an album, an hour) is mostly on one
    side.
    """
    if not choices:
        return Verdict(0, 0, 0, 0, 0)
    blocks = np.array_split(np.arange(len(choices)), _BLOCKS)
    agreed, base_agreed = np.zeros(len(choices), bool), np.zeros(len(choices), bool)
    for block in blocks:
        held_out = set(block.tolist())
        personal = fit_personal([choice for place, choice in enumerate(choices) if place not in held_out], base)
        for place in held_out:
            agreed[place] = choices[place].agrees_with(personal)
            base_agreed[place] = choices[place].agrees_with(base)
    return Verdict(
        choices=len(choices),
        agreed=int(agreed.sum()),
        base_agreed=int(base_agreed.sum()),
        gained=int((agreed & ~base_agreed).sum()),
        lost=int((base_agreed & ~agreed).sum()),
    )


# --- As plain data ----------------------------------------------------------------------------------------------------


def personal_to_json(ranker: Ranker, base: Ranker) -> dict[str, Any]:
    """Plain data, which `personal_from_json` reads: what it was made from, and a weight for each column."""
    return {"format": FORMAT, "base": base.name, "weights": dict(ranker.weights)}


def personal_from_json(data: Any, base: Ranker) -> Ranker:
    """Read what `personal_to_json` wrote.

    Raises:
        RankerError: it is of another format, moved from another base, or made for other columns.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise RankerError(f"This is no personal ranker of format {FORMAT}.")
    if data.get("base") != base.name:
        raise RankerError(f"This personal ranker was moved from {data.get('base')}, not from {base.name}.")
    try:
        return Ranker(_NAME, {str(name): float(weight) for name, weight in data["weights"].items()})
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise RankerError(f"The personal ranker is damaged: {error!r}.") from error
