from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image

from tests.drawing import Pixels, add_noise, draw_scene, exif_bytes, jpeg_bytes
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
from worker.analysis.files.decoding import DecodedPhoto, DecodeLimits, decode_photo
from worker.analysis.files.jpeg import MAX_SCANS
from worker.analysis.files.previews import encode_jpeg
from worker.analysis.files.resizing import resize_to_fit

LARGE = draw_scene(3, (3840, 2880))
LARGE_JPEG = jpeg_bytes(LARGE, taken_at=TAKEN_AT, subseconds="25", offset="+02:00")


# --- Size --------------------------------------------------------------------------------------------------


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
        ((3000, 40), 100, (94, 1)),
        ((3000, 2), 100, (100, 1)),
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
    decoded: list[tuple[int, int]] = []
    load = Image.Image.load

    def recording(image: Image.Image) -> Any:
        decoded.append(image.size)
        return load(image)

    monkeypatch.setattr(Image.Image, "load", recording)
    photo = decode_photo(LARGE_JPEG)
    assert set(decoded) == {(1920, 1440)}
    assert photo.image.shape == (1440, 1920, 3)


def test_a_reduced_photo_shows_the_same_picture() -> None:
    photo = decode_photo(LARGE_JPEG)
    assert error_of(photo, cv2.resize(LARGE, (1920, 1440), interpolation=cv2.INTER_AREA)).mean() < 4
    assert photo.capture.taken_at == TAKEN_AT.replace(microsecond=250_000)
    assert photo.capture.utc_offset_minutes == 120


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


# --- Limits ------------------------------------------------------------------------------------------------


def test_an_empty_file_is_refused() -> None:
    assert refused(b"").code == "empty_file"


def test_too_many_bytes_are_refused_before_anything_is_read() -> None:
    data = jpeg_bytes(SCENE)
    error = refused(data, DecodeLimits(max_bytes=len(data) - 1))
    assert error.code == "too_many_bytes"
    assert decode_photo(data, limits=DecodeLimits(max_bytes=len(data))).width == 320
    assert refused(b"\0" * 3_000_001, DecodeLimits(max_bytes=3_000_000)).code == "too_many_bytes"


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "BMP", "GIF", "JPEG2000", "HEIC"])
def test_too_many_pixels_are_refused_by_the_header(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = heic_bytes(PICTURE) if name == "HEIC" else written(PICTURE, name)
    assert decode_photo(data, limits=DecodeLimits(max_pixels=320 * 240)).width == 320

    def decoding(image: Image.Image) -> None:
        raise AssertionError("pixels were decoded")

    monkeypatch.setattr(Image.Image, "load", decoding)
    error = refused(data, DecodeLimits(max_pixels=320 * 240 - 1))
    assert error.code == "too_many_pixels"
    assert "320 by 240" in error.message


def test_gigapixels_in_a_small_file_are_refused() -> None:
    bomb = png_bytes(60_000, 60_000, rows=bytes(1_000_000))
    assert refused(bomb).code == "too_many_pixels"
    header = jpeg_bytes(SCENE)
    frame = header.index(b"\xff\xc0") + 5
    assert refused(header[:frame] + b"\xff\xff\xff\xff" + header[frame + 4 :]).code == "too_many_pixels"


def test_a_large_photo_causes_no_warning_from_pillow() -> None:
    huge = png_bytes(9_500, 9_500, rows=(b"\0" + b"\xaa" * 1188) * 9_500)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        photo = decode_photo(huge, target_side=256)
    assert (photo.width, photo.height) == (9_500, 9_500)


def test_text_that_expands_hugely_does_not_cost_the_picture() -> None:
    rows = (b"\0" + b"\x80" * 8) * 8
    text = b"comment\0\0" + zlib.compress(bytes(30_000_000))
    exif = exif_bytes(taken_at=TAKEN_AT)[6:]
    photo = decode_photo(png_bytes(8, 8, (b"zTXt", text), (b"eXIf", exif), rows=rows, bits=8))
    assert photo.image.shape == (8, 8, 3)
    assert photo.capture.taken_at == TAKEN_AT


def test_a_profile_that_expands_hugely_does_not_cost_the_picture() -> None:
    rows = (b"\0" + b"\x80" * 8) * 8
    profile = b"name\0\0" + zlib.compress(bytes(30_000_000))
    data = png_bytes(8, 8, (b"iCCP", profile), rows=rows, bits=8)
    assert decode_photo(data).image.max() == 128


def test_a_broken_text_chunk_does_not_cost_the_picture() -> None:
    rows = (b"\0" + b"\x80" * 8) * 8
    data = png_bytes(8, 8, (b"tEXt", b"comment\0fine"), rows=rows, bits=8).replace(b"fine", b"lies")
    assert decode_photo(data).image.shape == (8, 8, 3)


def test_exif_that_claims_gigabytes_does_not_cost_the_picture() -> None:
    entries = b"".join(struct.pack("<HHII", 0x9000 + number, 2, 60_000, 8) for number in range(4_000))
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", 4_000) + entries + bytes(4)
    photo = decode_photo(jpeg_bytes(SCENE, exif=exif))
    assert photo.image.shape == SCENE.shape


def test_a_tiff_whose_tags_expand_to_gigabytes_is_refused() -> None:
    data = written(PICTURE, "TIFF")
    place = data.index(struct.pack("<HHI", 0x0102, 3, 3))
    broken = data[:place] + struct.pack("<HHI", 0x0102, 3, 0x30000000) + data[place + 8 :]
    assert refused(broken).code == "corrupt"


def test_a_jpeg_of_countless_scans_is_refused() -> None:
    data = jpeg_bytes(SCENE, progressive=True)
    scan = data[data.index(b"\xff\xda") : data.index(b"\xff\xc4", data.index(b"\xff\xda"))]
    assert refused(data[:-2] + scan * MAX_SCANS + data[-2:]).code == "corrupt"


# --- Refused and accepted files -----------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"\xff\xd8", b"\xff\xd8\xff", LARGE_JPEG[:300], LARGE_JPEG[: len(LARGE_JPEG) // 2]])
def test_a_jpeg_that_is_cut_off_is_truncated(data: bytes) -> None:
    error = refused(data)
    assert error.code == "truncated"
    assert "Copy it again" in error.message


def test_the_message_says_how_much_is_missing() -> None:
    data = jpeg_bytes(add_noise(SCENE))
    assert re.search(r"about [56]\d% of the picture", refused(data[: len(data) // 2]).message)


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
    assert "variant" in error.message


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
from worker.analysis.files import DecodeError, decode_photo
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
