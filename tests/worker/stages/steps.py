"""Helpers for the tests of the stages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from albums import storage
from albums.models import Album, Photo
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create
from worker.stages.embed import embed_photos
from worker.stages.group import group_album
from worker.stages.prepare import prepare_photos


def uploaded_photo(album: Album, content: bytes, name: str = "photo.jpg", modified: datetime | None = None) -> Photo:
    request = UploadRequest(name, len(content), hashlib.sha256(content).hexdigest(), "image/jpeg", modified)
    [result] = uploads_create(album, [request])
    assert result.photo is not None
    storage.get_storage().write_bytes(storage.original_key(album.id, result.photo.id), content, "image/jpeg")
    uploads_complete(album, [result.photo.id])
    return result.photo


def ids_of(*photos: Photo) -> list[UUID]:
    return [photo.id for photo in photos]


def run_all(album: Album) -> None:
    """Do the workers' tasks until the album is done."""
    ids = list(Photo.objects.filter(album=album).values_list("id", flat=True))
    prepare_photos(ids, task_id="prepare")
    embed_photos(ids, task_id="embed")
    group_album(album.id, task_id="group")


def read_object(key: str) -> bytes:
    return storage.get_storage().read_bytes(key)


class Corruption:
    """Wraps the storage and flips a bit in its next answers."""

    def __init__(self, store: storage.Storage, times: int) -> None:
        self._store = store
        self._left = times

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read_bytes(self, key: str) -> bytes:
        with self.open_read(key) as chunks:
            return b"".join(chunks)

    @contextmanager
    def open_read(self, key: str) -> Iterator[Iterator[bytes]]:
        with self._store.open_read(key) as chunks:
            yield map(self._corrupted, chunks)

    def _corrupted(self, chunk: bytes) -> bytes:
        if self._left == 0:
            return chunk
        self._left -= 1
        return chunk[:-10] + bytes([chunk[-10] ^ 1]) + chunk[-9:]


class Failure:
    """Wraps the storage, which refuses to read and write some objects. `asked` are those that it was asked to read."""

    def __init__(self, store: storage.Storage, refused: Callable[[str], bool]) -> None:
        self._store = store
        self._refused = refused
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def read_bytes(self, key: str) -> bytes:
        self.asked.append(key)
        if self._refused(key):
            raise storage.StorageRefused("The bucket is full.")
        return self._store.read_bytes(key)

    def write_bytes(self, key: str, *arguments: Any) -> None:
        if self._refused(key):
            raise storage.StorageRefused("The bucket is full.")
        self._store.write_bytes(key, *arguments)
