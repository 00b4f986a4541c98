"""How much memory the sandbox keeps between two files. Decoders and the allocator keep some of what each has needed."""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Sequence
from pathlib import Path

MOST_KEPT = 384 << 20
"""Bytes. With its libraries, networks and caches, the process holds up to 280 MB."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_STATM = Path("/proc/self/statm")


def is_too_large(*, beyond: Sequence[bytes] = ()) -> bool:
    """Whether this process keeps more than MOST_KEPT, besides these bytes, although it has returned what is free.

    False where the kernel or the C library cannot tell or return memory.
    """
    most = MOST_KEPT + sum(map(len, beyond))
    if _private_bytes() <= most:
        return False
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is None:
        return False
    trim(0)
    return _private_bytes() > most


def _private_bytes() -> int:
    """The resident memory without that of files (proc_pid_statm(5)); 0 where the kernel does not tell."""
    try:
        _size, resident, shared, *_ = map(int, _STATM.read_text(encoding="ascii").split())
    except OSError:
        return 0
    return (resident - shared) * _PAGE
