"""The S3 storage against a real server with real signatures."""

from __future__ import annotations

import hashlib
import os
import tracemalloc
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime, timedelta
from email.message import Message
from functools import partial
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit, urlunsplit
from zipfile import ZipFile

import pytest
from botocore.exceptions import ClientError

from albums import storage
from albums.storage import Storage
from albums.storage.s3 import S3Storage
from tests.factories import zip_entry
from tests.integration.breaking_proxy import BreakingProxy
from tests.integration.conftest import bucket_url
from tests.storage_contract import ANY_AGE, KEY, MIB, StorageContract
from worker.stages.export_zip import write_zip

CONTENT = os.urandom(20_000)


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def fetch(method: str, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """Send a request like a browser: no credentials, only the URL and the headers."""
    request = urllib.request.Request(url, data=body, headers=dict(headers or {}), method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return Answer(response.status, response.headers, response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


class TestS3Storage(StorageContract):
    """The bucket does what every storage does."""


class TestPresignedUploads:
    """Bytes go straight to the server, which accepts only the announced ones."""

    @staticmethod
    def presigned(store: Storage, *, expires_in: int = 60) -> storage.PresignedUpload:
        return store.presigned_upload(
            KEY,
            size=len(CONTENT),
            content_type="image/jpeg",
            sha256=hashlib.sha256(CONTENT).hexdigest(),
            expires_in=expires_in,
        )

    def test_it_takes_the_announced_file_more_than_once(self, store: Storage) -> None:
        presigned = self.presigned(store)
        for _ in range(2):
            assert fetch(presigned.method, presigned.url, CONTENT, presigned.headers).status == 200
        assert store.read_bytes(KEY) == CONTENT

    def test_other_bytes_of_the_same_size_are_refused(self, store: Storage) -> None:
        presigned = self.presigned(store)
        assert fetch("PUT", presigned.url, CONTENT[::-1], presigned.headers).status == 400
        assert not store.exists(KEY)

    def test_other_bytes_with_their_own_checksum_are_refused(self, store: Storage) -> None:
        presigned = self.presigned(store)
        other = store.presigned_upload(
            KEY,
            size=len(CONTENT),
            content_type="image/jpeg",
            sha256=hashlib.sha256(CONTENT[::-1]).hexdigest(),
            expires_in=60,
        )
        assert fetch("PUT", presigned.url, CONTENT[::-1], other.headers).status == 403
        assert not store.exists(KEY)

    def test_it_is_known_to_take_checksums(self, store: Storage) -> None:
        assert store.takes_checksum() is True
        assert list(store.list_keys("albums/")) == []

    def test_without_a_checksum_size_and_type_are_as_strict(self, store: Storage) -> None:
        presigned = store.presigned_upload(
            KEY, size=len(CONTENT), content_type="image/jpeg", sha256=None, expires_in=60
        )
        assert fetch("PUT", presigned.url, CONTENT[:-1], presigned.headers).status == 403
        assert fetch("PUT", presigned.url, CONTENT, {"Content-Type": "text/html"}).status == 403
        assert fetch("PUT", presigned.url, CONTENT, presigned.headers).status == 200
        assert store.read_bytes(KEY) == CONTENT

    def test_the_checksum_cannot_be_left_out(self, store: Storage) -> None:
        presigned = self.presigned(store)
        assert fetch("PUT", presigned.url, CONTENT, {"Content-Type": "image/jpeg"}).status == 403

    @pytest.mark.parametrize("body", [CONTENT[:-1], CONTENT + b"!", b""])
    def test_another_size_is_refused(self, store: Storage, body: bytes) -> None:
        presigned = self.presigned(store)
        assert fetch("PUT", presigned.url, body, presigned.headers).status == 403
        assert not store.exists(KEY)

    def test_another_type_is_refused(self, store: Storage) -> None:
        presigned = self.presigned(store)
        assert fetch("PUT", presigned.url, CONTENT, {**presigned.headers, "Content-Type": "text/html"}).status == 403

    def test_another_key_is_refused(self, store: Storage) -> None:
        presigned = self.presigned(store)
        elsewhere = presigned.url.replace(KEY, storage.original_key(2, 2))
        assert fetch("PUT", elsewhere, CONTENT, presigned.headers).status == 403

    def test_a_presigned_upload_is_for_nothing_else(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "image/jpeg")
        presigned = self.presigned(store)
        assert fetch("GET", presigned.url).status == 403
        assert fetch("DELETE", presigned.url).status == 403

    def test_a_presigned_upload_expires(self, store: Storage) -> None:
        presigned = self.presigned(store, expires_in=-1)
        assert fetch("PUT", presigned.url, CONTENT, presigned.headers).status in {400, 403}


class TestPresignedParts:
    """Parts are as strict as whole files, but for their content."""

    @staticmethod
    def presigned(store: Storage, upload: str, *, expires_in: int = 60) -> storage.PresignedUpload:
        return store.multipart.presigned_part(KEY, upload, 1, size=len(CONTENT), expires_in=expires_in)

    def test_a_part_arrives_by_its_link_alone(self, store: Storage) -> None:
        upload = store.multipart.begin(KEY)
        presigned = self.presigned(store, upload)
        assert fetch(presigned.method, presigned.url, CONTENT, presigned.headers).status == 200
        assert store.multipart.complete(KEY, upload, {1: len(CONTENT)}) is True
        assert store.read_bytes(KEY) == CONTENT

    def test_another_size_type_part_or_time_is_refused(self, store: Storage) -> None:
        upload = store.multipart.begin(KEY)
        presigned = self.presigned(store, upload)
        assert fetch("PUT", presigned.url, CONTENT + b"!", presigned.headers).status == 403
        assert fetch("PUT", presigned.url, CONTENT, {"Content-Type": "text/html"}).status == 403
        second = presigned.url.replace("partNumber=1", "partNumber=2")
        assert fetch("PUT", second, CONTENT, presigned.headers).status == 403
        late = self.presigned(store, upload, expires_in=-1)
        assert fetch("PUT", late.url, CONTENT, late.headers).status in {400, 403}
        assert store.multipart.part_sizes(KEY, upload) == {}
        store.multipart.abort(KEY, upload)
        assert fetch("PUT", presigned.url, CONTENT, presigned.headers).status == 404


class TestLinks:
    """Browsers get what the link says, and nothing else."""

    def test_a_view_link_can_be_kept_by_the_browser(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "text/html")
        link = store.view_link(KEY, content_type="image/jpeg")
        assert store.view_link(KEY, content_type="image/jpeg") == link
        answer = fetch("GET", link)
        assert (answer.status, answer.body) == (200, CONTENT)
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"

    def test_a_download_arrives_under_its_name_and_in_ranges(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "image/jpeg")
        link = store.download_link(KEY, file_name="Été 1.jpg", content_type="image/jpeg", expires_in=60)
        answer = fetch("GET", link)
        assert answer.body == CONTENT
        assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote('Été 1.jpg')}"
        part = fetch("GET", link, headers={"Range": "bytes=100-199"})
        assert (part.status, part.body) == (206, CONTENT[100:200])
        assert part.headers["Content-Range"] == f"bytes 100-199/{len(CONTENT)}"

    def test_a_changed_link_is_refused(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "image/jpeg")
        link = store.view_link(KEY, content_type="image/jpeg")
        assert fetch("GET", link.replace("image%2Fjpeg", "text%2Fhtml")).status == 403
        assert fetch("PUT", link, b"x").status == 403
        assert fetch("GET", link.partition("?")[0]).status in {400, 403}

    def test_a_link_expires(self, store: Storage) -> None:
        store.write_bytes(KEY, CONTENT, "image/jpeg")
        link = store.download_link(KEY, file_name="a.jpg", content_type="image/jpeg", expires_in=-1)
        assert fetch("GET", link).status in {400, 403}


class TestOperating:
    """Each mistake of the operator gives a clear message."""

    def test_a_bucket_that_is_missing_is_created_once(self, store: S3Storage, storage_url: str) -> None:
        other = storage.open_storage(bucket_url(storage_url, f"test-{uuid.uuid4().hex[:12]}"))
        assert "does not exist" in (other.check() or "")
        with pytest.raises(storage.StorageRefused, match="bucket does not exist"):
            other.read_bytes(KEY)
        # This server has its CORS rules in its configuration and refuses them here. That must not fail.
        assert other.create_if_missing(["https://photos.example.org"]) is True
        assert other.create_if_missing() is False
        assert other.check() is None
        store._client.delete_bucket(Bucket=other._bucket)  # type: ignore[attr-defined]
        other.close()

    def test_a_wrong_secret_is_reported(self, store: S3Storage, storage_url: str) -> None:
        parts = urlsplit(bucket_url(storage_url, store._bucket))
        user = parts.netloc.partition(":")[0]
        stranger = storage.open_storage(
            urlunsplit(parts._replace(netloc=f"{user}:wrong@{parts.hostname}:{parts.port}"))
        )
        assert "secret" in (stranger.check() or "")
        with pytest.raises(storage.StorageRefused, match="secret"):
            stranger.read_bytes(KEY)
        stranger.close()

    def test_it_deletes_what_a_killed_writer_left(self, store: S3Storage) -> None:
        writer = store.open_writer(KEY, "application/zip")
        writer.__enter__().write(os.urandom(20 * MIB))  # never exited, as if the process had died
        assert store.abort_stale_uploads(timedelta(hours=1)) == 0
        assert store.abort_stale_uploads(ANY_AGE) == 1
        assert store.abort_stale_uploads(ANY_AGE) == 0
        assert not store.exists(KEY)
        with pytest.raises(storage.StorageError):
            writer.__exit__(None, None, None)

    def test_more_objects_than_one_request_lists_or_deletes(
        self, store: Storage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("albums.storage.s3._PAGE", 10)
        keys = [storage.thumbnail_key(1, number) for number in range(35)]
        for key in keys:
            store.write_bytes(key, b"x", "image/jpeg")
        assert sorted(store.list_keys(storage.album_prefix(1))) == sorted(keys)
        assert store.delete_prefix(storage.album_prefix(1)) == len(keys)
        assert list(store.list_keys(storage.album_prefix(1))) == []
        for key in keys:
            store.write_bytes(key, b"x", "image/jpeg")
        store.delete(keys)
        assert list(store.list_keys(storage.album_prefix(1))) == []


class TestStreams:
    """Long streams survive broken connections, and their memory does not grow with their size."""

    @pytest.fixture
    def through_proxy(self, store: S3Storage, storage_url: str) -> Iterator[Storage]:
        parts = urlsplit(bucket_url(storage_url, store._bucket))
        assert parts.port
        self.proxy = BreakingProxy(parts.port, cuts=3, after=2 * MIB)
        credentials = parts.netloc.rpartition("@")[0]
        other = storage.open_storage(urlunsplit(parts._replace(netloc=f"{credentials}@127.0.0.1:{self.proxy.port}")))
        yield other
        other.close()
        self.proxy.close()

    def test_a_broken_read_resumes_where_it_was(self, store: S3Storage, through_proxy: Storage) -> None:
        content = os.urandom(12 * MIB)
        store.write_bytes(KEY, content, "image/jpeg")
        assert through_proxy.read_bytes(KEY) == content
        assert self.proxy.connections == 4

    def test_a_read_does_not_resume_in_another_object(self, store: S3Storage, through_proxy: Storage) -> None:
        store.write_bytes(KEY, os.urandom(12 * MIB), "image/jpeg")
        with through_proxy.open_read(KEY) as chunks:
            next(chunks)
            store.write_bytes(KEY, os.urandom(12 * MIB), "image/jpeg")
            with pytest.raises(storage.StorageUnavailable, match="was replaced while it was read"):
                list(chunks)

    @pytest.mark.parametrize("completed", [True, False])
    def test_an_object_counts_as_written_when_only_the_answer_was_lost(
        self, store: S3Storage, monkeypatch: pytest.MonkeyPatch, completed: bool
    ) -> None:
        complete = store._client.complete_multipart_upload

        def forget(**arguments: Any) -> Any:
            """Answer as Amazon does to a second attempt, when the upload is gone and the object exists."""
            if completed:
                complete(**arguments)
            raise ClientError({"Error": {"Code": "NoSuchUpload"}}, "CompleteMultipartUpload")

        monkeypatch.setattr(store._client, "complete_multipart_upload", forget)
        content = os.urandom(9 * MIB)
        expected = nullcontext() if completed else pytest.raises(storage.StorageError)
        with expected, store.open_writer(KEY, "application/zip") as writer:
            writer.write(content)
        assert store.exists(KEY) is completed

    def test_a_large_object_is_written_in_little_memory(self, store: S3Storage) -> None:
        piece = os.urandom(MIB)
        with store.open_writer(KEY, "application/zip") as writer:
            writer.write(piece)  # connect and import before the measurement
            tracemalloc.start()
            try:
                for _ in range(119):
                    writer.write(piece)
                _, peak = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
        assert store.size(KEY) == 120 * MIB
        assert peak < 60 * MIB

    def test_a_zip_goes_from_the_bucket_to_the_bucket(self, store: S3Storage) -> None:
        originals = {storage.original_key(1, number): os.urandom(3 * MIB + number) for number in range(12)}
        for key, content in originals.items():
            store.write_bytes(key, content, "image/jpeg")

        entries = [
            zip_entry(f"{number}.jpg", datetime(2024, 6, 8), len(content), partial(store.open_read, key))  # noqa: DTZ001
            for number, (key, content) in enumerate(originals.items())
        ]
        with store.open_writer(storage.export_key(1, 1), "application/zip") as writer:
            report = write_zip(entries, writer)
        made = store.read_bytes(storage.export_key(1, 1))
        assert len(made) == report.size
        with ZipFile(BytesIO(made)) as opened:
            assert [opened.read(info) for info in opened.infolist()] == list(originals.values())
