"""Very large photos are reduced while they are decoded, with the same result, or refused by a limit that is named."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from PIL import Image

from tests.drawing import Pixels, draw_scene
from tests.photo_files import error_of, opencv_bytes, refused, tiff_tags, written
from worker.analysis.files import picture as picture_of_files
from worker.analysis.files import tiff, tiff_parts
from worker.analysis.files.decoding import decode_photo
from worker.analysis.files.opening import open_picture
from worker.analysis.interface import DecodeLimits

LARGE = draw_scene(5, (600, 480))
PICTURE = Image.fromarray(LARGE)


def tiled(pixels: Pixels, side: int) -> bytes:
    """An uncompressed TIFF of square tiles."""
    height, width, _ = pixels.shape
    down, across = -(-height // side), -(-width // side)
    full = np.pad(pixels, ((0, down * side - height), (0, across * side - width), (0, 0)))
    tiles = full.reshape(down, side, across, side, 3).swapaxes(1, 2).tobytes()
    size, count = side * side * 3, down * across
    start = 8 + 2 + 12 * 10 + 4
    first = start + 8 * count
    longs = {256: width, 257: height, 258: 8, 259: 1, 262: 2, 277: 3, 322: side, 323: side}
    tags = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in longs.items())
    tags += struct.pack("<HHII", 324, 4, count, start)
    tags += struct.pack("<HHII", 325, 4, count, start + 4 * count)
    places = struct.pack(f"<{count}I", *(first + size * number for number in range(count)))
    return (
        b"II*\0\x08\0\0\0"
        + struct.pack("<H", 10)
        + tags
        + bytes(4)
        + places
        + struct.pack(f"<{count}I", *[size] * count)
        + tiles
    )


TIFFS = {
    "stored": written(PICTURE, "TIFF"),
    "LZW": written(PICTURE, "TIFF", compression="tiff_lzw"),
    "predicted": written(PICTURE, "TIFF", compression="tiff_adobe_deflate", tiffinfo={317: 2}),
    "JPEG": written(PICTURE, "TIFF", compression="jpeg", quality=95),
    "large strips": written(PICTURE, "TIFF", compression="tiff_lzw", tiffinfo={278: 100}),
    "BigTIFF": written(PICTURE, "TIFF", big_tiff=True, compression="packbits"),
    "planes": opencv_bytes(".tif", LARGE),
    "16 bits": opencv_bytes(".tif", LARGE.astype(np.uint16) * 257),
    "grey": written(PICTURE.convert("L"), "TIFF", compression="tiff_lzw"),
    "deep grey": written(Image.fromarray(LARGE[..., 0].astype(np.uint16) * 257), "TIFF"),
    "palette": written(PICTURE.quantize(64), "TIFF", compression="tiff_lzw"),
    "black and white": written(PICTURE.convert("1"), "TIFF", compression="group4"),
    "alpha": written(PICTURE.convert("RGBA"), "TIFF", compression="tiff_lzw"),
    "CMYK": written(PICTURE.convert("CMYK"), "TIFF", compression="tiff_lzw"),
    "big-endian": written(Image.fromarray(LARGE[..., 0].astype(">u2") * 257), "TIFF"),
    "tiles": tiled(LARGE, 128),
    "turned": written(PICTURE, "TIFF", compression="tiff_lzw", tiffinfo=tiff_tags(6)),
}


@pytest.mark.parametrize("name", TIFFS)
@pytest.mark.parametrize("side", [120, 2048])
def test_a_tiff_in_parts_is_the_same_picture(name: str, side: int, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = decode_photo(TIFFS[name], target_side=side)
    monkeypatch.setattr(tiff, "MOST_WHOLE_PIXELS", 100_000)
    monkeypatch.setattr(tiff_parts, "_AT_ONCE", 30_000)
    assert open_picture(TIFFS[name], "tiff").most_pixels == picture_of_files.MOST_PIXELS
    in_parts = decode_photo(TIFFS[name], target_side=side)
    assert (in_parts.width, in_parts.height) == (whole.width, whole.height)
    assert error_of(in_parts, whole.image).max() <= 1


def test_what_is_decoded_whole_has_a_limit_that_names_it() -> None:
    bitmap = bytearray(written(PICTURE, "BMP"))
    bitmap[18:26] = struct.pack("<II", 12_000, 9_000)
    error = refused(bytes(bitmap))
    assert error.code == "too_many_pixels"
    assert "12,000 by 9,000 pixels; the limit for BMP is 100 megapixels. Save it as JPEG" in error.message
    bitmap[18:26] = struct.pack("<II", 20_000, 20_000)
    assert "Save a smaller version" in refused(bytes(bitmap)).message


@pytest.mark.parametrize(("subsampling", "megapixels"), [(0, 167), (2, 333)])
def test_a_progressive_jpeg_has_a_limit_by_its_coefficients(subsampling: int, megapixels: int) -> None:
    data = written(PICTURE, "JPEG", progressive=True, subsampling=subsampling)
    limit = open_picture(resized_jpeg(data, 16_000, 12_000), "jpeg").most_pixels
    assert limit == pytest.approx(megapixels * 1e6, rel=0.01)
    error = refused(resized_jpeg(data, 20_000, 20_000), DecodeLimits(max_pixels=500_000_000))
    assert (error.code, "a progressive JPEG" in error.message) == ("too_many_pixels", True)


def test_a_jpeg_in_one_scan_has_no_limit_of_its_own() -> None:
    data = written(PICTURE, "JPEG")
    assert open_picture(resized_jpeg(data, 18_000, 13_000), "jpeg").most_pixels == picture_of_files.MOST_PIXELS
    assert "the limit is 250 megapixels" in refused(resized_jpeg(data, 20_000, 20_000)).message


def resized_jpeg(data: bytes, width: int, height: int) -> bytes:
    """The JPEG with another size in its frame."""
    frame = data.index(b"\xff\xc2" if b"\xff\xc2" in data else b"\xff\xc0") + 5
    return data[:frame] + struct.pack(">HH", height, width) + data[frame + 4 :]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "I;16"])
def test_a_png_that_is_converted_in_bands_is_the_same_picture(mode: str) -> None:
    deep = Image.fromarray(LARGE[..., 0].astype(np.uint16) * 257)
    image = deep if mode == "I;16" else PICTURE.quantize(32) if mode == "P" else PICTURE.convert(mode)
    in_bands = decode_photo(written(image, "PNG"), target_side=43)
    expected = Image.fromarray(LARGE[..., 0]) if mode == "I;16" else image
    assert error_of(in_bands, np.asarray(expected.convert("RGB").reduce(15))).max() <= 1
