"""What the grouping saw is kept as long as its photos, and no longer."""

from __future__ import annotations

import pytest

from albums.models import Album, AlbumLooks
from albums.services import looks
from albums.services.albums import album_delete
from albums.services.looks import looks_keep, looks_read
from albums.services.photos import photos_delete
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def test_it_keeps_answers_of_every_form(album: Album) -> None:
    one, other = make_photo(album), make_photo(album)
    answers: looks.Answers = {
        ("page", one.id): False,
        ("view", one.id, other.id): [1.0, 0.1, -2.5, 0.0, 1.0, 1 / 3],
        ("overlap", other.id, one.id): None,
        ("stacks", one.id, other.id): [[0, 2]],
    }
    looks_keep(album.id, answers, version="1")
    assert looks_read(album.id, version="1") == answers
    looks_keep(album.id, {("page", other.id): True}, version="1")
    assert looks_read(album.id, version="1") == {**answers, ("page", other.id): True}


def test_other_code_looks_again(album: Album) -> None:
    photo = make_photo(album)
    looks_keep(album.id, {("page", photo.id): False}, version="1")
    assert looks_read(album.id, version="2") == {}
    looks_keep(album.id, {("page", photo.id): True}, version="2")
    assert (looks_read(album.id, version="1"), len(looks_read(album.id, version="2"))) == ({}, 1)


def test_deleting_a_photo_deletes_what_was_seen_in_it(album: Album) -> None:
    gone, stays, other = (make_photo(album) for _ in range(3))
    answers: looks.Answers = {
        ("page", gone.id): True,
        ("view", gone.id, stays.id): None,
        ("view", stays.id, other.id): None,
    }
    looks_keep(album.id, answers, version="1")
    photos_delete(album, [gone.id])
    assert looks_read(album.id, version="1") == {("view", stays.id, other.id): None}
    [row] = AlbumLooks.objects.all()
    assert gone.id.bytes not in bytes(row.answers)
    assert stays.id.bytes in bytes(row.answers)


def test_a_grouping_that_ends_after_the_deletion_brings_nothing_back(album: Album) -> None:
    gone, stays = make_photo(album), make_photo(album)
    photos_delete(album, [gone.id])
    looks_keep(album.id, {("page", gone.id): True, ("page", stays.id): False}, version="1")
    assert looks_read(album.id, version="1") == {("page", stays.id): False}
    album_id = album.id
    album_delete(album)
    looks_keep(album_id, {("page", stays.id): False}, version="1")
    assert not AlbumLooks.objects.exists()


def test_an_album_keeps_only_the_newest_answers(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "MOST_KEPT", 3)
    photos = [make_photo(album) for _ in range(5)]
    for photo in photos:
        looks_keep(album.id, {("page", photo.id): False}, version="1")
    assert list(looks_read(album.id, version="1")) == [("page", photo.id) for photo in photos[2:]]
