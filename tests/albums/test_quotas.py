"""What an account may have. Nobody passes a limit, neither by one file nor by two requests at once."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from albums import quotas
from albums.exceptions import AlbumFull
from albums.models import Album, Export, ObjectDeletion, Photo
from albums.quotas import Quota, QuotaExceeded, without_limits
from albums.services.albums import album_create, album_delete
from albums.services.exports import export_create, export_delete
from albums.services.photos import photos_delete
from albums.services.uploads import UploadRequest, uploads_create, uploads_dismiss
from tests.factories import make_album, make_photo
from web.accounts.models import User

_serial = count()


def files(number: int, size: int = 10) -> list[UploadRequest]:
    """Files that nobody has uploaded before."""
    return [
        UploadRequest(f"{index}.jpg", size, hashlib.sha256(f"quota {next(_serial)}".encode()).hexdigest())
        for index in range(number)
    ]


def _refusal(call: Callable[[], object]) -> QuotaExceeded:
    with pytest.raises(QuotaExceeded) as refused:
        call()
    return refused.value


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def test_it_accepts_files_that_fit_and_refuses_the_rest(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 3

    results = uploads_create(album, files(5))

    assert [result.photo is not None for result in results] == [True, True, True, False, False]
    assert [result.error.extra for result in results if result.error] == [
        {"quota": "photos", "limit": 3, "used": 3}
    ] * 2
    assert album.photos.count() == 3


def test_a_smaller_file_may_fit_when_a_larger_one_does_not(album: Album, settings: Settings) -> None:
    settings.QUOTA_BYTES = 100

    large, small = uploads_create(album, [*files(1, 101), *files(1, 100)])

    assert isinstance(large.error, QuotaExceeded) and large.error.extra == {"quota": "bytes", "limit": 100, "used": 0}
    assert small.photo is not None


def test_a_file_that_is_already_here_needs_no_room(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 1
    [file] = files(1)
    uploads_create(album, [file])

    again, new = uploads_create(album, [file, *files(1)])

    assert again.upload is not None
    assert isinstance(new.error, QuotaExceeded)


def test_without_room_for_any_the_whole_request_is_refused(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 1
    uploads_create(album, files(1))

    assert _refusal(lambda: uploads_create(album, files(2))).extra["quota"] == "photos"


def test_all_albums_of_an_account_count_and_no_others(alice: User, bob: User, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 2
    for owner in (alice, bob):
        make_photo(make_album(owner))
    album = make_album(alice)

    first, second = uploads_create(album, files(2))

    assert first.photo is not None
    assert second.error is not None


def test_deleting_makes_room(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 1
    [result] = uploads_create(album, files(1))
    assert result.photo is not None

    photos_delete(album, [result.photo.id])

    assert uploads_create(album, files(1))[0].photo is not None


@pytest.mark.parametrize("forget", [photos_delete, uploads_dismiss])
def test_bytes_that_a_valid_link_may_bring_back_count(
    album: Album, settings: Settings, forget: Callable[[Album, list[UUID]], object]
) -> None:
    settings.QUOTA_BYTES = 100
    [result] = uploads_create(album, files(1, 60))
    assert result.photo is not None

    forget(album, [result.photo.id])

    refusal = _refusal(lambda: uploads_create(album, files(1, 60)))
    assert refusal.extra == {"quota": "bytes", "limit": 100, "used": 60}
    expired = timezone.now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS + 1)
    ObjectDeletion.objects.update(requested_at=expired)
    assert uploads_create(album, files(1, 60))[0].photo is not None


def test_an_album_has_a_limit_of_its_own(album: Album, settings: Settings) -> None:
    settings.ALBUM_PHOTOS = 3
    announced = files(3)
    uploads_create(album, announced[:2])

    again = uploads_create(album, [*announced[:2], *files(2)])

    assert [result.error and result.error.code for result in again] == [None, None, None, "album_full"]
    with pytest.raises(AlbumFull):
        uploads_create(album, files(1))
    with without_limits():
        assert uploads_create(album, files(1))[0].photo is not None


def test_nobody_announces_and_deletes_without_end(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 2
    for _ in range(4):
        [result] = uploads_create(album, files(1))
        assert result.photo is not None
        uploads_dismiss(album, [result.photo.id])

    assert _refusal(lambda: uploads_create(album, files(1))).extra["quota"] == "photos"


def test_bytes_of_a_deleted_album_count_as_long(alice: User, bob: User, settings: Settings) -> None:
    settings.QUOTA_BYTES = 100
    album = make_album(alice)
    uploads_create(album, files(2, 40))
    make_photo(album, byte_size=10)
    old = make_photo(album, byte_size=10)
    Photo.objects.filter(id=old.id).update(created_at=timezone.now() - timedelta(days=1))

    album_delete(album)

    assert quotas.usage(alice.pk)[Quota.BYTES] == 90
    assert quotas.usage(bob.pk)[Quota.BYTES] == 0


def test_all_zips_together_may_be_as_large_as_all_photos(album: Album, settings: Settings) -> None:
    settings.QUOTA_BYTES = 2500
    make_photo(album, byte_size=1000)
    first = export_create(album)
    export_create(album)

    refusal = _refusal(lambda: export_create(album))

    assert refusal.extra == {"quota": "export_bytes", "limit": 2500, "used": 2000}
    export_delete(first)
    export_create(album)


def test_albums_are_limited(alice: User, settings: Settings) -> None:
    settings.QUOTA_ALBUMS = 2
    for name in ("One", "Two"):
        album_create(owner=alice, name=name)

    refusal = _refusal(lambda: album_create(owner=alice, name="Three"))

    assert refusal.extra == {"quota": "albums", "limit": 2, "used": 2}
    assert Album.objects.count() == 2


@pytest.mark.parametrize(
    ("quota", "counting", "not_counting"),
    [
        ("EXPORTS", ["ready", "building"], ["expired", "failed"]),
        ("JOBS", ["queued", "building"], ["ready", "expired", "failed"]),
    ],
)
def test_zips_are_limited_while_they_are_made_and_while_they_are_kept(
    album: Album, settings: Settings, quota: str, counting: list[str], not_counting: list[str]
) -> None:
    setattr(settings, f"QUOTA_{quota}", 2)
    make_photo(album)
    for state in not_counting:
        Export.objects.create(album=album, file_name="a.zip", state=state)
    first = export_create(album)
    Export.objects.filter(id=first.id).update(state=counting[0])
    second = export_create(album)
    Export.objects.filter(id=second.id).update(state=counting[1])

    refusal = _refusal(lambda: export_create(album))

    assert refusal.extra == {"quota": quota.lower(), "limit": 2, "used": 2}


def test_zero_is_no_limit(album: Album, alice: User, settings: Settings) -> None:
    for quota in Quota:
        setattr(settings, f"QUOTA_{quota.name}", 0)

    assert all(result.photo for result in uploads_create(album, files(20, 10**8)))
    assert quotas.limits() == {}
    assert quotas.usage(alice.pk)[Quota.BYTES] == 20 * 10**8


def test_the_operator_has_no_limits(album: Album, settings: Settings) -> None:
    settings.QUOTA_PHOTOS = 1
    with quotas.without_limits():
        assert all(result.photo for result in uploads_create(album, files(3)))
    assert _refusal(lambda: uploads_create(album, files(1)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [8])
def test_simultaneous_requests_do_not_pass_a_limit(alice: User, settings: Settings, at_once: int) -> None:
    """Each thread requests four photos and an album. The limits are in the middle of the total."""
    settings.QUOTA_PHOTOS, settings.QUOTA_BYTES, settings.QUOTA_ALBUMS = 13, 125, 5 + at_once
    albums = [make_album(alice) for _ in range(at_once)]
    together = threading.Barrier(at_once)

    def ask(album: Album) -> None:
        try:
            together.wait(30)
            for call in (
                lambda: uploads_create(album, files(4)),
                lambda: album_create(owner=alice, name="More"),
            ):
                with contextlib.suppress(QuotaExceeded):
                    call()
        finally:
            connection.close()

    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(ask, albums))

    assert Photo.objects.count() == 12  # 12 of 10 bytes each fit into 125
    assert Album.objects.count() == 5 + at_once


@pytest.mark.django_db(transaction=True)
def test_simultaneous_zip_requests_do_not_pass_a_limit(alice: User, settings: Settings) -> None:
    settings.QUOTA_JOBS = 3
    albums = [make_album(alice) for _ in range(6)]
    for album in albums:
        make_photo(album)
    together = threading.Barrier(6)

    def ask(album: Album) -> bool:
        try:
            together.wait(30)
            export_create(album)
        except QuotaExceeded:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(ask, albums)) == 3
    assert Export.objects.count() == 3
