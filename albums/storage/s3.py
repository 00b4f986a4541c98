"""Storage in a bucket of Amazon S3, or of any server with the same protocol.

Presigned uploads are presigned PUTs with Content-Type, Content-Length and `x-amz-checksum-sha256` among the
signed headers. S3 compares the body with that checksum, so each presigned upload accepts only the one file it was made
for. The older way, a signed `x-amz-content-sha256`, is not documented for presigned URLs: there S3 documents
UNSIGNED-PAYLOAD. Some servers ignore the header, and some refuse it (`takes_checksum`), so the preparation of a photo
hashes the bytes again.

The access key needs s3:GetObject, PutObject, DeleteObject, AbortMultipartUpload, ListMultipartUploadParts, ListBucket
and ListBucketMultipartUploads; without ListBucket, Amazon answers 403 instead of 404 for missing objects.
`initialize` also uses GetBucketCORS and PutBucketCORS, and logs what to do when it may not.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, NoCredentialsError

from albums.chunks import chunked
from albums.storage.base import PresignedUpload, Storage, StorageWriter
from albums.storage.errors import ObjectMissing, SomeSizesUnknown, StorageError, StorageUnavailable
from albums.storage.keys import ROOT_PREFIX, validate_key, validate_prefix
from albums.storage.links import VIEW_CACHE_CONTROL, attachment_disposition, stable_window
from albums.storage.opened import OpenedObject
from albums.storage.s3_bucket import allow_origins, create_bucket_if_missing
from albums.storage.s3_errors import MOST_ATTEMPTS, send_damaged_again, status_of, translated_errors
from albums.storage.s3_links import presigned_url
from albums.storage.s3_multipart import S3MultipartUploads
from albums.storage.s3_opened import OpenedS3Object
from albums.storage.s3_requests import Success, connection_pool, is_refused, send_once
from albums.storage.s3_streams import ObjectReader, ObjectWriter
from albums.storage.url import S3Location

if TYPE_CHECKING:
    from botocore.awsrequest import AWSRequest
    from mypy_boto3_s3 import S3Client
    from urllib3 import HTTPConnectionPool

_PARALLEL_REQUESTS: Final = 16
_POOL_CONNECTIONS: Final = 64
_PAGE = 1000  # objects in one request, the most S3 allows
_PROBE_KEY: Final = "k"


class S3Storage(Storage):
    """Objects in one bucket. It connects at the first call."""

    def __init__(self, location: S3Location) -> None:
        self._bucket = location.bucket
        self._location = location
        self._place = f"bucket '{location.bucket}' at {location.endpoint or 'Amazon S3'}"
        self._session = boto3.session.Session(
            aws_access_key_id=location.access_key,
            aws_secret_access_key=location.secret_key,
            region_name=location.region,
        )
        with translated_errors(self._place):
            self._client = self._make_client(location.endpoint)
        self._client.meta.events.register("before-sign.s3.DeleteObjects", _add_content_md5)
        send_damaged_again(self._client)

    @property
    def place(self) -> str:
        return self._place

    @cached_property
    def multipart(self) -> S3MultipartUploads:
        return S3MultipartUploads(self._client, self._bucket, self._place, sign=self._signed_url)

    @contextmanager
    def open_read(self, key: str) -> Iterator[Iterator[bytes]]:
        reader = ObjectReader(self._client, self._bucket, validate_key(key), self._place)
        try:
            yield reader.chunks()
        finally:
            reader.close()

    def open_object(self, key: str) -> OpenedObject:
        return OpenedS3Object.of(self._client, self._bucket, validate_key(key), self._place)

    def read_bytes(self, key: str) -> bytes:
        response = self._sent("GET", key)
        return super().read_bytes(key) if response is None else response.data

    @contextmanager
    def open_writer(self, key: str, content_type: str, *, expected_size: int | None = None) -> Iterator[StorageWriter]:
        writer = ObjectWriter(
            self._client,
            self._bucket,
            validate_key(key),
            self._place,
            content_type=content_type,
            expected_size=expected_size,
        )
        try:
            yield writer
            writer.finish()
        except BaseException:
            writer.abort()
            raise

    def write_bytes(self, key: str, data: bytes, content_type: str) -> None:
        if self._sent("PUT", key, body=data, content_type=content_type) is not None:
            return
        with translated_errors(self._place):
            self._client.put_object(Bucket=self._bucket, Key=validate_key(key), Body=data, ContentType=content_type)

    def size(self, key: str) -> int | None:
        if (response := self._sent("HEAD", key)) is not None:
            return response.length
        try:
            with translated_errors(self._place, key):
                answer = self._client.head_object(Bucket=self._bucket, Key=validate_key(key))
        except ObjectMissing:
            return None
        return answer["ContentLength"]

    def sizes(self, keys: Collection[str]) -> dict[str, int | None]:
        if not keys:
            return {}
        with ThreadPoolExecutor(min(_PARALLEL_REQUESTS, len(keys)), thread_name_prefix="sizes") as pool:
            asked = {key: pool.submit(self.size, key) for key in keys}
        errors = [error for future in asked.values() if (error := future.exception())]
        if not errors:
            return {key: future.result() for key, future in asked.items()}
        # Raise errors that the operator must fix before errors that may pass.
        first = next((error for error in errors if not isinstance(error, StorageUnavailable)), errors[0])
        if isinstance(first, StorageUnavailable):
            known = {key: future.result() for key, future in asked.items() if not future.exception()}
            raise SomeSizesUnknown(str(first), known) from first
        raise first

    def delete(self, keys: Iterable[str]) -> None:
        for batch in chunked(keys, _PAGE):
            self._delete_batch([validate_key(key) for key in batch])

    def _delete_below(self, prefix: str) -> int:
        deleted = 0
        for page in self._pages(prefix):
            self._delete_batch(page)
            deleted += len(page)
        return deleted

    def list_keys(self, prefix: str) -> Iterator[str]:
        for page in self._pages(prefix):
            yield from page

    def abort_stale_uploads(self, older_than: timedelta, *, keep: Collection[str] = ()) -> int:
        limit = datetime.now(UTC) - older_than
        aborted = 0
        with translated_errors(self._place):
            pages = self._client.get_paginator("list_multipart_uploads").paginate(
                Bucket=self._bucket, Prefix=ROOT_PREFIX
            )
            uploads = [upload for page in pages for upload in page.get("Uploads", []) if upload["Initiated"] < limit]
        for upload in uploads:
            if upload["UploadId"] not in keep:
                self.multipart.abort(upload["Key"], upload["UploadId"])
                aborted += 1
        return aborted

    def check(self) -> str | None:
        try:
            with translated_errors(self._place):
                self._short_timeout_client.head_bucket(Bucket=self._bucket)
        except StorageError as error:
            if isinstance(error.__cause__, ClientError) and status_of(error.__cause__) == 404:
                return f"The {self._place} does not exist. Create it, or correct its name in STORAGE_URL."
            return str(error)
        return None

    def create_if_missing(self, allowed_origins: Sequence[str] = ()) -> bool:
        created = create_bucket_if_missing(self._client, self._bucket, self._place)
        if allowed_origins:
            allow_origins(self._client, self._bucket, self._place, allowed_origins)
        return created

    def takes_checksum(self) -> bool:
        data, key = b"Can it be uploaded with a checksum?", f"{ROOT_PREFIX}checksum-probe"
        sha256 = hashlib.sha256(data).hexdigest()
        try:
            # Without one as well: only then is it the checksum that is refused.
            return not self._refuses(key, data, sha256) or self._refuses(key, data, None)
        finally:
            self.delete([key])

    def _refuses(self, key: str, data: bytes, sha256: str | None) -> bool:
        headers = {"Content-Type": "text/plain", "Content-Length": str(len(data)), **_checksum_header(sha256)}
        # The processes need not reach the address for browsers.
        url = self._url_signed_at(self._bucket_url, "PUT", key, signed_at=time.time(), expires_in=60, headers=headers)
        with translated_errors(self._place):
            return is_refused(self._client, "PUT", url, headers, data)

    def presigned_upload(
        self, key: str, *, size: int, content_type: str, sha256: str | None, expires_in: int
    ) -> PresignedUpload:
        headers = {"Content-Type": content_type, **_checksum_header(sha256)}
        url = self._signed_url(
            "PUT",
            key,
            signed_at=time.time(),
            expires_in=expires_in,
            headers={**headers, "Content-Length": str(size)},
        )
        return PresignedUpload(url, "PUT", headers)

    def view_link(self, key: str, *, content_type: str) -> str:
        window = stable_window(key, now=time.time())
        query = {"response-cache-control": VIEW_CACHE_CONTROL, "response-content-type": content_type}
        return self._signed_url("GET", key, signed_at=window.start, expires_in=window.seconds, query=query)

    def download_link(self, key: str, *, file_name: str, content_type: str, expires_in: int) -> str:
        query = {
            "response-cache-control": "private, no-cache",
            "response-content-disposition": attachment_disposition(file_name),
            "response-content-type": content_type,
        }
        return self._signed_url("GET", key, signed_at=time.time(), expires_in=expires_in, query=query)

    def close(self) -> None:
        self._client.close()
        if "_short_timeout_client" in self.__dict__:
            self._short_timeout_client.close()

    def _make_client(self, endpoint: str | None, **changes: Any) -> S3Client:
        options: dict[str, Any] = {
            "signature_version": "s3v4",
            "s3": {"addressing_style": self._location.addressing},
            "connect_timeout": 5,
            "read_timeout": 60,
            "tcp_keepalive": True,
            "retries": {"mode": "standard", "total_max_attempts": MOST_ATTEMPTS},
            "max_pool_connections": _POOL_CONNECTIONS,
            # Many servers other than Amazon's refuse the newer checksums that botocore would send by default.
            "request_checksum_calculation": "when_required",
            "response_checksum_validation": "when_required",
        }
        return self._session.client("s3", endpoint_url=endpoint, config=Config(**{**options, **changes}))

    @cached_property
    def _short_timeout_client(self) -> S3Client:
        return self._make_client(
            self._location.endpoint, connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1}
        )

    @cached_property
    def _bucket_url(self) -> str:
        return self._bucket_url_at(self._location.endpoint)

    @cached_property
    def _public_bucket_url(self) -> str:
        return self._bucket_url_at(self._location.public_endpoint or self._location.endpoint)

    def _bucket_url_at(self, endpoint: str | None) -> str:
        """The address of the bucket, ending with a slash, as botocore builds it for the region and addressing style."""
        client = self._make_client(endpoint, signature_version=UNSIGNED)
        try:
            url = client.generate_presigned_url("get_object", Params={"Bucket": self._bucket, "Key": _PROBE_KEY})
        finally:
            client.close()
        return url.partition("?")[0].removesuffix(_PROBE_KEY)

    def _sent(self, method: str, key: str, **content: Any) -> Success | None:
        """The answer to a small request, or None when botocore should send it instead."""
        if self._connections is None:
            return None
        url = self._bucket_url + validate_key(key)
        return send_once(self._connections, method, url, now=time.time(), **self._signing(), **content)

    @cached_property
    def _connections(self) -> HTTPConnectionPool | None:
        return connection_pool(self._client, self._bucket_url)

    def _signed_url(self, method: str, key: str, **signature: Any) -> str:
        return self._url_signed_at(self._public_bucket_url, method, key, **signature)

    def _url_signed_at(self, bucket_url: str, method: str, key: str, **signature: Any) -> str:
        # Keys need no escaping, so thousands of links cost only their signatures.
        return presigned_url(method, bucket_url + validate_key(key), **self._signing(), **signature)

    def _signing(self) -> dict[str, Any]:
        """The credentials and the region with which requests are signed."""
        with translated_errors(self._place):
            credentials = self._session.get_credentials()
            if credentials is None:
                raise NoCredentialsError
            return {"credentials": credentials.get_frozen_credentials(), "region": self._client.meta.region_name}

    def _pages(self, prefix: str) -> Iterator[list[str]]:
        listing = self._client.get_paginator("list_objects_v2")
        pages = iter(
            listing.paginate(Bucket=self._bucket, Prefix=validate_prefix(prefix), PaginationConfig={"PageSize": _PAGE})
        )
        while True:
            with translated_errors(self._place):
                page = next(pages, None)
            if page is None:
                return
            yield [entry["Key"] for entry in page.get("Contents", [])]

    def _delete_batch(self, keys: list[str]) -> None:
        if not keys:
            return
        with translated_errors(self._place):
            answer = self._client.delete_objects(
                Bucket=self._bucket, Delete={"Objects": [{"Key": key} for key in keys], "Quiet": True}
            )
        failures = [failure for failure in answer.get("Errors", []) if failure.get("Code") != "NoSuchKey"]
        if failures:
            first = failures[0]
            raise StorageUnavailable(
                f"The {self._place} could not delete {len(failures)} of {len(keys)} objects."
                f" The first is '{first.get('Key')}': {first.get('Code')}."
            )


def _checksum_header(sha256: str | None) -> dict[str, str]:
    if sha256 is None:
        return {}
    return {"x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(sha256)).decode("ascii")}


def _add_content_md5(request: AWSRequest, **_: Any) -> None:
    """Add a Content-MD5. Deleting many objects needs a checksum, and older servers know only this one.

    https://github.com/s3fs-fuse/s3fs-fuse/issues/2639
    """
    body = request.body or b""
    digest = hashlib.md5(body if isinstance(body, bytes) else str(body).encode(), usedforsecurity=False).digest()
    request.headers["Content-MD5"] = base64.b64encode(digest).decode("ascii")
