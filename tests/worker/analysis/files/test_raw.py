from __future__ import annotations

import struct
import tracemalloc
from collections.abc import Iterator
from datetime import datetime

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.drawing import draw_scene, jpeg_bytes
from tests.photo_files import refused, written
from tests.raw_files import (
    JPEG,
    JPEG_XL,
    Pixels,
    TiffWriter,
    cr3_bytes,
    dng_bytes,
    enlarged,
    raf_bytes,
    sensor_data,
)
from worker.analysis.files import DecodedPhoto, decode_photo, embedded_jpegs, identify, raw_tables
from worker.analysis.files.damage import Segment, jpeg_segments
from worker.analysis.files.embedded_jpegs import largest_jpeg
from worker.analysis.files.raw_kinds import raw_kind
from worker.analysis.files.raw_tables import read_raw_tables
from worker.analysis.metadata import Directory

SCENE = draw_scene(3, (640, 480))
OTHER = draw_scene(8, (640, 480))
SENSOR = sensor_data(SCENE)
LARGE_SENSOR = np.tile(SENSOR, (3, 3))
PREVIEW = enlarged(OTHER, (1920, 1440))
SMALL_PREVIEW = enlarged(OTHER, (640, 480))


def alike(photo: DecodedPhoto, picture: Pixels) -> float:
    """Correlation of the photo's luma with that of a picture of the same shape, whatever their sizes."""
    size = (picture.shape[1] // 4, picture.shape[0] // 4)
    first, second = (
        cv2.resize(each.mean(axis=2), size, interpolation=cv2.INTER_AREA) for each in (photo.image, picture)
    )
    return float(np.corrcoef(first.ravel(), second.ravel())[0, 1])


def test_it_develops_a_raw_file_without_a_picture_in_it() -> None:
    photo = decode_photo(dng_bytes(SENSOR))
    assert photo.format == "raw"
    assert photo.content_type == "image/x-adobe-dng"
    assert (photo.width, photo.height) == (640, 480)
    assert photo.image.shape == (480, 640, 3)
    assert np.abs(photo.image.astype(int) - SCENE).mean() < 8
    assert photo.capture.raw == "developed"


def test_it_reads_how_the_photo_was_taken() -> None:
    capture = decode_photo(dng_bytes(SENSOR)).capture
    assert capture.taken_at == datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001
    assert capture.utc_offset_minutes == 120
    assert (capture.camera_make, capture.camera_model) == ("Drawn", "Drawn D1")
    assert (capture.exposure_time, capture.f_number, capture.iso, capture.focal_length) == (0.008, 5.6, 400, 50)


def test_a_dark_shot_stays_dark() -> None:
    dark = decode_photo(dng_bytes(sensor_data(SCENE, exposure=0.25)))
    assert dark.image.mean() < 0.65 * SCENE.mean()


def test_it_brightens_as_the_camera_asks() -> None:
    asked = decode_photo(dng_bytes(sensor_data(SCENE, exposure=0.25), extra=[(0xC62A, "S", [2.0])]))
    assert np.abs(asked.image.astype(int) - SCENE).mean() < 10


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (3, 2), (6, 3), (8, 1)])
def test_it_turns_a_developed_picture_once(orientation: int, turns: int) -> None:
    photo = decode_photo(dng_bytes(SENSOR, orientation=orientation))
    upright = np.rot90(SCENE, turns)
    assert (photo.height, photo.width) == upright.shape[:2] == photo.image.shape[:2]
    assert alike(photo, upright) > 0.95


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (6, 3)])
def test_a_large_picture_in_the_file_is_what_is_shown(orientation: int, turns: int) -> None:
    photo = decode_photo(dng_bytes(LARGE_SENSOR, preview=PREVIEW, orientation=orientation))
    assert max(photo.image.shape[:2]) == 1920
    assert alike(photo, np.rot90(OTHER, turns)) > 0.95
    assert photo.capture.raw == "embedded"
    assert photo.capture.camera_model == "Drawn D1"
    assert photo.capture.jpeg_step is None


def test_the_size_is_that_of_the_sensor() -> None:
    sensor = np.repeat(np.repeat(SENSOR, 4, axis=0), 4, axis=1)
    photo = decode_photo(dng_bytes(sensor, preview=PREVIEW))
    assert (photo.width, photo.height) == (2560, 1920)
    assert alike(photo, OTHER) > 0.95


def test_a_picture_that_the_camera_has_turned_is_not_turned_again() -> None:
    turned = enlarged(np.ascontiguousarray(np.rot90(OTHER, 3)), (1440, 1920))
    photo = decode_photo(dng_bytes(LARGE_SENSOR, preview=turned, orientation=6))
    assert alike(photo, np.rot90(OTHER, 3)) > 0.95
    assert (photo.width, photo.height) == (1440, 1920)


def test_a_small_picture_gives_way_to_the_sensors_data() -> None:
    photo = decode_photo(dng_bytes(SENSOR, preview=SMALL_PREVIEW))
    assert photo.capture.raw == "developed"
    assert alike(photo, SCENE) > 0.95


@pytest.mark.parametrize("damage", ["cut off", "black", "half black", "few bytes"])
def test_damaged_data_gives_way_to_a_small_picture(damage: str) -> None:
    photo = decode_photo(damaged(damage, SMALL_PREVIEW))
    assert photo.capture.raw == "embedded_only"
    assert (photo.width, photo.height) == (640, 480)
    assert alike(photo, OTHER) > 0.95


@pytest.mark.parametrize(
    ("damage", "code"),
    [("cut off", "truncated"), ("black", "corrupt"), ("half black", "corrupt"), ("few bytes", "corrupt")],
)
@pytest.mark.parametrize("preview", [None, enlarged(OTHER, (160, 120))])
def test_damaged_data_is_refused_without_one(damage: str, code: str, preview: bytes | None) -> None:
    error = refused(damaged(damage, preview))
    assert error.code == code
    assert "Copy it again" in error.message


def damaged(how: str, preview: bytes | None) -> bytes:
    """LibRaw develops the last three without a complaint."""
    if how == "cut off":
        return dng_bytes(SENSOR, preview=preview)[:-1000]
    if how == "few bytes":
        large = np.zeros((3000, 4000), np.uint16)
        return dng_bytes(large, preview=preview, compression=JPEG, data=written(Image.new("L", (16, 16)), "JPEG"))
    rows = 0 if how == "black" else 240
    return dng_bytes(np.where(np.arange(480)[:, None] < rows, SENSOR, 0).astype(np.uint16), preview=preview)


def test_a_sky_beyond_the_sensors_range_is_not_missing() -> None:
    bright = SENSOR.copy()
    bright[:200] = bright.max()
    assert decode_photo(dng_bytes(bright)).capture.raw == "developed"


def test_data_that_nobody_can_read_is_refused_with_what_to_do() -> None:
    unknown = dng_bytes(SENSOR, compression=JPEG_XL, data=b"\xff\x0a" + bytes(range(1, 255)) * 500)
    error = refused(unknown)
    assert error.code in {"corrupt", "unsupported_format"}
    assert error.message.endswith(".")
    shown = decode_photo(dng_bytes(SENSOR, compression=JPEG_XL, data=b"\xff\x0a" * 60000, preview=SMALL_PREVIEW))
    assert shown.capture.raw == "embedded_only"


def test_tiles_of_sensor_data_are_not_taken_for_a_picture() -> None:
    lossy = dng_bytes(SENSOR, compression=34892, data=PREVIEW)
    assert largest_jpeg(lossy) == PREVIEW
    assert refused(lossy).code in {"corrupt", "unsupported_format", "truncated"}


@pytest.mark.parametrize(("orientation", "turns"), [(1, 0), (6, 3)])
def test_canons_boxes(orientation: int, turns: int) -> None:
    photo = decode_photo(cr3_bytes(SMALL_PREVIEW, orientation=orientation))
    assert photo.content_type == "image/x-canon-cr3"
    assert alike(photo, np.rot90(OTHER, turns)) > 0.95
    assert photo.capture.raw == "embedded_only"
    assert photo.capture.camera_model == "Drawn D1"
    assert photo.capture.taken_at == datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001
    assert photo.capture.utc_offset_minutes == 120
    assert photo.capture.iso == 400


def test_fujifilms_header_with_the_metadata_in_its_jpeg() -> None:
    taken_at = datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001
    picture = np.asarray(cv2.resize(OTHER, (1920, 1440)), np.uint8)
    photo = decode_photo(raf_bytes(jpeg_bytes(picture, taken_at=taken_at, orientation=6)))
    assert photo.content_type == "image/x-fuji-raf"
    assert alike(photo, OTHER) > 0.95
    assert photo.capture.taken_at == taken_at
    assert photo.capture.raw == "embedded"


def test_data_past_the_end_makes_a_large_picture_the_only_one() -> None:
    photo = decode_photo(raf_bytes(PREVIEW, sensor_bytes=50_000_000))
    assert photo.capture.raw == "embedded_only"
    assert refused(raf_bytes(enlarged(OTHER, (160, 120)), sensor_bytes=50_000_000)).code == "truncated"


def test_a_cut_off_picture_gives_way_to_the_next_smaller() -> None:
    cut = dng_bytes(SENSOR, preview=SMALL_PREVIEW) + PREVIEW[:-5000]
    assert largest_jpeg(cut) == SMALL_PREVIEW


def test_a_file_full_of_beginnings_ends() -> None:
    assert largest_jpeg(b"\xff\xd8\xff" * 1_000_000) is None


def test_segments_without_an_end_are_walked_only_so_far_and_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    walked = []

    def counted(data: bytes) -> Iterator[Segment]:
        for segment in jpeg_segments(data):
            walked.append(segment.start)
            yield segment

    monkeypatch.setattr(embedded_jpegs, "jpeg_segments", counted)
    frame = b"\xff\xd8\xff\xc0" + struct.pack(">HBHHB", 17, 8, 480, 640, 3) + bytes(9)
    hostile = frame * 8 + b"\xff\xfe\0\2" * 20_000 + bytes(5_000_000)
    tracemalloc.start()
    try:
        assert largest_jpeg(hostile) is None
        assert tracemalloc.get_traced_memory()[1] < len(hostile) / 2
    finally:
        tracemalloc.stop()
    assert 0 < len(walked) <= 10_001


def test_a_file_without_ends_is_searched_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []

    def counted(data: bytes) -> Iterator[Segment]:
        searched.append(len(data))
        return jpeg_segments(data)

    monkeypatch.setattr(embedded_jpegs, "jpeg_segments", counted)
    hostile = PREVIEW[: PREVIEW.index(b"\xff\xda")] * 8 + b"\xff" * 1_000_000
    assert largest_jpeg(hostile) is None
    assert 0 < sum(searched) <= 3 * len(hostile)


def test_a_picture_far_larger_than_the_sensor_is_not_believed() -> None:
    bomb = bytearray(SMALL_PREVIEW)
    frame = bomb.index(b"\xff\xc0")
    bomb[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    photo = decode_photo(dng_bytes(SENSOR, preview=bytes(bomb)))
    assert photo.capture.raw == "developed"


def test_phase_one_is_no_ordinary_tiff() -> None:
    tiff = written(Image.fromarray(SCENE), "TIFF")
    assert identify(tiff) == "tiff"
    kind = raw_kind(tiff[:8] + b"IIII" + tiff[12:])
    assert kind is not None
    assert kind.content_type == "image/x-phaseone-iiq"


@pytest.mark.parametrize("size", [0, 3, 11, 50, 200, 600])
@pytest.mark.parametrize(
    "make", [lambda: dng_bytes(SENSOR), lambda: cr3_bytes(SMALL_PREVIEW), lambda: raf_bytes(PREVIEW)]
)
def test_the_beginning_of_a_raw_file_is_refused(make: object, size: int) -> None:
    assert callable(make)
    assert refused(make()[:size]).message.endswith(".")


@pytest.mark.parametrize(("size", "claimed", "read"), [(1 << 16, 1 << 16, 1 << 16), (1 << 20, 1 << 31, 0)])
def test_directories_that_share_one_table_are_read_only_so_far(
    size: int, claimed: int, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    numbers = Directory.numbers

    def counted(self: Directory, tag: int, limit: int = 1 << 20) -> tuple[float, ...]:
        found = numbers(self, tag, limit)
        counts.append(len(found))
        return found

    writer = TiffWriter()
    table = struct.pack("<I", writer.put(np.arange(size, dtype="<u4").tobytes()))
    first = 0
    for _ in range(16):
        first = writer.directory([(0x0106, "H", [32803]), (0x0111, "I", [0]), (0x0117, "I", [0])], first)
    hostile = writer.file(first)
    for tag in (0x0111, 0x0117):
        entry = struct.pack("<HHI", tag, 4, 1)
        hostile = hostile.replace(entry + bytes(4), struct.pack("<HHI", tag, 4, claimed) + table)
    monkeypatch.setattr(Directory, "numbers", counted)
    tables = read_raw_tables(hostile)
    assert tables.damage == "corrupt"
    assert len(tables.tiles) == read
    assert read <= sum(counts) <= (1 << 18) + 100


def test_more_parts_than_any_camera_writes_are_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw_tables, "_MOST_VALUES", 3)
    assert decode_photo(dng_bytes(SENSOR)).capture.raw == "developed"
    monkeypatch.setattr(raw_tables, "_MOST_VALUES", 1)
    error = refused(dng_bytes(SENSOR))
    assert error.code == "corrupt"
    assert "Copy it again" in error.message
    assert decode_photo(dng_bytes(SENSOR, preview=SMALL_PREVIEW)).capture.raw == "embedded_only"
