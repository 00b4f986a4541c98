"""Guests at a link to a shared album give hearts and choose, also at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from albums.models import Album, Export, Guest, GuestChoice, Photo, Share
from albums.services.albums import album_delete
from tests.web.api.shared.visitor import Visitor

pytestmark = pytest.mark.django_db


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
    anna.client.patch(f"{anna.path}me/", {"name": " \u202eAn\u200bna\n "})
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


def test_guests_who_chose_nothing_make_room(
    make_share: Callable[..., Share], photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.services.guests.GUESTS_OF_SHARE", 2)
    share = make_share(role=Share.Role.HEART)
    named, first, second, third = (Visitor(share) for _ in range(4))
    named.client.patch(f"{named.path}me/", {"name": "Nobody"})

    assert [guest.choose(photos[0]).status_code for guest in (first, second, third)] == [200, 200, 409]
    assert not Guest.objects.filter(name="Nobody").exists()

    first.take_back(photos[0])
    assert third.choose(photos[0]).status_code == 200


def test_all_choices_of_a_link_have_a_limit(
    make_share: Callable[..., Share], photos: list[Photo], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albums.services.guests.CHOICES_OF_SHARE", 2)
    share = make_share(role=Share.Role.HEART)
    anna, bo = Visitor(share), Visitor(share)

    assert [guest.choose(photos[0]).status_code for guest in (anna, bo, anna)] == [200] * 3
    assert anna.choose(photos[1]).json()["code"] == "too_many_guests"
    assert Visitor(make_share(role=Share.Role.HEART)).choose(photos[0]).status_code == 200


def test_the_owner_removes_guests_with_what_they_chose(
    make_share: Callable[..., Share], photos: list[Photo], alice_client: APIClient, bob_client: APIClient
) -> None:
    share, other = make_share(role=Share.Role.HEART), make_share(role=Share.Role.HEART)
    guests = [Visitor(at) for at in (share, share, other)]
    for guest in guests:
        guest.choose(photos[0])
    at = f"/api/v1/shares/{share.id}/guests/"
    fake, real = (guest["id"] for guest in alice_client.get(at).json()["results"])
    elsewhere = str(Guest.objects.get(share=other).id)

    assert bob_client.post(f"{at}delete/", {"guests": [fake]}).status_code == 404
    assert alice_client.post(f"{at}delete/", {"guests": [fake, elsewhere]}).json() == {"deleted": 1}

    assert set(map(str, Guest.objects.values_list("id", flat=True))) == {real, elsewhere}
    assert GuestChoice.objects.count() == 2
    assert [photo["chosen"] for photo in guests[0].listed()] == [False] * 3
    assert guests[0].choose(photos[1]).status_code == 200


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
