"""Copying an album into a folder: what is there stays, what is damaged is named, and a broken run goes on."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from albums import storage
from albums.destinations import folder as destination_folder
from albums.headless import stack
from albums.models import Album, Photo
from albums.services.review import photos_decide
from tests.factories import NOON, make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User, monkeypatch: pytest.MonkeyPatch) -> Album:
    """Three photos with their bytes; the second is rejected."""
    monkeypatch.setattr(stack, "_check_services", lambda: None)
    album = make_album(alice)
    photos = [stored(album, f"{name}.jpg", name.encode() * 1000) for name in "abc"]
    photos_decide(album, [photos[1].id], Photo.Decision.REJECT)
    return album


def stored(album: Album, name: str, content: bytes) -> Photo:
    photo = make_photo(
        album, name=name, byte_size=len(content), sha256=hashlib.sha256(content).hexdigest(), timeline_at=NOON
    )
    storage.get_storage().write_bytes(storage.original_key(album.id, photo.id), content, "image/jpeg")
    return photo


def run(folder: Path, capsys: pytest.CaptureFixture[str], **options: str) -> str:
    options = {"email": "ALICE@example.org", "album": "Midsummer", "layout": "days", **options}
    call_command("exportalbum", str(folder), verbosity=0, **options)
    return capsys.readouterr().out


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_broken_run_goes_on_and_copies_nothing_twice(
    album: Album, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    appear = destination_folder._appear
    links: list[Path] = []

    def break_off(draft: Path, target: Path) -> None:
        if links:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        links.append(target)
        appear(draft, target)

    with monkeypatch.context() as full:
        full.setattr(destination_folder, "_appear", break_off)
        with pytest.raises(CommandError, match=r"c\.jpg cannot be written or read: No space left"):
            run(tmp_path / "photos", capsys)
    assert files(tmp_path / "photos") == {"2024-06-08/a.jpg": b"a" * 1000}, "and no draft"

    assert "1 written, 1 already there, 0 not." in run(tmp_path / "photos", capsys)

    assert files(tmp_path / "photos") == {"2024-06-08/a.jpg": b"a" * 1000, "2024-06-08/c.jpg": b"c" * 1000}


@pytest.mark.usefixtures("album")
def test_its_progress_begins_at_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("exportalbum", str(tmp_path), email="alice@example.org", album="Midsummer")
    assert capsys.readouterr().err.splitlines() == ["copy 0%", "copy 50%", "copy 100%"]


def test_another_file_is_never_replaced(album: Album, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2024-06-08").mkdir()
    (tmp_path / "2024-06-08" / "a.jpg").write_bytes(b"x" * 1000)
    with pytest.raises(CommandError, match="Not everything is there"):
        run(tmp_path, capsys)
    assert files(tmp_path) == {"2024-06-08/a.jpg": b"x" * 1000, "2024-06-08/c.jpg": b"c" * 1000}
    assert '"2024-06-08/a.jpg": another file is there' in capsys.readouterr().err


def test_a_link_in_the_folder_leads_nowhere(album: Album, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("photos", "elsewhere"):
        (tmp_path / folder).mkdir()
    (tmp_path / "photos" / "2024-06-08").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(CommandError, match="2024-06-08 is a link to another folder"):
        run(tmp_path / "photos", capsys)
    assert files(tmp_path / "elsewhere") == {}

    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    assert "2 written" in run(tmp_path / "link", capsys), "the destination itself may be a link"


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_appears_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_links: bool
) -> None:
    if not has_links:

        def refuse(*_: object) -> None:
            raise OSError(errno.EPERM, "no links")

        monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "draft").write_bytes(b"new")
    destination_folder._appear(tmp_path / "draft", tmp_path / "b.jpg")
    assert files(tmp_path)["b.jpg"] == b"new"
    (tmp_path / "draft").unlink(missing_ok=True)
    (tmp_path / "draft").write_bytes(b"newer")
    with pytest.raises(FileExistsError):
        destination_folder._appear(tmp_path / "draft", tmp_path / "b.jpg")
    assert files(tmp_path)["b.jpg"] == b"new"


def test_damaged_and_missing_originals_are_named_and_not_copied(
    album: Album, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _, third = album.photos.order_by("name")
    storage.get_storage().write_bytes(storage.original_key(album.id, first.id), b"b" * 1000, "image/jpeg")
    storage.get_storage().delete([storage.original_key(album.id, third.id)])
    with pytest.raises(CommandError, match="Not everything is there"):
        run(tmp_path, capsys)
    said = capsys.readouterr().err
    assert '"2024-06-08/a.jpg": its original is damaged' in said
    assert '"2024-06-08/c.jpg": its original is missing' in said
    assert files(tmp_path) == {}


def test_wrong_usage_is_named(album: Album, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for change, message in (
        ({"album": "Winter"}, "has no album Winter"),
        ({"names": "x"}, "Add {sequence} or {name}"),
    ):
        with pytest.raises(CommandError, match=message) as refusal:
            run(tmp_path, capsys, **change)
        assert refusal.value.returncode == 2
    for destination, message in (
        ("ftp://example.org/x", "neither a folder nor s3"),
        ("s3:///summer", "s3:///summer names no bucket"),
    ):
        with pytest.raises(CommandError, match=message) as refusal:
            run(destination, capsys)  # type: ignore[arg-type]
        assert refusal.value.returncode == 2
    Photo.objects.update(state=Photo.State.PREPARING)
    with pytest.raises(CommandError, match="still being analyzed"):
        run(tmp_path, capsys)
