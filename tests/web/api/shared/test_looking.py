"""Guests at a link to a shared album: what they see, choose and save, and what they do not."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, Guest, GuestChoice, Photo, Share
from albums.services.albums import album_delete
from albums.services.photos import photos_delete
from albums.services.review import photos_decide
from albums.services.shares import share_change, share_delete, share_revoke
from tests.conftest import PASSWORD
from tests.factories import make_photo
from tests.web.api.shared.visitor import ORIGINAL, PICTURE, Visitor, store
from web.accounts.models import User
from web.accounts.services import account_delete

pytestmark = pytest.mark.django_db


def test_guests_cannot_read_by_what_their_lists_are_sorted(
    make_share: Callable[..., Share], photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Photos of one second are sorted by the names of their files."""
    monkeypatch.setattr("web.shared_page._PHOTOS_OF_PAGE", 1)
    share = make_share()
    guest = Visitor(share)
    following = guest.get("photos/?page_size=1").json()["next"]
    page = guest.client.get(f"/s/{share.token}").content.decode()

    for cursor in re.findall(r"cursor=([\w:-]+)", f"{following}\n{page}"):
        with pytest.raises(ValueError, match=r"."):
            json.loads(urlsafe_b64decode(f"{cursor.partition(':')[0]}=="))
    assert guest.client.get(following).json()["results"][0]["id"] == str(photos[1].id)
    for wrong in ("x", "xxxx" * 20, "å"):
        assert guest.code(f"photos/?cursor={wrong}") == (400, "invalid_cursor")


def test_a_guest_sees_the_selection_as_it_is_now_in_order(
    make_share: Callable[..., Share], photos: list[Photo], album: Album
) -> None:
    make_photo(album, picked=False)
    guest = Visitor(make_share(role=Share.Role.HEART))

    assert [photo["id"] for photo in guest.listed()] == [str(photo.id) for photo in photos]
    assert guest.details()["photo_count"] == 3
    first = guest.get(f"photos/{photos[0].id}/preview/")
    assert (first.content, first["Content-Type"]) == (PICTURE, "image/jpeg")
    assert first["Cache-Control"] == "private, max-age=600"
    Photo.objects.filter(id=photos[1].id).update(placeholder="another")
    storage.get_storage().delete([storage.preview_key(album.id, photo.id) for photo in photos[:2]])
    kept = {"If-None-Match": first["ETag"]}
    assert guest.get(f"photos/{photos[0].id}/preview/", **kept).status_code == 304, "without asking the storage"
    assert guest.get(f"photos/{photos[1].id}/preview/", **kept).status_code == 404

    photos_decide(album, [photos[0].id], Photo.Decision.REJECT)
    photos_delete(album, [photos[1].id])

    assert [photo["id"] for photo in guest.listed()] == [str(photos[2].id)]
    for gone in photos[:2]:
        for picture in ("thumbnail", "preview", "download"):
            assert guest.code(f"photos/{gone.id}/{picture}/") == (404, "not_found")
    assert guest.choose(photos[0]).status_code == 404
    assert guest.choose(photos[2]).status_code == 200


def test_nothing_of_the_file_or_the_owner_is_told(make_share: Callable[..., Share], photos: list[Photo]) -> None:
    guest = Visitor(make_share(name="For Anna", password=""))

    shown = guest.get("photos/").content.decode() + guest.get().content.decode()

    for secret in ("alice", "For Anna", photos[0].sha256, photos[0].name, "files/"):
        assert secret not in shown
    response = guest.get()
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


GONE = (404, "share_gone")


def _revoked(share: Share) -> None:
    share_revoke(share)


def _over(share: Share) -> None:
    Share.objects.filter(id=share.id).update(ends_at=timezone.now() - timedelta(seconds=1))


def _deactivated(share: Share) -> None:
    User.objects.filter(pk=share.album.owner_id).update(is_active=False)


def _without_its_account(share: Share) -> None:
    account_delete(User.objects.get(pk=share.album.owner_id), password=PASSWORD)


ENDS: list[Callable[[Share], object]] = [
    _revoked,
    _over,
    _deactivated,
    _without_its_account,
    share_delete,
    lambda share: album_delete(share.album),
]


@pytest.mark.parametrize("end", ENDS)
def test_a_link_is_dead_at_once_pictures_included(
    end: Callable[[Share], object], make_share: Callable[..., Share], photos: list[Photo]
) -> None:
    share = make_share(role=Share.Role.HEART, downloads=Share.Downloads.ORIGINAL)
    guest = Visitor(share)
    guest.choose(photos[0])
    pictures = [f"photos/{photos[0].id}/{picture}/" for picture in ("thumbnail", "preview", "download")]

    end(share)

    assert {guest.code(path) for path in ("", "photos/", *pictures)} == {GONE}
    assert guest.choose(photos[1]).status_code == guest.password("x") == 404
    assert GuestChoice.objects.count() <= 1


def test_a_file_that_is_on_its_way_arrives_and_no_other(make_share: Callable[..., Share], photos: list[Photo]) -> None:
    share = make_share(downloads=Share.Downloads.ORIGINAL)
    guest = Visitor(share)
    path = f"photos/{photos[0].id}/download/"
    begun = guest.get(path, Range="bytes=0-999")

    share_revoke(share)

    assert begun.getvalue() == ORIGINAL[:1000]
    assert guest.get(path, Range="bytes=1000-").status_code == 404


def test_wrong_links_tell_nothing(make_share: Callable[..., Share]) -> None:
    share = make_share()
    wrong = [share.token[:-1], share.token + "x", share.token[:10] + "x" * 22, "x" * 32, "\x00" * 32, "ö" * 32]

    for token in wrong:
        response = APIClient().get(f"/api/v1/shared/{token}/")
        assert (response.status_code, response.json()["code"]) == GONE


def test_many_wrong_links_are_throttled(make_share: Callable[..., Share], rates: dict[str, str]) -> None:
    rates["address"] = "3/min"
    share, client = make_share(), APIClient(REMOTE_ADDR="198.51.100.1")

    statuses = [client.get(f"/api/v1/shared/{'x' * 31}{number}/").status_code for number in range(4)]

    assert statuses == [404, 404, 404, 429]
    assert Visitor(share, address="198.51.100.1").code() == (200, "")


def test_a_password_is_asked_once_and_again_when_it_changes(
    make_share: Callable[..., Share], photos: list[Photo]
) -> None:
    share = make_share(password="midnight sun")
    guest = Visitor(share)

    assert guest.get().json() == {"needs_password": True, "details": None}
    for path in ("photos/", f"photos/{photos[0].id}/thumbnail/", f"photos/{photos[0].id}/download/"):
        assert guest.code(path) == (403, "share_password_required")
    assert guest.choose(photos[0]).json()["code"] == "share_password_required"

    assert guest.password("Midnight sun") == 403
    assert guest.password("midnight sun") == 200
    assert len(guest.listed()) == 3
    assert Share.objects.get().visit_count == 1
    assert Visitor(share).code("photos/") == (403, "share_password_required"), "another browser"

    share_change(share, password="aurora")
    assert guest.code("photos/") == (403, "share_password_required")


def test_wrong_passwords_are_throttled_by_address_and_by_link(
    make_share: Callable[..., Share], rates: dict[str, str]
) -> None:
    rates.update(share_password="3/min", share_password_anywhere="5/hour")
    share = make_share(password="midnight sun")
    inside = Visitor(share)
    inside.password("midnight sun")
    guesser, other = Visitor(share, address="198.51.100.1"), Visitor(share, address="198.51.100.2")

    assert [guesser.password("guess") for _ in range(4)] == [403, 403, 403, 429]
    assert guesser.password("midnight sun") == 429
    assert [other.password("midnight sun") for _ in range(4)] == [200] * 4, "right ones do not count"
    elsewhere = [Visitor(share, address=f"203.0.113.{number}").password("guess") for number in range(3)]
    assert elsewhere == [403, 403, 429]
    assert inside.code("photos/") == (200, "")


def test_a_visit_is_counted_once_a_day_and_a_download_by_its_first_byte(
    make_share: Callable[..., Share], photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    share = make_share(downloads=Share.Downloads.ORIGINAL)
    guest = Visitor(share)
    guest.get()
    Visitor(share)
    path = f"photos/{photos[0].id}/download/"
    assert guest.get(path).getvalue() == ORIGINAL
    part = guest.get(path, Range="bytes=100-199")
    assert (part.status_code, part.getvalue()) == (206, ORIGINAL[100:200])

    share.refresh_from_db()
    assert (share.visit_count, share.download_count) == (2, 1)

    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("web.guests.timezone.now", lambda: tomorrow)
    guest.get()
    share.refresh_from_db()
    assert share.visit_count == 3


def test_the_cookie_is_for_this_link_only(make_share: Callable[..., Share], photos: list[Photo]) -> None:
    one, other = make_share(role=Share.Role.HEART), make_share(role=Share.Role.HEART)
    guest = Visitor(one)
    guest.choose(photos[0])

    cookie = guest.client.cookies["guest"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", guest.path)

    elsewhere = Visitor(other, opens=False)
    elsewhere.client.cookies["guest"] = cookie.value
    assert elsewhere.choose(photos[0]).json()["code"] == "guest_unknown"
    forged = Visitor(one, opens=False)
    forged.client.cookies["guest"] = "x" + cookie.value
    assert forged.choose(photos[1]).json()["code"] == "guest_unknown"
    assert Guest.objects.count() == 1


SAVED = {
    Share.Downloads.NONE: None,
    Share.Downloads.SMALL: (PICTURE, "IMG.jpg"),
    Share.Downloads.ORIGINAL: (ORIGINAL, "IMG.heic"),
}


@pytest.mark.parametrize("downloads", SAVED)
def test_a_guest_saves_what_the_link_lets_them(
    downloads: Share.Downloads, make_share: Callable[..., Share], album: Album
) -> None:
    photo = make_photo(album, name="IMG.heic", content_type="image/heic")
    store(photo)
    guest = Visitor(make_share(downloads=downloads))
    expected = SAVED[downloads]

    response = guest.get(f"photos/{photo.id}/download/")

    listed = guest.listed()[-1]["download_url"]
    if expected is None:
        assert (response.status_code, response.json()["code"], listed) == (403, "share_forbids", None)
    else:
        assert (response.getvalue(), response["Content-Disposition"]) == (
            expected[0],
            f'attachment; filename="{expected[1]}"',
        )
        assert response["Content-Security-Policy"].startswith("sandbox")
        assert listed.endswith(f"photos/{photo.id}/download/")


@pytest.mark.parametrize(
    ("values", "status"),
    [({}, 403), ({"plays_videos": True}, 206), ({"downloads": Share.Downloads.ORIGINAL}, 206)],
)
def test_a_video_plays_by_ranges_where_the_owner_says_so(
    values: dict[str, Any], status: int, make_share: Callable[..., Share], album: Album, photos: list[Photo]
) -> None:
    video = make_photo(album, kind=Photo.Kind.VIDEO, content_type="video/mp4", capture={"seconds": 12.5})
    store(video)
    guest = Visitor(make_share(**values))

    part = guest.get(f"photos/{video.id}/video/", Range="bytes=0-1", Accept="video/webm")

    assert part.status_code == status
    listed = guest.listed()[-1]
    assert (listed["video_url"] is not None, listed["seconds"]) == (status == 206, 12.5)
    if status == 206:
        assert (part.getvalue(), part["Content-Type"], part["Content-Disposition"]) == (
            ORIGINAL[:2],
            "video/mp4",
            "inline",
        )
    assert guest.code(f"photos/{photos[0].id}/video/") == (404, "not_found")


def test_pictures_that_are_missing_in_the_storage_are_not_found(make_share: Callable[..., Share], album: Album) -> None:
    photo = make_photo(album)
    guest = Visitor(make_share(downloads=Share.Downloads.ORIGINAL))

    for picture in ("thumbnail", "preview", "download"):
        assert guest.code(f"photos/{photo.id}/{picture}/") == (404, "not_found")


def test_a_link_has_a_limit_of_requests(make_share: Callable[..., Share], rates: dict[str, str]) -> None:
    rates["share"] = "4/min"
    share = make_share()
    guests = [Visitor(share, address=f"192.0.2.{number}") for number in range(4)]

    assert guests[0].code() == (429, "throttled")
    assert Visitor(make_share()).code() == (200, "")
