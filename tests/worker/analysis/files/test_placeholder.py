"""The placeholder is small for any photo, and resembles it."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.drawing import draw_scene
from worker.analysis.files.placeholder import MAX_CHARACTERS, placeholder_uri


def _opened(uri: str) -> Image.Image:
    kind, _, content = uri.partition(",")
    assert kind == "data:image/webp;base64"
    image = Image.open(io.BytesIO(base64.b64decode(content)))
    image.load()
    return image


@pytest.mark.parametrize(
    ("size", "expected"),
    [((512, 384), (16, 12)), ((384, 512), (12, 16)), ((512, 512), (16, 16)), ((4000, 10), (16, 1)), ((3, 2), (3, 2))],
)
def test_it_has_the_shape_of_the_photo(size: tuple[int, int], expected: tuple[int, int]) -> None:
    image = np.full((size[1], size[0], 3), 128, np.uint8)
    assert _opened(placeholder_uri(image)).size == expected


def test_it_looks_like_the_photo() -> None:
    scene = np.asarray(draw_scene(3, (512, 384)))
    small = np.asarray(Image.fromarray(scene).resize((16, 12), Image.Resampling.BOX), np.float64)
    shown = np.asarray(_opened(placeholder_uri(scene)), np.float64)
    assert np.abs(shown - small).mean() < 16
    assert np.abs(shown.mean(axis=(0, 1)) - small.mean(axis=(0, 1))).max() < 6


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 40))
def test_a_placeholder_of_noise_is_small(seed: int, width: int, height: int) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    uri = placeholder_uri(image)
    assert len(uri) <= MAX_CHARACTERS
    assert uri.isascii()
