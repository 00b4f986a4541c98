"""Set operations on ranges of bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Range = tuple[int, int]
"""The first byte, and the byte after the last."""


def total(ranges: Sequence[Range]) -> int:
    """How many bytes the ranges have together; bytes in several ranges count several times."""
    return sum(end - start for start, end in ranges)


def merge(ranges: list[Range]) -> list[Range]:
    """The same bytes as ranges in order that neither touch nor overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def subtract(ranges: list[Range], removed: list[Range]) -> Iterator[Range]:
    """The bytes of some ranges that are in none of the removed ones. Both lists must be merged."""
    number = 0
    for start, end in ranges:
        position = start
        while number < len(removed) and removed[number][1] <= position:
            number += 1
        following = number
        while following < len(removed) and removed[following][0] < end:
            first, last = removed[following]
            if first > position:
                yield position, first
            position = max(position, last)
            following += 1
        if position < end:
            yield position, end
