"""The log files of the children: a new one at each start, the one before kept, and neither without bounds."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import IO, Final

LONGEST_BYTES: Final = 10 * 1024**2


def rotate(log: Path) -> None:
    """Begin a new log; the last one becomes `NAME.log.1`."""
    with contextlib.suppress(FileNotFoundError):
        log.replace(_previous(log))


def trim(log: Path) -> None:
    """Empty a log that grew too long while its process writes to it, after copying it to `NAME.log.1`.

    The process goes on at the beginning, since it writes at the end wherever that is. Lines written between
    the copy and the cut are lost.
    """
    with contextlib.suppress(FileNotFoundError):
        if log.stat().st_size > LONGEST_BYTES:
            shutil.copyfile(log, _previous(log))
            os.truncate(log, 0)


def open_for_appending(log: Path) -> IO[bytes]:
    """The log, for a process to write to."""
    return log.open("ab")


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
