"""Every route of the API for its owner, a member of the album (decision 67), an outsider, an anonymous request and a
token. No route may be missing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator
from pytest_django import DjangoDbBlocker
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from rest_framework.test import APIClient

from tests.conftest import PASSWORD, confirmed, signed_in
from tests.web.api.steps import ALBUM, NOT_FOUND, STEPS, TOKEN, Step, call, rows
from tests.web.api.world import World, make_world
from web.accounts.models import User
from web.accounts.services import token_create

OF_AN_ALBUM = {"album_id", "photo_id", "video_id", "export_id"}
ONLY_THE_OWNER = {
    f"DELETE {ALBUM}",
    f"POST {ALBUM}photos/delete/",
    "DELETE api/v1/photos/<uuid:photo_id>/",
    f"GET {ALBUM}shares/",
    f"GET {ALBUM}choices/",
    f"POST {ALBUM}shares/",
}


@dataclass(frozen=True)
class People:
    """Two people and what each owns."""

    alice: User
    bob: User
    world: World
    bobs_world: World


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[People]:
    """Their rows are made once: each test takes its own changes back."""
    with django_db_blocker.unblock(), transaction.atomic():
        alice, bob = (confirmed(User.objects.create_user(f"{name}@example.org", PASSWORD)) for name in ("alice", "bob"))
        yield People(alice, bob, make_world(alice), make_world(bob))
        transaction.set_rollback(True)


@pytest.fixture
def alice(people: People, db: None) -> User:
    return User.objects.get(pk=people.alice.pk)


@pytest.fixture
def bob(people: People, db: None) -> User:
    return User.objects.get(pk=people.bob.pk)


@pytest.fixture
def world(people: People, db: None) -> World:
    return deepcopy(people.world)


@pytest.fixture
def bobs_world(people: People, db: None) -> World:
    """The same objects for another account."""
    return deepcopy(people.bobs_world)


def _routes(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def test_no_route_is_missing_from_the_table() -> None:
    methods = {"get", "post", "put", "patch", "delete"}
    there = set()
    for route, view in _routes(get_resolver().url_patterns):
        if route.startswith("api/v1/"):
            served = [name for name in methods if hasattr(view.cls, name)] if hasattr(view, "cls") else ["get"]
            there |= {f"{method.upper()} {route}" for method in served}

    assert there == {step.name for step in STEPS}


@pytest.fixture(params=STEPS, ids=lambda step: step.name)
def step(request: pytest.FixtureRequest) -> Step:
    chosen: Step = request.param
    return chosen


def _status(client: APIClient, step: Step, world: World) -> int:
    return int(call(client, step, world).status_code)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The OpenAPI schema. In version 3.1 it consists of JSON schemas."""
    schema = SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
    generated: dict[str, Any] = json.loads(json.dumps(schema))
    return generated


def _check_as_described(schema: dict[str, Any], step: Step, response: Any) -> None:
    """Check that the schema documents this response and every field of its body."""
    path = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", step.route)
    if path not in schema["paths"]:
        assert path in {"/api/v1/schema/", "/api/v1/docs/", "/api/v1/problems/"}
        return
    described = schema["paths"][path][step.method.lower()]["responses"][str(response.status_code)]
    if "content" not in described:
        assert response.content == b""
        return
    if response["Content-Type"] not in described["content"] or not response["Content-Type"].endswith("json"):
        assert {response["Content-Type"], "*/*"} & described["content"].keys()
        return
    body = described["content"][response["Content-Type"]]["schema"]
    assert body.keys() == {"$ref"}, "a body has a name, which generated clients use"
    registry: Registry[Any] = Registry().with_resource("urn:schema", DRAFT202012.create_resource(schema))
    validator = Draft202012Validator({"$ref": f"urn:schema{body['$ref']}"}, registry=registry)
    shown = response.json()
    validator.validate(shown)
    component = schema["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    assert shown.keys() <= component["properties"].keys()


def test_the_owner_has_access(step: Step, world: World, alice_client: APIClient, schema: dict[str, Any]) -> None:
    response = call(alice_client, step, world)

    assert response.status_code == step.owner
    _check_as_described(schema, step, response)


def test_an_outsider_finds_nothing_and_an_operator_is_one(
    step: Step, world: World, bob_client: APIClient, charlie: User
) -> None:
    operator = APIClient()
    operator.force_login(charlie)
    before = rows()

    for client in (bob_client, operator):
        assert _status(client, step, world) == step.outsider

    if step.outsider == NOT_FOUND:
        assert rows() == before


def test_anonymous_requests_have_no_access(
    step: Step, world: World, anonymous_client: APIClient, schema: dict[str, Any]
) -> None:
    before = rows()

    response = call(anonymous_client, step, world)

    assert response.status_code == step.anonymous
    _check_as_described(schema, step, response)
    assert rows() == before


def test_a_token_has_its_owners_access_except_to_the_account(step: Step, world: World, alice: User) -> None:
    _, text = token_create(alice, name="another script")
    client = APIClient(headers={"Authorization": f"Token {text}"})

    assert _status(client, step, world) == (step.with_token or step.owner)


def test_an_outsiders_token_finds_nothing(step: Step, world: World, bob: User) -> None:
    _, text = token_create(bob, name="Bob's script")
    client = APIClient(headers={"Authorization": f"Token {text}"})

    assert _status(client, step, world) == (step.with_token or step.outsider)


def test_a_deactivated_account_has_no_access(step: Step, world: World, alice: User, alice_client: APIClient) -> None:
    with_token = APIClient(headers={"Authorization": f"Token {token_create(alice, name='another script')[1]}"})
    User.objects.filter(pk=alice.pk).update(is_active=False)
    before = rows()
    # The links of the account lead nowhere, either.
    expected = NOT_FOUND if TOKEN in step.route and step.anonymous == 200 else step.anonymous

    for client in (alice_client, with_token):
        assert _status(client, step, world) == expected
    assert rows() == before


IN_PATHS = [(step, name) for step in STEPS for name in step.names]


@pytest.mark.parametrize(("step", "name"), IN_PATHS, ids=[f"{step.name}, {name}" for step, name in IN_PATHS])
def test_an_id_of_another_account_in_an_own_path_finds_nothing(
    step: Step, name: str, world: World, bobs_world: World, alice_client: APIClient, bob: User
) -> None:
    before = rows(bob)

    response = call(alice_client, step, world, path=step.path(world, but={name: bobs_world}))

    assert response.status_code == NOT_FOUND
    assert rows(bob) == before


def test_ids_of_another_account_in_a_body_change_and_show_nothing(
    step: Step, world: World, bobs_world: World, alice_client: APIClient, bob: User
) -> None:
    """The path is Alice's. All ids in the body are Bob's."""
    before = rows(bob)
    foreign = {
        **step.body(bobs_world),
        **{name: str(row_id) for name, row_id in bobs_world.ids.items()},
        "owner": bob.pk,
        "album": str(bobs_world.album.id),
    }

    response = call(alice_client, step, world, body=foreign)

    assert response.status_code < 500
    assert rows(bob) == before
    _shows_nothing_of(bobs_world, response)


LISTS = [step for step in STEPS if step.method == "GET" and step.anonymous == 401]


@pytest.mark.parametrize("step", LISTS, ids=lambda step: step.name)
def test_ids_of_another_account_in_a_query_show_nothing(
    step: Step, world: World, bobs_world: World, alice_client: APIClient, bob_client: APIClient, bob: User
) -> None:
    """Bob's cursor is included: it is signed, and says where a page begins but not whose it is."""
    bobs_next = bob_client.get(step.path(bobs_world), {"page_size": 1})
    shown = bobs_next.json() if bobs_next["Content-Type"] == "application/json" else {}
    query: dict[str, Any] = {name: str(row_id) for name, row_id in bobs_world.ids.items()}
    query |= {name.removesuffix("_id"): value for name, value in query.items()} | {"owner": bob.pk, "user": bob.pk}
    if isinstance(shown.get("next"), str):
        query["cursor"] = parse_qs(urlsplit(shown["next"]).query)["cursor"][0]

    response = alice_client.get(step.path(world), query)

    assert response.status_code in {step.owner, 400}
    _shows_nothing_of(bobs_world, response)


def _shows_nothing_of(world: World, response: Any) -> None:
    text = "" if response.streaming else response.content.decode()
    assert not any(str(row_id) in text for row_id in world.ids.values())
    assert not any(str(photo.sha256) in text or str(photo.id) in text for photo in world.album.photos.all())


def _for_a_member(step: Step) -> int:
    """Outside albums, a member is somebody else, with an account of their own."""
    if step.name in ONLY_THE_OWNER:
        return 403
    return step.owner if OF_AN_ALBUM & set(step.names) else step.outsider


@pytest.mark.parametrize("step", [step for step in STEPS if step.anonymous == 401], ids=lambda step: step.name)
def test_a_member_does_what_the_owner_does_but_for_what_is_the_owners(step: Step, world: World) -> None:
    expected, member = _for_a_member(step), world.membership.person_id
    assert member is not None
    before = rows()

    response = call(signed_in(User.objects.get(pk=member)), step, world)

    assert response.status_code == expected, response.content[:300]
    if step.name in ONLY_THE_OWNER:
        assert response.json()["code"] == "only_the_owner"
    if expected in {403, NOT_FOUND}:
        assert rows() == before
