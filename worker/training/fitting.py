"""Fit a ranker to examples: build groups, order the pairs in each, run logistic regression on their differences.

Each scene gives many small groups: an original with one degraded copy, with several, and with underexposed and
overexposed copies like a bracket. Each group is compared as in the service. The model learns the sign of the difference
between two rows (Bradley and Terry 1952; Herbrich, Graepel and Obermayer 1999 for weights of features). The original is
better than all copies, and a copy is better than stronger grades of its own flaw.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.ranking import COLUMNS, OF_LIGHT, Ranker, compare, most_probable
from worker.training.degradations import DEGRADATIONS
from worker.training.examples import ORIGINAL, Example

# Set by hand in units of log odds, and checked on real faces. Freely available photos have too few portraits to learn
# these weights from, and drawn faces are too unlike people.
FACE_WEIGHTS = {"faces": 8.0, "eyes": 12.0, "frontal": 8.0, "whole": 1.0, "face_sharpness": 3.5}
# Fitted to real brackets, and in log odds already (`ranking.exposure`).
FIXED_WEIGHTS = {**FACE_WEIGHTS, "exposure": 1.0}
# Too dark and too bright are one quantity, the exposure. Other quantities of light depend on the scene and on how the
# copies were made: a ranker that learned them put nearly black frames first in real brackets. "sharpness" is derived
# from other columns. How even the tiles are changes with every small move of the camera, which decided in long bursts.
# A personal ranker may use any of them.
_UNUSED = {"sharpness", *OF_LIGHT, *(name for name in COLUMNS if name.startswith("even_"))}
LEARNED = tuple(name for name in COLUMNS if name not in FIXED_WEIGHTS and name not in _UNUSED)

_MIXED_GROUPS, _BRACKETS = 12, 8  # of each scene
_MAX_GROUP = 7
_MAX_PER_SIDE = 3
_DIGITS = 4
# Copies differ from their original in one way, and shots of a moment in many. So the learned weights are too sure of
# themselves against the fixed ones. With this factor 1 in 200 more pairs of copies are in the wrong order.
_TRUST_IN_COPIES = 0.6

Differences = NDArray[np.float64]


@dataclass(frozen=True)
class ExampleGroup:
    """Examples of one scene, the original first. `kind` is pair, mixed or bracket."""

    kind: str
    members: list[Example]


@dataclass(frozen=True)
class Pairs:
    """Better photo minus worse photo for each pair, (n, columns), with weights and scenes, (n,).

    `odds` are those of the fixed weights, (n,).
    """

    differences: Differences
    odds: NDArray[np.float64]
    weights: NDArray[np.float64]
    scenes: NDArray[np.str_]

    def of_scenes(self, scenes: NDArray[np.str_]) -> Pairs:
        """The pairs of these scenes."""
        chosen = np.isin(self.scenes, scenes)
        return Pairs(self.differences[chosen], self.odds[chosen], self.weights[chosen], self.scenes[chosen])


def example_groups(examples: Sequence[Example], *, seed: int = 1) -> list[ExampleGroup]:
    """The groups to train or test on. The same seed gives the same groups."""
    by_scene: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_scene[example.scene].append(example)
    random = np.random.default_rng(seed)
    return [group for scene in sorted(by_scene) for group in _groups_of_scene(by_scene[scene], random)]


def _groups_of_scene(examples: Sequence[Example], random: np.random.Generator) -> Iterator[ExampleGroup]:
    originals = [example for example in examples if example.flaw == ORIGINAL]
    degraded = [example for example in examples if example.flaw in DEGRADATIONS]
    dark = [example for example in degraded if example.flaw == "underexposed"]
    bright = [example for example in degraded if example.flaw == "overexposed"]

    def with_original(kind: str, copies: Sequence[Example]) -> ExampleGroup:
        return ExampleGroup(kind, [originals[int(random.integers(len(originals)))], *copies])

    for copy in degraded:
        yield with_original("pair", [copy])
    for _ in range(_MIXED_GROUPS):
        yield with_original("mixed", _some(degraded, int(random.integers(2, _MAX_GROUP)), random))
    for _ in range(_BRACKETS):
        sides = random.integers(1, _MAX_PER_SIDE + 1, 2)
        yield with_original("bracket", _some(dark, int(sides[0]), random) + _some(bright, int(sides[1]), random))


def _some(examples: Sequence[Example], count: int, random: np.random.Generator) -> list[Example]:
    places = random.choice(len(examples), min(count, len(examples)), replace=False)
    return [examples[int(place)] for place in places]


def ordered_pairs(groups: Sequence[ExampleGroup]) -> Pairs:
    """All pairs with a known better photo. Every group has the same weight."""
    differences, odds, weights, scenes = [], [], [], []
    columns = [COLUMNS.index(name) for name in LEARNED]
    fixed = np.array([FIXED_WEIGHTS.get(name, 0.0) for name in COLUMNS])
    for group in groups:
        comparison = compare([example.features for example in group.members])
        others = len(group.members) - 1
        for better, one in enumerate(group.members):
            for worse, other in enumerate(group.members):
                if better != worse and _is_better(one, other):
                    difference = comparison[better] - comparison[worse]
                    differences.append(difference[columns])
                    odds.append(difference @ fixed)
                    weights.append((1.0 if one.flaw == ORIGINAL else 0.5) / others)
                    scenes.append(one.scene)
    return Pairs(np.array(differences), np.array(odds), np.array(weights), np.array(scenes))


def _is_better(one: Example, other: Example) -> bool:
    if one.flaw == ORIGINAL:
        return other.flaw != ORIGINAL
    return one.flaw == other.flaw and one.grade < other.grade


def fit(pairs: Pairs, *, name: str) -> Ranker:
    """Learn the weights. They are solved exactly and then rounded, so every machine gets the same ones."""
    scale = np.sqrt(np.average(pairs.differences**2, axis=0, weights=pairs.weights)) + 1e-9
    found = most_probable(pairs.differences / scale, pairs.odds, pairs.weights)
    weights = {**FIXED_WEIGHTS, **dict(zip(LEARNED, _TRUST_IN_COPIES * found / scale, strict=True))}
    return Ranker(name, {column: float(f"{weights.get(column, 0.0):.{_DIGITS}g}") for column in COLUMNS})
