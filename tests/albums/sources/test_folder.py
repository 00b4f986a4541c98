"""Which files of a folder are found, and what is said of those that cannot be used."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from typing import Any

import pytest

from albums.sources.folder import CameraCard, FolderSource
from albums.sources.opening import open_source
from tests.source_files import entries, paths, reasons


def test_files_of_all_folders_are_found(photos: Path) -> None:
    (photos / "day 2").mkdir()
    (photos / "day 2" / "a.jpg").write_bytes(b"b")
    (photos / "album.zip").write_bytes(b"e")
    source = FolderSource(photos, leave_out=[photos / "album.zip"])
    assert (source.name, source.total) == ("photos", 2)
    assert [(entry.folder, entry.name, entry.size) for entry in entries(source)] == [
        ("", "a.jpg", 5),
        ("day 2", "a.jpg", 1),
    ]


def test_what_systems_keep_beside_photos_is_passed_over(photos: Path) -> None:
    for name in (".DS_Store", "@eaDir/a.jpg/SYNOPHOTO_THUMB_XL.jpg", "day 2/#recycle/c.jpg", "Thumbs.db"):
        (photos / name).parent.mkdir(parents=True, exist_ok=True)
        (photos / name).write_bytes(b"x")
    source = FolderSource(photos)
    assert (paths(source), reasons(source)) == (["a.jpg"], {})


def test_pipes_sockets_and_devices_are_named_and_not_opened(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(photos / "pipe.jpg")
    (photos / "link.jpg").symlink_to(photos / "pipe.jpg")
    (photos / "null.jpg").symlink_to("/dev/null")
    monkeypatch.chdir(photos)  # a socket's path has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        source = FolderSource(photos)
        assert paths(source) == ["a.jpg"]
        assert reasons(source) == {
            "pipe.jpg": "This is a pipe, not a file.",
            "link.jpg": "This is a pipe, not a file.",
            "null.jpg": "This is a device, not a file.",
            "socket": "This is a socket, not a file.",
        }


def test_links_that_lead_nowhere_are_named(photos: Path) -> None:
    (photos / "itself.jpg").symlink_to(photos / "itself.jpg")
    (photos / "above").symlink_to(photos)
    (photos / "broken.jpg").symlink_to(photos / "nowhere")
    (photos / "good.jpg").symlink_to(photos / "a.jpg")
    source = FolderSource(photos)
    assert paths(source) == ["a.jpg", "good.jpg"]
    assert reasons(source) == {
        "above": "This is a link to a folder. Links to folders are not followed.",
        "broken.jpg": "The file cannot be read: No such file or directory.",
        "itself.jpg": "The file cannot be read: Too many levels of symbolic links.",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every folder")
def test_what_may_not_be_read_is_named(photos: Path) -> None:
    for name, mode in (("closed", 0o000), ("listed", 0o400)):
        (photos / name).mkdir()
        (photos / name / "b.jpg").write_bytes(b"b")
        (photos / name).chmod(mode)
    try:
        assert reasons(FolderSource(photos)) == {
            "closed": "This folder cannot be read: Permission denied.",
            "listed/b.jpg": "The file cannot be read: Permission denied.",
        }
    finally:
        (photos / "closed").chmod(0o700)
        (photos / "listed").chmod(0o700)


def test_an_error_while_reading_a_folder_names_it(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (photos / "closed").mkdir()

    def scandir(path: str) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return original(path)

    original = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    source = FolderSource(photos)
    assert paths(source) == ["a.jpg"]
    assert reasons(source) == {"closed": "This folder cannot be read: Permission denied."}


def test_a_name_that_is_not_utf8_is_read_as_windows_1252(photos: Path) -> None:
    Path(os.fsdecode(os.fsencode(photos) + b"/caf\xe9.jpg")).write_bytes(b"c")
    labels = {entry.path: entry.label for entry in entries(FolderSource(photos))}
    assert labels == {"a.jpg": "a.jpg", "café.jpg": "caf\\xe9.jpg"}


@pytest.mark.parametrize(
    "name",
    [
        "é.jpg",
        "e\u0301.jpg",
        "👨\u200d👩\u200d👧.jpg",
        "\u0645\u06cc\u200c\u062e.jpg",
        "x" * 251 + ".jpg",
        "  two .jpg",
        "b\n.jpg",
    ],
)
def test_strange_names_are_kept(photos: Path, name: str) -> None:
    (photos / name).write_bytes(b"x")
    assert sorted(paths(FolderSource(photos))) == sorted(["a.jpg", name])


def test_a_photo_comes_before_its_copy(photos: Path) -> None:
    """So that it gives its name to the photo, where both are the same."""
    (photos / "a (1).jpg").write_bytes((photos / "a.jpg").read_bytes())
    assert paths(FolderSource(photos)) == ["a.jpg", "a (1).jpg"]


def test_of_a_camera_card_only_photos_and_films_are_taken(tmp_path: Path) -> None:
    card = tmp_path / "EOS_DIGITAL"
    for name in (
        "DCIM/100CANON/IMG_0001.JPG",
        "DCIM/CANONMSC/M0100.CTG",
        "MISC/AUTPRINT.MRK",
        "PRIVATE/M4ROOT/CLIP/C0001.MP4",
        "PRIVATE/M4ROOT/THMBNL/C0001T01.JPG",
        "AUTORUN.INF",
    ):
        (card / name).parent.mkdir(parents=True, exist_ok=True)
        (card / name).write_bytes(name.encode())
    source = open_source([str(card)])
    assert isinstance(source, CameraCard)
    assert source.name == "EOS_DIGITAL"
    assert paths(source) == ["DCIM/100CANON/IMG_0001.JPG", "PRIVATE/M4ROOT/CLIP/C0001.MP4"]


def test_two_folders_at_once_stay_apart(photos: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.jpg").write_bytes(b"more")
    (tmp_path / "more" / "itself").symlink_to(tmp_path / "more" / "itself")
    source = open_source([str(photos), str(tmp_path / "more")])
    assert source.total == 3
    assert paths(source) == ["photos/a.jpg", "more/a.jpg"]
    assert list(reasons(source)) == ["more/itself"]
