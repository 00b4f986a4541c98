"""Objects of a bucket as streams in constant memory.

The reader resumes after broken connections. The writer sends large objects in parts.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from albums.storage.base import CHUNK_BYTES
from albums.storage.errors import StorageUnavailable
from albums.storage.s3_errors import TRANSPORT_ERRORS, code_of, status_of, translated_errors

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef, GetObjectOutputTypeDef

MIN_PART_BYTES: Final = 8 * 1024 * 1024
MAX_PARTS: Final = 10_000
PARTS_IN_FLIGHT: Final = 2
_READ_ATTEMPTS: Final = 5

_logger = logging.getLogger(__name__)


class ObjectReader:
    """One object, read from its start to its end.

    botocore retries failed requests, but not a body that breaks off in the middle. A zip that takes an hour would then
    start over. So the reader requests the rest by range, on condition that the object is still the same.
    """

    def __init__(self, client: S3Client, bucket: str, key: str, place: str) -> None:
        self._client = client
        self._bucket = bucket
        self._key = key
        self._place = place
        with translated_errors(place, key):
            self._response: GetObjectOutputTypeDef = client.get_object(Bucket=bucket, Key=key)
        self._size = self._response["ContentLength"]
        self._etag = self._response["ETag"]
        self._position = 0

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes in chunks of at most `CHUNK_BYTES`."""
        failures = 0
        while True:
            try:
                for chunk in self._response["Body"].iter_chunks(CHUNK_BYTES):
                    self._position += len(chunk)
                    yield chunk
            except TRANSPORT_ERRORS as error:
                failures += 1
                if failures == _READ_ATTEMPTS:
                    raise StorageUnavailable(
                        f"The {self._place} broke off {failures} times while '{self._key}' was read."
                    ) from error
                time.sleep(0.1 * 2**failures)
            if self._position >= self._size:
                return
            self._resume()

    def close(self) -> None:
        """Close the connection."""
        self._response["Body"].close()

    def _resume(self) -> None:
        self.close()
        try:
            with translated_errors(self._place, self._key):
                self._response = self._client.get_object(
                    Bucket=self._bucket, Key=self._key, Range=f"bytes={self._position}-", IfMatch=self._etag
                )
        except Exception as error:
            if isinstance(error.__cause__, ClientError) and status_of(error.__cause__) == 412:
                raise StorageUnavailable(f"'{self._key}' was replaced while it was read.") from error
            raise


class ObjectWriter:
    """Writes one object from start to end: a small one in one request, others in parts.

    It sends two parts at a time. Memory is limited to the part being filled and the parts being sent. Nothing
    appears before `finish`.
    """

    def __init__(
        self,
        client: S3Client,
        bucket: str,
        key: str,
        place: str,
        *,
        content_type: str,
        expected_size: int | None,
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._key = key
        self._place = place
        self._content_type = content_type
        self._base_part_bytes = base_part_bytes(expected_size)
        self._buffer = bytearray()
        self._size = 0
        self._upload_id: str | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._in_flight: deque[Future[CompletedPartTypeDef]] = deque()
        self._parts: list[CompletedPartTypeDef] = []
        self._part_number = 0

    def write(self, data: bytes) -> int:
        """Write all of `data`. Waits while two parts are being sent."""
        rest = memoryview(data)
        while rest:
            limit = part_bytes(self._part_number + 1, self._base_part_bytes)
            taken = rest[: limit - len(self._buffer)]
            self._buffer += taken
            rest = rest[len(taken) :]
            if len(self._buffer) == limit:
                self._send_part()
        self._size += len(data)
        return len(data)

    def finish(self) -> None:
        """Make the object appear."""
        if self._upload_id is None:
            with translated_errors(self._place):
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._key,
                    Body=bytes(self._buffer),
                    ContentType=self._content_type,
                )
            return
        if self._buffer:
            self._send_part()
        while self._in_flight:
            self._collect_part()
        self._stop_pool()
        self._complete(self._upload_id)

    def abort(self) -> None:
        """Delete the parts sent so far. Never raises, because it runs while another error is being handled."""
        for future in self._in_flight:
            future.cancel()
        self._stop_pool()
        if self._upload_id is None:
            return
        try:
            with translated_errors(self._place):
                self._client.abort_multipart_upload(Bucket=self._bucket, Key=self._key, UploadId=self._upload_id)
        except Exception:
            # `abort_stale_uploads` deletes it later.
            _logger.warning("Could not delete the unfinished upload of %s.", self._key, exc_info=True)

    def _send_part(self) -> None:
        upload_id = self._upload_id or self._begin()
        if len(self._in_flight) == PARTS_IN_FLIGHT:
            self._collect_part()
        self._part_number += 1
        body = bytes(self._buffer)
        self._buffer.clear()
        if self._pool is None:
            self._pool = ThreadPoolExecutor(PARTS_IN_FLIGHT, thread_name_prefix="upload-part")
        self._in_flight.append(self._pool.submit(self._upload_part, upload_id, self._part_number, body))

    def _begin(self) -> str:
        with translated_errors(self._place):
            answer = self._client.create_multipart_upload(
                Bucket=self._bucket, Key=self._key, ContentType=self._content_type
            )
        self._upload_id = answer["UploadId"]
        return self._upload_id

    def _upload_part(self, upload_id: str, number: int, body: bytes) -> CompletedPartTypeDef:
        answer = self._client.upload_part(
            Bucket=self._bucket, Key=self._key, UploadId=upload_id, PartNumber=number, Body=body
        )
        return {"PartNumber": number, "ETag": answer["ETag"]}

    def _collect_part(self) -> None:
        with translated_errors(self._place):
            self._parts.append(self._in_flight.popleft().result())

    def _complete(self, upload_id: str) -> None:
        with translated_errors(self._place):
            try:
                self._client.complete_multipart_upload(
                    Bucket=self._bucket,
                    Key=self._key,
                    UploadId=upload_id,
                    MultipartUpload={"Parts": self._parts},
                )
            except ClientError as error:
                # The first attempt succeeded but its answer was lost, so botocore's second attempt found no upload.
                if code_of(error) != "NoSuchUpload" or not self._is_complete():
                    raise

    def _is_complete(self) -> bool:
        answer = self._client.head_object(Bucket=self._bucket, Key=self._key)
        return answer["ContentLength"] == self._size

    def _stop_pool(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def base_part_bytes(expected_size: int | None) -> int:
    """Return a part size in bytes so that `expected_size`, plus a reserve, fits into the parts S3 allows.

    All parts have the same size where possible, because some servers (Cloudflare R2) require it.
    """
    needed = (expected_size or 0) * 11 // 10 // _first_parts()
    mebibyte = 1024 * 1024
    return max(MIN_PART_BYTES, -(-needed // mebibyte) * mebibyte)


def part_bytes(number: int, base: int) -> int:
    """Return the size in bytes of part `number`, from 1. Late parts grow, for streams of unknown size."""
    return base if number <= _first_parts() else base * 8


def _first_parts() -> int:
    return MAX_PARTS * 3 // 4
