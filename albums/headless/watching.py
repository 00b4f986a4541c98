"""Takes what comes into a folder, each file once, into an album for each day."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from django.db import DatabaseError, close_old_connections

from albums.chunks import chunked
from albums.headless.day_albums import DayAlbums
from albums.headless.settled_files import Identity, Settling, TakenFiles, identity
from albums.headless.upload import JobFailed, SourceUpload
from albums.models import Album
from albums.quotas import QuotaExceeded
from albums.sources import Entry, Found, Source, Unusable
from albums.sources.folder import FolderSource
from albums.storage import StorageError

LOOK_SECONDS = 5
# Disks of other machines do not say that a file has come. So the whole folder is read now and then.
IDLE_SECONDS = 60
# If the process is killed, what it took since the last of these is looked at again.
_FILES_AT_ONCE = 100
# The endings of names that browsers and sync programs give to files until they are complete.
_UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp", ".!sync")
# These never change. After other refusals the file is tried again at the next start.
_FINAL = {"too_many_bytes", "empty_file"}


class FolderWatch:
    """A folder, and the albums for what comes into it."""

    def __init__(
        self,
        folder: Path,
        taken: TakenFiles,
        albums: DayAlbums,
        *,
        settling: Settling | None = None,
    ) -> None:
        """A watch that has not looked yet."""
        self._folder = folder
        self._taken = taken
        self._albums = albums
        self._settling = settling or Settling()
        self._left: set[Identity] = set()
        self._named: set[str] = set()

    @property
    def is_waiting(self) -> bool:
        """Whether there were files at the last look that had not been taken."""
        return self._settling.is_waiting

    def take(self, now: float) -> Iterator[str]:
        """Take the new files that are complete at `now`. Yields what to tell the operator, in lines."""
        found = list(FolderSource(self._folder).entries())
        new = [entry for entry in found if isinstance(entry, Entry) and self._is_new(entry)]
        for problem in found:
            if isinstance(problem, Unusable):
                yield from self._name_once(problem.label, problem.reason)
        for files in chunked(self._settling.settled(new, now), _FILES_AT_ONCE):
            try:
                for album, of_album in self._albums.sorted(files):
                    yield from self._take(album, of_album)
            except (DatabaseError, JobFailed, QuotaExceeded, StorageError) as error:
                # The files are still there at the next look.
                yield from self._name_once("Nothing was taken", str(error).strip())
                return
            self._named.discard("Nothing was taken")

    def _take(self, album: Album, files: Sequence[Entry]) -> Iterator[str]:
        upload = SourceUpload(album, _Silent())
        upload.run(_Entries(files))
        later = {label for label, refusal in upload.refused.items() if refusal.code not in _FINAL}
        self._left.update(identity(file) for file in files if file.label in later)
        self._taken.add([file for file in files if file.label not in later])
        added = len(set(upload.photo_ids.values()) - upload.there_before)
        yield f"{album.name}: {added} added, {len(upload.there_before)} already there."
        yield from (f"{label}: {refusal.message}" for label, refusal in upload.refused.items())

    def _is_new(self, entry: Entry) -> bool:
        is_unfinished = entry.name.lower().endswith(_UNFINISHED)
        return not is_unfinished and entry not in self._taken and identity(entry) not in self._left

    def _name_once(self, label: str, reason: str) -> Iterator[str]:
        if label not in self._named:
            self._named.add(label)
            yield f"{label}: {reason}"


class _Entries(Source):
    def __init__(self, entries: Collection[Entry]) -> None:
        self.name = "Watched folder"
        self.total = len(entries)
        self._entries = entries

    def entries(self) -> Iterator[Found]:
        return iter(self._entries)


class _Silent:
    def show(self, stage: str, done: float, total: float) -> None:
        """Show nothing: nobody looks."""


def looks(folder: Path, watched: FolderWatch) -> Iterator[float]:
    """The seconds of a clock, each time that it is time to look: at once, after changes, and now and then."""
    from watchfiles import watch

    last = time.monotonic()
    yield last
    for changes in watch(
        folder,
        watch_filter=None,
        rust_timeout=LOOK_SECONDS * 1000,
        yield_on_timeout=True,
        ignore_permission_denied=True,
    ):
        now = time.monotonic()
        if changes or watched.is_waiting or now - last >= IDLE_SECONDS:
            last = now
            # The database may have been away for hours since the last one.
            close_old_connections()
            yield now
