"""The real services, as fixtures. They start when a test first needs them, and run until the end of the run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services import Stack


@pytest.fixture(scope="session")
def services() -> Iterator[Stack]:
    """The services of this run. None is started yet. A test that stops one must start it again."""
    with Stack() as stack:
        yield stack


@pytest.fixture(scope="session")
def stack(services: Stack) -> Stack:
    """PostgreSQL, Valkey and S3, all running."""
    services.start()
    return services


@pytest.fixture(scope="session")
def postgres_url(services: Stack) -> str:
    """DATABASE_URL of a running PostgreSQL: postgres://user:password@127.0.0.1:port/name."""
    services.start(services.postgres)
    return services.postgres.url


@pytest.fixture(scope="session")
def redis_url(services: Stack) -> str:
    """REDIS_URL of a running Valkey: redis://:password@127.0.0.1:port/0."""
    services.start(services.valkey)
    return services.valkey.url


@pytest.fixture(scope="session")
def storage_url(services: Stack) -> str:
    """STORAGE_URL of a bucket on a running S3 server.

    s3://ACCESS_KEY:SECRET@127.0.0.1:port/bucket?scheme=http&addressing=path&region=us-east-1, with the access key
    percent-encoded.
    """
    services.start(services.s3)
    return services.s3.url
