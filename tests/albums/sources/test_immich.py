"""Albums of Immich, against a small server that answers as its API is documented."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import UUID

import pytest

from albums.sources import SourceError, immich
from albums.sources.opening import open_source
from tests.source_files import contents, entries, paths, reasons

ALBUM = str(UUID(int=1))
KEY = "the key"


class FakeImmich:
    """Assets with their originals. `lists_assets` is how Immich 2 and older answer."""

    def __init__(self) -> None:
        self.originals: dict[str, bytes] = {}
        self.assets: list[dict[str, Any]] = []
        self.films: dict[str, dict[str, Any]] = {}
        self.lists_assets = False
        self.asset_count: int | None = None
        self.page = 2
        self.failures = 0
        self.address = ""
        self.requests: list[str] = []

    def add(self, name: str, content: bytes, **changes: Any) -> dict[str, Any]:
        asset_id = str(UUID(int=100 + len(self.originals)))
        self.originals[asset_id] = content
        return {
            "id": asset_id,
            "originalFileName": name,
            "fileModifiedAt": "2024-06-08T10:00:00.000Z",
            "checksum": base64.b64encode(hashlib.sha1(content).digest()).decode(),
            "exifInfo": {"fileSizeInByte": len(content)},
            **changes,
        }

    def answer(self, method: str, path: str, body: Any) -> bytes | dict[str, Any] | int:
        self.requests.append(f"{method} {path}")
        if self.failures:
            self.failures -= 1
            return 503
        match (method, path.strip("/").split("/")):
            case ("GET", ["api", "albums", album_id]) if album_id == ALBUM:
                count = len(self.assets) if self.asset_count is None else self.asset_count
                listed = {"assets": self.assets} if self.lists_assets else {}
                return {"id": ALBUM, "albumName": "Iceland", "assetCount": count, **listed}
            case ("POST", ["api", "search", "metadata"]):
                assert body["albumIds"] == [ALBUM]
                start = (body["page"] - 1) * self.page
                more = str(body["page"] + 1) if start + self.page < len(self.assets) else None
                return {"assets": {"items": self.assets[start : start + self.page], "nextPage": more}}
            case ("GET", ["api", "assets", asset_id]) if asset_id in self.films:
                return self.films[asset_id]
            case ("GET", ["api", "assets", asset_id, "original"]) if asset_id in self.originals:
                return self.originals[asset_id]
        return 404


def _handler(fake: FakeImmich) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if self.path.startswith("/moved"):
                self.send_response(302)
                self.send_header("Location", "http://elsewhere.example" + self.path)
                self.end_headers()
                return
            answer = 401 if self.headers["x-api-key"] != KEY else fake.answer(self.command, self.path, body)
            status = answer if isinstance(answer, int) else 200
            content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            self._respond()

        def do_POST(self) -> None:
            self._respond()

        def log_message(self, *_: Any) -> None:
            """Tests print nothing."""

    return Handler


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeImmich]:
    monkeypatch.setenv("IMMICH_API_KEY", KEY)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(immich, "_pause", lambda _: None)
    server = FakeImmich()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(server)) as listening:
        server.address = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        listening.shutdown()
        thread.join()


@pytest.mark.parametrize("lists_assets", [False, True])
def test_all_pages_of_an_album_are_read(fake: FakeImmich, lists_assets: bool) -> None:
    fake.assets = [fake.add(f"IMG_{number}.jpg", b"%d" % number) for number in range(5)]
    fake.lists_assets = lists_assets
    source = open_source([f"{fake.address}/albums/{ALBUM}"])
    assert (source.name, source.total) == ("Iceland", 5)
    assert contents(source) == {f"IMG_{number}.jpg": b"%d" % number for number in range(5)}
    assert fake.requests.count("POST /api/search/metadata") == (0 if lists_assets else 3)
    time = entries(source)[0].modified
    assert time is not None and time.isoformat() == "2024-06-08T10:00:00+00:00"


def test_the_film_of_a_live_photo_comes_along(fake: FakeImmich) -> None:
    film = fake.add("IMG_1.MOV", b"film")
    fake.films[film["id"]] = film
    fake.assets = [fake.add("IMG_1.HEIC", b"still", livePhotoVideoId=film["id"])]
    assert contents(open_source([f"{fake.address}/albums/{ALBUM}/"])) == {"IMG_1.HEIC": b"still", "IMG_1.MOV": b"film"}
    fake.films.clear()
    assert list(reasons(open_source([f"{fake.address}/albums/{ALBUM}"]))) == ["IMG_1.HEIC: its film"]


def test_what_immich_does_not_list_is_said(fake: FakeImmich) -> None:
    fake.assets = [fake.add("../a.jpg", b"a")]
    fake.asset_count = 3
    source = open_source([f"{fake.address}/albums/{ALBUM}"])
    assert paths(source) == ["a.jpg"]
    assert list(reasons(source)) == ["Iceland: 2 files"]


def test_bytes_that_are_not_those_of_the_checksum_are_an_error(fake: FakeImmich) -> None:
    fake.assets = [fake.add("a.jpg", b"whole")]
    fake.originals[fake.assets[0]["id"]] = b"other"
    (entry,) = entries(open_source([f"{fake.address}/albums/{ALBUM}"]))
    with pytest.raises(OSError, match="not the file"), entry.read() as chunks:
        list(chunks)
    fake.originals.clear()
    with pytest.raises(OSError, match="no such"), entry.read() as chunks:
        list(chunks)


def test_a_busy_server_is_asked_again(fake: FakeImmich) -> None:
    fake.failures = 3
    assert open_source([f"{fake.address}/albums/{ALBUM}"]).name == "Iceland"
    fake.failures = 4
    with pytest.raises(SourceError, match="status 503"):
        open_source([f"{fake.address}/albums/{ALBUM}"])


def test_refusals_say_what_to_do(fake: FakeImmich, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SourceError, match="no such album"):
        open_source([f"{fake.address}/albums/{UUID(int=2)}"])
    with pytest.raises(SourceError, match="not the address of an album"):
        open_source([f"{fake.address}/photos"])
    # The key must not follow a redirect to another server.
    with pytest.raises(SourceError, match=r"leads to http://elsewhere\.example"):
        open_source([f"{fake.address}/moved/albums/{ALBUM}"])
    monkeypatch.setenv("IMMICH_API_KEY", "wrong")
    with pytest.raises(SourceError, match="IMMICH_API_KEY is wrong") as refusal:
        open_source([f"{fake.address}/albums/{ALBUM}"])
    assert KEY not in str(refusal.value)
