"""Pages by cursor: each row once and in order, even if rows change between two pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.request import Request
from rest_framework.test import APIClient, APIRequestFactory

from albums import selectors
from albums.models import Album, Photo
from tests.factories import NOON, make_album, make_photo
from web.accounts.models import User
from web.api.pagination import InvalidCursor, paginate


def request() -> Request:
    return Request(APIRequestFactory().get("/api/v1/list/?picked=true"))


def walk(client: APIClient, path: str, **parameters: Any) -> list[list[dict[str, Any]]]:
    """The results, page by page."""
    page = client.get(path, parameters).json()
    pages = [page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        pages.append(page["results"])
    return pages


# Few different names and times, so that many rows differ only in their id.
ROWS = st.lists(
    st.tuples(st.sampled_from(["a.jpg", "B.jpg", "ä'\".jpg"]), st.sampled_from([None, 0, 1])), min_size=0, max_size=12
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, page_size=st.integers(1, 5))
def test_every_photo_is_on_one_page_in_order(alice: User, rows: list[tuple[str, int | None]], page_size: int) -> None:
    album = make_album(alice)
    for name, minutes in rows:
        make_photo(album, name=name, taken_at=None if minutes is None else NOON + timedelta(minutes=minutes))
    photos = selectors.photos_of(album)
    seen: list[Photo] = []
    cursor, more = None, True

    while more:
        page = paginate(photos, request(), cursor=cursor, page_size=page_size)
        seen += page.results
        more = page.next is not None
        assert len(page.results) == page_size or not more
        cursor = APIRequestFactory().get(page.next).GET["cursor"] if page.next else None

    assert seen == list(photos)


def test_albums_come_newest_first(alice_client: APIClient, alice: User) -> None:
    for number in range(5):
        make_album(alice, name=f"Album {number}")

    pages = walk(alice_client, "/api/v1/albums/", page_size=2)

    names = [[album["name"] for album in page] for page in pages]
    assert names == [["Album 4", "Album 3"], ["Album 2", "Album 1"], ["Album 0"]]


def test_the_next_page_keeps_the_filters(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    for number in range(6):
        make_photo(album, picked=number % 2 == 0)

    pages = walk(alice_client, f"/api/v1/albums/{album.id}/photos/", page_size=2, picked="true")

    assert [len(page) for page in pages] == [2, 1]
    assert all(photo["picked"] for page in pages for photo in page)


def test_new_and_deleted_rows_do_not_shift_the_pages(alice_client: APIClient, alice: User) -> None:
    album = make_album(alice)
    photos = [make_photo(album) for _ in range(6)]
    first = alice_client.get(f"/api/v1/albums/{album.id}/photos/", {"page_size": 3}).json()

    photos[0].delete()
    photos[2].delete()  # the row that the cursor was made of
    make_photo(album, taken_at=NOON - timedelta(days=1))
    second = alice_client.get(first["next"]).json()

    assert [photo["id"] for photo in second["results"]] == [str(photo.id) for photo in photos[3:]]


@pytest.mark.parametrize("page_size", ["0", "-1", "501", "many", ""])
def test_it_refuses_invalid_page_sizes(alice_client: APIClient, page_size: str) -> None:
    response = alice_client.get("/api/v1/albums/", {"page_size": page_size})

    assert (response.status_code, response.json()["code"]) == (400, "invalid_input")
    assert response.json()["errors"][0]["field"] == "page_size"


@pytest.mark.parametrize("cursor", ["x", "WyJhIl0:1:y", "\x00", "%00", "ä"])
def test_it_refuses_an_invalid_cursor(alice_client: APIClient, cursor: str) -> None:
    response = alice_client.get("/api/v1/albums/", {"cursor": cursor})

    assert response.status_code == 400
    assert response.json()["code"] in {"invalid_cursor", "invalid_input"}


def test_it_refuses_a_cursor_of_another_list(alice: User) -> None:
    for _ in range(2):
        make_photo(make_album(alice))
    page = paginate(selectors.albums_of(alice), request(), cursor=None, page_size=1)
    assert page.next is not None
    cursor = APIRequestFactory().get(page.next).GET["cursor"]

    with pytest.raises(InvalidCursor):
        paginate(Photo.objects.order_by("id"), request(), cursor=cursor, page_size=1)


@pytest.mark.django_db
@pytest.mark.parametrize("ordering", [(), ("taken_at", "id")])
def test_a_list_without_a_usable_ordering_is_a_programming_error(ordering: tuple[str, ...]) -> None:
    with pytest.raises(ImproperlyConfigured):
        paginate(Photo.objects.order_by(*ordering), request(), cursor=None, page_size=1)


def test_the_next_page_is_an_absolute_url(alice_client: APIClient, alice: User) -> None:
    Album.objects.bulk_create(Album(owner=alice, name=str(number)) for number in range(2))

    page = alice_client.get("/api/v1/albums/", {"page_size": 1}).json()

    assert page["next"].startswith("http://testserver/api/v1/albums/?")
    assert "page_size=1" in page["next"]
