"""The pictures for books: their size, their shape, and what they are made from."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.drawing import draw_scene, jpeg_bytes
from worker.analysis.interface import DecodeError, DecodeLimits
from worker.analysis.printing import printed_jpeg


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((300, 200), (300, 200)),
        ((1200, 800), (600, 400)),  # never enlarged
        ((200, 200), (200, 200)),  # its sides are cut off
    ],
)
def test_it_has_the_size_that_is_asked_for(asked: tuple[int, int], expected: tuple[int, int]) -> None:
    content = jpeg_bytes(draw_scene(3, (600, 400)), orientation=6)
    jpeg, width, height = printed_jpeg(content, limits=DecodeLimits(), width=asked[0], height=asked[1])
    picture = Image.open(io.BytesIO(jpeg))
    assert picture.size == (width, height)
    assert picture.size == pytest.approx(expected, rel=0.07)  # decoders reduce by eighths
    assert not picture.getexif()


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(DecodeError):
        printed_jpeg(b"no photo", limits=DecodeLimits(), width=300, height=200)
