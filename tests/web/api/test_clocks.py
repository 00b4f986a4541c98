from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from albums.models import Album
from tests.factories import NOON, make_album, make_photo
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def album(alice: User) -> Album:
    album = make_album(alice)
    for minutes in (0, 90):
        make_photo(album, taken_at=NOON + timedelta(minutes=minutes), camera="Canon R6", capture={"camera_serial": "1"})
    return album


def _path(album: Album) -> str:
    return f"/api/v1/albums/{album.id}/clocks/"


def test_it_lists_clocks_and_what_a_person_added(alice_client: APIClient, album: Album) -> None:
    shown = alice_client.post(_path(album), {"camera": "Canon R6", "serial": "1", "seconds": -7200})
    assert shown.status_code == 202
    [clock] = alice_client.get(_path(album)).json()["results"]
    assert shown.json()["results"] == [clock]
    assert clock.pop("first_thumbnail_url").startswith("http")
    assert clock == {
        "camera": "Canon R6",
        "serial": "1",
        "photo_count": 2,
        "first_photo": str(album.photos.order_by("taken_at")[0].id),
        "first_at": "2024-06-08T12:00:00",
        "last_at": "2024-06-08T13:30:00",
        "added_seconds": 0,
        "shift_seconds": -7200,
    }
    [change] = alice_client.get(f"/api/v1/albums/{album.id}/changes/").json()["results"]
    assert (change["kind"], change["photo_count"], change["camera"]) == ("clock", 2, "Canon R6")
    assert (change["shift_before"], change["shift_after"]) == (None, -7200)


@pytest.mark.parametrize("offset", ["", "+02:00", "Z"])
def test_the_right_time_of_one_photo_is_enough(alice_client: APIClient, album: Album, offset: str) -> None:
    last = album.photos.order_by("taken_at")[1]
    shown = alice_client.post(_path(album), {"photo": str(last.id), "taken_at": f"2024-06-09T13:31:00{offset}"})
    assert shown.json()["results"][0]["shift_seconds"] == 86_460


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"camera": "Canon R6"},
        {"seconds": 5},
        {"camera": "Canon R6", "seconds": 10**12},
        {"camera": "Canon R6", "seconds": 5, "taken_at": "2024-06-09T13:31:00"},
        {"photo": "00000000-0000-0000-0000-000000000000", "taken_at": "1500-01-01T00:00:00"},
    ],
)
def test_what_is_ambiguous_or_impossible_is_refused(
    alice_client: APIClient, album: Album, asked: dict[str, Any]
) -> None:
    assert alice_client.post(_path(album), asked).status_code == 400


def test_a_camera_or_photo_that_is_not_there_is_refused(alice_client: APIClient, album: Album, bob: User) -> None:
    assert alice_client.post(_path(album), {"camera": "Nikon", "seconds": 5}).json()["code"] == "no_camera_time"
    other = make_photo(make_album(bob))
    asked = {"photo": str(other.id), "taken_at": "2024-06-09T13:31:00"}
    assert alice_client.post(_path(album), asked).status_code == 404
