"""Marks the tests that need real services, and makes buckets."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from albums import storage
from albums.storage import S3Location
from albums.storage.s3 import S3Storage

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder: `pytest -m "not integration"` leaves them out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.integration)


def bucket_url(storage_url: str, bucket: str) -> str:
    return urlunsplit(urlsplit(storage_url)._replace(path=f"/{bucket}"))


@pytest.fixture(scope="module")
def bucket(storage_url: str) -> Iterator[S3Storage]:
    """A bucket for these tests, deleted afterwards."""
    location = storage.parse_storage_url(bucket_url(storage_url, f"test-{uuid.uuid4().hex[:12]}"))
    assert isinstance(location, S3Location)
    store = S3Storage(location)
    assert store.create_if_missing() is True
    yield store
    store._client.delete_bucket(Bucket=location.bucket)
    store.close()


@pytest.fixture
def store(bucket: S3Storage) -> Iterator[S3Storage]:
    """The bucket, empty."""
    yield bucket
    bucket.delete_prefix("albums/")


@pytest.fixture
def location(store: S3Storage, monkeypatch: pytest.MonkeyPatch) -> S3Location:
    """Where the bucket is, with its key in the variables that tools read."""
    location = store._location
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", str(location.access_key))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", str(location.secret_key))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", str(location.endpoint))
    monkeypatch.setenv("AWS_REGION", location.region or "us-east-1")
    monkeypatch.setenv("AWS_DEFAULT_REGION", location.region or "us-east-1")
    return location
