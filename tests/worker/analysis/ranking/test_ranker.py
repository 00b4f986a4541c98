from __future__ import annotations

import math
from typing import Any

import pytest

from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.ranker import FORMAT, Ranker, RankerError, shipped_ranker


def test_the_shipped_ranker_reads_back_as_it_is() -> None:
    assert Ranker.from_json(shipped_ranker().to_json()) == shipped_ranker()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (None, "not a ranker of format"),
        ({"format": FORMAT + 1}, "not a ranker of format"),
        ({"format": FORMAT, "name": "x"}, "damaged"),
        ({"format": FORMAT, "name": "x", "weights": {"sharpness": "much"}}, "damaged"),
        ({"format": FORMAT, "name": "x", "weights": {"sharpness": 1.0}}, "made for other features"),
        ({"format": FORMAT, "name": "x", "weights": dict.fromkeys(COLUMNS, math.nan)}, "not a finite number"),
    ],
)
def test_it_refuses_a_model_it_cannot_use(data: Any, message: str) -> None:
    with pytest.raises(RankerError, match=message):
        Ranker.from_json(data)
