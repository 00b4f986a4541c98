"""The cache of all web processes: it counts for all of them together, and works while its server is down."""

from __future__ import annotations

import multiprocessing
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.web.embedded.test_valkey import running
from web import cache as web_cache
from web.cache import ResilientRedisCache
from web.embedded import valkey
from web.settings import CACHES

OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 1}


@pytest.fixture(autouse=True)
def _server_is_not_known_to_be_away() -> Iterator[None]:
    web_cache._breaker.open_until = 0.0
    yield
    web_cache._breaker.open_until = 0.0


def _cache(url: str) -> ResilientRedisCache:
    return ResilientRedisCache(url, {"KEY_PREFIX": "photoalbum", "OPTIONS": OPTIONS})


def _count_up(url: str, times: int) -> None:
    cache = _cache(url)
    for _ in range(times):
        if not cache.add("attempts", 1, timeout=60):
            cache.incr("attempts")


def test_processes_count_together(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path / "valkey")
    with running(broker):
        processes = [
            multiprocessing.get_context("spawn").Process(target=_count_up, args=(broker.url, 100)) for _ in "ab"
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join(60)

        assert _cache(broker.url).get("attempts") == 200


def test_it_never_flushes_the_broker(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path / "valkey")
    with running(broker) as client:
        client.rpush("images", "a message")

        with pytest.raises(NotImplementedError, match="broker"):
            _cache(broker.url).clear()

        assert client.llen("images") == 1


def test_each_process_counts_alone_while_the_server_is_down_or_full(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broker = valkey.prepare(tmp_path / "valkey")
    with running(broker) as client:
        cache = _cache(broker.url)
        assert cache.add("attempts", 1, timeout=60)
        _fill(client)
        assert cache.add("others", 1, timeout=60)
        assert cache.incr("others") == 2
        assert "REDIS_URL" in caplog.text
    web_cache._breaker.open_until = 0.0
    started = time.monotonic()

    assert cache.get("attempts") is None
    assert cache.add("attempts", 1, timeout=60)
    assert not cache.add("attempts", 1, timeout=60)
    cache.set("list", [1, 2], timeout=60)
    assert cache.get("list") == [1, 2]
    assert cache.delete("list")

    assert time.monotonic() - started < 4  # it tries one connection, not one for each call


def _fill(client: Any) -> None:
    """The server is out of memory, as under `noeviction` with a long queue."""
    client.config_set("maxmemory", "1")
    with pytest.raises(redis.ResponseError):
        client.set("more", "x")


class Runs:
    """Writes to a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:
        return Path.write_text, (self.path, "taken over")


def test_a_value_from_the_brokers_server_is_data_and_never_code(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path / "valkey")
    proof = tmp_path / "proof"
    with running(broker) as client:
        cache = _cache(broker.url)
        values = [[1.5, 2.5], {"a": [None, True]}, "text", 7, True]
        for value in values:
            cache.set("value", value, timeout=60)
            assert cache.get("value") == value
        for planted in (pickle.dumps(Runs(proof)), b"[" * 100_000, b"\xff", b"NaN}"):
            client.set(cache.make_key("value"), planted)
            assert cache.get("value", "nothing") == "nothing"
            web_cache._breaker.open_until = 0.0

    assert not proof.exists()
    pickle.loads(pickle.dumps(Runs(proof)))
    assert proof.exists(), "the pickle would have run"


def test_the_tests_settings_have_a_broker() -> None:
    assert CACHES["default"]["BACKEND"] == "web.cache.ResilientRedisCache"
    assert str(CACHES["default"]["LOCATION"]).startswith("redis://")
