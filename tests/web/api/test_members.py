"""Editing an album together, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from rest_framework.test import APIClient

from albums.models import Album, Membership, Photo, Share
from albums.services.shares import share_create, share_revoke
from tests.factories import make_album, make_member, make_photo
from web.accounts.models import User


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


@pytest.fixture
def path(album: Album) -> str:
    return f"/api/v1/albums/{album.id}"


@pytest.fixture
def member(album: Album, bob: User) -> Membership:
    """Bob edits Alice's album."""
    return make_member(album, bob)


def _accept(client: APIClient, share: Share) -> Any:
    return client.post(f"/api/v1/shared/{share.token}/accept/")


def test_the_owner_is_not_looked_for_among_the_members(alice_client: APIClient, path: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert alice_client.get(f"{path}/progress/").status_code == 200
    assert not [query["sql"] for query in asked if Membership._meta.db_table in query["sql"]]


def test_an_invitation_is_accepted(alice_client: APIClient, bob_client: APIClient, album: Album, path: str) -> None:
    share = share_create(album, role=Share.Role.EDIT)
    shown = APIClient().get(f"/api/v1/shared/{share.token}/").json()["details"]
    assert (shown["role"], shown["invited_by"]) == ("edit", "alice@example.org")
    assert _accept(APIClient(), share).status_code == 401
    assert _accept(bob_client, share).json() == {"album": str(album.id)}
    [shown] = bob_client.get("/api/v1/albums/").json()["results"]
    assert (shown["is_own"], shown["owner"], shown["member_count"]) == (False, "alice@example.org", 1)
    assert alice_client.get(f"{path}/").json()["is_own"] is True
    for client in (alice_client, bob_client):
        people = client.get(f"{path}/members/").json()
        assert people["owner"] == "alice@example.org"
        assert [each["address"] for each in people["members"]] == ["bob@example.org"]
        assert [each["is_you"] for each in people["members"]] == [client is bob_client]


def test_who_is_removed_cannot_come_back_by_the_same_link(
    alice_client: APIClient, bob_client: APIClient, charlie: User, album: Album, path: str
) -> None:
    charlie_client = APIClient()
    charlie_client.force_login(charlie)
    share = share_create(album, role=Share.Role.EDIT)
    for client in (bob_client, charlie_client):
        assert _accept(client, share).status_code == 200
    bobs, charlies = Membership.objects.order_by("person__email")

    assert bob_client.delete(f"{path}/members/{bobs.id}/").status_code == 204
    assert _accept(bob_client, share).status_code == 200, "who left by themselves may come back"
    assert alice_client.delete(f"{path}/members/{charlies.id}/").status_code == 204

    assert _accept(charlie_client, share).status_code == 404
    assert bob_client.get(f"{path}/").status_code == 200
    assert charlie_client.get(f"{path}/").status_code == 404


def test_an_invitation_needs_the_password_of_the_link(bob_client: APIClient, album: Album) -> None:
    share = share_create(album, role=Share.Role.EDIT, password="lake")
    assert _accept(bob_client, share).json()["code"] == "share_password_required"
    bob_client.post(f"/api/v1/shared/{share.token}/password/", {"password": "lake"})
    assert _accept(bob_client, share).status_code == 200


def test_people_whose_address_is_not_confirmed_accept_and_the_others_see_it(
    alice_client: APIClient, bob_client: APIClient, bob: User, album: Album, path: str, settings: Settings
) -> None:
    """A household has no mail server. Where an address must be confirmed, nobody is signed in without."""
    EmailAddress.objects.filter(user=bob).update(verified=False)
    share = share_create(album, role=Share.Role.EDIT)
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    assert _accept(bob_client, share).status_code == 200
    people = alice_client.get(f"{path}/members/").json()
    assert people["owner_is_confirmed"] is True
    assert [each["address_is_confirmed"] for each in people["members"]] == [False]
    EmailAddress.objects.filter(user=bob).update(email="bob@elsewhere.example", verified=True)
    [shown] = alice_client.get(f"{path}/members/").json()["members"]
    assert shown["address_is_confirmed"] is False, "another address of the account says nothing about this one"
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    [bob_shown] = alice_client.get(f"{path}/members/").json()["members"]
    assert bob_shown["address_is_confirmed"] is True


def test_revoked_links_and_those_to_look_invite_nobody(bob_client: APIClient, album: Album) -> None:
    revoked, to_look = share_create(album, role=Share.Role.EDIT), share_create(album, role=Share.Role.LOOK)
    share_revoke(revoked)
    assert [_accept(bob_client, share).json()["code"] for share in (revoked, to_look)] == [
        "share_gone",
        "share_forbids",
    ]


def test_the_owner_removes_members_and_members_only_themselves(
    alice_client: APIClient, bob_client: APIClient, album: Album, member: Membership, charlie: User, path: str
) -> None:
    other = make_member(album, charlie)
    assert bob_client.delete(f"{path}/members/{other.id}/").json()["code"] == "only_the_owner"
    assert bob_client.delete(f"{path}/members/{member.id}/").status_code == 204
    assert bob_client.get(f"{path}/").status_code == 404
    assert alice_client.delete(f"{path}/members/{other.id}/").status_code == 204
    assert alice_client.delete(f"{path}/members/{other.id}/").status_code == 404
    assert alice_client.get(f"{path}/members/").json()["members"] == []


def test_pages_show_whose_decisions_they_are_and_what_they_replace(
    alice_client: APIClient, bob_client: APIClient, album: Album, member: Membership, path: str
) -> None:
    photo = make_photo(album)
    body = {"photos": [str(photo.id)]}
    decided = bob_client.post(f"{path}/photos/decision/", {**body, "decision": "keep"}).json()
    assert decided["overruled"] == []
    [single] = alice_client.get(f"{path}/timeline/").json()["singles"]
    shown = alice_client.get(f"/api/v1/photos/{photo.id}/").json()
    assert decided["photos"][0]["decided_by"] == single["decided_by"] == shown["decided_by"] == str(member.id)
    replaced = alice_client.post(f"{path}/photos/decision/", {**body, "decision": "reject"}).json()
    assert replaced["overruled"] == [{"id": str(photo.id), "decision": "keep", "decided_by": str(member.id)}]
    assert bob_client.post(f"{path}/undo/").json()["changed_since"] == 1
    [single] = bob_client.get(f"{path}/timeline/").json()["singles"]
    assert (single["decision"], "decided_by" in single) == ("reject", False)


def test_the_list_of_changes_says_whose_they_are_and_whether_there_are_new_ones(
    alice_client: APIClient, bob_client: APIClient, album: Album, member: Membership, path: str
) -> None:
    photo = make_photo(album)
    changes, everybody = f"{path}/changes/", {"everybody": True}
    bob_client.post(f"{path}/photos/stars/", {"photos": [str(photo.id)], "stars": 4})
    response = alice_client.get(changes, everybody)
    [change] = response.json()["results"]
    assert (change["kind"], change["by"], change["is_own"]) == ("stars", "bob@example.org", False)
    assert alice_client.get(changes).json()["results"] == []
    etag = response["ETag"]
    assert alice_client.get(changes, everybody, headers={"If-None-Match": etag}).status_code == 304
    bob_client.post(f"{path}/undo/")
    assert alice_client.get(changes, everybody, headers={"If-None-Match": etag}).status_code == 200
    bob_client.delete(f"{path}/members/{member.id}/")
    assert [each["by"] for each in alice_client.get(changes, everybody).json()["results"]] == [None]


def test_what_members_add_counts_for_the_owner(
    bob_client: APIClient, album: Album, member: Membership, path: str, settings: Settings
) -> None:
    settings.QUOTA_PHOTOS = 1
    make_photo(make_album(member.person))  # type: ignore[arg-type]
    files = [{"name": f"{letter}.jpg", "size": 10, "sha256": letter * 64} for letter in "ab"]
    added, refused = bob_client.post(f"{path}/uploads/", {"files": files}).json()["uploads"]
    assert (added["error"], refused["error"]["code"]) == (None, "quota_exceeded")
    used = bob_client.get("/api/v1/account/usage/").json()["quotas"]
    assert {each["quota"]: each["used"] for each in used}["photos"] == 1
    assert Photo.objects.filter(album=album).count() == 1


def test_the_account_says_how_many_albums_others_edit(
    alice_client: APIClient, bob_client: APIClient, album: Album, member: Membership, charlie: User
) -> None:
    make_member(album, charlie)
    make_album(album.owner)
    shared = [client.get("/api/v1/account/").json()["shared_albums"] for client in (alice_client, bob_client)]
    assert shared == [1, 0]
