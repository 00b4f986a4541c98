"""Reads the time of a shot from text as cameras write it."""
# ruff: noqa: DTZ001, DTZ005 - cameras write local time, without a zone

from __future__ import annotations

import re
from datetime import datetime, timedelta

# Programs and cameras without a clock write the zero of Mac OS, Unix or DOS, that of Unix also in their own zone.
_ZEROS = (datetime(1904, 1, 1), datetime(1970, 1, 1), datetime(1980, 1, 1))
_ZERO_OF_UNIX = _ZEROS[1]
_FIRST_PHOTOGRAPH = datetime(1826, 1, 1)
FIRST_DIGITAL_CAMERAS = datetime(1990, 1, 1)
"""Earlier times of a digital camera are those of a clock that nobody has set."""
_CLOCK_ERROR = timedelta(days=366)  # a clock that is ahead by more than this tells us nothing

# The quarters of an hour between full hours that some place uses, in minutes: from Marquesas to Chatham.
_ODD_ZONES = frozenset({-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})
_WEST, _EAST = -12 * 60, 14 * 60
_QUARTER = 15

_TIMESTAMP = re.compile(
    r"\s*(\d{4})[:\-/.]\s*(\d{1,2})[:\-/.]\s*(\d{1,2})[T\s]\s*"
    r"(\d{1,2}):\s*(\d{1,2})(?::\s*(\d{1,2})(?:[.,](\d+))?)?\s*(Z|[+-]\d{1,2}:?\d{2})?\s*"
)
_OFFSET = re.compile(r"\s*(?:(Z)|([+-])(\d{1,2}):?(\d{2}))\s*")


def parse_timestamp(text: str | None) -> tuple[datetime, int | None] | None:
    """A time as EXIF ("2024:06:15 10:30:00") or ISO 8601 writes it, and its UTC offset in minutes, if given.

    None if the text is not a time, and for dates that are impossible (30 February, year 0), that mean an unset clock,
    or that lie more than a year ahead. Also None for dates without a time of day: they would all count as midnight, and
    a whole day would become one moment.
    """
    match = _TIMESTAMP.fullmatch(text or "")
    if match is None:
        return None
    year, month, day, hour, minute = (int(match[index]) for index in range(1, 6))
    try:
        moment = datetime(year, month, day, hour, minute, int(match[6] or 0))
    except ValueError:
        return None
    if not is_possible(moment):
        return None
    return with_fraction(moment, match[7]), parse_offset(match[8])


def is_possible(moment: datetime, *, first: datetime = _FIRST_PHOTOGRAPH) -> bool:
    """Whether a photo can be of this time: not before the first, not the zero of a clock, not far in the future.

    A clock that is wrong by less than a year still says which photos were taken together, and in which order.
    """
    since_zero = (moment - _ZERO_OF_UNIX) / timedelta(minutes=1)
    is_zero = moment in _ZEROS or (_WEST <= since_zero <= _EAST and since_zero % _QUARTER == 0)
    return not is_zero and first <= moment <= datetime.now() + _CLOCK_ERROR


def parse_offset(text: str | None) -> int | None:
    """Minutes ahead of UTC, from "+02:00", "-0930" or "Z"; None for offsets that no place on Earth uses."""
    match = _OFFSET.fullmatch(text or "")
    if match is None:
        return None
    if match[1]:
        return 0
    minutes = int(match[3]) * 60 + int(match[4])
    minutes = -minutes if match[2] == "-" else minutes
    return minutes if int(match[4]) < 60 and _WEST <= minutes <= _EAST else None


def offset_between(wall_clock: datetime, utc: datetime) -> int | None:
    """The UTC offset, in minutes, of a clock that showed `wall_clock` at `utc`; None if no place has such an offset.

    A satellite's time may be some minutes older than the shot, and the clock a little wrong, so it is rounded to a
    quarter of an hour.
    """
    minutes = round((wall_clock - utc) / timedelta(minutes=_QUARTER)) * _QUARTER
    return minutes if _WEST <= minutes <= _EAST and (minutes % 60 == 0 or minutes in _ODD_ZONES) else None


def with_fraction(moment: datetime, digits: str | None) -> datetime:
    """Add a fraction of a second, given as its decimal digits: "5" and "500" both mean half a second."""
    if not digits or not digits.isdecimal():
        return moment
    return moment.replace(microsecond=int(digits[:6].ljust(6, "0")))
