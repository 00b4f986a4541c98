"""People's decisions, stars and labels over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from albums.models import Album, Photo
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def test_a_decision_moves_the_pick_and_the_response_shows_it(alice_client: APIClient, album: Album) -> None:
    _, (best, second, third) = make_cluster(album, 3)

    response = alice_client.post(
        f"/api/v1/albums/{album.id}/photos/decision/", {"photos": [str(best.id)], "decision": "reject"}
    )

    changes = {change["id"]: (change["decision"], change["picked"]) for change in response.json()["photos"]}
    assert changes == {str(best.id): ("reject", False), str(second.id): ("auto", True)}
    assert [Photo.objects.get(id=photo.id).picked for photo in (best, second, third)] == [False, True, False]


def test_one_request_makes_different_decisions(alice_client: APIClient, album: Album) -> None:
    _, (best, second, third) = make_cluster(album, 3)
    single = make_photo(album, decision=Photo.Decision.REJECT, picked=False)
    path = f"/api/v1/albums/{album.id}"

    response = alice_client.post(
        f"{path}/photos/decision/",
        {"keep": [str(second.id), str(third.id)], "reject": [str(best.id)], "auto": [str(single.id)]},
    )

    assert {change["id"]: (change["decision"], change["picked"]) for change in response.json()["photos"]} == {
        str(best.id): ("reject", False),
        str(second.id): ("keep", True),
        str(third.id): ("keep", True),
        str(single.id): ("auto", True),
    }

    undone = alice_client.post(f"{path}/undo/").json()

    assert (undone["change"]["kind"], undone["change"]["decision"]) == ("decision", None)
    assert set(Photo.objects.filter(album=album).values_list("id", "decision", "picked")) == {
        (best.id, "auto", True),
        (second.id, "auto", False),
        (third.id, "auto", False),
        (single.id, "reject", False),
    }
    assert alice_client.post(f"{path}/undo/").json()["code"] == "nothing_to_undo"


def test_stars_and_labels_are_given_to_several_photos_and_undone(alice_client: APIClient, album: Album) -> None:
    _, (best, second, _) = make_cluster(album, 3)
    path, ids = f"/api/v1/albums/{album.id}", [str(best.id), str(second.id)]

    starred = alice_client.post(f"{path}/photos/stars/", {"photos": ids, "stars": 3}).json()["photos"]
    labelled = alice_client.post(f"{path}/photos/label/", {"photos": ids[1:], "label": "blue"}).json()["photos"]

    assert {photo["id"]: (photo["stars"], photo["picked"]) for photo in starred} == {
        ids[0]: (3, True),
        ids[1]: (3, False),
    }
    assert [(photo["id"], photo["stars"], photo["label"]) for photo in labelled] == [(ids[1], 3, "blue")]
    undone = [alice_client.post(f"{path}/undo/").json() for _ in range(2)]
    changes = [(each["change"]["kind"], each["change"]["stars"], each["change"]["label"]) for each in undone]
    assert changes == [("label", None, "blue"), ("stars", 3, None)]
    assert {(photo["stars"], photo["label"]) for photo in undone[1]["photos"]} == {(0, "")}


@pytest.mark.parametrize(
    ("route", "wrong"),
    [("stars", {"stars": value}) for value in (-1, 6, 2.5, "3", None)]
    + [("label", {"label": value}) for value in ("orange", 1, None)]
    + [("stars", {}), ("label", {})],
)
def test_it_refuses_other_stars_and_labels(
    alice_client: APIClient, album: Album, route: str, wrong: dict[str, Any]
) -> None:
    photo = make_photo(album)
    response = alice_client.post(f"/api/v1/albums/{album.id}/photos/{route}/", {"photos": [str(photo.id)], **wrong})
    assert (response.status_code, response.json()["errors"][0]["field"]) == (400, route)


def test_decisions_ignore_photos_of_other_albums(alice_client: APIClient, album: Album, bob: User) -> None:
    theirs = make_photo(make_album(bob))
    mine = make_photo(album)

    response = alice_client.post(
        f"/api/v1/albums/{album.id}/photos/decision/",
        {"photos": [str(theirs.id), str(mine.id)], "decision": "reject"},
    )

    assert [change["id"] for change in response.json()["photos"]] == [str(mine.id)]
    assert Photo.objects.get(id=theirs.id).decision == Photo.Decision.AUTO


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"photos": [], "decision": "keep"},
        {"photos": ["x"], "decision": "keep"},
        {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"], "decision": "maybe"},
        {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"] * 1001, "decision": "keep"},
        {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]},
        {"decision": "keep"},
        {"keep": [], "reject": []},
        {"keep": ["x"]},
        {"keep": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"], "decision": "keep"},
        {"keep": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"], "reject": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]},
        {"keep": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"] * 2},
        {"keep": [str(uuid4()) for _ in range(600)], "reject": [str(uuid4()) for _ in range(600)]},
        {
            "photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"],
            "decision": "keep",
            "auto": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a002"],
        },
    ],
)
def test_it_refuses_invalid_decisions(alice_client: APIClient, album: Album, body: dict[str, Any]) -> None:
    response = alice_client.post(f"/api/v1/albums/{album.id}/photos/decision/", body)

    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")


def test_it_decides_about_one_photo(alice_client: APIClient, album: Album) -> None:
    photo = make_photo(album)

    shown = alice_client.patch(f"/api/v1/photos/{photo.id}/", {"decision": "reject"}).json()

    assert (shown["decision"], shown["picked"]) == ("reject", False)
