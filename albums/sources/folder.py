"""Folders of this machine, and the cards of cameras."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from albums.passed_over import is_passed_over
from albums.sources.base import Entry, Found, Source, Unusable, chunks_of, readable_name

_LINK = "This is a link to a folder. Links to folders are not followed."
_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
# Where cameras keep photos and films (DCF, and Sony's XAVC S). The rest of a card is databases of the camera.
_OF_CARDS = ("DCIM", "M4ROOT/CLIP", "PRIVATE/M4ROOT/CLIP")
_CATALOGS = {"canonmsc", "eosmisc"}


@dataclass(frozen=True)
class _Place:
    """A path, and why nothing can be read there, if that is known already."""

    path: Path
    problem: str = ""


class FolderSource(Source):
    """The files of a folder and its subfolders. They are found at once, and read when they are asked for.

    Folders that are links are not followed. They, folders that cannot be read, broken links, pipes, sockets and devices
    are unusable.
    """

    def __init__(self, folder: Path, *, leave_out: Collection[Path] = ()) -> None:
        """Find the files. `leave_out` are files of ours, such as the zip that is being written."""
        self.name = readable_name(folder.resolve().name)
        self._folder = folder
        left_out = {os.path.realpath(path) for path in leave_out}
        found = [place for start in self._starts(folder) for place in self._find(start)]
        wanted = (place for place in found if not left_out or os.path.realpath(place.path) not in left_out)
        # `IMG_1.jpg` comes before its copy `IMG_1 (1).jpg`: the first of equal files gives the photo its name.
        self._places = sorted(wanted, key=lambda place: (place.path.parent, place.path.stem, place.path.name))
        self.total = len(self._places)

    def entries(self) -> Iterator[Found]:
        return (self._entry(place) for place in self._places)

    def _starts(self, folder: Path) -> Collection[Path]:
        return [folder]

    def _find(self, start: Path) -> Iterator[_Place]:
        problems: list[_Place] = []

        def report(error: OSError) -> None:
            problems.append(_Place(Path(error.filename), f"This folder cannot be read: {error.strerror}."))

        for place, folders, files in os.walk(start, onerror=report):
            folders[:] = [name for name in folders if not self._is_passed_over(Path(place, name))]
            yield from (_Place(path) for name in files if not self._is_passed_over(path := Path(place, name)))
            yield from (_Place(path, _LINK) for name in folders if (path := Path(place, name)).is_symlink())
        yield from problems

    def _is_passed_over(self, path: Path) -> bool:
        return is_passed_over(path.relative_to(self._folder).as_posix())

    def _entry(self, place: _Place) -> Found:
        relative = place.path.relative_to(self._folder).as_posix()
        # Two names may be the same to people and different to the disk. The report tells them apart.
        label = os.fsencode(relative).decode(errors="backslashreplace")
        if place.problem:
            return Unusable(label, place.problem)
        try:
            status = place.path.stat()
            modified = datetime.fromtimestamp(status.st_mtime, tz=UTC)
        except (OSError, OverflowError, ValueError) as error:
            return Unusable(label, f"The file cannot be read: {getattr(error, 'strerror', None) or error}.")
        if not stat.S_ISREG(status.st_mode):
            kind = _KINDS.get(stat.S_IFMT(status.st_mode))
            return Unusable(label, f"This is {kind}, not a file." if kind else _LINK)
        return Entry(
            readable_name(relative), status.st_size, modified, lambda: read_file(place.path), place.path, label
        )


class CameraCard(FolderSource):
    """The card of a camera: a folder with `DCIM`. What else is on it is not for people."""

    def _starts(self, folder: Path) -> Collection[Path]:
        return [folder / name for name in _OF_CARDS if (folder / name).is_dir()]

    def _is_passed_over(self, path: Path) -> bool:
        return path.name.lower() in _CATALOGS or super()._is_passed_over(path)


def is_camera_card(folder: Path) -> bool:
    """Whether this is the top of a camera's card, or of a phone."""
    return (folder / "DCIM").is_dir()


@contextmanager
def read_file(path: Path) -> Iterator[Iterator[bytes]]:
    """A file of this machine as chunks."""
    with path.open("rb", buffering=0) as stream:
        yield chunks_of(stream)
