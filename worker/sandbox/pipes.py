"""Reads from the sandbox's process through its pipes."""

from __future__ import annotations

import select
import subprocess
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

import cv2
import numpy as np

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


def black_picture() -> bytes:
    """A JPEG of a few kilobytes, which fits into a pipe before anybody reads it."""
    return cv2.imencode(".jpg", np.zeros((480, 640, 3), np.uint8))[1].tobytes()


def pipe(stream: IO[bytes] | None) -> BinaryIO:
    """One of the process's pipes, which it always has."""
    return cast("BinaryIO", stream)
