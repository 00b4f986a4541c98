"""Multipart uploads by clients, to a folder: each part is a file, and completing copies them into one.

Parts wait in `.multipart`, which no key can name, in a folder for each upload. Without that folder the upload has
ended, so a link that is still valid brings no part back.
"""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from albums.storage.base import MultipartUploads, PresignedUpload
from albums.storage.disk import FileWriter, chunks_of, flush_folder, make_folder, translated_errors
from albums.storage.errors import MultipartUploadEnded
from albums.storage.keys import validate_key
from albums.storage.links import FileGrant, grant_url

MULTIPART: Final = ".multipart"
PART_TYPE: Final = "application/octet-stream"


class FolderMultipartUploads(MultipartUploads):
    """The multipart uploads of one storage folder.

    Args:
        new_file: opens a file that is removed unless it gets another name.
        publish: gives such a file the name of an object.

    """

    def __init__(
        self,
        root: Path,
        *,
        new_file: Callable[[], AbstractContextManager[BinaryIO]],
        publish: Callable[[BinaryIO, str], None],
    ) -> None:
        self._root = root / MULTIPART
        self._new_file = new_file
        self._publish = publish

    def begin(self, key: str) -> str:
        validate_key(key)
        upload_id = uuid.uuid4().hex
        with translated_errors():
            make_folder(self._root / upload_id)
        return upload_id

    def presigned_part(self, key: str, upload_id: str, number: int, *, size: int, expires_in: int) -> PresignedUpload:
        grant = FileGrant(
            action="upload",
            key=validate_key(key),
            content_type=PART_TYPE,
            expires_at=int(time.time()) + expires_in,
            size=size,
            part=f"{upload_id}/{number}",
        )
        return PresignedUpload(grant_url(grant), "PUT", {"Content-Type": PART_TYPE})

    def write_part(self, key: str, upload_id: str, number: int, data: bytes) -> None:
        validate_key(key)
        with self._new_file() as file:
            FileWriter(file).write(data)
            self.keep_part(file, f"{upload_id}/{number}")

    def keep_part(self, file: BinaryIO, part: str) -> None:
        """Give a file that was received the place of a part, as a link names it."""
        upload_id, _, number = part.partition("/")
        folder = self._folder(upload_id)
        with translated_errors():
            os.fsync(file.fileno())
            try:
                Path(file.name).replace(folder / str(int(number)))
            except FileNotFoundError:
                raise _ended() from None
            flush_folder(folder)

    def part_sizes(self, key: str, upload_id: str) -> dict[int, int]:
        validate_key(key)
        with translated_errors():
            try:
                # A network drive keeps a part that is replaced while it is read under a name of its own (.nfs…).
                parts = [part for part in os.scandir(self._folder(upload_id)) if part.name.isdecimal()]
                return {int(part.name): part.stat().st_size for part in parts}
            except FileNotFoundError:
                raise _ended() from None

    def complete(self, key: str, upload_id: str, sizes: Mapping[int, int]) -> bool:
        if self.part_sizes(key, upload_id) != sizes:
            return False
        with self._new_file() as whole:
            writer = FileWriter(whole)
            for number in sorted(sizes):
                with self._part(upload_id, number) as part:
                    for chunk in chunks_of(part):
                        writer.write(chunk)
            self._publish(whole, key)
        self.abort(key, upload_id)
        return True

    def abort(self, key: str, upload_id: str) -> None:
        validate_key(key)
        with suppress(MultipartUploadEnded), translated_errors(), suppress(FileNotFoundError):
            folder = self._folder(upload_id)
            # At once: a part that arrives while the others are deleted must not bring the folder back.
            ended = folder.rename(folder.with_name(f"{upload_id}.ended"))
            shutil.rmtree(ended, ignore_errors=True)

    def abort_stale(self, before: float, keep: frozenset[str]) -> int:
        """Delete the parts of uploads that got none since `before`, in seconds since 1970, but not of those to keep."""
        with translated_errors():
            try:
                folders = [folder for folder in os.scandir(self._root) if folder.name not in keep]
            except FileNotFoundError:
                return 0
            aborted = 0
            for folder in folders:
                with suppress(FileNotFoundError):  # it has just been completed
                    if folder.stat().st_mtime < before:
                        shutil.rmtree(folder.path, ignore_errors=True)
                        aborted += 1
        return aborted

    def _part(self, upload_id: str, number: int) -> BinaryIO:
        with translated_errors():
            try:
                return open(self._folder(upload_id) / str(number), "rb", buffering=0)  # noqa: PTH123
            except FileNotFoundError:
                raise _ended() from None

    def _folder(self, upload_id: str) -> Path:
        # It may be from another storage, which STORAGE_URL named before.
        if len(upload_id) != 32 or not upload_id.isalnum():
            raise _ended()
        return self._root / upload_id


def _ended() -> MultipartUploadEnded:
    return MultipartUploadEnded("This upload in parts has ended.")
