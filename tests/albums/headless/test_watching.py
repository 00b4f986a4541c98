"""A watched folder: complete files only, each once, and what people deleted stays deleted."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import watchfiles
from django.db import connection
from pytest_django import Settings

from albums.headless import importing, watching
from albums.headless.day_albums import DayAlbums
from albums.headless.importing import album_named
from albums.headless.settled_files import Settling, TakenFiles
from albums.headless.upload import SourceUpload
from albums.headless.watching import FolderWatch, looks
from albums.models import Album, Photo
from albums.services.albums import album_create
from albums.storage import StorageUnavailable
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


@pytest.fixture
def watched(folder: Path, alice: User) -> FolderWatch:
    return start(folder, alice)


def start(folder: Path, owner: User) -> FolderWatch:
    """A watch as after a start of the process."""
    taken = TakenFiles.of(folder, str(owner.pk), folder.parent)
    return FolderWatch(folder, taken, DayAlbums("Phone", owner), settling=Settling(10))


def write(path: Path, content: bytes, modified: int = 1_700_000_000) -> None:
    path.write_bytes(content)
    os.utime(path, (modified, modified))


def is_waiting(watched: FolderWatch) -> bool:
    return watched.is_waiting


def names() -> list[str]:
    return sorted(Photo.objects.values_list("name", flat=True))


def test_a_file_is_taken_when_it_no_longer_grows(folder: Path, watched: FolderWatch) -> None:
    write(folder / "a.jpg", b"half")
    write(folder / "b.jpg.part", b"browsers name it so")
    assert list(watched.take(0)) == []
    write(folder / "a.jpg", b"half and half")
    assert list(watched.take(9)) == []
    assert list(watched.take(18)) == []
    assert is_waiting(watched)
    (said,) = watched.take(19)
    assert said.endswith("1 added, 0 already there.")
    assert list(watched.take(60)) == []
    assert not is_waiting(watched)
    photo = Photo.objects.get()
    assert (photo.name, photo.byte_size, photo.state) == ("a.jpg", 13, Photo.State.UPLOADED)


def test_each_day_has_its_album(folder: Path, watched: FolderWatch, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2026-11-27", "2026-11-28"):
        monkeypatch.setattr(time, "strftime", lambda _, day=day: day)
        for name in ("a", "b"):
            write(folder / f"{day} {name}.jpg", f"{day} {name}".encode())
            list(watched.take(0))
            list(watched.take(10))
    assert list(Album.objects.order_by("name").values_list("name", flat=True)) == [
        "Phone 2026-11-27",
        "Phone 2026-11-28",
    ]
    assert {album.photos.count() for album in Album.objects.all()} == {2}


def test_a_sidecar_goes_into_the_album_of_its_photo(
    folder: Path, watched: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = {
        "27": ["a.jpg", "b.CR2", "c.jpg", "sub/d.jpg"],
        "28": ["A.xmp", "b.CR2.xmp", "c.jpg", "c.xmp", "d.xmp", "e.xmp", "a2.jpg", "sub/d.jpg.more.json"],
    }
    (folder / "sub").mkdir()
    for hours, (day, files) in enumerate(days.items()):
        monkeypatch.setattr(time, "strftime", lambda _, day=day: day)
        for name in files:
            write(folder / name, f"{day} {name}".encode(), modified=1_700_000_000 + hours)
        for now in (0, 10):
            list(watched.take(now + 100 * hours))
    albums = {album.name: sorted(album.photos.values_list("name", flat=True)) for album in Album.objects.all()}
    assert albums == {
        "Phone 27": ["A.xmp", "a.jpg", "b.CR2", "b.CR2.xmp", "c.jpg", "d.jpg", "d.jpg.more.json"],
        "Phone 28": ["a2.jpg", "c.jpg", "c.xmp", "d.xmp", "e.xmp"],
    }


@pytest.mark.django_db(transaction=True)
def test_first_runs_at_once_share_one_album(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    both_found_none = threading.Barrier(2)

    def create_late(**values: Any) -> Album:
        with contextlib.suppress(threading.BrokenBarrierError):
            both_found_none.wait(0.5)
        return album_create(**values)

    def ask(_: int) -> Album:
        try:
            return album_named("Phone 2026-11-27", alice)
        finally:
            connection.close()

    monkeypatch.setattr(importing, "album_create", create_late)
    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(ask, range(2)))) == 1


def test_after_a_restart_nothing_comes_twice_or_comes_back(folder: Path, alice: User) -> None:
    for name in ("a.jpg", "b.jpg"):
        write(folder / name, name.encode())
    watched = start(folder, alice)
    list(watched.take(0))
    list(watched.take(10))
    assert names() == ["a.jpg", "b.jpg"]
    Photo.objects.filter(name="a.jpg").delete()
    # The process was killed while it wrote a line.
    (journal,) = (folder.parent / "watched").iterdir()
    journal.write_text(journal.read_text(encoding="utf-8") + "\n0123", encoding="utf-8")
    assert "jpg" not in journal.read_text(encoding="utf-8")
    write(folder / "c.jpg", b"c")
    for _ in range(2):
        watched = start(folder, alice)
        list(watched.take(0))
        list(watched.take(10))
        assert names() == ["b.jpg", "c.jpg"]


def test_problems_are_said_once_and_end_nothing(folder: Path, watched: FolderWatch) -> None:
    (folder / "itself.jpg").symlink_to(folder / "itself.jpg")
    write(folder / "empty.jpg", b"")
    write(folder / "good.jpg", b"good")
    assert list(watched.take(0)) == ["itself.jpg: The file cannot be read: Too many levels of symbolic links."]
    said = list(watched.take(10))
    assert said[0].endswith("1 added, 0 already there.")
    assert said[1:] == ["empty.jpg: empty.jpg is empty. Choose another file."]
    assert list(watched.take(20)) == []
    write(folder / "empty.jpg", b"not any more")
    list(watched.take(30))
    list(watched.take(40))
    assert names() == ["empty.jpg", "good.jpg"]


def test_a_storage_that_is_away_is_tried_again(
    folder: Path, watched: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder / "a.jpg", b"a")
    list(watched.take(0))
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise StorageUnavailable("The storage is away.")

        patch.setattr(SourceUpload, "run", refuse)
        assert list(watched.take(10)) == ["Nothing was taken: The storage is away."]
        assert list(watched.take(15)) == []
    assert len(list(watched.take(20))) == 1
    assert names() == ["a.jpg"]


def test_a_full_account_is_tried_again_at_the_next_start(folder: Path, alice: User, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 1
    for name in ("a.jpg", "b.jpg"):
        write(folder / name, name.encode())
    watched = start(folder, alice)
    list(watched.take(0))
    assert len(list(watched.take(10))) == 2
    assert list(watched.take(20)) == []
    settings.QUOTA_PHOTOS = 2
    watched = start(folder, alice)
    list(watched.take(0))
    list(watched.take(10))
    assert names() == ["a.jpg", "b.jpg"]


def test_it_looks_at_once_after_changes_while_it_waits_and_now_and_then(
    folder: Path, watched: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = [{("added", "a.jpg")}, set[object](), set[object](), set[object]()]
    monkeypatch.setattr(watchfiles, "watch", lambda *_, **__: iter(changes))
    monkeypatch.setattr(watching, "close_old_connections", lambda: None)
    clock = iter([0.0, 5.0, 10.0, 15.0, 70.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    looked = looks(folder, watched)
    assert next(looked) == 0
    assert next(looked) == 5
    write(folder / "a.jpg", b"a")
    list(watched.take(5))
    assert next(looked) == 10
    list(watched.take(20))
    list(watched.take(21))
    assert next(looked) == 70
