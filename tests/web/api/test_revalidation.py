"""Unchanged lists are not sent again."""

from __future__ import annotations

import time

import pytest
from rest_framework.test import APIClient

from albums.models import Photo
from albums.services.review import photos_decide
from tests.factories import make_album, make_cluster
from web.accounts.models import User

OWN_ALBUMS = "/api/v1/albums/"
PATHS = [
    OWN_ALBUMS,
    "/api/v1/albums/{album}/photos/",
    "/api/v1/albums/{album}/photos/?page_size=1",
    "/api/v1/albums/{album}/clusters/?order=no_clear_winner_first",
    "/api/v1/albums/{album}/clusters/counts/",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_list_is_sent_again_only_when_it_has_changed(alice_client: APIClient, alice: User, path: str) -> None:
    album = make_album(alice)
    _, photos = make_cluster(album, 2)
    path = path.format(album=album.id)
    first = alice_client.get(path)
    time.sleep(1.1 if "page_size" in path else 0)  # a cursor must not contain the time

    again = alice_client.get(path, headers={"If-None-Match": first["ETag"]})
    photos_decide(album, [photo.id for photo in photos], Photo.Decision.KEEP)
    later = alice_client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Cache-Control"]) == (200, "private, no-cache")
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert (later.status_code, later["ETag"] != first["ETag"]) == (200, True)


@pytest.mark.parametrize("path", PATHS)
def test_a_response_is_kept_for_nobody_else(
    alice_client: APIClient, bob_client: APIClient, anonymous_client: APIClient, alice: User, path: str
) -> None:
    album = make_album(alice)
    make_cluster(album, 2)
    path = path.format(album=album.id)
    etag = alice_client.get(path)["ETag"]

    for client, status in ((bob_client, 200 if path == OWN_ALBUMS else 404), (anonymous_client, 401)):
        response = client.get(path, headers={"If-None-Match": etag})
        assert response.status_code == status
        assert "private" in response["Cache-Control"]
    if path == OWN_ALBUMS:
        assert bob_client.get(path).json()["results"] == []
    assert "Cookie" in alice_client.get(path)["Vary"]


def test_errors_and_writes_are_not_kept(alice_client: APIClient, alice: User) -> None:
    path = f"/api/v1/albums/{make_album(alice).id}/photos/"
    wrong = alice_client.get(path, {"state": "perhaps"})
    made = alice_client.post("/api/v1/albums/", {"name": "New"})

    assert (wrong.status_code, wrong["Cache-Control"]) == (400, "private, no-store")
    assert (made.status_code, made["Cache-Control"]) == (201, "private, no-store")
    assert "ETag" not in wrong and "ETag" not in made
