"""Reads from the sandbox's process through its pipes."""

from __future__ import annotations

import select
import subprocess
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from worker.sandbox.wire import WireError, read_message

_WAIT_SECONDS = 1.0


def next_message(process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], list[bytes]]:
    """Wait for an answer. Raises WireError if there is none."""
    message = read_message(pipe(process.stdout))
    if message is None:
        raise WireError("")
    return message


def wait(process: subprocess.Popen[bytes], while_waiting: Callable[[], object]) -> None:
    """Call `while_waiting` every second until the process answers."""
    while not select.select([pipe(process.stdout)], [], [], _WAIT_SECONDS)[0]:
        while_waiting()


def pipe(stream: IO[bytes] | None) -> BinaryIO:
    """One of the process's pipes, which it always has."""
    return cast("BinaryIO", stream)
