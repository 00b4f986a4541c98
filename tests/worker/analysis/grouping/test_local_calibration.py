from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.synthetic_embeddings import Features, make_album
from worker.analysis.grouping.capture_order import sort_by_time
from worker.analysis.grouping.local_calibration import calibrate

FEATURES = Features(256, 0.5, 0.09)


def scale_of(vectors: list[NDArray[np.float32]], times: list[NDArray[np.float64]]) -> NDArray[np.float32]:
    return calibrate(sort_by_time(np.concatenate(vectors), np.concatenate(times)), FEATURES.reference)


def test_it_leaves_the_scale_of_an_ordinary_album_as_it_is() -> None:
    made = make_album(FEATURES, [2] * 60, seed=1, seconds_between_moments=120.0)
    scale = scale_of([made.vectors], [made.times])
    assert scale.min() > 0.45


def test_it_shrinks_the_scale_where_moments_differ_little_and_nowhere_else() -> None:
    trip = make_album(FEATURES, [2] * 60, seed=1, seconds_between_moments=600.0)
    wall = FEATURES.scenes(1, 2)[0]
    faces = FEATURES.shots(wall, 30, 0.25, 2)
    party = np.concatenate([FEATURES.shots(face, 2, 0.02, number) for number, face in enumerate(faces)])
    times = trip.times[-1] + 10_000 + np.repeat(np.arange(30) * 90.0, 2) + np.tile([0.0, 2.0], 30)
    scale = scale_of([trip.vectors, party], [trip.times, times])
    assert scale[:120].min() > 0.4
    assert scale[120:].max() < 0.3


def test_it_does_not_shrink_for_a_sitting_without_moments() -> None:
    trip = make_album(FEATURES, [2] * 60, seed=1, seconds_between_moments=600.0)
    sitting = make_album(FEATURES, [40], seed=5, likeness=0.2, seconds_between_shots=45.0)
    scale = scale_of([trip.vectors, sitting.vectors], [trip.times, sitting.times + trip.times[-1] + 10_000])
    assert scale.min() > 0.4


@pytest.mark.parametrize("times", [np.full(20, np.nan), np.zeros(20)])
def test_without_times_all_photos_have_one_scale(times: NDArray[np.float64]) -> None:
    scale = scale_of([FEATURES.scenes(20, 3)], [times])
    assert len(set(scale.tolist())) == 1
