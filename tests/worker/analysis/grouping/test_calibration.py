from __future__ import annotations

import numpy as np
import pytest

from tests.drawing import draw_scene
from tests.synthetic_embeddings import Features, make_album
from worker.analysis.embedding.descriptor import describe
from worker.analysis.grouping.calibration import (
    FARTHEST,
    ModelReference,
    calibrate_album,
    companion_distances,
    credence,
    measure_reference,
    reference_for,
)
from worker.analysis.grouping.capture_order import CaptureOrder, sort_by_time
from worker.analysis.models import DESCRIPTOR_NAME

FEATURES = Features(256, 0.5, 0.09)
WRONG = ModelReference(0.8)


def album(moments: int, pause: float, likeness: float = 0.1) -> CaptureOrder:
    made = make_album(FEATURES, [2] * moments, seed=1, seconds_between_moments=pause, likeness=likeness)
    return sort_by_time(made.vectors, made.times)


def calibrated(capture_order: CaptureOrder, reference: ModelReference) -> float:
    return calibrate_album(capture_order, reference, companion_distances(capture_order))


def test_a_large_album_outweighs_a_wrong_reference() -> None:
    assert calibrated(album(300, 900.0), WRONG) == pytest.approx(0.5, abs=0.03)


def test_a_small_album_stays_near_the_reference() -> None:
    assert calibrated(album(2, 7200.0), WRONG) > 0.7


@pytest.mark.parametrize("moments", [1, 3])
def test_a_few_photos_within_minutes_do_not_change_the_reference(moments: int) -> None:
    assert calibrated(album(moments, 30.0), WRONG) == pytest.approx(0.8)


def test_photos_ten_minutes_apart_count_for_less_than_photos_an_hour_apart() -> None:
    quarter_hours = calibrated(album(8, 300.0), WRONG)
    days = calibrated(album(8, 20_000.0), WRONG)
    assert days < quarter_hours < 0.8


def test_a_burst_does_not_outvote_the_rest() -> None:
    made = make_album(FEATURES, [1] * 40 + [400] + [1] * 40, seed=2, seconds_between_shots=0.1)
    median = calibrated(sort_by_time(made.vectors, made.times), WRONG)
    assert median == pytest.approx(0.5, abs=0.05)


def test_an_album_without_times_corrects_a_wrong_reference() -> None:
    made = make_album(FEATURES, [3] * 100, seed=3)
    median = calibrated(sort_by_time(made.vectors, np.full(300, np.nan)), WRONG)
    assert median == pytest.approx(0.5, abs=0.1)


def test_photos_of_an_hour_long_sitting_are_not_unrelated() -> None:
    made = make_album(FEATURES, [60], seed=4, likeness=0.15, seconds_between_shots=60.0)
    median = calibrated(sort_by_time(made.vectors, made.times), FEATURES.reference)
    assert median > 0.45


def test_a_scale_never_becomes_zero() -> None:
    same = np.ones((50, 8), np.float32)
    assert calibrated(sort_by_time(same, np.linspace(0, 360_000, 50)), WRONG) > 0.1


@pytest.mark.parametrize(
    ("median", "near", "believed"),
    [(0.5, 0.5, 1.0), (0.1, 0.09, 0.0), (0.1, 0.01, 1.0), (0.275, 0.2, 0.5)],
)
def test_credence_is_high_for_usual_distances_or_separate_moments(median: float, near: float, believed: float) -> None:
    assert credence(median, 0.5, near) == pytest.approx(believed)


def test_companions_are_close_in_time_too() -> None:
    vectors = np.asarray([[1, 0], [1, 0.1], [0, 1], [1, 0]], np.float32)
    distances = companion_distances(sort_by_time(vectors, np.asarray([0.0, 5.0, 100.0, 5000.0])))
    assert distances[0] == distances[1] < 0.01
    assert 0.8 < distances[2] < 1
    assert distances[3] == FARTHEST


def test_photos_without_a_time_have_no_companions() -> None:
    vectors = np.ones((3, 2), np.float32)
    assert (companion_distances(sort_by_time(vectors, np.full(3, np.nan))) == FARTHEST).all()


def test_it_measures_the_reference_of_a_model() -> None:
    reference = measure_reference(FEATURES.scenes(400, 1))
    assert reference.median == pytest.approx(0.5, abs=0.02)


def test_a_reference_needs_photos() -> None:
    with pytest.raises(ValueError, match="at least two"):
        measure_reference(np.ones((1, 4), np.float32))


def test_the_descriptor_is_near_its_reference_on_drawn_photos() -> None:
    measured = measure_reference(describe([draw_scene(seed, (96, 72)) for seed in range(40)]))
    reference = reference_for(DESCRIPTOR_NAME)
    assert measured.median == pytest.approx(reference.median, abs=0.12)


def test_an_unknown_model_gets_a_reference_of_low_weight() -> None:
    assert reference_for("never heard of").photos < reference_for(DESCRIPTOR_NAME).photos
