"""Translates errors of botocore into `StorageError`s."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectionError,  # noqa: A004
    CredentialRetrievalError,
    HTTPClientError,
    IncompleteReadError,
    NoCredentialsError,
    PartialCredentialsError,
)

from albums.storage.errors import BodyTooLarge, ObjectMissing, StorageError, StorageRefused, StorageUnavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

TRANSPORT_ERRORS: Final = (ConnectionError, HTTPClientError, IncompleteReadError)
"""The connection broke or timed out. The request itself is fine."""

_MISSING_OBJECT: Final = {"NoSuchKey", "404", "NotFound"}
_BUSY: Final = {
    "InternalError",
    "OperationAborted",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequests",
}
_DAMAGED: Final = {"BadDigest", "XAmzContentChecksumMismatch", "XAmzContentSHA256Mismatch"}
MOST_ATTEMPTS: Final = 5
"""How often a request is sent until it counts as failed."""
_DAMAGED_REMEDY: Final = "What is sent arrives damaged, again and again. Look for what changes it on the way."
_REMEDIES: Final = {
    **dict.fromkeys(_DAMAGED, _DAMAGED_REMEDY),
    "AccessDenied": "The access key has no permission for this. Allow it to read, write, list and delete objects.",
    "ExpiredToken": "The temporary credentials have expired. Renew them.",
    "InvalidAccessKeyId": "The server does not know the access key of STORAGE_URL.",
    "NoSuchBucket": "The bucket does not exist. Create it, or correct its name in STORAGE_URL.",
    "PermanentRedirect": "The bucket is in another region. Correct region= in STORAGE_URL.",
    "RequestTimeTooSkewed": "The clocks of this machine and the server differ too much. Correct them.",
    "SignatureDoesNotMatch": "The secret or the region in STORAGE_URL is wrong.",
    "413": "A proxy in front of it limits the size of requests. Allow bodies of at least 64 MiB there.",
    "301": "The bucket is in another region. Correct region= in STORAGE_URL.",
    "403": "The access key or secret in STORAGE_URL is wrong, or has no permission for this bucket.",
}


@contextmanager
def translated_errors(place: str, key: str | None = None) -> Iterator[None]:
    """Turn errors of botocore into a `StorageError` that names `place` or the missing `key`."""
    try:
        yield
    except ClientError as error:
        raise _from_answer(error, place, key) from error
    except (NoCredentialsError, PartialCredentialsError, CredentialRetrievalError) as error:
        raise StorageRefused(
            f"There are no usable credentials for the {place}. Put them into STORAGE_URL, or give this"
            f" process an AWS profile or role. ({error})"
        ) from error
    except TRANSPORT_ERRORS as error:
        raise StorageUnavailable(f"The {place} does not answer: {_without_query(str(error))}") from error
    except BotoCoreError as error:
        raise StorageRefused(f"The {place} cannot be used: {_without_query(str(error))}") from error


def send_damaged_again(client: S3Client) -> None:
    """Let this client send a request again whose body arrived with other bytes, at once.

    botocore itself takes that for a mistake of the caller, and gives up.
    """
    client.meta.events.register("needs-retry.s3", _again_when_damaged)  # type: ignore[arg-type]  # it answers


def _again_when_damaged(attempts: int, response: tuple[Any, dict[str, Any]] | None, **_: Any) -> int | None:
    """A hook of botocore: after how many seconds it sends a request again."""
    code = response[1].get("Error", {}).get("Code") if response is not None else None
    return 0 if code in _DAMAGED and attempts < MOST_ATTEMPTS else None


def status_of(error: ClientError) -> int:
    """Return the HTTP status of the answer, or 0 without one."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def code_of(error: ClientError) -> str:
    """Return S3's error code, or the HTTP status when the answer had no body."""
    return str(error.response.get("Error", {}).get("Code", ""))


def is_answer(error: StorageError, code: str) -> bool:
    """True when this is S3's answer with this error code."""
    return isinstance(error.__cause__, ClientError) and code_of(error.__cause__) == code


def _from_answer(error: ClientError, place: str, key: str | None) -> StorageError:
    code, status = code_of(error), status_of(error)
    if key is not None and code in _MISSING_OBJECT:
        return ObjectMissing(key)
    if code in _BUSY or status == 429 or (status >= 500 and status != 501):
        return StorageUnavailable(f"The {place} is busy or failing ({code or status}).")
    remedy = _REMEDIES.get(code) or _REMEDIES.get(str(status)) or str(error)
    return (BodyTooLarge if status == 413 else StorageRefused)(f"The {place} refused: {remedy}")


def _without_query(message: str) -> str:
    """Cut off the query of a URL at the end of a message. A signature must not reach the log."""
    return message.partition("?")[0]
