"""The Valkey server of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import redis

from tests.services import ServiceError, Stack


@pytest.fixture
def valkey_client(services: Stack, redis_url: str) -> Iterator[redis.Redis]:
    client = services.valkey.client()
    yield client
    client.flushall()
    client.close()


def test_it_runs_valkey_with_the_password_only(redis_url: str, valkey_client: redis.Redis) -> None:
    assert valkey_client.ping()
    password = urlsplit(redis_url).password
    assert password
    stranger = redis.Redis.from_url(redis_url.replace(password, "wrong"))
    with stranger, pytest.raises(redis.AuthenticationError):
        stranger.ping()


def test_it_keeps_a_queue_when_valkey_is_killed(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", *range(50))
    services.valkey.kill()
    with pytest.raises(redis.ConnectionError):
        valkey_client.ping()
    services.valkey.start()
    assert valkey_client.lrange("queue", 0, -1) == [str(number).encode() for number in range(50)]


def test_it_starts_valkey_empty_when_its_disk_was_lost(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", "task")
    with pytest.raises(ServiceError, match="Stop or kill"):
        services.valkey.forget()
    services.valkey.kill()
    services.valkey.forget()
    services.valkey.start()
    assert valkey_client.llen("queue") == 0


def test_it_refuses_writes_to_a_full_valkey_and_evicts_nothing(services: Stack, valkey_client: redis.Redis) -> None:
    valkey_client.rpush("queue", "task")
    services.valkey.set_maxmemory("1mb")
    try:
        with pytest.raises(redis.OutOfMemoryError):
            valkey_client.rpush("queue", "another task")
    finally:
        services.valkey.set_maxmemory("0")
    assert valkey_client.lrange("queue", 0, -1) == [b"task"]
