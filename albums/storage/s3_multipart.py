"""Multipart uploads by clients, to a bucket.

https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html

The service lists the parts itself. So browsers need not read the ETag of a part, which a CORS rule would have to allow.
Size and type of each part are signed. Its content is not: what the whole file must be is known, what each part must be
is not. The preparation of a photo hashes the whole.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Protocol

from botocore.exceptions import ClientError

from albums.storage.base import MultipartUploads, PresignedUpload
from albums.storage.errors import MultipartUploadEnded, StorageError
from albums.storage.keys import validate_key
from albums.storage.s3_errors import is_answer, status_of, translated_errors

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, PartTypeDef

PART_HEADERS: Final = {"Content-Type": "application/octet-stream"}


class Signer(Protocol):
    """Signs the URL of an object for browsers."""

    def __call__(self, method: str, key: str, **signature: Any) -> str:
        """Return the presigned URL."""


class S3MultipartUploads(MultipartUploads):
    """The multipart uploads of one bucket."""

    def __init__(self, client: S3Client, bucket: str, place: str, *, sign: Signer) -> None:
        self._client = client
        self._bucket = bucket
        self._place = place
        self._sign = sign

    def begin(self, key: str) -> str:
        with translated_errors(self._place):
            answer = self._client.create_multipart_upload(
                Bucket=self._bucket, Key=validate_key(key), ContentType=PART_HEADERS["Content-Type"]
            )
        return answer["UploadId"]

    def presigned_part(self, key: str, upload_id: str, number: int, *, size: int, expires_in: int) -> PresignedUpload:
        url = self._sign(
            "PUT",
            key,
            signed_at=time.time(),
            expires_in=expires_in,
            query={"partNumber": str(number), "uploadId": upload_id},
            headers={**PART_HEADERS, "Content-Length": str(size)},
        )
        return PresignedUpload(url, "PUT", PART_HEADERS)

    def write_part(self, key: str, upload_id: str, number: int, data: bytes) -> None:
        with self._of(key, upload_id) as which:
            self._client.upload_part(**which, PartNumber=number, Body=data)

    def part_sizes(self, key: str, upload_id: str) -> dict[int, int]:
        return {part["PartNumber"]: part["Size"] for part in self._parts(key, upload_id)}

    def complete(self, key: str, upload_id: str, sizes: Mapping[int, int]) -> bool:
        parts = self._parts(key, upload_id)
        if {part["PartNumber"]: part["Size"] for part in parts} != sizes:
            return False
        tags: list[CompletedPartTypeDef] = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts]
        with self._of(key, upload_id) as which:
            self._client.complete_multipart_upload(**which, MultipartUpload={"Parts": tags})
        return True

    def abort(self, key: str, upload_id: str) -> None:
        try:
            with self._of(key, upload_id) as which:
                self._client.abort_multipart_upload(**which)
        except MultipartUploadEnded:
            return

    def _parts(self, key: str, upload_id: str) -> list[PartTypeDef]:
        with self._of(key, upload_id) as which:
            pages = self._client.get_paginator("list_parts").paginate(**which)
            return [part for page in pages for part in page.get("Parts", [])]

    @contextmanager
    def _of(self, key: str, upload_id: str) -> Iterator[Any]:
        """The arguments that name an upload, for one request."""
        try:
            with translated_errors(self._place):
                yield {"Bucket": self._bucket, "Key": validate_key(key), "UploadId": upload_id}
        except StorageError as error:
            cause = error.__cause__
            if isinstance(cause, ClientError) and status_of(cause) == 404 and not is_answer(error, "NoSuchBucket"):
                raise MultipartUploadEnded(f"The upload of '{key}' in parts has ended.") from error
            raise
