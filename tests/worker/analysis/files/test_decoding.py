"""Damaged, unsupported and disguised files are refused by name; broken metadata is not fatal."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from tests.drawing import add_noise, draw_scene, exif_bytes, jpeg_bytes
from tests.icc_profiles import DISPLAY_P3, rgb_profile
from tests.photo_files import (
    PICTURE,
    SCENE,
    TAKEN_AT,
    decode_or_code,
    error_of,
    heic_bytes,
    png_bytes,
    refused,
    tiff_tags,
    written,
)
from worker.analysis.files.decoding import DecodedPhoto, decode_photo

WHOLE_JPEG = jpeg_bytes(draw_scene(3, (640, 480)), taken_at=TAKEN_AT, subseconds="25", offset="+02:00")


# --- Refused and accepted files -----------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\xff\xd8", b"\xff\xd8\xff", WHOLE_JPEG[:300], WHOLE_JPEG[: len(WHOLE_JPEG) // 2]])
def test_a_jpeg_that_is_cut_off_is_truncated(data: bytes) -> None:
    error = refused(data)
    assert error.code == "truncated"
    assert "Copy it again" in error.message


def test_the_message_says_how_much_is_missing() -> None:
    data = jpeg_bytes(add_noise(SCENE))
    assert re.search(r"about [56]\d% of the picture", refused(data[: len(data) // 2]).message)
    header = data.index(b"\xff\xda") + 20
    assert "the whole picture is missing" in refused(data[:header]).message


@pytest.mark.parametrize("lost", [1, 2])
def test_a_jpeg_without_its_end_marker_is_complete(lost: int) -> None:
    data = jpeg_bytes(add_noise(SCENE))
    assert np.array_equal(decode_photo(data[:-lost]).image, decode_photo(data).image)


def test_a_jpeg_may_lack_two_percent_of_its_rows() -> None:
    tall = jpeg_bytes(add_noise(draw_scene(6, (200, 4000)), 4.0))
    fine, lost = (decode_or_code(tall[: int(len(tall) * kept)]) for kept in (0.99, 0.96))
    assert isinstance(fine, DecodedPhoto)
    assert lost == "truncated"


@pytest.mark.parametrize("kept", [0.95, 0.5, 0.1])
@pytest.mark.parametrize(
    "whole",
    [
        written(PICTURE, "PNG"),
        written(PICTURE, "WEBP"),
        written(PICTURE, "GIF"),
        written(PICTURE, "BMP"),
        written(PICTURE, "TIFF"),
        written(PICTURE, "TIFF", compression="tiff_lzw"),
        written(PICTURE, "AVIF"),
        written(PICTURE, "JPEG2000"),
        heic_bytes(PICTURE, quality=60),
    ],
    ids=["PNG", "WebP", "GIF", "BMP", "TIFF", "LZW TIFF", "AVIF", "JPEG 2000", "HEIC"],
)
def test_other_formats_that_are_cut_off_are_truncated(whole: bytes, kept: float) -> None:
    assert refused(whole[: int(len(whole) * kept)]).code == "truncated"


def test_a_png_and_a_gif_without_an_end_marker_are_complete() -> None:
    for name in ("PNG", "GIF"):
        whole = written(PICTURE, name)
        assert np.array_equal(decode_photo(whole[:-2]).image, decode_photo(whole).image)


def test_damaged_pixels_are_corrupt() -> None:
    data = bytearray(written(PICTURE, "PNG"))
    place = data.index(b"IDAT") + 40
    data[place : place + 40] = bytes(40)
    assert refused(bytes(data)).code == "corrupt"
    corrupted_by_text_mode = written(PICTURE, "PNG").replace(b"\r\n", b"\n")
    assert refused(corrupted_by_text_mode).code in ("corrupt", "truncated")


def test_depths_that_the_decoder_lacks_are_unsupported() -> None:
    data = jpeg_bytes(SCENE)
    frame = data.index(b"\xff\xc0") + 4
    error = refused(data[:frame] + b"\x0c" + data[frame + 1 :])
    assert error.code == "unsupported_format"
    assert "12 bits" in error.message


def test_other_kinds_of_file_are_named() -> None:
    assert refused(b"PK\x03\x04" + bytes(100)).code == "unsupported_format"
    assert refused(b"Dear diary").code == "not_an_image"


def test_a_polyglot_is_what_its_header_says() -> None:
    trailer = b"<html><script>alert(1)</script></html>"
    photo = decode_photo(jpeg_bytes(SCENE) + trailer)
    assert (photo.format, photo.content_type) == ("jpeg", "image/jpeg")
    assert refused(trailer + jpeg_bytes(SCENE)).code == "unsupported_format"


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0garbage",
        b"Exif\0\0II*\0\xff\xff\xff\x7f",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(30),
        exif_bytes(taken_at=TAKEN_AT)[:40],
        exif_bytes(extra={0x011A: 0, 0x0128: 0}),
    ],
)
def test_broken_exif_is_never_fatal(exif: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        photo = decode_photo(jpeg_bytes(SCENE, exif=exif))
    assert photo.image.shape == SCENE.shape


def test_broken_exif_in_a_tiff_is_not_fatal() -> None:
    data = written(PICTURE, "TIFF")
    place = data.index(struct.pack("<HHI", 0x011C, 3, 1))
    broken = data[:place] + struct.pack("<HHII", 0x8769, 4, 1, len(data) - 3) + data[place + 12 :]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert error_of(decode_photo(broken), SCENE).max() == 0


def test_capture_information_comes_with_every_format_that_has_it() -> None:
    exif = exif_bytes(taken_at=TAKEN_AT, camera=("Maker", "Model"))
    tags = tiff_tags(1)
    tags[0x0132], tags[0x010F] = "2024:06:15 12:00:05", "Maker"
    heif = pillow_heif.from_pillow(PICTURE)
    heif.info["exif"] = exif
    buffer = io.BytesIO()
    heif.save(buffer)
    files = [written(PICTURE, name, exif=exif) for name in ("JPEG", "PNG", "WEBP", "AVIF")]
    for data in [*files, written(PICTURE, "TIFF", tiffinfo=tags), buffer.getvalue()]:
        capture = decode_photo(data).capture
        assert (capture.taken_at, capture.camera_make, capture.source) == (TAKEN_AT, "Maker", "exif")


def test_xmp_is_read_from_every_format_that_has_it() -> None:
    packet = b'<x:xmpmeta><rdf:Description photoshop:DateCreated="2024-06-15T12:00:05"/></x:xmpmeta>'
    for name in ("JPEG", "WEBP", "AVIF", "TIFF"):
        options = {"tiffinfo": {0x02BC: packet}} if name == "TIFF" else {"xmp": packet}
        assert decode_photo(written(PICTURE, name, **options)).capture.taken_at == TAKEN_AT
    in_png = png_bytes(8, 8, (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet), rows=(b"\0" + bytes(8)) * 8, bits=8)
    assert decode_photo(in_png).capture.source == "xmp"


# --- Side effects ------------------------------------------------------------------------------------------


def test_threads_do_not_disturb_each_other() -> None:
    files = [
        jpeg_bytes(SCENE, icc=rgb_profile(DISPLAY_P3)),
        written(PICTURE, "PNG"),
        written(PICTURE, "TIFF", compression="tiff_lzw"),
        heic_bytes(PICTURE),
        jpeg_bytes(add_noise(SCENE))[:-2],
        written(PICTURE, "AVIF"),
        b"not a photo",
        jpeg_bytes(SCENE, exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + bytes(30)),
    ]

    def outcome(index: int) -> object:
        result = decode_or_code(files[index % len(files)])
        return result if isinstance(result, str) else result.image.tobytes()

    alone = [outcome(index) for index in range(len(files))]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(outcome, range(len(files) * 6)))
    assert together == alone * 6


def test_it_leaves_pillows_settings_alone_and_says_nothing() -> None:
    """Runs in its own process, where nothing has set a filter for warnings."""
    program = """
import io, struct, sys
from PIL import Image, ImageFile
before = Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES
from tests.drawing import draw_scene, jpeg_bytes
from worker.analysis.files import decode_photo
from worker.analysis.interface import DecodeError
scene = draw_scene(1, (64, 48))
decode_photo(jpeg_bytes(scene, exif=b"Exif\\0\\0II*\\0\\x08\\0\\0\\0\\xff\\xff" + bytes(30)))
buffer = io.BytesIO()
Image.fromarray(scene).save(buffer, "TIFF", compression="tiff_lzw")
for data in (buffer.getvalue()[:-20], jpeg_bytes(scene)[:-200], b"\\xff\\xd8\\xff"):
    try:
        decode_photo(data)
    except DecodeError:
        pass
assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES)
"""
    run = subprocess.run(
        [sys.executable, "-W", "always", "-c", program],
        cwd=Path(__file__).parents[4],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_time_limit_is_not_reported_as_a_broken_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    class OutOfTime(Exception):
        """Stands for Celery's SoftTimeLimitExceeded, which is an Exception too."""

    def interrupted(image: Image.Image) -> None:
        raise OutOfTime

    monkeypatch.setattr(Image.Image, "load", interrupted)
    with pytest.raises(OutOfTime):
        decode_photo(jpeg_bytes(SCENE))
