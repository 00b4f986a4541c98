"""Which pages may upload to a bucket, with a server that keeps CORS rules like S3."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree

import pytest

from albums import storage
from albums.storage.s3_cors import missing_origins, rule_for

PAGES = "https://photos.example.org"
NAMESPACE = "{http://s3.amazonaws.com/doc/2006-03-01/}"
OTHERS = (
    b'<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule><AllowedMethod>GET</AllowedMethod>'
    b"<AllowedOrigin>https://elsewhere.example.org</AllowedOrigin></CORSRule></CORSConfiguration>"
)
NONE = b"<Error><Code>NoSuchCORSConfiguration</Code><Message>There is none.</Message></Error>"


class _Bucket(BaseHTTPRequestHandler):
    """A bucket that exists and has rules, or none, or does not support rules."""

    def do_HEAD(self) -> None:
        self._answer(200)

    def do_GET(self) -> None:
        if self.server.status != 200:  # type: ignore[attr-defined]
            self._answer(self.server.status, b"<Error><Code>NotImplemented</Code></Error>")  # type: ignore[attr-defined]
            return
        rules = self.server.rules  # type: ignore[attr-defined]
        self._answer(200 if rules else 404, rules or NONE)

    def do_PUT(self) -> None:
        self.server.rules = self.rfile.read(int(self.headers["Content-Length"]))  # type: ignore[attr-defined]
        self.server.writes += 1  # type: ignore[attr-defined]
        self._answer(200)

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_message: Any) -> None:
        """Nothing."""


@pytest.fixture
def server() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Bucket)
    server.rules, server.writes, server.status = b"", 0, 200
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def store(server: Any) -> Iterator[storage.Storage]:
    store = storage.open_storage(f"s3://K:S@127.0.0.1:{server.server_port}/photos?scheme=http&addressing=path")
    yield store
    store.close()


def _rules(server: Any) -> list[dict[str, list[str]]]:
    return [
        {
            name: [element.text or "" for element in rule.findall(f"{NAMESPACE}{name}")]
            for name in ("AllowedOrigin", "AllowedMethod", "AllowedHeader")
        }
        for rule in ElementTree.fromstring(server.rules)
    ]


def test_an_existing_bucket_gets_a_rule_for_our_pages(store: storage.Storage, server: Any) -> None:
    assert store.create_if_missing([PAGES]) is False
    assert _rules(server) == [
        {
            "AllowedOrigin": [PAGES],
            "AllowedMethod": ["PUT", "GET", "HEAD"],
            "AllowedHeader": ["content-type", "x-amz-checksum-sha256"],
        }
    ]


def test_the_rule_is_added_once_and_others_stay(store: storage.Storage, server: Any) -> None:
    server.rules = OTHERS
    for _ in range(3):
        store.create_if_missing([PAGES])
    assert server.writes == 1
    assert [rule["AllowedOrigin"] for rule in _rules(server)] == [["https://elsewhere.example.org"], [PAGES]]


def test_a_new_address_is_allowed_beside_the_old_one(store: storage.Storage, server: Any) -> None:
    store.create_if_missing([PAGES])
    store.create_if_missing(["https://new.example.org"])
    assert [rule["AllowedOrigin"] for rule in _rules(server)] == [[PAGES], ["https://new.example.org"]]


def test_without_rules_the_log_says_what_to_configure(
    store: storage.Storage, server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.status = 501
    with caplog.at_level(logging.WARNING, logger="albums.storage.s3_bucket"):
        store.create_if_missing([PAGES])
    assert server.writes == 0
    assert PAGES in caplog.text
    assert "x-amz-checksum-sha256" in caplog.text


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({}, []),
        ({"AllowedOrigins": ["*"], "AllowedHeaders": ["*"]}, []),
        ({"AllowedOrigins": ["https://*.example.org"], "AllowedHeaders": ["Content-Type", "x-amz-*"]}, []),
        ({"AllowedOrigins": ["http://photos.example.org"]}, [PAGES]),
        ({"AllowedOrigins": ["https://photos.example.org.evil.test"]}, [PAGES]),
        ({"AllowedMethods": ["GET", "HEAD"]}, [PAGES]),
        ({"AllowedHeaders": ["content-type"]}, [PAGES]),
        ({"AllowedHeaders": []}, [PAGES]),
    ],
)
def test_it_recognizes_rules_that_are_enough(changes: dict[str, list[str]], left_out: list[str]) -> None:
    assert missing_origins([{**rule_for([PAGES]), **changes}], [PAGES]) == left_out
