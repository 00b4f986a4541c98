"""The trained ranker: a weight for each column of the comparison, learned from pairs of photos.

A photo's quality is a weighted sum. So a third photo changes the order of two others only through the group's medians,
swapping two photos swaps the result, and each column's contribution can be explained in words. The difference between
two qualities is the logarithm of the odds that the first photo is better, according to the model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from worker.analysis.ranking.comparison import COLUMNS

FORMAT = 1
"""Version of the file. Increase it when the data changes its meaning."""

_SHIPPED = "ranker.json"


class RankerError(Exception):
    """A ranker cannot be used. The message says why."""


@dataclass(frozen=True)
class Ranker:
    """A model: `weights` for the columns of `comparison.COLUMNS`; `name` identifies the training."""

    name: str
    weights: Mapping[str, float]

    def __post_init__(self) -> None:
        if set(self.weights) != set(COLUMNS):
            differ = ", ".join(sorted(set(self.weights) ^ set(COLUMNS)))
            raise RankerError(
                f"The ranker {self.name} was made for other features than this version measures ({differ}). "
                "Make a new one with manage.py train_ranker."
            )
        if not all(np.isfinite(weight) for weight in self.weights.values()):
            raise RankerError(f"The ranker {self.name} has a weight that is not a finite number.")

    def quality(self, comparison: NDArray[np.float64]) -> NDArray[np.float64]:
        """The weighted sum of each row of `comparison.compare`, (n,)."""
        # A running sum adds column by column, so that a photo's sum does not depend on its row; a plain one does not.
        running: NDArray[np.float64] = np.cumsum(comparison * self._vector, axis=1)
        return running[:, -1]

    @cached_property
    def _vector(self) -> NDArray[np.float64]:
        return np.array([self.weights[name] for name in COLUMNS], np.float64)

    def to_json(self) -> dict[str, Any]:
        """Plain data for `from_json`."""
        return {"format": FORMAT, "name": self.name, "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, data: Any) -> Ranker:
        """Read data of `to_json`.

        Raises:
            RankerError: it has another format, or was made for other features.
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise RankerError(f"This is not a ranker of format {FORMAT}. Make a new one with manage.py train_ranker.")
        try:
            return cls(str(data["name"]), {str(name): float(weight) for name, weight in data["weights"].items()})
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise RankerError(f"The ranker is damaged: {error!r}.") from error


@cache
def shipped_ranker() -> Ranker:
    """The ranker that comes with this package."""
    return Ranker.from_json(json.loads(files("worker.analysis.ranking").joinpath(_SHIPPED).read_text(encoding="utf-8")))
