"""Object keys."""

from __future__ import annotations

import posixpath
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albums import storage
from albums.storage.keys import validate_key, validate_prefix

ALBUM = UUID("11111111-1111-4111-8111-111111111111")
PHOTO = UUID("22222222-2222-4222-8222-222222222222")


def test_everything_in_an_album_is_below_its_prefix() -> None:
    keys = [
        storage.original_key(ALBUM, PHOTO),
        storage.preview_key(ALBUM, PHOTO),
        storage.thumbnail_key(ALBUM, PHOTO),
        storage.export_key(ALBUM, PHOTO),
    ]
    assert len(set(keys)) == 4
    assert all(key.startswith(storage.album_prefix(ALBUM)) for key in keys)
    assert [key.startswith(storage.photo_prefix(ALBUM, PHOTO)) for key in keys] == [True, True, True, False]


def test_the_prefix_of_an_album_matches_no_other_album() -> None:
    assert not storage.original_key(10, 1).startswith(storage.album_prefix(1))


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        "a/",
        "/a",
        "a//b",
        ".",
        "..",
        "a/../b",
        "a/./b",
        ".incoming/x",
        "a/.b",
        "a b",
        "a\\b",
        "ä",
        "a\n",
        "a\x00",
        "a%2fb",
        "-a",
        "a" * 129,
        "/".join(["a"] * 300),
    ],
)
def test_it_refuses_keys_outside_the_alphabet(key: str) -> None:
    with pytest.raises(storage.InvalidKey):
        validate_key(key)


@pytest.mark.parametrize("album_id", ["", "..", "a/b", "a/../..", " "])
def test_it_refuses_identifiers_that_escape_their_prefix(album_id: str) -> None:
    with pytest.raises(storage.InvalidKey):
        storage.original_key(album_id, PHOTO)


@pytest.mark.parametrize("prefix", ["", "/", "albums", "albums/1", "../", "albums//"])
def test_it_refuses_prefixes_without_a_final_slash(prefix: str) -> None:
    with pytest.raises(storage.InvalidKey):
        validate_prefix(prefix)


@given(st.text(max_size=60) | st.text(alphabet="ab./", max_size=20))
def test_an_accepted_key_is_its_own_normal_form(key: str) -> None:
    try:
        validate_key(key)
    except storage.InvalidKey:
        return
    assert posixpath.normpath(key) == key
    assert not key.startswith("/")
    assert ".." not in key.split("/")
