"""Guests at a link to a shared album: what they see, choose and save, and what they do not."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, Export, Guest, GuestChoice, Photo, Share
from albums.services.albums import album_delete
from albums.services.photos import photos_delete
from albums.services.review import photos_decide
from albums.services.shares import share_change, share_create, share_delete, share_revoke
from tests.conftest import PASSWORD
from tests.factories import make_album, make_photo
from web.accounts.models import User
from web.accounts.services import account_delete

pytestmark = pytest.mark.django_db

PICTURE = b"\xff\xd8 a picture of pixels \xff\xd9"
ORIGINAL = bytes(range(256)) * 20


@pytest.fixture(autouse=True)
def _in_the_middle_of_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.throttling.time.time", lambda: 1_000_000_030.0)


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def photos(album: Album) -> list[Photo]:
    """Three picks, and their bytes."""
    made = [make_photo(album) for _ in range(3)]
    for photo in made:
        _store(photo)
    return made


@pytest.fixture
def make_share(album: Album, photos: list[Photo]) -> Callable[..., Share]:
    return lambda **values: share_create(album, **values)


@pytest.fixture
def rates(settings: Settings) -> dict[str, str]:
    """The rates, which a test may change."""
    changed = copy.deepcopy(settings.REST_FRAMEWORK)
    settings.REST_FRAMEWORK = changed
    rates: dict[str, str] = changed["DEFAULT_THROTTLE_RATES"]
    return rates


def _store(photo: Photo) -> None:
    for key in (storage.thumbnail_key, storage.preview_key):
        storage.get_storage().write_bytes(key(photo.album_id, photo.id), PICTURE, "image/jpeg")
    storage.get_storage().write_bytes(storage.original_key(photo.album_id, photo.id), ORIGINAL, "image/jpeg")


class Visitor:
    """A browser with a link."""

    def __init__(self, share: Share, *, address: str = "192.0.2.1", opens: bool = True) -> None:
        self.client = APIClient(REMOTE_ADDR=address)
        self.path = f"/api/v1/shared/{share.token}/"
        if opens:
            self.get()

    def get(self, path: str = "", **headers: Any) -> Any:
        return self.client.get(self.path + path, headers=headers)

    def code(self, path: str = "") -> tuple[int, str]:
        """The status, and the code of a problem."""
        response = self.get(path)
        is_problem = response["Content-Type"] == "application/problem+json"
        return response.status_code, response.json()["code"] if is_problem else ""

    def details(self) -> Any:
        return self.get().json()["details"]

    def listed(self) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.get("photos/").json()["results"]
        return listed

    def choose(self, photo: Photo) -> Any:
        return self.client.put(f"{self.path}photos/{photo.id}/choice/")

    def take_back(self, photo: Photo) -> Any:
        return self.client.delete(f"{self.path}photos/{photo.id}/choice/")

    def password(self, given: str) -> int:
        return int(self.client.post(f"{self.path}password/", {"password": given}).status_code)


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
    assert guest.get(f"photos/{photos[0].id}/preview/", **{"If-None-Match": first["ETag"]}).status_code == 304

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


ROLES = {
    Share.Role.LOOK: 403,
    Share.Role.HEART: 200,
    Share.Role.CHOOSE: 200,
    Share.Role.EDIT: 403,
}


@pytest.mark.parametrize("role", ROLES)
def test_a_link_allows_what_its_role_says(
    role: Share.Role, make_share: Callable[..., Share], photos: list[Photo]
) -> None:
    guest = Visitor(make_share(role=role))
    expected = ROLES[role]

    assert guest.code("photos/") == (200, "")
    for response in (
        guest.choose(photos[0]),
        guest.take_back(photos[0]),
        guest.client.patch(f"{guest.path}me/", {"name": "Anna"}),
        guest.client.post(f"{guest.path}finish/"),
    ):
        assert response.status_code == expected
        assert expected == 200 or response.json()["code"] == "share_forbids"
    assert Guest.objects.count() == (expected == 200)


def test_a_guest_chooses_takes_back_only_their_own_and_finishes(
    make_share: Callable[..., Share], photos: list[Photo]
) -> None:
    share = make_share(role=Share.Role.CHOOSE, wanted_count=2)
    anna, bo = Visitor(share), Visitor(share)
    anna.client.patch(f"{anna.path}me/", {"name": " Anna "})
    for photo in (photos[0], photos[0], photos[1]):
        assert anna.choose(photo).status_code == 200
    bo.choose(photos[0])

    refused = anna.choose(photos[2])
    assert (refused.status_code, refused.json()["code"], refused.json()["limit"]) == (409, "enough_chosen", 2)
    assert anna.choose(photos[1]).status_code == 200, "again is harmless"
    assert bo.take_back(photos[1]).json()["choice_count"] == 1, "it is Anna's"
    assert anna.client.post(f"{anna.path}finish/").json()["finished_at"]

    me = anna.details()["me"]
    assert (me["name"], me["choice_count"]) == ("Anna", 2)
    assert [photo["chosen"] for photo in anna.listed()] == [True, True, False]
    assert [photo["chosen"] for photo in bo.listed()] == [True, False, False]

    assert anna.take_back(photos[0]).json() == {"name": "Anna", "choice_count": 1, "finished_at": None}
    assert anna.take_back(photos[0]).status_code == 200
    assert anna.choose(photos[2]).status_code == 200


def test_hearts_have_no_limit_and_a_limit_of_a_link_holds_for_all(
    make_share: Callable[..., Share], photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.services.guests.GUESTS_OF_SHARE", 1)
    share = make_share(role=Share.Role.HEART, wanted_count=1)
    guest = Visitor(share)

    assert [guest.choose(photo).status_code for photo in photos] == [200, 200, 200]
    assert Visitor(share).choose(photos[0]).json()["code"] == "too_many_guests"


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
    _store(photo)
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
    _store(video)
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


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    together = threading.Barrier(len(calls))

    def ask(call: Callable[[], Any]) -> Any:
        try:
            together.wait(30)
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(ask, calls))


@pytest.mark.django_db(transaction=True)
def test_simultaneous_guests_lose_nothing_and_two_tabs_do_not_pass_the_number(
    make_share: Callable[..., Share], photos: list[Photo]
) -> None:
    share = make_share(role=Share.Role.CHOOSE, wanted_count=2)
    anna, bo = Visitor(share), Visitor(share)
    other_tab = Visitor(share, opens=False)
    other_tab.client.cookies = anna.client.cookies

    tabs = [(anna, photos[0]), (other_tab, photos[1]), (anna, photos[2]), (bo, photos[0]), (bo, photos[1])]
    responses = _at_once([partial(tab.choose, photo) for tab, photo in tabs])

    assert sorted(response.status_code for response in responses) == [200, 200, 200, 200, 409]
    assert anna.details()["me"]["choice_count"] == bo.details()["me"]["choice_count"] == 2


@pytest.mark.django_db(transaction=True)
def test_choosing_while_the_album_is_deleted_leaves_nothing(
    make_share: Callable[..., Share], photos: list[Photo], album: Album
) -> None:
    share = make_share(role=Share.Role.CHOOSE, selection=Export.Selection.ALL)
    guests = [Visitor(share) for _ in range(3)]

    _, *responses = _at_once([partial(album_delete, album), *(partial(guest.choose, photos[0]) for guest in guests)])

    assert {response.status_code for response in responses} <= {200, 404}
    assert (Share.objects.count(), Guest.objects.count(), GuestChoice.objects.count()) == (0, 0, 0)
