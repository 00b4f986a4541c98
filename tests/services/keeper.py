"""The test process's side of the keeper: a temporary folder, and a process that cares for what runs in it."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final, Self

FOLDER_PREFIX: Final = "photoalbum-services-"
LOCK_NAME: Final = "in-use"
STOP_SECONDS: Final = 30.0


class KeeperError(RuntimeError):
    """The keeper could not do what it was asked to."""


class Keeper:
    """Keeps the programs of one test run; `close()`, and the end of this process however it comes, stop them.

    `folder` is theirs to write in; every user may pass through it, since PostgreSQL may run as another one.
    Safe to use from several threads.
    """

    def __init__(self) -> None:
        base = _base_folder()
        _sweep(base)
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=base))
        self.folder.chmod(0o711)
        self._lock = _held_lock(self.folder)
        self._mutex = threading.Lock()
        script = Path(__file__).with_name("keeper_process.py")
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # Neither site-packages nor the environment matter to it: it starts in a few hundredths of a
                # second.
                [sys.executable, "-I", "-S", str(script), str(self.folder), str(os.getpid())],
                stdin=theirs.fileno(),
                start_new_session=True,
                # The folder counts as used for as long as either process lives.
                pass_fds=[self._lock.fileno()],
                cwd="/",
            )
        self._answers = self._channel.makefile("rb")
        atexit.register(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def start(
        self,
        argv: Sequence[str | Path],
        *,
        environment: Mapping[str, str],
        directory: Path,
        log: Path,
        user: tuple[int, int] | None = None,
    ) -> int:
        """Start a program in a session of its own, its output appended to the log; returns its process id.

        `user` is a pair of user and group id to run as; only root can give one.
        """
        uid, gid = user or (None, None)
        request = {
            "do": "start",
            "argv": [str(argument) for argument in argv],
            "environment": dict(environment),
            "directory": str(directory),
            "log": str(log),
            "user": uid,
            "group": gid,
        }
        return int(self._ask(request)["pid"])

    def returncode(self, pid: int) -> int | None:
        """The exit status of a program (negative for a signal); None while it runs."""
        code = self._ask({"do": "poll", "pid": pid})["returncode"]
        return None if code is None else int(code)

    def signal(self, pid: int, number: int) -> None:
        """Send a signal to one program, not to its children; nothing happens where it has ended."""
        self._ask({"do": "signal", "pid": pid, "signal": int(number)})

    def kill(self, pid: int) -> None:
        """SIGKILL a program and all its descendants, and return when they are gone."""
        left = self._ask({"do": "kill", "pid": pid})["left"]
        if left:
            raise KeeperError(f"Processes {left} outlived SIGKILL.")

    def wait(self, pid: int, seconds: float) -> int | None:
        """The exit status once the program has ended, or None when it still runs after so many seconds."""
        deadline = time.monotonic() + seconds
        while (code := self.returncode(pid)) is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return code

    def close(self) -> None:
        """Stop every program and remove the folder; returns when it is done. Harmless a second time."""
        atexit.unregister(self.close)
        self._answers.close()
        self._channel.close()
        self._process.wait(STOP_SECONDS)
        self._lock.close()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        with self._mutex:
            try:
                self._channel.sendall(json.dumps(request).encode() + b"\n")
                line = self._answers.readline()
            except (OSError, ValueError) as error:
                raise KeeperError("The keeper of the services has ended.") from error
        if not line:
            raise KeeperError("The keeper of the services has ended.")
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise KeeperError(answer["error"])
        return answer


def _base_folder() -> Path:
    """A temporary folder that any user can pass through and whose file system keeps extended attributes.

    PostgreSQL may run as another user, and Swift keeps what it knows of an object in user.* attributes, which
    tmpfs has had only since Linux 6.6.
    """
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    for candidate in candidates:
        if is_traversable(candidate) and _keeps_attributes(candidate):
            return candidate.resolve()
    places = ", ".join(str(path) for path in dict.fromkeys(candidates))
    raise KeeperError(
        f"No folder for the test services among {places}: set TMPDIR to one that every user may enter"
        " (mode 755 or 1777 up to /) on a file system with extended attributes, such as ext4, xfs or btrfs."
    )


def is_traversable(path: Path) -> bool:
    """True where a user without any rights of their own can reach the path and everything right in it."""
    resolved = path.resolve()
    return all(part.stat().st_mode & 0o001 for part in (resolved, *resolved.parents))


def _keeps_attributes(folder: Path) -> bool:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=FOLDER_PREFIX) as probe:
            os.setxattr(probe.fileno(), "user.photoalbum", b"1")
    except OSError:
        return False
    return True


def _held_lock(folder: Path) -> IO[bytes]:
    """A locked file that says the folder is in use; it gets its name when it is locked, for others sweep meanwhile."""
    draft = folder / f"{LOCK_NAME}.new"
    lock = draft.open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    draft.rename(folder / LOCK_NAME)
    return lock


def _sweep(base: Path) -> None:
    """Remove the folders of runs whose keeper was killed too."""
    for folder in base.glob(f"{FOLDER_PREFIX}*"):
        try:
            # A run that is just making its folder has no lock file yet, and is left alone.
            with (folder / LOCK_NAME).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
