from __future__ import annotations

import cv2
import numpy as np
import pytest

from tests.drawing import Pixels, add_noise, blur, draw_scene
from tests.drawn_sets import grey
from worker.analysis.measures.scales import SCALES
from worker.analysis.measures.texture import measure_texture
from worker.analysis.measures.uprightness import uprightness


@pytest.fixture(scope="module")
def scene() -> Pixels:
    return draw_scene(7, (1600, 1200))


def test_noise_raises_the_floor_and_blur_lowers_the_signal(scene: Pixels) -> None:
    clean, noisy, soft = (measure_texture(grey(image)) for image in (scene, add_noise(scene, 12.0), blur(scene, 0.003)))
    assert noisy.floor[2048] - clean.floor[2048] > 1.5
    assert abs(noisy.signal[2048] - clean.signal[2048]) < 0.8
    assert clean.signal[2048] - soft.signal[2048] > 1.5
    assert clean.signal[256] - soft.signal[256] < 1


def test_grain_coarser_than_a_pixel_raises_the_floor_as_well(scene: Pixels) -> None:
    random = np.random.default_rng(0)
    grain = cv2.GaussianBlur(random.normal(0, 30, scene.shape).astype(np.float32), (0, 0), 1.2)
    grainy = np.clip(scene + grain, 0, 255).astype(np.uint8)
    clean, found = measure_texture(grey(scene)), measure_texture(grey(grainy))
    assert found.floor[2048] - clean.floor[2048] > 1


def test_a_smaller_copy_has_no_more_structure_than_its_original(scene: Pixels) -> None:
    small = np.asarray(cv2.resize(scene, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    original, copy = measure_texture(grey(scene)), measure_texture(grey(small))
    assert copy.signal[2048] < original.signal[2048] + 0.1


def test_it_measures_anything() -> None:
    for shape in ((1, 1), (1, 3000), (9, 7), (600, 40)):
        texture = measure_texture(np.full(shape, 128, np.uint8))
        values = [*texture.floor.values(), *texture.signal.values()]
        assert np.isfinite(values).all()
        assert list(texture.signal) == list(SCALES)


def test_a_tilted_house_has_a_lower_uprightness() -> None:
    house = np.full((360, 512), 200, np.uint8)
    cv2.rectangle(house, (100, 80), (400, 300), 60, -1)
    turn = cv2.getRotationMatrix2D((256, 180), 4, 1)
    tilted = np.asarray(cv2.warpAffine(house, turn, (512, 360), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    assert uprightness(house) > 0.9
    assert uprightness(tilted) < 0.2


def test_a_photo_without_lines_has_the_value_of_chance() -> None:
    assert uprightness(np.full((60, 80), 90, np.uint8)) == pytest.approx(1 / 6, abs=0.01)
