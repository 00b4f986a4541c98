"""Opens what somebody names on the command line as sources."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from albums.sources.base import Entry, Found, Source, SourceError, Unusable, entries_until_error
from albums.sources.folder import CameraCard, FolderSource, is_camera_card
from albums.sources.immich import ImmichAlbum
from albums.sources.tar import TarSource, is_tar
from albums.sources.zip import ZipSource

HELP = (
    "a folder, the card of a camera, a zip or tar (all parts of a Google Takeout at once), s3://BUCKET/PREFIX, "
    "or the address of an album of Immich: https://HOST/albums/ID"
)
_PART = re.compile(r"[-_ ]\d{1,4}$")


class SourceUnknown(SourceError):
    """What was named is no source."""


def open_source(names: Sequence[str], *, leave_out: Collection[Path] = ()) -> Source:
    """The source with these names; several become one.

    Args:
        names: see HELP.
        leave_out: files of ours that may be in a folder, such as the zip that is being written.

    Raises:
        SourceUnknown: when a name is no source.
        SourceError: when one cannot be read.

    """
    if len(names) == 1:
        return _open(names[0], leave_out)
    return _Several([_open_one_of(name, leave_out) for name in names])


def _open_one_of(name: str, leave_out: Collection[Path]) -> Source:
    """One of several: if it cannot be read, the others can."""
    try:
        return _open(name, leave_out)
    except SourceUnknown:
        raise
    except SourceError as error:
        return _Unreadable(name, str(error))


class _Unreadable(Source):
    total = 1

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self._reason = reason

    def entries(self) -> Iterator[Found]:
        yield Unusable(self.name, self._reason, "source_failed")


class _Several(Source):
    """Several sources as one. The files of folders are in a folder of that name; parts of an archive are not apart."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self.name = _PART.sub("", Path(sources[0].name).name)
        totals = [source.total for source in sources]
        self.total = None if None in totals else sum(total or 0 for total in totals)

    def entries(self) -> Iterator[Found]:
        for source in self._sources:
            for found in entries_until_error(source):
                yield _below(source.name, found) if isinstance(source, FolderSource) else found


def _below(folder: str, found: Found) -> Found:
    label = f"{folder}/{found.label}"
    return (
        replace(found, label=label, path=f"{folder}/{found.path}")
        if isinstance(found, Entry)
        else replace(found, label=label)
    )


def _open(name: str, leave_out: Collection[Path]) -> Source:
    scheme = urlsplit(name).scheme
    if scheme == "s3":
        from albums.sources.s3 import BucketSource, NoBucketError  # boto3 takes a while

        try:
            return BucketSource(name)
        except NoBucketError as error:
            raise SourceUnknown(str(error)) from error
    if scheme in {"http", "https"}:
        return ImmichAlbum(name)
    return _open_path(Path(name), leave_out)


def _open_path(path: Path, leave_out: Collection[Path]) -> Source:
    if not path.exists():
        raise SourceUnknown(f"The folder {path} does not exist.")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise SourceUnknown(f"{path} cannot be read. Check its permissions.")
    if path.is_dir():
        return (
            CameraCard(path, leave_out=leave_out) if is_camera_card(path) else FolderSource(path, leave_out=leave_out)
        )
    if not path.is_file():
        raise SourceUnknown(f"{path} is not a folder and not a file.")
    if zipfile.is_zipfile(path):
        return ZipSource(path)
    if is_tar(path):
        return TarSource(path)
    if path.name.lower().endswith((".zip", ".tar", ".tar.gz", ".tgz")):
        raise SourceError(f"{path} cannot be read: it is damaged, or not what its name says.")
    raise SourceUnknown(f"{path} is not a folder, and not a zip or tar. Choose the folder with the photos.")
