"""A gunicorn worker whose threads only compute.

gunicorn's own `gthread` gives a connection to a thread at its first byte. The thread then waits for the rest of the
request, and until the other side has taken the response. As many slow connections as there are threads stop the
service. Here one loop does all the waiting, for all connections at once.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

from albums.storage.links import FILES_PATH
from web.server.admission import body_bytes
from web.server.receiving import HeadTooLarge, IncomingRequest
from web.server.sending import Outbox

# How long a connection stays half closed, so that the other side gets the end of the response before a reset.
LINGER_SECONDS: Final = 2.0
LINGER_BYTES: Final = 64 * 1024
# How long a stopping worker waits for the first byte of a request.
STOP_SECONDS: Final = 2.0

_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_GONE: Final = (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED)
_NO_FILES: Final = (errno.EMFILE, errno.ENFILE)


class Connection(TConn):  # type: ignore[misc]  # gunicorn has no types
    """A connection, and what the loop waits for: the rest of a request, or room for the rest of a response."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.initialized = True  # gunicorn would wait for the first byte in a thread
        self.incoming: IncomingRequest | None = None
        self.outbox: Outbox | None = None
        self.is_cut = False
        self.leftover = b""
        self.is_kept = False
        self.since = 0.0
        self.deadline: Callable[[], float] = lambda: float("inf")

    @property
    def is_idle(self) -> bool:
        """True while it waits for a request that has not begun."""
        return self.incoming is not None and self.incoming.is_idle

    def forget_request(self) -> None:
        """Forget the bytes of the request."""
        if self.incoming is not None:
            self.incoming.close()
            self.incoming = None

    def close(self, graceful: bool = False) -> None:  # noqa: ARG002
        """Close it and forget all bytes. The worker's loop lingers, so nothing is `graceful` here."""
        self.forget_request()
        if self.outbox is not None:
            self.outbox.close()
        super().close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """Gives a request to a thread when all of it is there, and takes the response from the thread at once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._waiting: set[Connection] = set()
        self._uploads: dict[str, Connection] = {}
        self._next_look = 0.0
        self._folder: Path | None = None

    def run(self) -> None:
        """Serve until told to stop."""
        # Not in /tmp, which is in memory on some machines. A container has no data folder.
        self._folder = settings.DATA_DIR if settings.DATA_DIR.is_dir() else None
        super().run()

    # --- Waiting ------------------------------------------------------------------------------------------------------

    def _wait(
        self, connection: Connection, event: int, then: Callable[[Connection], None], deadline: Callable[[], float]
    ) -> None:
        connection.deadline = deadline
        connection.since = time.monotonic()
        self._waiting.add(connection)
        self.poller.register(connection.sock, event, partial(self._on_event, connection, then))

    def _on_event(self, connection: Connection, then: Callable[[Connection], None], _socket: socket.socket) -> None:
        # An event of the same round may have ended it already.
        if connection in self._waiting:
            self._attempt(connection, then)

    def _attempt(self, connection: Connection, step: Callable[[Connection], None]) -> None:
        """Take a step. If it fails, end this connection, and not the loop."""
        try:
            step(connection)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                self.log.error("There is no room to receive a request: %s", error)  # noqa: TRY400
            self._end(connection)
        except Exception:
            self.log.exception("A connection failed.")
            self._end(connection)

    def _stop_waiting(self, connection: Connection) -> None:
        self._waiting.discard(connection)
        self.poller.unregister(connection.sock)

    def _end(self, connection: Connection) -> None:
        if connection in self._waiting:
            self._stop_waiting(connection)
        self._forget_upload(connection)
        self.nr_conns -= 1
        connection.close()

    def murder_pending(self) -> None:
        """End what is past its deadline. gunicorn calls this after every round of events."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + 1.0
        for connection in [each for each in self._waiting if each.deadline() < now]:
            if connection.incoming is None or connection.is_idle:
                self._end(connection)
            else:
                self._refuse(connection, HTTPStatus.REQUEST_TIMEOUT)

    def _cap_keepalive(self, deadline: float) -> None:
        """Stop waiting for requests that have not begun. gunicorn calls this when it stops."""
        for connection in self._waiting:
            if connection.is_idle:
                connection.deadline = lambda: deadline

    # --- Receiving ----------------------------------------------------------------------------------------------------

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection. If there are too many, the one that has waited longest for a request goes."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in _NO_FILES:
                self._make_room()
            elif error.errno not in _GONE:
                raise
            return
        self.nr_conns += 1
        if self.nr_conns >= self.worker_connections:
            self._make_room()
        self._receive(Connection(self.cfg, client, address, listener.getsockname()))

    def _make_room(self) -> None:
        """End the connection that has waited longest, one without a request before one with a part of a request."""
        if self._waiting:
            self._end(min(self._waiting, key=lambda each: (not each.is_idle, each.since)))

    def _receive(self, connection: Connection, already: bytes = b"") -> None:
        incoming = connection.incoming = IncomingRequest(body_bytes, self._folder)
        idle_until = time.monotonic() + (self.cfg.keepalive if self.alive else STOP_SECONDS)
        self._wait(
            connection,
            selectors.EVENT_READ,
            partial(self._read, incoming=incoming),
            lambda: idle_until if incoming.is_idle else incoming.deadline,
        )
        if already:
            self._take(connection, incoming, already)

    def _read(self, connection: Connection, incoming: IncomingRequest) -> None:
        try:
            data = connection.sock.recv(incoming.room)
        except BlockingIOError:
            return
        if data:
            self._take(connection, incoming, data)
        else:
            self._end(connection)

    def _take(self, connection: Connection, incoming: IncomingRequest, data: bytes) -> None:
        had_head = incoming.head is not None
        try:
            incoming.feed(data, time.monotonic())
        except HeadTooLarge:
            self._refuse(connection, HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return
        if incoming.is_complete:
            self._stop_waiting(connection)
            self._forget_upload(connection)
            connection.is_cut, connection.leftover = incoming.is_cut, incoming.leftover
            incoming.rewind()
            connection.parser = get_parser(self.cfg, incoming, connection.client)
            self.enqueue_req(connection)
        elif incoming.head is not None and not had_head:
            if incoming.head.target.startswith(FILES_PATH):
                self._replace_upload(connection, incoming.head.target)
            if incoming.expects_continue:
                connection.sock.send(_CONTINUE, socket.MSG_DONTWAIT)

    def _replace_upload(self, connection: Connection, target: str) -> None:
        """Keep one half-sent file for each link, the latest, so that no link takes more room than its file."""
        former = self._uploads.get(target)
        if former is not None:
            self._end(former)
        self._uploads[target] = connection

    def _forget_upload(self, connection: Connection) -> None:
        head = connection.incoming.head if connection.incoming else None
        if head is not None and self._uploads.get(head.target) is connection:
            del self._uploads[head.target]

    def _refuse(self, connection: Connection, status: HTTPStatus) -> None:
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        self._stop_waiting(connection)
        self._forget_upload(connection)
        try:
            connection.sock.send(line.encode(), socket.MSG_DONTWAIT)
        except OSError:
            self._end(connection)
        else:
            self._linger(connection)

    # --- In a thread --------------------------------------------------------------------------------------------------

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Let the application write to the outbox instead of the network."""
        if conn.is_cut:
            req.force_close()
        req._expected_100_continue = False  # noqa: SLF001 - the loop has sent it
        conn.outbox = Outbox(conn.sock, self._folder)
        network, conn.sock = conn.sock, conn.outbox
        try:
            return super().handle_request(req, conn)
        finally:
            conn.sock = network

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: BaseException) -> None:
        """Answer a request that is not HTTP, without waiting long for the other side to take the answer."""
        client.settimeout(LINGER_SECONDS)
        super().handle_error(req, client, addr, exc)

    # --- Sending ------------------------------------------------------------------------------------------------------

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        """Send the rest of the response. gunicorn calls this in the loop when the thread is done."""
        conn.is_kept = not fs.cancelled() and fs.exception() is None and bool(fs.result())
        self._attempt(conn, self._send)

    def _send(self, connection: Connection) -> None:
        connection.forget_request()
        connection.sock.setblocking(False)
        outbox = connection.outbox
        if outbox is None or outbox.is_empty:
            self._sent(connection)
        else:
            began_at = time.monotonic()
            then = partial(self._flush, outbox=outbox)
            self._wait(connection, selectors.EVENT_WRITE, then, lambda: began_at + outbox.seconds)

    def _flush(self, connection: Connection, outbox: Outbox) -> None:
        outbox.flush()
        if outbox.is_empty:
            self._stop_waiting(connection)
            self._sent(connection)

    def _sent(self, connection: Connection) -> None:
        if connection.is_kept:
            self._receive(connection, connection.leftover)
        else:
            self._linger(connection)

    def _linger(self, connection: Connection) -> None:
        """Close, but only after the other side did: what it still sends would make the kernel drop the response."""
        try:
            connection.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._end(connection)
            return
        connection.forget_request()
        until, drained = time.monotonic() + LINGER_SECONDS, 0

        def drain(connection: Connection) -> None:
            nonlocal drained
            data = connection.sock.recv(LINGER_BYTES)
            drained += len(data)
            if not data or drained > LINGER_BYTES:
                self._end(connection)

        self._wait(connection, selectors.EVENT_READ, drain, lambda: until)
