"""The steps of the review over HTTP: their responses and their errors."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from albums.models import Album, Photo
from tests.factories import make_album, make_cluster, make_photo
from web.accounts.models import User


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice)


def post(client: APIClient, album: Album, step: str, **body: Any) -> Any:
    return client.post(f"/api/v1/albums/{album.id}/{step}/", body)


def test_a_split_answers_with_the_new_groups(alice_client: APIClient, album: Album) -> None:
    cluster, photos = make_cluster(album, 4)

    shown = post(alice_client, album, "clusters/split", photos=[str(photos[2].id), str(photos[3].id)]).json()

    listed = alice_client.get(f"/api/v1/albums/{album.id}/timeline/").json()["clusters"]
    assert sorted(shown["clusters"], key=str) == sorted(listed, key=str)
    assert [group["manual"] for group in listed] == [True, True]
    assert {photo["id"] for photo in shown["photos"]} == {str(photo.id) for photo in photos}
    assert shown["removed_clusters"] == []
    moved = next(photo for photo in shown["photos"] if photo["id"] == str(photos[3].id))
    assert (moved["rank"], moved["picked"]) == (1, False)
    assert moved["manual_group"] and moved["cluster_id"] != str(cluster.id)


def test_a_merge_answers_with_the_merged_and_the_removed_group(alice_client: APIClient, album: Album) -> None:
    larger, _ = make_cluster(album, 3)
    smaller, _ = make_cluster(album, 2)
    single = make_photo(album)

    shown = post(
        alice_client,
        album,
        "clusters/merge",
        clusters=[str(smaller.id), str(larger.id)],
        photos=[str(single.id)],
    ).json()

    [group] = shown["clusters"]
    picked = [photo["picked"] for photo in group["photos"]]
    assert (group["id"], len(picked), picked.count(True)) == (str(larger.id), 6, 1)
    assert shown["removed_clusters"] == [str(smaller.id)]


def test_a_release_says_that_the_group_is_automatic_again(alice_client: APIClient, album: Album) -> None:
    cluster, photos = make_cluster(album, 4)
    post(alice_client, album, "clusters/split", photos=[str(photos[0].id), str(photos[1].id)])

    shown = post(alice_client, album, "clusters/release", clusters=[str(cluster.id)]).json()

    assert [(group["id"], group["manual"]) for group in shown["clusters"]] == [(str(cluster.id), False)]


@pytest.mark.parametrize(
    ("step", "body", "status", "code"),
    [
        ("split", {}, 400, "invalid_input"),
        ("split", {"photos": []}, 400, "invalid_input"),
        ("split", {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]}, 409, "nothing_to_split"),
        ("split", {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"] * 1001}, 400, "invalid_input"),
        ("merge", {}, 400, "invalid_input"),
        ("merge", {"photos": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]}, 409, "nothing_to_merge"),
        ("merge", {"clusters": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]}, 409, "groups_changed"),
        ("merge", {"clusters": "all"}, 400, "invalid_input"),
        ("release", {}, 400, "invalid_input"),
        ("release", {"all": "perhaps"}, 400, "invalid_input"),
    ],
)
def test_it_refuses_impossible_steps(
    alice_client: APIClient, album: Album, step: str, body: dict[str, Any], status: int, code: str
) -> None:
    response = post(alice_client, album, f"clusters/{step}", **body)

    assert (response.status_code, response.json()["code"]) == (status, code)


def test_groups_of_others_cannot_be_merged(alice_client: APIClient, album: Album, bob: User) -> None:
    theirs, _ = make_cluster(make_album(bob))
    mine, _ = make_cluster(album)

    response = post(alice_client, album, "clusters/merge", clusters=[str(mine.id), str(theirs.id)])

    assert (response.status_code, response.json()["code"]) == (409, "groups_changed")
    assert not Photo.objects.filter(manual_group__isnull=False).exists()


def test_it_undoes_and_names_the_step(alice_client: APIClient, album: Album) -> None:
    _, photos = make_cluster(album, 4)
    before = alice_client.get(f"/api/v1/albums/{album.id}/clusters/").json()["results"]
    post(alice_client, album, "photos/decision", photos=[str(photos[0].id)], decision="keep")
    post(alice_client, album, "clusters/split", photos=[str(photos[0].id), str(photos[1].id)])

    undone = post(alice_client, album, "undo").json()
    decision = post(alice_client, album, "undo").json()

    assert (undone["change"]["kind"], undone["change"]["photo_count"], undone["change"]["undone"]) == ("split", 4, True)
    [group] = undone["clusters"]
    assert ([photo["id"] for photo in group["photos"]], group["manual"]) == ([str(photo.id) for photo in photos], False)
    assert len(undone["removed_clusters"]) == 1
    assert (decision["change"]["kind"], decision["change"]["decision"]) == ("decision", "keep")
    assert [(photo["id"], photo["decision"]) for photo in decision["photos"]] == [(str(photos[0].id), "auto")]
    assert decision["clusters"] == []
    after = alice_client.get(f"/api/v1/albums/{album.id}/clusters/").json()["results"]
    assert [{**group, "id": ""} for group in after] == [
        {**group, "id": "", "photos": [{**photo, "cluster_id": after[0]["id"]} for photo in group["photos"]]}
        for group in before
    ]


def test_it_redoes_and_lists_the_steps(alice_client: APIClient, album: Album) -> None:
    alice_client.post(f"/api/v1/albums/{album.id}/regroup/", {"similarity": 0.75})
    assert post(alice_client, album, "redo").json()["code"] == "nothing_to_redo"
    post(alice_client, album, "undo")
    path = f"/api/v1/albums/{album.id}/changes/"

    [undone] = alice_client.get(path).json()["results"]
    redone = post(alice_client, album, "redo").json()["change"]

    assert (undone["kind"], undone["undone"], redone["undone"]) == ("similarity", True, False)
    assert (redone["similarity_before"], redone["similarity_after"]) == (0.5, 0.75)
    album.refresh_from_db()
    assert album.similarity == 0.75
    post(alice_client, album, "undo")
    response = post(alice_client, album, "undo")
    assert (response.status_code, response.json()["code"]) == (409, "nothing_to_undo")


def test_it_accepts_in_bulk(alice_client: APIClient, album: Album) -> None:
    first, photos = make_cluster(album, 2)
    make_cluster(album, 2, clear_winner=True)

    shown = post(alice_client, album, "clusters/accept", clusters=[str(first.id)]).json()
    rest = post(alice_client, album, "clusters/accept", all=True, undecided=True, no_clear_winner=False).json()

    assert (shown["accepted"], [photo["id"] for photo in shown["photos"]]) == (1, [str(photos[0].id)])
    assert rest["accepted"] == 1
    counts = alice_client.get(f"/api/v1/albums/{album.id}/clusters/counts/").json()
    assert (counts["clusters"], counts["undecided"], counts["kept"], counts["kinds"]["moment"]) == (2, 0, 2, 2)
    assert post(alice_client, album, "undo").json()["change"]["kind"] == "accept"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"all": False},
        {"clusters": []},
        {"undecided": True},
        {"all": True, "clusters": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]},
        {"undecided": True, "clusters": ["6f1f0a8e-5d0b-4f0e-8a53-24f6c1b8a001"]},
        {"all": True, "kind": "selfie"},
    ],
)
def test_it_refuses_ambiguous_accepts(alice_client: APIClient, album: Album, body: dict[str, Any]) -> None:
    response = post(alice_client, album, "clusters/accept", **body)

    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")


def test_it_lists_the_uncertain_groups_first(alice_client: APIClient, album: Album) -> None:
    clear = [make_cluster(album, 2, clear_winner=True)[0] for _ in range(3)]
    close = [make_cluster(album, 2)[0] for _ in range(2)]
    seen, path = [], f"/api/v1/albums/{album.id}/clusters/?page_size=2&order=no_clear_winner_first"

    while path:
        page = alice_client.get(path).json()
        seen += [group["id"] for group in page["results"]]
        path = page["next"]

    assert seen == [str(group.id) for group in [*close, *clear]]
