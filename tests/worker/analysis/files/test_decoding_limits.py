"""Files that would take too much memory or time are refused; harmless metadata costs no picture."""

from __future__ import annotations

import struct
import warnings
import zlib

import pillow_heif
import pytest
from PIL import Image

from tests.drawing import exif_bytes, jpeg_bytes
from tests.photo_files import (
    PICTURE,
    SCENE,
    TAKEN_AT,
    heic_bytes,
    png_bytes,
    refused,
    written,
)
from worker.analysis.files.decoding import decode_photo
from worker.analysis.files.jpeg import MAX_PROGRESSIVE_SCANS, MAX_SEQUENTIAL_SCANS
from worker.analysis.interface import DecodeLimits
from worker.analysis.stripping.boxes import box, full_box
from worker.analysis.stripping.heif_items import read_items


def test_an_empty_file_is_refused() -> None:
    assert refused(b"").code == "empty_file"


def test_too_many_bytes_are_refused_before_anything_is_read() -> None:
    data = jpeg_bytes(SCENE)
    error = refused(data, DecodeLimits(max_bytes=len(data) - 1))
    assert error.code == "too_many_bytes"
    assert decode_photo(data, limits=DecodeLimits(max_bytes=len(data))).width == 320
    assert (
        refused(b"\0" * 3_000_001, DecodeLimits(max_bytes=3_000_000, max_video_bytes=3_000_000)).code
        == "too_many_bytes"
    )


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
    assert refused(data[:-2] + scan * MAX_PROGRESSIVE_SCANS + data[-2:]).code == "corrupt"


def one_component_scans(count: int) -> bytes:
    """A sequential JPEG whose components follow each other in scans of their own, over and over."""
    data = jpeg_bytes(SCENE)
    start = data.index(b"\xff\xda")
    components = data[start + 5], data[start + 7], data[start + 9]
    scans = [b"\xff\xda\0\x08\x01" + bytes((components[index % 3], 0)) + b"\0\x3f\0\0\0" for index in range(count)]
    return data[:start] + b"".join(scans) + data[-2:]


def test_a_sequential_jpeg_has_few_scans() -> None:
    assert decode_photo(one_component_scans(3)).image.shape == SCENE.shape
    assert refused(one_component_scans(MAX_SEQUENTIAL_SCANS + 1)).code == "corrupt"


@pytest.mark.parametrize("fill", [b"\xff", b"\xff\0", b"\xff\xd8", b"\xff\xfe\0\2"])
@pytest.mark.parametrize("kept", [2, 20])
def test_a_header_that_goes_on_and_on_is_not_read(fill: bytes, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow reads it byte by byte: 20 MB of FF took 9 s."""
    monkeypatch.setattr("worker.analysis.files.jpeg.JpegImageFile", lambda _: pytest.fail("it was read"))
    error = refused(jpeg_bytes(SCENE)[:kept] + fill * 100_000)
    assert (error.code, "too long" in error.message) == ("corrupt", True)


@pytest.mark.parametrize("progressive", [False, True])
def test_scans_of_a_film_behind_the_picture_do_not_count(*, progressive: bool) -> None:
    film = b"\xff\xda" * 2 * MAX_PROGRESSIVE_SCANS
    assert decode_photo(jpeg_bytes(SCENE, progressive=progressive) + film).image.shape == SCENE.shape


def tiled_heic(rows: int, columns: int, size: tuple[int, int], *, side: int = 64) -> bytes:
    """A HEIC of square tiles, all of the same bytes, that shows only a part of this size of them."""
    tile = heic_bytes(Image.new("RGB", (side, side), (90, 120, 60)), quality=50)
    items = read_items(tile)
    coded = b"".join(tile[start:end] for start, end in items.by_number[items.primary].pieces)
    [configuration] = [content for kind, content in items.properties if kind == b"hvcC"]
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *size)
    numbers = range(2, 2 + rows * columns)
    properties = box(b"hvcC", configuration)
    properties += box(b"ispe", struct.pack(">III", 0, side, side)) + box(b"ispe", struct.pack(">III", 0, *size))
    associations = struct.pack(">IHBB", 1 + len(numbers), 1, 1, 3)
    associations += b"".join(struct.pack(">HBBB", number, 2, 0x81, 2) for number in numbers)
    kinds = full_box(b"infe", 2, struct.pack(">HH4sB", 1, 0, b"grid", 0))
    kinds += b"".join(full_box(b"infe", 2, struct.pack(">HH4sB", number, 0, b"hvc1", 0)) for number in numbers)
    parts = struct.pack(f">HH{len(numbers)}H", 1, len(numbers), *numbers)

    def meta(place: int) -> bytes:
        places = struct.pack(">HHHHHII", 0x4400, 1 + len(numbers), 1, 0, 1, place, len(grid))
        places += b"".join(struct.pack(">HHHII", number, 0, 1, place + len(grid), len(coded)) for number in numbers)
        inner = full_box(b"hdlr", 0, bytes(4) + b"pict" + bytes(13)) + full_box(b"pitm", 0, b"\0\1")
        inner += full_box(b"iloc", 0, places) + full_box(b"iinf", 0, struct.pack(">H", 1 + len(numbers)) + kinds)
        inner += full_box(b"iref", 0, box(b"dimg", parts))
        return full_box(b"meta", 0, inner + box(b"iprp", box(b"ipco", properties) + full_box(b"ipma", 0, associations)))

    head = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", grid + coded)


@pytest.mark.parametrize(("rows", "columns", "size"), [(2, 3, (180, 100)), (1, 1, (8, 8)), (2, 2, (66, 66))])
def test_tiles_that_cover_the_picture_are_decoded(rows: int, columns: int, size: tuple[int, int]) -> None:
    photo = decode_photo(tiled_heic(rows, columns, size))
    assert (photo.width, photo.height) == size


@pytest.mark.parametrize(("rows", "columns", "size"), [(2, 2, (8, 8)), (16, 16, (66, 66))])
def test_tiles_that_do_not_show_are_not_decoded(
    rows: int, columns: int, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would be decoded whole: 21 KB of them took 40 s."""
    data = tiled_heic(rows, columns, size)
    monkeypatch.setattr(pillow_heif.HeifFile, "data", property(lambda _: pytest.fail("it was decoded")))
    error = refused(data)
    assert (error.code, "too long" in error.message) == ("corrupt", True)
