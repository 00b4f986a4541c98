"""Presigned uploads before the bytes, completions after them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from albums import storage
from albums.models import Album, Photo
from albums.services.uploads import (
    UploadCompletion,
    UploadRequest,
    clean_folder,
    clean_name,
    uploads_complete,
    uploads_create,
)
from tests.factories import make_album
from web.accounts.models import User

pytestmark = pytest.mark.django_db
State = Photo.State


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def _request(content: bytes, name: str = "photo.jpg", **changes: Any) -> UploadRequest:
    return UploadRequest(
        **{
            "name": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "content_type": "image/jpeg",
            **changes,
        }
    )


def _send(photo: Photo, content: bytes) -> None:
    storage.get_storage().write_bytes(storage.original_key(photo.album_id, photo.id), content, "image/jpeg")


def _upload(album: Album, content: bytes) -> Photo:
    [result] = uploads_create(album, [_request(content)])
    assert result.photo is not None
    _send(result.photo, content)
    uploads_complete(album, [result.photo.id])
    result.photo.refresh_from_db()
    return result.photo


def test_it_returns_a_presigned_upload_for_each_file_in_order(album: Album) -> None:
    results = uploads_create(album, [_request(b"one", "one.jpg"), _request(b"two", "two.jpg")])
    assert [result.photo.name for result in results if result.photo] == ["one.jpg", "two.jpg"]
    assert all(result.upload is not None and result.upload.method == "PUT" for result in results)
    assert set(Photo.objects.values_list("state", flat=True)) == {State.PENDING}


def test_the_same_content_is_one_photo(album: Album) -> None:
    first, second = uploads_create(album, [_request(b"same", "a.jpg"), _request(b"same", "b.jpg")])
    assert first.photo == second.photo
    assert Photo.objects.count() == 1


def test_it_says_already_here_for_content_that_is_uploaded(album: Album) -> None:
    photo = _upload(album, b"bytes")
    [result] = uploads_create(album, [_request(b"bytes")])
    assert (result.photo, result.upload, result.error) == (photo, None, None)


def test_it_keeps_the_same_content_in_two_albums_apart(album: Album, bob: User) -> None:
    other = make_album(bob)
    mine = _upload(album, b"bytes")
    [result] = uploads_create(other, [_request(b"bytes")])
    assert result.upload is not None
    assert result.photo != mine


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 0}, "empty_file"),
        ({"size": max(settings.MAX_PHOTO_BYTES, settings.MAX_VIDEO_BYTES) + 1}, "too_many_bytes"),
        ({"sha256": "g" * 64}, "invalid_file"),
        ({"sha256": ""}, "invalid_file"),
        ({"size": -1}, "invalid_file"),
    ],
)
def test_it_refuses_one_file_and_accepts_the_others(album: Album, changes: dict[str, Any], code: str) -> None:
    refused, taken = uploads_create(album, [_request(b"one", **changes), _request(b"two")])
    assert refused.error is not None and refused.error.code == code
    assert refused.photo is None
    assert taken.upload is not None


def test_it_marks_photos_uploaded_when_their_bytes_have_arrived(album: Album) -> None:
    results = uploads_create(album, [_request(b"one"), _request(b"two")])
    here, away = (result.photo for result in results)
    assert here is not None and away is not None
    _send(here, b"one")
    completion = uploads_complete(album, [here.id, away.id, uuid4()])
    assert (completion.uploaded, completion.missing) == ([here.id], [away.id])
    here.refresh_from_db()
    away.refresh_from_db()
    album.refresh_from_db()
    assert (here.state, away.state, album.grouping) == (State.UPLOADED, State.PENDING, Album.Grouping.STALE)


def test_completing_twice_is_harmless(album: Album) -> None:
    photo = _upload(album, b"bytes")
    Photo.objects.filter(id=photo.id).update(state=State.ANALYZED)
    assert uploads_complete(album, [photo.id]).uploaded == [photo.id]
    photo.refresh_from_db()
    assert photo.state == State.ANALYZED


def test_it_does_not_mark_a_photo_of_the_wrong_size_uploaded(album: Album) -> None:
    [result] = uploads_create(album, [_request(b"whole")])
    assert result.photo is not None
    _send(result.photo, b"half")
    assert uploads_complete(album, [result.photo.id]).missing == [result.photo.id]


def test_it_completes_what_it_can_when_the_storage_fails(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage that fails for one in two never answers for all at once, and still the upload ends."""
    results = uploads_create(album, [_request(str(number).encode()) for number in range(8)])
    photos = [result.photo for result in results if result.photo]
    for number, photo in enumerate(photos):
        _send(photo, str(number).encode())
    ids = [photo.id for photo in photos]
    asked: list[int] = []

    def sizes(keys: Collection[str]) -> dict[str, int | None]:
        asked.append(len(keys))
        known = dict.fromkeys(list(keys)[::2], 1)
        if len(known) == len(keys):
            return dict(known)
        raise storage.SomeSizesUnknown("The storage is busy.", dict(known))

    monkeypatch.setattr(storage.get_storage(), "sizes", sizes)
    for _ in range(3):
        with pytest.raises(storage.StorageUnavailable):
            uploads_complete(album, ids)

    assert uploads_complete(album, ids) == UploadCompletion(ids, [])
    assert asked == [8, 4, 2, 1]


def test_it_leaves_other_peoples_photos_alone(album: Album, bob: User) -> None:
    [result] = uploads_create(make_album(bob), [_request(b"theirs")])
    assert result.photo is not None
    _send(result.photo, b"theirs")
    assert uploads_complete(album, [result.photo.id]) == UploadCompletion([], [])


def test_it_accepts_lost_content_again(album: Album) -> None:
    photo = _upload(album, b"bytes")
    Photo.objects.filter(id=photo.id).update(state=State.FAILED, error_code="object_missing")
    [result] = uploads_create(album, [_request(b"bytes")])
    assert result.upload is not None
    assert result.photo is not None and result.photo.state == State.PENDING


# About as many more take SQLite, which limits the parameters of a statement, another INSERT.
@pytest.mark.parametrize("count", [2, 12])
def test_it_takes_the_same_number_of_queries_for_many_files(
    album: Album, count: int, django_assert_num_queries: Any
) -> None:
    requests = [_request(str(number).encode()) for number in range(count)]
    with django_assert_num_queries(
        11
    ):  # other bytes, savepoint, lock, use (2), lock of the album, look, count, insert, release, checksum
        uploads_create(album, requests)


def test_it_keeps_the_files_own_time(album: Album) -> None:
    modified = datetime(2024, 6, 8, 12, 0, tzinfo=UTC)
    [result] = uploads_create(album, [_request(b"bytes", modified=modified)])
    assert result.photo is not None and result.photo.modified_at == modified


@given(st.text(max_size=400))
def test_a_clean_name_fits_its_column(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 255
    assert not {"/", "\\", "\x00", "\n", "\u202e"} & set(cleaned)


def test_a_clean_name_keeps_the_extension() -> None:
    assert clean_name("C:\\camera\\" + "x" * 400 + ".jpeg").endswith("x.jpeg")
    assert clean_name("DCIM/100/IMG 1.jpg") == "IMG 1.jpg"
    assert clean_name("///") == "photo"


@pytest.mark.parametrize("name", ["می‌خواهم.jpg", "👩‍👩‍👧 picnic.jpg", "क्‍ष.jpg"])
def test_a_clean_name_keeps_what_belongs_to_the_spelling(name: str) -> None:
    assert clean_name(name) == name
    assert clean_folder(f"{name}/{name}") == f"{name}/{name}"


def test_the_same_name_in_two_folders_is_two_photos(album: Album) -> None:
    uploads_create(album, [_request(b"one", "a.jpg", folder="day 1"), _request(b"two", "a.jpg", folder="day 2")])
    assert sorted(album.photos.values_list("folder", "name")) == [("day 1", "a.jpg"), ("day 2", "a.jpg")]


@pytest.mark.parametrize(
    ("folder", "kept"),
    [
        ("", ""),
        ("Iceland/day 1", "Iceland/day 1"),
        ("Iceland\\day 1\\", "Iceland/day 1"),
        ("../../etc/./x", "etc/x"),
        ("//a//b/", "a/b"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\x00b/\u202ec", "ab/c"),
        ("x" * 600 + "/" + "y" * 600, "y" * 600),
        ("x" * 1100, "x" * 1024),
        ("a/" * 600, "/".join("a" * 512)),
    ],
)
def test_a_clean_folder_is_a_relative_path(folder: str, kept: str) -> None:
    assert clean_folder(folder) == kept


@given(st.text(alphabet=st.one_of(st.sampled_from("/\\.  a"), st.characters()), max_size=1200))
def test_a_clean_folder_fits_its_column_and_stays_as_it_is(folder: str) -> None:
    cleaned = clean_folder(folder)
    assert len(cleaned) <= 1024
    assert not {"", ".", ".."} & set(cleaned.split("/")) or not cleaned
    assert not {"\\", "\x00", "\n", "\u202e"} & set(cleaned)
    assert clean_folder(cleaned) == cleaned
