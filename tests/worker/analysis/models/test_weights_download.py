from __future__ import annotations

import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from worker.analysis.models.weights import WeightsSource, downloaded_weights
from worker.analysis.models.weights_download import DownloadError, DownloadPostponedError, download_weights

CONTENT = np.random.default_rng(0).bytes(3_000_001)
IN_TIME = 0.5
PATIENCE = 5.0  # many times IN_TIME, for a busy machine; far less than the hang


class Server(ThreadingHTTPServer):
    """Serves CONTENT at /good/…, and misbehaves at other paths."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.requests: list[str] = []
        self.released = threading.Event()

    def source(self, manner: str) -> WeightsSource:
        url = f"http://127.0.0.1:{self.server_port}/{manner}/weights.h5"
        return WeightsSource(url, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())


class Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: Any) -> None:
        """Nothing on the tests' output."""

    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        manner = self.path.split("/")[1]
        if manner == "silent":
            self.server.released.wait()
        elif manner == "missing":
            self.send_error(404)
        elif manner == "gibberish":
            self.wfile.write(b"\x00\x01 this is no HTTP\r\n\r\n")
        else:
            self._send(manner)

    def _send(self, manner: str) -> None:
        body = {"wrong": b"x" * len(CONTENT), "long": CONTENT + b"more"}.get(manner, CONTENT)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if manner in ("cut", "stalled"):
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
        if manner == "cut":
            return
        if manner == "stalled":
            self.server.released.wait()
            return
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.released.set()
        running.shutdown()
        thread.join()
    for leftover in threading.enumerate():
        if leftover.name == "weights-download":
            leftover.join(PATIENCE)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_it_downloads_once_and_reports_progress(server: Server, tmp_path: Path) -> None:
    source, cache = server.source("good"), tmp_path / "new" / "cache"
    progress: list[tuple[int, int]] = []
    path = download_weights(cache, source, progress=lambda *step: progress.append(step))
    assert path.read_bytes() == CONTENT
    assert downloaded_weights(cache, source) == path
    assert files(cache) == {"weights.h5"}
    assert progress == sorted(progress) and progress[-1] == (len(CONTENT), len(CONTENT))
    assert download_weights(cache, source) == path
    assert len(server.requests) == 1


def test_it_lets_other_accounts_read_the_file(server: Server, tmp_path: Path) -> None:
    path = download_weights(tmp_path, server.source("good"))
    assert path.stat().st_mode & 0o777 == 0o644


def test_it_replaces_a_file_whose_bytes_have_changed(server: Server, tmp_path: Path) -> None:
    source = server.source("good")
    damaged = tmp_path / "weights.h5"
    damaged.write_bytes(b"x" * len(CONTENT))
    assert downloaded_weights(tmp_path, source) == damaged  # a glance at the size cannot tell
    assert download_weights(tmp_path, source).read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("wrong", "is not that file: its SHA-256 is"),
        ("long", "sent more than the 3,000,001 bytes"),
        ("cut", "sent 1,500,000 of the 3,000,001 bytes"),
        ("missing", "answered 404 Not Found for weights.h5"),
        ("gibberish", "could not be reached"),
        ("silent", "did not answer within"),
        ("stalled", "stopped sending for"),
    ],
)
def test_it_says_what_went_wrong_and_leaves_only_the_memory_of_it(
    server: Server, tmp_path: Path, manner: str, reason: str
) -> None:
    started = time.monotonic()
    with pytest.raises(DownloadError, match=reason):
        download_weights(tmp_path, server.source(manner), timeout=IN_TIME)
    assert time.monotonic() - started < PATIENCE
    assert files(tmp_path) == {"weights.h5.failed.json"}
    assert reason in json.loads((tmp_path / "weights.h5.failed.json").read_text())["reason"]


def test_it_keeps_a_good_file_of_another_source_when_a_download_fails(server: Server, tmp_path: Path) -> None:
    (tmp_path / "weights.h5").write_bytes(b"another")
    with pytest.raises(DownloadError):
        download_weights(tmp_path, server.source("wrong"))
    assert (tmp_path / "weights.h5").read_bytes() == b"another"


def test_it_says_when_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound, not listening: refused
        source = WeightsSource(f"http://127.0.0.1:{held.getsockname()[1]}/weights.h5", 10, "")
        with pytest.raises(DownloadError, match="could not be reached: Connection refused"):
            download_weights(tmp_path, source, timeout=IN_TIME)


def test_it_gives_up_in_time_when_looking_up_the_name_hangs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: Any, **__: Any) -> Any:
        released.wait(60)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    started = time.monotonic()
    try:
        with pytest.raises(DownloadError, match="did not answer within"):
            download_weights(tmp_path, WeightsSource("http://weights.example/weights.h5", 10, ""), timeout=IN_TIME)
        assert time.monotonic() - started < PATIENCE
    finally:
        released.set()


def test_it_says_when_the_cache_cannot_be_written(server: Server, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(DownloadError, match="could not be stored in"):
        download_weights(tmp_path / "cache", server.source("good"))


def test_it_waits_a_day_after_a_failure_unless_forced(server: Server, tmp_path: Path) -> None:
    broken = server.source("missing")
    with pytest.raises(DownloadError):
        download_weights(tmp_path, broken)
    repaired = replace(broken, url=server.source("good").url)
    with pytest.raises(DownloadPostponedError, match=r"answered 404 .* it is tried once a day"):
        download_weights(tmp_path, repaired)
    assert len(server.requests) == 1
    assert download_weights(tmp_path, repaired, force=True).read_bytes() == CONTENT
    assert files(tmp_path) == {"weights.h5"}


@pytest.mark.parametrize("age", [timedelta(days=1, seconds=1), timedelta(minutes=-5)], ids=["old", "from the future"])
def test_it_tries_again_when_the_failure_is_old(server: Server, tmp_path: Path, age: timedelta) -> None:
    memory = {"failed_at": (datetime.now(UTC) - age).isoformat(), "reason": "No network."}
    (tmp_path / "weights.h5.failed.json").write_text(json.dumps(memory))
    assert download_weights(tmp_path, server.source("good")).is_file()


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "null", '{"failed_at": 5, "reason": ""}', '{"failed_at": "2024-01-01"}']
)
def test_it_takes_no_notice_of_a_memory_that_says_nothing(server: Server, tmp_path: Path, content: str) -> None:
    (tmp_path / "weights.h5.failed.json").write_text(content)
    assert download_weights(tmp_path, server.source("good")).is_file()
