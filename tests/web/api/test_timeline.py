"""An album as one list, and the thumbnails of the photos in view."""

from __future__ import annotations

import gzip
import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from rest_framework.test import APIClient

from albums.models import Album, Cluster, Photo
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User
from web.api.serializers.timeline import MAX_THUMBNAILS, TimelineOutput

# Written out: the name of a test must be the same in every process that collects it.
UNKNOWN = "3f6c1c3e-7c1e-4c8e-9b57-0a5d1f6b2e11"


@pytest.fixture
def album(alice: User) -> Album:
    """Three groups and two single photos between them. One group has no clear winner, and one is a panorama."""
    album = make_album(alice)
    make_cluster(album, 3, clear_winner=True)
    make_photo(album)
    make_cluster(album, 2, clear_winner=False)
    make_photo(album, face_count=1, shelf="blurred", picked=False)
    make_cluster(album, 2, kind=Cluster.Kind.PANORAMA)
    make_photo(album, state=Photo.State.FAILED)
    make_photo(album, state=Photo.State.PENDING)
    return album


def _timeline(client: APIClient, album: Album, query: str = "") -> dict[str, Any]:
    response = client.get(f"/api/v1/albums/{album.id}/timeline/?{query}")
    assert response.status_code == 200, response.content
    data: dict[str, Any] = response.json()
    return data


def test_it_lists_groups_and_single_photos_in_order(alice_client: APIClient, album: Album) -> None:
    data = _timeline(alice_client, album)

    for place, (shown, cluster) in enumerate(zip(data["clusters"], album.clusters.order_by("position"), strict=True)):
        assert shown["id"] == str(cluster.id)
        assert shown["position"] == place
        assert [photo["id"] for photo in shown["photos"]] == [
            str(photo.id) for photo in cluster.photos.order_by("rank")
        ]
    assert [cluster["kept_whole"] for cluster in data["clusters"]] == [False, False, True]
    assert [cluster["clear_winner"] for cluster in data["clusters"]] == [True, False, False]
    singles = album.photos.filter(cluster=None, state=Photo.State.ANALYZED).order_by("taken_at")
    assert [photo["id"] for photo in data["singles"]] == [str(photo.id) for photo in singles]


def test_it_can_be_read_with_an_indentation(alice_client: APIClient, album: Album) -> None:
    path = f"/api/v1/albums/{album.id}/timeline/"
    indented = alice_client.get(path, headers={"Accept": "application/json; indent=4"})
    assert indented.json() == alice_client.get(path).json()
    assert b"\n    " in indented.content


def test_it_matches_the_schema(alice_client: APIClient, album: Album) -> None:
    album.photos.filter(cluster__position=0).update(manual_group=uuid4(), camera="Canon EOS R5")
    album.photos.filter(cluster__position=1).update(timeline_at=None, width=None, height=None)
    data = _timeline(alice_client, album)

    assert json.loads(json.dumps(TimelineOutput(data).data)) == data
    photo = album.photos.filter(cluster__position=0, rank=0).get()
    assert data["clusters"][0]["manual"] is True
    assert data["clusters"][0]["photos"][0] == {
        "id": str(photo.id),
        "name": photo.name,
        "kind": "photo",
        "camera": "Canon EOS R5",
        "seconds": None,
        "width": 4000,
        "height": 3000,
        "taken_at": photo.timeline_at.replace(tzinfo=None).isoformat() if photo.timeline_at else None,
        "rank": 0,
        "shelf": "",
        "decision": "auto",
        "picked": True,
        "left_out": False,
        "companions": [],
        "frame_seconds": None,
        "has_film": False,
    }
    assert data["clusters"][1]["photos"][0]["taken_at"] is None


def test_only_photos_with_stars_or_a_label_name_them(alice_client: APIClient, album: Album) -> None:
    """Few have any, and a list may have ten thousand."""
    album.photos.filter(cluster__position=0, rank=1).update(stars=5, label="green")
    data = _timeline(alice_client, album)
    assert json.loads(json.dumps(TimelineOutput(data).data)) == data
    best, second, _ = data["clusters"][0]["photos"]
    assert (second["stars"], second["label"]) == (5, "green")
    assert not {"stars", "label"} & best.keys()


@pytest.mark.parametrize(
    ("query", "positions", "singles"),
    [
        ("", [0, 1, 2], 2),
        ("order=no_clear_winner_first", [1, 0, 2], 2),
        ("no_clear_winner=true", [1], 2),
        ("kind=panorama&singles=false", [2], 0),
        ("clusters=false", [], 2),
        ("people=true", [], 1),
        ("stars=1", [], 0),
        ("label=red&clusters=false", [], 0),
        ("people=false", [0, 1, 2], 1),
        ("undecided=true&manual=true", [], 2),
        ("clusters=false&shelved=true", [], 1),
        ("clusters=false&shelved=false", [], 1),
    ],
)
def test_it_applies_the_filters(
    alice_client: APIClient, album: Album, query: str, positions: list[int], singles: int
) -> None:
    data = _timeline(alice_client, album, query)

    assert [cluster["position"] for cluster in data["clusters"]] == positions
    assert len(data["singles"]) == singles


def test_it_is_compressed_and_revalidated_by_its_etag(alice_client: APIClient, album: Album) -> None:
    path = f"/api/v1/albums/{album.id}/timeline/"
    first = alice_client.get(path, HTTP_ACCEPT_ENCODING="gzip")

    assert first.headers["Content-Encoding"] == "gzip"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert json.loads(gzip.decompress(first.content)) == _timeline(alice_client, album)
    again = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
    assert alice_client.get(path, headers=again).status_code == 304
    album.photos.filter(rank=0).update(decision="keep")
    assert alice_client.get(path, headers=again).status_code == 200


def test_it_shows_thumbnails_of_the_albums_own_photos(alice_client: APIClient, album: Album, alice: User) -> None:
    shown = list(album.photos.filter(cluster__position=0))
    Photo.objects.filter(id=shown[0].id).update(placeholder="data:image/webp;base64,AAAA", reasons=[{"code": "only"}])
    elsewhere = make_photo(make_album(alice))
    unknown = [photo.id for photo in shown] + [elsewhere.id, uuid4()]

    response = alice_client.get(f"/api/v1/albums/{album.id}/thumbnails/?photos={','.join(map(str, unknown))}")

    shown_photos = {thumbnail["id"]: thumbnail for thumbnail in response.json()["results"]}
    assert set(shown_photos) == {str(photo.id) for photo in shown}
    first = shown_photos[str(shown[0].id)]
    assert first["placeholder"] == "data:image/webp;base64,AAAA"
    assert first["reasons"] == [{"code": "only"}]
    whole = alice_client.get(f"/api/v1/photos/{shown[0].id}/").json()
    assert first["thumbnail_url"] == whole["thumbnail_url"]
    assert first["preview_url"] == whole["preview_url"]


@pytest.mark.parametrize(
    "photos", ["", "nonsense", f"{UNKNOWN},", ",".join(str(UUID(int=number)) for number in range(MAX_THUMBNAILS + 1))]
)
def test_it_refuses_too_few_or_too_many_thumbnails(alice_client: APIClient, album: Album, photos: str) -> None:
    response = alice_client.get(f"/api/v1/albums/{album.id}/thumbnails/?photos={photos}")

    assert response.status_code == 400
    assert {error["field"].partition(".")[0] for error in response.json()["errors"]} == {"photos"}


@pytest.mark.parametrize("path", ["timeline/", f"thumbnails/?photos={UNKNOWN}"])
def test_an_outsider_finds_nothing(bob_client: APIClient, album: Album, path: str) -> None:
    assert bob_client.get(f"/api/v1/albums/{album.id}/{path}").status_code == 404
