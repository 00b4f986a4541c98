"""What becomes of the files of a source in an album."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest

from albums import storage
from albums.headless import upload
from albums.headless.upload import SourceUpload
from albums.models import Album, Photo
from albums.services import uploads
from albums.sources import Entry, Found, Source, SourceError, Unusable
from albums.sources.folder import FolderSource
from albums.sources.opening import open_source
from tests.factories import make_album
from tests.source_files import make_zip
from web.accounts.models import User

pytestmark = pytest.mark.django_db
TIME = datetime(2024, 6, 8, tzinfo=UTC)


class FakeSource(Source):
    """Files without a disk. It counts how often each is read."""

    name = "Fake"

    def __init__(self, *found: Found, error: str = "") -> None:
        self._found = found
        self._error = error

    def entries(self) -> Iterator[Found]:
        yield from self._found
        if self._error:
            raise SourceError(self._error)


def entry(path: str, content: bytes, read_paths: list[str] | None = None, **changes: Any) -> Entry:
    @contextmanager
    def read() -> Iterator[Iterator[bytes]]:
        if read_paths is not None:
            read_paths.append(path)
        yield iter([content])

    return Entry(**{"path": path, "size": len(content), "modified": TIME, "read": read, **changes})


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def run(album: Album, source: Source) -> SourceUpload:
    done = SourceUpload(album, MagicMock())
    done.run(source)
    return done


def _refused(done: SourceUpload) -> dict[str, str]:
    return {label: refusal.code for label, refusal in done.refused.items()}


def test_the_analysis_begins_after_a_few_files_and_knows_when_more_are_coming(
    album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[str, int]] = []

    def watch(name: str) -> None:
        called = getattr(upload, name)

        def watched(album: Album, items: list[Any]) -> Any:
            calls.append((name, len(items)))
            return called(album, items)

        monkeypatch.setattr(upload, name, watched)

    watch("uploads_create")
    watch("uploads_complete")
    run(album, FakeSource(*(entry(f"{number}.jpg", b"%d" % number) for number in range(14))))
    announced, completed = "uploads_create", "uploads_complete"
    assert calls[:3] == [(announced, 4), (announced, 8), (completed, 4)]
    assert calls[3:] == [(announced, 2), (completed, 8), (completed, 2)]
    assert album.photos.filter(state=Photo.State.UPLOADED).count() == 14


def test_rows_and_bytes_are_those_of_the_source(album: Album) -> None:
    source = FakeSource(entry("2024/day 1/a.jpg", b"one"), entry("2024/day 2/a.jpg", b"two"), entry("b.jpg", b"one"))
    done = run(album, source)
    rows = album.photos.order_by("folder").values_list("folder", "name", "modified_at")
    assert list(rows) == [("2024/day 1", "a.jpg", TIME), ("2024/day 2", "a.jpg", TIME)]
    first = done.photo_ids["2024/day 1/a.jpg"]
    assert storage.get_storage().read_bytes(storage.original_key(album.id, first)) == b"one"
    assert done.duplicates == {"b.jpg": "2024/day 1/a.jpg"}


def test_the_second_time_nothing_is_read_or_added(album: Album) -> None:
    read: list[str] = []
    files = [entry("a.jpg", b"a", read), entry("d/b.jpg", b"b", read), entry("no time.jpg", b"c", read, modified=None)]
    run(album, FakeSource(*files))
    read.clear()
    again = run(album, FakeSource(*files))
    assert read == ["no time.jpg"]
    assert album.photos.count() == len(again.there_before) == 3
    # The same file under another name is read, and is there as well.
    moved = run(album, FakeSource(entry("moved/a.jpg", b"a")))
    assert (album.photos.count(), moved.refused, len(moved.there_before)) == (3, {}, 1)


def test_another_file_of_the_same_name_is_added(album: Album) -> None:
    run(album, FakeSource(entry("a.jpg", b"a")))
    run(album, FakeSource(entry("a.jpg", b"z", modified=datetime(2024, 6, 9, tzinfo=UTC))))
    assert album.photos.count() == 2


def test_a_file_that_never_arrived_is_sent_again(album: Album) -> None:
    run(album, FakeSource(entry("a.jpg", b"a")))
    album.photos.update(state=Photo.State.FAILED, error_code="object_missing")
    again = run(album, FakeSource(entry("a.jpg", b"a")))
    assert again.there_before == set()
    assert album.photos.get().state == Photo.State.UPLOADED


def test_what_cannot_be_used_is_named_and_ends_nothing(album: Album) -> None:
    def broken() -> AbstractContextManager[Iterator[bytes]]:
        raise OSError(5, "Input/output error")

    read: list[str] = []
    done = run(
        album,
        FakeSource(
            Unusable("link", "This is a link."),
            entry("broken.jpg", b"x", read=broken),
            entry("short.jpg", b"x", size=2),
            entry("bomb.jpg", b"x" * 10, size=9),
            entry("huge.jpg", b"x", read, size=10**12),
            entry("empty.jpg", b"", read),
            entry("good.jpg", b"good"),
            error="The connection broke off.",
        ),
    )
    assert read == []
    assert list(done.photo_ids) == ["good.jpg"]
    assert _refused(done) == {
        "link": "unreadable",
        "broken.jpg": "unreadable",
        "short.jpg": "unreadable",
        "bomb.jpg": "unreadable",
        "huge.jpg": "too_many_bytes",
        "empty.jpg": "empty_file",
        "Fake": "source_failed",
    }
    assert done.refused["broken.jpg"].message == "The file cannot be read: Input/output error."


def test_a_file_that_goes_while_it_is_sent_is_one_failure(
    album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(name.encode())
    announce = SourceUpload._announce

    def then_remove(*arguments: Any) -> Any:
        announced = announce(*arguments)
        (tmp_path / "b.jpg").unlink()
        return announced

    monkeypatch.setattr(SourceUpload, "_announce", then_remove)
    done = run(album, FolderSource(tmp_path))
    assert (list(done.photo_ids), _refused(done)) == (["a.jpg"], {"b.jpg": "changed"})
    assert album.photos.count() == 1


def test_the_quota_of_the_account_holds(album: Album, settings: Any) -> None:
    settings.QUOTA_PHOTOS = 2
    done = run(album, FakeSource(*(entry(f"{number}.jpg", b"%d" % number) for number in range(8))))
    assert len(done.photo_ids) == album.photos.count() == 2
    assert set(_refused(done).values()) == {"quota_exceeded"} and len(done.refused) == 6


def test_equal_labels_are_told_apart(album: Album) -> None:
    done = run(album, FakeSource(*(entry("a.jpg", b"%d" % number) for number in range(3))))
    assert list(done.photo_ids) == ["a.jpg", "a.jpg (2)", "a.jpg (3)"]


def test_copies_of_a_zip_are_gone_afterwards(album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(upload, "_MOST_COPIED_BYTES", 2000)
    most: list[int] = []
    complete = uploads.uploads_complete

    def watched(*arguments: Any) -> Any:
        most.append(len(list(tmp_path.glob("photoalbum-import-*/*"))))
        return complete(*arguments)

    monkeypatch.setattr(upload, "uploads_complete", watched)
    files = {f"{number}.jpg": bytes([number]) * 1000 for number in range(10)}
    done = run(album, open_source([str(make_zip(tmp_path / "a.zip", {**files, "copy.jpg": files["0.jpg"]}))]))
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
    assert max(most) <= 2
    sums = {photo.name: photo.sha256 for photo in album.photos.all()}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert done.duplicates == {"copy.jpg": "0.jpg"}
