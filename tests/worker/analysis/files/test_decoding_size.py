"""Photos are decoded near the size asked for, and resized without artefacts."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import simplejpeg
from PIL import Image

from tests.drawing import Pixels, draw_scene, jpeg_bytes
from tests.photo_files import (
    SCENE,
    TAKEN_AT,
    error_of,
    written,
)
from worker.analysis.files.decoding import decode_photo
from worker.analysis.files.previews import encode_jpeg
from worker.analysis.files.resizing import resize_to_fit


@pytest.mark.parametrize(
    ("size", "target", "expected"),
    [
        ((1600, 1200), 850, (800, 600)),  # half is near enough
        ((1600, 1200), 700, (700, 525)),
        ((1600, 1200), 200, (200, 150)),
        ((1200, 1600), 600, (450, 600)),
        ((320, 240), 2048, (320, 240)),
        ((2048, 1000), 2048, (2048, 1000)),
        ((2300, 1150), 2048, (2048, 1024)),
    ],
)
@pytest.mark.parametrize("name", ["JPEG", "PNG"])
def test_the_longest_side_fits_the_target(
    name: str, size: tuple[int, int], target: int, expected: tuple[int, int]
) -> None:
    data = written(Image.new("RGB", size, (90, 120, 60)), name)
    photo = decode_photo(data, target_side=target)
    assert (photo.width, photo.height) == size
    height, width = photo.image.shape[:2]
    assert max(width, height) <= target
    assert max(width, height) >= min(target * 15 / 16 - 1, max(size))
    assert (width, height) == pytest.approx(expected, abs=3)
    assert np.abs(photo.image.astype(int) - [90, 120, 60]).max() <= 2


def test_a_large_jpeg_is_decoded_at_half_size_by_libjpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    large = draw_scene(3, (3840, 2880))
    large_jpeg = jpeg_bytes(large, taken_at=TAKEN_AT, subseconds="25", offset="+02:00")
    decoded = shapes_decoded(monkeypatch)
    photo = decode_photo(large_jpeg)
    assert decoded == [(1440, 1920, 3)]
    assert photo.image.shape == (1440, 1920, 3)
    assert error_of(photo, cv2.resize(large, (1920, 1440), interpolation=cv2.INTER_AREA)).mean() < 4
    assert photo.capture.taken_at == TAKEN_AT.replace(microsecond=250_000)
    assert photo.capture.utc_offset_minutes == 120


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((1200, 800), (800, 1200, 3)),
        ((3000, 2000), (2000, 3000, 3)),
        ((3080, 2000), (1250, 1925, 3)),  # five eighths: all pixels, averaged by an uneven factor, take twice as long
        ((2000, 3838), (2399, 1250, 3)),
    ],
)
def test_a_jpeg_is_decoded_at_the_smallest_scale_that_is_enough(
    size: tuple[int, int], shape: tuple[int, int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    data = written(picture, "JPEG", quality=95)
    decoded = shapes_decoded(monkeypatch)
    photo = decode_photo(data)
    assert decoded == [shape]
    height, width = photo.image.shape[:2]
    expected = cv2.resize(np.asarray(picture), (width, height), interpolation=cv2.INTER_AREA)
    assert np.abs(photo.image.astype(int) - expected).mean() < 2


def shapes_decoded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """The shape of each array that libjpeg-turbo will return, in order."""
    shapes: list[tuple[int, ...]] = []
    decode = simplejpeg.decode_jpeg

    def recording(*arguments: Any, **options: Any) -> Pixels:
        pixels = np.asarray(decode(*arguments, **options), np.uint8)
        shapes.append(pixels.shape)
        return pixels

    monkeypatch.setattr(simplejpeg, "decode_jpeg", recording)
    return shapes


@pytest.mark.parametrize("longest", [2047, 1500, 1000, 999, 512, 100, 1])
@pytest.mark.parametrize("shape", [(1536, 2048, 3), (2047, 1001, 3), (700, 2000)])
def test_resizing_fits_and_keeps_the_picture(shape: tuple[int, ...], longest: int) -> None:
    image: Pixels = np.broadcast_to(
        np.linspace(0, 255, shape[1]).astype(np.uint8).reshape(1, -1, *([1] * (len(shape) - 2))), shape
    ).copy()
    resized = resize_to_fit(image, longest)
    longest = min(longest, max(shape))
    assert max(resized.shape[:2]) == longest
    assert resized.shape[2:] == shape[2:]
    wanted = min(shape[:2]) * longest / max(shape[:2])
    assert min(resized.shape[:2]) == pytest.approx(max(1, wanted), abs=1)
    row = resized[resized.shape[0] // 2].reshape(resized.shape[1], -1)[:, 0].astype(float)
    if longest > 100:
        assert np.abs(row - np.linspace(0, 255, len(row))).max() < 3


@pytest.mark.parametrize(
    ("size", "longest", "expected"),
    [((2016, 1512), 1024, 1008), ((2016, 1512), 512, 504), ((2048, 1536), 512, 512), ((1500, 1000), 1024, 1024)],
)
def test_resizing_accepts_nearly_the_size_by_a_whole_factor(size: tuple[int, int], longest: int, expected: int) -> None:
    image = np.zeros((size[1], size[0], 3), np.uint8)
    assert max(resize_to_fit(image, longest, nearly=True).shape) == expected
    assert max(resize_to_fit(image, longest).shape) == longest


def test_resizing_does_not_enlarge_or_copy() -> None:
    assert resize_to_fit(SCENE, 320) is SCENE
    assert resize_to_fit(SCENE, 5000) is SCENE


def test_resizing_does_not_alias_fine_patterns() -> None:
    stripes = np.zeros((1000, 1000, 3), np.uint8)
    stripes[:, ::2] = 255
    for longest in (500, 333, 250, 100):
        assert np.ptp(resize_to_fit(stripes, longest)[2:-2, 2:-2].astype(int)) <= 100
        assert abs(resize_to_fit(stripes, longest).mean() - 127.5) < 3


def test_an_encoded_preview_is_a_jpeg_of_the_same_colours() -> None:
    data = encode_jpeg(SCENE, quality=92)
    assert data.startswith(b"\xff\xd8\xff")
    assert error_of(decode_photo(data), SCENE).mean() < 5
    assert len(encode_jpeg(SCENE, quality=40)) < len(data)
