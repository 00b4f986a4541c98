"""The virtual users of `benchmarks.load`: threads that send the pages' HTTP requests and time each one.

The client is `http.client` with kept-alive connections. It takes a few tenths of a millisecond per request, so it slows
a service on the same machine down only a little. `Load.client_share` says how much.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import itertools
import json
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from zipfile import ZipFile

from benchmarks._query_counting_wsgi import HEADER

STORAGE = "storage: "
# Proxies do the same; the server keeps connections longer.
_IDLE_SECONDS = 60.0
_POLL_SECONDS = 1.5
_PATIENCE_SECONDS = 300.0
_IN_SIGHT = 40


@dataclass(frozen=True)
class Request:
    """One request: its route, the seconds until its complete response, and its number of database queries."""

    route: str
    seconds: float
    status: int
    queries: int | None


@dataclass
class Load:
    """The results of a phase. `failures` is everything that a person would have seen go wrong."""

    requests: list[Request] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    albums: list[float] = field(default_factory=list)
    photos: int = 0
    zips: list[float] = field(default_factory=list)
    seconds: float = 0.0
    client_share: float = 0.0


class Browser:
    """One person's session and its kept-alive connection."""

    def __init__(self, url: str, session: str, load: Load) -> None:
        self.load = load
        self._address = urlsplit(url).netloc
        token = "c" * 32
        self._headers = {
            "Cookie": f"sessionid={session}; csrftoken={token}",
            "X-CSRFToken": token,
            "Referer": url,
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }
        self._connection: http.client.HTTPConnection | None = None
        self._used_at = 0.0

    def get(self, route: str, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """The response. Every status from 400 is recorded as a failure."""
        return self._send(route, "GET", path, None, headers)

    def json(self, route: str, path: str) -> Any:
        """The JSON of the response; None after a failure."""
        status, _, body = self.get(route, path, **{"Accept-Encoding": "identity"})
        return json.loads(body) if status == http.client.OK else None

    def send(self, route: str, method: str, path: str, data: Any = None) -> Any:
        """Send JSON. Returns the JSON of the response; None after a failure or if it is empty."""
        status, _, body = self._send(route, method, path, json.dumps({} if data is None else data).encode(), {})
        return json.loads(body) if body and status < http.client.BAD_REQUEST else None

    def storage_request(
        self, route: str, method: str, url: str, body: bytes | None, headers: dict[str, str]
    ) -> bytes | None:
        """Send a request to storage; None after a failure. The signature in the URL replaces the session."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc, timeout=120)
        started = time.perf_counter()
        try:
            connection.request(method, f"{parts.path}?{parts.query}", body, headers)
            response = connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.load.failures.append(f"{STORAGE}{route}: {error!r}")
            return None
        finally:
            connection.close()
        self._note(STORAGE + route, started, response.status, None, answer)
        return answer if response.status < http.client.BAD_REQUEST else None

    def _send(
        self, route: str, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        if self._connection is None or time.monotonic() - self._used_at > _IDLE_SECONDS:
            self.close()
            self._connection = http.client.HTTPConnection(self._address, timeout=60)
        started = time.perf_counter()
        try:
            self._connection.request(method, path, body, {**self._headers, **headers})
            response = self._connection.getresponse()
            answer = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.load.failures.append(f"{route}: {error!r}")
            self.close()
            return 0, http.client.HTTPMessage(), b""
        self._used_at = time.monotonic()
        if response.will_close:
            self.close()
        queries = response.headers.get(HEADER)
        self._note(route, started, response.status, None if queries is None else int(queries), answer)
        return response.status, response.headers, answer

    def _note(self, route: str, started: float, status: int, queries: int | None, answer: bytes) -> None:
        self.load.requests.append(Request(route, time.perf_counter() - started, status, queries))
        if status >= http.client.BAD_REQUEST:
            self.load.failures.append(f"{route}: {status} {answer[:300]!r}")

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


Stop = threading.Event


def user_thread(
    doing: Callable[..., None], browser: Browser, what: Any, *, email: str, stop: Stop, seed: int | str
) -> threading.Thread:
    """A thread in which this person does one of the things below. An error is recorded as a failure."""

    def live() -> None:
        try:
            doing(browser, what, stop, random.Random(seed))
        except Exception as error:
            browser.load.failures.append(f"{email}: {error!r}")
            raise
        finally:
            browser.close()

    return threading.Thread(target=live, name=email)


def browse(browser: Browser, album: str, stop: Stop, chance: random.Random) -> None:
    """Browse the albums like the pages do, one step every two seconds, until `stop` is set."""
    steps = itertools.cycle(_steps(browser, album))
    for _ in range(chance.randrange(8)):
        next(steps)
    while not stop.wait(chance.uniform(1.0, 3.0)):
        next(steps)()


def _steps(browser: Browser, album: str) -> list[Callable[[], object]]:
    etags = {"progress": "", "timeline": ""}
    photos: list[str] = []
    place = itertools.count()

    def poll() -> None:
        asked = {"If-None-Match": etags["progress"]} if etags["progress"] else {}
        _, headers, _ = browser.get("GET album/progress", f"/api/v1/albums/{album}/progress/", **asked)
        etags["progress"] = headers.get("ETag") or etags["progress"]

    def timeline() -> None:
        found = browser.json("GET album/timeline", f"/api/v1/albums/{album}/timeline/")
        if found:
            photos[:] = [shot["id"] for cluster in found["clusters"] for shot in cluster["photos"]]
            photos.extend(shot["id"] for shot in found["singles"])

    def thumbnails() -> None:
        first = next(place) * _IN_SIGHT % max(1, len(photos))
        wanted = ",".join(photos[first : first + _IN_SIGHT])
        if not wanted:
            return
        shown = browser.json("GET album/thumbnails", f"/api/v1/albums/{album}/thumbnails/?photos={wanted}")
        # Only the first photos have thumbnails here, and a browser requests them once a day.
        if shown and first == 0:
            links = {tile["id"]: tile["thumbnail_url"] for tile in shown["results"]}
            browser.storage_request("GET thumbnail", "GET", links[photos[0]], None, {})

    return [
        lambda: browser.get("GET albums", "/api/v1/albums/"),
        lambda: browser.get("GET album", f"/api/v1/albums/{album}/"),
        poll,
        timeline,
        thumbnails,
        poll,
        thumbnails,
        lambda: browser.get("GET album/clusters/counts", f"/api/v1/albums/{album}/clusters/counts/"),
        poll,
        lambda: browser.get("GET album/photos", f"/api/v1/albums/{album}/photos/?page_size=100"),
        poll,
        lambda: browser.get("GET account/usage", "/api/v1/account/usage/"),
    ]


def upload(browser: Browser, photos: Sequence[bytes], stop: Stop, chance: random.Random) -> None:
    """Upload albums one by one, wait until each is done, view it and delete it, until `stop` is set."""
    for number in itertools.count():
        if stop.wait(chance.uniform(0.5, 1.5)):
            return
        started = time.monotonic()
        made = browser.send("POST albums", "POST", "/api/v1/albums/", {"name": f"Weekend {number}"})
        if made is None:
            continue
        album = f"/api/v1/albums/{made['id']}/"
        if send_photos(browser, album, photos) and wait_for(browser, album, len(photos)):
            browser.load.albums.append(time.monotonic() - started)
            browser.load.photos += len(photos)
            browser.get("GET album/timeline", f"{album}timeline/")
        browser.send("DELETE album", "DELETE", album)


def send_photos(browser: Browser, album: str, photos: Sequence[bytes], names: Sequence[str] = ()) -> bool:
    names = names or [f"{index:04}.jpg" for index in range(len(photos))]
    files = [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "type": "image/jpeg"}
        for name, data in zip(names, photos, strict=True)
    ]
    announced = browser.send("POST uploads", "POST", f"{album}uploads/", {"files": files})
    if announced is None:
        return False
    for result, data in zip(announced["uploads"], photos, strict=True):
        presigned = result["upload"]
        browser.storage_request("PUT photo", presigned["method"], presigned["url"], data, presigned["headers"])
    completion = browser.send(
        "POST uploads/complete",
        "POST",
        f"{album}uploads/complete/",
        {"photos": [result["photo_id"] for result in announced["uploads"]]},
    )
    if completion and completion["missing"]:
        browser.load.failures.append(f"{len(completion['missing'])} photos were sent and are missing")
    return completion is not None


def wait_for(browser: Browser, album: str, photos: int) -> bool:
    """Wait until all photos are analysed. Returns whether that happened in time."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    progress = None
    while time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        progress = browser.json("GET album/progress", f"{album}progress/")
        if progress and progress["done"]:
            break
    if not progress or progress["analyzed"] != photos:
        browser.load.failures.append(f"an album of {photos} photos ended as {progress}")
        return False
    return True


def export(browser: Browser, album: str, stop: Stop, chance: random.Random) -> None:
    """Make zips one by one, download each, check it, and delete it, until `stop` is set."""
    while not stop.wait(chance.uniform(0.5, 1.5)):
        started = time.monotonic()
        made = browser.send("POST exports", "POST", f"/api/v1/albums/{album}/exports/")
        if made is None:
            continue
        path = f"/api/v1/exports/{made['id']}/"
        for row in _watched(browser, path):
            if row["state"] == "ready":
                _download(browser, path, row)
                browser.load.zips.append(time.monotonic() - started)
            elif row["state"] not in {"queued", "building"}:
                browser.load.failures.append(f"a zip ended as {row}")
            else:
                continue
            break
        else:
            browser.load.failures.append("a zip was not made in time")
        browser.send("DELETE export", "DELETE", path)


def _watched(browser: Browser, path: str) -> Iterator[dict[str, Any]]:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        row = browser.json("GET export", path)
        if row:
            yield row


def _download(browser: Browser, path: str, row: dict[str, Any]) -> None:
    _, headers, _ = browser.get("GET export/download", f"{path}download/")
    data = browser.storage_request("GET zip", "GET", headers["Location"], None, {}) if headers["Location"] else None
    if data is None:
        browser.load.failures.append("a finished zip could not be downloaded")
        return
    with ZipFile(io.BytesIO(data)) as archive:
        if archive.testzip() is not None or len(archive.namelist()) != row["file_count"]:
            browser.load.failures.append("a zip is damaged")
