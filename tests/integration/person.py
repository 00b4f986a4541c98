"""A person who uses the service over HTTP: sign up, upload, watch, decide, download."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

PATIENCE_SECONDS = 180


class Person:
    """A client that speaks HTTP like the front end. Every unsuccessful answer is an error."""

    patience_seconds: float = PATIENCE_SECONDS

    def __init__(self, url: str, email: str) -> None:
        self.url = url
        self.email = email
        self._session = requests.Session()

    def sign_up(self, password: str = "a long enough pass phrase") -> None:
        """Create an account and sign in."""
        # The session answers 401 for "not signed in", and sets the CSRF cookie.
        self._session.get(f"{self.url}/_allauth/browser/v1/auth/session", timeout=30)
        self.post("/_allauth/browser/v1/auth/signup", {"email": self.email, "password": password})

    def sign_in(self, password: str = "a long enough pass phrase") -> None:
        """Sign in to an account that exists."""
        self._session.get(f"{self.url}/_allauth/browser/v1/auth/session", timeout=30)
        self.post("/_allauth/browser/v1/auth/login", {"email": self.email, "password": password})

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request with the CSRF token, like the front end."""
        headers = {"X-CSRFToken": self._session.cookies.get("csrftoken", ""), "Referer": self.url}
        url = path if path.startswith("http") else self.url + path
        return self._session.request(
            method, url, headers={**headers, **options.pop("headers", {})}, timeout=60, **options
        )

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON of a page."""
        return self._json(self.request("GET", path, params=parameters))

    def post(self, path: str, data: Any = None) -> Any:
        """The JSON of the answer."""
        return self._json(self.request("POST", path, json=data if data is not None else {}))

    @staticmethod
    def _json(response: requests.Response) -> Any:
        assert response.ok, f"{response.request.method} {response.url}: {response.status_code} {response.text[:2000]}"
        return response.json() if response.content else None

    def pages(self, path: str, **parameters: Any) -> Iterator[dict[str, Any]]:
        """Every result of a list, page by page."""
        page = self.get(path, **parameters)
        yield from page["results"]
        while page["next"]:
            page = self.get(page["next"])
            yield from page["results"]

    # --- The steps of an album ---

    def make_album(self, name: str) -> str:
        """Create an album and return its id."""
        return str(self.post("/api/v1/albums/", {"name": name})["id"])

    def upload(self, album: str, files: Iterable[Path]) -> dict[str, str]:
        """Upload files straight to the storage with presigned uploads. Returns the photo id of each file name."""
        contents = {path.name: path.read_bytes() for path in files}
        announced = [
            {
                "name": name,
                "size": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "type": "image/jpeg",
            }
            for name, data in contents.items()
        ]
        results = self.post(f"/api/v1/albums/{album}/uploads/", {"files": announced})["uploads"]
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(self.send, results, contents.values()))
        photos = {
            name: result["photo_id"] for name, result in zip(contents, results, strict=True) if result["photo_id"]
        }
        completion = self.post(f"/api/v1/albums/{album}/uploads/complete/", {"photos": sorted(set(photos.values()))})
        assert completion["missing"] == []
        return photos

    def send(self, result: dict[str, Any], data: bytes) -> None:
        """Upload one file as its result says. Does nothing when the result has no presigned upload."""
        presigned = result["upload"]
        if presigned is None:
            return
        # Sent without the session: the presigned upload is all the authorization it needs.
        response = requests.request(
            presigned["method"], presigned["url"], data=data, headers=presigned["headers"], timeout=60
        )
        assert response.ok, f"{presigned['url']}: {response.status_code} {response.text[:500]}"

    def progress(self, album: str) -> dict[str, Any]:
        """The progress of the album."""
        progress: dict[str, Any] = self.get(f"/api/v1/albums/{album}/progress/")
        return progress

    def wait_until_done(self, album: str) -> list[float]:
        """Watch the progress until the album is done. Returns the fractions it saw."""
        seen: list[float] = []

        def done() -> bool:
            progress = self.progress(album)
            seen.append(progress["fraction"])
            return bool(progress["done"])

        wait_until(done, what="the analysis", seconds=self.patience_seconds)
        return seen

    def clusters(self, album: str) -> list[dict[str, Any]]:
        """All clusters of the album."""
        return list(self.pages(f"/api/v1/albums/{album}/clusters/", page_size=3))

    def export(self, album: str) -> dict[str, Any]:
        """Create a zip and wait until it is finished."""
        return self.finished(self.post(f"/api/v1/albums/{album}/exports/"))

    def finished(self, export: dict[str, Any]) -> dict[str, Any]:
        """Wait until an export is finished."""

        def ready() -> bool:
            nonlocal export
            export = self.get(f"/api/v1/exports/{export['id']}/")
            assert export["state"] in {"queued", "building", "ready"}, export
            return bool(export["state"] == "ready")

        wait_until(ready, what="the export", seconds=self.patience_seconds)
        return export

    def download(self, export: dict[str, Any]) -> bytes:
        """The whole zip."""
        response = self.request("GET", f"/api/v1/exports/{export['id']}/download/")
        assert response.ok, response.text[:2000]
        return response.content


def wait_until(condition: Callable[[], bool], *, what: str, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until the condition is true. Fails with `what` when that takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"{what} did not finish within {seconds:.0f} s.")
        time.sleep(0.3)
