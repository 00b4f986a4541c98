"""Uploads the files of a source into an album, and remembers what became of each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from albums import storage
from albums.exceptions import AlbumFull, AlbumsError, NotFound
from albums.headless.reading import FileReader, KnownFile, ReadFile
from albums.models import Album, Photo
from albums.quotas import QuotaExceeded
from albums.services.multipart import IN_PARTS_ABOVE, PART_SIZES, multipart_upload_send
from albums.services.uploads import (
    RESENDABLE,
    clean_folder,
    clean_name,
    uploads_complete,
    uploads_create,
    uploads_dismiss,
)
from albums.sources import Entry, Source, Unusable

# The first batch is small, so that the analysis begins soon. Each is twice the one before.
_FIRST_FILES = 4
_MOST_FILES = 32
# Files of archives, buckets and other services are copied first. A batch has at most this much of them, and one more.
_MOST_COPIED_BYTES = 32 * 1024**2
_UPLOAD_THREADS = 4

_Identity = tuple[str, str, int, datetime | None]
"""Folder, name, size and time. A file that has the same is the same file, as rsync and others take it."""


class JobFailed(Exception):
    """The job made no album. The message says why."""


class Meter(Protocol):
    """Shows the progress of the job."""

    def show(self, stage: str, done: float, total: float) -> None:
        """Show that `done` of `total` is finished in this stage. A total of 0 is not known."""


@dataclass
class Refusal:
    """Why a file never became a photo."""

    code: str
    message: str


@dataclass
class SourceUpload:
    """An upload into an album: the photo of each file by its label, equal files, and what was refused.

    `there_before` are the photos of the source that the album had before.
    """

    album: Album
    meter: Meter
    photo_ids: dict[str, UUID] = field(default_factory=dict)
    duplicates: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Refusal] = field(default_factory=dict)
    there_before: set[UUID] = field(default_factory=set)
    _first_with: dict[str, str] = field(default_factory=dict)

    def run(self, source: Source) -> None:
        """Upload in batches, so that the analysis begins with the first.

        Each batch is completed after the next is announced: while more photos are coming, chunks are large.

        Raises:
            JobFailed: when the album is deleted meanwhile.
            StorageError: when the storage fails.

        """
        known = self._known_files()
        sent: list[UUID] = []
        try:
            with tempfile.TemporaryDirectory(prefix="photoalbum-import-") as scratch:
                reader = FileReader(Path(scratch), is_known=lambda entry: _identity(entry) in known)
                for batch in _batches(reader.read(source)):
                    announced = self._announce(self._sort(batch, known))
                    self._complete(sent)
                    sent = self._send(announced)
                    self.meter.show("upload", self._seen, source.total or 0)
        except NotFound as error:
            raise JobFailed("The album was deleted meanwhile.") from error
        finally:
            self._complete(sent)

    @property
    def _seen(self) -> int:
        return len(self.photo_ids) + len(self.duplicates) + len(self.refused)

    def _known_files(self) -> dict[_Identity, UUID]:
        """The files that the album has, so that they need not be read again."""
        photos = Photo.objects.filter(album=self.album, modified_at__isnull=False)
        there = photos.exclude(state=Photo.State.PENDING).exclude(error_code__in=RESENDABLE)
        rows = there.values_list("id", "folder", "name", "byte_size", "modified_at")
        return {(folder, name, size, modified): photo_id for photo_id, folder, name, size, modified in rows.iterator()}

    def _sort(self, batch: Sequence[ReadFile | KnownFile | Unusable], known: dict[_Identity, UUID]) -> list[ReadFile]:
        """Note what needs no upload, and return the others."""
        new: list[ReadFile] = []
        for file in batch:
            if isinstance(file, Unusable):
                self.refused[file.label] = Refusal(file.code, file.reason)
            elif isinstance(file, KnownFile):
                self.photo_ids[file.label] = known[_identity(file.entry)]
                self.there_before.add(self.photo_ids[file.label])
            elif file.request.sha256 in self._first_with:
                self.duplicates[file.label] = self._first_with[file.request.sha256]
                file.discard()
            else:
                self._first_with[file.request.sha256] = file.label
                new.append(file)
        return new

    def _announce(self, files: Sequence[ReadFile]) -> list[tuple[Photo, ReadFile]]:
        """The photos to send, and their files."""
        if not files:
            return []
        try:
            results = uploads_create(self.album, [file.request for file in files])
        except (QuotaExceeded, AlbumFull) as error:
            for file in files:
                self._refuse(file, error)
            return []
        to_send = []
        for file, result in zip(files, results, strict=True):
            if result.photo is None:
                self._refuse(file, result.error or AlbumsError())
                continue
            self.photo_ids[file.label] = result.photo.id
            if result.upload is not None:
                to_send.append((result.photo, file))
            else:
                self.there_before.add(result.photo.id)
                file.discard()
        return to_send

    def _refuse(self, file: ReadFile, error: AlbumsError) -> None:
        self.refused[file.label] = Refusal(error.code, error.message)
        file.discard()

    def _send(self, files: Sequence[tuple[Photo, ReadFile]]) -> list[UUID]:
        def send(item: tuple[Photo, ReadFile]) -> UUID:
            photo, file = item
            # A file that has gone since it was read is missing when the upload is completed.
            with suppress(OSError):
                _send_file(photo, file.path)
            file.discard()
            return photo.id

        with ThreadPoolExecutor(_UPLOAD_THREADS) as threads:
            return list(threads.map(send, files))

    def _complete(self, photo_ids: Sequence[UUID]) -> None:
        if not photo_ids:
            return
        changed = set(uploads_complete(self.album, photo_ids).missing)
        if not changed:
            return
        uploads_dismiss(self.album, changed)
        for label in [label for label, photo_id in self.photo_ids.items() if photo_id in changed]:
            del self.photo_ids[label]
            self.refused[label] = Refusal("changed", "The file changed while it was being read.")


def _send_file(photo: Photo, path: Path) -> None:
    """Send a large file in parts, which a second run continues. Smaller parts where a proxy refuses larger ones."""
    if photo.byte_size <= IN_PARTS_ABOVE:
        key = storage.original_key(photo.album_id, photo.id)
        storage.get_storage().write_file(key, path, "application/octet-stream")
        return
    for most_bytes in PART_SIZES:
        try:
            multipart_upload_send(photo, path, most_bytes=most_bytes)
        except storage.BodyTooLarge:
            if most_bytes == PART_SIZES[-1]:
                raise
        else:
            return


def _identity(entry: Entry) -> _Identity:
    """Rows without a time are not among the known files, so that a file without a time is always read."""
    return clean_folder(entry.folder), clean_name(entry.name), entry.size, entry.modified


def _batches(
    files: Iterator[ReadFile | KnownFile | Unusable],
) -> Iterator[list[ReadFile | KnownFile | Unusable]]:
    most = _FIRST_FILES
    batch: list[ReadFile | KnownFile | Unusable] = []
    copied = 0
    for file in files:
        batch.append(file)
        if isinstance(file, ReadFile) and file.is_copy:
            copied += file.request.size
        if len(batch) >= most or copied >= _MOST_COPIED_BYTES:
            yield batch
            batch, copied, most = [], 0, min(2 * most, _MOST_FILES)
    if batch:
        yield batch
