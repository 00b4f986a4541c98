"""Splits long lists, because databases, brokers and storages limit how much they accept at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

ItemT = TypeVar("ItemT")


def chunked(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    """Yield the items in order, `size` at a time, fewer at the end. (`itertools.batched` needs Python 3.12.)"""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def shared_out(items: Sequence[ItemT], *, most: int, processes: int, ahead: int, behind: int) -> Iterator[list[ItemT]]:
    """Yield the items in order, in chunks that keep all processes at work to the end.

    Each chunk is half of a process's share of all that is left, so that the last chunks are small and the processes end
    at about the same time (guided self-scheduling, Polychronopoulos and Kuck, 1987). While little is on its way, no
    chunk is more than one process's share of it, so that none of them waits for the next items.

    Args:
        most: the size of the largest chunk.
        ahead: how many items are on their way.
        behind: how many are known to follow after these.
    """
    start = 0
    while start < len(items):
        left = len(items) - start
        size = min(most, -(-(left + behind) // (2 * processes)), -(-(ahead + len(items)) // processes))
        yield list(items[start : start + size])
        start += size
