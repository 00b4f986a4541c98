from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.drawing import add_noise, draw_scene, jpeg_bytes
from worker.analysis.files.damage import (
    END_OF_JPEG,
    completed_jpeg,
    is_cut_off,
    jpeg_has_end,
    jpeg_segments,
    missing_share_of_jpeg,
)
from worker.analysis.files.formats import PhotoFormat

PHOTO = add_noise(draw_scene(2, (800, 640)), 5.0)
BASELINE = jpeg_bytes(PHOTO)
PROGRESSIVE = jpeg_bytes(PHOTO, progressive=True)


def restarting() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(PHOTO).save(buffer, "JPEG", quality=90, restart_marker_blocks=1)
    return buffer.getvalue()


def pixels(data: bytes) -> NDArray[np.int_]:
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image).astype(int)


@pytest.mark.parametrize("whole", [BASELINE, PROGRESSIVE, restarting()], ids=["baseline", "progressive", "restart"])
@pytest.mark.parametrize("lost", [1, 2])
def test_a_jpeg_that_lost_only_its_end_marker_misses_nothing(whole: bytes, lost: int) -> None:
    cut = whole[:-lost]
    assert not jpeg_has_end(cut)
    assert missing_share_of_jpeg(cut) == 0.0
    assert np.array_equal(pixels(completed_jpeg(cut)), pixels(whole))


@pytest.mark.parametrize("whole", [BASELINE, restarting()], ids=["baseline", "restart"])
@pytest.mark.parametrize("kept", [0.9, 0.7, 0.5, 0.3])
def test_the_missing_share_is_the_share_of_rows_that_differ(whole: bytes, kept: float) -> None:
    cut = whole[: int(len(whole) * kept)]
    differing = (pixels(completed_jpeg(cut)) != pixels(whole)).any(axis=(1, 2))
    first_lost_row = int(np.argmax(differing))
    assert missing_share_of_jpeg(cut) == pytest.approx(1 - first_lost_row / len(PHOTO), abs=0.03)


def test_the_missing_share_is_found_wherever_the_cut_falls() -> None:
    whole = restarting()
    middle = len(whole) // 2
    shares = [missing_share_of_jpeg(whole[: middle + step]) for step in range(40)]
    assert min(shares) > 0.4
    assert max(shares) < 0.65


def test_a_progressive_jpeg_without_a_scan_counts_as_all_lost() -> None:
    assert missing_share_of_jpeg(PROGRESSIVE[: len(PROGRESSIVE) // 2]) == 1.0


def test_a_loss_in_the_last_scan_counts_by_rows() -> None:
    assert 0.02 < missing_share_of_jpeg(PROGRESSIVE[: int(len(PROGRESSIVE) * 0.95)]) < 0.3


def test_zeros_at_the_end_do_not_hide_a_cut() -> None:
    half = len(BASELINE) // 2
    padded = BASELINE[:half] + bytes(len(BASELINE) - half)
    assert not jpeg_has_end(padded)
    assert missing_share_of_jpeg(padded) == pytest.approx(missing_share_of_jpeg(BASELINE[:half]), abs=0.02)


def test_what_follows_the_picture_does_not_matter() -> None:
    assert jpeg_has_end(BASELINE + b"<html>trailer</html>")


def test_a_thumbnail_in_the_metadata_does_not_end_the_picture() -> None:
    thumbnail = jpeg_bytes(PHOTO[:64, :64].copy())
    exif = b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0" + thumbnail
    whole = jpeg_bytes(PHOTO, exif=exif)
    assert thumbnail in whole
    assert jpeg_has_end(whole)
    assert not jpeg_has_end(whole[: len(whole) // 2])


def test_it_walks_the_segments_in_order() -> None:
    markers = [segment.marker for segment in jpeg_segments(BASELINE)]
    assert markers[0] == 0xE0
    assert markers[-2:] == [0xDA, 0xD9]
    assert [segment.marker for segment in jpeg_segments(BASELINE[:10])] == []
    assert [segment.marker for segment in jpeg_segments(b"\xff\xd8" + END_OF_JPEG)] == [0xD9]


@pytest.mark.parametrize("fill", [1, 2, 3, 4, 1000])
def test_any_number_of_filling_bytes_may_come_before_a_marker(fill: int) -> None:
    filled = b"\xff\xd8" + b"\xff" * fill + b"\xfe\0\4ab" + b"\xff" * fill + b"\0" + b"\xff" * fill + b"\xd9"
    segments = [(segment.marker, segment.content, segment.start) for segment in jpeg_segments(filled)]
    assert segments == [(0xFE, b"ab", 1 + fill), (0xD9, b"", len(filled) - 2)]


@pytest.mark.parametrize(
    ("photo_format", "name", "options"),
    [
        ("png", "PNG", {}),
        ("webp", "WEBP", {}),
        ("gif", "GIF", {}),
        ("bmp", "BMP", {}),
        ("tiff", "TIFF", {}),
        ("tiff", "TIFF", {"compression": "tiff_lzw"}),
        ("avif", "AVIF", {}),
        ("jpeg2000", "JPEG2000", {}),
        ("jpeg2000", "JPEG2000", {"no_jp2": True}),
        ("jpeg", "JPEG", {}),
    ],
)
def test_it_tells_a_cut_from_other_damage(photo_format: PhotoFormat, name: str, options: dict[str, Any]) -> None:
    buffer = io.BytesIO()
    Image.fromarray(PHOTO[:96, :128].copy()).save(buffer, name, **options)
    whole = buffer.getvalue()
    assert not is_cut_off(whole, photo_format)
    for kept in (0.9, 0.5, 0.1):
        assert is_cut_off(whole[: int(len(whole) * kept)], photo_format)


def test_fill_bytes_are_passed_in_one_go() -> None:
    """It took a minute for 64 KB to look for the marker from each of them again."""
    cut = BASELINE[:9000] + b"\xff" * 4_000_000 + b"\0"
    assert not jpeg_has_end(cut)
    assert jpeg_has_end(BASELINE[:-2] + b"\xff" * 100_000 + END_OF_JPEG)
