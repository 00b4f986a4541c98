"""The trained ranker: a weight for each column of the comparison, learned from pairs of photos.

The quality of a photo is a weighted sum, so that the order of two photos does not depend on a third but through the
group's medians, swapping two swaps the result, and what each column adds can be told in words. Of two photos, the
difference of their qualities is the logarithm of the odds that the first is the better one, as the model sees it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.ranking.comparison import COLUMNS

FORMAT = 1
"""Of the file; rises when what it holds is to be read otherwise."""

_SHIPPED = "ranker.json"


class RankerError(Exception):
    """A model cannot be used; the message says why."""


@dataclass(frozen=True)
class Ranker:
    """A model: `weights` by column of `comparison.COLUMNS`, `name` tells one training from another."""

    name: str
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.weights) != set(COLUMNS):
            differ = ", ".join(sorted(set(self.weights) ^ set(COLUMNS)))
            raise RankerError(
                f"The ranker {self.name} was made for other features than this version measures ({differ}). "
                "Make it anew with manage.py train_ranker."
            )
        if not all(np.isfinite(weight) for weight in self.weights.values()):
            raise RankerError(f"The ranker {self.name} has a weight that is no number.")

    def quality(self, comparison: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weighted sum of each row of `comparison.compare`, (n,)."""
        # Column by column, so that a photo's sum does not depend on its place among the rows.
        quality = np.zeros(len(comparison))
        for index, name in enumerate(COLUMNS):
            quality += self.weights[name] * comparison[:, index]
        return quality

    def to_json(self) -> dict[str, Any]:
        """Plain data, which `from_json` reads."""
        return {"format": FORMAT, "name": self.name, "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, data: Any) -> Ranker:
        """Read what `to_json` wrote.

        Raises:
            RankerError: it is of another format, or made for other features.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise RankerError(f"This is no ranker of format {FORMAT}. Make it anew with manage.py train_ranker.")
        try:
            return cls(str(data["name"]), {str(name): float(weight) for name, weight in data["weights"].items()})
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise RankerError(f"The ranker is damaged: {error!r}.") from error


@cache
def shipped_ranker() -> Ranker:
    """The one that comes with this package."""
    return Ranker.from_json(json.loads(files("worker.analysis.ranking").joinpath(_SHIPPED).read_text(encoding="utf-8")))
