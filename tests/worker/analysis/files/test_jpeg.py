"""JPEGs are decoded by libjpeg-turbo alone where nothing is wrong with them, and by Pillow otherwise."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.drawing import draw_scene
from tests.photo_files import refused
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


LOSSLESS = base64.b64decode(
    "/9j/7gAOQWRvYmUAZAAAAAAA/8MAEQgACAAIA1IRAEcRAEIRAP/EABcAAQEBAQAAAAAAAAAAAAAAAAIFCAb/2gAMA1IARwBCAAEAAM/9Rn9uw3YbsN2G"
    "7DdhuxYjtuw3YbsN2G7DdhuxYjtuw3YbsN2G7DdhuxYjtuw3YbsN2G7DdhuxYjtuw3YbsN2G7DdhuxYjtuw3YbsN2G7DdhuxYjtuw3YbsN2G7DdhuxYjt"
    "uw3YbsN2G7Ddhux/9k="
)
"""8 by 8 pixels, written by libjpeg-turbo 3."""


def test_a_lossless_jpeg_is_read_exactly() -> None:
    red = np.arange(64, dtype=np.uint8).reshape(8, 8) * 3
    assert np.array_equal(decode_photo(LOSSLESS).image, np.dstack([red, red[::-1], red.T]))


@pytest.mark.parametrize(
    ("frame", "bits", "words"),
    [(b"\xff\xc1", 12, "12 bits"), (b"\xff\xc3", 16, "16 bits"), (b"\xff\xf7", 8, "JPEG-LS")],
)
def test_a_jpeg_that_no_decoder_of_ours_reads_is_refused(frame: bytes, bits: int, words: str) -> None:
    place = LOSSLESS.index(b"\xff\xc3")
    error = refused(LOSSLESS[:place] + frame + LOSSLESS[place + 2 : place + 4] + bytes((bits,)) + LOSSLESS[place + 5 :])
    assert error.code == "unsupported_format"
    assert words in error.message
