"""Starts the process of the sandbox, with an environment that holds no secret."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

_ROOT = Path(__file__).resolve().parents[2]
# Operators set these where OpenBLAS does not know the processor. Other kernels give other last digits.
_OF_OPENBLAS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
# The only environment variables that it gets; none of them holds an address or a password.
_PASSED_ON = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "HOME", *_OF_OPENBLAS)
_ONE_THREAD = {"OMP_NUM_THREADS": "1"}
# By default, glibc returns a photo's large arrays to the kernel at once and requests them again, zeroed page by page, a
# dozen times per photo. That takes a tenth of the time. It also gives each thread of a decoder a heap of its own, whose
# free space no other thread can use. See mallopt(3).
_ALLOCATION = {
    "MALLOC_MMAP_THRESHOLD_": str(1 << 28),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 28),
    "MALLOC_ARENA_MAX": "1",
}


def launched(memory: int, readable: Sequence[str], notes: IO[bytes]) -> subprocess.Popen[bytes]:
    """The started process, which may take `memory` bytes and read these files. `notes` gets its stderr."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    python_path = os.pathsep.join(filter(None, [str(_ROOT), environment.get("PYTHONPATH", "")]))
    return subprocess.Popen(
        [sys.executable, "-m", "worker.sandbox", str(os.getpid()), str(memory), *readable],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=notes,
        env={**environment, **_ONE_THREAD, **_ALLOCATION, "PYTHONPATH": python_path},
    )
