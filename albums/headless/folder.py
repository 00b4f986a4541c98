"""Reads the files of a folder for upload."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_READ_BYTES = 1024 * 1024
# What NAS systems, Windows and disks keep beside photos: thumbnails, deleted files and notes of their own.
SYSTEM_NAMES = {
    "@eadir",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "thumbs.db",
    "desktop.ini",
}
_LINK = "This is a link to a folder. Links to folders are not followed."
_CLOSED = "This folder cannot be read. Check its permissions."


@dataclass(frozen=True)
class FolderFile:
    """A file in the folder.

    `relative` is its path in the folder, with forward slashes. Bytes of a name that are not UTF-8 are written as \\xe9.
    """

    path: Path
    relative: str
    size: int
    sha256: str
    modified: datetime


@dataclass(frozen=True)
class UnreadableFile:
    """A file or folder that could not be read, and why."""

    relative: str
    reason: str


def find_files(folder: Path, *, leave_out: Collection[Path] = ()) -> list[Path]:
    """Everything below the folder that a person would call a file, sorted by folder and name.

    `IMG_1.jpg` comes before its copy `IMG_1 (1).jpg`, because the first of equal files gives the photo its name.

    Passed over: hidden files and folders, what systems keep beside photos, pipes and devices. Folders that are links or
    cannot be read, and broken links, are included: `read_files` says what is wrong with them.
    """
    left_out = {os.path.realpath(path) for path in leave_out}
    closed: list[Path] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders[:] = [name for name in folders if not _belongs_to_a_system(name)]
        paths = [Path(place, name) for name in files if not _belongs_to_a_system(name)]
        # A link to a pipe would wait for ever.
        found += [path for path in paths if path.is_file() or (path.is_symlink() and not path.exists())]
        found += [path for name in folders if (path := Path(place, name)).is_symlink()]
    wanted = (path for path in found + closed if os.path.realpath(path) not in left_out)
    return sorted(wanted, key=lambda path: (path.parent, path.stem, path.name))


def _belongs_to_a_system(name: str) -> bool:
    return name.startswith(".") or name.lower() in SYSTEM_NAMES


def read_files(folder: Path, paths: Collection[Path]) -> Iterator[FolderFile | UnreadableFile]:
    """Read the size, time and SHA-256 of each file, in constant memory."""
    for path in paths:
        # A name that is not UTF-8, from an old disk, cannot be written to the report as it is.
        relative = os.fsencode(path.relative_to(folder).as_posix()).decode(errors="backslashreplace")
        if path.is_dir():
            yield UnreadableFile(relative, _LINK if path.is_symlink() else _CLOSED)
            continue
        try:
            with path.open("rb") as stream:
                digest, size = hashlib.sha256(), 0
                while chunk := stream.read(_READ_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
            modified = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        except (OSError, OverflowError, ValueError) as error:
            yield UnreadableFile(relative, f"The file cannot be read: {getattr(error, 'strerror', None) or error}.")
        else:
            yield FolderFile(path, relative, size, digest.hexdigest(), modified)
