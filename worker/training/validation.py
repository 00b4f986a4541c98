"""Compare a ranker with the heuristic on scenes it was not trained on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from worker.analysis.ranking import HEURISTIC, Ranker, compare
from worker.training.examples import Example
from worker.training.fitting import ExampleGroup, Pairs, example_groups, fit

_FOLDS = 5
_TEST_SEED = 2


@dataclass(frozen=True)
class ValidationScore:
    """How often the original came first in groups of one kind.

    Attributes:
        kind: the flaw for pairs, pair for all pairs together, mixed, or bracket.
        groups: the number of groups.
        ranker, heuristic: the share of groups in which each ranked the original first.
        chance: the share for a random pick. For pairs it is also the majority rate, since both orders are tested.
    """

    kind: str
    groups: int
    ranker: float
    heuristic: float
    chance: float

    def __str__(self) -> str:
        return f"{self.kind:<16}{self.groups:>7}{self.ranker:>10.1%}{self.heuristic:>12.1%}{self.chance:>10.1%}"


HEADING = f"{'':<16}{'groups':>7}{'ranker':>10}{'heuristic':>12}{'chance':>10}"


def cross_validate(examples: Sequence[Example], pairs: Pairs) -> list[ValidationScore]:
    """Train on four fifths of the scenes and test on the rest, five times.

    Args:
        examples: of all scenes.
        pairs: `ordered_pairs` of them. Comparing the groups takes most of the time, so it is done once for all folds.
    """
    tested: list[tuple[ExampleGroup, bool, bool]] = []
    scenes = np.array([example.scene for example in examples])
    for train, test in GroupKFold(_FOLDS).split(scenes, groups=scenes):
        ranker = fit(pairs.of_scenes(scenes[train]), name="fold")
        tested += _test_groups(ranker, [examples[int(place)] for place in test])
    return list(_scores(tested))


def validate(ranker: Ranker, examples: Sequence[Example]) -> list[ValidationScore]:
    """Test the ranker on examples of scenes it was not trained on."""
    return list(_scores(_test_groups(ranker, examples)))


def _test_groups(ranker: Ranker, examples: Sequence[Example]) -> list[tuple[ExampleGroup, bool, bool]]:
    return [(group, *_rank_original_first(ranker, group)) for group in example_groups(examples, seed=_TEST_SEED)]


def _rank_original_first(ranker: Ranker, group: ExampleGroup) -> tuple[bool, bool]:
    """Whether the ranker, and the heuristic, rank the original above all others in both orders of the group."""
    features = [example.features for example in group.members]
    in_order, turned = compare(features), compare(features[::-1])

    def is_first(judge: Ranker) -> bool:
        return _is_first(judge.quality(in_order)) and _is_first(judge.quality(turned)[::-1])

    return is_first(ranker), is_first(HEURISTIC)


def _is_first(quality: NDArray[np.float64]) -> bool:
    return bool(quality[0] > quality[1:].max())


def _scores(tested: Sequence[tuple[ExampleGroup, bool, bool]]) -> Iterator[ValidationScore]:
    by_kind: dict[str, list[tuple[ExampleGroup, bool, bool]]] = defaultdict(list)
    for result in tested:
        group = result[0]
        by_kind[group.kind].append(result)
        if group.kind == "pair":
            by_kind[group.members[1].flaw].append(result)
    for kind, results in by_kind.items():
        yield ValidationScore(
            kind,
            len(results),
            ranker=float(np.mean([ranker for _, ranker, _ in results])),
            heuristic=float(np.mean([heuristic for _, _, heuristic in results])),
            chance=float(np.mean([1 / len(group.members) for group, _, _ in results])),
        )
