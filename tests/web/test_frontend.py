"""The pages of the front end: what Django sends for each address, with and without a build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404
from django.test import Client

from albums.storage import get_storage
from tests.settings import TEMPORARY_DIR
from web import pages

INDEX = '<!doctype html><div id="root"></div><script type="module" src="/static/app/assets/index-1.js"></script>'
ALBUM = "/albums/0b6f8a3e-6f0c-4b6e-9d9e-1a2b3c4d5e6f"
PAGES = [
    "/",
    "/albums",
    ALBUM,
    f"{ALBUM}/review",
    f"{ALBUM}/compare?photos=0b6f8a3e-6f0c-4b6e-9d9e-1a2b3c4d5e6f",
    "/help",
    "/account",
    "/account/login",
    "/account/signup",
    "/account/password/reset",
    "/account/password/reset/4-c0ffee",
    "/account/verify-email/MQ:1abc:def_-x",
]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test reads again what a process reads only once."""
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def built(settings: LazySettings) -> Iterator[Path]:
    """A built front end."""
    folder = TEMPORARY_DIR / "dist"
    folder.mkdir()
    (folder / "index.html").write_text(INDEX, encoding="utf-8")
    settings.FRONTEND_DIST = folder
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def unbuilt(settings: LazySettings) -> None:
    """No front end."""
    settings.FRONTEND_DIST = TEMPORARY_DIR / "not-built"


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.usefixtures("built")
def test_it_sends_the_page_for_every_address_of_the_front_end(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content.decode() == INDEX
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.usefixtures("built")
def test_it_sets_the_csrf_cookie_that_the_front_end_repeats(client: Client) -> None:
    cookie = client.get("/").cookies["csrftoken"]
    assert cookie.value
    assert not cookie["httponly"]


@pytest.mark.parametrize("address", ["/nowhere", "/albums/not-an-id", f"{ALBUM}/review/more", "/static/app/none.js"])
@pytest.mark.usefixtures("built")
def test_it_has_no_page_for_other_addresses(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("built")
def test_somebody_at_an_unknown_address_sees_the_front_end(client: Client) -> None:
    """It says so in the language of its reader."""
    response = client.get("/albums/not-an-id", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (response.status_code, response.content.decode()) == (404, INDEX)
    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(("code", "words"), [(400, "not understood"), (403, "not allowed"), (404, "nothing here")])
@pytest.mark.usefixtures("unbuilt")
def test_pages_about_trouble_are_in_our_dress(client: Client, code: int, words: str) -> None:
    raised = {400: BadRequest("secret"), 403: PermissionDenied("secret"), 404: Http404("secret")}[code]
    with patch("web.pages._index", side_effect=[raised, None]):
        content = client.get("/", headers={"Accept": "text/html"}).content.decode()
    assert words in content
    assert "Dina album" in content
    assert "secret" not in content


def test_an_error_of_ours_is_told_in_our_dress(client: Client) -> None:
    client.raise_request_exception = False
    with patch("web.pages._index", side_effect=ZeroDivisionError("secret")):
        response = client.get("/")
    assert response.status_code == 500
    assert "Your photos are safe" in response.content.decode()
    assert "secret" not in response.content.decode()


@pytest.mark.usefixtures("built")
def test_unknown_addresses_of_the_api_stay_problems(client: Client) -> None:
    response = client.get("/api/v1/nowhere/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


@pytest.mark.usefixtures("built")
def test_the_policy_lets_no_inline_script_run(client: Client) -> None:
    policy = dict(part.split(" ", 1) for part in client.get("/")["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"


@pytest.mark.usefixtures("built")
def test_the_policy_names_where_browsers_reach_the_storage(
    client: Client, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = "https://photos.example.org/bucket/key?X-Amz-Signature=1"
    monkeypatch.setattr(type(get_storage()), "view_link", lambda *_, **__: link)
    policy = client.get("/")["Content-Security-Policy"]
    assert "connect-src 'self' https://photos.example.org;" in policy
    assert "img-src 'self' data: blob: https://photos.example.org;" in policy
    assert "media-src 'self' https://photos.example.org;" in policy


@pytest.mark.usefixtures("unbuilt")
def test_only_the_log_says_how_to_build_missing_pages(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    response = client.get("/")
    assert response.status_code == 503
    text = response.content.decode()
    assert "whoever runs it" in text
    assert "npm" not in text
    assert "npm run build" in caplog.text
