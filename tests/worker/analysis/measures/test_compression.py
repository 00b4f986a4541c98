from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.drawing import draw_scene
from worker.analysis.measures.compression import blockiness


def grey(seed: int) -> NDArray[np.uint8]:
    return np.asarray(cv2.cvtColor(draw_scene(seed, (1024, 768)), cv2.COLOR_RGB2GRAY), np.uint8)


def compressed(image: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE), np.uint8)


@pytest.mark.parametrize("seed", range(4))
def test_it_rises_as_compression_gets_stronger(seed: int) -> None:
    image = grey(seed)
    grades = [blockiness(image)] + [blockiness(compressed(image, quality)) for quality in (60, 30, 10)]
    assert grades == sorted(grades)
    assert grades[-1] > grades[0] + 1


@pytest.mark.parametrize("scale", [0.5, 0.68, 0.8])
def test_it_finds_the_grid_in_a_reduced_copy(scale: float) -> None:
    image = grey(5)
    reduced = [
        np.asarray(cv2.resize(copy, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
        for copy in (image, compressed(image, 10))
    ]
    assert blockiness(reduced[1]) > blockiness(reduced[0]) + 0.5


def test_stripes_in_one_direction_are_not_a_grid() -> None:
    image = grey(6)
    striped = image.copy()
    striped[:, ::8] = np.clip(striped[:, ::8].astype(int) + 30, 0, 255)
    assert blockiness(striped) < blockiness(compressed(image, 10))


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 80), st.integers(1, 80)), fill=st.just(7)))
def test_it_is_finite_for_any_small_image(image: NDArray[np.uint8]) -> None:
    assert np.isfinite(blockiness(image))


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_uniform_photo_has_no_block_grid(level: int) -> None:
    assert blockiness(np.full((200, 300), level, np.uint8)) < blockiness(compressed(grey(1), 30))
