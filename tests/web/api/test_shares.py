"""Owners of shared albums: links, who chose what, and taking it over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from albums.models import Album, AlbumChange, Guest, GuestChoice, Photo, Share
from albums.services.guests import guest_choose, guest_rename
from albums.services.review import photos_decide
from albums.services.shares import share_create
from tests.factories import make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def share(album: Album) -> Share:
    return share_create(album, role=Share.Role.CHOOSE, selection="all")


@pytest.fixture
def chosen(album: Album, share: Share) -> list[Photo]:
    """Anna chose the first two of four photos, and somebody without a name the second and the third."""
    photos = [make_photo(album) for _ in range(4)]
    anna, other = uuid4(), uuid4()
    for guest, photo in ((anna, photos[0]), (anna, photos[1]), (other, photos[1]), (other, photos[2])):
        guest_choose(share, guest, photo.id)
    guest_rename(share, anna, name="Anna")
    return photos


def _decisions(photos: list[Photo]) -> list[str]:
    found = Photo.objects.in_bulk([photo.id for photo in photos])
    return [found[photo.id].decision for photo in photos]


def test_an_owner_makes_changes_and_lists_links(album: Album, alice_client: APIClient) -> None:
    path = f"/api/v1/albums/{album.id}/shares/"
    ends_at = timezone.now() + timedelta(days=7)

    made = alice_client.post(
        path,
        {"name": "For Anna", "role": "choose", "wanted_count": 20, "password": "midnight sun", "ends_at": ends_at},
    ).json()

    share = Share.objects.get()
    assert made["url"] == f"http://testserver/s/{share.token}"
    assert len(share.token) == 32
    assert (made["has_password"], made["is_open"], made["downloads"], made["selection"]) == (
        True,
        True,
        "none",
        "picks",
    )
    assert "midnight" not in share.password
    assert "password" not in made

    changed = alice_client.patch(f"/api/v1/shares/{share.id}/", {"password": "", "ends_at": None}).json()
    assert (changed["has_password"], changed["ends_at"], changed["wanted_count"]) == (False, None, 20)
    assert [shown["id"] for shown in alice_client.get(path).json()["results"]] == [str(share.id)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "own"},
        {"wanted_count": 0},
        {"ends_at": "2020-01-01T00:00:00Z"},
        {"downloads": "all"},
        {"min_stars": 6},
        {"password": "x" * 129},
    ],
)
def test_a_wrong_value_is_named(wrong: dict[str, Any], album: Album, alice_client: APIClient) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/shares/", wrong)

    assert (response.status_code, response.json()["errors"][0]["field"]) == (400, next(iter(wrong)))
    assert not Share.objects.exists()


def test_an_album_has_a_limit_of_links(
    album: Album, alice_client: APIClient, monkeypatch: pytest.MonkeyPatch, share: Share
) -> None:
    monkeypatch.setattr("albums.services.shares.SHARES_OF_ALBUM", 1)

    assert alice_client.post(f"/api/v1/albums/{album.id}/shares/").json()["code"] == "too_many_shares"


def test_a_revoked_link_keeps_what_was_chosen_until_it_is_deleted(
    share: Share, chosen: list[Photo], alice_client: APIClient
) -> None:
    path = f"/api/v1/shares/{share.id}/"
    for _ in range(2):
        assert alice_client.delete(path).status_code == 204
    shown = alice_client.get(path).json()
    assert (shown["is_open"], shown["guest_count"], shown["chosen_count"]) == (False, 2, 3)

    assert alice_client.post(f"{path}delete/").status_code == 204
    assert (Share.objects.count(), Guest.objects.count(), GuestChoice.objects.count()) == (0, 0, 0)
    assert Photo.objects.count() == len(chosen)


def test_the_owner_sees_all_choices_of_an_album_at_once(
    album: Album, chosen: list[Photo], alice_client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearts = share_create(album, role=Share.Role.HEART, selection="all")
    guest_choose(hearts, uuid4(), chosen[1].id)
    elsewhere = make_album(album.owner)
    guest_choose(share_create(elsewhere, role=Share.Role.HEART, selection="all"), uuid4(), make_photo(elsewhere).id)

    path = f"/api/v1/albums/{album.id}/choices/"
    response = alice_client.get(path)
    assert response.json() == {
        "guests": ["Anna", "", ""],
        "photos": [
            {"id": str(chosen[0].id), "count": 1, "guests": [0]},
            {"id": str(chosen[1].id), "count": 3, "guests": [0, 1, 2]},
            {"id": str(chosen[2].id), "count": 1, "guests": [1]},
        ],
    }
    assert alice_client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
    monkeypatch.setattr("albums.shared.NAMED_GUESTS", 2)
    assert alice_client.get(path).json()["photos"][1] == {"id": str(chosen[1].id), "count": 3, "guests": [0, 1]}


def test_the_owner_sees_who_chose_what(
    share: Share, chosen: list[Photo], alice_client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/api/v1/shares/{share.id}/"
    guests = alice_client.get(f"{path}guests/").json()["results"]
    assert [(guest["name"], guest["choice_count"]) for guest in guests] == [("Anna", 2), ("", 2)]

    first = alice_client.get(f"{path}choices/", {"page_size": 2}).json()
    rest = alice_client.get(first["next"]).json()

    listed = [*first["results"], *rest["results"]]
    assert [photo["id"] for photo in listed] == [str(photo.id) for photo in chosen[:3]]
    assert [[guest["name"] for guest in photo["guests"]] for photo in listed] == [["Anna"], ["Anna", ""], [""]]
    assert rest["next"] is None

    monkeypatch.setattr("web.api.pagination.MAX_PAGE_SIZE", 2)
    assert len(alice_client.get(f"{path}choices/").json()["results"]) == 1, "the second photo has two guests"


def test_the_choices_are_taken_over_in_one_step_that_can_be_undone(
    album: Album, alice: User, share: Share, chosen: list[Photo], alice_client: APIClient
) -> None:
    photos_decide(album, [chosen[0].id], Photo.Decision.REJECT, by=alice)
    photos_decide(album, [chosen[1].id], Photo.Decision.KEEP, by=alice)

    taken = alice_client.post(f"/api/v1/shares/{share.id}/take-over/").json()

    assert (taken["taken_over"], taken["already_kept"], taken["rejected"]) == (1, 1, 1)
    assert _decisions(chosen) == ["reject", "keep", "keep", "auto"]
    assert (taken["change"]["kind"], taken["change"]["photo_count"]) == ("take_over", 1)
    again = alice_client.post(f"/api/v1/shares/{share.id}/take-over/").json()
    assert (again["taken_over"], again["change"]) == (0, None)

    alice_client.post(f"/api/v1/albums/{album.id}/undo/")
    assert _decisions(chosen) == ["reject", "keep", "auto", "auto"]
    assert AlbumChange.objects.filter(kind="take_over").count() == 1


def test_the_choices_of_some_guests_are_taken_over(
    share: Share, chosen: list[Photo], bob: User, alice_client: APIClient
) -> None:
    elsewhere = share_create(make_album(bob), role=Share.Role.HEART)
    strange = guest_choose(elsewhere, uuid4(), make_photo(elsewhere.album).id)
    anna = Guest.objects.get(name="Anna")
    path = f"/api/v1/shares/{share.id}/take-over/"

    assert alice_client.post(path, {"guests": [str(strange.id)]}).json()["taken_over"] == 0
    assert alice_client.post(path, {"guests": [str(anna.id)]}).json()["taken_over"] == 2
    assert _decisions(chosen) == ["keep", "keep", "auto", "auto"]


def test_the_link_is_drawn_as_a_qr_code(share: Share, alice_client: APIClient) -> None:
    response = alice_client.get(f"/api/v1/shares/{share.id}/qr/")

    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg ")
    assert b"viewBox" in response.content
