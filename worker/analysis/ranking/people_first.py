"""People decide group portraits: what a person lost outweighs any sharpness but that of the faces themselves."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import SCALES
from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.ranker import Ranker

Comparison = NDArray[np.float64]
Quality = NDArray[np.float64]

_OF_PEOPLE = ("faces", "eyes", "frontal")
_SHARPNESS_ELSEWHERE = (
    *("detail", "structure"),
    *(f"{texture}_{side}" for texture in ("resolution", "middle", "even", "proportion") for side in SCALES[:-1]),
)
_PLAIN_LOSS = 3.5  # log odds; one of two shots lacks a person
_MOST_ELSEWHERE = 3.0  # log odds


def quality_people_first(ranker: Ranker, comparison: Comparison) -> Quality:
    """The quality of each photo by the ranker, (n,), for rows of `comparison.compare`.

    Where somebody is missing, turned away or has shut eyes in one shot and not in another, the sharpness of the rest
    differs by 3 log odds at most between any two shots, in proportion.
    """
    quality = ranker.quality(comparison)
    if np.ptp(_contribution(ranker, comparison, _OF_PEOPLE)) < _PLAIN_LOSS:
        return quality
    elsewhere = _contribution(ranker, comparison, _SHARPNESS_ELSEWHERE)
    kept = _MOST_ELSEWHERE / max(float(np.ptp(elsewhere)), _MOST_ELSEWHERE)
    return quality - (1 - kept) * elsewhere


def _contribution(ranker: Ranker, comparison: Comparison, columns: Sequence[str]) -> Quality:
    """What some columns contribute to the quality of each photo, (n,)."""
    contribution = np.zeros(len(comparison))
    for name in columns:  # one after the other, so that a photo's sum does not depend on its row
        contribution += ranker.weights[name] * comparison[:, COLUMNS.index(name)]
    return contribution
