"""The page of a shared album in a browser without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from albums.models import Album, Share
from albums.services.shares import share_create, share_revoke
from tests.factories import make_album, make_photo
from web import pages
from web.accounts.models import User

pytestmark = pytest.mark.django_db

INDEX = (
    '<!doctype html><html><head><title>Photo album</title></head><body><div id="root"></div>'
    '<noscript\n>This page needs JavaScript.</noscript\n><script src="/static/app.js"></script></body></html>'
)


@pytest.fixture(autouse=True, params=[INDEX, None], ids=["built", "unbuilt"])
def _built_pages(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[None]:
    if request.param:
        (tmp_path / "index.html").write_text(request.param)
    settings.FRONTEND_DIST = tmp_path
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def album(alice: User) -> Album:
    return make_album(alice, name="Midsummer <3")


def test_it_shows_the_pictures_in_order_page_by_page(
    album: Album, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.shared_page._PHOTOS_OF_PAGE", 2)
    photos = [make_photo(album) for _ in range(3)]
    make_photo(album, picked=False)
    share = share_create(album, downloads=Share.Downloads.SMALL)

    response = client.get(f"/s/{share.token}")

    html = response.content.decode()
    pictures = re.findall(r'href="([^"]+)/preview/">\s*<img src="([^"]+)/thumbnail/"', html)
    assert pictures == [(f"/api/v1/shared/{share.token}/photos/{photo.id}",) * 2 for photo in photos[:2]]
    assert "Midsummer &lt;3</h1>" in html
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "needs JavaScript" not in html
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]

    more = re.search(r'href="(\?[^"]+)">More photos', html)
    assert more
    rest = client.get(f"/s/{share.token}{more[1]}").content.decode()
    assert re.findall(r"photos/([0-9a-f-]{36})/thumbnail/", rest) == [str(photos[2].id)]
    assert client.get(f"/s/{share.token}?cursor=x").status_code == 200
    share.refresh_from_db()
    assert share.visit_count == 0, "programs fetch links to show a preview of them"


def test_it_asks_for_the_password_in_a_form(album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.throttling.time.time", lambda: 1_000_000_030.0)  # in the middle of a window
    share = share_create(album, password="midnight sun")
    photo = make_photo(album)
    client = Client(enforce_csrf_checks=True)
    path = f"/s/{share.token}"

    for response in (client.get(path), client.post(path, {"password": "guess"})):
        html = response.content.decode()
        assert '<input type="password"' in html
        assert "Midsummer" not in html
        assert str(photo.id) not in html

    # A page without a referrer sends its forms with this origin.
    taken = client.post(path, {"password": "midnight sun"}, headers={"Origin": "null"})
    assert (taken.status_code, taken["Location"]) == (303, path)
    assert str(photo.id) in client.get(path).content.decode()
    assert client.get(f"/api/v1/shared/{share.token}/photos/").status_code == 200
    for _ in range(9):
        client.post(path, {"password": "guess"})
    assert client.post(path, {"password": "midnight sun"}).status_code == 429


def test_the_form_of_another_site_makes_no_new_guest(album: Album, client: Client) -> None:
    """Browsers send it without the cookie of who has chosen already, and would take another."""
    closed, open_to_all = share_create(album, password="midnight sun"), share_create(album)
    elsewhere = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    for share in (closed, open_to_all):
        response = client.post(f"/s/{share.token}", {"password": "midnight sun"}, headers=elsewhere)
        assert (response.status_code, dict(response.cookies)) == (303, {})
    assert not client.post(f"/s/{open_to_all.token}", {"password": ""}).cookies


def test_a_link_that_leads_nowhere_says_so_in_the_readers_language(album: Album, client: Client) -> None:
    share = share_create(album)
    share_revoke(share)

    response = client.get(f"/s/{share.token}", headers={"Accept-Language": "sv-SE,sv;q=0.9,en;q=0.5"})

    assert response.status_code == 404
    assert "Den här länken leder ingenstans" in response.content.decode()
    assert response.content == client.get("/s/guessed", headers={"Accept-Language": "sv"}).content
