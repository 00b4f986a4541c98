"""Decides from votes by how much two clocks differ.

Votes for the true offset agree and the others scatter. The densest window of votes is believed only if chance would
hardly make one like it (a scan statistic, Naus 1965), and if no other window comes close, above all not the one around
an offset of zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from worker.analysis.grouping.clock_votes import Clock, Votes

FEWEST_SCENES_IF_ZONES_AGREE = 2
"""Scenes that are enough where both clocks name their zones, and the zones differ by the same offset."""

_FEWEST_SCENES = 3
_WINDOWS = (60.0, 180.0, 600.0)  # seconds that may pass between two people's photos of the same scene
_MOST_EXPECTED_BY_CHANCE = 0.001
_SMALLEST_OFFSET = 300.0  # seconds; less rarely splits a moment, and one person may follow the other that closely
_RIVAL_SHARE = 0.5
_HOUR = 3600.0  # most zones, and forgotten summer time, are whole hours
_WHOLE_HOUR_SHARE = 0.8


@dataclass(frozen=True)
class Agreement:
    """Clock `other` is `seconds` ahead of clock `one`; `scenes` is how many scenes say so."""

    one: int
    other: int
    seconds: float
    scenes: int


def find_agreement(clocks: Sequence[Clock], one: int, other: int, votes: Votes) -> Agreement | None:
    """By how much two clocks differ, 0 seconds if they need no correction; None if the votes prove nothing.

    The narrowest convincing window decides. An offset must also be larger than that window.
    """
    zone_difference = _zone_difference(clocks[one], clocks[other])
    for width in _WINDOWS:
        start, scenes = _densest_window(votes, width)
        low, high = start, start + width
        if _best_rival(votes, low, high) > _RIVAL_SHARE * scenes:
            continue
        median = votes.median(low, high)
        zones_agree = zone_difference is not None and abs(median - zone_difference) <= width
        if scenes < (FEWEST_SCENES_IF_ZONES_AGREE if zones_agree else _FEWEST_SCENES):
            continue
        if _expected_by_chance(votes, width, scenes, anywhere=not zones_agree) > _MOST_EXPECTED_BY_CHANCE:
            continue
        seconds = _rounded_to_hour(votes, median, width, scenes)
        return Agreement(one, other, seconds if abs(seconds) > max(width, _SMALLEST_OFFSET) else 0.0, scenes)
    return None


def _zone_difference(one: Clock, other: Clock) -> float | None:
    """By how many seconds the zone of the second clock is ahead; None if a zone is unknown or they are equal."""
    here, there = one.name.utc_offset_minutes, other.name.utc_offset_minutes
    return 60.0 * (there - here) if here is not None and there is not None and here != there else None


def _densest_window(votes: Votes, width: float) -> tuple[float, int]:
    """The window with votes of the most scenes: where it begins, and how many scenes it has."""
    counts = [(votes.scenes(start, start + width), start) for start in np.unique(votes.seconds).tolist()]
    scenes, start = max(counts, key=lambda counted: (counted[0], -abs(counted[1])))
    return start, scenes


def _best_rival(votes: Votes, low: float, high: float) -> int:
    """Scenes in the best other window of this width: one that shares no vote with it, or the one around zero."""
    width = high - low
    rest = [
        Votes(votes.seconds[part], votes.one[part], votes.other[part])
        for part in (votes.seconds < low, votes.seconds > high)
        if part.any()
    ]
    rivals = [_densest_window(part, width)[1] for part in rest]
    if not low <= 0 <= high:
        rivals.append(votes.scenes(-width / 2, width / 2))
    return max(rivals, default=0)


def _expected_by_chance(votes: Votes, width: float, scenes: int, *, anywhere: bool) -> float:
    """How many windows with this number of scenes to expect if votes were scattered evenly over their range."""
    cast = votes.scenes(-math.inf, math.inf)
    reach = max(float(np.abs(votes.seconds).max()), width)
    share = min(width / (2 * reach), 1.0)
    return math.comb(max(cast, scenes), scenes) * share ** (scenes - 1 if anywhere else scenes)


def _rounded_to_hour(votes: Votes, median: float, width: float, scenes: int) -> float:
    """The whole hour next to the median, if nearly as many scenes vote for it; else the median."""
    hour = round(median / _HOUR) * _HOUR
    if abs(median - hour) <= width and votes.scenes(hour - width / 2, hour + width / 2) >= _WHOLE_HOUR_SHARE * scenes:
        return hour
    return median
