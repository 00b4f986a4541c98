"""What can go wrong with storage. Callers never see botocore's or the system's errors."""

from __future__ import annotations

from typing import Literal

UploadRefusal = Literal["wrong_type", "wrong_size", "wrong_checksum"]


class StorageError(Exception):
    """Base of everything below; `str()` of it is a sentence."""


class StorageURLError(StorageError, ValueError):
    """STORAGE_URL cannot be used as it is written. Never quotes the secret."""


class StorageUnavailable(StorageError):
    """The storage does not answer, is overloaded or full; the same call may succeed later."""


class SomeSizesUnknown(StorageUnavailable):
    """Of many objects some could be asked for and others not; `known` are the sizes in bytes of the former.

    None is the size of an object that is not there.
    """

    def __init__(self, sentence: str, known: dict[str, int | None]) -> None:
        super().__init__(sentence)
        self.known = known


class StorageRefused(StorageError):
    """The storage says no: credentials, bucket, region or folder permissions need the operator."""


class ObjectMissing(StorageError):
    """There is no object of this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"There is no object '{self.key}' in storage."


class InvalidKey(StorageError, ValueError):
    """A key outside the alphabet of `albums.storage.keys`; a programming error, or an attempt to escape."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"{self.key!r} is not a valid object key."


class LinkInvalid(StorageError):
    """A link of this service that was changed, has expired, or is used for something it was not made for."""


class UploadRefused(StorageError):
    """The body sent to an upload link is not the file that was announced. `code` is stable, for programs."""

    def __init__(self, code: UploadRefusal, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
