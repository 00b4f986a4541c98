"""The main job of two people, and what must come out of it."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.drawing import write_album
from tests.integration.person import Person

PASSWORD = "a long enough pass phrase"


class Job:
    """A person with an album of drawn photos, moments of two shots each."""

    def __init__(self, url: str, email: str, folder: Path, *, moments: int, seed: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.person = Person(url, email)
        self.moments = moments
        self.files = [shot.path for shot in write_album(folder, moments=moments, shots=2, seed=seed)]
        self.album = ""

    def upload(self) -> None:
        """Sign up and send the photos."""
        self.person.sign_up(PASSWORD)
        self.album = self.person.make_album("Midsummer")
        self.person.upload(self.album, self.files)

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
