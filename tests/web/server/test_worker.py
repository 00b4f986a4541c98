"""The web process answers everybody, however slowly others send their requests and take their responses."""

from __future__ import annotations

import hashlib
import os
import random
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from albums import storage
from tests.integration.breaking_proxy import CUT, curl_again, needs_curl
from tests.services.observing import until
from tests.web.server.served import Served, answer_on, served

MANY = 50
CONTENT = random.Random(1).randbytes(3 * 1024 * 1024)
JSON = b"POST /api/v1/albums/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def web() -> Iterator[Served]:
    with served() as web:
        yield web


def upload_head(web: Served, number: int = 1, *, content: bytes = CONTENT, more: bytes = b"") -> bytes:
    presigned = web.store.presigned_upload(
        storage.original_key(1, number),
        size=len(content),
        content_type="image/jpeg",
        sha256=hashlib.sha256(content).hexdigest(),
        expires_in=600,
    )
    head = f"PUT {presigned.url} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
    return head.encode() + more + b"Content-Length: %d\r\n\r\n" % len(content)


def download_head(web: Served, *, more: bytes = b"", content: bytes = CONTENT) -> bytes:
    key = storage.original_key(1, len(content))
    if not web.store.exists(key):
        web.store.write_bytes(key, content, "image/jpeg")
    link = web.store.download_link(key, file_name="a.jpg", content_type="image/jpeg", expires_in=600)
    return f"GET {link} HTTP/1.1\r\nHost: localhost\r\n".encode() + more + b"\r\n"


HALF_SENT: dict[str, Callable[[Served, int], bytes]] = {
    "nothing": lambda _web, _number: b"",
    "a byte": lambda _web, _number: b"G",
    "headers": lambda _web, _number: b"GET /health/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "a JSON body": lambda _web, _number: JSON + b'Content-Length: 20\r\n\r\n{"name": ',
    "a form": lambda _web, _number: JSON.replace(b"/api/v1/albums/", b"/admin/login/") + b"Content-Length: 9\r\n\r\na=",
    "a body in chunks": lambda _web, _number: JSON + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
    "a file": lambda web, number: upload_head(web, number) + CONTENT[: 200 * 1024],
    "a file without a link": lambda _web, _number: b"PUT /files/x HTTP/1.1\r\nContent-Length: 9999\r\n\r\nabc",
}


@pytest.mark.parametrize("name", sorted(HALF_SENT))
def test_half_sent_requests_keep_nobody_waiting(web: Served, name: str) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(web.send(HALF_SENT[name](web, number))) for number in range(MANY)]
        assert web.answers()
        for connection in slow:
            connection.sendall(b"1")
        assert web.answers()


def test_clients_that_take_no_response_keep_nobody_waiting(web: Served) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(web.connect(4096)) for _ in range(MANY)]
        for connection in slow:
            connection.sendall(download_head(web))
        assert web.answers()
        # Each still gets all of it.
        for connection in slow[:3]:
            assert answer_on(connection).body == CONTENT


def test_a_part_of_a_file_is_not_copied_for_a_slow_client(web: Served) -> None:
    head = download_head(web, more=b"Range: bytes=1-\r\n", content=bytes(20 << 20))  # more than the system buffers
    with web.connect(4096) as slow:
        slow.sendall(head)
        assert slow.recv(17) == b"HTTP/1.1 206 Part"
        assert not until(lambda: bool(open_files(web)), 1)


def test_clients_that_do_not_close_keep_nobody_waiting(web: Served) -> None:
    with ExitStack() as stack:
        for _ in range(MANY):
            stack.enter_context(web.send(b"GET /health/ HTTP/1.0\r\n\r\n"))
        assert web.answers()


def test_a_request_that_takes_too_long_is_ended(web: Served) -> None:
    with web.send(b"GET /health/ HTTP/1.1\r\nX-Slow: ") as connection:
        for _ in range(3):
            assert web.answers()
            connection.sendall(b"1")
        assert connection.recv(1) == b""


def test_a_file_may_come_in_pieces(web: Served) -> None:
    head = upload_head(web, 2)
    with web.send(head[:30]) as connection:
        for data in (head[30:], CONTENT[:1], CONTENT[1:100_000], CONTENT[100_000:]):
            assert web.answers()
            connection.sendall(data)
        assert answer_on(connection).status == 200
    assert web.store.read_bytes(storage.original_key(1, 2)) == CONTENT


def test_a_client_may_ask_before_it_sends_a_file(web: Served) -> None:
    with web.send(upload_head(web, 3, more=b"Expect: 100-continue\r\n")) as connection:
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(CONTENT)
        assert connection.recv(17) == b"HTTP/1.1 200 OK\r\n"
    assert web.store.read_bytes(storage.original_key(1, 3)) == CONTENT


@pytest.mark.parametrize(
    ("target", "length", "status"),
    [
        ("PUT /files/x", 10**9, 403),
        ("POST /api/v1/albums/", 10**9, 401),
        ("POST /_allauth/browser/v1/auth/login", 10**9, 400),
        ("GET /health/", 10**9, 200),
    ],
)
def test_nobody_makes_it_keep_a_large_body(web: Served, target: str, length: int, status: int) -> None:
    """The view answers from the headers, and the connection is closed."""
    head = f"{target} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    with web.send(head.encode()) as connection:
        response = answer_on(connection)
        assert (response.status, response.headers["Connection"]) == (status, "close")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("bytes=0-", CONTENT), ("bytes=7-99", CONTENT[7:100]), ("bytes=-1000", CONTENT[-1000:])],
)
def test_it_sends_a_part_of_a_file(web: Served, asked: str, expected: bytes) -> None:
    with web.send(download_head(web, more=f"Range: {asked}\r\n".encode())) as connection:
        response = answer_on(connection)
        assert (response.status, response.headers["Content-Length"]) == (206, str(len(expected)))
        assert response.body == expected


@needs_curl
def test_a_download_that_broke_off_goes_on_with_another_link(web: Served, tmp_path: Path) -> None:
    key, names = storage.original_key(2, 1), iter(["a.zip", "other.zip"])
    web.store.write_bytes(key, CONTENT, "application/zip")

    def link() -> str:
        path = web.store.download_link(key, file_name=next(names), content_type="application/zip", expires_in=60)
        return f"http://localhost:{web.port}{path}"

    assert curl_again(tmp_path / "a.zip", link, port=web.port, after=1 << 20) == [CUT, 0]
    assert (tmp_path / "a.zip").read_bytes() == CONTENT


def test_it_answers_requests_that_were_sent_at_once_one_by_one(web: Served) -> None:
    health = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with web.send(health * 2 + download_head(web, more=b"Connection: close\r\n")) as connection:
        received = b"".join(iter(lambda: connection.recv(1024 * 1024), b""))
    assert received.count(b"HTTP/1.1 200 OK") == 3
    assert received.count(b'{"status": "ok"}') == 2
    assert received.endswith(CONTENT)


@pytest.mark.parametrize("path", ["/health/", "/s/guessed", "/api/v1/albums/", "/no/such/page", "a file"])
def test_nothing_follows_the_headers_after_head(web: Served, path: str) -> None:
    """It would be taken for the next response, which may be somebody else's behind a proxy."""
    following = b"GET /health/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() if path[0] == "/" else download_head(web)
    with web.send(asked.replace(b"GET", b"HEAD", 1) + following) as connection:
        received = b"".join(iter(lambda: connection.recv(1024 * 1024), b""))
    headers, _, rest = received.partition(b"\r\n\r\n")
    assert rest.startswith(b"HTTP/1.1 200 OK\r\n")
    assert re.search(rb"\r\nContent-Length: [1-9]", headers)


@pytest.mark.parametrize("data", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nHost\r\n\r\n"])
def test_what_is_not_http_is_refused(web: Served, data: bytes) -> None:
    with web.send(data) as connection:
        assert connection.recv(17) == b"HTTP/1.0 400 Bad "


def test_headers_without_end_are_refused(web: Served) -> None:
    with web.send(b"GET / HTTP/1.1\r\n" + b"X-Long: 12345678\r\n" * 4_000) as connection:
        assert answer_on(connection).status == 431


def test_a_stopping_process_answers_what_it_began_to_receive(web: Served) -> None:
    stopping, head = worker_pid(web), upload_head(web, 4)
    with web.send(head[:30]) as connection, web.connect() as idle:
        assert web.answers()
        os.kill(stopping, signal.SIGTERM)
        assert idle.recv(1) == b""
        for data in (head[30:], CONTENT[:100_000], CONTENT[100_000:]):
            connection.sendall(data)
        assert answer_on(connection).status == 200
    assert web.store.read_bytes(storage.original_key(1, 4)) == CONTENT
    assert until(lambda: worker_pid(web) not in (0, stopping)) and web.answers()


def test_nothing_stays_behind(web: Served) -> None:
    """After all the tests above: no half-received file on the disk."""
    assert until(lambda: not open_files(web))
    assert list(web.data_dir.iterdir()) == []


def test_it_ends_when_a_slow_client_has_the_whole_response(web: Served) -> None:
    """In a container, what the system still has to send would be lost with the network of the container."""
    content = bytes(200_000)
    with web.connect(4096) as slow:
        slow.sendall(download_head(web, content=content))
        assert slow.recv(1, socket.MSG_PEEK)
        web.program.signal(signal.SIGTERM)
        assert web.program.wait(3) is None
        assert answer_on(slow).body == content
        assert web.program.wait(20) == 0


def open_files(web: Served) -> set[str]:
    """The files without a name in which the process keeps requests and responses."""
    folder = Path("/proc") / str(worker_pid(web)) / "fd"
    return {str(each.readlink()) for each in folder.iterdir() if str(web.data_dir) in str(each.readlink())}


def worker_pid(web: Served) -> int:
    """0 while there is none."""
    children = Path(f"/proc/{web.program.pid}/task/{web.program.pid}/children").read_text().split()
    return int(children[0]) if children else 0
