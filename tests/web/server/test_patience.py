"""Which connections the web process ends, by a clock of the test's own, and how it receives."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer

from web import server
from web.server import BODY_SECONDS, BYTES_PER_SECOND, HEAD_SECONDS, PAUSE_SECONDS


@dataclass(eq=False)
class Request:
    headers_finished: bool = False
    body_bytes_received: int = 0
    content_length: int = 0
    path: str = "/"


@dataclass(eq=False)
class Channel:
    request: Request | None = None
    requests: list[Request] = field(default_factory=list)
    total_outbufs_len: int = 0
    last_activity: float = 0.0
    will_close: bool = False
    socket: int = 0
    """How many bytes it still has to send."""
    outbufs: list[OverflowableBuffer] = field(default_factory=list)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr("web.server.time.monotonic", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def _is_ended_after(clock: Clock, seconds: float, request: Request, received: int = 0) -> bool:
    patience, channel = server._Patience(1000), Channel(request)
    channels: list[Any] = [channel]
    patience.end_slow_requests(channels)
    clock.now += seconds
    request.body_bytes_received = received
    patience.end_slow_requests(channels)
    return channel.will_close


def test_headers_have_a_deadline(clock: Clock) -> None:
    assert not _is_ended_after(clock, HEAD_SECONDS - 1, Request())
    assert _is_ended_after(clock, HEAD_SECONDS + 1, Request())


def test_a_body_has_a_minimum_rate(clock: Clock) -> None:
    assert not _is_ended_after(clock, BODY_SECONDS - 1, Request(headers_finished=True))
    assert _is_ended_after(clock, BODY_SECONDS + 1, Request(headers_finished=True))
    an_hour = 3600
    assert not _is_ended_after(clock, an_hour, Request(headers_finished=True), an_hour * BYTES_PER_SECOND)
    assert _is_ended_after(clock, an_hour, Request(headers_finished=True), an_hour * BYTES_PER_SECOND // 2)


def test_a_link_has_one_half_sent_upload_the_latest(clock: Clock) -> None:
    patience = server._Patience(1000)
    first, second, other = (
        Channel(Request(headers_finished=True, content_length=1 << 24, path=path)) for path in ("/f/a", "/f/a", "/f/b")
    )
    channels: list[Any] = [other, first]
    patience.end_slow_requests(channels)
    clock.now += 2
    channels.insert(0, second)
    patience.end_slow_requests(channels)

    assert [first.will_close, second.will_close, other.will_close] == [True, False, False]


def _with_response(size: int) -> Channel:
    """With a response that nobody has taken."""
    buffer = OverflowableBuffer(1000)
    buffer.append(bytes(size))
    buffer.append(b"")
    return Channel(outbufs=[buffer], total_outbufs_len=size)


def test_responses_in_files_leave_room_on_the_disk(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The largest end first. Those in memory take none."""
    in_memory, small, large, larger = map(_with_response, (900, 2_000, 50_000, 60_000))
    large.outbufs[0].skip(49_999)  # what was sent is in the file still
    channels: list[Any] = [large, in_memory, larger, small]
    free = {"bytes": 200_000}
    monkeypatch.setattr("web.server.shutil.disk_usage", lambda _path: SimpleNamespace(free=free["bytes"]))
    patience = server._Patience(1000)

    patience.end_slow_requests(channels)
    assert not any(channel.will_close for channel in channels)

    clock.now += 2
    free["bytes"] = 60_000
    patience.end_slow_requests(channels)
    assert [channel for channel in channels if channel.will_close] == [larger]

    clock.now += 2
    free["bytes"] = 1
    channels.remove(larger)
    patience.end_slow_requests(channels)
    assert [channel for channel in channels if channel.will_close] == [large]
    for channel in (in_memory, small, large, larger):
        channel.outbufs[0].close()


def test_the_longest_idle_connections_make_room(clock: Clock) -> None:
    busy = Channel(requests=[Request()], last_activity=1)
    sending = Channel(total_outbufs_len=1, last_activity=2)
    idle = [Channel(last_activity=seen) for seen in (5, 3, 4)]
    channels: list[Any] = [busy, sending, *idle]

    server._Patience(len(channels) + server._RESERVE + 1).end_slow_requests(channels)
    assert not any(channel.will_close for channel in channels)

    server._Patience(len(channels) + server._RESERVE).end_slow_requests(channels)
    assert [channel.last_activity for channel in channels if channel.will_close] == [3, 4]


def test_a_stopping_process_ends_what_is_idle_and_what_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.server.time.time", lambda: 1000.0)
    monkeypatch.setattr("web.server._bytes_under_way", lambda connection: connection)
    idle, paused = Channel(last_activity=1000.0), Channel(Request(), last_activity=999.0 - PAUSE_SECONDS)
    kept = [
        Channel(Request(), last_activity=999.0),
        Channel(requests=[Request()], last_activity=1),
        Channel(total_outbufs_len=1, last_activity=2),
        Channel(socket=1, last_activity=2),
    ]
    channels: list[Any] = [idle, paused, *kept]
    assert server._end_idle(channels)
    assert [channel.will_close for channel in channels] == [True, True, False, False, False, False]
    assert not server._end_idle(channels[:2])


@pytest.fixture
def connection() -> Iterator[tuple[Any, socket.socket]]:
    """The service's end of a connection, and the client's."""
    ours, client = socket.socketpair()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    client.setblocking(False)
    waitress = SimpleNamespace(adj=Adjustments(**server._OPTIONS), add_task=lambda _channel: None, active_channels={})
    channel = server._Channel(waitress, ours, ("127.0.0.1", 1), waitress.adj, map={})
    yield channel, client
    for request in (*channel.requests, channel.request):
        if request is not None:
            request.close()
    channel.handle_close()
    client.close()


def test_bodies_are_received_in_large_pieces(connection: tuple[Any, socket.socket]) -> None:
    channel, client = connection
    client.send(b"POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")
    channel.handle_read()
    client.send(bytes(100_000))
    channel.handle_read()

    assert [len(request.get_body_stream().read()) for request in channel.requests] == [100_000]


def test_little_of_a_body_is_in_memory(connection: tuple[Any, socket.socket]) -> None:
    """Somebody who sends a part of a body at each of 1,000 connections must not fill the memory."""
    channel, client = connection
    client.send(b"POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n")
    channel.handle_read()
    client.send(bytes(100_000))
    channel.handle_read()

    assert channel.request.body_rcv.getbuf().overflowed


def test_requests_are_received_in_small_pieces(connection: tuple[Any, socket.socket]) -> None:
    """Somebody who sends thousands at once must not fill the memory, nor keep others waiting while they are read."""
    channel, client = connection
    one = b"POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n0"
    client.send(one[:-1])
    channel.handle_read()
    client.send(b"0" + one * 3000)
    channel.handle_read()

    assert 1 < len(channel.requests) < 300
