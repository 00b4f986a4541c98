"""The time of a shot, its UTC offset, and its place among the shots of one second."""
# ruff: noqa: DTZ001 - cameras write local time, without a zone

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.drawing import exif_bytes
from worker.analysis.metadata import read_capture_information
from worker.analysis.metadata.timestamps import offset_between, parse_timestamp
from worker.analysis.stripping.harmless import Harmless

NOON = datetime(2024, 6, 15, 12, 0, 5)
GPS = 0x8825


def with_place(block: bytes, day: str, *clock: float) -> bytes:
    """An EXIF block with the time of the satellites added."""
    exif = Image.Exif()
    exif.load(block)
    exif.get_ifd(GPS).update({7: clock, 29: day})
    return exif.tobytes()


@pytest.mark.parametrize(
    ("day", "clock", "minutes"),
    [
        ("2024:06:15", (10.0, 0.0, 5.0), 120),
        ("2024:06:15", (9.0, 56.0, 30.0), 120),  # the satellites were seen four minutes before the shot
        ("2024-06-15", (6.0, 30.0, 5.0), 330),
        ("2024:06:14", (23.0, 15.0, 0.0), 765),
        ("2024:06:16", (0.0, 0.0, 5.0), -720),
        ("2024:06:15", (10.0, 45.0, 0.0), None),  # no place is 1:15 ahead
        ("2024:06:13", (10.0, 0.0, 0.0), None),  # the clock is days off
        ("2024:06:15", (25.0, 0.0, 0.0), None),
        ("0000:00:00", (10.0, 0.0, 0.0), None),
        ("", (10.0, 0.0, 0.0), None),
    ],
)
def test_the_time_of_the_satellites_tells_the_offset(day: str, clock: tuple[float, ...], minutes: int | None) -> None:
    block = with_place(exif_bytes(taken_at=NOON), day, *clock)
    read = read_capture_information(block)
    assert (read.taken_at, read.utc_offset_minutes) == (NOON, minutes)
    assert Harmless.of(block).utc_offset_minutes is None, "what a stripped file keeps tells nothing of the place"


def test_what_is_written_beside_the_time_comes_before_the_satellites() -> None:
    block = with_place(exif_bytes(taken_at=NOON, offset="+05:30"), "2024:06:15", 10.0, 0.0, 5.0)
    assert read_capture_information(block).utc_offset_minutes == 330


def test_the_offset_of_the_shot_comes_before_one_in_the_text() -> None:
    tags = {0x9003: "2024:06:15 12:00:05+03:00", 0x9011: "+02:00"}
    assert read_capture_information(exif_bytes(extra_exif_ifd=tags)).utc_offset_minutes == 120


def test_xmp_tells_the_offset_of_the_same_time_only() -> None:
    def packet(time: str) -> bytes:
        return f'<rdf:Description photoshop:DateCreated="{time}"/>'.encode()

    exif = exif_bytes(taken_at=NOON, subseconds="25")
    assert read_capture_information(exif, packet("2024-06-15T12:00:05.25+02:00")).utc_offset_minutes == 120
    assert read_capture_information(exif, packet("2024-06-15T10:00:05+00:00")).utc_offset_minutes is None


@given(st.integers(-48, 56).map(lambda quarters: quarters * 15), st.integers(-440, 440))
def test_offsets_are_those_of_places(minutes: int, late: int) -> None:
    found = offset_between(NOON, NOON - timedelta(minutes=minutes, seconds=late))
    assert found in {None, minutes}
    assert found == minutes or minutes % 60


# --- Clocks that nobody has set ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1970:01:01 01:00:00",  # the zero of Unix in Stockholm
        "1969:12:31 16:00:00",  # and in Los Angeles
        "1970:01:01 05:30:00",
    ],
)
def test_the_zero_of_unix_is_no_time_in_any_zone(text: str) -> None:
    assert parse_timestamp(text) is None


@pytest.mark.parametrize("text", ["1980:01:01 00:12:33", "1970:01:02 03:04:05", "1989:12:31 23:59:59"])
def test_a_digital_camera_took_nothing_before_1990(text: str) -> None:
    tags: dict[int, Any] = {0x9003: text}
    assert read_capture_information(exif_bytes(exposure_time=0.01, extra_exif_ifd=tags)).taken_at is None
    scan = read_capture_information(exif_bytes(extra_exif_ifd=tags))
    assert scan.taken_at is not None, "a scan may be that old"


def test_the_next_time_of_the_file_counts_where_the_first_is_impossible() -> None:
    tags: dict[int, Any] = {0x9003: "1980:01:01 00:00:07", 0x9004: "2024:06:15 12:00:05"}
    assert read_capture_information(exif_bytes(exposure_time=0.01, extra_exif_ifd=tags)).taken_at == NOON


# --- The camera's own count --------------------------------------------------------------------------------


def entries(*values: tuple[int, int, int], order: str = ">") -> bytes:
    """A table of TIFF with numbers that fit into their entries: (tag, kind, number)."""
    letter = {3: "H2x", 4: "I"}
    rows = [struct.pack(f"{order}HHI{letter[kind]}", tag, kind, 1, number) for tag, kind, number in values]
    return struct.pack(f"{order}H", len(rows)) + b"".join(rows) + bytes(4)


NOTES = {
    "Canon": ("Canon", entries((0x0008, 4, 1019999)), 1019999),
    "Nikon": ("NIKON CORPORATION", b"Nikon\0\x02\x10\0\0MM\0*\0\0\0\x08" + entries((0xA7, 4, 4711)), 4711),
    "Panasonic": ("Panasonic", b"Panasonic\0\0\0" + entries((0x002B, 4, 3)), 3),
    "Sony": ("SONY", b"SONY DSC \0\0\0" + entries((0xB04A, 3, 12)), 12),
    "Sony without a burst": ("SONY", b"SONY DSC \0\0\0" + entries((0xB04A, 3, 0)), None),
    "Sony that does not say": ("SONY", b"SONY DSC \0\0\0" + entries((0xB04A, 3, 65535)), None),
    "Fujifilm": ("FUJIFILM", b"FUJIFILM\x0c\0\0\0" + entries((0x1101, 3, 7), order="<"), 7),
    "another": ("ACME", b"ACME\0" + entries((0x0008, 4, 5)), None),
    "cut off": ("Canon", entries((0x0008, 4, 1019999))[:9], None),
}


@pytest.mark.parametrize("name", NOTES)
def test_it_reads_the_number_of_a_shot(name: str) -> None:
    make, note, number = NOTES[name]
    block = exif_bytes(camera=(make, "X1"), extra_exif_ifd={0x927C: note})
    assert read_capture_information(block).shot_number == number


def test_the_number_that_tiff_ep_defines_comes_first() -> None:
    assert read_capture_information(exif_bytes(extra_exif_ifd={0x9211: 815})).shot_number == 815
