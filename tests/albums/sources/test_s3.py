"""Which objects of a bucket an address names. The bucket itself is in the integration tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from albums.sources import s3
from albums.sources.opening import SourceUnknown, open_source
from tests.source_files import paths

NOON = datetime(2024, 6, 15, 12, tzinfo=UTC)


class Bucket:
    """Lists objects as boto3 does."""

    def __init__(self, *keys: str) -> None:
        self._keys = keys

    def get_paginator(self, _name: str) -> Bucket:
        return self

    def paginate(self, *, Bucket: str, Prefix: str) -> Iterator[dict[str, Any]]:  # noqa: N803 - boto3's names
        assert Bucket == "photos"
        found = [key for key in self._keys if key.startswith(Prefix)]
        yield {"Contents": [{"Key": key, "Size": 1, "LastModified": NOON} for key in found]}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("s3://photos", ["a#1/b.jpg", "a?2/c.jpg", "a/d.jpg"]),
        ("s3://photos/a", ["d.jpg"]),
        ("s3://photos/a#1", ["b.jpg"]),
        ("s3://photos/a?2/", ["c.jpg"]),
    ],
)
def test_an_address_names_the_objects_below_its_prefix(
    monkeypatch: pytest.MonkeyPatch, address: str, expected: list[str]
) -> None:
    monkeypatch.setattr(s3, "s3_client", lambda: Bucket("a#1/b.jpg", "a?2/c.jpg", "a/d.jpg"))
    assert paths(s3.BucketSource(address)) == expected


@pytest.mark.parametrize("address", ["s3://", "s3:///summer", "s3:photos"])
def test_an_address_without_a_bucket_is_refused(address: str) -> None:
    with pytest.raises(SourceUnknown, match=r"names no bucket\. Write s3://BUCKET/PREFIX"):
        open_source([address])
