"""Objects of a bucket that the service itself sends to a client."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from albums.storage.opened import OpenedObject, Span
from albums.storage.s3_errors import translated_errors

if TYPE_CHECKING:
    from botocore.response import StreamingBody
    from mypy_boto3_s3 import S3Client


@dataclass(frozen=True)
class OpenedS3Object(OpenedObject):
    """An object of a bucket. Nothing of it is read before a span is asked for."""

    client: S3Client
    bucket: str
    key: str
    place: str

    @classmethod
    def of(cls, client: S3Client, bucket: str, key: str, place: str) -> OpenedS3Object:
        """Ask what there is."""
        with translated_errors(place, key):
            found = client.head_object(Bucket=bucket, Key=key)
        modified = found["LastModified"].timestamp()
        return cls(found["ContentLength"], modified, found["ETag"], client, bucket, key, place)

    def span(self, start: int, end: int) -> Span:
        if start >= end:
            return _Nothing()
        with translated_errors(self.place, self.key):
            # On condition that it is still the same object: the headers of the response are about that one.
            answer = self.client.get_object(
                Bucket=self.bucket, Key=self.key, Range=f"bytes={start}-{end - 1}", IfMatch=self.etag
            )
        return _Body(answer["Body"], self.place)

    def close(self) -> None:
        """There is nothing to close."""


class _Nothing:
    def read(self, size: int) -> bytes:  # noqa: ARG002
        return b""

    def close(self) -> None:
        pass


class _Body:
    """It cannot seek, so the server reads it in a thread, into a file if the client is slow."""

    def __init__(self, body: StreamingBody, place: str) -> None:
        self._body = body
        self._place = place
        self.close = body.close

    def read(self, size: int) -> bytes:
        with translated_errors(self._place):
            return self._body.read(size)
