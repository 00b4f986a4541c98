"""Every error is a problem with a known code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings
from rest_framework.exceptions import APIException
from rest_framework.test import APIClient

import web.accounts.services
import web.api.exceptions
from albums import selectors, storage
from albums.exceptions import AlbumsError
from albums.exports.plan import ExportOptions
from albums.models import Album, Export
from albums.services.exports import export_create
from albums.storage.errors import UploadRefusal
from tests.factories import make_album
from web.accounts.models import User
from web.api.problems import PROBLEMS


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Check the fields that every problem has, and return the problem."""
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["status"], problem["code"]) == (status, status, code)
    assert problem["title"] == PROBLEMS[code]
    assert problem["type"].endswith(f"/api/v1/problems/#{code}")
    assert problem["detail"]
    return problem


def post(client: APIClient, body: bytes, content_type: str = "application/json") -> Any:
    """Send exactly these bytes."""
    return client.generic("POST", "/api/v1/albums/", body, content_type)  # type: ignore[arg-type]  # bytes are fine


def _all_subclasses(kind: type[Any]) -> Iterator[type[Any]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _all_subclasses(subclass)


def test_every_code_is_in_the_list() -> None:
    assert web.accounts.services and web.api.exceptions  # imported, so that their errors are known
    ours = {kind.code for kind in _all_subclasses(AlbumsError) if not kind.__module__.startswith("tests")}

    assert {"still_working", "wrong_password", "export_expired"} <= ours <= PROBLEMS.keys()
    frameworks = {kind.default_code for kind in _all_subclasses(APIException) if kind.__module__.startswith("web.")}
    assert {"invalid_cursor", "body_too_large"} <= frameworks <= PROBLEMS.keys()
    assert set(get_args(UploadRefusal)) <= PROBLEMS.keys()


def test_the_page_explains_every_code(anonymous_client: APIClient) -> None:
    page = anonymous_client.get("/api/v1/problems/").content.decode()

    assert all(f'id="{code}"' in page for code in PROBLEMS)


@pytest.mark.parametrize(
    "path", ["/api/", "/api/v1/", "/api/v1/nothing/", "/api/v1/albums/not-an-id/", "/api/v2/albums/"]
)
def test_an_unknown_address_is_not_found(anonymous_client: APIClient, path: str) -> None:
    assert_problem(anonymous_client.get(path), 404, "not_found")


def test_it_points_out_a_missing_slash_to_programs_too_which_have_no_cookies() -> None:
    program = APIClient(enforce_csrf_checks=True)

    problem = assert_problem(program.post("/api/v1/albums", {"name": "x"}), 404, "not_found")

    assert "/api/v1/albums/" in problem["detail"]


def test_an_unknown_address_outside_the_api_is_a_page(anonymous_client: APIClient) -> None:
    response = anonymous_client.get("/nothing")

    assert response.status_code == 404
    assert response["Content-Type"].startswith("text/html")


def test_it_refuses_anonymous_requests(anonymous_client: APIClient) -> None:
    response = anonymous_client.get("/api/v1/albums/")

    assert_problem(response, 401, "not_authenticated")
    assert response["WWW-Authenticate"] == "Session"


@pytest.mark.parametrize(
    "header",
    ["Token", "Token unknown", "Token two words", "Token \xff\xfe", "Token " + "x" * 5000, "Token album_\x7f"],
)
def test_it_refuses_an_invalid_token(anonymous_client: APIClient, header: str) -> None:
    response = anonymous_client.get("/api/v1/albums/", headers={"Authorization": header})

    assert_problem(response, 401, "authentication_failed")


def test_it_refuses_an_unsupported_method(alice_client: APIClient) -> None:
    response = alice_client.put("/api/v1/albums/", {})

    assert_problem(response, 405, "method_not_allowed")


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"name": NaN}', b"", b"[" * 100_000, b'{"a":' * 50_000])
def test_it_refuses_a_body_that_is_not_json(alice_client: APIClient, body: bytes) -> None:
    response = post(alice_client, body)

    assert response.status_code == 400
    assert response.json()["code"] in {"parse_error", "invalid_input"}


@pytest.mark.parametrize("body", [b"[]", b"1", b'"x"', b"null", b"[{}]"])
def test_it_refuses_json_that_is_not_an_object(alice_client: APIClient, body: bytes) -> None:
    response = post(alice_client, body)

    problem = assert_problem(response, 400, "invalid_input")
    assert problem["errors"]


def test_it_refuses_a_body_of_another_type(alice_client: APIClient) -> None:
    response = post(alice_client, b"name=x", "application/x-www-form-urlencoded")

    assert_problem(response, 415, "unsupported_media_type")


def test_it_does_not_read_a_body_that_is_too_large(alice_client: APIClient, settings: Settings) -> None:
    settings.MAX_JSON_BYTES = 1000

    response = alice_client.post("/api/v1/albums/", {"name": "x" * 1000})

    assert_problem(response, 413, "body_too_large")


def test_it_names_wrong_values(alice_client: APIClient, alice: User) -> None:
    files = [{"name": "a.jpg", "size": 1, "sha256": "a" * 64}, {"name": "b.jpg", "size": "big", "sha256": "a"}]

    response = alice_client.post(f"/api/v1/albums/{make_album(alice).id}/uploads/", {"files": files})

    problem = assert_problem(response, 400, "invalid_input")
    assert [(error["field"], error["code"]) for error in problem["errors"]] == [
        ("files.1.size", "invalid"),
        ("files.1.sha256", "invalid"),
    ]


@pytest.mark.parametrize("name", ["", " ", "\x00", "x" * 201, None, ["x"], {"x": 1}])
def test_it_refuses_invalid_names(alice_client: APIClient, name: Any) -> None:
    body = json.dumps({"name": name})

    response = alice_client.generic("POST", "/api/v1/albums/", body, "application/json")

    problem = assert_problem(response, 400, "invalid_input")

    assert [error["field"] for error in problem["errors"]] == ["name"]


def test_an_error_of_the_domain_becomes_a_problem(alice_client: APIClient, alice: User) -> None:
    response = alice_client.post(f"/api/v1/albums/{make_album(alice).id}/exports/")

    problem = assert_problem(response, 409, "nothing_picked")
    assert "errors" not in problem


def test_an_unavailable_storage_becomes_a_problem(
    alice_client: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise storage.StorageUnavailable("connection to storage.internal refused")

    monkeypatch.setattr("web.api.views.uploads.uploads_complete", away)
    path = f"/api/v1/albums/{make_album(alice).id}/uploads/complete/"

    response = alice_client.post(path, {"photos": ["0b2f4c5e-3d1d-4d8e-9b57-1f2f7c9c1a11"]})

    problem = assert_problem(response, 503, "storage_unavailable")
    assert int(response["Retry-After"]) > 0
    assert "storage.internal" not in problem["detail"]


def test_an_unavailable_database_becomes_a_problem(alice_client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object) -> None:
        raise OperationalError("connection to db.internal refused")

    monkeypatch.setattr(selectors, "albums_of", away)

    response = alice_client.get("/api/v1/albums/")

    problem = assert_problem(response, 503, "database_unavailable")
    assert int(response["Retry-After"]) > 0
    assert "db.internal" not in problem["detail"]


def test_an_unavailable_database_becomes_a_problem_outside_the_views(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sign-in is not a view of REST framework, whose errors become problems by themselves."""

    def away(*_arguments: object) -> None:
        raise OperationalError("connection to db.internal refused")

    monkeypatch.setattr(SessionStore, "load", away)
    client = APIClient(raise_request_exception=False)
    client.cookies["sessionid"] = "a" * 32

    response = client.get("/_allauth/browser/v1/auth/session")

    problem = assert_problem(response, 503, "database_unavailable")
    assert int(response["Retry-After"]) > 0
    assert "db.internal" not in str(problem)


def test_a_row_deleted_during_the_request_is_not_found(
    alice_client: APIClient, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    album = make_album(alice)
    create = export_create

    def gone(of: Album, options: ExportOptions) -> Export:
        album.delete()
        return create(of, options)

    monkeypatch.setattr("web.api.views.exports.export_create", gone)

    assert_problem(alice_client.post(f"/api/v1/albums/{album.id}/exports/", {}), 404, "not_found")


def test_an_unexpected_error_becomes_a_problem(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a secret of the service")

    monkeypatch.setattr(selectors, "albums_of", broken)
    client = APIClient(raise_request_exception=False)
    client.force_login(alice)

    problem = assert_problem(client.get("/api/v1/albums/"), 500, "server_error")

    assert "secret" not in str(problem)


def test_it_refuses_an_unknown_host(anonymous_client: APIClient) -> None:
    response = anonymous_client.get("/api/v1/albums/", headers={"Host": "evil.example.org"})

    assert response.status_code in {400, 401}
    assert "evil.example.org" not in response.content.decode()


def test_it_refuses_a_request_from_another_site(alice: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice)

    response = client.post("/api/v1/albums/", {"name": "x"})

    assert_problem(response, 403, "csrf_failed")
    assert not alice.albums.exists()


@pytest.mark.django_db
def test_it_refuses_sign_up_without_a_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/_allauth/browser/v1/auth/signup", {}, "application/json")

    assert_problem(response, 403, "csrf_failed")


def test_the_csrf_cookie_is_readable_and_works(alice: User) -> None:
    client = APIClient(enforce_csrf_checks=True)
    client.force_login(alice)
    client.get("/_allauth/browser/v1/config")
    cookie = client.cookies["csrftoken"]

    response = client.post("/api/v1/albums/", {"name": "x"}, headers={"X-CSRFToken": cookie.value})

    assert response.status_code == 201
    assert not cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_responses_are_private_and_have_a_type(alice_client: APIClient) -> None:
    response = alice_client.get("/api/v1/albums/")

    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Content-Type"] == "application/json"
