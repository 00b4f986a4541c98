from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.drawing import draw_scene, expose
from worker.analysis.embedding.descriptor import describe
from worker.analysis.models import DESCRIPTOR_LENGTH, DESCRIPTOR_NAME, DESCRIPTOR_VERSION


def similarity(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    first, second = describe([one, other])
    return float(first @ second)


def test_it_gives_one_unit_row_per_image_whatever_their_sizes() -> None:
    vectors = describe([draw_scene(1), draw_scene(2, (200, 300)), draw_scene(3)[:20]])
    assert vectors.shape == (3, DESCRIPTOR_LENGTH)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_it_gives_no_rows_for_no_images() -> None:
    assert describe([]).shape == (0, DESCRIPTOR_LENGTH)


def test_a_vector_does_not_depend_on_the_batch() -> None:
    scenes = [draw_scene(seed) for seed in range(3)]
    together = describe(scenes)
    for scene, row in zip(scenes, together, strict=True):
        np.testing.assert_array_equal(describe([scene])[0], row)


def test_it_names_itself_for_the_stored_vectors() -> None:
    assert DESCRIPTOR_NAME == "descriptor"
    assert DESCRIPTOR_VERSION


@pytest.mark.parametrize("seed", range(5))
def test_it_finds_shots_of_one_scene_more_alike_than_other_scenes(seed: int) -> None:
    scene = draw_scene(seed)
    moved = np.roll(scene, (6, 9), axis=(0, 1))
    brighter = np.clip(scene.astype(np.int16) + 15, 0, 255).astype(np.uint8)
    encoded = cv2.imencode(".jpg", scene, [cv2.IMWRITE_JPEG_QUALITY, 40])[1]
    resaved = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)
    smaller = scene[::2, ::2]
    same = [similarity(scene, other) for other in (moved, brighter, resaved, smaller)]
    others = [similarity(scene, draw_scene(100 + number)) for number in range(10)]
    assert min(same) > max(others) + 0.05


@pytest.mark.parametrize("stops", [-2, -1, 1, 2])
def test_it_recognises_a_scene_in_a_bracket(stops: int) -> None:
    scene = draw_scene(3)
    others = [similarity(scene, draw_scene(100 + number)) for number in range(10)]
    assert similarity(scene, expose(scene, stops)) > max(others) + 0.05


def test_it_describes_colours_edges_and_layout() -> None:
    scene = draw_scene(7)
    assert similarity(scene, np.ascontiguousarray(scene[..., ::-1])) < 0.95  # colours
    assert similarity(scene, np.ascontiguousarray(scene[::-1])) < 0.95  # layout
    assert similarity(scene, np.asarray(cv2.GaussianBlur(scene, (0, 0), 40), np.uint8)) < 0.95  # edges


@pytest.mark.parametrize("level", [0, 127, 255])
def test_it_describes_blank_images(level: int) -> None:
    blank = np.full((64, 64, 3), level, np.uint8)
    vectors = describe([blank, blank])
    assert np.isfinite(vectors).all()
    assert vectors[0] @ vectors[1] == pytest.approx(1, abs=1e-5)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_any_pixels_give_a_unit_row(height: int, width: int, seed: int) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    assert np.linalg.norm(describe([pixels])[0]) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((8, 8), np.uint8),
        np.zeros((8, 8, 4), np.uint8),
        np.zeros((8, 8, 3), np.float32),
        np.zeros((0, 8, 3), np.uint8),
    ],
)
def test_it_refuses_what_is_not_an_rgb_photo(image: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="RGB image"):
        describe([image])
