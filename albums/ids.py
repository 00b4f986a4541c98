"""Ids of rows that come in large numbers (decision 0080)."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def time_ordered_id() -> UUID:
    """A random UUID that begins with the time in milliseconds: version 7 of RFC 9562.

    Rows made at the same time lie together in the index of their ids. Use `uuid.uuid7` when Python 3.14 is the oldest.
    """
    milliseconds, random = time.time_ns() // 1_000_000, secrets.randbits(74)
    return UUID(int=milliseconds << 80 | 7 << 76 | random >> 62 << 64 | 2 << 62 | random & (1 << 62) - 1)
