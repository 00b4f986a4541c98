from __future__ import annotations

import tracemalloc
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.drawing import draw_scene
from tests.icc_profiles import ADOBE_RGB, DISPLAY_P3, SRGB, grey_profile, rgb_profile, srgb_of
from worker.analysis.files import colour
from worker.analysis.files.colour import lab_to_srgb, to_eight_bits, to_srgb

SMALL = draw_scene(1, (64, 48))
LARGE = draw_scene(4, (1000, 700))  # large enough for the table


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


@pytest.mark.parametrize("primaries", [DISPLAY_P3, ADOBE_RGB], ids=["Display P3", "Adobe RGB"])
def test_colours_of_a_wider_space_become_those_of_srgb(primaries: np.ndarray) -> None:
    converted = to_srgb(SMALL, "RGB", rgb_profile(primaries)).astype(float)
    error = np.abs(converted - srgb_of(SMALL, primaries))
    assert error.mean() < 0.5
    assert error.max() < 4
    assert np.abs(SMALL - converted).max() > 10  # the conversion changed something


def test_the_table_for_large_photos_agrees_with_the_exact_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(colour, "_by_matrix", lambda _profile: None)
    profile = rgb_profile(DISPLAY_P3)
    error = np.abs(to_srgb(LARGE, "RGB", profile) - srgb_of(LARGE, DISPLAY_P3))
    assert error.mean() < 0.7
    assert np.quantile(error, 0.99) < 2
    assert error.max() < 16


def test_white_grey_and_black_stay_neutral() -> None:
    neutral = np.repeat(np.arange(256, dtype=np.uint8)[:, None, None], 3, axis=2)
    for tall in (neutral, np.tile(neutral, (8, 300, 1))):
        converted = to_srgb(tall, "RGB", rgb_profile(DISPLAY_P3)).astype(int)
        assert np.abs(converted - converted[..., :1]).max() <= 2  # no tint
        assert converted.min() == 0
        assert converted.max() == 255


@pytest.mark.parametrize(
    "profile",
    [None, b"", b"not a profile", bytes(500), srgb_profile(), rgb_profile(SRGB)[:200], grey_profile(1.0)],
    ids=["none", "empty", "text", "zeros", "sRGB", "cut", "of another space"],
)
def test_pixels_pass_unchanged_where_there_is_nothing_to_convert(profile: bytes | None) -> None:
    assert to_srgb(SMALL, "RGB", profile) is SMALL


def test_it_recognises_srgb_profiles_by_other_names() -> None:
    with_other_name = srgb_profile().replace(b"sRGB", b"XYZZ").replace("sRGB".encode("utf-16-be"), b"\0X\0Y\0Z\0Z")
    assert with_other_name != srgb_profile()
    assert to_srgb(SMALL, "RGB", with_other_name) is SMALL


def test_grey_is_repeated_and_follows_its_profile() -> None:
    grey = np.linspace(0, 255, 64 * 48).reshape(48, 64).astype(np.uint8)
    assert np.array_equal(to_srgb(grey, "L", None), np.repeat(grey[..., None], 3, axis=2))
    linear = to_srgb(grey, "L", grey_profile(1.0))
    assert linear[24, 32, 0] > 180  # half the light is much more than half the level


def test_cmyk_becomes_srgb() -> None:
    inks = np.array([[[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 255]]], np.uint8)
    assert to_srgb(inks, "CMYK", None).tolist() == [
        [[255, 255, 255], [0, 255, 255], [255, 0, 255], [255, 255, 0], [0, 0, 0]]
    ]
    assert to_srgb(inks, "CMYK", rgb_profile(DISPLAY_P3)).tolist() == to_srgb(inks, "CMYK", None).tolist()


def test_lab_becomes_srgb() -> None:
    lab = ImageCms.profileToProfile(
        Image.fromarray(SMALL), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    assert np.abs(np.asarray(lab_to_srgb(lab)).astype(int) - SMALL).mean() < 1.0


def test_threads_share_profiles_without_mixing_them() -> None:
    profiles = [rgb_profile(DISPLAY_P3), rgb_profile(ADOBE_RGB), rgb_profile(DISPLAY_P3, 1.8), None]
    expected = [to_srgb(LARGE, "RGB", profile) for profile in profiles]
    with ThreadPoolExecutor(8) as pool:
        converted = list(pool.map(lambda index: to_srgb(LARGE, "RGB", profiles[index % 4]), range(32)))
    for index, pixels in enumerate(converted):
        assert np.array_equal(pixels, expected[index % 4])


@pytest.mark.parametrize(
    ("values", "full_scale", "expected"),
    [
        (np.array([0, 257, 32768, 65535], np.uint16), 65535.0, [0, 1, 128, 255]),
        (np.array([0, 2048, 4095], np.uint16), 4095.0, [0, 128, 255]),
        (np.array([0, 128, 255], np.int32), None, [0, 128, 255]),
        (np.array([0, 300, 65535], np.int32), None, [0, 1, 255]),
        (np.array([-5, 0, 1_000_000], np.int32), None, [0, 0, 255]),
        (np.array([-0.5, 0.0, 0.5, 1.0], np.float32), None, [0, 0, 128, 255]),
        (np.array([0.0, 100.0, 255.0], np.float64), None, [0, 100, 255]),
        (np.array([np.nan, np.inf, 0.5, 1.0], np.float32), None, [0, 0, 128, 255]),
        (np.array([0, 0], np.uint16), None, [0, 0]),
        (np.array([-3.0, -1.0]), None, [0, 0]),
    ],
)
def test_deep_values_are_scaled_and_not_clipped(
    values: np.ndarray, full_scale: float | None, expected: list[int]
) -> None:
    assert to_eight_bits(values, full_scale).tolist() == expected


def test_scaling_takes_little_more_memory_than_its_result() -> None:
    values = np.full((2048, 1024), 512, np.uint16)
    tracemalloc.start()
    try:
        eight_bits = to_eight_bits(values, 1023.0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (eight_bits == 128).all()
    assert peak < 1.5 * eight_bits.nbytes


def test_a_truncated_profile_never_raises() -> None:
    profile = rgb_profile(ADOBE_RGB)
    for length in range(0, len(profile), 37):
        assert to_srgb(SMALL, "RGB", profile[:length]).shape == SMALL.shape


def test_values_far_below_the_scale_are_black() -> None:
    values = np.array([[-3e38, -1.0, 0.0, 0.5, 1.0]], np.float32)
    assert to_eight_bits(values).tolist() == [[0, 0, 0, 128, 255]]
    assert to_eight_bits(np.array([[-3e38, 3e38]], np.float32)).tolist() == [[0, 255]]
