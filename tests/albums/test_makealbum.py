"""How the command reports wrong usage and missing services. The integration tests run the job itself."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.core.management import CommandError, call_command

from albums import storage
from albums.headless import job
from albums.headless.folder import FolderFile, UnreadableFile, find_files, read_files
from albums.headless.job import save
from albums.headless.report import write_report
from albums.models import Album, Photo
from tests.factories import make_album
from tests.settings import TEMPORARY_DIR
from web.accounts.models import User

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"bytes")
    return folder


def _refusal(folder: Path, **options: Any) -> CommandError:
    with pytest.raises(CommandError) as refusal:
        call_command("makealbum", folder, verbosity=0, **options)
    return refusal.value


def test_a_missing_folder_is_bad_usage(tmp_path: Path) -> None:
    refusal = _refusal(tmp_path / "nowhere", output=tmp_path / "album.zip")
    assert refusal.returncode == 2
    assert str(tmp_path / "nowhere") in str(refusal)


def test_a_file_in_place_of_a_folder_is_bad_usage(photos: Path, tmp_path: Path) -> None:
    assert _refusal(photos / "a.jpg", output=tmp_path / "album.zip").returncode == 2


def test_an_empty_folder_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refusal = _refusal(tmp_path / "empty", output=tmp_path / "album.zip")
    assert refusal.returncode == 1
    assert "no files" in str(refusal)
    assert not (tmp_path / "album.zip").exists()


@pytest.mark.parametrize("option", ["output", "report"])
def test_a_file_that_cannot_be_written_is_bad_usage(photos: Path, tmp_path: Path, option: str) -> None:
    paths = {"output": tmp_path / "album.zip", option: tmp_path / "nowhere" / "file"}
    refusal = _refusal(photos, **paths)
    assert refusal.returncode == 2
    assert f"--{option}" in str(refusal)
    paths[option] = tmp_path
    assert "is a folder" in str(_refusal(photos, **paths))


@pytest.mark.django_db
def test_a_missing_broker_is_named(photos: Path, tmp_path: Path) -> None:
    refusal = _refusal(photos, output=tmp_path / "album.zip")
    assert refusal.returncode == 1
    assert "REDIS_URL" in str(refusal)
    assert not (tmp_path / "album.zip").exists()
    assert not Album.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "changes", "status", "says"),
    [
        (["--similarity", "2"], {}, 2, "between 0"),
        (["--similarity", "high"], {}, 2, "similarity"),
        (["--picks", "0"], {}, 2, "such as 25%"),
        (["--picks", "101%"], {}, 2, "such as 25%"),
        ([], {"DATABASE_URL": "mysql://here/photos"}, 1, "DATABASE_URL has the scheme 'mysql'"),
        ([], {"DATABASE_URL": "postgres://user:secret@127.0.0.1:1/photos"}, 1, "DATABASE_URL does not answer"),
        ([], {"REDIS_URL": "http://127.0.0.1"}, 1, "REDIS_URL has the scheme"),
        ([], {"STORAGE_URL": "s3://bucket", "REDIS_URL": ""}, 1, "STORAGE_URL"),
    ],
)
def test_it_exits_with_a_clear_message(
    photos: Path, tmp_path: Path, arguments: list[str], changes: dict[str, str], status: int, says: str
) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "makealbum", photos, "--output", tmp_path / "album.zip", *arguments],
        cwd=REPOSITORY,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "web.settings", "DATA_DIR": str(TEMPORARY_DIR / "x"), **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert not (tmp_path / "album.zip").exists()


@pytest.mark.django_db
def test_the_analysis_begins_after_a_few_files_and_knows_when_more_are_coming(
    photos: Path, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(13):
        (photos / f"{number}.jpg").write_bytes(b"bytes of %d" % number)
    calls: list[tuple[str, int]] = []

    def watch(name: str) -> None:
        called = getattr(job, name)

        def watched(album: Album, items: list[Any]) -> Any:
            calls.append((name, len(items)))
            return called(album, items)

        monkeypatch.setattr(job, name, watched)

    watch("uploads_create")
    watch("uploads_complete")
    album = make_album(alice)
    job.HeadlessJob(album, photos, MagicMock())._upload(find_files(photos))

    announced, completed = "uploads_create", "uploads_complete"
    assert calls[:3] == [(announced, 4), (announced, 8), (completed, 4)]
    assert calls[3:] == [(announced, 2), (completed, 8), (completed, 2)]
    assert album.photos.filter(state=Photo.State.UPLOADED).count() == 14


def test_it_finds_files_in_all_folders(photos: Path) -> None:
    (photos / "day 2").mkdir()
    (photos / "day 2" / "b.jpg").write_bytes(b"b")
    (photos / "album.zip").write_bytes(b"e")
    found = find_files(photos, leave_out=[photos / "album.zip"])
    assert [path.relative_to(photos).as_posix() for path in found] == ["a.jpg", "day 2/b.jpg"]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "._a.jpg",
        ".thumbnails/c.jpg",
        ".Trash-1000/files/c.jpg",
        "@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg",
        "#recycle/c.jpg",
        "$RECYCLE.BIN/S-1-5/c.jpg",
        "System Volume Information/c.jpg",
        "Thumbs.db",
        "desktop.ini",
    ],
)
def test_it_passes_over_what_systems_keep_beside_photos(photos: Path, name: str) -> None:
    for place in (photos / name, photos / "day 2" / name):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"x")
    assert find_files(photos) == [photos / "a.jpg"]


def test_pipes_are_passed_over(photos: Path) -> None:
    os.mkfifo(photos / "pipe.jpg")
    (photos / "link.jpg").symlink_to(photos / "pipe.jpg")
    assert find_files(photos) == [photos / "a.jpg"]


def _reasons(folder: Path) -> dict[str, str]:
    """Why files cannot be read, and nothing for those that can."""
    read = read_files(folder, find_files(folder))
    return {file.relative: file.reason if isinstance(file, UnreadableFile) else "" for file in read}


def test_links_that_lead_nowhere_are_named(photos: Path) -> None:
    (photos / "itself.jpg").symlink_to(photos / "itself.jpg")
    (photos / "above").symlink_to(photos)
    assert _reasons(photos) == {
        "a.jpg": "",
        "above": "This is a link to a folder. Links to folders are not followed.",
        "itself.jpg": "The file cannot be read: Too many levels of symbolic links.",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_a_folder_that_cannot_be_read_is_named(photos: Path) -> None:
    (photos / "closed").mkdir(mode=0o000)
    assert _reasons(photos) == {"a.jpg": "", "closed": "This folder cannot be read. Check its permissions."}


def test_an_error_while_reading_a_folder_names_it(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (photos / "closed").mkdir()

    def scandir(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return original(path)

    original = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    assert _reasons(photos) == {"a.jpg": "", "closed": "This folder cannot be read. Check its permissions."}


def test_a_name_that_is_not_utf8_can_be_reported(photos: Path, tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(photos) + b"/caf\xe9.jpg")).write_bytes(b"c")
    assert _reasons(photos) == {"a.jpg": "", "caf\\xe9.jpg": ""}
    write_report({"photos": list(_reasons(photos))}, tmp_path / "report.json")
    assert "caf" in (tmp_path / "report.json").read_text(encoding="utf-8")


def test_a_photo_comes_before_its_copy(photos: Path) -> None:
    """So that it gives its name to the photo, where both are the same."""
    (photos / "a (1).jpg").write_bytes((photos / "a.jpg").read_bytes())
    assert [path.name for path in find_files(photos)] == ["a.jpg", "a (1).jpg"]


def test_a_file_that_cannot_be_read_is_one_failure(photos: Path) -> None:
    (photos / "broken.jpg").symlink_to(photos / "nowhere")
    readable, unreadable = read_files(photos, find_files(photos))
    assert isinstance(readable, FolderFile) and readable.size == 5
    assert isinstance(unreadable, UnreadableFile) and "cannot be read" in unreadable.reason


def test_it_leaves_nothing_half_written(tmp_path: Path) -> None:
    with pytest.raises(storage.ObjectMissing):
        save("albums/nobody/exports/nothing", tmp_path / "album.zip")
    with pytest.raises(TypeError):
        write_report({"unwritable": object()}, tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []
    write_report({"name": "å"}, tmp_path / "report.json")
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == {"name": "å"}
