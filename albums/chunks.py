"""Many things a few at a time: what databases, brokers and storages take at once is limited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

ItemT = TypeVar("ItemT")


def chunked(items: Iterable[ItemT], size: int) -> Iterator[list[ItemT]]:
    """The items in order, `size` at a time, fewer at the end. (`itertools.batched` comes with Python 3.12.)"""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
