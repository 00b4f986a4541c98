"""A decoder with faults, for tests: put this folder on PYTHONPATH, and some photos bring the sandbox down.

Python imports this module when it starts. Photos stay what they are; a comment appended to one names its fault.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

CRASH, ABORT, EAT_MEMORY, KEEP_MEMORY, FREE_MEMORY, TAKE_FOREVER, STUMBLE, ESCAPE = (
    b"crash",
    b"abort",
    b"eat memory",
    b"keep memory",
    b"free memory",
    b"take forever",
    b"stumble",
    b"escape",
)
_MARK = b"\nfault: "
_kept: list[bytearray] = []


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
    elif fault in (KEEP_MEMORY, FREE_MEMORY):
        blocks = [bytearray(64 << 20) for _ in range(8)]
        # What lies behind them in the heap keeps glibc from returning them by itself.
        _kept.append(bytearray(1 << 20))
        if fault == KEEP_MEMORY:
            _kept.extend(blocks)
    elif fault == TAKE_FOREVER:
        while time.process_time() < 1:  # after that, leave the processor to other tests
            pass
        time.sleep(3600)
    elif fault == STUMBLE:
        raise ZeroDivisionError("nobody foresaw this")
    elif fault == ESCAPE:
        raise RuntimeError(f"It got: {_loot()}.")


def _loot() -> list[str]:
    """What code that has taken over this process reaches outside of it, in this thread and in a new one."""
    parent = os.getppid()
    libc = ctypes.CDLL(None, use_errno=True)
    settings = Path(__file__).resolve().parents[2] / "web" / "settings.py"
    buffer = ctypes.create_string_buffer(8)
    vector = struct.pack("@PN", ctypes.addressof(buffer), 8)

    def call(*arguments: Any) -> None:
        if libc.syscall(*arguments) < 0:
            raise OSError(ctypes.get_errno(), "refused")

    attempts: dict[str, Callable[[], object]] = {
        "the worker's environment": Path(f"/proc/{parent}/environ").read_bytes,
        "the worker's memory": lambda: os.open(f"/proc/{parent}/mem", os.O_RDONLY),
        "the worker's files": lambda: list(Path(f"/proc/{parent}/fd").iterdir()),
        "the settings": settings.read_bytes,
        "a file of its user": lambda: os.open(os.environ["HOME"], os.O_RDONLY),
        "a new file": lambda: os.open("/tmp/escaped", os.O_CREAT | os.O_WRONLY),
        "the mode of a file": lambda: settings.chmod(settings.stat().st_mode),
        "the owner of a file": lambda: os.chown(settings, -1, -1),
        "the time of a file": lambda: os.utime(settings, (settings.stat().st_atime, settings.stat().st_mtime)),
        "an attribute of a file": lambda: os.setxattr(settings, "user.escaped", b"yes"),
        "a socket": socket.socket,
        "a pair of sockets": socket.socketpair,
        "a process": os.fork,
        "a program": lambda: os.execv("/bin/true", ["true"]),
        "a signal": lambda: os.kill(parent, 0),
        "a signal to the worker's thread": lambda: call(234, parent, parent, 0),
        "its limits": lambda: resource.prlimit(parent, resource.RLIMIT_NOFILE),
        "tracing": lambda: call(101, 16, parent, 0, 0),
        "reading its memory": lambda: call(310, parent, vector, 1, vector, 1, 0),
        "io_uring": lambda: call(425, 1, buffer),
    }
    got = []

    def attempt_all() -> None:
        for name, attempt in attempts.items():
            with contextlib.suppress(OSError):
                attempt()
                got.append(name)

    attempt_all()
    thread = threading.Thread(target=attempt_all)
    thread.start()
    thread.join()
    return got


def _break_the_decoder() -> None:
    from worker.analysis import examination, frames, printing, stripping

    decoders = (examination, "decode_photo"), (stripping, "strip"), (frames, "find_frames"), (printing, "decode_photo")
    for module, name in decoders:
        vars(module)[name] = _with_faults(vars(module)[name])


def _with_faults(read: Callable[..., Any]) -> Callable[..., Any]:
    """A function that has the fault of its first argument, or else does as before."""

    def read_with_faults(data: bytes, **options: Any) -> Any:
        _have_fault(data)
        return read(data, **options)

    return read_with_faults


if "worker.sandbox" in sys.orig_argv:
    _break_the_decoder()
