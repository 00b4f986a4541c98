"""Objects by key. Only this package knows S3 and folders. Import it as `from albums import storage`.

`get_storage()` is the storage at STORAGE_URL. `storage.original_key(...)` and the other key functions say where each
object is.
"""

from __future__ import annotations

import os
from functools import lru_cache

from django.conf import settings

from albums.storage.base import CHUNK_BYTES, MultipartUploads, PresignedUpload, Storage, StorageWriter
from albums.storage.errors import (
    BodyTooLarge,
    InvalidKey,
    LinkInvalid,
    MultipartUploadEnded,
    ObjectMissing,
    SomeSizesUnknown,
    StorageError,
    StorageRefused,
    StorageUnavailable,
    StorageURLError,
    UploadRefused,
)
from albums.storage.folder import FolderStorage, OpenedDownload
from albums.storage.keys import (
    album_prefix,
    export_key,
    large_key,
    original_key,
    photo_prefix,
    preview_key,
    thumbnail_key,
)
from albums.storage.opened import OpenedObject
from albums.storage.url import FolderLocation, S3Location, parse_storage_url

__all__ = [
    "CHUNK_BYTES",
    "BodyTooLarge",
    "FolderLocation",
    "FolderStorage",
    "InvalidKey",
    "LinkInvalid",
    "MultipartUploadEnded",
    "MultipartUploads",
    "ObjectMissing",
    "OpenedDownload",
    "OpenedObject",
    "PresignedUpload",
    "S3Location",
    "SomeSizesUnknown",
    "Storage",
    "StorageError",
    "StorageRefused",
    "StorageURLError",
    "StorageUnavailable",
    "StorageWriter",
    "UploadRefused",
    "album_prefix",
    "export_key",
    "get_storage",
    "large_key",
    "open_storage",
    "original_key",
    "parse_storage_url",
    "photo_prefix",
    "preview_key",
    "thumbnail_key",
]


def get_storage() -> Storage:
    """Return the storage of STORAGE_URL, one for the whole process.

    Raises:
        StorageURLError: when STORAGE_URL is not valid.

    """
    # A forked child must not share its parent's connections, so each process gets its own.
    return _storage_of_process(settings.STORAGE_URL, os.getpid())


def open_storage(url: str) -> Storage:
    """Return a new storage for a URL like STORAGE_URL. The caller must close it."""
    location = parse_storage_url(url)
    if isinstance(location, FolderLocation):
        return FolderStorage(location.path)
    from albums.storage.s3 import S3Storage  # boto3 loads slowly, and a folder does not need it

    return S3Storage(location)


@lru_cache(maxsize=8)
def _storage_of_process(url: str, process_id: int) -> Storage:  # noqa: ARG001
    return open_storage(url)
