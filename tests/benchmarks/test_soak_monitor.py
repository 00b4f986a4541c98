"""The slope of a quantity in a soak."""

from __future__ import annotations

import pytest

from benchmarks._soak_monitor import EVERY_SECONDS, Series


def readings(minutes: float, busy: float = 0.0) -> Series:
    """A process that holds 100 MB at rest, 2 more each hour, and `busy` more in all but one reading of five minutes."""
    series = Series()
    for number in range(int(minutes * 60 / EVERY_SECONDS)):
        at = number * EVERY_SECONDS
        series.add(at, 100.0 + 2.0 * at / 3600 + (busy if number % 10 else 0.0))
    return series


def test_the_slope_is_that_of_the_lowest_readings() -> None:
    assert readings(60, busy=300).hourly_slope() == pytest.approx(2.0)


def test_the_beginning_of_five_minutes_says_nothing() -> None:
    series = readings(60)
    series.add(3600.0, 400.0)
    series.add(3630.0, 400.0)

    assert series.hourly_slope() == pytest.approx(2.0)


def test_less_than_half_an_hour_has_no_slope() -> None:
    assert readings(29).hourly_slope() is None
    assert Series().hourly_slope() is None
