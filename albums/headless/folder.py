"""Reads the files of a folder for upload."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

_READ_BYTES = 1024 * 1024


@dataclass(frozen=True)
class FolderFile:
    """A file in the folder. `relative` is its path in the folder, with forward slashes."""

    path: Path
    relative: str
    size: int
    sha256: str
    modified: datetime


@dataclass(frozen=True)
class UnreadableFile:
    """A file that could not be read, and why."""

    relative: str
    reason: str


def find_files(folder: Path, *, leave_out: Collection[Path] = ()) -> list[Path]:
    """Every file below the folder, sorted by path, without hidden files and folders."""
    left_out = {path.resolve() for path in leave_out}
    return sorted(
        path
        for path in folder.rglob("*")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and (path.is_file() or (path.is_symlink() and not path.exists()))
        and path.resolve() not in left_out
    )


def read_files(folder: Path, paths: Collection[Path]) -> Iterator[FolderFile | UnreadableFile]:
    """Read the size, time and SHA-256 of each file, in constant memory."""
    for path in paths:
        relative = path.relative_to(folder).as_posix()
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
