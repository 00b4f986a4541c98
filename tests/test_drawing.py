"""The drawn photos must have the properties that other tests rely on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.drawing import Pixels, add_noise, degrade, draw_scene, expose, jpeg_bytes, write_album


def difference(first: Pixels, second: Pixels) -> float:
    return float(np.abs(first.astype(int) - second).mean())


def sharpness(image: Pixels) -> float:
    return float(cv2.Laplacian(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.CV_64F).var())


def test_the_same_seed_draws_the_same_scene() -> None:
    assert np.array_equal(draw_scene(3, (160, 120)), draw_scene(3, (160, 120)))
    assert np.array_equal(add_noise(draw_scene(3), 5, 1), add_noise(draw_scene(3), 5, 1))


def test_shots_of_a_moment_are_closer_than_other_moments() -> None:
    shots = [draw_scene(seed, (160, 120), shift=(0.004, 0.0), jitter=0.008, shot=1) for seed in range(8)]
    firsts = [draw_scene(seed, (160, 120)) for seed in range(8)]
    same = [difference(first, shot) for first, shot in zip(firsts, shots, strict=True)]
    other = [difference(firsts[one], firsts[two]) for one in range(8) for two in range(one)]
    assert min(same) > 0
    assert max(same) < min(other)


def test_a_scene_looks_the_same_at_every_size() -> None:
    small = draw_scene(2, (200, 150))
    reduced = cv2.resize(draw_scene(2, (1000, 750)), (200, 150), interpolation=cv2.INTER_AREA)
    assert difference(small, np.asarray(reduced, np.uint8)) < 8


def test_flaws_show() -> None:
    scene = draw_scene(5, (640, 480))
    assert sharpness(degrade(scene, "blurred")) < sharpness(scene) / 4
    assert sharpness(degrade(scene, "shaken", 1)) < sharpness(scene) / 2
    assert degrade(scene, "dark").mean() < scene.mean() / 1.8
    assert degrade(scene, "bright").mean() > scene.mean() * 1.3
    assert np.array_equal(degrade(scene, "none"), scene)
    assert difference(expose(scene, 0.0), scene) < 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_rotated_jpeg_shows_the_scene_upright(orientation: int, tmp_path: Path) -> None:
    scene = draw_scene(1, (160, 120))
    path = tmp_path / "photo.jpg"
    path.write_bytes(jpeg_bytes(scene, orientation=orientation))
    with Image.open(path) as image:
        assert difference(np.asarray(ImageOps.exif_transpose(image)), scene) < 6


def test_an_album_matches_its_ground_truth(tmp_path: Path) -> None:
    album = write_album(tmp_path, moments=3, shots=[1, 4, 2], size=(160, 120))
    assert [photo.moment for photo in album] == [0, 1, 1, 1, 1, 2, 2]
    assert [sum(photo.is_best for photo in album if photo.moment == moment) for moment in range(3)] == [1, 1, 1]
    assert sorted(tmp_path.iterdir()) == sorted(photo.path for photo in album)
    assert album[1].taken_at - album[0].taken_at == timedelta(minutes=45)
    for photo in album:
        with Image.open(photo.path) as image:
            written = image.getexif().get_ifd(0x8769)[0x9003]
        assert written == photo.taken_at.strftime("%Y:%m:%d %H:%M:%S")
