"""Splits long lists, because databases, brokers and storages limit how much they accept at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

ItemT = TypeVar("ItemT")


def chunked(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    """Yield the items in order, `size` at a time, fewer at the end. (`itertools.batched` needs Python 3.12.)"""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
