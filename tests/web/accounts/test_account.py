"""The account and its tokens, through the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, ObjectDeletion, Photo
from tests.conftest import PASSWORD
from tests.factories import make_album, make_cluster
from web.accounts.models import ApiToken, User
from web.accounts.services import token_create


def with_token(text: str) -> APIClient:
    return APIClient(headers={"Authorization": f"Token {text}"})


def test_it_shows_the_signed_in_account(alice_client: APIClient, alice: User) -> None:
    shown = alice_client.get("/api/v1/account/").json()

    assert (shown["id"], shown["email"], shown["is_staff"]) == (alice.id, "alice@example.org", False)


def test_deleting_an_account_deletes_all_of_its_data_and_nothing_else(
    alice_client: APIClient, alice: User, bob: User
) -> None:
    albums = [make_album(alice), make_album(alice)]
    make_cluster(albums[0])
    _, text = token_create(alice, name="a script")
    theirs = make_album(bob)
    _, their_photos = make_cluster(theirs)

    response = alice_client.delete("/api/v1/account/", {"password": PASSWORD})

    assert response.status_code == 204
    assert list(User.objects.all()) == [bob]
    assert list(Album.objects.all()) == [theirs]
    assert set(Photo.objects.all()) == set(their_photos)
    assert not ApiToken.objects.exists()
    prefixes = set(ObjectDeletion.objects.values_list("prefix", flat=True))
    assert prefixes == {storage.album_prefix(album.id) for album in albums}
    assert alice_client.get("/api/v1/account/").status_code == 401
    assert with_token(text).get("/api/v1/account/").status_code == 401


def test_each_album_of_a_deleted_account_goes_in_a_transaction_of_its_own(
    alice_client: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All in one would keep other people from writing to SQLite for as long as the largest account takes."""
    for _ in range(3):
        make_album(alice)
    nested: list[int] = []
    delete = Album.delete

    def noting(album: Album) -> Any:
        nested.append(len(connection.savepoint_ids))
        return delete(album)

    monkeypatch.setattr(Album, "delete", noting)

    alice_client.delete("/api/v1/account/", {"password": PASSWORD})

    assert nested == [1, 1, 1]
    assert not User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [({"password": "guess"}, "wrong_password"), ({}, "invalid_input"), ({"password": ""}, "invalid_input")],
)
def test_it_deletes_no_account_without_the_password(
    alice_client: APIClient, alice: User, body: dict[str, Any], code: str
) -> None:
    make_album(alice)

    response = alice_client.delete("/api/v1/account/", body)

    assert (response.status_code, response.json()["code"]) == (400, code)
    assert User.objects.filter(pk=alice.pk).exists() and Album.objects.exists()


def test_it_limits_attempts_at_the_password_of_an_open_session(alice_client: APIClient, alice: User) -> None:
    statuses = [
        alice_client.delete("/api/v1/account/", {"password": f"guess {number}"}).status_code for number in range(10)
    ]

    last = alice_client.delete("/api/v1/account/", {"password": PASSWORD})

    assert set(statuses) == {400}
    assert (last.status_code, last.json()["code"]) == (429, "throttled")
    assert int(last["Retry-After"]) > 0
    assert User.objects.filter(pk=alice.pk).exists()


def test_a_token_is_shown_once_and_works_until_revoked(alice_client: APIClient, alice: User) -> None:
    created = alice_client.post("/api/v1/tokens/", {"name": "holiday script"}).json()
    program = with_token(created["token"])

    assert program.get("/api/v1/account/").json()["email"] == "alice@example.org"
    assert program.post("/api/v1/albums/", {"name": "by a script"}).status_code == 201
    [listed] = alice_client.get("/api/v1/tokens/").json()["results"]
    assert listed.pop("last_used_at") is not None
    assert listed == {name: value for name, value in created.items() if name not in {"token", "last_used_at"}}
    assert created["token"].startswith(listed["begins_with"])
    assert len(listed["begins_with"]) < len(created["token"]) / 3
    assert not ApiToken.objects.filter(digest__contains=created["token"][10:]).exists()

    assert alice_client.delete(f"/api/v1/tokens/{created['id']}/").status_code == 204
    assert program.get("/api/v1/account/").status_code == 401


def test_a_token_expires(alice_client: APIClient, alice: User) -> None:
    created = alice_client.post("/api/v1/tokens/", {"name": "for a week", "expires_in_days": 7}).json()
    token = ApiToken.objects.get()
    assert token.expiry is not None
    assert abs(token.expiry - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    assert with_token(created["token"]).get("/api/v1/account/").status_code == 200

    ApiToken.objects.update(expiry=timezone.now() - timedelta(seconds=1))

    assert with_token(created["token"]).get("/api/v1/account/").status_code == 401


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": "x", "expires_in_days": 0}, {"name": "x" * 101}])
def test_it_refuses_invalid_tokens(alice_client: APIClient, body: dict[str, Any]) -> None:
    assert alice_client.post("/api/v1/tokens/", body).json()["code"] == "invalid_input"
    assert not ApiToken.objects.exists()


def test_it_limits_the_tokens_of_an_account(alice_client: APIClient, alice: User, settings: Settings) -> None:
    settings.MAX_API_TOKENS = 1
    token_create(alice, name="the one")

    response = alice_client.post("/api/v1/tokens/", {"name": "one more"})

    assert (response.status_code, response.json()["code"]) == (409, "too_many_tokens")


def test_it_limits_how_fast_tokens_are_created(alice_client: APIClient, settings: Settings) -> None:
    settings.MAX_API_TOKENS = 1000

    statuses = [alice_client.post("/api/v1/tokens/", {"name": "x"}).status_code for _ in range(31)]

    assert statuses == [201] * 30 + [429]


def test_it_refuses_the_token_of_a_deactivated_account(alice: User) -> None:
    _, text = token_create(alice, name="a script")
    User.objects.update(is_active=False)

    assert with_token(text).get("/api/v1/account/").status_code == 401
