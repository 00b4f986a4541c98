"""What a person lost outweighs any sharpness but that of the faces, whatever the ranker's weights for sharpness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from worker.analysis.ranking.comparison import COLUMNS
from worker.analysis.ranking.people_first import quality_people_first
from worker.analysis.ranking.ranker import Ranker, shipped_ranker

SHARPNESS = [
    name
    for name in COLUMNS
    if name in {"detail", "structure"} or name.startswith(("resolution", "middle", "even", "proportion"))
]
LOST = {"faces": 0.5, "eyes": 1.0, "frontal": 1.0}
"""Of one person in one of two shots: a missing person counts by the share of the shots that show them."""


def shots(**columns: float) -> NDArray[np.float64]:
    """A first shot with these columns, and a second that is 0 in all."""
    comparison = np.zeros((2, len(COLUMNS)))
    for name, value in columns.items():
        comparison[0, COLUMNS.index(name)] = value
    return comparison


@st.composite
def rankers(draw: st.DrawFn) -> Ranker:
    weights = dict(shipped_ranker().weights)
    weights.update({name: draw(st.floats(-30, 30)) for name in SHARPNESS})
    return Ranker("any", weights)


@pytest.mark.parametrize("lost", LOST)
@given(rankers(), st.dictionaries(st.sampled_from(SHARPNESS), st.floats(-9, 9)))
def test_one_person_outweighs_any_sharpness_elsewhere(lost: str, ranker: Ranker, sharper: dict[str, float]) -> None:
    quality = quality_people_first(ranker, shots(**sharper, **{lost: -LOST[lost]}))
    assert quality[0] < quality[1]


@given(rankers(), st.dictionaries(st.sampled_from(SHARPNESS), st.floats(-9, 9)))
def test_where_nobody_lost_anything_the_ranker_alone_decides(ranker: Ranker, sharper: dict[str, float]) -> None:
    comparison = shots(**sharper)
    assert quality_people_first(ranker, comparison).tolist() == ranker.quality(comparison).tolist()


def test_blurred_faces_outweigh_shut_eyes() -> None:
    """The first shot has open eyes and faces that nobody can recognise."""
    quality = quality_people_first(shipped_ranker(), shots(face_sharpness=-4.5, eyes=1.0))
    assert quality[0] < quality[1]


def test_sharpness_elsewhere_decides_between_shots_that_lost_the_same() -> None:
    comparison = np.vstack([shots(eyes=-1.0, resolution_1024=0.1)[:1], shots(eyes=-1.0)])
    quality = quality_people_first(shipped_ranker(), comparison)
    assert quality[2] > quality[0] > quality[1]
