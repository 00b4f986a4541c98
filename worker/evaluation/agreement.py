"""How well a grouping agrees with a person's grouping.

B-cubed (Bagga and Baldwin 1998) asks for every photo how much of its group belongs there (precision) and how much of
what belongs there is in its group (recall). Of the measures that Amigó et al. (2009) compared, only B-cubed meets all
their criteria. For example, one stranger in one large group must cost less than strangers in many small ones. Pairwise
measures are reported too. They count pairs of photos, so a group weighs as the square of its size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """Precision, recall and their harmonic mean, each from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def bcubed(predicted: Sequence[Hashable | None], truth: Sequence[Hashable | None]) -> Agreement:
    """B-cubed agreement of two groupings of the same photos.

    Args:
        predicted: the group of each photo; None for a photo that stands alone.
        truth: the correct groups of the same photos in the same order.

    Raises:
        ValueError: the two differ in length.
    """
    found, wanted, shared = _counts(predicted, truth)
    if not shared:
        return Agreement(precision=1.0, recall=1.0)
    photos = sum(shared.values())
    precision = sum(count * count / found[group] for (group, _), count in shared.items()) / photos
    recall = sum(count * count / wanted[group] for (_, group), count in shared.items()) / photos
    return Agreement(precision, recall)


def pairwise(predicted: Sequence[Hashable | None], truth: Sequence[Hashable | None]) -> Agreement:
    """Agreement on the pairs of photos that share a group. Takes the same arguments as `bcubed`.

    A side without any pair has nothing to get wrong, so its measure is 1.
    """
    found, wanted, shared = _counts(predicted, truth)
    both = _pairs(shared)
    found_pairs, wanted_pairs = _pairs(found), _pairs(wanted)
    return Agreement(
        precision=both / found_pairs if found_pairs else 1.0,
        recall=both / wanted_pairs if wanted_pairs else 1.0,
    )


def _counts(
    predicted: Sequence[Hashable | None], truth: Sequence[Hashable | None]
) -> tuple[Counter[Hashable], Counter[Hashable], Counter[tuple[Hashable, Hashable]]]:
    """The sizes of the predicted groups, of the true groups, and of the overlap of each pair of them."""
    if len(predicted) != len(truth):
        raise ValueError(f"{len(predicted)} predicted groups cannot be compared with {len(truth)} true ones")
    one, other = _name_singles(predicted), _name_singles(truth)
    return Counter(one), Counter(other), Counter(zip(one, other, strict=True))


def _name_singles(groups: Sequence[Hashable | None]) -> list[Hashable]:
    # The tags distinguish a single photo at place 3 from a group named 3.
    return [("single", place) if group is None else ("group", group) for place, group in enumerate(groups)]


def _pairs(sizes: Counter[Hashable] | Counter[tuple[Hashable, Hashable]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
