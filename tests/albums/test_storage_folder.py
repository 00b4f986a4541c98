"""Storage in a folder."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from albums import storage
from albums.storage import FolderStorage
from tests.storage_contract import KEY, StorageContract

CONTENT = b"the bytes of a photo"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "objects"


@pytest.fixture
def store(root: Path) -> Iterator[FolderStorage]:
    folder = FolderStorage(root)
    folder.create_if_missing()
    yield folder
    folder.close()
    incoming = root / ".incoming"
    assert not incoming.is_dir() or not list(incoming.iterdir())


class TestFolderStorage(StorageContract):
    """The folder does what every storage does."""


def upload_token(store: FolderStorage, *, size: int = len(CONTENT), sha256: str = SHA256, expires_in: int = 60) -> str:
    presigned = store.presigned_upload(KEY, size=size, content_type="image/jpeg", sha256=sha256, expires_in=expires_in)
    assert presigned.method == "PUT"
    assert presigned.headers == {"Content-Type": "image/jpeg"}
    return presigned.url.removeprefix("/files/")


def send(
    store: FolderStorage, token: str, body: bytes, *, length: int | None = None, content_type: str = "image/jpeg"
) -> None:
    store.receive_upload(
        token, io.BytesIO(body), content_length=len(body) if length is None else length, content_type=content_type
    )


def test_the_first_object_creates_the_folder(root: Path) -> None:
    store = FolderStorage(root)
    assert "does not exist" in (store.check() or "")
    assert store.size(KEY) is None
    assert list(store.list_keys("albums/")) == []
    assert store.delete_prefix("albums/1/") == 0
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    assert (root / KEY).read_bytes() == CONTENT
    assert store.create_if_missing() is False


def test_it_creates_the_folder_with_its_parents(tmp_path: Path) -> None:
    store = FolderStorage(tmp_path / "a" / "b")
    assert store.create_if_missing() is True
    assert store.check() is None


def test_others_cannot_read_the_photos(store: FolderStorage, root: Path) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    for path in root.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o007 == 0, path


def test_deleting_removes_the_empty_folders(store: FolderStorage, root: Path) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    store.delete_prefix("albums/")
    assert not (root / "albums").exists()


def test_a_folder_reached_by_a_link_is_fine(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "objects").symlink_to(tmp_path / "disk")
    store = FolderStorage(tmp_path / "objects")
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    assert store.read_bytes(KEY) == CONTENT


def test_links_inside_the_folder_are_not_followed(store: FolderStorage, root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "photos" / "1").mkdir(parents=True)
    (outside / "photos" / "1" / "original").write_bytes(b"secret")
    (root / "albums").mkdir()
    (root / "albums" / "linked").symlink_to(outside)
    key = storage.original_key("linked", 1)
    for attempt in (
        lambda: store.read_bytes(key),
        lambda: store.size(key),
        lambda: store.write_bytes(key, b"x", "image/jpeg"),
        lambda: store.delete([key]),
        lambda: list(store.list_keys(storage.photo_prefix("linked", 1))),
        lambda: store.delete_prefix(storage.photo_prefix("linked", 1)),
    ):
        with pytest.raises(storage.StorageRefused, match="symbolic link"):
            attempt()
    assert store.delete_prefix("albums/") == 0
    assert (outside / "photos" / "1" / "original").read_bytes() == b"secret"


def test_a_link_in_place_of_an_object_is_not_followed(store: FolderStorage, root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    path = root / KEY
    path.parent.mkdir(parents=True)
    path.symlink_to(secret)
    with pytest.raises(storage.StorageRefused, match="symbolic link"):
        store.read_bytes(KEY)
    assert store.size(KEY) is None
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    assert store.read_bytes(KEY) == CONTENT
    assert secret.read_bytes() == b"secret"


def test_only_a_file_is_an_object(store: FolderStorage, root: Path) -> None:
    (root / KEY).mkdir(parents=True)
    os.mkfifo(root / storage.preview_key(1, 1).replace("albums/1/photos/1/preview", "pipe"))
    for key in (KEY, "pipe", f"{KEY}/deeper/still"):
        assert store.size(key) is None
        with pytest.raises(storage.ObjectMissing):
            store.read_bytes(key)


def test_it_clears_what_killed_writers_left(store: FolderStorage, root: Path) -> None:
    incoming = root / ".incoming"
    incoming.mkdir()
    old, fresh = incoming / "old", incoming / "fresh"
    for path in (old, fresh):
        path.write_bytes(b"half a zip")
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    assert store.abort_stale_uploads(timedelta(days=1)) == 1
    assert list(incoming.iterdir()) == [fresh]
    fresh.unlink()


def test_a_deletion_between_two_steps_of_a_writer_is_harmless(store: FolderStorage, root: Path) -> None:
    with store.open_writer(KEY, "image/jpeg") as writer:
        writer.write(CONTENT)
        store.delete_prefix("albums/")
    assert store.read_bytes(KEY) == CONTENT


def test_a_full_disk_can_be_retried(store: FolderStorage) -> None:
    full = mock.patch("os.fsync", side_effect=OSError(28, "No space left on device"))
    with full, pytest.raises(storage.StorageUnavailable, match="full"):
        store.write_bytes(KEY, CONTENT, "image/jpeg")
    assert not store.exists(KEY)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_needs_the_operator(store: FolderStorage, root: Path) -> None:
    root.chmod(0o500)
    try:
        assert "not writable" in (store.check() or "")
        with pytest.raises(storage.StorageRefused, match="permissions"):
            store.write_bytes(KEY, CONTENT, "image/jpeg")
    finally:
        root.chmod(0o700)


def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path) -> None:
    (tmp_path / "objects").write_bytes(b"")
    store = FolderStorage(tmp_path / "objects")
    assert "does not exist" in (store.check() or "")
    with pytest.raises(storage.StorageError):
        store.write_bytes(KEY, CONTENT, "image/jpeg")


def test_an_upload_stores_the_announced_file(store: FolderStorage) -> None:
    token = upload_token(store)
    send(store, token, CONTENT)
    assert store.read_bytes(KEY) == CONTENT
    send(store, token, CONTENT)
    assert store.read_bytes(KEY) == CONTENT


@pytest.mark.parametrize(
    ("body", "length", "content_type", "code"),
    [
        (CONTENT[:-1] + b"?", None, "image/jpeg", "wrong_checksum"),
        (CONTENT[:-1], None, "image/jpeg", "wrong_size"),
        (CONTENT + b"!", None, "image/jpeg", "wrong_size"),
        (CONTENT[:-1], len(CONTENT), "image/jpeg", "wrong_size"),
        (b"", len(CONTENT), "image/jpeg", "wrong_size"),
        (CONTENT, None, "text/html", "wrong_type"),
    ],
)
def test_an_upload_of_anything_else_is_refused_and_leaves_nothing(
    store: FolderStorage, body: bytes, length: int | None, content_type: str, code: str
) -> None:
    with pytest.raises(storage.UploadRefused) as caught:
        send(store, upload_token(store), body, length=length, content_type=content_type)
    assert caught.value.code == code
    assert not store.exists(KEY)


def test_a_part_arrives_by_its_link_until_the_upload_ends(store: FolderStorage) -> None:
    upload = store.multipart.begin(KEY)
    presigned = store.multipart.presigned_part(KEY, upload, 1, size=len(CONTENT), expires_in=60)
    token, part_type = presigned.url.removeprefix("/files/"), presigned.headers["Content-Type"]
    for wrong, content_type in ((CONTENT + b"!", part_type), (CONTENT, "image/jpeg")):
        with pytest.raises(storage.UploadRefused):
            send(store, token, wrong, content_type=content_type)
    with pytest.raises(storage.UploadRefused, match="ended after"):
        send(store, token, CONTENT[:-1], length=len(CONTENT), content_type=part_type)
    with pytest.raises(storage.LinkInvalid):
        store.open_download(token)
    assert store.multipart.part_sizes(KEY, upload) == {}
    send(store, token, CONTENT, content_type=part_type)
    assert store.multipart.complete(KEY, upload, {1: len(CONTENT)}) is True
    assert store.read_bytes(KEY) == CONTENT
    with pytest.raises(storage.MultipartUploadEnded):
        send(store, token, CONTENT[::-1], content_type=part_type)
    assert store.read_bytes(KEY) == CONTENT


def test_an_upload_that_breaks_while_it_is_put_together_can_be_completed_again(store: FolderStorage) -> None:
    upload = store.multipart.begin(KEY)
    store.multipart.write_part(KEY, upload, 1, CONTENT)
    with (
        mock.patch("albums.storage.folder.os.fsync", side_effect=OSError(28, "full")),
        pytest.raises(storage.StorageUnavailable),
    ):
        store.multipart.complete(KEY, upload, {1: len(CONTENT)})
    assert not store.exists(KEY)
    assert store.multipart.complete(KEY, upload, {1: len(CONTENT)}) is True
    assert store.read_bytes(KEY) == CONTENT


@pytest.mark.parametrize("upload", ["..", "0" * 31, "../" + "0" * 29, "", "an/id~of.another-storage"])
def test_an_upload_of_another_storage_has_ended(store: FolderStorage, root: Path, upload: str) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    with pytest.raises(storage.MultipartUploadEnded):
        store.multipart.write_part(KEY, upload, 1, b"x")
    store.multipart.abort(KEY, upload)
    assert store.read_bytes(KEY) == CONTENT
    assert not (root / ".multipart").exists()


def test_it_reads_no_more_of_an_upload_than_announced(store: FolderStorage) -> None:
    stream = io.BytesIO(CONTENT + b"the next request")
    store.receive_upload(upload_token(store), stream, content_length=len(CONTENT), content_type="image/jpeg")
    assert stream.read() == b"the next request"


def test_an_upload_that_breaks_off_leaves_what_was_there(store: FolderStorage) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    store.write_bytes(KEY, b"before", "image/jpeg")
    with pytest.raises(ConnectionResetError):
        store.receive_upload(upload_token(store), Broken(), content_length=len(CONTENT), content_type="image/jpeg")
    assert store.read_bytes(KEY) == b"before"


def test_an_expired_upload_is_refused(store: FolderStorage) -> None:
    with pytest.raises(storage.LinkInvalid, match="expired"):
        send(store, upload_token(store, expires_in=0), CONTENT)


def test_an_upload_whose_link_expires_while_it_is_sent_stores_nothing(
    store: FolderStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            monkeypatch.setattr("albums.storage.links.time.time", lambda: later)
            return super().read(size)

    token, later = upload_token(store, expires_in=60), time.time() + 61
    with pytest.raises(storage.LinkInvalid, match="expired"):
        store.receive_upload(token, Slow(CONTENT), content_length=len(CONTENT), content_type="image/jpeg")
    assert store.size(KEY) is None
    assert list(store.list_keys("albums/")) == []


def test_a_part_that_a_network_drive_still_keeps_is_none(store: FolderStorage) -> None:
    upload = store.multipart.begin(KEY)
    store.multipart.write_part(KEY, upload, 1, CONTENT)
    [part] = (path for path in store._root.rglob("*") if path.is_file())
    part.with_name(".nfs000000000001").write_bytes(b"replaced while it was read")
    assert store.multipart.part_sizes(KEY, upload) == {1: len(CONTENT)}
    assert store.multipart.complete(KEY, upload, {1: len(CONTENT)})


def test_a_part_that_arrives_during_an_abort_is_refused(store: FolderStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = store.multipart.begin(KEY)
    remove = shutil.rmtree

    def removed_meanwhile(folder: Path, *, ignore_errors: bool) -> None:
        with pytest.raises(storage.MultipartUploadEnded):
            store.multipart.write_part(KEY, upload, 1, CONTENT)
        remove(folder, ignore_errors=ignore_errors)

    monkeypatch.setattr(shutil, "rmtree", removed_meanwhile)
    store.multipart.abort(KEY, upload)
    assert [path.name for path in store._root.rglob("*") if path.parent.name == ".multipart"] == []


def test_links_do_only_what_they_were_made_for(store: FolderStorage) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    view = store.view_link(KEY, content_type="image/jpeg").removeprefix("/files/")
    with pytest.raises(storage.LinkInvalid):
        send(store, view, CONTENT)
    with pytest.raises(storage.LinkInvalid):
        store.open_download(upload_token(store))


def test_a_view_link_opens_the_object_for_the_page(store: FolderStorage) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    link = store.view_link(KEY, content_type="image/jpeg")
    assert store.view_link(KEY, content_type="image/jpeg") == link
    download = store.open_download(link.removeprefix("/files/"))
    with closing(download.opened.span(0, len(CONTENT))) as file:
        assert file.read(len(CONTENT) + 1) == CONTENT
    assert (download.opened.size, download.content_type, download.disposition) == (len(CONTENT), "image/jpeg", "inline")
    assert "max-age=86400" in download.cache_control


def test_a_download_link_saves_the_object_under_a_name(store: FolderStorage) -> None:
    store.write_bytes(KEY, CONTENT, "image/jpeg")
    link = store.download_link(KEY, file_name="Été.zip", content_type="application/zip", expires_in=60)
    download = store.open_download(link.removeprefix("/files/"))
    download.opened.close()
    assert download.disposition == "attachment; filename*=utf-8''%C3%89t%C3%A9.zip"
    assert download.content_type == "application/zip"


def test_different_content_has_a_different_etag(store: FolderStorage) -> None:
    token = store.view_link(KEY, content_type="image/jpeg").removeprefix("/files/")
    etags = []
    for content in (CONTENT, CONTENT[::-1]):
        store.write_bytes(KEY, content, "image/jpeg")
        download = store.open_download(token)
        download.opened.close()
        etags.append(download.opened.etag)
    assert etags[0] != etags[1]


def test_a_link_to_a_deleted_object_says_so(store: FolderStorage) -> None:
    with pytest.raises(storage.ObjectMissing):
        store.open_download(store.view_link(KEY, content_type="image/jpeg").removeprefix("/files/"))
