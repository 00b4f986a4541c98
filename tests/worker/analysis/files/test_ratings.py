"""Stars and labels that a camera or a program wrote into the photo itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from albums.analysis import Marks
from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.photo_files import heic_bytes, written
from tests.raw_files import cr3_bytes, dng_bytes, enlarged, sensor_data
from tests.worker.analysis.metadata.test_capture import xmp
from worker.analysis.files import decode_photo
from worker.analysis.marking import marked
from worker.analysis.metadata import read_capture_information

SCENE = draw_scene(3, (320, 240))
PICTURE = Image.fromarray(SCENE)
XMP = marked(b"", Marks(stars=4, label="blue"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: marked(jpeg_bytes(SCENE), Marks(stars=4, label="blue")),
        lambda: heic_bytes(PICTURE, xmp=XMP),
        lambda: dng_bytes(sensor_data(SCENE), extra=[(0x02BC, "B", XMP)]),
        lambda: cr3_bytes(enlarged(SCENE, (640, 480)), xmp=XMP),
        lambda: written(PICTURE, "WEBP", xmp=XMP),
        lambda: written(PICTURE, "TIFF", tiffinfo={0x02BC: XMP}),
    ],
    ids=["JPEG", "HEIC", "DNG", "CR3", "WebP", "TIFF"],
)
def test_they_are_read_from_every_format_that_programs_write_them_into(make: Callable[[], bytes]) -> None:
    capture = decode_photo(make()).capture
    assert (capture.rating, capture.label) == (4, "Blue")


@pytest.mark.parametrize(
    ("properties", "exif", "expected"),
    [
        ('xmp:Rating="3" xmp:Label="Blue"', {}, (3, "Blue")),
        ('xap:Rating="3" xap:Label="blau"', {}, (3, "blau")),
        ('xmp:Rating="-1"', {}, (-1, None)),
        ('xmp:Rating="99"', {}, (None, None)),
        ('xmp:Rating="2"', {0x4746: 5}, (2, None)),
        ("", {0x4746: 4}, (4, None)),
        ("", {}, (None, None)),
    ],
    ids=["XMP", "XMP of before 2010", "rejected", "impossible", "XMP before EXIF", "EXIF", "none"],
)
def test_stars_and_the_label_are_read_from_inside_the_photo(
    properties: str, exif: dict[int, Any], expected: tuple[int | None, str | None]
) -> None:
    read = read_capture_information(exif_bytes(extra=exif), xmp(attributes=properties))
    assert (read.rating, read.label) == expected
