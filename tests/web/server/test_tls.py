"""The web process encrypts by itself: for clients that trust its authority and check its name."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django import Settings

from albums import storage
from tests.web.server.served import Answer, Served, answer_on, served
from web.doctor.addresses import check_encryption
from web.doctor.finding import Level
from web.doctor.http import send
from web.embedded.certificates import certify, fingerprint

CONTENT = random.Random(2).randbytes(5 * 1024 * 1024)
NAMES = ["album.local", "localhost", "127.0.0.1"]


@pytest.fixture(scope="module")
def web() -> Iterator[Served]:
    with served(https=True) as web:
        yield web


def encrypted(
    web: Served, name: str = "album.local", *, receive_bytes: int | None = None, trusted: bool = True
) -> ssl.SSLSocket:
    """A connection to the machine of this name, by a device that checks it and may trust the authority."""
    context = ssl.create_default_context(cafile=web.files.authority if trusted else None)
    with web.connect(receive_bytes) as connection:
        return context.wrap_socket(connection, server_hostname=name)


def asked(connection: socket.socket, target: str, host: str) -> Answer:
    connection.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    return answer_on(connection)


@pytest.mark.parametrize("name", NAMES)
def test_a_device_that_trusts_the_authority_gets_the_page(web: Served, name: str) -> None:
    with encrypted(web, name) as connection:
        answer = asked(connection, "/trust/", f"{name}:{web.port}")
    assert answer.status == 200
    # Somebody who changes the file on its way could leave the true fingerprint on the page. Only the console's counts.
    assert fingerprint(web.files.authority) not in answer.body.decode()
    # Otherwise the name could not be used without encryption for a year, whichever machine has it by then.
    assert "Strict-Transport-Security" not in answer.headers


def test_other_names_and_other_authorities_are_refused(web: Served) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        encrypted(web, "other.local")
    with pytest.raises(ssl.SSLCertVerificationError, match="self-signed"):
        encrypted(web, trusted=False)


def test_large_files_arrive_whole_in_both_directions(web: Served) -> None:
    key = storage.original_key(1, 1)
    upload = web.store.presigned_upload(
        key, size=len(CONTENT), content_type="image/jpeg", sha256=hashlib.sha256(CONTENT).hexdigest(), expires_in=600
    )
    with encrypted(web) as connection:
        head = f"PUT {upload.url} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
        connection.sendall(head.encode() + b"Content-Length: %d\r\n\r\n" % len(CONTENT) + CONTENT)
        assert answer_on(connection).status in {200, 201, 204}
    link = web.store.download_link(key, file_name="a.jpg", content_type="image/jpeg", expires_in=600)
    # A client that takes little at a time makes the server send again what OpenSSL could not.
    with encrypted(web, receive_bytes=4096) as connection:
        assert asked(connection, link, "localhost").body == CONTENT


def test_plain_requests_are_sent_to_the_encrypted_port(web: Served) -> None:
    with web.connect() as connection:
        answer = asked(connection, "/albums", f"album.local:{web.port}")
    assert (answer.status, answer.headers["Location"]) == (301, f"https://album.local:{web.port}/albums")


def test_a_device_gets_the_authority_before_it_can_trust_it(web: Served) -> None:
    with web.connect() as connection:
        assert "/trust/photoalbum.crt" in asked(connection, "/trust/", "localhost").body.decode()
    with web.connect() as connection:
        assert asked(connection, "/trust/photoalbum.crt", "localhost").body == web.files.authority.read_bytes()


def test_the_doctor_trusts_what_the_devices_of_the_household_trust(web: Served, settings: Settings) -> None:
    settings.DATA_DIR, settings.PUBLIC_URL = web.data_dir, f"https://localhost:{web.port}"
    assert {each.level for each in check_encryption()} == {Level.OK}
    assert json.loads(send("GET", f"{settings.PUBLIC_URL}/health/").body) == {"status": "ok"}


def test_cookies_are_never_sent_without_encryption(web: Served) -> None:
    with encrypted(web) as connection:
        [cookie] = asked(connection, "/admin/login/", "album.local").headers.get_all("Set-Cookie") or []
    assert "Secure" in cookie.split("; ")


@pytest.mark.parametrize("began", [b"", b"\x16", b"\x16\x03\x01\x02\x00\x01\x00", b"\x16nonsense" * 20])
def test_half_handshakes_keep_nobody_waiting(web: Served, began: bytes) -> None:
    with ExitStack() as connections:
        for _ in range(20):
            connections.enter_context(web.send(began))
        with encrypted(web) as connection:
            assert asked(connection, "/health/", "localhost").status == http.client.OK


def test_the_authority_stays_and_may_speak_only_for_names_at_home(web: Served) -> None:
    folder = web.files.authority.parent
    before = web.files.authority.read_bytes()
    assert certify(folder, NAMES).authority.read_bytes() == before
    # The old one may speak for neither of these, and no client would accept it.
    for name in ("bank.example", "192.0.2.1"):
        certify(folder, [name, *NAMES])
        assert web.files.authority.read_bytes() != before
        before = web.files.authority.read_bytes()
