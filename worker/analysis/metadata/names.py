"""Reads times and numbers from file names, as evidence for photos whose files have no time.

Messengers, screenshots and editors write no EXIF, but many programs put a time or a number into the name. A name may be
wrong: it may tell when a photo was received, in another zone, or be given by somebody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

# A date and a time with any separators, as in IMG_20240608_115328, PXL_20240608_115328123,
# Screenshot_2024-06-08-11-53-28, "WhatsApp Image 2024-06-08 at 11.53.28" and 00000IMG_00000_BURST20240608115328123.
_TIME = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)"
    r"(?:[-_ .T]{0,2}|[ _]at[ _])"
    r"([0-2]\d)[-_.:]?([0-5]\d)[-_.:]?([0-5]\d)[-_.]?(\d{3})?(?!\d)"
)
# The last long number, as in DSC_0999, IMG_1234 (1), P1010003 and IMG-20240608-WA0003. Longer ones are no counters.
_NUMBER = re.compile(r"^(.*?)(?<!\d)(\d{3,8})(?!\d)(?!.*\d{3})")
# Only a day, as in IMG-20240608-WA0003.
_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_.]?)([01]\d)\2([0-3]\d)(?!\d)")
_NOON = 12
_OF_UTC = re.compile(r"(?:^|[^A-Z])PXL_")  # Google's Pixels


@dataclass(frozen=True)
class NameEvidence:
    """What a file name tells; None where it tells nothing.

    Attributes:
        seconds: a time, in seconds since 1970 as if its clock showed UTC.
        series: what photos of one numbering share.
        number: the place in that numbering.
    """

    seconds: float | None = None
    series: str | None = None
    number: int = 0


def read_name(name: str) -> NameEvidence:
    """The evidence in a file name. A name that tells a time tells no number."""
    stem = name.rpartition(".")[0] or name
    found = _TIME.search(stem)
    if found is not None:
        *parts, milliseconds = found.groups()
        try:
            moment = datetime(*(int(part) for part in parts), tzinfo=UTC)  # type: ignore[arg-type, misc]
        except ValueError:  # no such day
            return NameEvidence()
        return NameEvidence(seconds=moment.timestamp() + int(milliseconds or 0) / 1000)
    numbered = _NUMBER.match(stem)
    if numbered is None:
        return NameEvidence()
    series, digits = numbered.groups()
    return NameEvidence(series=f"{series.casefold()}{len(digits)}", number=int(digits))


@dataclass(frozen=True)
class NameTime:
    """A time in a file name.

    Attributes:
        moment: without a zone.
        is_utc: the name tells it in UTC, as Pixels do. Others tell what the clock showed.
        is_day: only the day is known, and the moment is its noon.
    """

    moment: datetime
    is_utc: bool = False
    is_day: bool = False


def read_name_time(name: str) -> NameTime | None:
    """The time that a file name tells, None if it tells none.

    It may be wrong: messengers name a photo by when it was received. But it is nearer than the file's own time.
    """
    seconds = read_name(name).seconds
    if seconds is not None:
        return NameTime(datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None), is_utc=bool(_OF_UTC.search(name)))
    found = _DAY.search(name)
    if found is None:
        return None
    year, _, month, day = found.groups()
    try:
        return NameTime(datetime(int(year), int(month), int(day), _NOON), is_day=True)  # noqa: DTZ001
    except ValueError:
        return None
