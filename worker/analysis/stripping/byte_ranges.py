"""Set operations on ranges of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from worker.analysis.interface import NotStripped

Range = tuple[int, int]
"""The first byte, and the byte after the last."""


def total(ranges: Iterable[Range]) -> int:
    """How many bytes the ranges have together; bytes in several ranges count several times."""
    return sum(end - start for start, end in ranges)


def merge(ranges: Iterable[Range]) -> list[Range]:
    """The same bytes as ranges in order that neither touch nor overlap."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return merged


def only(data: bytes, ranges: Iterable[Range], size: int) -> bytearray:
    """The first `size` bytes of the data, with zeros outside of the ranges."""
    kept = bytearray(size)
    for start, end in merge(ranges):
        kept[start:end] = data[start:end]
    return kept


def check_apart(kept: Sequence[Range], dropped: Sequence[Range]) -> None:
    """Check that nothing is both kept and dropped, and that nothing is kept twice.

    Raises:
        NotStripped: damaged.
    """
    ours, theirs = merge(kept), merge(dropped)
    if total(ours) != total(kept) or total(merge([*ours, *theirs])) != total(ours) + total(theirs):
        raise NotStripped("damaged")
