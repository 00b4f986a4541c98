"""Any JSON and any query gets a documented response, never a 500."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from albums.models import Album
from tests.factories import make_album, make_cluster
from tests.web.api.steps import STEPS
from tests.web.api.world import World, make_world
from web.accounts.models import User


@pytest.fixture
def world(alice: User) -> World:
    return make_world(alice)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(), max_size=20)
    | st.uuids().map(str)
    | st.sampled_from(["keep", "reject", "auto", "", "0" * 64, "2024-01-01T00:00:00Z", -1, 2**63, 1e308])
)
NAMES = st.sampled_from(
    ["name", "similarity", "files", "photos", "decision", "size", "sha256", "type", "modified", "expires_in_days"]
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=6),
    max_leaves=15,
)
FILE = st.fixed_dictionaries({"name": SCALARS, "size": SCALARS, "sha256": SCALARS}, optional={"modified": SCALARS})
BODY = JSON | st.fixed_dictionaries(
    {"name": SCALARS, "photos": st.lists(SCALARS, max_size=3) | SCALARS, "decision": SCALARS},
    optional={"files": st.lists(FILE, max_size=3), "similarity": SCALARS, "expires_in_days": SCALARS},
)


@pytest.fixture
def paths(alice: User) -> list[tuple[str, str]]:
    album = make_album(alice)
    _, photos = make_cluster(album)
    nested = [
        ("POST", f"albums/{album.id}/{path}/")
        for path in ("uploads", "uploads/complete", "photos/decision", "photos/retry", "photos/delete", "regroup")
    ]
    return [
        *nested,
        ("POST", "albums/"),
        ("PATCH", f"albums/{album.id}/"),
        ("PATCH", f"photos/{photos[0].id}/"),
        ("POST", "tokens/"),
        ("DELETE", "account/"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODY)
def test_any_json_is_accepted_or_refused_with_a_known_code(
    paths: list[tuple[str, str]], alice: User, alice_client: APIClient, body: Any
) -> None:
    cache.clear()  # the rate limits count there, and would refuse most of many requests
    for method, path in paths:
        response = alice_client.generic(method, f"/api/v1/{path}", json.dumps(body), "application/json")

        assert response.status_code in {200, 201, 202, 204, 400, 409}, (method, path, response.content)
        if response.status_code >= 400:
            assert response["Content-Type"] == "application/problem+json"
            assert response.json()["code"] in {"invalid_input", "parse_error", "wrong_password", "too_many_tokens"}
    assert User.objects.filter(pk=alice.pk).exists()


TEXT = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parameters=st.dictionaries(
        st.sampled_from(["cursor", "page_size", "state", "decision", "picked", "in_cluster", "stars", "label"]),
        TEXT,
        max_size=4,
    )
)
def test_any_query_is_accepted_or_refused(alice: User, alice_client: APIClient, parameters: dict[str, str]) -> None:
    cache.clear()
    album = Album.objects.filter(owner=alice).first() or make_album(alice)
    for path in ("albums/", f"albums/{album.id}/photos/", f"albums/{album.id}/clusters/", "tokens/"):
        response = alice_client.get(f"/api/v1/{path}", parameters)

        assert response.status_code in {200, 400}, (path, parameters, response.content)


DEEP = '{"name": ' + "[" * 100_000 + "]" * 100_000 + "}"
EVERY_FIELD = (
    *("name", "similarity", "wanted_count", "wanted_share", "files", "photos", "clusters", "decision", "keep"),
    *("stars", "label", "min_stars", "role", "downloads", "plays_videos", "ends_at", "guests"),
    *("singles", "all", "enabled", "password", "expires_in_days", "selection", "layout", "name_pattern"),
)
WRONG = ["9" * 5_000, "-1e99999", '"nan"', '"-inf"', "NaN", r'"\ud800"', r'"\u0000"', r'["\ud800"]', "[[[]]]"]


def _everywhere(value: str) -> str:
    return "{" + ", ".join(f'"{name}": {value}' for name in EVERY_FIELD) + "}"


@pytest.mark.parametrize("body", [DEEP, *map(_everywhere, WRONG)], ids=lambda body: body[:24])
def test_every_route_refuses_or_ignores_a_wrong_body(
    world: World, alice: User, alice_client: APIClient, body: str
) -> None:
    alice_client.raise_request_exception = False
    for step in STEPS:
        if step.method in {"POST", "PATCH"} or step.name == "DELETE api/v1/account/":
            response = alice_client.generic(step.method, step.path(world), body, "application/json")
            assert response.status_code < 500, step.name
    assert User.objects.filter(pk=alice.pk).exists()


@pytest.mark.parametrize("value", ['"nan"', '"inf"', "1e999", "-1e999", "9" * 5_000], ids=lambda value: value[:6])
def test_a_number_that_is_none_is_refused(alice: User, alice_client: APIClient, value: str) -> None:
    path = f"/api/v1/albums/{make_album(alice).id}/"
    for method, route, name in (
        ("PATCH", "", "wanted_share"),
        ("PATCH", "", "wanted_count"),
        ("POST", "regroup/", "similarity"),
    ):
        body = f'{{"{name}": {value}}}'
        assert alice_client.generic(method, path + route, body, "application/json").status_code == 400, name


@pytest.mark.parametrize(("text", "status"), [(r'"\ud83d\ude00"', 200), (r'"\ud83d"', 400), (r'"\\ud83d"', 200)])
def test_half_a_character_is_refused_and_a_whole_one_kept(
    alice: User, alice_client: APIClient, text: str, status: int
) -> None:
    path = f"/api/v1/albums/{make_album(alice).id}/"

    response = alice_client.generic("PATCH", path, f'{{"name": {text}}}', "application/json")

    assert response.status_code == status
    if status == 200:
        assert response.json()["name"] == json.loads(text)


def test_an_invalid_id_is_not_found(alice_client: APIClient) -> None:
    for wrong in ("1", "null", str(UUID(int=0)), "%00", "..", "x" * 500):
        for noun in ("albums", "photos", "exports"):
            assert alice_client.get(f"/api/v1/{noun}/{wrong}/").status_code in {404, 405}, (noun, wrong)
