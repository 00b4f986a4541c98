"""JPEG XL: turned once, with its metadata, its colours and its depth; and refused before it is decoded."""

from __future__ import annotations

import io
import struct
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.hdr_files import HLG, PQ, SRGB, linear_of, signal_of
from tests.jpeg_xl_files import compressed, container, jxl_bytes, jxl_of_jpeg, with_colours, without
from tests.photo_files import TAKEN_AT, error_of, refused
from worker.analysis.files import boxes_in, decode_photo
from worker.analysis.files.jpeg_xl_header import read_header
from worker.analysis.interface import DecodeLimits, NotStripped
from worker.analysis.stripping import strip

SCENE = draw_scene(1, (160, 120))
EXIF = bytes(4) + exif_bytes(taken_at=TAKEN_AT)


@pytest.mark.parametrize("lossless", [True, False])
def test_colours_come_out_as_they_went_in(lossless: bool) -> None:
    photo = decode_photo(jxl_bytes(SCENE, lossless=lossless))
    assert (photo.format, photo.content_type, photo.width, photo.height) == ("jpeg_xl", "image/jxl", 160, 120)
    assert error_of(photo, SCENE).mean() <= (0 if lossless else 3)


@pytest.mark.parametrize("values", [np.uint16, np.float32])
def test_deep_grey_is_scaled(values: type[np.uint16] | type[np.float32]) -> None:
    grey = SCENE[..., 1]
    light = linear_of(grey)  # as the encoder calls deep values
    deep = np.rint(light * 65535).astype(np.uint16) if values is np.uint16 else light.astype(np.float32)
    assert error_of(decode_photo(jxl_bytes(deep)), np.repeat(grey[..., None], 3, axis=2)).mean() <= 2


def test_transparency_is_over_white() -> None:
    alpha = np.tile(np.linspace(0, 255, 160).astype(np.uint8), (120, 1))
    expected = SCENE * (alpha[..., None] / 255.0) + 255.0 * (1 - alpha[..., None] / 255.0)
    assert error_of(decode_photo(jxl_bytes(np.dstack([SCENE, alpha]))), expected).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_file_made_from_a_jpeg_is_turned_once(orientation: int) -> None:
    """Once as the JPEG and once as libjxl decodes it. Both the codestream and Exif say how it is turned."""
    jpeg = jpeg_bytes(SCENE, orientation=orientation, taken_at=TAKEN_AT)
    data = jxl_of_jpeg(jpeg)
    photo = decode_photo(data)
    assert np.array_equal(photo.image, decode_photo(jpeg).image)
    assert (photo.width, photo.height, photo.format) == (160, 120, "jpeg_xl")
    assert photo.capture.taken_at == TAKEN_AT
    assert photo.capture.jpeg_step == decode_photo(jpeg).capture.jpeg_step
    decoded = decode_photo(without(data, b"jbrd"))
    assert error_of(decoded, photo.image).mean() < 1
    assert (decoded.width, decoded.height, decoded.capture.taken_at) == (160, 120, TAKEN_AT)


def test_exif_does_not_turn_it() -> None:
    exif = bytes(4) + exif_bytes(orientation=6)
    assert np.array_equal(decode_photo(container(jxl_bytes(SCENE), (b"Exif", exif))).image, SCENE)


@pytest.mark.parametrize("box", [(b"Exif", EXIF), compressed(b"Exif", EXIF)], ids=["plain", "Brotli"])
def test_the_time_of_capture_is_read(box: tuple[bytes, bytes]) -> None:
    assert decode_photo(container(jxl_bytes(SCENE), box)).capture.taken_at == TAKEN_AT


def test_xmp_is_read() -> None:
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:DateTimeOriginal="2020-02-02T02:02:02"/>'
    for box in ((b"xml ", packet), compressed(b"xml ", packet)):
        capture = decode_photo(container(jxl_bytes(SCENE), box)).capture
        assert capture.taken_at == datetime(2020, 2, 2, 2, 2, 2)  # noqa: DTZ001


def test_metadata_that_expands_too_far_is_passed_over() -> None:
    data = container(jxl_bytes(SCENE), compressed(b"Exif", EXIF + bytes(64 << 20)))
    assert len(data) < 100_000
    assert np.array_equal(decode_photo(data).image, SCENE)


@pytest.mark.parametrize("transfer", [SRGB, PQ, HLG])
def test_one_scene_looks_alike_with_any_colours(transfer: int) -> None:
    signal = signal_of(linear_of(SCENE), 9, transfer)
    photo = decode_photo(with_colours(jxl_bytes(np.rint(signal * 255).astype(np.uint8)), 9, transfer))
    assert abs(photo.image.mean() - SCENE.mean()) < 1.5


@pytest.mark.parametrize("size", [(16, 8), (640, 480), (321, 203), (1920, 1080), (5, 5), (257, 4), (9000, 2)])
def test_the_header_tells_the_size(size: tuple[int, int]) -> None:
    assert read_header(jxl_bytes(np.zeros(size[::-1], np.uint8))).size == size


def test_too_many_pixels_are_refused_before_they_are_decoded() -> None:
    header = b"\xff\x0a" + struct.pack("<Q", 0 | 3 << 1 | 99_999 << 3 | 1 << 33 | 1 << 36)  # a square, all as usual
    assert read_header(header).size == (100_000, 100_000)
    assert refused(header).code == "too_many_pixels"
    assert refused(jxl_bytes(SCENE), DecodeLimits(max_pixels=10_000)).code == "too_many_pixels"


def test_a_container_that_is_cut_off_is_truncated() -> None:
    data = container(jxl_bytes(SCENE))
    assert refused(data[:-200]).code == "truncated"


def test_damage_is_refused() -> None:
    data = jxl_bytes(SCENE)
    for damaged in (data[:40], data[: len(data) // 2], data[:30] + bytes(len(data) - 30)):
        assert refused(damaged).code == "corrupt"


def test_a_large_photo_made_from_a_jpeg_has_it_for_browsers() -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (2400, 16), (20, 200, 90)).save(buffer, "JPEG")
    large = decode_photo(jxl_of_jpeg(buffer.getvalue())).large
    assert large is not None
    assert large.data == buffer.getvalue()


def test_it_is_not_stripped() -> None:
    with pytest.raises(NotStripped):
        strip(container(jxl_bytes(SCENE), (b"Exif", EXIF)))


def test_the_boxes_of_a_drawn_file_are_whole() -> None:
    data = container(jxl_bytes(SCENE), (b"Exif", EXIF))
    assert [kind for kind, _, _ in boxes_in(data, 0, len(data))] == [b"JXL ", b"ftyp", b"Exif", b"jxlc"]
