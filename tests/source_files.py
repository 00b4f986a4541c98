"""What tests ask of a source, and the archives that they make for it."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path
from typing import Any

from albums.sources import Entry, Source, Unusable


def entries(source: Source) -> list[Entry]:
    """The files that can be used."""
    return [found for found in source.entries() if isinstance(found, Entry)]


def paths(source: Source) -> list[str]:
    """Their paths in the source."""
    return [entry.path for entry in entries(source)]


def reasons(source: Source) -> dict[str, str]:
    """What is said of those that cannot be used."""
    return {found.label: found.reason for found in source.entries() if isinstance(found, Unusable)}


def contents(source: Source) -> dict[str, bytes]:
    """What each file holds, read before the next is asked for."""
    found = {}
    for entry in source.entries():
        if isinstance(entry, Entry):
            with entry.read() as chunks:
                found[entry.path] = b"".join(chunks)
    return found


def make_zip(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip with these files."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 6, 8, 12, 0, 0)), content, method)
    return path


def make_tar(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: Any = "w") -> Path:
    """A tar with these members."""
    with tarfile.open(path, mode, format=tarfile.PAX_FORMAT) as archive:
        for member, content in members:
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path
