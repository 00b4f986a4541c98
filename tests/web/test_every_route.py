"""Every route outside the API (see `api/test_routes.py`), for each kind of person. No route may be missing here."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from albums.models import Album, Export, Photo
from tests.conftest import PASSWORD
from tests.factories import make_album, make_photo
from web import health, pages
from web.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db

SIGN_IN = "admin/login/"
PEOPLE = ("anonymous", "deactivated", "person", "operator")


@dataclass(frozen=True)
class Route:
    """A route, a path that matches it, and for each method the statuses for PEOPLE, in that order."""

    route: str
    path: str
    statuses: dict[str, tuple[int, int, int, int]]
    body: str = "{}"


def _everybody(status: int, *methods: str) -> dict[str, tuple[int, int, int, int]]:
    return dict.fromkeys(methods or ("GET",), (status, status, status, status))


HEADLESS = "_allauth/browser/v1/"
ADDRESS = json.dumps({"email": "alice@example.org"})
ROUTES = [
    Route("", "", _everybody(200)),
    Route(
        r"^albums(?:/[0-9a-f-]{36}(?:/[a-z]+)?)?/?$",
        "albums/00000000-0000-0000-0000-000000000000/review",
        _everybody(200),
    ),
    Route("help", "help", _everybody(200)),
    Route(
        r"^account(?:/(?:login|signup|password/reset(?:/[^/]+)?|verify-email/[^/]+))?/?$",
        "account/login",
        _everybody(200),
    ),
    Route("api/^.*$", "api/v2/albums/", _everybody(404, "GET", "POST")),
    # With the link, everybody is a guest: test_shared_page.py.
    Route("s/<str:token>", "s/guessed", _everybody(404, "GET", "POST", "PUT", "DELETE")),
    Route("files/<str:token>", "files/guessed", _everybody(403, "GET", "PUT") | _everybody(405, "POST", "DELETE")),
    Route("health/", "health/", _everybody(200) | _everybody(405, "POST")),
    # No broker listens at the address in the tests' settings.
    Route("health/ready/", "health/ready/", _everybody(503) | _everybody(405, "POST")),
    Route("health/progress/", "health/progress/", _everybody(200) | _everybody(405, "POST")),
    # The test client runs on this machine; tests/web/test_operations.py also comes from others.
    Route("metrics", "metrics", _everybody(200) | _everybody(405, "POST")),
    # Only with HTTPS=lan: tests/web/server/test_tls.py.
    Route("trust/", "trust/", _everybody(404) | _everybody(405, "POST")),
    Route("trust/photoalbum.crt", "trust/photoalbum.crt", _everybody(404) | _everybody(405, "POST")),
    # allauth answers 401, and says that signing in is the next step.
    Route(f"{HEADLESS}config", f"{HEADLESS}config", _everybody(200)),
    Route(
        f"{HEADLESS}auth/session",
        f"{HEADLESS}auth/session",
        {"GET": (401, 401, 200, 200), "DELETE": (401, 401, 401, 401)},
    ),
    Route(f"{HEADLESS}auth/reauthenticate", f"{HEADLESS}auth/reauthenticate", {"POST": (401, 401, 400, 400)}),
    Route(f"{HEADLESS}auth/code/confirm", f"{HEADLESS}auth/code/confirm", {"POST": (409, 409, 409, 409)}),
    Route(f"{HEADLESS}auth/password/request", f"{HEADLESS}auth/password/request", _everybody(400, "POST")),
    Route(
        f"{HEADLESS}auth/password/reset",
        f"{HEADLESS}auth/password/reset",
        {"GET": (400, 400, 400, 400), "POST": (400, 400, 400, 400)},
    ),
    Route(f"{HEADLESS}auth/login", f"{HEADLESS}auth/login", {"POST": (400, 400, 400, 400)}),
    Route(f"{HEADLESS}auth/signup", f"{HEADLESS}auth/signup", {"POST": (400, 400, 400, 400)}),
    Route(
        f"{HEADLESS}auth/email/verify",
        f"{HEADLESS}auth/email/verify",
        {"GET": (400, 400, 400, 400), "POST": (400, 400, 400, 400)},
    ),
    Route(f"{HEADLESS}auth/email/verify/resend", f"{HEADLESS}auth/email/verify/resend", _everybody(409, "POST")),
    *(
        Route(f"{HEADLESS}{phone}", f"{HEADLESS}{phone}", _everybody(404, "GET", "POST"))
        for phone in ("auth/phone/verify", "auth/phone/verify/resend", "account/phone")
    ),
    Route(
        r"^_allauth/browser/v1/(?:auth|account)/phone(?:/.*)?$",
        f"{HEADLESS}account/phone/anything",
        _everybody(404, "GET", "POST"),
    ),
    Route(f"{HEADLESS}account/password/change", f"{HEADLESS}account/password/change", {"POST": (401, 401, 400, 400)}),
    Route(
        f"{HEADLESS}account/email",
        f"{HEADLESS}account/email",
        {
            "GET": (401, 401, 200, 200),
            # For an address of another account:
            "POST": (409, 409, 401, 401),
            "PUT": (401, 401, 400, 400),
            "PATCH": (401, 401, 400, 400),
            "DELETE": (401, 401, 400, 400),
        },
        ADDRESS,
    ),
]
# The routes of the admin pages. Only operators may use them; the tests below try each one.
ADMIN_MODELS = {
    "accounts/user",
    "accounts/apitoken",
    "albums/album",
    "albums/photo",
    "albums/cluster",
    "albums/export",
    "albums/membership",
    "albums/objectdeletion",
    "albums/share",
    "albums/workerreport",
    "account/emailaddress",
}


def _all(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _all(pattern.url_patterns, route)
        else:
            yield route


EVERY_ROUTE = [route for route in _all(get_resolver().url_patterns) if not route.startswith("api/v1/")]
ADMIN_ROUTES = [route for route in EVERY_ROUTE if route.startswith("admin/") and route != SIGN_IN]


def test_no_route_is_missing_from_the_table() -> None:
    assert {route for route in EVERY_ROUTE if not route.startswith("admin/")} == {route.route for route in ROUTES}


def test_no_model_is_missing_from_the_table_of_admin_pages() -> None:
    found = {match[1] for route in ADMIN_ROUTES if (match := re.match(r"admin/(\w+/\w+)/add/$", route))}

    assert found == ADMIN_MODELS


@pytest.fixture(autouse=True)
def _built_pages(settings: Settings, tmp_path: Path) -> Iterator[None]:
    (tmp_path / "index.html").write_text("<!doctype html><title>Photo album</title>")
    settings.FRONTEND_DIST = tmp_path
    pages.forget()
    health._recent_health.cache_clear()
    health._recent_progress.cache_clear()
    yield
    pages.forget()
    health._recent_health.cache_clear()
    health._recent_progress.cache_clear()


@pytest.fixture
def photo(alice: User) -> Photo:
    """A photo that others may try to reach."""
    return make_photo(make_album(alice))


def _client(who: str, bob: User, charlie: User) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(charlie if who == "operator" else bob)
    if who == "deactivated":
        User.objects.filter(pk=bob.pk).update(is_active=False)
    return client


def _rows() -> list[Any]:
    return [
        *(list(model.objects.order_by("pk").values()) for model in (Album, Photo, Export, ApiToken)),
        list(User.objects.order_by("pk").values("pk", "email", "password", "is_active", "is_staff", "is_superuser")),
    ]


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.route or "home")
def test_each_person_gets_the_status_in_the_table(
    route: Route, who: str, photo: Photo, bob: User, charlie: User
) -> None:
    client = _client(who, bob, charlie)
    before = _rows()

    for method, statuses in route.statuses.items():
        response = client.generic(method, f"/{route.path}", route.body, "application/json")
        assert response.status_code == statuses[PEOPLE.index(who)], (method, response.content[:300])

    assert _rows() == before


def _path(route: str, photo: Photo) -> str:
    ids = {"content_type_id": "1", "object_id": str(photo.id), "id": str(photo.album.owner_id)}
    route = re.sub(r"\^\(\?P<app_label>[^)]*\)/\$", "albums/", route).replace("(?P<url>.*)$", "anything/")
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: ids[match[1]], route)


@pytest.mark.parametrize("who", ["anonymous", "deactivated", "person", "deactivated operator"])
@pytest.mark.parametrize("route", ADMIN_ROUTES)
def test_the_operators_pages_are_for_operators(route: str, who: str, photo: Photo, bob: User, charlie: User) -> None:
    client = _client("operator" if who == "deactivated operator" else who, bob, charlie)
    if who == "deactivated operator":
        User.objects.filter(pk=charlie.pk).update(is_active=False)
    before = _rows()
    path = f"/{_path(route, photo)}"

    for response in (client.get(path), client.post(path, {"post": "yes", "action": "delete_selected"})):
        if route == "admin/logout/" and response.status_code == 405:
            continue
        assert response.status_code == 302, response.content[:300]
        assert response["Location"].startswith("/admin/")
        assert str(photo.id) not in response.content.decode()

    assert _rows() == before


def test_outsiders_can_only_sign_in_to_the_admin_pages(alice: User, charlie: User) -> None:
    client = Client()

    assert client.get(f"/{SIGN_IN}").status_code == 200
    assert client.post(f"/{SIGN_IN}", {"username": alice.email, "password": PASSWORD}).status_code == 200
    assert "sessionid" not in client.cookies
