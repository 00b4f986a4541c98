"""Runs the programs of a test run in a temporary folder, and removes the folder with them."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import IO, ClassVar, Final

from web.embedded.process_manager import ProcessError, ProcessManager

FOLDER_PREFIX: Final = "photoalbum-services-"
LOCK_NAME: Final = "in-use"


class Keeper(ProcessManager):
    """The process manager of one test run, with a folder for its programs.

    `close()` stops the programs and removes the folder. So does the end of this process, even by SIGKILL. Every user
    may enter the folder, since PostgreSQL may run as another user.
    """

    # A long run leaves thousands of files, and the machine may be busy.
    stop_seconds: ClassVar[float] = 120.0

    def __init__(self) -> None:
        base = _base_folder()
        _sweep(base)
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=base))
        self.folder.chmod(0o711)
        self._lock = _held_lock(self.folder)
        # The folder counts as used while this process or the guard lives.
        super().__init__(remove=self.folder, keep_open=[self._lock.fileno()])
        atexit.register(self.close)

    def close(self) -> None:
        """Kill every program and remove the folder; returns when this is done. A second call does nothing."""
        atexit.unregister(self.close)
        super().close()
        self._lock.close()


def _base_folder() -> Path:
    """A temporary folder that any user can enter, on a file system with extended attributes.

    PostgreSQL may run as another user. Swift keeps the metadata of an object in user.* attributes, which tmpfs has had
    only since Linux 6.6.
    """
    candidates = [Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    for candidate in candidates:
        if is_traversable(candidate) and _keeps_attributes(candidate):
            return candidate.resolve()
    places = ", ".join(str(path) for path in dict.fromkeys(candidates))
    raise ProcessError(
        f"No folder for the test services among {places}: set TMPDIR to one that every user may enter"
        " (mode 755 or 1777 up to /) on a file system with extended attributes, such as ext4, xfs or btrfs."
    )


def is_traversable(path: Path) -> bool:
    """True if any user can reach the path and what is directly in it."""
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
    """A locked file that says the folder is in use. It is locked before it is named: other runs may sweep meanwhile."""
    draft = folder / f"{LOCK_NAME}.new"
    lock = draft.open("wb")
    fcntl.flock(lock, fcntl.LOCK_EX)
    draft.rename(folder / LOCK_NAME)
    return lock


def _sweep(base: Path) -> None:
    """Remove the folders of runs whose guard was killed too."""
    for folder in base.glob(f"{FOLDER_PREFIX}*"):
        try:
            # A run that has just made its folder has no lock file yet. It raises OSError here, and is left alone.
            with (folder / LOCK_NAME).open("rb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue
