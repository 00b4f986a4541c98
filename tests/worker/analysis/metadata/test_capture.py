# ruff: noqa: DTZ001, DTZ005 - cameras write local time, without a zone
from __future__ import annotations

import math
import struct
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.TiffImagePlugin import IFDRational

from albums.analysis import CaptureInformation
from tests.drawing import exif_bytes
from worker.analysis.metadata.capture import read_capture_information, read_orientation
from worker.analysis.metadata.timestamps import parse_offset, parse_timestamp

NOON = datetime(2024, 6, 15, 12, 0, 5)


def xmp(*properties: str, attributes: str = "") -> bytes:
    """A packet as photo software writes it, with properties as elements and as attributes."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
        f'<rdf:Description rdf:about="" {attributes}>{"".join(properties)}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


# --- Time --------------------------------------------------------------------------------------------------


def test_it_reads_the_time_with_fraction_and_offset() -> None:
    read = read_capture_information(exif_bytes(taken_at=NOON, subseconds="07", offset="+05:30"))
    assert read.taken_at == NOON + timedelta(milliseconds=70)
    assert read.taken_at is not None
    assert read.taken_at.tzinfo is None
    assert read.utc_offset_minutes == 330
    assert read.source == "exif"


@pytest.mark.parametrize("header", [b"Exif\0\0", b"", b"Exif\0\0Exif\0\0", b"\0\0\0\x06Exif\0\0"])
def test_it_finds_the_block_after_any_header(header: bytes) -> None:
    block = exif_bytes(taken_at=NOON, orientation=6)[6:]
    assert read_capture_information(header + block).taken_at == NOON
    assert read_orientation(header + block) == 6


def test_the_time_of_the_shutter_has_priority() -> None:
    times = {tag: f"2020:01:0{day} 10:00:00" for day, tag in enumerate((0x9003, 0x9004, 0x0132), start=1)}
    first = {0x0132: times[0x0132]}

    def taken(exif_tags: dict[int, Any]) -> datetime | None:
        return read_capture_information(exif_bytes(extra=first, extra_exif_ifd=exif_tags)).taken_at

    assert taken({0x9003: times[0x9003], 0x9004: times[0x9004]}) == datetime(2020, 1, 1, 10)
    assert taken({0x9004: times[0x9004]}) == datetime(2020, 1, 2, 10)
    assert taken({}) == datetime(2020, 1, 3, 10)
    assert taken({0x9003: "    :  :     :  :  ", 0x9004: times[0x9004]}) == datetime(2020, 1, 2, 10)


def test_each_time_takes_its_own_fraction_and_offset() -> None:
    tags = {
        0x9003: "2020:01:01 10:00:00",
        0x9291: "1",
        0x9011: "+01:00",
        0x9290: "9",
        0x9010: "-08:00",
        0x9292: "5",
    }
    read = read_capture_information(exif_bytes(extra={0x0132: "2024:01:01 10:00:00"}, extra_exif_ifd=tags))
    assert read.taken_at == datetime(2020, 1, 1, 10, 0, 0, 100_000)
    assert read.utc_offset_minutes == 60


def test_the_offset_of_an_editor_is_not_used_for_the_shot() -> None:
    tags = {0x9003: "2020:01:01 10:00:00", 0x9010: "-08:00"}
    edited = exif_bytes(extra={0x0132: "2024:01:01 10:00:00"}, extra_exif_ifd=tags)
    untouched = exif_bytes(extra={0x0132: "2020:01:01 10:00:00"}, extra_exif_ifd=tags)
    assert read_capture_information(edited).utc_offset_minutes is None
    assert read_capture_information(untouched).utc_offset_minutes == -480


@pytest.mark.parametrize(
    ("text", "moment", "offset"),
    [
        ("2024:06:15 12:00:05", NOON, None),
        ("2024-06-15 12:00:05", NOON, None),
        ("2024-06-15T12:00:05", NOON, None),
        ("2024/06/15 12:00:05", NOON, None),
        (" 2024:06:15 12:00:05 ", NOON, None),
        ("2024: 6:15 12: 0: 5", NOON, None),
        ("2024-06-15T12:00", datetime(2024, 6, 15, 12), None),
        ("2024-06-15T12:00:05.25+02:00", NOON + timedelta(milliseconds=250), 120),
        ("2024-06-15T12:00:05.123456789Z", NOON + timedelta(microseconds=123456), 0),
        ("2024-06-15T12:00:05-0330", NOON, -210),
        ("٢٠٢٤:٠٦:١٥ ١٢:٠٠:٠٥", NOON, None),  # noqa: RUF001 - phones set to Arabic write this
        ("1902:03:04 05:06:07", datetime(1902, 3, 4, 5, 6, 7), None),  # a dated scan
    ],
)
def test_it_reads_the_ways_times_are_written(text: str, moment: datetime, offset: int | None) -> None:
    assert parse_timestamp(text) == (moment, offset)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024:02:30 10:00:00",
        "2023:02:29 10:00:00",
        "2024:13:01 10:00:00",
        "2024:06:15 25:00:00",
        "2024:06:15 10:61:00",
        "0000:00:00 00:00:00",
        "0001:01:01 10:00:00",
        "1700:01:01 10:00:00",
        "9999:12:31 23:59:59",
        "2150:01:01 10:00:00",
        "1904:01:01 00:00:00",
        "1970:01:01 00:00:00",
        "1980:01:01 00:00:00",
        "    :  :     :  :  ",
        "2024:06:15",
        "2024-06-15",
        "20240615 120000",
        "2024:06:15 12:00:05 and more",
    ],
)
def test_impossible_and_unset_times_are_ignored(text: str) -> None:
    assert parse_timestamp(text) is None
    read = read_capture_information(exif_bytes(extra_exif_ifd={0x9003: text} if text else {}))
    assert (read.taken_at, read.utc_offset_minutes, read.source) == (None, None, None)


def test_it_accepts_a_clock_slightly_ahead_but_not_one_far_ahead() -> None:
    def written(days: int) -> str:
        return (datetime.now() + timedelta(days=days)).strftime("%Y:%m:%d %H:%M:%S")

    assert parse_timestamp(written(2)) is not None
    assert parse_timestamp(written(400)) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+02:00", 120),
        ("-09:30", -570),
        ("+0530", 330),
        ("Z", 0),
        (" +14:00 ", 840),
        ("-12:00", -720),
        ("+14:30", None),
        ("-13:00", None),
        ("+05:75", None),
        ("   :  ", None),
        ("UTC", None),
        (None, None),
    ],
)
def test_it_reads_offsets(text: str | None, minutes: int | None) -> None:
    assert parse_offset(text) == minutes


@pytest.mark.parametrize(
    ("digits", "microseconds"),
    [("5", 500_000), ("05", 50_000), ("500", 500_000), ("123456", 123_456), ("123456789", 123_456), ("x1", 0)],
)
def test_it_reads_fractions_as_decimal_digits(digits: str, microseconds: int) -> None:
    read = read_capture_information(exif_bytes(taken_at=NOON, subseconds=digits)).taken_at
    assert read == NOON.replace(microsecond=microseconds)


@pytest.mark.parametrize(
    ("packet", "expected"),
    [
        (xmp("<photoshop:DateCreated>2024-06-15T12:00:05</photoshop:DateCreated>"), NOON),
        (xmp(attributes='photoshop:DateCreated="2024-06-15T12:00:05"'), NOON),
        (xmp(attributes="xmp:CreateDate='2024-06-15T12:00:05'"), NOON),
        (xmp("<exif:DateTimeOriginal>\n 2024-06-15T12:00:05 </exif:DateTimeOriginal>"), NOON),
        (xmp(attributes='xmp:CreateDate="2001-01-01T01:01:01" exif:DateTimeOriginal="2024-06-15T12:00:05"'), NOON),
        (xmp(attributes='exif:DateTimeOriginal="2024-02-30T12:00:05" xmp:CreateDate="2024-06-15T12:00:05"'), NOON),
        (xmp(attributes='photoshop:DateCreated="2024-06-15"'), None),
        (xmp(attributes='xmp:ModifyDate="2024-06-15T12:00:05"'), None),
        (b"<x:xmpmeta><exif:DateTimeOriginal>2024-06-15T12:00:05</exif:DateT", NOON),
        (b"", None),
    ],
)
def test_it_reads_the_time_from_xmp_if_exif_has_none(packet: bytes, expected: datetime | None) -> None:
    read = read_capture_information(exif_bytes(extra_exif_ifd={0x9003: "0000:00:00 00:00:00"}), packet)
    assert read.taken_at == expected
    assert read.source == ("xmp" if expected else None)


def test_exif_has_priority_over_xmp() -> None:
    packet = xmp(attributes='exif:DateTimeOriginal="2001-01-01T01:01:01" tiff:Model="Other"')
    read = read_capture_information(exif_bytes(taken_at=NOON, camera=("Maker", "Model")), packet)
    assert (read.taken_at, read.camera_model, read.source) == (NOON, "Model", "exif")


def test_xmp_gives_the_offset_of_its_time() -> None:
    read = read_capture_information(None, xmp(attributes='exif:DateTimeOriginal="2024-06-15T12:00:05.5-07:00"'))
    assert read.taken_at == NOON.replace(microsecond=500_000)
    assert read.utc_offset_minutes == -420


# --- The camera and its settings ---------------------------------------------------------------------------


def test_it_reads_the_camera_and_its_settings() -> None:
    read = read_capture_information(
        exif_bytes(
            camera=("Canon", "Canon EOS R5"),
            lens="RF24-70mm F2.8 L IS USM",
            serial="012345678",
            exposure_time=1 / 250,
            f_number=2.8,
            iso=400,
            exposure_bias=-2.0,
            focal_length=50.0,
            exposure_mode=2,
            subject_distance=3.25,
            flash=0x19,
            extra_exif_ifd={0xA405: 52},
        )
    )
    assert read == CaptureInformation(
        camera_make="Canon",
        camera_model="Canon EOS R5",
        camera_serial="012345678",
        lens_model="RF24-70mm F2.8 L IS USM",
        exposure_time=1 / 250,
        f_number=2.8,
        iso=400.0,
        exposure_bias=-2.0,
        focal_length=50.0,
        focal_length_35mm=52.0,
        exposure_mode="bracket",
        subject_distance=3.25,
        flash_fired=True,
    )


def test_it_reads_the_camera_from_xmp_without_exif() -> None:
    packet = xmp(
        "<exif:ISOSpeedRatings><rdf:Seq><rdf:li>800</rdf:li></rdf:Seq></exif:ISOSpeedRatings>",
        attributes='tiff:Make="NIKON" tiff:Model="Z 6" exif:ExposureTime="1/60" exif:FNumber="28/10" '
        'exif:ExposureBiasValue="-1/3" exif:FocalLength="35" aux:SerialNumber="77" aux:Lens="35.0 mm f/1.8"',
    )
    read = read_capture_information(None, packet)
    assert (read.camera_make, read.camera_model, read.camera_serial) == ("NIKON", "Z 6", "77")
    assert (read.iso, read.f_number, read.focal_length) == (800.0, 2.8, 35.0)
    assert read.exposure_time == pytest.approx(1 / 60)
    assert read.exposure_bias == pytest.approx(-1 / 3)
    assert read.lens_model == "35.0 mm f/1.8"


def test_apex_values_replace_missing_ones() -> None:
    read = read_capture_information(exif_bytes(extra_exif_ifd={0x9201: 8.0, 0x9202: 4.0}))
    assert read.exposure_time == pytest.approx(1 / 256)
    assert read.f_number == pytest.approx(4.0)


def test_it_reads_iso_beyond_sixteen_bits() -> None:
    assert read_capture_information(exif_bytes(iso=65535, extra_exif_ifd={0x8833: 102400})).iso == 102400.0
    assert read_capture_information(exif_bytes(iso=65535)).iso == 65535.0


def test_the_shots_of_a_bracket_differ_in_exposure_value_by_their_steps() -> None:
    values = []
    for seconds in (1 / 400, 1 / 100, 1 / 25):
        read = read_capture_information(exif_bytes(exposure_time=seconds, f_number=8.0, iso=200))
        assert read.exposure_value is not None
        values.append(read.exposure_value)
    assert values[0] - values[1] == pytest.approx(2.0)
    assert values[1] - values[2] == pytest.approx(2.0)
    assert values[1] == pytest.approx(math.log2(64 * 100) - 1)
    assert CaptureInformation().exposure_value is None


def test_nonsense_settings_are_left_out() -> None:
    read = read_capture_information(
        exif_bytes(
            exposure_time=0.0, f_number=0.0, exposure_bias=500.0, focal_length=0.0, exposure_mode=9, camera=(" ", "\0")
        )
    )
    assert read == CaptureInformation()


def test_infinite_subject_distance_is_not_unknown() -> None:
    def distance(numerator: int) -> float | None:
        tag = IFDRational(numerator, 1)
        return read_capture_information(exif_bytes(extra_exif_ifd={0x9206: tag})).subject_distance

    assert distance(0xFFFFFFFF) == math.inf
    assert distance(0) is None
    assert distance(4) == 4.0


def test_it_recognises_stitched_panoramas() -> None:
    assert read_capture_information(exif_bytes(extra_exif_ifd={0xA401: 6})).is_panorama
    assert read_capture_information(None, xmp(attributes='GPano:ProjectionType="equirectangular"')).is_panorama
    assert not read_capture_information(exif_bytes(extra_exif_ifd={0xA401: 1})).is_panorama


def apple_note(tag: int, text: bytes) -> bytes:
    entry = struct.pack(">HHII", tag, 2, len(text), 14 + 2 + 12 + 4)
    return b"Apple iOS\0\0\x01MM" + struct.pack(">H", 1) + entry + bytes(4) + text


def test_it_reads_the_id_of_a_burst() -> None:
    identity = b"0E8B4A5C-77AD-4B73-9B2E-0B1C6E1F3C2D\0"
    read = read_capture_information(exif_bytes(extra_exif_ifd={0x927C: apple_note(0x000B, identity)}))
    assert (read.burst_id, read.content_id) == (identity[:-1].decode(), None)
    android = read_capture_information(None, xmp(attributes='GCamera:BurstID="7ee9"'))
    assert android.burst_id == "7ee9"


def test_it_reads_the_id_of_a_live_photo() -> None:
    identity = b"1EA799FF-8384-4BC4-87AA-139A814D9125\0"
    read = read_capture_information(exif_bytes(extra_exif_ifd={0x927C: apple_note(0x0011, identity)}))
    assert (read.burst_id, read.content_id) == (None, identity[:-1].decode())


# --- Orientation -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("written", "read"), [*((number, number) for number in range(1, 9)), (0, 1), (9, 1)])
def test_it_reads_orientation_and_ignores_nonsense(written: int, read: int) -> None:
    assert read_orientation(exif_bytes(orientation=written)) == read


def test_orientation_comes_from_xmp_if_exif_has_none() -> None:
    packet = xmp(attributes='tiff:Orientation="8"')
    assert read_orientation(None, packet) == 8
    assert read_orientation(exif_bytes(taken_at=NOON), packet) == 8
    assert read_orientation(exif_bytes(orientation=3), packet) == 3
    assert read_orientation(None, xmp(attributes='tiff:Orientation="99"')) == 1
    assert read_orientation(None, None) == 1


# --- Damage ------------------------------------------------------------------------------------------------


@given(st.data())
def test_no_damage_to_exif_is_fatal(data: st.DataObject) -> None:
    block = bytearray(exif_bytes(taken_at=NOON, camera=("Maker", "Model"), exposure_time=0.01, orientation=6))
    for _ in range(data.draw(st.integers(1, 8))):
        block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(block[: data.draw(st.integers(0, len(block)))])
    read = read_capture_information(cut, cut)
    assert read.taken_at is None or read.taken_at.year >= 1826
    assert read_orientation(cut, cut) in range(1, 9)


@given(st.text(max_size=60))
def test_no_text_makes_a_time_raise(text: str) -> None:
    parse_timestamp(text)
    parse_offset(text)


@pytest.mark.parametrize(
    "packet",
    [
        b"exif:FNumber>" + b" " * 4_000_000,
        b"exif:FNumber=" * 300_000,
        b"exif:FNumber><rdf:x>" * 200_000,
        (b"exif:FNumber>" + b" " * 500) * 8_000,
        b"exif:FNumber>1e999999999<",
    ],
)
def test_no_packet_makes_the_search_slow(packet: bytes) -> None:
    started = time.perf_counter()
    assert read_capture_information(None, packet) == CaptureInformation()
    assert time.perf_counter() - started < 5.0


def test_texts_have_no_control_characters() -> None:
    """PostgreSQL refuses NUL, so a camera with it in its name would fail for ever."""
    read = read_capture_information(None, b'<rdf:Description tiff:Make="Dra\0wn" tiff:Model="Cam\x07era\n 1"/>')
    assert (read.camera_make, read.camera_model) == ("Drawn", "Camera 1")
