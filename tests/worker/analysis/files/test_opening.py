from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms
from PIL.WebPImagePlugin import WebPImageFile

from tests.drawing import STORED_BY_ORIENTATION, draw_scene, exif_bytes, jpeg_bytes
from tests.icc_profiles import DISPLAY_P3, rgb_profile, srgb_of
from tests.photo_files import (
    PICTURE,
    SCENE,
    TAKEN_AT,
    error_of,
    float_tiff,
    heic_bytes,
    opencv_bytes,
    png_bytes,
    png_chunk,
    refused,
    tiff_tags,
    turned_heic,
    written,
)
from worker.analysis.files.decoding import decode_photo

GREY = np.asarray(PICTURE.convert("L"))
GREY_SCENE = np.repeat(GREY[..., None], 3, axis=2)
ALPHA = np.tile(np.linspace(0, 255, 320).astype(np.uint8), (240, 1))
TRANSPARENT = Image.fromarray(np.dstack([SCENE, ALPHA]))
OVER_WHITE = SCENE * (ALPHA[..., None] / 255.0) + 255.0 * (1 - ALPHA[..., None] / 255.0)


# --- Formats, depths and colours ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "photo_format", "content_type", "tolerance"),
    [
        (written(PICTURE, "JPEG", quality=95), "jpeg", "image/jpeg", 4),
        (written(PICTURE, "JPEG", quality=95, progressive=True), "jpeg", "image/jpeg", 4),
        (written(PICTURE, "JPEG", quality=95, subsampling=0), "jpeg", "image/jpeg", 2),
        (written(PICTURE, "PNG"), "png", "image/png", 0),
        (written(PICTURE, "WEBP", lossless=True), "webp", "image/webp", 0),
        (written(PICTURE, "WEBP", quality=95), "webp", "image/webp", 4),
        (written(PICTURE, "AVIF", quality=100), "avif", "image/avif", 4),
        (written(PICTURE, "TIFF"), "tiff", "image/tiff", 0),
        (written(PICTURE, "TIFF", compression="tiff_lzw"), "tiff", "image/tiff", 0),
        (written(PICTURE, "TIFF", compression="tiff_adobe_deflate"), "tiff", "image/tiff", 0),
        (written(PICTURE, "TIFF", compression="jpeg", quality=95), "tiff", "image/tiff", 2),
        (written(PICTURE, "TIFF", big_tiff=True), "tiff", "image/tiff", 0),
        (written(PICTURE.convert("YCbCr"), "TIFF"), "tiff", "image/tiff", 2),
        (written(PICTURE.convert("CMYK"), "TIFF"), "tiff", "image/tiff", 0),
        (written(PICTURE, "BMP"), "bmp", "image/bmp", 0),
        (written(PICTURE, "GIF"), "gif", "image/gif", 4),
        (written(PICTURE, "JPEG2000"), "jpeg2000", "image/jp2", 0),
        (written(PICTURE, "JPEG2000", no_jp2=True), "jpeg2000", "image/jp2", 0),
        (heic_bytes(PICTURE), "heic", "image/heic", 1),
    ],
)
def test_it_decodes_every_format(data: bytes, photo_format: str, content_type: str, tolerance: float) -> None:
    photo = decode_photo(data)
    assert (photo.format, photo.content_type) == (photo_format, content_type)
    assert (photo.width, photo.height) == (320, 240)
    assert photo.image.dtype == np.uint8
    assert photo.image.flags.c_contiguous
    assert error_of(photo, SCENE).mean() <= tolerance


@pytest.mark.parametrize("name", ["MPO", "GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_the_first_of_several_pictures_counts(name: str) -> None:
    others = [PICTURE.transpose(Image.Transpose.ROTATE_180), Image.new("RGB", PICTURE.size, "red")]
    photo = decode_photo(written(PICTURE, name, save_all=True, append_images=others))
    assert error_of(photo, SCENE).mean() < 6
    assert photo.format == name.lower()
    assert photo.content_type == ("image/jpeg" if name == "MPO" else f"image/{name.lower()}")


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("picture", [PICTURE, TRANSPARENT], ids=["opaque", "transparent"])
def test_a_still_webp_is_decoded_without_the_memory_of_an_animation(
    picture: Image.Image, lossless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = written(picture, "WEBP", lossless=lossless, exact=True)
    expected = decode_photo(written(Image.open(io.BytesIO(data)), "PNG"))
    monkeypatch.setattr(WebPImageFile, "load", None)
    assert np.array_equal(decode_photo(data).image, expected.image)


@pytest.mark.parametrize(
    "data",
    [
        written(PICTURE.convert("L"), "PNG"),
        written(PICTURE.convert("L"), "JPEG2000"),
        written(PICTURE.convert("L"), "BMP"),
        written(Image.fromarray(GREY.astype(np.uint16) * 257), "PNG"),
        written(Image.fromarray(GREY.astype(np.uint16) * 257), "JPEG2000"),
        written(Image.fromarray(GREY.astype(np.uint16) * 257), "TIFF"),
        written(Image.fromarray(GREY.astype(np.uint16) * 257), "TIFF", compression="tiff_lzw"),
        written(Image.fromarray(GREY.astype(">u2") * 257), "TIFF"),
        written(Image.fromarray(GREY.astype(np.int32) * 257), "TIFF"),
        written(Image.fromarray(GREY.astype(np.float32) / 255), "TIFF"),
        written(Image.fromarray(GREY.astype(np.float32)), "TIFF"),
        opencv_bytes(".tif", GREY.astype(np.float64) / 255),
        heic_bytes(PICTURE.convert("L")),
    ],
)
def test_grey_of_any_depth_keeps_its_levels(data: bytes) -> None:
    assert error_of(decode_photo(data), GREY_SCENE).max() <= 1


@pytest.mark.parametrize(
    "data",
    [
        opencv_bytes(".png", SCENE.astype(np.uint16) * 257),
        opencv_bytes(".tif", SCENE.astype(np.uint16) * 257),
        opencv_bytes(".jp2", SCENE.astype(np.uint16) * 257, cv2.IMWRITE_JPEG2000_COMPRESSION_X1000, 1000),
        opencv_bytes(".tif", SCENE.astype(np.float32) / 255, cv2.IMWRITE_TIFF_COMPRESSION, 1),
        opencv_bytes(".tif", SCENE.astype(np.float64) / 255),
    ],
    ids=["PNG", "TIFF", "JPEG 2000", "float", "double"],
)
def test_deep_colours_are_scaled_and_not_clipped(data: bytes) -> None:
    assert error_of(decode_photo(data), SCENE).max() <= 1


def test_deep_grey_is_scaled_before_it_is_reduced() -> None:
    wide = np.tile(np.linspace(0, 65535, 1200).astype(np.uint16), (600, 1))
    for name in ("PNG", "TIFF"):
        image = decode_photo(written(Image.fromarray(wide), name), target_side=300).image
        assert image.shape == (150, 300, 3)
        assert np.abs(image[5, :, 0] - np.linspace(0, 255, 300)).max() < 2


@pytest.mark.parametrize(
    ("data", "tolerance"),
    [
        (written(TRANSPARENT, "PNG"), 0.51),
        (written(TRANSPARENT, "WEBP", lossless=True, exact=True), 0.51),
        (written(TRANSPARENT, "TIFF"), 0.51),
        (written(TRANSPARENT, "JPEG2000"), 0.51),
        (heic_bytes(TRANSPARENT), 1.51),
    ],
    ids=["PNG", "WebP", "TIFF", "JPEG 2000", "HEIC"],
)
def test_transparency_is_shown_over_white(data: bytes, tolerance: float) -> None:
    assert error_of(decode_photo(data), OVER_WHITE).max() <= tolerance


def test_grey_with_alpha_is_shown_over_white() -> None:
    expected = GREY_SCENE * (ALPHA[..., None] / 255.0) + 255.0 * (1 - ALPHA[..., None] / 255.0)
    assert error_of(decode_photo(written(TRANSPARENT.convert("LA"), "PNG")), expected).max() <= 0.51


def test_reducing_does_not_mix_in_transparent_colours() -> None:
    checks = np.zeros((802, 800, 4), np.uint8)
    checks[..., 0] = 255  # all red
    checks[::2, ::2, 3] = 255  # a quarter of it visible
    checks[400:] = 0, 0, 255, 255  # and blue below
    image = decode_photo(written(Image.fromarray(checks), "PNG"), target_side=200).image
    assert np.abs(image[:99].astype(int) - [255, 191, 191]).max() <= 2
    assert np.abs(image[101:].astype(int) - [0, 0, 255]).max() <= 2


def test_it_decodes_palettes_with_transparent_colours() -> None:
    palette = PICTURE.quantize(255)
    colours = np.asarray(palette.convert("RGB"))
    assert error_of(decode_photo(written(palette, "PNG")), colours).max() == 0
    some_clear = written(palette, "PNG", transparency=bytes([0] * 9 + [255] * 246))
    expected = np.where((np.asarray(palette) < 9)[..., None], 255, colours)
    assert error_of(decode_photo(some_clear), expected).max() == 0
    one_clear = written(palette, "GIF", transparency=int(np.asarray(palette)[0, 0]))
    assert decode_photo(one_clear).image[0, 0].tolist() == [255, 255, 255]


@pytest.mark.parametrize("bits", [8, 16])
def test_a_transparent_colour_becomes_white(bits: int) -> None:
    level = 77 if bits == 8 else 77 * 257
    rows = b"".join(b"\0" + value.to_bytes(bits // 8, "big") * 4 for value in (level, 0, level, level // 2))
    data = png_bytes(4, 4, (b"tRNS", level.to_bytes(2, "big")), rows=rows, bits=bits)
    assert decode_photo(data).image[:, 0, 0].tolist() == [255, 0, 255, 38]


def test_a_transparent_deep_colour_becomes_white() -> None:
    colour = struct.pack(">HHH", 1000, 2000, 65535)
    rows = b"\0" + colour + struct.pack(">HHH", 65535, 0, 0)
    data = png_bytes(2, 1, (b"tRNS", colour), rows=rows, bits=16)
    data = data.replace(data[16:29], struct.pack(">IIBBBBB", 2, 1, 16, 2, 0, 0, 0))  # true colour
    data = data.replace(data[29:33], struct.pack(">I", zlib.crc32(data[12:29])))
    assert decode_photo(data).image.tolist() == [[[255, 255, 255], [255, 0, 0]]]


def test_it_decodes_black_and_white_with_one_bit() -> None:
    bits = PICTURE.convert("1")
    expected = np.asarray(bits.convert("RGB"))
    for data in (written(bits, "PNG"), written(bits, "TIFF", compression="group4")):
        assert error_of(decode_photo(data), expected).max() == 0


def test_cmyk_is_not_shown_inverted() -> None:
    for options in ({}, {"progressive": True}):
        photo = decode_photo(written(PICTURE.convert("CMYK"), "JPEG", quality=95, **options))
        assert error_of(photo, SCENE).mean() < 2
    reduced = decode_photo(written(PICTURE.convert("CMYK"), "JPEG", quality=95), target_side=80)
    assert error_of(reduced, cv2.resize(SCENE, (80, 60), interpolation=cv2.INTER_AREA)).mean() < 3


def test_lab_pixels_become_srgb() -> None:
    lab = ImageCms.profileToProfile(
        PICTURE, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None
    assert error_of(decode_photo(written(lab, "TIFF")), SCENE).mean() < 1


@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF", "HEIC"])
def test_an_embedded_profile_is_converted_to_srgb(name: str) -> None:
    flat = Image.new("RGB", (64, 64), (200, 80, 40))
    profile = rgb_profile(DISPLAY_P3)
    options: dict[str, Any] = {"lossless": True} if name == "WEBP" else {"quality": 100} if name == "AVIF" else {}
    if name == "HEIC":
        image = pillow_heif.from_pillow(flat)
        image.info["icc_profile"] = profile
        buffer = io.BytesIO()
        image.save(buffer, quality=-1, chroma=444)
        data = buffer.getvalue()
    else:
        data = written(flat, name, icc_profile=profile, **options)
    expected = srgb_of(np.asarray(flat)[:1, :1], DISPLAY_P3)
    assert np.abs(decode_photo(data).image[32, 32] - expected).max() < 4
    assert np.abs(np.array([200, 80, 40]) - expected).max() > 10


def test_a_broken_profile_is_ignored() -> None:
    whole = rgb_profile(DISPLAY_P3)
    for profile in (b"junk" * 100, whole[: len(whole) // 2], bytes(200)):
        assert error_of(decode_photo(jpeg_bytes(SCENE, quality=95, icc=profile)), SCENE).mean() < 4


def test_a_reduced_jpeg_has_its_colours_converted_too() -> None:
    flat = np.full((1000, 1400, 3), (200, 80, 40), np.uint8)
    photo = decode_photo(jpeg_bytes(flat, icc=rgb_profile(DISPLAY_P3), quality=95), target_side=300)
    assert np.abs(photo.image - srgb_of(flat[:1, :1], DISPLAY_P3)).max() < 5


# --- Orientation -------------------------------------------------------------------------------------------


SAVERS: dict[str, Callable[[Image.Image, int], bytes]] = {
    "JPEG": lambda image, number: written(image, "JPEG", quality=95, exif=exif_bytes(orientation=number)),
    "PNG": lambda image, number: written(image, "PNG", exif=exif_bytes(orientation=number)),
    "WebP": lambda image, number: written(image, "WEBP", lossless=True, exif=exif_bytes(orientation=number)),
    "AVIF": lambda image, number: written(image, "AVIF", quality=95, exif=exif_bytes(orientation=number)),
    "TIFF": lambda image, number: written(image, "TIFF", tiffinfo=tiff_tags(number)),
    "LZW TIFF": lambda image, number: written(image, "TIFF", compression="tiff_lzw", tiffinfo=tiff_tags(number)),
    "float TIFF": float_tiff,
    "HEIC": turned_heic,
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", SAVERS)
def test_every_orientation_is_shown_upright_once(name: str, orientation: int) -> None:
    stored = PICTURE
    if orientation in STORED_BY_ORIENTATION:
        stored = PICTURE.transpose(STORED_BY_ORIENTATION[orientation])
    photo = decode_photo(SAVERS[name](stored, orientation))
    assert (photo.width, photo.height) == (320, 240)
    assert error_of(photo, SCENE).mean() < 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_large_photos_are_upright_after_reduction(orientation: int) -> None:
    scene = draw_scene(5, (900, 600))
    photo = decode_photo(jpeg_bytes(scene, orientation=orientation, quality=95), target_side=300)
    assert (photo.width, photo.height) == (900, 600)
    assert error_of(photo, cv2.resize(scene, (300, 200), interpolation=cv2.INTER_AREA)).mean() < 4


def test_it_finds_orientation_in_xmp_and_after_the_pixels_of_a_png() -> None:
    turned = PICTURE.transpose(Image.Transpose.ROTATE_90)
    packet = b'<x:xmpmeta><rdf:Description tiff:Orientation="6"/></x:xmpmeta>'
    assert decode_photo(written(turned, "JPEG", xmp=packet)).image.shape == SCENE.shape
    plain = written(turned, "PNG")
    exif = exif_bytes(orientation=6, taken_at=TAKEN_AT)[6:]
    late = decode_photo(plain[:-12] + png_chunk(b"eXIf", exif) + plain[-12:])
    assert error_of(late, SCENE).max() == 0
    assert late.capture.taken_at == TAKEN_AT


@pytest.mark.parametrize("number", [0, 9, 65535])
def test_an_impossible_orientation_counts_as_upright(number: int) -> None:
    assert decode_photo(jpeg_bytes(SCENE, exif=exif_bytes(orientation=number))).image.shape == SCENE.shape


@pytest.mark.parametrize("lost", [1, 4, 12])
@pytest.mark.parametrize("behind", [b"", b"\0\0\0\0tEXt\0\0\0\0", b"\0\0\1\0iCCPabc"])
def test_a_png_with_all_its_pixels_needs_no_intact_end(lost: int, behind: bytes) -> None:
    whole = written(PICTURE, "PNG")
    photo = decode_photo(whole[:-12] + behind + whole[-12:-lost])
    assert np.array_equal(photo.image, decode_photo(whole).image)


def test_a_png_that_lacks_pixels_is_truncated() -> None:
    whole = written(PICTURE, "PNG")
    for kept in (0.3, 0.9, 0.99):
        assert refused(whole[: int(len(whole) * kept)]).code == "truncated"


def test_avif_is_turned_by_its_container_alone() -> None:
    packet = b'<rdf:Description tiff:Orientation="6"/>'
    assert decode_photo(written(PICTURE, "AVIF", xmp=packet)).image.shape == (240, 320, 3)
