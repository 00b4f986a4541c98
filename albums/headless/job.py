"""The steps of a headless job: upload, wait, export, save. It records how long each takes."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol
from uuid import UUID

from albums import selectors, storage
from albums.exceptions import NothingPicked
from albums.headless.folder import FolderFile, UnreadableFile, read_files
from albums.headless.output import atomic_file
from albums.models import Album, Export
from albums.services.exports import export_create
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create

# The first batch is small, so that the analysis begins soon. Each is twice the one before.
_FIRST_FILES = 4
_MOST_FILES = 32
_UPLOAD_THREADS = 4
# Ask again after a twentieth of the time waited so far, within these limits.
_WAITED_SHARE = 0.05
_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.05, 1.0
# If nothing changes for this long, no worker is running, or none of them works.
_STALLED_AFTER_SECONDS = 600


class JobFailed(Exception):
    """The job made no album. The message says why."""


class Meter(Protocol):
    """Shows the progress of the job."""

    def show(self, stage: str, done: float, total: float) -> None:
        """Show that `done` of `total` is finished in this stage."""


@dataclass
class Refusal:
    """Why a file never became a photo."""

    code: str
    message: str


@dataclass
class HeadlessJob:
    """What the job has done so far: the photo of each file, what was refused, and the seconds of each stage."""

    album: Album
    folder: Path
    meter: Meter
    photo_ids: dict[str, UUID] = field(default_factory=dict)
    duplicates: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def run(self, paths: Sequence[Path], output: Path) -> None:
        """Make a zip at `output` from the files.

        Raises:
            JobFailed: when no photo could be analyzed, or the work is stalled.
            StorageError: when the storage fails.

        """
        started = time.monotonic()
        with self._timed("upload"):
            self._upload(paths)
        if not self.photo_ids:
            raise JobFailed("No file could be uploaded.")
        self._wait_for_analysis()
        with self._timed("export"):
            self._export(output)
        self.seconds["total"] = time.monotonic() - started

    @contextlib.contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] += time.monotonic() - started

    # --- upload ---

    def _upload(self, paths: Sequence[Path]) -> None:
        """Upload in batches, so that the analysis begins with the first.

        Each batch is completed after the next is announced: while more photos are coming, chunks are large.
        """
        first_with: dict[str, str] = {}
        done = 0
        sent: list[UUID] = []
        for batch in _batches(read_files(self.folder, paths)):
            new = []
            for file in batch:
                if isinstance(file, UnreadableFile):
                    self.refused[file.relative] = Refusal("unreadable", file.reason)
                elif file.sha256 in first_with:
                    self.duplicates[file.relative] = first_with[file.sha256]
                else:
                    first_with[file.sha256] = file.relative
                    new.append(file)
            announced = self._announce(new)
            self._complete(sent)
            sent = self._send(announced)
            done += len(batch)
            self.meter.show("upload", done, len(paths))
        self._complete(sent)

    def _announce(self, files: Sequence[FolderFile]) -> list[tuple[UUID, FolderFile]]:
        """The photos to send, and their files."""
        requests = [UploadRequest(file.relative, file.size, file.sha256, modified=file.modified) for file in files]
        to_send = []
        for file, result in zip(files, uploads_create(self.album, requests), strict=True):
            if result.photo is None:
                error = result.error
                self.refused[file.relative] = Refusal(error.code, error.message) if error else Refusal("refused", "")
                continue
            self.photo_ids[file.relative] = result.photo.id
            if result.upload is not None:
                to_send.append((result.photo.id, file))
        return to_send

    def _send(self, files: Sequence[tuple[UUID, FolderFile]]) -> list[UUID]:
        store = storage.get_storage()

        def send(item: tuple[UUID, FolderFile]) -> UUID:
            photo_id, file = item
            store.write_file(storage.original_key(self.album.id, photo_id), file.path, "application/octet-stream")
            return photo_id

        with ThreadPoolExecutor(_UPLOAD_THREADS) as threads:
            return list(threads.map(send, files))

    def _complete(self, photo_ids: Sequence[UUID]) -> None:
        if not photo_ids:
            return
        changed = set(uploads_complete(self.album, photo_ids).missing)
        for relative in [relative for relative, photo_id in self.photo_ids.items() if photo_id in changed]:
            del self.photo_ids[relative]
            self.refused[relative] = Refusal("changed", "The file changed while it was being read.")

    # --- wait ---

    def _wait_for_analysis(self) -> None:
        """Wait until every photo is analyzed or failed and the album is grouped. Time each stage to its last photo."""
        stages: list[tuple[str, Callable[[selectors.Progress], int]]] = [
            ("prepare", lambda progress: progress.uploaded + progress.preparing),
            ("embed", lambda progress: progress.unfinished),
            ("group", lambda progress: 0 if progress.done else 1),
        ]
        progress = selectors.album_progress(self.album.id)
        for stage, left in stages:
            with self._timed(stage):
                watch = _Watch()
                while left(progress):
                    watch.pause()
                    progress = selectors.album_progress(self.album.id)
                    watch.observe(progress)
                    self.meter.show("analyze", progress.fraction * progress.total, progress.total)
        if progress.grouping == Album.Grouping.FAILED:
            raise JobFailed(progress.grouping_error)
        if not progress.analyzed:
            raise JobFailed("No photo could be analyzed.")

    # --- export ---

    def _export(self, output: Path) -> None:
        try:
            export = export_create(self.album)
        except NothingPicked as error:
            raise JobFailed(error.message) from error
        watch = _Watch()
        while export.state in {Export.State.QUEUED, Export.State.BUILDING}:
            self.meter.show("export", export.photos_written, export.photo_count)
            watch.pause()
            export.refresh_from_db()
            watch.observe((export.state, export.photos_written))
        if export.state != Export.State.READY:
            raise JobFailed(export.error_message or "The zip could not be built.")
        self.meter.show("export", export.photo_count, export.photo_count)
        save(storage.export_key(self.album.id, export.id), output)


def save(key: str, output: Path) -> None:
    """Copy an object to a file. The file appears complete or not at all."""
    with storage.get_storage().open_read(key) as chunks, atomic_file(output) as file:
        file.writelines(chunks)


def _batches(files: Iterator[FolderFile | UnreadableFile]) -> Iterator[list[FolderFile | UnreadableFile]]:
    size = _FIRST_FILES
    while batch := list(islice(files, size)):
        yield batch
        size = min(2 * size, _MOST_FILES)


class _Watch:
    """Waits for work: asks often at first, then less often. Raises when nothing changes for too long."""

    def __init__(self) -> None:
        self._last: object = None
        self._began = self._since = time.monotonic()

    def pause(self) -> None:
        """Sleep until it is time to ask again."""
        waited = time.monotonic() - self._began
        time.sleep(min(max(waited * _WAITED_SHARE, _SHORTEST_SECONDS), _LONGEST_SECONDS))

    def observe(self, state: object) -> None:
        """Compare the state of the work with the state at the last call."""
        if state != self._last:
            self._last, self._since = state, time.monotonic()
        elif time.monotonic() - self._since > _STALLED_AFTER_SECONDS:
            minutes = _STALLED_AFTER_SECONDS // 60
            raise JobFailed(f"Nothing has happened for {minutes} minutes. Is a worker running? See its log.")
