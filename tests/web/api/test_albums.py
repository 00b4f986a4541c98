"""Albums over HTTP: creating, changing and deleting them, their counts and their progress."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from albums import storage
from albums.models import Album, ObjectDeletion, Photo
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User


def test_it_creates_an_album(alice_client: APIClient, alice: User) -> None:
    response = alice_client.post("/api/v1/albums/", {"name": " Midsummer ", "similarity": 0.8})

    assert response.status_code == 201
    album = Album.objects.get()
    assert (album.owner, album.name, album.similarity) == (alice, "Midsummer", 0.8)
    shown = response.json()
    assert shown["id"] == str(album.id)
    assert (shown["photo_count"], shown["cover_url"], shown["grouping"]) == (0, None, "current")


@pytest.mark.parametrize("similarity", [-0.1, 1.1, "loose", None])
def test_it_refuses_a_similarity_out_of_range(alice_client: APIClient, similarity: Any) -> None:
    response = alice_client.post("/api/v1/albums/", {"name": "x", "similarity": similarity})

    assert response.status_code == 400
    assert not Album.objects.exists()


def test_it_counts_what_is_in_an_album(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    make_cluster(album, 3)
    make_photo(album)
    make_photo(album, state=Photo.State.FAILED, error_code="truncated")
    make_photo(album, state=Photo.State.PENDING)

    shown = alice_client.get(f"/api/v1/albums/{album.id}/").json()

    assert {name: shown[f"{name}_count"] for name in ("photo", "cluster", "picked", "failed")} == {
        "photo": 5,
        "cluster": 1,
        "picked": 2,
        "failed": 1,
    }
    assert shown["cover_id"] == str(album.photos.get(cluster__isnull=False, picked=True).id)
    assert shown["cover_url"].startswith("http://testserver/files/")


def test_it_renames_an_album(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)

    response = alice_client.patch(f"/api/v1/albums/{album.id}/", {"name": "Solstice"})

    album.refresh_from_db()
    assert (response.json()["name"], album.name) == ("Solstice", "Solstice")


def test_it_picks_as_many_as_are_wanted_and_undoes_it(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    for place in range(4):
        make_photo(album, spread_rank=place)
    path = f"/api/v1/albums/{album.id}/"

    shown = alice_client.patch(path, {"wanted_count": 3}).json()
    assert (shown["wanted_count"], shown["wanted_share"]) == (3, None)
    assert (shown["picked_count"], shown["left_out_count"]) == (3, 1)
    preview = alice_client.post(f"{path}exports/preview/", {}).json()
    assert (preview["photo_count"], preview["left_out_count"]) == (3, 1)

    shown = alice_client.patch(path, {"wanted_share": 0.5}).json()
    assert (shown["wanted_count"], shown["wanted_share"], shown["picked_count"]) == (None, 0.5, 2)
    left_out = alice_client.get(f"{path}timeline/?left_out=true").json()["singles"]
    assert [(photo["picked"], photo["left_out"]) for photo in left_out] == [(False, True)] * 2
    assert len(alice_client.get(f"{path}photos/?left_out=false").json()["results"]) == 2

    undone = alice_client.post(f"{path}undo/").json()
    assert undone["change"]["kind"] == "wanted"
    assert undone["change"]["wanted_before"] == {"count": 3, "share": None}
    assert undone["change"]["wanted_after"] == {"count": None, "share": 0.5}
    assert [photo["left_out"] for photo in undone["photos"]] == [False]

    shown = alice_client.patch(path, {"wanted_count": None, "name": "Book"}).json()
    assert (shown["name"], shown["picked_count"], shown["left_out_count"]) == ("Book", 4, 0)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"wanted_count": 0},
        {"wanted_count": 1_000_001},
        {"wanted_count": "many"},
        {"wanted_share": 0},
        {"wanted_share": 1.01},
        {"wanted_count": 50, "wanted_share": 0.5},
    ],
)
def test_it_refuses_a_number_that_cannot_be(alice_client: APIClient, alice: User, body: dict[str, Any]) -> None:
    album = make_album(alice)
    response = alice_client.patch(f"/api/v1/albums/{album.id}/", body)
    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")
    album.refresh_from_db()
    assert (album.wanted_count, album.wanted_share) == (None, None)


def test_it_deletes_an_album_and_remembers_its_objects(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    make_cluster(album)

    response = alice_client.delete(f"/api/v1/albums/{album.id}/")

    assert (response.status_code, response.content) == (204, b"")
    assert not Album.objects.exists() and not Photo.objects.exists()
    assert ObjectDeletion.objects.get().prefix == storage.album_prefix(album.id)


def test_it_regroups_an_album(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    _, photos = make_cluster(album)
    Photo.objects.filter(id=photos[1].id).update(decision=Photo.Decision.KEEP)

    response = alice_client.post(f"/api/v1/albums/{album.id}/regroup/", {"similarity": 0.9})

    album.refresh_from_db()
    assert (response.status_code, album.similarity) == (202, 0.9)
    assert album.grouping == Album.Grouping.QUEUED
    assert Photo.objects.get(id=photos[1].id).decision == Photo.Decision.KEEP


def test_it_regroups_with_the_current_similarity(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice, similarity=0.3)
    make_photo(album)

    assert alice_client.post(f"/api/v1/albums/{album.id}/regroup/").json()["similarity"] == 0.3


def test_progress_is_counted_from_the_rows(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice, grouping=Album.Grouping.STALE)
    for state in Photo.State:
        make_photo(album, state=state)

    progress = alice_client.get(f"/api/v1/albums/{album.id}/progress/").json()

    assert {state.value: progress[state.value] for state in Photo.State} == dict.fromkeys(Photo.State.values, 1)
    assert (progress["total"], progress["unfinished"], progress["done"]) == (6, 4, False)
    assert 0 < progress["fraction"] < 1


def test_progress_that_has_not_changed_is_not_sent_again(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    photo = make_photo(album, state=Photo.State.UPLOADED)
    path = f"/api/v1/albums/{album.id}/progress/"
    first = alice_client.get(path)

    again = alice_client.get(path, headers={"If-None-Match": first["ETag"]})
    Photo.objects.filter(id=photo.id).update(state=Photo.State.ANALYZED)
    later = alice_client.get(path, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert later.status_code == 200
    assert later.json()["analyzed"] == 1
    assert later["ETag"] != first["ETag"]
    assert later["Cache-Control"] == "private, no-cache"
