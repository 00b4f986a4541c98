"""The personal ranker over HTTP: what it shows, and how to switch or reset it."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from albums.models import PersonalRanker, Photo
from albums.services.review import photos_decide
from tests.factories import make_album, make_cluster
from web.accounts.models import User

PATH = "/api/v1/account/personal-ranker/"
LEARNED = {"choices": 100, "corrections": 40, "agreed": 78, "shipped_agreed": 60}
RANKER = {"format": 1, "base": "photoalbum-1", "weights": {}}


def _shown(client: APIClient) -> dict[str, Any]:
    response = client.get(PATH)
    assert response.status_code == 200
    shown: dict[str, Any] = response.json()
    return shown


def test_without_decisions_nothing_is_learned(alice_client: APIClient) -> None:
    assert _shown(alice_client) == {
        "state": "nothing",
        "enabled": True,
        "choices": 0,
        "corrections": 0,
        "corrections_needed": 20,
        "agreed": 0,
        "agreed_without": 0,
        "learned_at": None,
    }
    assert not PersonalRanker.objects.exists()


@pytest.mark.parametrize(
    ("columns", "state"),
    [
        ({}, "nothing"),
        ({"choices": 30, "corrections": 19, "agreed": 11, "shipped_agreed": 11}, "collecting"),
        ({**LEARNED, "agreed": 61}, "not_better"),
        ({**LEARNED, "ranker": RANKER}, "in_use"),
        ({**LEARNED, "ranker": RANKER, "is_enabled": False}, "off"),
    ],
)
def test_it_shows_its_state(alice_client: APIClient, alice: User, columns: dict[str, Any], state: str) -> None:
    PersonalRanker.objects.create(owner=alice, **columns)
    assert _shown(alice_client)["state"] == state


def test_it_shows_the_figures(alice_client: APIClient, alice: User) -> None:
    PersonalRanker.objects.create(owner=alice, ranker=RANKER, **LEARNED)
    shown = _shown(alice_client)
    assert (shown["choices"], shown["corrections"], shown["agreed"], shown["agreed_without"]) == (100, 40, 78, 60)
    assert "weights" not in str(shown)


def test_a_reset_forgets_and_keeps_the_decisions(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    _, photos = make_cluster(album)
    photos_decide(album, [photos[1].id], "keep")
    PersonalRanker.objects.filter(owner=alice).update(ranker=RANKER, **LEARNED)
    assert alice_client.delete(PATH).status_code == 204
    assert _shown(alice_client)["state"] == "nothing"
    assert PersonalRanker.objects.get().ranker is None
    assert Photo.objects.get(id=photos[1].id).decision == "keep"


def test_it_is_switched_off_and_on(alice_client: APIClient, bob_client: APIClient) -> None:
    assert alice_client.patch(PATH, {"enabled": False}).json()["state"] == "off"
    assert _shown(alice_client)["enabled"] is False
    assert _shown(bob_client)["enabled"] is True
    assert alice_client.patch(PATH, {"enabled": True}).json()["enabled"] is True


def test_it_refuses_a_switch_that_is_not_a_boolean(alice_client: APIClient) -> None:
    response = alice_client.patch(PATH, {"enabled": "perhaps"})
    assert response.status_code == 400
    assert not PersonalRanker.objects.exists()


def test_it_is_deleted_with_the_account(alice_client: APIClient, alice: User) -> None:
    PersonalRanker.objects.create(owner=alice, ranker=RANKER, **LEARNED)
    assert alice_client.delete("/api/v1/account/", {"password": "correct horse battery"}).status_code == 204
    assert not PersonalRanker.objects.exists()
