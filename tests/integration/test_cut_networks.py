"""Real connections to the database and the broker have the limits of `web/network.py`: 25 seconds without answers."""

from __future__ import annotations

import os
import socket
from typing import Any

import pytest
from django.conf import settings
from django.db.utils import ConnectionHandler
from kombu import Connection

from web import env

LIMIT_SECONDS = 25


def _assert_limited(connection: socket.socket) -> None:
    assert connection.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    idle, interval, count, unanswered = (
        connection.getsockopt(socket.IPPROTO_TCP, option)
        for option in (socket.TCP_KEEPIDLE, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT, socket.TCP_USER_TIMEOUT)
    )
    assert idle + interval * count == LIMIT_SECONDS
    assert unanswered == LIMIT_SECONDS * 1000


def test_both_sides_of_a_connection_to_the_database(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", postgres_url)
    database = ConnectionHandler({"default": env.database("THING", "")})["default"]
    with (
        database.get_new_connection(database.get_connection_params()) as connection,
        socket.socket(fileno=os.dup(connection.fileno())) as own_side,
    ):
        _assert_limited(own_side)
        for name, value in {"tcp_keepalives_idle": "10", "tcp_user_timeout": "25000"}.items():
            assert connection.execute(f"SHOW {name}").fetchone() == (value,)


def test_a_workers_connection_to_the_broker(redis_url: str) -> None:
    with Connection(redis_url, transport_options=settings.CELERY_BROKER_TRANSPORT_OPTIONS) as broker:
        channel: Any = broker.default_channel  # of Redis, which the types do not know
        pool = channel.client.connection_pool
        connection = pool.get_connection()
        try:
            _assert_limited(connection._sock)
        finally:
            pool.release(connection)
