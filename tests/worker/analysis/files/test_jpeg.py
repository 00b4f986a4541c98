"""JPEGs are decoded by libjpeg-turbo alone where nothing is wrong with them, and by Pillow otherwise."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.drawing import draw_scene
from worker.analysis.files import decode_photo, jpeg
from worker.analysis.files.colour import Pixels


@pytest.mark.parametrize(
    "options",
    [{"subsampling": 0}, {"subsampling": 1}, {"subsampling": 2}, {"progressive": True}, {"keep_rgb": True}],
    ids=str,
)
@pytest.mark.parametrize("target", [100, 300, 640])
def test_both_decoders_give_the_same_pixels(
    options: dict[str, Any], target: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = jpeg_of(draw_scene(4, (641, 479)), **options)
    assert isinstance(jpeg.open_jpeg(data).load(target), np.ndarray)
    alone = decode_photo(data, target_side=target).image
    monkeypatch.setattr(jpeg, "_decode_sound", refusing)
    assert np.array_equal(alone, decode_photo(data, target_side=target).image)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_pillow_decodes_other_colours(mode: str) -> None:
    data = jpeg_of(np.asarray(Image.fromarray(draw_scene(4, (64, 48))).convert(mode)), mode=mode)
    assert isinstance(jpeg.open_jpeg(data).load(64), Image.Image)


def test_pillow_decodes_what_libjpeg_warns_about() -> None:
    data = jpeg_of(draw_scene(4, (320, 240)))
    damaged = data[: len(data) // 2] + b"\xff\xd0" + data[len(data) // 2 :]  # a restart marker that nobody announced
    assert isinstance(jpeg.open_jpeg(data).load(320), np.ndarray)
    assert isinstance(jpeg.open_jpeg(damaged).load(320), Image.Image)


def test_scans_are_counted_across_the_parts_that_are_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jpeg, "_SEARCHED_AT_ONCE", 7)
    for start in range(16):
        data = bytes(start) + b"\xff\xda" + bytes(3) + b"\xff\xff\xda" + bytes(16 - start) + b"\xda\xff"
        assert jpeg._possible_scans(data) == data.count(b"\xff\xda") == 2


def jpeg_of(pixels: Pixels, mode: str | None = None, **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels, mode=mode).save(buffer, "JPEG", quality=90, **options)
    return buffer.getvalue()


def refusing(*_arguments: object) -> Pixels:
    raise ValueError
