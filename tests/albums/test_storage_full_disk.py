"""A disk that is really full: its own file system of 256 kB."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from albums.storage import FolderStorage, StorageUnavailable

FIRST, SECOND = (f"albums/album/photos/{name}/original" for name in ("first", "second"))
SPACE = 256 << 10


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SPACE},mode=700", "photoalbum-test", str(folder)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("only root may mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def store(small_disk: Path) -> Iterator[FolderStorage]:
    folder = FolderStorage(small_disk / "objects")
    folder.create_if_missing()
    yield folder
    folder.close()


def test_a_full_disk_is_reported_in_words_and_leaves_nothing_half_written(store: FolderStorage) -> None:
    store.write_bytes(FIRST, bytes(SPACE // 2), "image/jpeg")
    for _ in range(3):
        with pytest.raises(StorageUnavailable, match=r"disk of the storage folder is full\. Free some space"):
            store.write_bytes(SECOND, bytes(SPACE), "image/jpeg")
    assert store.size(SECOND) is None
    assert store.read_bytes(FIRST) == bytes(SPACE // 2)
    # What could not be written takes no space.
    store.write_bytes(SECOND, bytes(SPACE // 4), "image/jpeg")
    assert store.size(SECOND) == SPACE // 4


def test_a_zip_that_does_not_fit_leaves_nothing(store: FolderStorage, small_disk: Path) -> None:
    with pytest.raises(StorageUnavailable, match="full"):
        _write_piece_by_piece(store)
    assert store.size(FIRST) is None
    assert os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize > SPACE * 3 // 4


def _write_piece_by_piece(store: FolderStorage) -> None:
    with store.open_writer(FIRST, "application/zip", expected_size=SPACE) as writer:
        for _ in range(8):
            writer.write(bytes(SPACE // 4))
