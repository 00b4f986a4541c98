"""The signed links of a storage folder, over HTTP."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory, override_settings

from albums import storage
from albums.storage import Storage
from web.api.problems import PROBLEMS
from web.files import upload_or_download

# Closing a response ends a request. Django then checks database connections that earlier tests left open.
pytestmark = pytest.mark.django_db

KEY = storage.original_key(1, 2)
CONTENT = bytes(range(256)) * 40
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Storage]:
    with override_settings(STORAGE_URL=f"file://{tmp_path}/objects"):
        yield storage.get_storage()


@pytest.fixture
def link(store: Storage) -> str:
    """A download link to an existing object."""
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    return store.download_link(KEY, file_name="Été.jpg", content_type="image/jpeg", expires_in=60)


def call(
    method: str,
    url: str,
    body: bytes = b"",
    *,
    content_type: str = "application/octet-stream",
    headers: Mapping[str, str] | None = None,
) -> HttpResponseBase:
    request = RequestFactory().generic(method, url, body, content_type=content_type, headers=headers)
    response = upload_or_download(request, token=url.removeprefix("/files/"))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    return response


def body_of(response: HttpResponseBase) -> bytes:
    try:
        return response.getvalue()
    finally:
        response.close()


def code_of(response: HttpResponseBase) -> str:
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    problem = json.loads(body_of(response))
    assert problem["status"] == response.status_code
    assert problem["detail"]
    assert problem["title"] == PROBLEMS[problem["code"]]
    assert problem["type"].endswith(f"/api/v1/problems/#{problem['code']}")
    return str(problem["code"])


def put(
    store: Storage, body: bytes, *, announced: bytes = CONTENT, content_type: str = "image/jpeg"
) -> HttpResponseBase:
    presigned = store.presigned_upload(
        KEY,
        size=len(announced),
        content_type="image/jpeg",
        sha256=hashlib.sha256(announced).hexdigest(),
        expires_in=60,
    )
    return call(presigned.method, presigned.url, body, content_type=content_type)


class TestUploading:
    """A presigned upload accepts one file and no other."""

    def test_it_stores_the_announced_file(self, store: Storage) -> None:
        for _ in range(2):
            response = put(store, CONTENT)
            assert response.status_code == 200
            assert body_of(response) == b""
        assert store.read_bytes(KEY) == CONTENT

    def test_it_stores_files_larger_than_djangos_limit_for_forms(self, store: Storage) -> None:
        content = bytes(4 * 1024 * 1024)
        assert put(store, content, announced=content).status_code == 200
        assert store.size(KEY) == len(content)

    @pytest.mark.parametrize(
        ("body", "content_type", "status", "code"),
        [
            (CONTENT[:-1], "image/jpeg", 400, "wrong_size"),
            (CONTENT[::-1], "image/jpeg", 400, "wrong_checksum"),
            (CONTENT, "text/html", 415, "wrong_type"),
            (CONTENT, "image/jpeg; charset=x", 415, "wrong_type"),
        ],
    )
    def test_it_refuses_another_file(
        self, store: Storage, body: bytes, content_type: str, status: int, code: str
    ) -> None:
        response = put(store, body, content_type=content_type)
        assert response.status_code == status
        assert code_of(response) == code
        assert not store.exists(KEY)

    def test_it_needs_the_length_first(self, store: Storage) -> None:
        presigned = store.presigned_upload(KEY, size=1, content_type="image/jpeg", sha256=SHA256, expires_in=60)
        request = RequestFactory().put(presigned.url, b"x", content_type="image/jpeg", CONTENT_LENGTH="")
        response = upload_or_download(request, token=presigned.url.removeprefix("/files/"))
        assert response.status_code == 411
        assert code_of(response) == "length_required"

    def test_a_broken_connection_tells_the_client_to_repeat(self, store: Storage) -> None:
        class Broken(io.BytesIO):
            def read(self, *sizes: int | None) -> bytes:
                raise ConnectionResetError

        presigned = store.presigned_upload(KEY, size=10, content_type="image/jpeg", sha256=SHA256, expires_in=60)
        environment: dict[str, Any] = {"wsgi.input": Broken()}
        request = RequestFactory().put(presigned.url, b"0123456789", content_type="image/jpeg", **environment)
        response = upload_or_download(request, token=presigned.url.removeprefix("/files/"))
        assert response.status_code == 400
        assert not store.exists(KEY)

    def test_a_download_link_takes_no_upload(self, store: Storage, link: str) -> None:
        response = call("PUT", link, b"other", content_type="image/jpeg")
        assert response.status_code == 403
        assert store.read_bytes(KEY) == CONTENT

    def test_no_cookie_and_no_csrf_token_is_needed(self, store: Storage) -> None:
        assert getattr(upload_or_download, "csrf_exempt", False) is True


class TestDownloading:
    """A link sends its object, whole or in a range."""

    def test_it_sends_the_whole_object(self, link: str) -> None:
        response = call("GET", link)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Length"] == str(len(CONTENT))
        assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%89t%C3%A9.jpg"
        assert response["Accept-Ranges"] == "bytes"
        assert response["Cache-Control"] == "private, no-cache"
        assert body_of(response) == CONTENT

    def test_a_view_link_can_be_kept_by_the_browser(self, store: Storage, link: str) -> None:
        response = call("GET", store.view_link(KEY, content_type="image/webp"))
        assert body_of(response) == CONTENT
        assert response["Content-Type"] == "image/webp"
        assert response["Content-Disposition"] == "inline"
        assert response["Cache-Control"] == "private, max-age=86400, immutable"

    def test_head_sends_the_same_headers_without_the_bytes(self, link: str) -> None:
        full, head = call("GET", link), call("HEAD", link)
        assert head.status_code == 200
        assert body_of(head) == b""
        assert dict(head.items()) == dict(full.items())
        full.close()

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-0", 0, 0),
            ("bytes=0-99", 0, 99),
            ("bytes=100-", 100, len(CONTENT) - 1),
            ("bytes=-5", len(CONTENT) - 5, len(CONTENT) - 1),
            ("bytes=-999999", 0, len(CONTENT) - 1),
            ("bytes=5-999999", 5, len(CONTENT) - 1),
            ("Bytes = 5-6", 5, 6),
        ],
    )
    def test_it_sends_a_range(self, link: str, asked: str, first: int, last: int) -> None:
        response = call("GET", link, headers={"Range": asked})
        assert response.status_code == 206
        assert response["Content-Range"] == f"bytes {first}-{last}/{len(CONTENT)}"
        assert response["Content-Length"] == str(last - first + 1)
        assert body_of(response) == CONTENT[first : last + 1]

    @pytest.mark.parametrize("asked", [f"bytes={len(CONTENT)}-", "bytes=-0", "bytes=9999999999999999999-"])
    def test_it_refuses_a_range_beyond_the_end(self, link: str, asked: str) -> None:
        response = call("GET", link, headers={"Range": asked})
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(CONTENT)}"
        assert code_of(response) == "range_not_satisfiable"

    @pytest.mark.parametrize(
        "asked", ["bytes=5-4", "bytes=a-b", "bytes=-", "bytes=0-1,5-6", "items=0-1", "bytes=1", ""]
    )
    def test_it_sends_the_whole_object_for_an_invalid_range(self, link: str, asked: str) -> None:
        response = call("GET", link, headers={"Range": asked})
        assert response.status_code == 200
        assert body_of(response) == CONTENT

    def test_an_empty_object_has_no_range(self, store: Storage) -> None:
        store.write_bytes(KEY, b"", "image/jpeg")
        link = store.view_link(KEY, content_type="image/jpeg")
        assert body_of(call("GET", link)) == b""
        assert call("GET", link, headers={"Range": "bytes=0-"}).status_code == 416

    def test_a_download_resumes_only_if_the_object_is_the_same(self, store: Storage, link: str) -> None:
        before = call("GET", link)
        before.close()
        for validator in (before["ETag"], before["Last-Modified"]):
            response = call("GET", link, headers={"Range": "bytes=10-", "If-Range": validator})
            assert response.status_code == 206
            assert body_of(response) == CONTENT[10:]
        store.write_bytes(KEY, CONTENT[::-1], "image/jpeg")
        response = call("GET", link, headers={"Range": "bytes=10-", "If-Range": before["ETag"]})
        assert response.status_code == 200
        assert body_of(response) == CONTENT[::-1]

    def test_it_does_not_send_again_what_the_browser_has(self, link: str) -> None:
        first = call("GET", link)
        first.close()
        for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
            response = call("GET", link, headers=condition)
            assert response.status_code == 304
            assert body_of(response) == b""
            assert response["ETag"] == first["ETag"]

    def test_a_failed_condition_is_reported(self, link: str) -> None:
        assert call("GET", link, headers={"If-Match": '"another"'}).status_code == 412

    def test_a_response_nobody_reads_closes_its_file(self, link: str) -> None:
        for headers in ({}, {"Range": "bytes=0-5"}, {"Range": "bytes=5-"}):
            call("GET", link, headers=headers).close()  # an open file would be a warning, and a warning is an error


class TestRefusing:
    """All other requests are refused with a code."""

    def test_it_refuses_an_invalid_link(self, store: Storage) -> None:
        for method in ("GET", "HEAD", "PUT"):
            response = call(method, "/files/nonsense", b"x", content_type="image/jpeg")
            assert response.status_code == 403
            assert code_of(response) == "link_invalid"

    def test_a_link_expires(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "image/jpeg")
        link = store.download_link(KEY, file_name="a.jpg", content_type="image/jpeg", expires_in=0)
        assert call("GET", link).status_code == 403

    def test_a_deleted_object_is_not_found(self, store: Storage, link: str) -> None:
        store.delete([KEY])
        response = call("GET", link)
        assert response.status_code == 404
        assert code_of(response) == "not_found"

    def test_a_failing_storage_asks_to_retry_and_reveals_nothing(
        self, store: Storage, link: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        path = tmp_path / "objects" / KEY
        path.unlink()
        path.symlink_to("/etc/passwd")
        response = call("GET", link)
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert str(tmp_path) not in str(response.getvalue())
        assert code_of(response) == "storage_unavailable"
        assert str(tmp_path) in caplog.text

    @pytest.mark.parametrize("method", ["POST", "DELETE", "PATCH", "OPTIONS"])
    def test_other_methods_are_not_allowed(self, link: str, method: str) -> None:
        request = RequestFactory().generic(method, link)
        response = upload_or_download(request, token=link.removeprefix("/files/"))
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, PUT"

    def test_with_s3_it_serves_no_files(self) -> None:
        with override_settings(STORAGE_URL="s3://KEY:SECRET@127.0.0.1:1/photos?scheme=http"):
            assert call("GET", "/files/any").status_code == 404
