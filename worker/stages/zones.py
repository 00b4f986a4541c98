"""How far clocks were ahead of UTC at an instant, as the photos that were taken near it show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import itemgetter

Zone = tuple[datetime, int]
"""An instant, as a clock in UTC showed it, and how many minutes the clock of a photo was ahead."""


def zone_of(wall_clock: datetime, ahead_minutes: int) -> Zone:
    """What a clock tells that showed this time."""
    return wall_clock - timedelta(minutes=ahead_minutes), ahead_minutes


def offset_near(instant: datetime, zones: Sequence[Zone], *, within: timedelta = timedelta.max) -> int | None:
    """The minutes of the nearest of these zones, which are in order; None if none is that near."""
    place = bisect_left(zones, instant, key=itemgetter(0))
    near = min(zones[max(0, place - 1) : place + 1], key=lambda zone: abs(zone[0] - instant), default=None)
    return near[1] if near and abs(near[0] - instant) <= within else None
