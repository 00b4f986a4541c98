"""The main job of two people, and what must come out of it."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import sync_playwright
from pypdf import PdfReader

from tests.drawing import write_album
from tests.e2e.chromium import find_chromium, launch_chromium
from tests.e2e.visitor import PATIENCE, Visitor
from tests.integration.person import Person

PASSWORD = "a long enough pass phrase"
# More than the web process and the kernel keep in memory for somebody who does not read yet.
LARGE_BYTES = 48 * 1024 * 1024


class Job:
    """A person with an album of drawn photos, moments of two shots each."""

    def __init__(self, url: str, email: str, folder: Path, *, moments: int, seed: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.person = Person(url, email)
        self.moments = moments
        self.files = [shot.path for shot in write_album(folder, moments=moments, shots=2, seed=seed)]
        self.album = ""
        self.photos: dict[str, str] = {}

    def upload(self) -> None:
        """Sign up and send the photos."""
        self.person.sign_up(PASSWORD)
        self.album = self.person.make_album("Midsummer")
        self.photos = self.person.upload(self.album, self.files)

    def wait(self, meanwhile: Callable[[], None] | None = None) -> None:
        """Wait for the groups. Does something once, when the first photo is done."""
        while meanwhile and self.analyzed() == 0:
            pass
        if meanwhile:
            meanwhile()
        self.person.wait_until_done(self.album)

    def analyzed(self) -> int:
        """How many photos are done."""
        return int(self.person.progress(self.album)["analyzed"])

    def check(self) -> bytes:
        """Every photo is analyzed, each moment is a group, and the zip holds the picks byte for byte.

        Returns:
            the zip.
        """
        progress = self.person.progress(self.album)
        assert (progress["total"], progress["analyzed"], progress["failed"]) == (len(self.files), len(self.files), 0)
        assert len(self.person.clusters(self.album)) == self.moments
        archive = self.person.download(self.person.export(self.album))
        self.check_zip(archive)
        return archive

    def check_zip(self, archive: bytes) -> None:
        """One photo of each moment, as it was sent."""
        sent = {hashlib.sha256(path.read_bytes()).hexdigest() for path in self.files}
        with zipfile.ZipFile(io.BytesIO(archive)) as opened:
            assert opened.testzip() is None
            inside = [hashlib.sha256(opened.read(entry)).hexdigest() for entry in opened.infolist()]
        assert len(inside) == len(set(inside)) == self.moments
        assert set(inside) <= sent

    def enlarge_one(self) -> Path:
        """Make the first file large. What comes after the picture in a JPEG is no part of it."""
        large = self.files[0]
        large.write_bytes(large.read_bytes() + os.urandom(LARGE_BYTES))
        return large

    def share(self, file: Path, meanwhile: Callable[[], None]) -> None:
        """A guest with a link sees the pictures, and saves a file. Does something before the guest reads it."""
        values = {"selection": "all", "downloads": "original"}
        link = self.person.post(f"/api/v1/albums/{self.album}/shares/", values)["url"]
        guest = Person(self.person.url, "")
        shared = f"/api/v1/shared/{link.rstrip('/').rpartition('/')[2]}/photos/"
        listed = {photo["id"]: photo for photo in guest.pages(shared)}
        assert listed.keys() == set(self.photos.values())
        for photo in listed.values():
            for picture in (photo["thumbnail_url"], photo["preview_url"]):
                assert guest.request("GET", picture).content.startswith(b"\xff\xd8"), picture
        with guest.request("GET", listed[self.photos[file.name]]["download_url"], stream=True) as response:
            assert response.ok, response.status_code
            meanwhile()
            assert response.content == file.read_bytes()

    def print_book(self) -> int:
        """Make a photo book of the picks. Returns its number of pages."""
        options = {"kind": "book", "title": "Midsummer"}
        book = self.person.finished(self.person.post(f"/api/v1/albums/{self.album}/prints/", options))
        return len(PdfReader(io.BytesIO(self.person.download(book))).pages)

    def use_a_browser(self) -> None:
        """Another person does the main job with these files in Chromium, on the pages."""
        with sync_playwright() as playwright:
            browser = launch_chromium(playwright)
            visitor = Visitor(browser, self.person.url)
            visitor.sign_up()
            album = visitor.make_analyzed_album("Midsummer", self.files)
            page = visitor.page
            page.goto(f"/albums/{album}/review")
            shown = page.get_by_role("region", name="Groups and photos").locator("img").first
            shown.wait_for()
            assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
            page.goto(f"/albums/{album}/download")
            page.get_by_role("button", name="Make a zip").click()
            link = page.get_by_role("link", name="Download Midsummer.zip")
            link.wait_for(timeout=PATIENCE)
            with page.expect_download() as download:
                link.click()
            self.check_zip(download.value.path().read_bytes())
            assert visitor.close() == []
            browser.close()


def has_a_browser() -> bool:
    """True if Chromium is here."""
    return find_chromium() is not None
