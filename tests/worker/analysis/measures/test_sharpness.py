from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.drawing import add_noise, blur, draw_scene, expose, shake
from tests.drawn_sets import grey
from worker.analysis.measures.sharpness import Sharpness, laplacian_variance, measure_sharpness, region_detail

SIZE = (1024, 768)


def measured(image: NDArray[np.uint8]) -> Sharpness:
    return measure_sharpness(grey(image))


def smooth(level: int = 120) -> NDArray[np.uint8]:
    """A slope across the whole photo, without any texture."""
    slope = np.linspace(level - 40, level + 40, SIZE[0], dtype=np.float32)
    return np.repeat(np.round(np.tile(slope, (SIZE[1], 1)))[..., None], 3, axis=2).astype(np.uint8)


def test_the_laplacian_variance_is_that_of_the_definition() -> None:
    image = grey(draw_scene(4, (97, 61)))
    padded = np.pad(image.astype(np.float64), 1, mode="reflect")
    middle = padded[1:-1, 1:-1]
    laplacian = padded[:-2, 1:-1] + padded[2:, 1:-1] + padded[1:-1, :-2] + padded[1:-1, 2:] - 4 * middle
    assert laplacian_variance(image) == pytest.approx(laplacian.var(), rel=1e-9)


def test_a_uniform_photo_has_no_laplacian_and_no_noise() -> None:
    found = measured(np.full((300, 400, 3), 90, np.uint8))
    assert found.laplacian_variance == 0
    assert found.noise == 0


@pytest.mark.parametrize("sigma", [2.0, 5.0, 12.0, 25.0])
def test_it_measures_noise_in_grey_levels(sigma: float) -> None:
    noise = np.random.default_rng(1).normal(0, sigma, SIZE[::-1])[..., None]
    noisy = np.clip(np.round(smooth() + noise), 0, 255).astype(np.uint8)
    assert measured(noisy).noise == pytest.approx(sigma, rel=0.1)


def test_texture_elsewhere_is_not_taken_for_noise() -> None:
    half_textured = smooth()
    half_textured[:, : SIZE[0] // 2] = np.random.default_rng(2).integers(0, 256, (SIZE[1], SIZE[0] // 2, 1))
    assert measured(half_textured).noise < 1


def test_a_clipped_sky_does_not_hide_the_noise() -> None:
    noisy = add_noise(smooth(), 10.0)
    noisy[: SIZE[1] // 2] = 255
    assert measured(noisy).noise == pytest.approx(measured(add_noise(smooth(), 10.0)).noise, rel=0.15)


@pytest.mark.parametrize("seed", range(3))
def test_detail_falls_with_every_grade_of_blur(seed: int) -> None:
    scene = draw_scene(seed, SIZE)
    by_defocus = [measured(scene)] + [measured(blur(scene, share)) for share in (0.0006, 0.0012, 0.0025, 0.005)]
    by_shake = [measured(scene)] + [measured(shake(scene, share, angle=50)) for share in (0.003, 0.006, 0.012)]
    for grades in (by_defocus, by_shake):
        details = [grade.detail for grade in grades]
        assert details == sorted(details, reverse=True)
        assert details[0] - details[1] > 0.1


@pytest.mark.parametrize("stops", [-1.5, -0.7, 0.4])
def test_exposure_changes_the_laplacian_but_not_the_detail(stops: float) -> None:
    scene = expose(draw_scene(5, SIZE), -1)  # dark enough that brightening clips nothing
    exposed = expose(scene, stops)
    assert abs(measured(exposed).detail - measured(scene).detail) < 0.1
    assert abs(np.log(measured(exposed).laplacian_variance / measured(scene).laplacian_variance)) > 0.2


@pytest.mark.parametrize("sigma", [3.0, 8.0, 20.0])
def test_noise_raises_the_laplacian_but_not_the_detail(sigma: float) -> None:
    scene = draw_scene(6, SIZE)
    noisy = add_noise(scene, sigma)
    assert measured(noisy).laplacian_variance > measured(scene).laplacian_variance
    assert measured(noisy).detail < measured(scene).detail + 0.02


def test_a_sharp_subject_in_front_of_a_blurred_background_is_sharp() -> None:
    scene = draw_scene(7, SIZE)
    part_sharp = blur(scene, 0.004)
    part_sharp[200:600, 300:700] = scene[200:600, 300:700]
    sharp, soft, mixed = (measured(image).detail for image in (scene, blur(scene, 0.004), part_sharp))
    assert mixed > soft + 0.5 * (sharp - soft)


def test_a_small_copy_is_not_sharper_than_its_original() -> None:
    scene = draw_scene(8, (2048, 1536))
    half = np.asarray(cv2.resize(scene, (1024, 768), interpolation=cv2.INTER_AREA), np.uint8)
    assert measured(half).detail < measured(scene).detail


def test_the_scales_are_comparable_between_sizes() -> None:
    scene = draw_scene(9, (2048, 1536))
    half = np.asarray(cv2.resize(scene, (1024, 768), interpolation=cv2.INTER_AREA), np.uint8)
    whole_scale, half_scale = measured(scene).tenengrad, measured(half).tenengrad
    for side in (1024, 512, 256):
        assert half_scale[side] == pytest.approx(whole_scale[side], abs=0.1)


def test_a_region_loses_detail_when_it_is_blurred_and_gains_none_from_noise() -> None:
    scene = draw_scene(10, SIZE)
    region = np.s_[100:400, 200:500]
    original, blurred, noisy = (grey(image) for image in (scene, blur(scene, 0.002), add_noise(scene, 8.0)))
    detail = region_detail(original[region], measure_sharpness(original).noise, SIZE[0])
    assert region_detail(blurred[region], measure_sharpness(blurred).noise, SIZE[0]) < detail - 0.2
    assert region_detail(noisy[region], measure_sharpness(noisy).noise, SIZE[0]) < detail + 0.05


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))))
def test_it_gives_finite_numbers_for_any_small_image(image: NDArray[np.uint8]) -> None:
    found = measure_sharpness(image)
    numbers = [found.laplacian_variance, found.noise, found.detail, *found.tenengrad.values()]
    assert np.isfinite(numbers).all()
    assert np.isfinite(region_detail(image, found.noise, max(image.shape)))


@pytest.mark.parametrize("shape", [(1, 3000), (3000, 1), (2, 500), (37, 4096)])
def test_it_accepts_very_narrow_photos(shape: tuple[int, int]) -> None:
    image = np.random.default_rng(3).integers(0, 256, shape, dtype=np.uint8)
    found = measure_sharpness(image)
    assert np.isfinite([found.laplacian_variance, found.noise, found.detail, *found.tenengrad.values()]).all()
