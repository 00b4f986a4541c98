"""Smaller JPEGs of photos of all formats: their size, pixels, orientation and metadata."""

from __future__ import annotations

import io
from datetime import datetime

import numpy as np
import pytest
from PIL import ExifTags, Image

from tests.drawing import draw_scene
from tests.photo_files import heic_bytes, written
from worker.analysis.interface import DecodeError, DecodeLimits
from worker.analysis.jpeg_copy import jpeg_copy
from worker.analysis.metadata import read_capture_information

_LATITUDE = (59.0, 19.0, 46.5)


def original(picture_format: str, *, orientation: int = 1) -> bytes:
    """A drawn photo of 1,200 by 900 pixels with a time, a camera and a place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "Canon"
    exif.get_ifd(ExifTags.IFD.Exif).update(
        {
            ExifTags.Base.DateTimeOriginal: "2026:05:17 14:32:05",
            ExifTags.Base.OffsetTimeOriginal: "+02:00",
            ExifTags.Base.BodySerialNumber: "4711",
        }
    )
    place = {1: "N", 2: _LATITUDE, 3: "E", 4: (18.0, 4.0, 7.0), 5: b"\0", 6: 28.5, 29: "2026:05:17"}
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(place)
    picture = Image.fromarray(draw_scene(4, (1200, 900)))
    if picture_format == "HEIC":
        return heic_bytes(picture, exif=exif.tobytes())
    return written(picture, picture_format, exif=exif, quality=95)


def copy_of(data: bytes, *, side: int = 600, keeps_place: bool = True) -> bytes:
    return jpeg_copy(data, side=side, limits=DecodeLimits(), keeps_place=keeps_place)


@pytest.mark.parametrize("picture_format", ["HEIC", "PNG", "JPEG"])
def test_it_is_the_same_picture_smaller_with_its_time_and_place(picture_format: str) -> None:
    data = original(picture_format)
    made = copy_of(data)
    assert made == copy_of(data), "the same photo gives the same bytes"
    picture = Image.open(io.BytesIO(made))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (600, 450))
    expected = np.asarray(Image.fromarray(draw_scene(4, (1200, 900))).resize((600, 450), Image.Resampling.BOX), int)
    assert np.abs(np.asarray(picture, int) - expected).mean() < 4
    exif = picture.getexif()
    capture = read_capture_information(exif.tobytes())
    assert (capture.taken_at, capture.utc_offset_minutes) == (datetime(2026, 5, 17, 14, 32, 5), 120)  # noqa: DTZ001
    assert (capture.camera_make, capture.camera_serial) == ("Canon", None)
    assert exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.ColorSpace] == 1
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    assert (place[1], tuple(map(float, place[2])), place[3], float(place[6])) == ("N", _LATITUDE, "E", 28.5)
    assert 29 not in place


def test_it_says_nothing_of_the_place_where_that_is_not_wanted() -> None:
    made = Image.open(io.BytesIO(copy_of(original("JPEG"), keeps_place=False)))
    assert not made.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert made.getexif().get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.OffsetTimeOriginal] == "+02:00"


def test_a_turned_photo_is_upright_and_says_so() -> None:
    made = Image.open(io.BytesIO(copy_of(original("JPEG", orientation=6))))
    assert (made.size, made.getexif()[ExifTags.Base.Orientation]) == ((450, 600), 1)


def test_it_is_never_enlarged() -> None:
    assert Image.open(io.BytesIO(copy_of(original("PNG"), side=2048))).size == (1200, 900)


def test_what_is_no_photo_is_refused() -> None:
    with pytest.raises(DecodeError):
        copy_of(b"no photo")
