from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.real_photos import real_photo
from worker.analysis.files import decode_photo
from worker.analysis.files.quantisation import JpegTables, jpeg_tables

CANON = [1, 1, 1, 1, 2, 3, 4, 5] * 8
"""A table that no quality of libjpeg has."""


def saved(**options: object) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(real_photo("coffee")).save(buffer, "JPEG", **options)
    return buffer.getvalue()


@pytest.mark.parametrize("quality", [1, 30, 49, 50, 51, 75, 88, 95, 100])
def test_it_knows_the_tables_of_libjpeg_at_every_quality(quality: int) -> None:
    capture = decode_photo(saved(quality=quality)).capture
    assert capture.jpeg_standard
    assert capture.jpeg_step is not None
    assert (capture.jpeg_step <= 1.0) == (quality == 100)


def test_a_camera_has_tables_of_its_own() -> None:
    capture = decode_photo(saved(qtables=[CANON, CANON])).capture
    assert not capture.jpeg_standard
    assert capture.jpeg_step == np.mean(CANON)


def test_other_formats_have_none() -> None:
    buffer = io.BytesIO()
    Image.fromarray(real_photo("coffee")).save(buffer, "PNG")
    capture = decode_photo(buffer.getvalue()).capture
    assert capture.jpeg_step is None
    assert not capture.jpeg_standard


@pytest.mark.parametrize("tables", [{}, {0: []}, {0: [0] * 64}, {0: [7] * 63}, {1: [7] * 64}])
def test_a_header_without_a_usable_table_says_nothing(tables: dict[int, list[int]]) -> None:
    assert jpeg_tables(tables) is None
    assert jpeg_tables({0: [7] * 64}) == JpegTables(7.0, standard=False)
