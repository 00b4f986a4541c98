"""Requests are what the schema says they are."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.web.api.steps import STEPS
from tests.web.api.world import World, make_world
from web.accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(alice: User) -> World:
    return make_world(alice)


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("regroup/", {"similarity": False}),
    ("photos/retry/", {"photos": [False]}),
    ("photos/decision/", {"keep": [0]}),
    ("photos/stars/", {"photos": [], "stars": True}),
    ("uploads/dismiss/", {"photos": [True]}),
    ("clusters/release/", {"clusters": [1.0]}),
]


def test_true_is_no_number_and_numbers_are_no_ids(world: World, alice_client: APIClient) -> None:
    for route, body in WRONG:
        response = alice_client.post(f"/api/v1/albums/{world.album.id}/{route}", body)

        assert response.status_code == 400, route
        assert response.json()["code"] == "invalid_input"


def test_the_schema_says_what_a_change_needs(world: World, alice_client: APIClient, api_schema: dict[str, Any]) -> None:
    for step in (step for step in STEPS if step.method == "PATCH"):
        path = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", step.route)
        [content] = api_schema["paths"][path]["patch"]["requestBody"]["content"].values()
        described = api_schema["components"]["schemas"][content["schema"]["$ref"].rpartition("/")[2]]

        response = alice_client.patch(step.path(world), {})

        assert response.status_code == 400
        missing = {error["field"] for error in response.json()["errors"]} - {""}
        assert missing == set(described.get("required", [])), step.name


def test_the_schema_says_that_names_are_not_empty(
    world: World, alice_client: APIClient, api_schema: dict[str, Any]
) -> None:
    name = api_schema["components"]["schemas"]["AlbumInput"]["properties"]["name"]

    assert alice_client.post("/api/v1/albums/", {"name": ""}).status_code == 400
    assert name["minLength"] == 1


@pytest.fixture(scope="module")
def api_schema() -> dict[str, Any]:
    from drf_spectacular.generators import SchemaGenerator

    generated: dict[str, Any] = json.loads(json.dumps(SchemaGenerator().get_schema(public=True)))  # type: ignore[no-untyped-call]
    return generated
