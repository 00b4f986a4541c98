"""Which files of a watched folder are complete, and which were taken before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from pathlib import Path

from albums.sources import Entry

# Longer than a copy over a slow network pauses.
SETTLED_SECONDS = 10

Identity = tuple[str, int, float]
"""Label, size in bytes and time of a file. They stay the same until it is written again."""


def identity(entry: Entry) -> Identity:
    """What tells a file from another, and from what it was before."""
    return entry.label, entry.size, entry.modified.timestamp() if entry.modified else 0.0


class TakenFiles:
    """The files that were taken, so that what people deleted does not come back.

    A file of ours has a digest of each, one a line. It tells nobody the names.
    """

    def __init__(self, path: Path) -> None:
        """Read the file, if there is one. A line that a crash cut off is the digest of nothing."""
        self._path = path
        self._digests = set(path.read_text(encoding="ascii").split()) if path.exists() else set()

    @classmethod
    def of(cls, folder: Path, owner: str, data: Path) -> TakenFiles:
        """The files taken from this folder for this account. `data` is the folder for our data."""
        key = hashlib.sha256(f"{owner}\n{folder.resolve()}".encode(errors="surrogateescape")).hexdigest()[:16]
        return cls(data / "watched" / key)

    def __contains__(self, entry: Entry) -> bool:
        return _digest(entry) in self._digests

    def add(self, entries: Collection[Entry]) -> None:
        """Note these as taken."""
        digests = [_digest(entry) for entry in entries]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="ascii") as file:
            # Begin with a new line: the one before may be cut off.
            file.write("\n" + "\n".join(digests))
        self._digests.update(digests)


def _digest(entry: Entry) -> str:
    return hashlib.sha256(json.dumps(identity(entry)).encode()).hexdigest()


class Settling:
    """Tells which files are complete: those whose size and time have not changed for some seconds."""

    def __init__(self, seconds: float = SETTLED_SECONDS) -> None:
        self._seconds = seconds
        self._since: dict[Identity, float] = {}

    def settled(self, entries: Collection[Entry], now: float) -> list[Entry]:
        """Those of these files that are complete at `now`, in seconds of a clock that only goes forward."""
        self._since = {key: self._since.get(key, now) for key in map(identity, entries)}
        return [entry for entry in entries if now - self._since[identity(entry)] >= self._seconds]

    @property
    def is_waiting(self) -> bool:
        """Whether there were new files at the last look."""
        return bool(self._since)
