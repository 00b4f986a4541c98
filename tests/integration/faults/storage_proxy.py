"""A proxy between S3 and everybody who uses it. It forwards everything, or fails as storages do."""

from __future__ import annotations

import http.client
import random
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.integration.faults.tally import note
from tests.services.ports import PortReservation
from tests.services.s3 import Swift

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


@dataclass(frozen=True)
class StorageRequest:
    """A request to the storage."""

    method: str
    key: str
    query: dict[str, list[str]]

    @property
    def is_browsers(self) -> bool:
        """True for a signed link, as browsers use. The service itself signs a header."""
        return "X-Amz-Signature" in self.query

    @property
    def is_part(self) -> bool:
        """True for one part of a large object."""
        return self.method == "PUT" and "partNumber" in self.query

    @property
    def is_original(self) -> bool:
        """True for a photo's original."""
        return self.key.endswith("/original")

    def does(self, subresource: str) -> bool:
        """True when the request is for this subresource of S3, such as `uploads`."""
        return subresource in self.query


@dataclass(frozen=True)
class Fault:
    """What happens to a request. Without any field set it is forwarded."""

    name: str
    status: int = 0
    """Answer with this status and `code`, without forwarding."""
    code: str = ""
    silent_seconds: float = 0.0
    """Seconds without an answer. Then the request continues."""
    bytes_per_second: int = 0
    """How fast the answer arrives; 0 is no limit."""
    cuts_request: bool = False
    """The connection breaks after half of the body. Nothing is forwarded."""
    cuts_answer: bool = False
    """The connection breaks in the middle of the answer's body."""
    loses_answer: bool = False
    """The request is carried out, but the connection breaks before the answer."""
    corrupts_request: bool = False
    """One bit of the body changes on the way."""
    corrupts_answer: bool = False
    """One bit of the answer's body changes on the way."""


BUSY = Fault("busy", status=503, code="SlowDown")
FAILING = Fault("failing", status=500, code="InternalError")
FULL = Fault("full", status=507, code="InsufficientStorage")
UNKNOWN_KEY = Fault("unknown key", status=403, code="InvalidAccessKeyId")
WRONG_SECRET = Fault("wrong secret", status=403, code="SignatureDoesNotMatch")
SILENT = Fault("silent", silent_seconds=1.5)
# Longer than the sixty seconds for which the service waits.
DEAF = Fault("deaf", silent_seconds=65.0)
SLOW = Fault("slow", bytes_per_second=40_000)
CUT_REQUEST = Fault("cut request", cuts_request=True)
CUT_ANSWER = Fault("cut answer", cuts_answer=True)
LOST_ANSWER = Fault("lost answer", loses_answer=True)
CORRUPTED_REQUEST = Fault("corrupted request", corrupts_request=True)
CORRUPTED_ANSWER = Fault("corrupted answer", corrupts_answer=True)

_NOTHING = Fault("nothing")
Choice = Callable[[StorageRequest], Fault | None]


class UnreliableStorage:
    """The S3 server behind a proxy, which applies the current choice of faults.

    `hits` counts the faults by name.
    """

    def __init__(self, s3: Swift) -> None:
        self._s3 = s3
        self._port = PortReservation()
        self.hits: Counter[str] = Counter()
        self._choice: Choice = lambda _: None
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", self._port.port), _Handler)
        self._server.storage = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], name="unreliable storage")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._server.break_connections()
        self._port.release()

    @property
    def url(self) -> str:
        """The STORAGE_URL of the proxy. Signatures stay valid, since they cover the Host header, which is forwarded."""
        return self._s3.url.replace(f":{self._s3.port}/", f":{self._port.port}/")

    @property
    def upstream(self) -> int:
        """The port of the real server."""
        return self._s3.port

    @contextmanager
    def failing(self, choice: Choice) -> Iterator[Counter[str]]:
        """Inside the block, the choice names the fault for each request. None forwards it."""
        self.hits = Counter()
        self._choice = choice
        try:
            yield self.hits
        finally:
            self._choice = lambda _: None

    def fault_for(self, request: StorageRequest) -> Fault:
        """The fault for this request."""
        with self._lock:
            fault = self._choice(request)
            if fault is not None:
                self.hits[fault.name] += 1
                note(f"storage: {fault.name}")
        return fault or _NOTHING


@dataclass
class Sometimes:
    """A random choice: one of the faults for a share of the requests that meet a condition."""

    chance: random.Random
    share: float
    faults: Sequence[tuple[Fault, Callable[[StorageRequest], bool]]]
    most: int = 10**9
    _done: int = field(default=0, init=False)

    def __call__(self, request: StorageRequest) -> Fault | None:
        """The fault for a request."""
        fitting = [fault for fault, fits in self.faults if fits(request)]
        if not fitting or self._done >= self.most or self.chance.random() > self.share:
            return None
        self._done += 1
        return self.chance.choice(fitting)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    storage: UnreliableStorage

    def __init__(self, *arguments: Any) -> None:
        self._connections: set[socket.socket] = set()
        super().__init__(*arguments)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._connections.discard(request)
        super().shutdown_request(request)

    def break_connections(self) -> None:
        """Close the connections that clients keep open."""
        for connection in list(self._connections):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that went away."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Log nothing."""

    def _do(self) -> None:
        parts = urlsplit(self.path)
        request = StorageRequest(self.command, parts.path, parse_qs(parts.query, keep_blank_values=True))
        fault = self.server.storage.fault_for(request)
        body = self._body(fault)
        if body is None:
            self._break()
            return
        time.sleep(fault.silent_seconds)
        if fault.status:
            self._refuse(fault)
            return
        self._pass_on(body, fault)

    # http.server looks for these names.
    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = do_OPTIONS = _do  # noqa: N815

    def _body(self, fault: Fault) -> bytes | None:
        """The body of the request, or None when the connection breaks in the middle of it."""
        length = int(self.headers.get("Content-Length") or 0)
        if fault.cuts_request:
            self.rfile.read(length // 2)
            return None
        body = self.rfile.read(length)
        return _corrupted(body) if fault.corrupts_request else body

    def _pass_on(self, body: bytes, fault: Fault) -> None:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.server.storage.upstream, timeout=120)) as server:
                server.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    # The proxy has already answered "100 Continue" and has the whole body.
                    if name.lower() not in {"expect", "connection"}:
                        server.putheader(name, value)
                server.endheaders(body or None)
                response = server.getresponse()
                answer = response.read()
        except (OSError, http.client.HTTPException):
            self._break()
            return
        if fault.loses_answer:
            self._break()
        else:
            self._answer(response, _corrupted(answer) if fault.corrupts_answer else answer, fault)

    def _answer(self, response: http.client.HTTPResponse, answer: bytes, fault: Fault) -> None:
        self.send_response_only(response.status, response.reason)
        for name, value in response.getheaders():
            if name.lower() not in _HOP_BY_HOP:
                self.send_header(name, value)
        is_head = self.command == "HEAD"
        self.send_header(
            "Content-Length", (response.getheader("Content-Length") or "0") if is_head else str(len(answer))
        )
        self.end_headers()
        if fault.cuts_answer:
            self.wfile.write(answer[: len(answer) // 2])
            self._break()
        elif fault.bytes_per_second:
            for start in range(0, len(answer), fault.bytes_per_second // 10):
                self.wfile.write(answer[start : start + fault.bytes_per_second // 10])
                time.sleep(0.1)
        elif not is_head:
            self.wfile.write(answer)

    def _refuse(self, fault: Fault) -> None:
        text = f"<?xml version='1.0' encoding='UTF-8'?><Error><Code>{fault.code}</Code><Message>No.</Message></Error>"
        body = b"" if self.command == "HEAD" else text.encode()
        self.send_response_only(fault.status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _break(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)


def _corrupted(data: bytes) -> bytes:
    """Flip one bit in the middle. The headers of a photo are at its beginning."""
    if not data:
        return data
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :]
