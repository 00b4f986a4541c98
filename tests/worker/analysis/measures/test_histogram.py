"""The exposure histogram that the page shows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from worker.analysis.measures.histogram import BINS, luminance_histogram


@pytest.mark.parametrize(("level", "step"), [(0, 0), (3, 0), (4, 1), (128, 32), (255, 63)])
def test_a_uniform_grey_photo_fills_one_bin(level: int, step: int) -> None:
    histogram = luminance_histogram(np.full((6, 9, 3), level, np.uint8))
    assert histogram.tolist() == [float(number == step) for number in range(BINS)]


def test_colours_count_by_their_luma() -> None:
    image = np.zeros((1, 4, 3), np.uint8)
    image[0, 0, 0] = image[0, 1, 1] = image[0, 2, 2] = 255
    shares = luminance_histogram(image)
    assert [number for number in range(BINS) if shares[number]] == [0, 29 // 4, 76 // 4, 150 // 4]


@given(st.integers(0, 2**32 - 1), st.integers(1, 30), st.integers(1, 30))
def test_shares_add_up(seed: int, width: int, height: int) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    histogram = luminance_histogram(image)
    assert histogram.shape == (BINS,)
    assert histogram.sum() == pytest.approx(1)
    assert (histogram >= 0).all()
