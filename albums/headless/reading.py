"""Reads the files of a source for upload: sizes, hashes, and copies of those that are not files of this machine."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from albums.services.uploads import UploadRequest, upload_refusal
from albums.sources import Entry, Source, Unusable, entries_until_error

_FULL_DISK = "There is no room for a copy of it in {folder}. Set TMPDIR to a larger folder."


@dataclass(frozen=True)
class ReadFile:
    """A file whose bytes are at `path`, and what is announced of it. A copy is deleted once it is sent."""

    label: str
    path: Path
    request: UploadRequest
    is_copy: bool

    def discard(self) -> None:
        """Delete the copy, if it is one."""
        if self.is_copy:
            self.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class KnownFile:
    """A file that was not read, because it is there already."""

    label: str
    entry: Entry


class FileReader:
    """Reads the files of a source one after the other, in constant memory.

    Args:
        scratch: a folder for copies.
        is_known: whether the file is there already, and need not be read.

    """

    def __init__(self, scratch: Path, *, is_known: Callable[[Entry], bool]) -> None:
        self._scratch = scratch
        self._is_known = is_known
        self._labels: dict[str, int] = {}
        self._copies = count()

    def read(self, source: Source) -> Iterator[ReadFile | KnownFile | Unusable]:
        """Every file of the source, with a label that no other has. An error of the source is the last line."""
        for found in entries_until_error(source):
            if isinstance(found, Unusable):
                yield replace(found, label=self._unique(found.label))
            else:
                yield self._read(self._unique(found.label or found.path), found)

    def _read(self, label: str, entry: Entry) -> ReadFile | KnownFile | Unusable:
        if refusal := upload_refusal(entry.name, entry.size):
            return Unusable(label, refusal.message, refusal.code)
        if self._is_known(entry):
            return KnownFile(label, entry)
        path, is_copy = entry.file or self._scratch / str(next(self._copies)), entry.file is None
        try:
            size, sha256 = _hash(entry, path if is_copy else None)
        except OSError as error:
            if is_copy:
                path.unlink(missing_ok=True)
            return Unusable(label, self._sentence(error))
        request = UploadRequest(entry.name, size, sha256, modified=entry.modified, folder=entry.folder)
        return ReadFile(label, path, request, is_copy)

    def _sentence(self, error: OSError) -> str:
        if error.errno == errno.ENOSPC:
            return _FULL_DISK.format(folder=self._scratch.parent)
        return f"The file cannot be read: {error.strerror or error}."

    def _unique(self, label: str) -> str:
        unique, number = label, self._labels.get(label, 1)
        while unique in self._labels:
            number += 1
            unique = f"{label} ({number})"
        self._labels[label] = number
        self._labels.setdefault(unique, 1)
        return unique


def _hash(entry: Entry, copy: Path | None) -> tuple[int, str]:
    """The size and SHA-256 of the file. A copy is written meanwhile.

    Raises:
        OSError: when it cannot be read, or has another size than its source says. A file of this machine may have
            changed meanwhile: then what was read counts.

    """
    digest, size = hashlib.sha256(), 0
    with ExitStack() as stack:
        chunks = stack.enter_context(entry.read())
        target = stack.enter_context(copy.open("wb")) if copy else None
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            if target is not None:
                if size > entry.size:
                    break
                target.write(chunk)
    if copy and size != entry.size:
        raise OSError("it has another size than it should have")
    return size, digest.hexdigest()
