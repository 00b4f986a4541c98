"""Storages that are not quite S3: each stub refuses as its provider documents, and as people have reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from threading import Thread
from unittest import mock
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from pytest_django import Settings

from albums import storage
from albums.destinations import DestinationError
from albums.destinations.s3 import BucketDestination
from albums.models import Album, StorageProbe
from albums.services.storage_probe import storage_probe, storage_takes_checksum
from albums.services.uploads import UploadRequest, uploads_create
from albums.sources import SourceError
from albums.sources.s3 import BucketSource
from albums.storage.s3 import S3Storage
from tests.factories import make_album
from web.accounts.models import User

CHECKSUM = "x-amz-checksum-sha256"
KEY = storage.original_key(1, 2)
KIB = 1024

Refusal = Callable[["Handler"], tuple[int, str, str] | None]
"""The status, code and message with which a PUT is refused."""


def backblaze(request: Handler) -> tuple[int, str, str] | None:
    """https://www.backblaze.com/docs/cloud-storage-s3-compatible-api, https://github.com/iterate-ch/cyberduck/issues/16107"""
    if CHECKSUM not in request.headers:
        return None
    return 400, "InvalidArgument", f"Unsupported header '{CHECKSUM}' received for this API call."


def cloudflare_before_2023(request: Handler) -> tuple[int, str, str] | None:
    """R2 takes this header since June 2023. What it does not know, it still answers so.

    https://github.com/cloudflare/cloudflare-docs/issues/4508
    """
    if CHECKSUM not in request.headers:
        return None
    return 501, "NotImplemented", f"Header '{CHECKSUM}' with value '{request.headers[CHECKSUM]}' not implemented"


def old_minio(_: Handler) -> None:
    """It takes the header and does not compare it. https://github.com/storacha/w3infra/issues/72"""


def busy(_: Handler) -> tuple[int, str, str] | None:
    return 503, "SlowDown", "Please reduce your request rate."


def damaging(times: int) -> Refusal:
    """On the way to it, a bit of the first requests changes. https://github.com/fsspec/s3fs/issues/855"""
    left = iter(range(times))

    def refusal(_: Handler) -> tuple[int, str, str] | None:
        if next(left, None) is None:
            return None
        return 400, "XAmzContentSHA256Mismatch", "The provided header does not match what was computed."

    return refusal


def read_only(_: Handler) -> tuple[int, str, str] | None:
    return 403, "AccessDenied", "Access Denied"


def small_proxy(request: Handler) -> tuple[int, str, str] | None:
    """nginx with `client_max_body_size 4k`, before the storage. Its answer is a page."""
    return (413, "", "") if int(request.headers["Content-Length"]) > 4 * KIB else None


class Handler(BaseHTTPRequestHandler):
    """A bucket that forgets everything but the size of its last object. What it was asked for is in `asked`."""

    protocol_version = "HTTP/1.1"
    refusal: Refusal
    asked: list[tuple[str, str]]
    size = 0

    def do_PUT(self) -> None:
        type(self).size = len(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(("PUT", self.path))
        self._answer(type(self).refusal(self))

    def do_POST(self) -> None:
        """Delete objects."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(("POST", self.path))
        self._answer(None, b"<DeleteResult/>")

    def do_HEAD(self) -> None:
        self._answer(None, bytes(self.size))

    def log_message(self, *_: object) -> None:
        """Nothing on the console."""

    def _answer(self, refusal: tuple[int, str, str] | None, body: bytes = b"") -> None:
        status = 200
        if refusal is not None:
            status, code, message = refusal
            body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
            body = body if code else b"<html><h1>Refused</h1></html>"
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if self.command != "HEAD" else b"")


@contextmanager
def served(refusal: Refusal) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The STORAGE_URL of such a storage, and the list of what it was asked."""
    asked: list[tuple[str, str]] = []
    handler = type("Stub", (Handler,), {"refusal": staticmethod(refusal), "asked": asked})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"s3://KEY:SECRET@127.0.0.1:{server.server_address[1]}/photos?scheme=http", asked
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def opened(refusal: Refusal) -> Iterator[storage.Storage]:
    with served(refusal) as (url, _):
        store = storage.open_storage(url)
        try:
            yield store
        finally:
            store.close()


def test_small_requests_share_one_connection() -> None:
    with opened(old_minio) as store:
        assert isinstance(store, S3Storage)
        store.write_bytes(KEY, bytes(3 * KIB), "image/jpeg")
        assert store.size(KEY) == 3 * KIB
        store.write_bytes(KEY, b"", "image/jpeg")
        assert store._connections is not None
        assert store._connections.num_connections == 1


def test_it_sends_again_what_arrived_damaged() -> None:
    with served(damaging(3)) as (url, asked), closing(storage.open_storage(url)) as store:
        store.write_bytes(KEY, b"bytes", content_type="image/jpeg")
        assert len(asked) == 4


def test_an_album_copied_into_another_bucket_is_sent_again_where_it_arrived_damaged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with served(damaging(3)) as (url, asked):
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://{urlsplit(url).hostname}:{urlsplit(url).port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "KEY")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "SECRET")
        BucketDestination("s3://photos/copy").write("a.jpg", iter([b"by", b"tes"]), size=5, sha256="0" * 64)
        assert asked == [("PUT", "/photos/copy/a.jpg")] * 4


def test_an_address_of_another_server_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "localhost:9000")
    for opened_as, refused in ((BucketDestination, DestinationError), (BucketSource, SourceError)):
        with pytest.raises(refused, match=r"Invalid endpoint: localhost:9000\. It needs http:// or https://"):
            opened_as("s3://photos/copy")


def test_it_gives_up_where_everything_arrives_damaged() -> None:
    with served(damaging(100)) as (url, asked), closing(storage.open_storage(url)) as store:
        with pytest.raises(storage.StorageRefused, match="arrives damaged"):
            store.write_bytes(KEY, b"bytes", content_type="image/jpeg")
        assert len(asked) < 10


@pytest.mark.parametrize(
    ("refusal", "takes"),
    [
        (backblaze, False),
        (cloudflare_before_2023, False),
        (old_minio, True),
        # It refuses everything: that is no answer about checksums.
        (read_only, True),
    ],
)
def test_it_finds_out_whether_the_storage_takes_a_checksum(refusal: Refusal, *, takes: bool) -> None:
    with opened(refusal) as store:
        assert store.takes_checksum() is takes


def test_a_busy_storage_says_nothing_about_checksums() -> None:
    with opened(busy) as store, pytest.raises(storage.StorageUnavailable, match="busy"):
        store.takes_checksum()


def test_the_probe_is_signed_and_deleted() -> None:
    with served(backblaze) as (url, asked):
        store = storage.open_storage(url)
        store.takes_checksum()
        store.close()
    (put, first), (again, second), (post, _) = asked
    assert (put, again, post) == ("PUT", "PUT", "POST")
    assert CHECKSUM in first and CHECKSUM not in second
    assert urlsplit(first).path == urlsplit(second).path == "/photos/albums/checksum-probe"


def test_a_proxy_that_limits_requests_is_named_with_the_remedy() -> None:
    with opened(small_proxy) as store:
        store.write_bytes(KEY, bytes(4 * KIB), "image/jpeg")
        with pytest.raises(storage.BodyTooLarge, match=r"A proxy in front of it limits .* at least 64 MiB"):
            store.write_bytes(KEY, bytes(5 * KIB), "image/jpeg")


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _headers(album: Album) -> set[str]:
    [result] = uploads_create(album, [UploadRequest("a.jpg", 3, "ab" * 32)])
    assert result.upload is not None
    return set(result.upload.headers)


@pytest.mark.django_db
def test_presigned_uploads_follow_what_was_found_out(album: Album, settings: Settings) -> None:
    with served(backblaze) as (url, _):
        settings.STORAGE_URL = url
        assert _headers(album) == {"Content-Type", CHECKSUM}
        assert storage_probe() is False
        assert _headers(album) == {"Content-Type"}
        no_answer = storage.StorageUnavailable("no answer")
        with (
            mock.patch.object(storage.get_storage(), "takes_checksum", side_effect=no_answer),
            pytest.raises(storage.StorageUnavailable),
        ):
            storage_probe()
        assert storage_takes_checksum() is False
    with served(old_minio) as (url, _):
        # Another storage, which was never tried.
        settings.STORAGE_URL = url
        assert _headers(album) == {"Content-Type", CHECKSUM}
        assert storage_probe() is True
    assert list(StorageProbe.objects.order_by("id").values_list("takes_checksum", flat=True)) == [False, True]
    assert "SECRET" not in "".join(StorageProbe.objects.values_list("place", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("refusal", "out", "err"),
    [
        (backblaze, "refuses uploads with a checksum", ""),
        (old_minio, "", ""),
        (busy, "", "Could not try an upload"),
    ],
)
def test_initialize_tries_the_storage(refusal: Refusal, out: str, err: str, settings: Settings) -> None:
    said, warned = StringIO(), StringIO()
    with served(refusal) as (url, _):
        settings.STORAGE_URL = url
        call_command("initialize", verbosity=0, stdout=said, stderr=warned)
    assert out in said.getvalue() and bool(out) == bool(said.getvalue())
    assert err in warned.getvalue() and bool(err) == bool(warned.getvalue())
