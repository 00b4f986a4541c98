"""The objects below a prefix of a bucket of Amazon S3, or of another server with that protocol.

Credentials, region and endpoint come from the usual variables: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`,
`AWS_PROFILE`, `AWS_REGION`, `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`. The key needs s3:ListBucket and s3:GetObject.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, EndpointProviderError

from albums.passed_over import is_passed_over
from albums.sources.base import Entry, Found, Source, SourceError, Unusable, chunks_of, inside
from albums.storage.s3_errors import MOST_ATTEMPTS

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ERRORS = (BotoCoreError, ClientError)


class NoBucketError(ValueError):
    """An address without a bucket. The message has the remedy."""


def bucket_and_prefix(address: str) -> tuple[str, str]:
    """The bucket of `s3://BUCKET/PREFIX`, and the prefix as a folder: empty, or with a slash at its end.

    Raises:
        NoBucketError: it names no bucket.

    """
    # Keys may have any character, also those that end the path of an address.
    bucket, _, path = address.partition("://")[2].partition("/")
    if not bucket:
        raise NoBucketError(f"{address} names no bucket. Write s3://BUCKET/PREFIX.")
    folder = unquote(path).strip("/")
    return bucket, f"{folder}/" if folder else ""


class BucketSource(Source):
    """The objects below `s3://BUCKET/PREFIX`. The prefix is taken as a folder."""

    def __init__(self, address: str) -> None:
        """List the objects.

        Raises:
            NoBucketError: the address names no bucket.
            SourceError: when the server does not answer, or refuses.

        """
        self._bucket, prefix = bucket_and_prefix(address)
        self.name = prefix.rstrip("/").rpartition("/")[2] or self._bucket
        try:
            self._client = s3_client()
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            objects = [
                (entry["Key"], entry["Size"], entry["LastModified"])
                for page in pages
                for entry in page.get("Contents", [])
            ]
        except _ERRORS as error:
            raise SourceError(f"{address} cannot be listed: {error}") from error
        named = ((key, inside(key.removeprefix(prefix)), size, modified) for key, size, modified in objects)
        # A key with a slash at its end is a folder that somebody made in a console.
        self._objects = [found for found in named if not found[0].endswith("/") and not is_passed_over(found[1])]
        self.total = len(self._objects)

    def entries(self) -> Iterator[Found]:
        for key, path, size, modified in self._objects:
            yield self._entry(key, path, size, modified)

    def _entry(self, key: str, path: str, size: int, modified: datetime) -> Found:
        if not path:
            return Unusable(key, "This object has no name that a file can have.")
        return Entry(path, size, modified.astimezone(UTC), lambda: self._read(key))

    @contextmanager
    def _read(self, key: str) -> Iterator[Iterator[bytes]]:
        try:
            body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
            try:
                yield chunks_of(body)
            finally:
                body.close()
        except _ERRORS as error:
            raise OSError(f"the bucket says: {error}") from error


def s3_client() -> S3Client:
    """A client with the credentials of the usual variables, not those of the service's storage."""
    has_endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "total_max_attempts": MOST_ATTEMPTS},
        # Few servers other than Amazon's have a host name for each bucket.
        s3={"addressing_style": "path"} if has_endpoint else {},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    try:
        return boto3.session.Session().client("s3", config=config)
    except BotoCoreError:
        raise
    except ValueError as error:  # botocore's for what cannot be an address
        raise EndpointProviderError(msg=f"{error}. It needs http:// or https:// and a host.") from error
