"""The steps of a headless job: upload, wait, export, save. It records how long each takes."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from albums import selectors, storage
from albums.exceptions import NothingPicked
from albums.exports.parts import part_name
from albums.exports.plan import DEFAULT_OPTIONS, ExportOptions
from albums.headless.output import atomic_file
from albums.headless.upload import JobFailed, Meter, SourceUpload
from albums.models import Album, Export
from albums.services.exports import exports_create
from albums.services.frame_searches import frames_unfinished
from albums.sources import Source

# Ask again after a twentieth of the time waited so far, within these limits.
_WAITED_SHARE = 0.05
_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.05, 1.0
# If nothing changes for this long, no worker is running, or none of them works.
_STALLED_AFTER_SECONDS = 600


@dataclass
class HeadlessJob:
    """What the job has done so far: what became of each file, and the seconds of each stage."""

    album: Album
    meter: Meter
    upload: SourceUpload = field(init=False)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def __post_init__(self) -> None:
        """The upload has the same album and meter."""
        self.upload = SourceUpload(self.album, self.meter)

    def run(self, source: Source) -> None:
        """Upload the files of the source, and wait until they are analyzed and grouped.

        Raises:
            JobFailed: when no photo could be analyzed, or the work is stalled.
            StorageError: when the storage fails.

        """
        with self._timed("total"):
            with self._timed("upload"):
                self.upload.run(source)
            if not self.upload.photo_ids:
                raise JobFailed("No file could be uploaded.")
            self._wait_for_analysis()

    @contextlib.contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.seconds[stage] += time.monotonic() - started

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
        self._wait_for_frames()
        progress = selectors.album_progress(self.album.id)
        if progress.grouping == Album.Grouping.FAILED:
            raise JobFailed(progress.grouping_error)
        if not progress.analyzed:
            raise JobFailed("No photo could be analyzed.")

    def _wait_for_frames(self) -> None:
        """Wait for photos from videos, if the setting asks for them, and until they are grouped with the others."""
        with self._timed("group"):
            watch = _Watch()
            while (left := frames_unfinished(self.album)) or not selectors.album_progress(self.album.id).done:
                watch.pause()
                watch.observe((left, selectors.album_progress(self.album.id)))

    # --- export ---

    def export(self, output: Path, options: ExportOptions = DEFAULT_OPTIONS) -> dict[Path, Export]:
        """Make the zip of the picks at `output`, or its parts beside it. Returns the row of each.

        Raises:
            JobFailed: when there are none, or the zip could not be built.
            StorageError: when the storage fails.

        """
        with self._timed("total"), self._timed("export"):
            return self._export(output, options)

    def _export(self, output: Path, options: ExportOptions) -> dict[Path, Export]:
        try:
            exports = exports_create(self.album, options)
        except NothingPicked as error:
            raise JobFailed(error.message) from error
        named = {output.with_name(part_name(output.name, export.part, len(exports))): export for export in exports}
        for path, export in named.items():
            self._save(export, path)
        return named

    def _save(self, export: Export, output: Path) -> None:
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
