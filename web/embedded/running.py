"""What a running supervisor tells others: a lock on its data folder, and a file with its addresses."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from albums.processes import runs
from web.embedded import guard
from web.embedded.files import write_private

LOCK_NAME: Final = "serve.lock"
STACK_NAME: Final = "stack.json"
# After a supervisor was killed, its guard holds the lock until it has killed the children, or has given up.
WAIT_SECONDS: Final = guard.KILL_SECONDS + 5.0


class DataFolderInUseError(Exception):
    """Another supervisor runs on this data folder; the message names it."""


@dataclass(frozen=True)
class RunningStack:
    """What other commands need to know: the supervisor's process id, and the URLs of the broker and the web page.

    `url` is None without a web process. The file holds the broker's password, so only its owner may read it.
    """

    pid: int
    redis_url: str
    url: str | None

    def write(self, path: Path) -> None:
        """Write it as JSON, atomically."""
        write_private(path, json.dumps(asdict(self)))


@contextmanager
def locked(data_dir: Path, address: str) -> Iterator[int]:
    """Lock the data folder inside the block; gives the lock's file descriptor, to share with other processes.

    Raises:
        DataFolderInUseError: while another process holds it.
        OSError: when the folder cannot be made or written.

    """
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(data_dir / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while not _try(descriptor):
            owner = _owner(descriptor)
            if _lives(owner.get("pid")) or time.monotonic() > deadline:
                raise DataFolderInUseError(_in_use(data_dir, owner))
            time.sleep(0.05)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps({"pid": os.getpid(), "address": address}).encode(), 0)
        yield descriptor
    finally:
        # The lock itself ends when every process that shares it has closed it.
        os.close(descriptor)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(descriptor: int) -> dict[str, object]:
    """What the holder wrote; empty if it has not written yet."""
    with contextlib.suppress(ValueError):
        owner = json.loads(os.pread(descriptor, 4096, 0))
        if isinstance(owner, dict):
            return owner
    return {}


def _lives(pid: object) -> bool:
    return isinstance(pid, int) and runs(pid)


def _in_use(data_dir: Path, owner: dict[str, object]) -> str:
    process = f"process {owner['pid']}" if "pid" in owner else "another process"
    address = f", at {owner['address']}" if owner.get("address") else ""
    return (
        f"The service runs already on the data folder {data_dir} ({process}{address}). "
        "Stop that one, or choose another folder with DATA_DIR."
    )
