"""A person with a browser, who acts on the pages by the words they show."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.e2e import firefox

PASSWORD = "a long enough pass phrase"
PATIENCE = 90_000  # ms, for what the workers do
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
ALBUM_ID = re.compile(r"/albums/([0-9a-f-]{36})")
# Chromium reports every unsuccessful response, and the router what a page throws for it. Each test checks for itself
# whether those were expected.
EXPECTED = re.compile(r"Failed to load resource|net::ERR_|^Problem: This \w+ does not exist")

_numbers = itertools.count(1)


class Clicks:
    """Counts what a person has to click. Keys are free."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, where: Locator) -> None:
        self.count += 1
        where.click()


class Visitor:
    """One person in one browser context. An error on the console fails the test at the end."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        self.url = url
        self.email = f"visitor{next(_numbers)}@example.org"
        settings = {"viewport": {"width": 1440, "height": 900}, "locale": "en-GB", "reduced_motion": "reduce"}
        self.context = browser.new_context(base_url=url, **{**settings, **options})
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self._problems: list[str] = []
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self._problems.append(str(error)))
        self.sent: list[str] = []
        self.page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        is_bare = firefox.IS_CHOSEN and message.text == firefox.BARE_ERROR
        if message.type == "error" and not EXPECTED.search(message.text) and not is_bare:
            self._problems.append(message.text)

    def _on_response(self, response: Response) -> None:
        if response.request.method == "PUT" and response.ok:
            self.sent.append(response.url.partition("?")[0])

    def close(self) -> list[str]:
        """Close the browser. Returns what went wrong in it."""
        self.context.close()
        return self._problems

    # --- What people do ---

    def sign_up(self) -> None:
        """Create an account on the sign-up page."""
        self.page.goto("/account/signup")
        self._enter_credentials(PASSWORD)

    def sign_in(self, password: str) -> None:
        """Sign in on the current page."""
        self._enter_credentials(password)

    def _enter_credentials(self, password: str) -> None:
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_label("Password").first.fill(password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/albums")

    def start_album(self, files: Iterable[Path]) -> str:
        """Choose photos on the first page of a person without albums. Returns the id of the new album."""
        self.choose_photos(files)
        self.page.wait_for_url("**/upload")
        # The list, whose cards have the same menu, is shown until the page of the album is loaded.
        expect(self.page.get_by_role("navigation", name="Sections of the album")).to_be_visible()
        return self._album_of_the_page()

    def make_album(self, name: str) -> str:
        """Create an empty album and open its upload page. Returns its id."""
        self.page.goto(f"/albums/{self._post('/api/v1/albums/', name=name)['id']}/upload")
        return self._album_of_the_page()

    def share(self, album: str, **values: str) -> str:
        """Make a link to the album. Returns it."""
        link: str = self._post(f"/api/v1/albums/{album}/shares/", **values)["url"]
        return link

    def _post(self, path: str, **values: str) -> Any:
        token = next(cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "csrftoken")
        answer = self.context.request.post(path, data=values, headers={"X-CSRFToken": token, "Referer": self.url})
        assert answer.ok, answer.text()
        return answer.json()

    def _album_of_the_page(self) -> str:
        found = ALBUM_ID.search(self.page.url)
        assert found is not None, self.page.url
        return found[1]

    def choose_photos(self, files: Iterable[Path]) -> None:
        """Choose files, as with the browser's file picker."""
        self.page.get_by_test_id("photo-input").first.set_input_files([str(path) for path in files])

    def drop(self, *paths: Path) -> None:
        """Drag files and folders from the desktop and drop them on the page."""
        self.page.get_by_test_id("photo-input").first.wait_for(state="attached")
        session = self.context.new_cdp_session(self.page)
        dragged = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
        for step in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": step, "x": 300, "y": 300, "data": dragged})
            if step == "dragOver":
                expect(self.page.get_by_text(re.compile("^Drop to "))).to_be_visible()
        session.detach()

    def wait_for_upload(self) -> None:
        """Wait until the page says that all photos have arrived."""
        expect(self.page.get_by_text("All photos are in the album").first).to_be_visible(timeout=PATIENCE)

    def wait_for_analysis(self, album: str) -> None:
        """Wait until the progress page says that everything is ready."""
        self.page.goto(f"/albums/{album}/progress")
        expect(self.page.get_by_text("Everything is ready")).to_be_visible(timeout=PATIENCE)

    def make_analyzed_album(self, name: str, files: Iterable[Path]) -> str:
        """Create an album, upload the files and wait until they are grouped."""
        album = self.make_album(name)
        self.choose_photos(files)
        self.wait_for_upload()
        self.wait_for_analysis(album)
        return album

    # --- What the service says ---

    def get(self, path: str) -> Any:
        """The API's answer to this person."""
        response = self.context.request.get(path)
        assert response.ok, f"{path}: {response.status} {response.text()[:500]}"
        return response.json()

    def photos(self, album: str, **filters: str) -> list[dict[str, Any]]:
        """The photos of an album, at most 1,000."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        photos: list[dict[str, Any]] = self.get(f"/api/v1/albums/{album}/photos/?page_size=200&{query}")["results"]
        return photos

    def clusters(self, album: str) -> list[dict[str, Any]]:
        """The groups of an album."""
        clusters: list[dict[str, Any]] = self.get(f"/api/v1/albums/{album}/clusters/?page_size=200")["results"]
        return clusters

    def wait_until(self, condition: Callable[[], bool], *, what: str, seconds: float = 60) -> None:
        """Check the condition again and again, while the browser runs."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} did not come within {seconds:.0f} s.")
            self.page.wait_for_timeout(100)

    def network(self, *, bytes_per_second: int = -1, offline: bool = False) -> None:
        """Slow down this page's uploads, or disconnect it."""
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        limits = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
        session.send("Network.emulateNetworkConditions", {"offline": offline, **limits})
