"""The number of queries does not grow with the album."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework.test import APIClient

from albums.models import Album, AlbumChange, Export
from tests.factories import make_album, make_cluster, make_member, make_photo
from web.accounts.models import User

SESSION_AND_USER = 2


@pytest.fixture(params=[5, 50], ids="{} photos".format)
def album(request: pytest.FixtureRequest, alice: User, bob: User) -> Album:
    """An album with this many groups and singles, and this many exports and other albums. Bob decided about them."""
    album = make_album(alice)
    member = make_member(album, bob)
    for _ in range(request.param // 5):
        make_cluster(album, 3)
        make_photo(album)
        make_photo(album)
        make_album(alice)
        Export.objects.create(album=album, state=Export.State.READY, file_name="x.zip")
        for person in (alice, bob):
            AlbumChange.objects.create(album=album, person=person, kind="decision", before={}, after={})
    album.photos.update(decided_by=member)
    return album


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("albums/", 1),
        ("albums/{album}/", 1),
        ("albums/{album}/photos/", 2),
        ("albums/{album}/timeline/", 4),
        ("albums/{album}/timeline/?undecided=true&people=false&order=no_clear_winner_first", 4),
        ("albums/{album}/thumbnails/?photos={album}", 2),
        ("albums/{album}/clusters/", 3),
        ("albums/{album}/clusters/?undecided=true&no_clear_winner=true&people=false&manual=false&kind=moment", 3),
        ("albums/{album}/clusters/?order=no_clear_winner_first", 3),
        ("albums/{album}/clusters/counts/", 3),
        ("albums/{album}/changes/", 2),
        ("albums/{album}/changes/?everybody=true", 2),
        ("albums/{album}/members/", 4),
        ("albums/{album}/choices/", 2),
        ("albums/{album}/exports/", 2),
        ("albums/{album}/progress/", 2),
    ],
)
def test_reading_takes_as_many_queries_for_any_album(
    alice_client: APIClient,
    album: Album,
    path: str,
    queries: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(SESSION_AND_USER + queries):
        separator = "&" if "?" in path else "?"
        response = alice_client.get(f"/api/v1/{path.format(album=album.id)}{separator}page_size=200")

    assert response.status_code == 200


def _ids(album: Album) -> dict[str, Any]:
    return {"photos": [str(photo_id) for photo_id in album.photos.values_list("id", flat=True)]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("photos/decision/", lambda album: {**_ids(album), "decision": "reject"}),
        ("photos/stars/", lambda album: {**_ids(album), "stars": 3}),
        ("photos/label/", lambda album: {**_ids(album), "label": "red"}),
        ("photos/retry/", lambda _: {}),
        ("uploads/complete/", _ids),
        (
            "uploads/",
            lambda album: {
                "files": [
                    {"name": "x", "size": 1, "sha256": f"{number:064x}"} for number in range(album.photos.count())
                ]
            },
        ),
        ("exports/", lambda _: {}),
        ("exports/preview/", lambda _: {"selection": "all", "layout": "folders"}),
        ("prints/", lambda _: {}),
        ("prints/preview/", lambda _: {"kind": "contact_sheet", "selection": "all"}),
    ],
)
def test_writing_takes_about_as_many_queries_for_any_album(
    alice_client: APIClient,
    album: Album,
    path: str,
    body: Callable[[Album], dict[str, Any]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """The count includes savepoints and locks; a batch of 500 rows is one query."""
    data = body(album)

    with django_assert_max_num_queries(18):
        response = alice_client.post(f"/api/v1/albums/{album.id}/{path}", data)

    assert response.status_code in {200, 201}


def _first_of_clusters(album: Album) -> dict[str, Any]:
    return {"photos": [str(photo.id) for photo in album.photos.filter(cluster__isnull=False, rank=0)]}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("clusters/split/", _first_of_clusters),
        ("clusters/split/", lambda album: {**_ids(album), "singles": True}),
        ("clusters/merge/", _ids),
        ("clusters/release/", lambda _: {"all": True}),
        ("clusters/accept/", lambda _: {"all": True}),
        ("photos/delete/", _ids),
    ],
)
def test_a_step_of_the_review_takes_about_as_many_queries_for_any_album(
    alice_client: APIClient,
    album: Album,
    path: str,
    body: Callable[[Album], dict[str, Any]],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    """The count includes savepoints, the rows of groups and photos, and the response with its groups."""
    album.photos.update(manual_group=uuid4() if "release" in path else None)
    data = body(album)

    with django_assert_max_num_queries(34):
        response = alice_client.post(f"/api/v1/albums/{album.id}/{path}", data)

    assert response.status_code == 200
