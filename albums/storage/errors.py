"""What can go wrong with storage. Callers never see errors of botocore or the system."""

from __future__ import annotations

from typing import Literal

UploadRefusal = Literal["wrong_type", "wrong_size", "wrong_checksum"]


class StorageError(Exception):
    """Base class of storage errors. `str()` gives a sentence."""


class StorageURLError(StorageError, ValueError):
    """STORAGE_URL is not valid. The message never contains the secret."""


class StorageUnavailable(StorageError):
    """The storage does not answer, is overloaded, or is full. The same call may succeed later."""


class SomeSizesUnknown(StorageUnavailable):
    """The storage answered for only some of many objects. `known` holds their sizes in bytes.

    None is the size of an object that is not there.
    """

    def __init__(self, sentence: str, known: dict[str, int | None]) -> None:
        super().__init__(sentence)
        self.known = known


class StorageRefused(StorageError):
    """The storage refuses. The operator must check credentials, bucket, region or folder permissions."""


class BodyTooLarge(StorageRefused):
    """Something before the storage, most likely a proxy, refuses a request of this size (413)."""


class MultipartUploadEnded(StorageError):
    """There is no such multipart upload: it was completed or aborted."""


class ObjectMissing(StorageError):
    """There is no object with this key."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"There is no object '{self.key}' in storage."


class InvalidKey(StorageError, ValueError):
    """A key with characters that `albums.storage.keys` does not allow: a programming error or an attack."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"{self.key!r} is not a valid object key."


class LinkInvalid(StorageError):
    """A link that was changed, has expired, or is used for a purpose it was not made for."""


class UploadRefused(StorageError):
    """The uploaded body is not the announced file. `code` is stable, for programs."""

    def __init__(self, code: UploadRefusal, sentence: str) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence
