"""Divides the photos of a book into spreads, so that days begin on a page and moments stay together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from albums.prints.pages import PrintPhoto

_COST_OF_COUNT = {1: 6.0, 2: 1.6, 3: 0.3, 4: 0.0, 5: 0.25, 6: 1.4}
"""Four photos make the best spread: one on its page, and three beside it."""
_COST_OF_PAGE = {1: 0.4, 2: 0.3, 3: 0.6}
"""Of each day where two share a spread."""
_SAME_GROUP, _MINUTES, _HALF_HOUR = 3.0, 1.0, 0.4

Spread = list[Sequence[PrintPhoto]]
"""Photos of one day for both pages, or of two days for a page each."""


def spreads(photos: Sequence[PrintPhoto]) -> list[Spread]:
    """The photos in their order, in parts of one to six, cut between days and where most time passes.

    A day with one photo has one page, and the other is for photos of the day before or after.
    """
    begins = {0, len(photos)} | {place for place, (a, b) in enumerate(pairwise(photos), start=1) if a.day != b.day}
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(photos) + 1):
        cut = 0.0 if end in begins else _cost_of_cut(photos[end - 1], photos[end])
        options = [
            (best[start][0] + cost + cut, start)
            for start in range(max(0, end - len(_COST_OF_COUNT)), end)
            if (cost := _cost(start, end, begins)) is not None
        ]
        best.append(min(options, key=lambda option: (option[0], -option[1])))
    found: list[Spread] = []
    end = len(photos)
    while end:
        start = best[end][1]
        places = [start, *_between(start, end, begins), end]
        found.append([photos[first:last] for first, last in pairwise(places)])
        end = start
    return found[::-1]


def _between(start: int, end: int, begins: set[int]) -> list[int]:
    return [place for place in range(start + 1, end) if place in begins]


def _cost(start: int, end: int, begins: set[int]) -> float | None:
    """Of a spread with these photos; None if there can be none."""
    match _between(start, end, begins):
        case []:
            return _COST_OF_COUNT[end - start]
        case [middle]:
            has_short_day = (start in begins and middle - start == 1) or (end in begins and end - middle == 1)
            sizes = middle - start, end - middle
            return sum(_COST_OF_PAGE[size] for size in sizes) if has_short_day and max(sizes) <= 3 else None
    return None


def _cost_of_cut(before: PrintPhoto, after: PrintPhoto) -> float:
    if before.moment and before.moment == after.moment:
        return _SAME_GROUP
    if before.minute is None or after.minute is None:
        return _HALF_HOUR
    gap = after.minute - before.minute
    return _MINUTES if gap < 5 else _HALF_HOUR if gap < 30 else 0.0
