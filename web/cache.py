"""The cache that all web processes share. It counts attempts, and may be empty or unavailable at any time."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import DataError, RedisError

from albums.circuit_breaker import CircuitBreaker

logger = logging.getLogger(__name__)

# Django makes a cache for each thread. They share this breaker, so all of them learn from one failure.
_breaker = CircuitBreaker()


class _JsonSerializer:
    """Values as JSON. Django pickles them, and a pickle runs code: anybody's who can write to the broker's server."""

    def dumps(self, value: Any) -> int | str:
        """Redis counts up numbers itself, so they stay numbers."""
        return value if type(value) is int else json.dumps(value)

    def loads(self, data: bytes) -> Any:
        """Read a value.

        Raises:
            DataError: when it is not JSON.

        """
        try:
            return json.loads(data)
        except (ValueError, RecursionError) as error:
            raise DataError("A value in the cache is not JSON.") from error


class _Client(RedisCacheClient):
    """Django's client for Redis with one client of redis-py. Django makes one for each operation: a third of its time.

    redis-py's takes a connection from the pool for each command, so it may be shared.
    """

    _lasting: Any = None

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """The client, made at the first operation."""
        if self._lasting is None:
            self._lasting = super().get_client(key, write=write)
        return self._lasting


class _ResilientClient:
    """Django's Redis client and, for some seconds after a failure, this process's memory, with the same methods."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        serializer: Any = _JsonSerializer()  # Django's is typed to return bytes. Redis takes text and numbers too.
        self._redis: Any = _Client(servers, serializer=serializer, **options)
        self._memory = LocMemCache("while-redis-is-away", {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        return partial(self._ask, operation)

    def _ask(self, operation: str, *arguments: Any) -> Any:
        if not _breaker.is_open:
            try:
                return getattr(self._redis, operation)(*arguments)
            except (RedisError, OSError) as error:
                _breaker.record_failure()
                logger.warning("The cache at REDIS_URL failed. This process counts alone for some seconds: %s", error)
        return getattr(self._memory, operation)(*arguments)

    def clear(self) -> NoReturn:
        """Refuse. Django would flush the whole Redis database, which also holds the broker's messages."""
        raise NotImplementedError("This cache shares its server with the broker and is never flushed.")


class ResilientRedisCache(RedisCache):
    """Redis while it answers, otherwise the memory of this process.

    If the cache raised errors, nobody could sign in or use the API while the broker restarts or is full. Meanwhile each
    process counts limits alone, which is better than not counting.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _ResilientClient
