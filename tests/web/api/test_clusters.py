"""Groups over HTTP."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from albums.models import Cluster, Photo
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User


def test_it_shows_groups_with_their_photos_best_first(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    cluster, photos = make_cluster(album, 3, clear_winner=True, margin=0.75)
    Photo.objects.filter(id=photos[0].id).update(reasons=["sharpest"])
    whole, _ = make_cluster(album, 2, kind=Cluster.Kind.PANORAMA)
    make_photo(album)

    first, second = alice_client.get(f"/api/v1/albums/{album.id}/clusters/").json()["results"]

    assert (first["id"], first["kind"], first["photo_count"]) == (str(cluster.id), "moment", 3)
    assert (first["clear_winner"], first["margin"], first["kept_whole"]) == (True, 0.75, False)
    assert [photo["id"] for photo in first["photos"]] == [str(photo.id) for photo in photos]
    assert first["picks"] == [str(photos[0].id)]
    assert first["photos"][0]["reasons"] == ["sharpest"]
    assert first["photos"][0]["thumbnail_url"]
    assert (second["id"], second["kind"], second["kept_whole"]) == (str(whole.id), "panorama", True)


def test_it_pages_groups_in_order_of_capture(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    clusters = [make_cluster(album, 2)[0] for _ in range(5)]
    seen, path = [], f"/api/v1/albums/{album.id}/clusters/?page_size=2"

    while path:
        page = alice_client.get(path).json()
        seen += [cluster["id"] for cluster in page["results"]]
        path = page["next"]

    assert seen == [str(cluster.id) for cluster in clusters]


def test_a_page_of_groups_is_shorter(alice_client: APIClient, alice: User) -> None:
    path = f"/api/v1/albums/{make_album(alice).id}/clusters/"

    assert alice_client.get(path, {"page_size": 200}).status_code == 200
    assert alice_client.get(path, {"page_size": 201}).status_code == 400


def test_it_shows_one_group_but_none_of_another_album(alice_client: APIClient, alice: User) -> None:
    album, other = make_album(alice), make_album(alice)
    make_cluster(album, 2)
    cluster, photos = make_cluster(album, 3)

    shown = alice_client.get(f"/api/v1/albums/{album.id}/clusters/{cluster.id}/").json()

    assert (shown["id"], shown["photo_count"]) == (str(cluster.id), 3)
    assert [photo["id"] for photo in shown["photos"]] == [str(photo.id) for photo in photos]
    assert alice_client.get(f"/api/v1/albums/{other.id}/clusters/{cluster.id}/").status_code == 404


def test_an_answer_holds_a_limited_number_of_photos(
    alice_client: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A group of 2,000 photos were 4.5 MB, on a page of one group."""
    monkeypatch.setattr("albums.selectors.BEST_PHOTOS", 3)
    monkeypatch.setattr("web.api.pagination.MAX_PAGE_SIZE", 7)
    album = make_album(alice)
    sizes = [5, 2, 2, 4, 9]
    clusters = [make_cluster(album, size) for size in sizes]
    path = f"/api/v1/albums/{album.id}/clusters/"

    pages = []
    while path:
        page = alice_client.get(path).json()
        pages.append([(each["photo_count"], len(each["photos"])) for each in page["results"]])
        path = page["next"]

    assert pages == [[(5, 3), (2, 2), (2, 2)], [(4, 3), (9, 3)]]
    cluster, photos = clusters[-1]
    one = alice_client.get(f"/api/v1/albums/{album.id}/clusters/{cluster.id}/").json()
    assert [photo["id"] for photo in one["photos"]] == [str(photo.id) for photo in photos[:3]]
    everything = alice_client.get(f"/api/v1/albums/{album.id}/photos/", {"cluster": str(cluster.id)}).json()
    assert [photo["id"] for photo in everything["results"]] == [str(photo.id) for photo in photos]


def test_it_pages_the_photos_of_a_group_the_best_first(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    make_cluster(album, 2)
    cluster, photos = make_cluster(album, 5)
    path, seen = f"/api/v1/albums/{album.id}/photos/?page_size=2&cluster={cluster.id}", []

    while path:
        page = alice_client.get(path).json()
        seen += [photo["id"] for photo in page["results"]]
        path = page["next"]

    assert seen == [str(photo.id) for photo in photos]
    assert alice_client.get(f"/api/v1/albums/{album.id}/photos/?cluster=x").status_code == 400
