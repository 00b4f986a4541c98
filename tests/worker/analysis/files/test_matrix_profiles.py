"""Colours converted by a matrix and curves, compared with what LittleCMS makes of them."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.drawing import draw_scene
from tests.icc_profiles import ADOBE_RGB, DISPLAY_P3, SRGB, parametric_curve, rgb_profile, sampled_curve
from worker.analysis.files import colour
from worker.analysis.files.colour import to_srgb
from worker.analysis.files.matrix_profiles import matrix_conversion

STEPS = np.linspace(0, 255, 52).round().astype(np.uint8)
COLOURS = np.stack(np.meshgrid(STEPS, STEPS, STEPS, indexing="ij"), axis=-1).reshape(52 * 8, -1, 3)
OF_SRGB = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
PROFILES = {
    "Display P3": rgb_profile(DISPLAY_P3, curves=[parametric_curve(3, *OF_SRGB)] * 3),
    "Adobe RGB": rgb_profile(ADOBE_RGB, 563 / 256),
    "linear": rgb_profile(DISPLAY_P3, curves=[sampled_curve(np.zeros(0))] * 3),
    "sampled": rgb_profile(SRGB, curves=[sampled_curve(np.linspace(0, 1, 1024) ** 1.8)] * 3),
    "a curve for each channel": rgb_profile(
        ADOBE_RGB,
        curves=[
            parametric_curve(0, 2.0),
            parametric_curve(1, 2.2, 1.1, -0.1),
            parametric_curve(2, 2.0, 1.2, -0.2, 0.0),
        ],
    ),
    "two parts": rgb_profile(SRGB, curves=[parametric_curve(4, 1.8, 1.0, 0.0, 0.5, 0.1, 0.0, 0.0)] * 3),
}


@pytest.mark.parametrize("name", PROFILES)
def test_it_agrees_with_littlecms_within_two_levels(name: str) -> None:
    conversion = matrix_conversion(PROFILES[name])
    assert conversion is not None
    transform = colour._transform(PROFILES[name], "RGB")
    assert transform is not None
    expected = np.asarray(ImageCms.applyTransform(Image.fromarray(COLOURS), transform)).astype(int)
    assert np.abs(conversion.apply(COLOURS) - expected).max() <= 2


def test_large_photos_are_converted_this_way() -> None:
    large = draw_scene(4, (1000, 700))
    conversion = matrix_conversion(PROFILES["Display P3"])
    assert conversion is not None
    assert np.array_equal(to_srgb(large, "RGB", PROFILES["Display P3"]), conversion.apply(large))


def test_a_conversion_that_littlecms_contradicts_is_not_used() -> None:
    grey_as_black = [parametric_curve(4, *OF_SRGB, 0.05, 0.05)] * 3  # which LittleCMS makes black
    profile = rgb_profile(DISPLAY_P3, curves=grey_as_black)
    assert matrix_conversion(profile) is not None
    assert colour._by_matrix(profile) is None
    assert colour._by_matrix(PROFILES["Display P3"]) is not None


@pytest.mark.parametrize(
    "curve",
    [
        parametric_curve(9, 1.0),
        parametric_curve(1, 2.2, 0.0, 0.1),
        parametric_curve(3, 2.2),
        b"text\0\0\0\0",
        b"curv\0\0\0\0\0\0\0\x09",
    ],
)
def test_curves_that_cannot_be_read_are_left_to_littlecms(curve: bytes) -> None:
    profile = rgb_profile(DISPLAY_P3, curves=[curve] * 3)
    with pytest.raises((ValueError, ArithmeticError, LookupError, struct.error)):
        matrix_conversion(profile)
    large = draw_scene(4, (1000, 700))
    assert to_srgb(large, "RGB", profile).shape == large.shape
