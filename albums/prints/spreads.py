"""Divides the photos of a chapter into spreads, so that moments stay together."""

from __future__ import annotations

from collections.abc import Sequence

from albums.prints.pages import PrintPhoto

_COST_OF_COUNT = {1: 6.0, 2: 1.6, 3: 0.3, 4: 0.0, 5: 0.25, 6: 1.4}
"""Four photos make the best spread: one on its page, and three beside it."""
_SAME_GROUP, _MINUTES, _HALF_HOUR = 3.0, 1.0, 0.4


def spreads(photos: Sequence[PrintPhoto]) -> list[Sequence[PrintPhoto]]:
    """The photos in their order, in parts of one to six, cut where most time passes."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(photos) + 1):
        cut = _cost_of_cut(photos[end - 1], photos[end]) if end < len(photos) else 0.0
        options = [(best[end - count][0] + cost + cut, count) for count, cost in _COST_OF_COUNT.items() if count <= end]
        best.append(min(options))
    parts: list[Sequence[PrintPhoto]] = []
    end = len(photos)
    while end:
        count = best[end][1]
        parts.append(photos[end - count : end])
        end -= count
    return parts[::-1]


def _cost_of_cut(before: PrintPhoto, after: PrintPhoto) -> float:
    if before.moment and before.moment == after.moment:
        return _SAME_GROUP
    if before.minute is None or after.minute is None:
        return _HALF_HOUR
    gap = after.minute - before.minute
    return _MINUTES if gap < 5 else _HALF_HOUR if gap < 30 else 0.0
