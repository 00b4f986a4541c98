"""The web process killed in the middle of an upload and of a download: the client resumes where it was."""

from __future__ import annotations

import http.client
import random
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
import requests

from albums import storage
from albums.chunks import chunked
from tests.drawing import jpeg_bytes
from tests.integration.deployment import Deployment
from tests.integration.faults.harness import Harness, Outcome
from tests.integration.faults.retrying_person import RetryingPerson
from tests.integration.faults.scale import Scale, long_only
from tests.integration.faults.tally import note
from tests.services import Stack

# The buffers between server and client hold less than this, so a killed server cuts off the answer.
LARGE_BYTES = 12 << 20
PIECE_BYTES = 64 << 10


class WatchedPerson(RetryingPerson):
    """Reports each step of the upload once, before it is taken."""

    def __init__(self, url: str, email: str) -> None:
        super().__init__(url, email)
        self.before: dict[str, Callable[[], object]] = {}
        """What to do before the first `PUT`, or the first request whose path ends with one of the other keys."""

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        for step in [step for step in self.before if path.endswith(step)]:
            self.before.pop(step)()
        return super().request(method, path, **options)

    def send(self, result: dict[str, Any], data: bytes) -> None:
        interrupt = self.before.pop("PUT", None)
        if interrupt is not None:
            interrupt()
        super().send(result, data)


def _kill_for_a_while(deployment: Deployment, threads: ThreadPoolExecutor) -> Future[None]:
    """Kill the web process, and start it again when the client has noticed."""
    note("web process killed")
    deployment.web.kill()
    return threads.submit(_start_soon, deployment)


def _start_soon(deployment: Deployment) -> None:
    time.sleep(0.5)
    deployment.web.start()


# --- Uploads ----------------------------------------------------------------------------------------------------------


def test_it_loses_no_upload_when_the_web_is_killed_between_its_steps(harness: Harness, undisturbed: Outcome) -> None:
    run = harness.begin("between", person_type=WatchedPerson)
    assert isinstance(run.person, WatchedPerson)
    with ThreadPoolExecutor(1) as threads:
        restarts: dict[str, Future[None]] = {}

        def interrupt(step: str) -> None:
            for restart in restarts.values():
                restart.result()
            restarts[step] = _kill_for_a_while(harness.deployment, threads)

        for step in ("/uploads/", "PUT", "/uploads/complete/"):
            run.person.before[step] = partial(interrupt, step)
        run.upload()
    assert list(restarts) == ["/uploads/", "PUT", "/uploads/complete/"]
    assert run.person.problems["ConnectionError"] > 0
    run.decide()
    harness.assert_nothing_lost(run, undisturbed)


@long_only
def test_it_duplicates_no_upload_when_the_web_is_killed(
    harness: Harness, undisturbed: Outcome, chance: random.Random, scale: Scale
) -> None:
    """Some repeated requests had succeeded, and only their answer was lost."""
    runs = [harness.begin("many") for _ in range(2)]

    def upload(number: int) -> None:
        run = runs[number]
        for files in chunked(run.files, 3):
            run.photos |= run.person.upload(run.album, files)

    with ThreadPoolExecutor(len(runs)) as threads:
        uploads = [threads.submit(upload, number) for number in range(len(runs))]
        kills = 0
        while kills < scale.of(3, 20) and not all(uploading.done() for uploading in uploads):
            time.sleep(chance.uniform(0.05, 0.4))
            note("web process killed")
            harness.deployment.web.kill()
            kills += 1
            harness.deployment.web.start()
        for uploading in uploads:
            uploading.result()
    assert kills >= 2
    assert sum(run.person.problems.total() for run in runs) >= 2
    for run in runs:
        run.decide()
    for run in runs:
        harness.assert_nothing_lost(run, undisturbed)


# --- Downloads from S3 ------------------------------------------------------------------------------------------------


def _third_of(response: requests.Response) -> bytes:
    """The first third of the body, or a little more."""
    wanted = int(response.headers["Content-Length"]) // 3
    body = b""
    for piece in response.iter_content(PIECE_BYTES):
        body += piece
        if len(body) >= wanted:
            break
    return body


def _rest_of(body: bytes, answer: requests.Response) -> bytes:
    """The whole body, if the answer contains what is missing."""
    assert answer.status_code == 206, answer.text[:500]
    whole = len(body) + int(answer.headers["Content-Length"])
    assert answer.headers["Content-Range"] == f"bytes {len(body)}-{whole - 1}/{whole}"
    return body + answer.content


def test_a_download_from_s3_resumes_with_and_without_the_web(harness: Harness) -> None:
    run = harness.begin("download", harness.drawn.good[:9])
    run.upload()
    harness.settle(run)
    export = run.person.export(run.album)
    whole = run.person.download(export)
    link = f"/api/v1/exports/{export['id']}/download/"
    with closing(run.person.request("GET", link, stream=True)) as response:
        body = _third_of(response)
    assert PIECE_BYTES <= len(body) < len(whole)
    onward = {"Range": f"bytes={len(body)}-", "If-Range": response.headers["ETag"]}

    note("web process killed")
    harness.deployment.web.kill()
    # The link alone, as a browser keeps it in its list of downloads.
    assert _rest_of(body, requests.get(response.url, headers=onward, timeout=60)) == whole
    harness.deployment.web.start()
    assert _rest_of(body, run.person.request("GET", link, headers=onward)) == whole


# --- The folder, whose bytes pass through the web ---------------------------------------------------------------------


@contextmanager
def _on_a_folder(stack: Stack, folder: Path) -> Iterator[Deployment]:
    """A deployment with a folder, SQLite, and another database of the broker."""
    environment = {
        "STORAGE_URL": f"file://{folder / 'objects'}",
        "DATABASE_URL": f"sqlite://{folder / 'photoalbum.sqlite3'}",
        "REDIS_URL": stack.valkey.url.removesuffix("/0") + "/1",
        "SWEEP_SECONDS": "1",
    }
    with Deployment(stack, replicas={}, **environment).running() as deployment:
        yield deployment


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Photos of noise, which does not compress."""
    folder = tmp_path_factory.mktemp("large")
    chance = np.random.default_rng(5)
    paths = [folder / f"{number}.jpg" for number in range(4)]
    for path in paths:
        path.write_bytes(jpeg_bytes(chance.integers(0, 256, (1700, 1700, 3), np.uint8), quality=95))
    assert sum(path.stat().st_size for path in paths) > LARGE_BYTES
    return paths


def _begin_sending(presigned: dict[str, Any], part: bytes, size: int) -> socket.socket:
    """Send the head of an upload and a part of its body."""
    address = urlsplit(presigned["url"])
    assert address.hostname is not None
    head = [f"PUT {address.path}?{address.query} HTTP/1.1", f"Host: {address.netloc}", f"Content-Length: {size}"]
    head += [f"{name}: {value}" for name, value in presigned["headers"].items()]
    connection = socket.create_connection((address.hostname, address.port or 80), timeout=30)
    connection.sendall("\r\n".join([*head, "", ""]).encode() + part)
    return connection


class InterruptedPerson(RetryingPerson):
    """Its first file breaks off in the middle of the body, because the web process is killed then."""

    interrupt: Callable[[dict[str, Any], bytes], None] | None = None

    def send(self, result: dict[str, Any], data: bytes) -> None:
        interrupt, self.interrupt = self.interrupt, None
        if interrupt is not None:
            interrupt(result["upload"], data)
        super().send(result, data)


def _download_until_cut(url: str, kill: Callable[[], None]) -> tuple[bytes, str]:
    """The part of a download that arrives before its server is killed after a third, and the ETag."""
    response = requests.get(url, stream=True, timeout=60)
    assert response.ok
    with closing(response):
        body = _third_of(response)
        kill()
        with suppress(requests.RequestException, http.client.HTTPException):
            for piece in response.iter_content(PIECE_BYTES):
                body += piece
    return body, response.headers["ETag"]


def _wait(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within 60 s."
        time.sleep(0.02)


@long_only
def test_uploads_and_downloads_resume_after_the_web_was_killed(
    stack: Stack, large: Sequence[Path], tmp_path: Path
) -> None:
    with _on_a_folder(stack, tmp_path) as deployment, ThreadPoolExecutor(1) as threads:
        objects, drafts = tmp_path / "objects", tmp_path / "objects" / ".incoming"
        person = InterruptedPerson(deployment.url, "folder@example.org")
        person.sign_up()
        album = person.make_album("Party")

        def interrupt(presigned: dict[str, Any], data: bytes) -> None:
            # The server keeps it in a file without a name until all of it is there. Other files arrive meanwhile.
            with closing(_begin_sending(presigned, data[: len(data) // 2], len(data))):
                _kill_for_a_while(deployment, threads)

        person.interrupt = interrupt
        photos = person.upload(album, large)
        assert person.problems["upload"] > 0
        assert len(set(photos.values())) == len(large)
        for path in large:
            stored = objects / storage.original_key(album, photos[path.name])
            assert stored.read_bytes() == path.read_bytes()
        person.wait_until_done(album)
        assert person.progress(album)["analyzed"] == len(large)

        export: dict[str, Any] = person.post(f"/api/v1/albums/{album}/exports/", {"selection": "all"})
        link = f"/api/v1/exports/{export['id']}/"
        _wait(lambda: bool(person.get(link)["state"] == "ready"), "the zip")
        whole = (objects / storage.export_key(album, export["id"])).read_bytes()
        url = person.request("GET", f"{link}download/", allow_redirects=False).headers["Location"]
        url = url if url.startswith("http") else deployment.url + url
        note("web process killed")
        body, etag = _download_until_cut(url, deployment.web.kill)
        assert len(whole) // 3 <= len(body) < len(whole)
        deployment.web.start()
        onward = {"Range": f"bytes={len(body)}-", "If-Range": etag}
        assert _rest_of(body, requests.get(url, headers=onward, timeout=60)) == whole

        # The killed process may have been writing another file, which nobody owns. The sweep of such files deletes it.
        (drafts / "half").write_bytes(b"half")
        with closing(storage.open_storage(f"file://{objects}")) as folder:
            assert folder.abort_stale_uploads(timedelta(seconds=-1)) >= 1
        assert list(drafts.iterdir()) == []
