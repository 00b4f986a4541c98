"""Files and folders on one disk, with the system's errors translated into `StorageError`s."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from albums.storage.base import CHUNK_BYTES
from albums.storage.errors import StorageRefused, StorageUnavailable

FOLDER_MODE: Final = 0o750
FILE_MODE: Final = 0o640


class FileWriter:
    """Writes all data it gets. A single write to an unbuffered file may write less."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        rest = memoryview(data)
        with translated_errors():
            while rest:
                rest = rest[self._file.write(rest) :]
        return len(data)


def chunks_of(file: BinaryIO) -> Iterator[bytes]:
    while True:
        with translated_errors():
            chunk = file.read(CHUNK_BYTES)
        if not chunk:
            return
        yield chunk


def make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():
            raise
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Make new names in the folder survive a power cut. Flushing only the files is not enough."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_file(path: Path) -> bool:
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def remove_folder(folder: Path) -> None:
    try:
        folder.rmdir()
    except FileNotFoundError:
        return
    except OSError as error:
        # Something was written meanwhile, or it is a link to another place: do not remove it.
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}:
            raise


def raise_unless_missing(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error


@contextmanager
def translated_errors() -> Iterator[None]:
    """Turn the system's errors into ours. If a missing file is expected, catch that error inside the block."""
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StorageUnavailable("The disk of the storage folder is full. Free some space.") from error
        if error.errno == errno.ELOOP:
            raise StorageRefused(f"There is a symbolic link in the storage folder{place}. Remove it.") from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise StorageRefused(
                f"The storage folder does not allow this{place}: {error.strerror}. Check its owner and permissions."
            ) from error
        raise StorageUnavailable(f"The storage folder failed{place}: {error.strerror or error}.") from error
