"""One timeline of an album, from clocks, names and files. Rows are made in memory: no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from albums.analysis import CaptureInformation
from albums.capture_order import capture_order
from albums.clocks import Camera
from albums.models import Photo
from worker.analysis.grouping import ClockOffset
from worker.stages.timeline import timeline_of
from worker.stages.times import time_columns

EXIF, NAME, FILE = Photo.TimeSource.EXIF, Photo.TimeSource.NAME, Photo.TimeSource.FILE
UNKNOWN = CaptureInformation()


def at(clock: str, day: int = 8) -> datetime:
    return datetime.fromisoformat(f"2024-06-{day:02}T{clock}").replace(tzinfo=UTC)


def photo(taken_at: datetime | None, source: str = EXIF, zone: int | None = None, **columns: Any) -> Photo:
    return Photo(taken_at=taken_at, time_source=source, utc_offset_minutes=zone, **columns)


def shown(photos: list[Photo], *offsets: ClockOffset, shifts: dict[Camera, int] | None = None) -> list[str | None]:
    """The times on the timeline, as clocks show them."""
    timeline = timeline_of(photos, offsets, shifts or {})
    return [f"{timeline[each.id]:%d %H:%M}" if each.id in timeline else None for each in photos]


def test_the_time_of_a_file_is_on_the_clock_of_the_photos_around_it() -> None:
    """A phone in Sweden; the edited copy has lost its metadata, and was saved at 17:55 there."""
    photos = [photo(at("17:00"), zone=120), photo(at("15:55"), FILE, 0), photo(at("18:00"), zone=120)]
    assert shown(photos) == ["08 17:00", "08 17:55", "08 18:00"]


def test_the_nearest_photo_tells_the_zone() -> None:
    photos = [photo(at("12:00", 8), zone=120), photo(at("12:00", 12), zone=540)]
    photos += [photo(at("11:00", 8), FILE, 0), photo(at("02:00", 12), FILE, 0), photo(at("11:00", 27), FILE, 0)]
    assert shown(photos)[2:] == ["08 13:00", "12 11:00", "27 11:00"]


def test_without_such_photos_the_computer_that_sent_it_tells_the_zone() -> None:
    assert shown([photo(at("17:00")), photo(at("17:55"), FILE, 120)]) == ["08 17:00", "08 17:55"]


def test_a_clock_that_needs_a_correction_tells_no_zone() -> None:
    wrong = ClockOffset(None, "Phone", None, 120, seconds=-3600.0, scenes=5, photos=1)
    photos = [photo(at("17:00"), zone=120, camera="Phone"), photo(at("15:55"), FILE, 0)]
    assert shown(photos, wrong) == ["08 16:00", "08 15:55"]
    assert shown(photos, shifts={Camera("Phone"): 0}) == ["08 17:00", "08 15:55"]


def test_a_time_in_utc_in_a_name_follows_too_and_one_without_a_zone_stays() -> None:
    photos = [photo(at("17:00"), zone=120), photo(at("15:55"), NAME, 0), photo(at("16:30"), NAME), photo(None, "none")]
    assert shown(photos) == ["08 17:00", "08 17:55", "08 16:30", None]


def test_a_clock_that_the_grouping_corrected_moves_only_its_photos() -> None:
    offset = ClockOffset(None, "Canon R6", None, None, seconds=3600.0, scenes=5, photos=1)
    photos = [photo(at("10:00"), camera="Canon R6"), photo(at("10:00"), camera="Other"), photo(at("10:00"), FILE, 0)]
    assert shown(photos, offset) == ["08 11:00", "08 10:00", "08 10:00"]


# --- What a row gets before the grouping -------------------------------------------------------------------


def columns_of(
    name: str, modified: datetime | None = None, offset: int | None = None, **capture: Any
) -> tuple[Any, ...]:
    row = Photo(name=name, sha256="ab" * 32, modified_at=modified, modified_offset_minutes=offset)
    found = time_columns(CaptureInformation(**capture), row)
    assert found["timeline_at"] == found["taken_at"]
    return found["taken_at"], found["utc_offset_minutes"], found["time_source"]


MODIFIED = at("15:00", 20)
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@pytest.mark.parametrize(("modified", "offset"), [(LAST, 60), (FIRST, -60)])
def test_a_time_beyond_the_calendar_is_none(modified: datetime, offset: int) -> None:
    assert columns_of("IMG_1.jpg", modified, offset) == (None, None, Photo.TimeSource.NONE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20240608_115328.jpg", (at("11:53:28"), None, NAME)),
        ("PXL_20240608_115328123.jpg", (at("11:53:28.123"), 0, NAME)),
        ("Screenshot_2024-06-08-11-53-28-12_ab12.png", (at("11:53:28"), None, NAME)),
        ("IMG-20240608-WA0003.jpg", (at("12:00"), None, NAME)),
        ("IMG-20240620-WA0003.jpg", (MODIFIED, 0, FILE)),  # the file is of that day, and tells the time of day
        ("IMG-20241399-WA0003.jpg", (MODIFIED, 0, FILE)),
        ("19700101_000000.jpg", (MODIFIED, 0, FILE)),
        ("20990608_115328.jpg", (MODIFIED, 0, FILE)),
        ("DSC_0815.jpg", (MODIFIED, 0, FILE)),
    ],
)
def test_a_name_tells_the_time_before_the_file(name: str, expected: tuple[Any, ...]) -> None:
    assert columns_of(name, MODIFIED) == expected


def test_the_metadata_comes_first() -> None:
    taken = datetime(2024, 6, 1, 9)  # noqa: DTZ001 - as cameras write it
    told = columns_of("IMG_20240608_115328.jpg", MODIFIED, taken_at=taken, source="exif")
    assert told == (taken.replace(tzinfo=UTC), None, EXIF)


def test_the_time_of_a_file_is_what_the_senders_clock_showed() -> None:
    assert columns_of("a.jpg", MODIFIED, 120) == (MODIFIED + timedelta(hours=2), 120, FILE)


@pytest.mark.parametrize("year", [1970, 1980, 1989, 2107])
def test_a_file_of_an_impossible_time_tells_nothing(year: int) -> None:
    """Zips without times are of 1980, and other archives of 1970."""
    assert columns_of("a.jpg", datetime(year, 1, 1, tzinfo=UTC)) == (None, None, "none")


def test_burst_shots_of_one_second_keep_their_order() -> None:
    names = [f"00000IMG_{number:05}_BURST{number}.jpg" for number in (1, 2, 9, 10, 11)]
    rows = [Photo(name=name, sha256="ab" * 32) for name in names]
    for row in rows:
        for column, value in time_columns(CaptureInformation(taken_at=datetime(2024, 6, 1, 9)), row).items():  # noqa: DTZ001
            setattr(row, column, value)
    rows.reverse()
    assert [row.name for row in sorted(rows, key=capture_order)] == names
