"""Rows and objects are compared, some at a time."""

from __future__ import annotations

import pytest

from albums import storage, storage_check
from tests.factories import make_album, make_photo
from web.accounts.models import User


@pytest.mark.django_db
def test_it_compares_every_photo_once(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage_check, "_AT_ONCE", 2)
    album = make_album(alice)
    there, *missing = [make_photo(album, byte_size=1) for _ in range(5)]
    storage.get_storage().write_bytes(storage.original_key(album.id, there.id), b"1", "image/jpeg")

    found = storage_check.storage_differences()

    assert found.missing_photos == sorted(photo.id for photo in missing)
