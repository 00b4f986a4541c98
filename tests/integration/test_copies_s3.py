"""Photos in and out of a bucket without a browser, and downloads that break off, against a real server."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from albums.destinations import DestinationError
from albums.destinations.s3 import BucketDestination
from albums.sources import SourceError
from albums.sources.opening import open_source
from albums.storage import S3Location
from albums.storage.s3 import S3Storage
from tests.integration.breaking_proxy import CUT, curl_again, needs_curl
from tests.source_files import contents, entries
from tests.storage_contract import KEY, MIB

CONTENT = os.urandom(20_000)


def test_a_bucket_is_a_destination_whose_objects_are_never_replaced(store: S3Storage, location: S3Location) -> None:
    destination = BucketDestination(f"s3://{location.bucket}/albums/copy")
    large = os.urandom(9 * MIB)
    for name, content in (("day 1/é+.jpg", CONTENT), ("large.mov", large)):
        digest = hashlib.sha256(content).hexdigest()
        wanted: dict[str, Any] = {"size": len(content), "sha256": digest}
        assert destination.presence(name, **wanted) == "missing"
        chunks = (content[start : start + MIB] for start in range(0, len(content), MIB))
        destination.write(name, chunks, **wanted)
        assert destination.presence(name, **wanted) == "same"
        assert destination.presence(name, size=len(content), sha256="0" * 64) == "different"
        assert destination.presence(name, size=1, sha256=digest) == "different"
        key = f"albums/copy/{name}"
        assert store._client.get_object(Bucket=location.bucket, Key=key)["Body"].read() == content
        # One that another tool has written is read.
        store._client.put_object(Bucket=location.bucket, Key=key, Body=content)
        assert destination.presence(name, **wanted) == "same"
        store._client.delete_object(Bucket=location.bucket, Key=key)
    with pytest.raises(ZeroDivisionError):
        destination.write("half.jpg", (b"x" * (1 // (2 - number)) for number in range(3)), size=3, sha256="0" * 64)
    assert destination.presence("half.jpg", size=3, sha256="0" * 64) == "missing"
    with pytest.raises(DestinationError, match="cannot be written or read"):
        BucketDestination(f"s3://{location.bucket}-other").write("a.jpg", iter([b"x"]), size=1, sha256="0" * 64)


@needs_curl
def test_a_download_that_broke_off_goes_on_with_another_link(store: S3Storage, tmp_path: Path) -> None:
    content = os.urandom(3 * MIB)
    store.write_bytes(KEY, content, "application/zip")
    port = urlsplit(str(store._location.endpoint)).port
    names = iter(["a.zip", "other.zip"])

    def link() -> str:
        return store.download_link(KEY, file_name=next(names), content_type="application/zip", expires_in=60)

    assert port is not None
    assert curl_again(tmp_path / "a.zip", link, port=port, after=MIB) == [CUT, 0]
    assert (tmp_path / "a.zip").read_bytes() == content


def test_a_prefix_of_a_bucket_is_a_source_of_photos(store: S3Storage, location: S3Location) -> None:
    names = ("albums/trip/day 1/é+.jpg", "albums/trip/@eaDir/a.jpg", "albums/trip/folder/", "albums/tripod/b.jpg")
    for name in names:
        store._client.put_object(Bucket=location.bucket, Key=name, Body=CONTENT)
    source = open_source([f"s3://{location.bucket}/albums/trip"])
    assert (source.name, source.total) == ("trip", 1)
    (entry,) = entries(source)
    assert (entry.folder, entry.size) == ("day 1", len(CONTENT))
    assert contents(source) == {"day 1/é+.jpg": CONTENT}
    store._client.delete_object(Bucket=location.bucket, Key=names[0])
    with pytest.raises(OSError, match="NoSuchKey"), entry.read() as chunks:
        list(chunks)
    with pytest.raises(SourceError, match="cannot be listed"):
        open_source([f"s3://{location.bucket}-other/albums"])
    for name in names:
        store._client.delete_object(Bucket=location.bucket, Key=name)
