"""One person's album, from the first byte to the zip, by the requests that the pages send."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from albums.chunks import chunked
from benchmarks._load_users import Browser

_SENT_AT_ONCE = 5
_ANNOUNCED_AT_ONCE = 100
_FIRST_CONFIRM_SECONDS, _CONFIRM_SECONDS = 0.25, 1.5
_ASK_SECONDS = 0.1  # the asking takes processor time itself
_PATIENCE_SECONDS = 3600.0


@dataclass(frozen=True)
class Waited:
    """What a person waited for: its seconds, and the processor seconds of each part of the service meanwhile."""

    name: str
    seconds: float
    processor: Counter[str]


class Visit:
    """Uploads photos and waits.

    Args:
        browser: makes a browser of the person.
        processor: the processor seconds of the service so far, by part.
    """

    def __init__(self, browser: Callable[[], Browser], processor: Callable[[], Counter[str]]) -> None:
        self._new_browser = browser
        self._browser = browser()
        self._processor = processor
        self.waits: list[Waited] = []

    def make_album(self, photos: Sequence[Path], *, zipped: bool = True) -> str:
        """Upload the photos, wait for groups, move the slider, and make a zip. Returns the path of the album."""
        made = self._browser.send("POST albums", "POST", "/api/v1/albums/", {"name": "Benchmark"})
        album = f"/api/v1/albums/{made['id']}/"
        began, used = time.perf_counter(), self._processor()
        with ThreadPoolExecutor(1) as uploading:
            upload = uploading.submit(self._upload, album, photos)
            self._until(lambda: self._first_photo(album))
            self._note("first photo seen", began, used)
            self._until(lambda: upload.done() and self._left(album, "pending", "uploaded", "preparing") == 0)
            upload.result()
        self._note("last photo prepared", began, used)
        self._until(lambda: self._progress(album)["done"])
        self._note("last photo grouped", began, used)
        self.move_slider(album)
        if zipped:
            self._zip(album)
        return album

    def move_slider(self, album: str) -> None:
        """Group the album at another similarity."""
        began, used = time.perf_counter(), self._processor()
        before = self._progress(album)["grouped_at"]
        self._browser.send("POST regroup", "POST", f"{album}regroup/", {"similarity": 0.7})
        self._until(lambda: (progress := self._progress(album))["done"] and progress["grouped_at"] != before)
        self._note("slider moved", began, used)

    def delete(self, album: str) -> None:
        """Delete the album, so that the same photos can be uploaded again."""
        self._browser.send("DELETE album", "DELETE", album)

    def _zip(self, album: str) -> None:
        began, used = time.perf_counter(), self._processor()
        export = self._browser.send("POST exports", "POST", f"{album}exports/")
        path = f"/api/v1/exports/{export['id']}/"
        self._until(lambda: self._browser.json("GET export", path)["state"] not in {"queued", "building"})
        self._note("zip ready", began, used)

    def _upload(self, album: str, photos: Sequence[Path]) -> None:
        """Like the page: several at a time, confirmed often at first."""
        browser = self._new_browser()
        with ThreadPoolExecutor(_SENT_AT_ONCE) as sending:
            for batch in chunked(photos, _ANNOUNCED_AT_ONCE):
                self._upload_batch(browser, album, batch, sending)

    def _upload_batch(self, browser: Browser, album: str, photos: Sequence[Path], sending: ThreadPoolExecutor) -> None:
        files = [
            {"name": path.name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "type": "image/jpeg"}
            for path in photos
            for data in [path.read_bytes()]
        ]
        results = browser.send("POST uploads", "POST", f"{album}uploads/", {"files": files})["uploads"]

        def send(result: dict[str, Any], path: Path) -> str:
            to = result["upload"]
            browser.storage_request("PUT photo", to["method"], to["url"], path.read_bytes(), to["headers"])
            return str(result["photo_id"])

        def confirm(photo_ids: list[str]) -> None:
            browser.send("POST complete", "POST", f"{album}uploads/complete/", {"photos": photo_ids})

        sent: list[str] = []
        every, confirmed_at = 0.0, 0.0
        for photo_id in sending.map(send, results, photos):
            sent.append(photo_id)
            if time.monotonic() >= confirmed_at + every:
                confirm(sent)
                every = min(max(2 * every, _FIRST_CONFIRM_SECONDS), _CONFIRM_SECONDS)
                sent, confirmed_at = [], time.monotonic()
        if sent:
            confirm(sent)

    def _first_photo(self, album: str) -> bool:
        progress = self._progress(album)
        if progress["prepared"] + progress["embedding"] + progress["analyzed"] == 0:
            return False
        shown = self._browser.json("GET photos", f"{album}photos/?page_size=100")["results"]
        url = next((photo["thumbnail_url"] for photo in shown if photo["thumbnail_url"]), None)
        return bool(url and self._browser.storage_request("GET thumbnail", "GET", url, None, {}))

    def _left(self, album: str, *states: str) -> int:
        progress = self._progress(album)
        return sum(progress[state] for state in states)

    def _progress(self, album: str) -> Any:
        return self._browser.json("GET progress", f"{album}progress/")

    def _until(self, true: Callable[[], bool]) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not true():
            if time.monotonic() > deadline or self._browser.load.failures:
                raise SystemExit(f"The album was not made: {self._browser.load.failures}")
            time.sleep(_ASK_SECONDS)

    def _note(self, name: str, began: float, used: Counter[str]) -> None:
        seconds = time.perf_counter() - began
        spent = self._processor()
        spent.subtract(used)
        self.waits.append(Waited(name, seconds, spent))
