"""Uploads in parts: what is sent, resumed, put together and aborted."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from albums import storage
from albums.headless import upload as headless
from albums.models import Album, MultipartUpload, Photo
from albums.services import multipart
from albums.services.albums import album_delete
from albums.services.multipart import (
    PART_SIZES,
    MissingParts,
    multipart_upload_continue,
    multipart_upload_send,
    multipart_uploads_abandon,
    parts_of,
)
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create, uploads_dismiss
from tests.factories import make_album
from tests.storage_contract import ANY_AGE
from web.accounts.models import User
from worker.stages.upkeep import delete_unfinished_objects

pytestmark = pytest.mark.django_db
MIB = 1024**2
CONTENT = os.urandom(12 * MIB)
FIVE = PART_SIZES[-1]


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def photo(album: Album) -> Photo:
    """A photo that was announced."""
    return announced(album)


def announced(album: Album, content: bytes = CONTENT) -> Photo:
    request = UploadRequest("film.mp4", len(content), hashlib.sha256(content).hexdigest())
    [result] = uploads_create(album, [request])
    assert result.photo is not None
    return result.photo


def write(photo: Photo, missing: MissingParts, *numbers: int, content: bytes = CONTENT) -> None:
    row = MultipartUpload.objects.filter(photo_id=photo.id).latest("id")
    for part in missing.parts:
        if part.number in numbers:
            data = content[part.start : part.start + part.size]
            storage.get_storage().multipart.write_part(row.key, row.upload_id, part.number, data)


def numbers(missing: MissingParts) -> list[int]:
    return [part.number for part in missing.parts]


def test_it_goes_on_where_it_stopped(album: Album, photo: Photo) -> None:
    first = multipart_upload_continue(photo, most_bytes=FIVE)
    assert [(part.number, part.start, part.size) for part in first.parts] == [
        (1, 0, FIVE),
        (2, FIVE, FIVE),
        (3, 2 * FIVE, 2 * MIB),
    ]
    assert first.arrived_bytes == 0
    write(photo, first, 1, 3)
    assert uploads_complete(album, [photo.id]).missing == [photo.id]
    second = multipart_upload_continue(photo)  # another visit, which does not know of smaller requests
    assert (numbers(second), second.arrived_bytes) == ([2], 7 * MIB)
    write(photo, second, 2)
    third = multipart_upload_continue(photo)
    assert (third.parts, third.arrived_bytes) == ([], len(CONTENT))
    assert uploads_complete(album, [photo.id]).uploaded == [photo.id]
    photo.refresh_from_db()
    assert photo.state == Photo.State.UPLOADED
    assert storage.get_storage().read_bytes(storage.original_key(album.id, photo.id)) == CONTENT
    assert not MultipartUpload.objects.exists()
    assert multipart_upload_continue(photo).parts == []


def test_smaller_parts_begin_anew_and_the_larger_are_aborted(photo: Photo) -> None:
    larger = multipart_upload_continue(photo, most_bytes=8 * MIB)
    write(photo, larger, 1)
    smaller = multipart_upload_continue(photo, most_bytes=8 * MIB - 1)
    assert (numbers(smaller), smaller.arrived_bytes) == ([1, 2, 3], 0)
    old, new = MultipartUpload.objects.order_by("id")
    assert multipart_uploads_abandon() == 0  # it may be about to be completed
    MultipartUpload.objects.filter(id=new.id).update(created_at=new.created_at - timedelta(minutes=11))
    assert multipart_uploads_abandon() == 1
    assert MultipartUpload.objects.get() == new
    with pytest.raises(storage.MultipartUploadEnded):
        storage.get_storage().multipart.part_sizes(old.key, old.upload_id)


def test_an_upload_that_the_storage_has_forgotten_begins_anew(photo: Photo) -> None:
    write(photo, multipart_upload_continue(photo, most_bytes=FIVE), 1, 2)
    row = MultipartUpload.objects.get()
    storage.get_storage().multipart.abort(row.key, row.upload_id)
    assert numbers(multipart_upload_continue(photo, most_bytes=FIVE)) == [1, 2, 3]


@pytest.mark.parametrize("end", ["dismissed", "album deleted", "sent in one request"])
def test_an_upload_that_nobody_waits_for_is_aborted(album: Album, photo: Photo, end: str) -> None:
    write(photo, multipart_upload_continue(photo, most_bytes=FIVE), 1)
    row = MultipartUpload.objects.get()
    assert multipart_uploads_abandon() == 0
    if end == "dismissed":
        uploads_dismiss(album)
    elif end == "album deleted":
        album_delete(album)
    else:
        storage.get_storage().write_bytes(row.key, CONTENT, "video/mp4")
        uploads_complete(album, [photo.id])
    delete_unfinished_objects()
    assert not MultipartUpload.objects.exists()
    with pytest.raises(storage.MultipartUploadEnded):
        storage.get_storage().multipart.part_sizes(row.key, row.upload_id)
    assert storage.get_storage().exists(row.key) is (end == "sent in one request")


def test_the_sweep_keeps_uploads_that_go_on_and_tries_again(photo: Photo) -> None:
    write(photo, multipart_upload_continue(photo, most_bytes=FIVE), 1)
    with mock.patch("worker.stages.upkeep._STALE_UPLOAD", ANY_AGE):
        delete_unfinished_objects()
    assert numbers(multipart_upload_continue(photo)) == [2, 3]
    uploads_dismiss(photo.album)
    broken = storage.StorageUnavailable("no answer")
    with mock.patch.object(storage.get_storage().multipart, "abort", side_effect=broken):
        delete_unfinished_objects()
    assert MultipartUpload.objects.count() == 1
    delete_unfinished_objects()
    assert not MultipartUpload.objects.exists()


def test_the_sweep_goes_on_behind_an_upload_that_the_storage_refuses_to_abort(album: Album) -> None:
    for content in (b"one" * MIB, b"two" * MIB):
        multipart_upload_continue(announced(album, content))
    uploads_dismiss(album)
    first, second = MultipartUpload.objects.order_by("id")
    multipart, abort = storage.get_storage().multipart, storage.get_storage().multipart.abort

    def refuse(key: str, upload_id: str) -> None:
        if upload_id == first.upload_id:
            raise storage.StorageRefused("no such name")
        abort(key, upload_id)

    with mock.patch.object(multipart, "abort", side_effect=refuse), pytest.raises(storage.StorageRefused):
        multipart_uploads_abandon()
    assert MultipartUpload.objects.get() == first
    with pytest.raises(storage.MultipartUploadEnded):
        multipart.part_sizes(second.key, second.upload_id)


def test_a_completion_whose_answer_was_lost_counts(album: Album, photo: Photo) -> None:
    write(photo, multipart_upload_continue(photo, most_bytes=FIVE), 1, 2, 3)
    complete = storage.get_storage().multipart.complete

    def lost(*arguments: Any) -> bool:
        complete(*arguments)
        raise storage.MultipartUploadEnded("completed")

    with mock.patch.object(storage.get_storage().multipart, "complete", side_effect=lost):
        assert uploads_complete(album, [photo.id]).uploaded == [photo.id]


def test_parts_never_become_too_many() -> None:
    for size in (1, FIVE, FIVE + 1, 4 * 1024**3, 100 * 1024**3):
        parts = list(parts_of(size, multipart._part_bytes(size, FIVE)))
        assert sum(part.size for part in parts) == size
        assert len(parts) <= 1_000
        assert len({part.size for part in parts[:-1]}) <= 1
        assert all(part.size >= FIVE for part in parts[:-1])


def test_large_files_had_better_come_in_parts(album: Album) -> None:
    sizes = (64 * MIB, 64 * MIB + 1)
    results = uploads_create(album, [UploadRequest("a", size, f"{size:064x}") for size in sizes])
    assert [result.in_parts for result in results] == [False, True]


def test_other_bytes_make_room_for_the_announced_ones(album: Album, photo: Photo) -> None:
    """Without a checksum the storage takes anything of the size. The worker finds out, and it must not come again."""
    key = storage.original_key(album.id, photo.id)
    storage.get_storage().write_bytes(key, CONTENT[::-1], "video/mp4")
    uploads_complete(album, [photo.id])
    Photo.objects.filter(id=photo.id).update(state=Photo.State.FAILED, error_code="checksum_mismatch")
    assert announced(album).state == Photo.State.PENDING
    assert uploads_complete(album, [photo.id]).missing == [photo.id]
    storage.get_storage().write_bytes(key, CONTENT, "video/mp4")
    assert uploads_complete(album, [photo.id]).uploaded == [photo.id]


class TestWithoutABrowser:
    """`makealbum` and `importalbum` send in parts, too."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(headless, "IN_PARTS_ABOVE", MIB)
        monkeypatch.setattr(headless, "PART_SIZES", (8 * MIB, FIVE))

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "film.mp4"
        path.write_bytes(CONTENT)
        return path

    def test_a_second_run_sends_what_is_missing(self, album: Album, photo: Photo, path: Path) -> None:
        store = storage.get_storage().multipart
        with mock.patch.object(store, "write_part", wraps=store.write_part) as write_part:
            write_part.side_effect = [mock.DEFAULT, storage.StorageUnavailable("no answer")]
            with pytest.raises(storage.StorageUnavailable):
                headless._send_file(photo, path)
        with mock.patch.object(store, "write_part", wraps=store.write_part) as write_part:
            headless._send_file(photo, path)
        assert [call.args[2] for call in write_part.call_args_list] == [2]
        assert uploads_complete(album, [photo.id]).uploaded == [photo.id]

    def test_smaller_parts_pass_a_proxy_that_refuses_larger_ones(self, album: Album, photo: Photo, path: Path) -> None:
        store = storage.get_storage().multipart
        real, sizes = store.write_part, []

        def limited(key: str, upload_id: str, number: int, data: bytes) -> None:
            if len(data) > FIVE:
                raise storage.BodyTooLarge("A proxy refused.")
            sizes.append(len(data))
            real(key, upload_id, number, data)

        with mock.patch.object(store, "write_part", side_effect=limited):
            headless._send_file(photo, path)
        assert sizes == [FIVE, FIVE, 2 * MIB]
        assert uploads_complete(album, [photo.id]).uploaded == [photo.id]
        with (
            mock.patch.object(store, "write_part", side_effect=storage.BodyTooLarge("A proxy refused.")),
            pytest.raises(storage.BodyTooLarge),
        ):
            headless._send_file(announced(album, CONTENT[1:]), path)

    def test_a_file_that_became_shorter_is_not_sent(self, photo: Photo, path: Path) -> None:
        path.write_bytes(CONTENT[:-1])
        with pytest.raises(OSError, match="shorter"):
            multipart_upload_send(photo, path)
