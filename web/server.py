"""A gunicorn worker that serves with waitress, so that no thread waits for the network.

gunicorn's `gthread` gives a connection to a thread at its first byte, and the thread waits for the rest. waitress
receives requests and sends responses in one loop for all connections. Its threads only compute. gunicorn starts several
such processes, replaces those that die, and stops them with grace.
"""

from __future__ import annotations

import copy
import fcntl
import os
import shutil
import socket
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.conf import settings
from gunicorn.sock import ssl_context
from gunicorn.workers.base import Worker
from waitress import create_server, wasyncore
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer

from albums.storage import LinkInvalid
from albums.storage.links import FILES_PATH, read_grant
from web.tls import TLSChannel

# Apache's mod_reqtimeout has the same two rules: a deadline for the headers, and a minimum rate for the body.
HEAD_SECONDS: Final = 20.0
BODY_SECONDS: Final = 60.0
# At this rate 100 MB may take a day, and links for uploads an hour.
BYTES_PER_SECOND: Final = 1024
# A process that stops waits no longer than this for more of a request.
PAUSE_SECONDS: Final = 2.0
# Longer than proxies keep idle connections (60 seconds). If we closed one while a request was on its way, the proxy
# would report an error. A page that polls also needs no new connection each time.
_IDLE_SECONDS: Final = 75
_HEAD_BYTES: Final = 64 * 1024
# At once, of what is left of a body. With waitress' own 8 KiB, receiving an upload takes more time than storing it.
# Heads still come in these: thousands of requests would fit in a large piece.
_BODY_BYTES: Final = 256 * 1024
_OPTIONS: Final[dict[str, Any]] = {
    "channel_timeout": _IDLE_SECONDS,
    "max_request_header_size": _HEAD_BYTES,
    # More of a body waits in a file. waitress would keep 512 KiB in memory, of each of 1,000 connections.
    "inbuf_overflow": 64 * 1024,
    # A response that nobody takes goes to a file. By default a thread would wait.
    "outbuf_high_watermark": sys.maxsize,
    # Django decides by BEHIND_PROXY which of them to believe.
    "clear_untrusted_proxy_headers": False,
    "ident": "",
}
_LOOP_SECONDS: Final = 1.0
_LARGE_BYTES: Final = 1 << 20
# The listening sockets count as connections, too.
_RESERVE: Final = 8


class _Request(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """Receives no body that is larger than a view reads. Anybody may send one, and it lies on our disk."""

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers. The view sees in them that a body is too large, and answers without it."""
        super().parse_header(header_plus)
        most = _body_bytes(self.command, self.path)
        if self.content_length > most:
            self.content_length: int = 0
            self.body_rcv = None
            self.headers["CONNECTION"] = "close"
        # For bodies in chunks, which have no length.
        self.adj: Any = copy.copy(self.adj)
        self.adj.max_request_body_size = most + 1


def _body_bytes(method: str, path: str) -> int:
    """The most that a view reads: the size of an upload whose link is valid, or the largest JSON or form."""
    if method == "PUT" and path.startswith(FILES_PATH):
        try:
            grant = read_grant(path.removeprefix(FILES_PATH))
        except LinkInvalid:
            return 0
        return (grant.size or 0) if grant.action == "upload" else 0
    return max(settings.MAX_JSON_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)


class _Channel(HTTPChannel):  # type: ignore[misc]
    parser_class = _Request

    def recv(self, size: int) -> bytes:
        """Receive a piece: a large one only of a body whose length is known."""
        request, left = self.request, 0
        if request is not None and request.headers_finished:
            left = request.content_length - request.body_bytes_received
        received: bytes = super().recv(max(size, min(left, _BODY_BYTES)))
        return received


class _EncryptedChannel(TLSChannel, _Channel):
    """The same, over TLS."""


class WaitressWorker(Worker):  # type: ignore[misc]  # gunicorn has no types
    """One process with a loop for all connections and `threads` threads that compute."""

    def run(self) -> None:
        """Serve until told to stop, then end what has begun."""
        if settings.DATA_DIR.is_dir():
            # Large requests wait in files without a name. /tmp is in memory on some machines.
            tempfile.tempdir = str(settings.DATA_DIR)
        channel_class: type[_Channel] = _Channel
        if self.cfg.is_ssl:
            channel_class = _EncryptedChannel
            _EncryptedChannel.context = ssl_context(self.cfg)
        channels: dict[int, Any] = {}
        server = create_server(
            _without_body_of_head(self.wsgi),
            map=channels,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            connection_limit=self.cfg.worker_connections,
            **_OPTIONS,
        )
        for listener in _of(BaseWSGIServer, channels):
            listener.channel_class = channel_class
        patience = _Patience(self.cfg.worker_connections)
        while self.alive and self.ppid == os.getppid():
            self._turn(channels)
            patience.end_slow_requests(_of(_Channel, channels))
        for listener in _of(BaseWSGIServer, channels):
            listener.accepting = False
        deadline = time.monotonic() + self.cfg.graceful_timeout
        self._turn(channels, 0)  # a connection that is closed with something unread is reset
        while time.monotonic() < deadline and _end_idle(_of(_Channel, channels)):
            self._turn(channels)
        server.task_dispatcher.shutdown(timeout=0)

    def _turn(self, channels: dict[int, Any], seconds: float = _LOOP_SECONDS) -> None:
        self.notify()
        wasyncore.loop(seconds, use_poll=True, map=channels, count=1)


def _without_body_of_head(application: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """The same without a body after HEAD.

    Django leaves that to the server, and waitress sends it. It would be the beginning of the next response on the
    connection, which behind a proxy may be somebody else's.
    """

    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        content = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return content
        close: Callable[[], None] | None = getattr(content, "close", None)
        if close is not None:
            close()
        return ()

    return answer


def _of(kind: type[Any], channels: dict[int, Any]) -> Iterator[Any]:
    return (channel for channel in channels.values() if isinstance(channel, kind))


def _is_answering(channel: _Channel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len or _bytes_under_way(channel.socket))


def _bytes_under_way(connection: socket.socket) -> int:
    """What the system still has to send. It sends it for a process that has ended, but not for a container."""
    with suppress(OSError, ValueError):  # ValueError: it is closed
        return int.from_bytes(fcntl.ioctl(connection, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
    return 0


def _end_idle(connected: Iterable[_Channel]) -> bool:
    """End the connections without a request, or with one that pauses. Returns whether others are left."""
    channels, now = list(connected), time.time()
    for channel in channels:
        is_coming = channel.request is not None and now < channel.last_activity + PAUSE_SECONDS
        if not is_coming and not _is_answering(channel):
            channel.will_close = True
    return not all(channel.will_close for channel in channels)


class _Patience:
    """Ends requests that come too slowly, responses in files that leave no room on the disk, and, when all connections
    are taken, those that were idle longest.
    """

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._began: WeakKeyDictionary[_Request, float] = WeakKeyDictionary()
        self._next_look = 0.0

    def end_slow_requests(self, connected: Iterable[_Channel]) -> None:
        """Look once a second."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + _LOOP_SECONDS
        channels = list(connected)
        uploads: dict[str, _Channel] = {}
        receiving = [channel for channel in channels if channel.request is not None]
        for channel in sorted(receiving, key=lambda channel: self._began.setdefault(channel.request, now)):
            request = channel.request
            if now > self._began[request] + _allowed_seconds(request):
                channel.will_close = True
            # Each link has one half-sent upload, the latest. Otherwise one link could fill the disk.
            if request.content_length > _LARGE_BYTES:
                if earlier := uploads.get(request.path):
                    earlier.will_close = True
                uploads[request.path] = channel
        _make_room(channels)
        waiting = [channel for channel in channels if not channel.requests and not channel.total_outbufs_len]
        if len(channels) >= self._connections - _RESERVE:
            for channel in sorted(waiting, key=lambda channel: channel.last_activity)[: 1 + self._connections // 10]:
                channel.will_close = True


def _make_room(channels: list[_Channel]) -> None:
    """End the largest responses that wait in files, while these take more of the disk than is free.

    A client that takes no response would otherwise fill the disk: a guest with a link may ask for videos in a bucket,
    which come faster from there than a slow client takes them. Another request goes on where this one ended.
    """
    sizes = {channel: _bytes_in_files(channel) for channel in channels}
    taken = sum(sizes.values())
    if not taken:
        return
    free = shutil.disk_usage(tempfile.gettempdir()).free
    for channel in sorted(sizes, key=sizes.__getitem__, reverse=True):
        if taken <= free:
            return
        channel.will_close = True
        taken -= sizes[channel]
        free += sizes[channel]


def _bytes_in_files(channel: _Channel) -> int:
    """What the responses of a connection take on the disk, also what has been sent of them."""
    size = 0
    for buffer in list(channel.outbufs):
        if isinstance(buffer, OverflowableBuffer) and buffer.overflowed:
            # A thread may just close it.
            with suppress(ValueError, OSError):
                size += os.fstat(buffer.getfile().fileno()).st_size
    return size


def _allowed_seconds(request: _Request) -> float:
    if not request.headers_finished:
        return HEAD_SECONDS
    return BODY_SECONDS + float(request.body_bytes_received) / BYTES_PER_SECOND
