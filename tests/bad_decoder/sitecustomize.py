"""A decoder with faults, for tests: put this folder on PYTHONPATH, and some photos bring the sandbox down.

Python imports this module when it starts. Photos stay what they are; a comment appended to one names its fault.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Any

CRASH, ABORT, EAT_MEMORY, TAKE_FOREVER, STUMBLE = (b"crash", b"abort", b"eat memory", b"take forever", b"stumble")
_MARK = b"\nfault: "


def with_fault(photo: bytes, fault: bytes) -> bytes:
    """The photo, which decodes as before but for its fault."""
    return photo + _MARK + fault


def _have_fault(photo: bytes) -> None:
    fault = photo[-40:].partition(_MARK)[2]
    if fault == CRASH:
        ctypes.string_at(0)
    elif fault == ABORT:
        os.abort()
    elif fault == EAT_MEMORY:
        eaten = []
        while True:
            eaten.append(bytearray(64 << 20))
    elif fault == TAKE_FOREVER:
        while True:
            pass
    elif fault == STUMBLE:
        raise ZeroDivisionError("nobody foresaw this")


def _break_the_decoder() -> None:
    from worker.analysis import examination, stripping
    from worker.analysis.files import decoding

    decode = decoding.decode_photo

    def decode_with_faults(data: bytes, **options: Any) -> Any:
        _have_fault(data)
        return decode(data, **options)

    vars(examination)["decode_photo"] = decode_with_faults

    strip = stripping.strip

    def strip_with_faults(data: bytes) -> bytes:
        _have_fault(data)
        return strip(data)

    vars(stripping)["strip"] = strip_with_faults


if "worker.sandbox" in sys.orig_argv:
    _break_the_decoder()
