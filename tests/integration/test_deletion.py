"""What people delete is gone: the rows, and every object in the storage, now and after late uploads."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import requests
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from albums import storage
from albums.models import Album, Export, ObjectDeletion, Photo
from albums.services.albums import album_delete
from albums.services.exports import export_create, export_delete
from albums.services.photos import photos_delete
from albums.services.recovery import exports_expire, sessions_forget, uploads_abandon
from albums.services.review import photos_decide
from albums.services.uploads import UploadRequest, uploads_complete, uploads_create
from albums.storage import PresignedUpload
from tests.conftest import PASSWORD
from tests.drawing import draw_scene, jpeg_bytes
from tests.factories import make_album
from web.accounts.models import User
from web.accounts.services import account_delete, token_create
from worker.stages.embed import embed_photos
from worker.stages.export import build_export
from worker.stages.group import group_album
from worker.stages.prepare import prepare_photos
from worker.stages.upkeep import delete_objects

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=["folder", "s3"], autouse=True)
def store(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[storage.Storage]:
    """An empty storage of each kind."""
    url = f"file://{tmp_path}/objects"
    if request.param == "s3":
        url = request.getfixturevalue("storage_url")
    settings.STORAGE_URL = url
    found = storage.get_storage()
    found.create_if_missing()
    found.delete_prefix("albums/")
    yield found
    found.delete_prefix("albums/")


def _objects() -> set[str]:
    return set(storage.get_storage().list_keys("albums/"))


def _announce(album: Album, number: int) -> tuple[Photo, PresignedUpload, bytes]:
    content = jpeg_bytes(draw_scene(number, (320, 240)))
    request = UploadRequest(f"{number}.jpg", len(content), hashlib.sha256(content).hexdigest(), "image/jpeg")
    [result] = uploads_create(album, [request])
    assert result.photo is not None and result.upload is not None
    return result.photo, result.upload, content


def _send(presigned: PresignedUpload, content: bytes) -> int:
    """Upload to the presigned URL, as a browser does."""
    if presigned.url.startswith("/"):
        client = Client()
        return client.put(presigned.url, content, content_type=presigned.headers["Content-Type"]).status_code
    return requests.request(
        presigned.method, presigned.url, data=content, headers=dict(presigned.headers), timeout=30
    ).status_code


def _full_album(owner: User) -> Album:
    """Three analyzed photos with everything made from them, and a zip."""
    album = make_album(owner)
    photos = []
    for number in range(3):
        photo, presigned, content = _announce(album, number)
        assert _send(presigned, content) in {200, 201}
        photos.append(photo.id)
    uploads_complete(album, photos)
    prepare_photos(photos, task_id="prepare")
    embed_photos(photos, task_id="embed")
    group_album(album.id, task_id="group")
    export = export_create(album)
    build_export(export.id, task_id="export")
    photos_decide(album, photos[:1], Photo.Decision.KEEP, by=owner)
    assert Export.objects.get(id=export.id).state == Export.State.READY
    assert len([key for key in _objects() if str(album.id) in key]) == 3 * 3 + 1
    return album


def _rows_naming(*ids: object) -> list[str]:
    """Every row of any table that contains one of the ids in any column, except scheduled deletions."""
    found = []
    for model in apps.get_models():
        if model is ObjectDeletion:
            continue
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        rows = model._default_manager.values_list(*(field.attname for field in fields))
        found += [
            model._meta.label
            for row in rows
            if any(str(identifier) in str(value) for value in row for identifier in ids)
        ]
    return found


def test_deleting_a_photo_leaves_its_neighbours(alice: User) -> None:
    album = _full_album(alice)
    gone, *kept = album.photos.order_by("name")

    photos_delete(album, [gone.id])
    delete_objects()

    assert not any(str(gone.id) in key for key in _objects())
    assert all(sum(str(photo.id) in key for key in _objects()) == 3 for photo in kept)
    # The zip is older. It contains the photo until it expires or is deleted, and its list names the photo.
    assert set(_rows_naming(gone.id)) <= {"albums.Export", "albums.AlbumChange"}


def test_deleting_a_zip_deletes_its_object(alice: User) -> None:
    album = _full_album(alice)
    export = album.exports.get()
    export_id = export.id

    export_delete(export)
    delete_objects()

    assert not any("exports" in key for key in _objects())
    assert _rows_naming(export_id) == []


def test_deleting_an_album_deletes_everything_in_it_and_no_other_album(alice: User, bob: User) -> None:
    album, other = _full_album(alice), _full_album(bob)
    ids = [album.id, *album.photos.values_list("id", flat=True), *album.exports.values_list("id", flat=True)]

    album_delete(album)
    delete_objects()

    assert {key.split("/")[1] for key in _objects()} == {str(other.id)}
    assert _rows_naming(*ids) == []


def test_deleting_an_account_deletes_everything_in_it(alice: User, bob: User) -> None:
    albums = [_full_album(alice), _full_album(alice)]
    other = _full_album(bob)
    ids = [photo_id for album in albums for photo_id in album.photos.values_list("id", flat=True)]
    token_create(alice, name="a script")
    client = Client()
    client.force_login(alice)

    account_delete(alice, password=PASSWORD)
    delete_objects()

    assert {key.split("/")[1] for key in _objects()} == {str(other.id)}
    assert _rows_naming(*ids, *(album.id for album in albums), "alice@example.org") == []
    # The rest of the browser's session is worthless at once, and expires later.
    assert client.get("/api/v1/account/").status_code == 401
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    sessions_forget()
    assert not Session.objects.exists()


def test_a_later_sweep_deletes_what_a_late_upload_brings_back(alice: User) -> None:
    """The presigned upload was made before the deletion and used after it."""
    album = make_album(alice)
    photo, presigned, content = _announce(album, 1)
    album_delete(album)
    delete_objects()
    _send(presigned, content)
    assert any(str(photo.id) in key for key in _objects())

    delete_objects()  # the presigned upload is still valid: another upload could follow
    ObjectDeletion.objects.update(final_after=timezone.now() - timedelta(seconds=1))
    delete_objects()

    assert _objects() == set()
    assert not ObjectDeletion.objects.exists()


def test_uploads_that_never_arrived_are_deleted(alice: User) -> None:
    album = make_album(alice)
    photo, presigned, content = _announce(album, 1)
    _send(presigned, content)
    Photo.objects.filter(id=photo.id).update(created_at=timezone.now() - timedelta(days=8))

    assert uploads_abandon() == 1
    delete_objects()

    assert _objects() == set()
    assert _rows_naming(photo.id) == []


def test_expired_zips_are_deleted_from_the_storage(alice: User) -> None:
    album = _full_album(alice)
    album.exports.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert exports_expire() == 1
    delete_objects()

    assert not any("exports" in key for key in _objects())
    assert album.exports.get().state == Export.State.EXPIRED


def test_the_check_lists_where_rows_and_objects_differ(alice: User, store: storage.Storage) -> None:
    album = _full_album(alice)
    out = io.StringIO()
    call_command("checkstorage", stdout=out)
    assert out.getvalue() == "0 photos and 0 zips are missing; 0 prefixes in the storage are unknown.\n"
    lost, kept, _ = album.photos.order_by("name")
    export = album.exports.get()
    store.delete([storage.original_key(album.id, lost.id), storage.export_key(album.id, export.id)])
    stray = storage.photo_prefix(album.id, "0b6f8a3e-6f0c-4b6e-9d9e-1a2b3c4d5e6f")
    store.write_bytes(f"{stray}original", b"x", "image/jpeg")

    out = io.StringIO()
    with pytest.raises(CommandError, match="--mark-missing"):
        call_command("checkstorage", stdout=out)
    assert out.getvalue().splitlines()[:3] == [
        f"missing photo {lost.id}",
        f"missing zip {export.id}",
        f"unknown {stray}",
    ]

    call_command("checkstorage", mark_missing=True, delete_unknown=True, stdout=io.StringIO())
    delete_objects()

    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (lost.state, lost.error_code, kept.state) == (Photo.State.FAILED, "object_missing", Photo.State.ANALYZED)
    assert album.exports.get().state == Export.State.EXPIRED
    call_command("checkstorage", stdout=io.StringIO())
    # The owner uploads it again.
    _, presigned, content = _announce(album, 0)
    assert _send(presigned, content) in {200, 201}
    assert uploads_complete(album, [lost.id]).uploaded == [lost.id]
