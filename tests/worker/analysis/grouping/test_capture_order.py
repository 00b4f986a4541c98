from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from worker.analysis.grouping.capture_order import sort_by_time

VECTORS = np.random.default_rng(0).standard_normal((6, 5)).astype(np.float32)
TIMES = np.asarray([30.0, np.nan, 10.0, 10.0, np.inf, 20.0])


def test_it_orders_photos_by_time_and_puts_those_without_one_last() -> None:
    capture_order = sort_by_time(VECTORS, TIMES)
    assert len(capture_order) == 6
    assert capture_order.timed == 4
    np.testing.assert_array_equal(capture_order.times, [10, 10, 20, 30, np.nan, np.nan])
    assert set(capture_order.order[:2]) == {2, 3}
    assert list(capture_order.order[2:4]) == [5, 0]
    assert set(capture_order.order[4:]) == {1, 4}


def test_it_finds_photos_with_the_same_time() -> None:
    capture_order = sort_by_time(VECTORS, TIMES)
    assert list(capture_order.earliest) == [0, 0, 2, 3]
    assert list(capture_order.latest) == [1, 1, 2, 3]


def test_the_order_of_the_input_does_not_matter() -> None:
    straight = sort_by_time(VECTORS, TIMES)
    order = np.asarray([5, 3, 1, 0, 2, 4])
    shuffled = sort_by_time(VECTORS[order], TIMES[order])
    np.testing.assert_array_equal(order[shuffled.order], straight.order)


def test_keys_order_photos_of_the_same_time() -> None:
    keys = [b"f", b"2", b"b", b"a", b"1", b"c"]
    assert list(sort_by_time(VECTORS, TIMES, keys).order) == [3, 2, 5, 0, 4, 1]


def test_rows_have_length_one_in_single_precision() -> None:
    capture_order = sort_by_time((VECTORS * 3).astype(np.float16), TIMES)
    rows = capture_order.rows(slice(0, 6))
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_equal_times_for_all_photos_count_as_unknown() -> None:
    assert sort_by_time(VECTORS, np.full(6, 1234.5)).timed == 0
    assert sort_by_time(VECTORS[:1], np.full(1, 1234.5)).timed == 1


@pytest.mark.parametrize("wrong", [0.0, np.nan, -np.inf])
def test_it_refuses_vectors_without_a_direction(wrong: float) -> None:
    vectors = VECTORS.copy()
    vectors[4] = wrong
    with pytest.raises(ValueError, match="vector 4 is zero or not finite"):
        sort_by_time(vectors, TIMES)


@pytest.mark.parametrize(("vectors", "times"), [(VECTORS[0], TIMES), (VECTORS, TIMES[:3])])
def test_it_refuses_arrays_that_do_not_fit_together(vectors: NDArray[np.float32], times: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="an album needs vectors of shape"):
        sort_by_time(vectors, times)
