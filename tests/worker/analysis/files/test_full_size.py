"""Photos that no browser shows are also decoded at full size, as they are shown."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.drawing import draw_scene, jpeg_bytes
from tests.jpeg_xl_files import jxl_bytes
from tests.photo_files import heic_bytes, tiff_tags, turned_heic, written
from tests.raw_files import dng_bytes, sensor_data
from worker.analysis.files import decode_photo
from worker.analysis.files.colour import Pixels
from worker.analysis.interface import DecodeLimits

SCENE = draw_scene(3, (384, 256))
IMAGE = Image.fromarray(SCENE)
FILES = {
    "heic": heic_bytes(IMAGE, chroma=420, quality=95),
    "jpeg2000": written(IMAGE, "JPEG2000"),
    "jpeg_xl": jxl_bytes(SCENE),
    "tiff": written(IMAGE, "TIFF"),
}


def full_size(data: bytes, *, most: int = 384 * 256, target_side: int = 128) -> Pixels | None:
    return decode_photo(data, limits=DecodeLimits(max_full_size_pixels=most), target_side=target_side).full_size


def differs(pixels: Pixels | None, expected: Pixels) -> float:
    assert pixels is not None
    assert pixels.shape == expected.shape
    return float(np.abs(pixels.astype(float) - expected).mean())


@pytest.mark.parametrize("name", FILES)
def test_they_have_all_their_pixels(name: str) -> None:
    assert differs(full_size(FILES[name]), SCENE) < 5


def test_they_are_upright() -> None:
    assert differs(full_size(turned_heic(IMAGE, 6)), np.rot90(SCENE, -1)) < 6
    assert differs(full_size(written(IMAGE, "TIFF", tiffinfo=tiff_tags(8))), np.rot90(SCENE)) == 0


def test_a_raw_file_is_developed_once_more() -> None:
    sensor = dng_bytes(sensor_data(draw_scene(3, (512, 384))))
    photo = decode_photo(sensor, limits=DecodeLimits(max_full_size_pixels=10**6), target_side=128)
    assert photo.full_size is not None
    assert max(photo.full_size.shape) == max(photo.width, photo.height) > max(photo.image.shape)


def test_none_is_made_of_what_browsers_show_or_what_is_small_or_too_large() -> None:
    assert full_size(jpeg_bytes(SCENE)) is None
    assert full_size(written(IMAGE, "PNG")) is None
    assert full_size(FILES["tiff"], target_side=384) is None
    assert full_size(FILES["tiff"], most=384 * 256 - 1) is None
    assert decode_photo(FILES["tiff"], target_side=128).full_size is None


def test_a_photo_without_memory_for_it_is_taken_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def decode(*_: object) -> Pixels:
        calls.append(_)
        if len(calls) > 1:
            raise MemoryError
        return SCENE[::3, ::3]

    monkeypatch.setattr("worker.analysis.files.decoding.upright_srgb", decode)
    photo = decode_photo(FILES["tiff"], limits=DecodeLimits(max_full_size_pixels=10**6), target_side=128)
    assert (photo.full_size, photo.width, len(calls)) == (None, 384, 2)
