"""Storage in a folder: one file per object, for one machine or for machines that mount the same folder.

Content types are not stored; every link carries its own. A new object is written below `.incoming`, which no
key can name, flushed to disk, and renamed into place. So it is either complete or absent, even after a power cut.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import time
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from albums.storage.base import CHUNK_BYTES, PresignedUpload, Storage, StorageWriter
from albums.storage.disk import (
    FILE_MODE,
    FileWriter,
    chunks_of,
    flush_folder,
    make_folder,
    raise_unless_missing,
    remove_file,
    remove_folder,
    translated_errors,
)
from albums.storage.errors import (
    LinkInvalid,
    ObjectMissing,
    StorageRefused,
    UploadRefused,
)
from albums.storage.folder_multipart import FolderMultipartUploads
from albums.storage.keys import validate_key, validate_prefix
from albums.storage.links import (
    VIEW_CACHE_CONTROL,
    FileGrant,
    attachment_disposition,
    grant_url,
    read_grant,
    stable_window,
)
from albums.storage.opened import OpenedFile, OpenedObject

_INCOMING = ".incoming"
_PUBLISH_ATTEMPTS = 5


class ByteSource(Protocol):
    """Anything with a `read` method for bytes, such as a request."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, and no bytes at the end."""
        ...


@dataclass(frozen=True)
class OpenedDownload:
    """The object behind a link."""

    opened: OpenedObject
    content_type: str
    disposition: str
    cache_control: str


class FolderStorage(Storage):
    """Objects as files below one folder. The folder may itself be a symbolic link, but may not contain any."""

    def __init__(self, root: Path) -> None:
        self._root = Path(os.path.realpath(root))
        self._multipart = FolderMultipartUploads(
            self._root,
            new_file=self._incoming_file,
            publish=lambda file, key: self._publish(file, self._path(key)),
        )

    @property
    def place(self) -> str:
        return f"folder {self._root}"

    @property
    def multipart(self) -> FolderMultipartUploads:
        return self._multipart

    @contextmanager
    def open_read(self, key: str) -> Iterator[Iterator[bytes]]:
        with self._open(key) as file:
            yield chunks_of(file)

    def open_object(self, key: str) -> OpenedObject:
        return OpenedFile.of(self._open(key))

    @contextmanager
    def open_writer(
        self,
        key: str,
        content_type: str,  # noqa: ARG002
        *,
        expected_size: int | None = None,  # noqa: ARG002
    ) -> Iterator[StorageWriter]:
        path = self._path(key)
        with self._incoming_file() as file:
            yield FileWriter(file)
            self._publish(file, path)

    def write_bytes(self, key: str, data: bytes, content_type: str) -> None:
        with self.open_writer(key, content_type) as writer:
            writer.write(data)

    def size(self, key: str) -> int | None:
        path = self._path(key)
        with translated_errors():
            try:
                status = path.lstat()
            except (FileNotFoundError, NotADirectoryError):
                return None
        return status.st_size if stat.S_ISREG(status.st_mode) else None

    def sizes(self, keys: Collection[str]) -> dict[str, int | None]:
        return {key: self.size(key) for key in keys}

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            path = self._path(key)
            with translated_errors():
                remove_file(path)

    def _delete_below(self, prefix: str) -> int:
        deleted = 0
        folder = self._path(validate_prefix(prefix)[:-1])
        with translated_errors():
            for parent, folders, files in os.walk(folder, topdown=False, onerror=raise_unless_missing):
                deleted += sum(remove_file(Path(parent, name)) for name in files)
                for name in folders:
                    remove_folder(Path(parent, name))
            remove_folder(folder)
        return deleted

    def list_keys(self, prefix: str) -> Iterator[str]:
        folder = self._path(validate_prefix(prefix)[:-1])
        with translated_errors():
            for parent, _, files in os.walk(folder, onerror=raise_unless_missing):
                for name in files:
                    yield Path(parent, name).relative_to(self._root).as_posix()

    def abort_stale_uploads(self, older_than: timedelta, *, keep: Collection[str] = ()) -> int:
        limit = time.time() - older_than.total_seconds()
        aborted = self._multipart.abort_stale(limit, frozenset(keep))
        with translated_errors():
            try:
                drafts = list(os.scandir(self._root / _INCOMING))
            except FileNotFoundError:
                return aborted
            for draft in drafts:
                try:
                    if draft.stat(follow_symlinks=False).st_mtime < limit:
                        aborted += remove_file(Path(draft.path))
                except FileNotFoundError:
                    continue  # its writer has just finished
        return aborted

    def check(self) -> str | None:
        if not self._root.is_dir():
            return f"The storage folder {self._root} does not exist."
        if not os.access(self._root, os.R_OK | os.W_OK | os.X_OK):
            return f"The storage folder {self._root} is not writable for this process."
        return None

    def free_bytes(self) -> int:
        """How much the disk of this folder can still take."""
        with translated_errors():
            return shutil.disk_usage(self._root).free

    def create_if_missing(self, allowed_origins: Sequence[str] = ()) -> bool:  # noqa: ARG002
        if self._root.is_dir():
            return False
        with translated_errors():
            make_folder(self._root)
        return True

    def presigned_upload(
        self, key: str, *, size: int, content_type: str, sha256: str | None, expires_in: int
    ) -> PresignedUpload:
        grant = FileGrant(
            action="upload",
            key=validate_key(key),
            content_type=content_type,
            expires_at=int(time.time()) + expires_in,
            size=size,
            sha256=sha256.lower() if sha256 is not None else None,
        )
        return PresignedUpload(grant_url(grant), "PUT", {"Content-Type": content_type})

    def view_link(self, key: str, *, content_type: str) -> str:
        window = stable_window(validate_key(key), now=time.time())
        return grant_url(FileGrant("view", key, content_type, window.end))

    def download_link(self, key: str, *, file_name: str, content_type: str, expires_in: int) -> str:
        expires_at = int(time.time()) + expires_in
        return grant_url(FileGrant("download", validate_key(key), content_type, expires_at, file_name=file_name))

    def close(self) -> None:
        """Nothing to close."""

    # `web.files` serves the links with these two methods.

    def receive_upload(self, token: str, stream: ByteSource, *, content_length: int, content_type: str) -> None:
        """Store the body of an upload if it is the file or the part that the token is for. Sending twice is harmless.

        Raises:
            LinkInvalid: for a token that is wrong, expired, or not for uploads.
            UploadRefused: when type, size or content differ from the announcement. Nothing is stored then.

        """
        grant = read_grant(token)
        if grant.action != "upload" or grant.size is None:
            raise LinkInvalid("This link is not for uploads.")
        if content_type != grant.content_type:
            raise UploadRefused("wrong_type", f"The file was announced as {grant.content_type}.")
        if content_length != grant.size:
            raise UploadRefused("wrong_size", f"The file was announced with {grant.size} bytes.")
        path = self._path(grant.key)
        with self._incoming_file() as file:
            _copy_exactly(stream, FileWriter(file), size=grant.size, sha256=grant.sha256)
            # Sending may take longer than the link is valid. After that nobody would delete a deleted photo's file.
            read_grant(token)
            if grant.part is None:
                self._publish(file, path)
            else:
                self._multipart.keep_part(file, grant.part)

    def open_download(self, token: str) -> OpenedDownload:
        """Open the object that a token is for.

        Raises:
            LinkInvalid: for a token that is wrong, expired, or for uploads.
            ObjectMissing: when the object is gone.

        """
        grant = read_grant(token)
        if grant.action == "upload":
            raise LinkInvalid("This link is for uploads.")
        attachment = grant.action == "download"
        return OpenedDownload(
            opened=self.open_object(grant.key),
            content_type=grant.content_type,
            disposition=attachment_disposition(grant.file_name or "download") if attachment else "inline",
            cache_control="private, no-cache" if attachment else VIEW_CACHE_CONTROL,
        )

    def _path(self, key: str) -> Path:
        path = self._root.joinpath(*validate_key(key).split("/"))
        if os.path.realpath(path.parent) != str(path.parent):
            raise StorageRefused(f"{path.parent} is reached by a symbolic link. Remove the link.")
        return path

    def _open(self, key: str) -> BinaryIO:
        path = self._path(key)
        with translated_errors():
            try:
                # O_NONBLOCK: opening a pipe that somebody put there must not wait for its writer.
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
            except (FileNotFoundError, NotADirectoryError):
                raise ObjectMissing(key) from None
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.close(descriptor)
                raise ObjectMissing(key)
            return open(descriptor, "rb", buffering=0)  # noqa: PTH123

    @contextmanager
    def _incoming_file(self) -> Iterator[BinaryIO]:
        """A new file. It is removed at the end of the block unless it was published."""
        path = self._root / _INCOMING / uuid.uuid4().hex
        with translated_errors():
            make_folder(path.parent)
            file = open(path, "xb", buffering=0, opener=partial(os.open, mode=FILE_MODE))  # noqa: SIM115
        try:
            with file:
                yield file
        finally:
            path.unlink(missing_ok=True)

    def _publish(self, file: BinaryIO, path: Path) -> None:
        with translated_errors():
            os.fsync(file.fileno())
            for attempt in range(_PUBLISH_ATTEMPTS):
                make_folder(path.parent)
                try:
                    Path(file.name).replace(path)
                    break
                except FileNotFoundError:
                    # A concurrent deletion removed the folder while it was still empty.
                    if attempt == _PUBLISH_ATTEMPTS - 1:
                        raise
            flush_folder(path.parent)


def _copy_exactly(source: ByteSource, target: StorageWriter, *, size: int, sha256: str | None) -> None:
    hasher = hashlib.sha256()
    remaining = size
    while remaining and (chunk := source.read(min(CHUNK_BYTES, remaining))):
        hasher.update(chunk)
        target.write(chunk)
        remaining -= len(chunk)
    if remaining:
        raise UploadRefused("wrong_size", f"The upload ended after {size - remaining} of {size} bytes. Send it again.")
    if sha256 is not None and hasher.hexdigest() != sha256:
        raise UploadRefused("wrong_checksum", "The file is not the announced one: its SHA-256 differs.")
