from __future__ import annotations

from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.drawing import draw_scene, expose
from worker.analysis.measures.exposure import measure_exposure


def uniform(*colour: int, shape: tuple[int, int] = (30, 40)) -> NDArray[np.uint8]:
    return np.full((*shape, 3), colour, np.uint8)


def test_white_is_clipped_and_black_has_full_headroom() -> None:
    white, black = measure_exposure(uniform(255)), measure_exposure(uniform(0))
    assert (white.brightness, white.highlights_clipped, white.shadows_clipped, white.highlight_headroom) == (1, 1, 0, 0)
    assert (black.brightness, black.highlights_clipped, black.shadows_clipped, black.highlight_headroom) == (0, 0, 1, 1)
    assert white.contrast == black.contrast == white.entropy == black.entropy == 0


def test_it_counts_the_share_of_white_and_of_black_pixels() -> None:
    image = uniform(120, shape=(100, 100))
    image[:20] = 255
    image[90:] = 0
    found = measure_exposure(image)
    assert found.highlights_clipped == pytest.approx(0.2)
    assert found.shadows_clipped == pytest.approx(0.1)
    assert found.brightness == pytest.approx((0.2 * 255 + 0.7 * 120) / 255)


def test_a_lamp_hardly_raises_the_key_and_a_dark_part_lowers_it() -> None:
    image = uniform(100, shape=(100, 100))
    image[:10, :10] = 255
    assert measure_exposure(image).key == pytest.approx(100 / 255, abs=0.01)
    image[50:] = 20
    found = measure_exposure(image)
    assert found.key < found.brightness - 0.03
    assert found.nearly_black == 0
    assert measure_exposure(uniform(100)).key == pytest.approx(100 / 255, abs=0.01)
    assert measure_exposure(uniform(16)).nearly_black == 1


def test_a_clipped_channel_leaves_no_headroom() -> None:
    assert measure_exposure(uniform(20, 40, 255)).highlight_headroom == 0
    assert measure_exposure(uniform(20, 40, 255)).highlights_clipped == 0


def test_all_levels_in_equal_shares_have_the_entropy_of_the_bins() -> None:
    levels = np.repeat(np.arange(256, dtype=np.uint8).reshape(16, 16, 1), 3, axis=2)
    assert measure_exposure(levels).entropy == pytest.approx(6)


@pytest.mark.parametrize("seed", range(3))
def test_a_longer_exposure_brightens_clips_and_uses_up_the_headroom(seed: int) -> None:
    scene = draw_scene(seed)
    series = [measure_exposure(expose(scene, stops)) for stops in (-3, -2, -1, 0, 1, 2, 3)]
    brightness = [found.brightness for found in series]
    clipped = [found.highlights_clipped for found in series]
    headroom = [found.highlight_headroom for found in series]
    assert brightness == sorted(brightness)
    assert clipped == sorted(clipped)
    assert headroom == sorted(headroom, reverse=True)
    assert clipped[-1] > clipped[3]
    assert headroom[0] > headroom[3]


def test_a_large_photo_has_the_exposure_of_its_small_copy() -> None:
    large, small = measure_exposure(draw_scene(4, (2000, 1500))), measure_exposure(draw_scene(4, (500, 375)))
    assert large.brightness == pytest.approx(small.brightness, abs=0.02)
    assert large.contrast == pytest.approx(small.contrast, abs=0.02)


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 30), st.integers(1, 30), st.just(3))))
@example(np.full((1, 1, 3), 255, np.uint8))
def test_every_number_is_finite_and_in_its_range(image: NDArray[np.uint8]) -> None:
    found = measure_exposure(image)
    assert np.isfinite(astuple(found)).all()
    assert 0 <= found.entropy <= 6
    shares = (found.brightness, found.highlights_clipped, found.shadows_clipped, found.highlight_headroom)
    for share in (*shares, found.nearly_black, found.key):
        assert -1e-9 <= share <= 1 + 1e-9
