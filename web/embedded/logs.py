"""The log files of the children: a new one at each start, the previous one kept, and both limited in size."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

MAX_BYTES: Final = 10 * 1024**2


def rotate(log: Path) -> None:
    """Start a new log; the previous one becomes `NAME.log.1`."""
    with contextlib.suppress(FileNotFoundError):
        log.replace(_previous(log))


def trim(log: Path) -> None:
    """Empty a log that grew too long while its process writes to it, after copying it to `NAME.log.1`.

    The process then writes from the beginning, since it has opened the log for appending. Lines written between the
    copy and the cut are lost.
    """
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > MAX_BYTES:
            shutil.copyfile(log, _previous(log))
            os.truncate(log, 0)


def tail(log: Path, lines: int) -> str:
    """The last lines of a log, or an empty string."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 200 * lines))
            return "\n".join(file.read().decode(errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return ""


def _previous(log: Path) -> Path:
    return log.with_name(f"{log.name}.1")
