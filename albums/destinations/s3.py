"""Objects below a prefix of a bucket. Credentials, region and endpoint are found as by `albums.sources.s3`.

The key needs s3:GetObject and s3:PutObject, and s3:ListBucket, without which a missing object is refused.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager

from boto3.s3.transfer import TransferConfig
from botocore.exceptions import BotoCoreError, ClientError

from albums.destinations.base import Destination, DestinationError, Presence
from albums.sources.base import chunks_of
from albums.sources.s3 import bucket_and_prefix, s3_client
from albums.storage.s3_errors import send_damaged_again

_ERRORS = (BotoCoreError, ClientError)
_DIGEST = "sha256"
# One part at a time, so that the chunks are read in order.
_TRANSFER = TransferConfig(multipart_chunksize=16 << 20, use_threads=False)


class BucketDestination(Destination):
    """The objects below `s3://BUCKET/PREFIX`. The prefix is taken as a folder."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")
        self._bucket, self._prefix = bucket_and_prefix(address)
        with self._explained(""):
            self._client = s3_client()
        send_damaged_again(self._client)

    def presence(self, path: str, *, size: int, sha256: str) -> Presence:
        """Compare the digest beside the object that this class wrote, or else read it."""
        key = self._prefix + path
        with self._explained(path):
            try:
                found = self._client.head_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                    return "missing"
                raise
            if found["ContentLength"] != size:
                return "different"
            digest = found["Metadata"].get(_DIGEST) or self._digest(key)
            return "same" if digest == sha256 else "different"

    def write(self, path: str, chunks: Iterator[bytes], *, size: int, sha256: str) -> None:
        """Upload the object, in parts if it is large. Another client may write it at the same time."""
        key, body = self._prefix + path, io.BufferedReader(_Chunks(chunks), 1 << 20)
        with self._explained(path):
            self._client.upload_fileobj(
                body, self._bucket, key, ExtraArgs={"Metadata": {_DIGEST: sha256}}, Config=_TRANSFER
            )
            stored = self._client.head_object(Bucket=self._bucket, Key=key)["ContentLength"]
        if stored != size:
            raise DestinationError(f"{self._address}/{path} has {stored} bytes instead of {size}. Run this again.")

    def _digest(self, key: str) -> str:
        digest = hashlib.sha256()
        body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
        for chunk in chunks_of(body):
            digest.update(chunk)
        return digest.hexdigest()

    @contextmanager
    def _explained(self, path: str) -> Iterator[None]:
        try:
            yield
        except _ERRORS as error:
            raise DestinationError(f"{self._address}/{path} cannot be written or read: {error}") from error


class _Chunks(io.RawIOBase):
    """Chunks as a file that can only be read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._left:
            try:
                self._left = memoryview(next(self._chunks))
            except StopIteration:
                return 0
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
