"""The OpenAPI schema, which generates the front end's client, and the page of its documentation."""

from __future__ import annotations

import re
from contextlib import closing
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from rest_framework.test import APIClient


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The schema as the command writes it. Every warning fails the test."""
    file = tmp_path_factory.mktemp("schema") / "schema.yaml"
    call_command("spectacular", file=str(file), validate=True, fail_on_warn=True)
    loaded: dict[str, Any] = yaml.safe_load(file.read_text())
    return loaded


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


def test_every_operation_documents_problems(schema: dict[str, Any]) -> None:
    for operation in _operations(schema):
        content = operation["responses"]["default"]["content"]["application/problem+json"]
        assert content["schema"] == {"$ref": "#/components/schemas/ProblemOutput"}, operation["operationId"]


def test_every_operation_except_redirects_and_deletions_documents_its_response(schema: dict[str, Any]) -> None:
    for operation in _operations(schema):
        success = {code: answer for code, answer in operation["responses"].items() if code.startswith(("2", "3"))}
        assert success, operation["operationId"]
        assert all("content" in answer or code in {"204", "302", "304"} for code, answer in success.items())


def test_operation_ids_are_unique_and_readable(schema: dict[str, Any]) -> None:
    ids = [operation["operationId"] for operation in _operations(schema)]

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)+", name) for name in ids)


def test_the_body_that_deletes_an_account_is_described(schema: dict[str, Any]) -> None:
    operation = schema["paths"]["/api/v1/account/"]["delete"]

    content = operation["requestBody"]["content"]["application/json"]
    assert content["schema"] == {"$ref": "#/components/schemas/AccountDeleteInput"}


def test_lists_are_typed(schema: dict[str, Any]) -> None:
    answer = schema["paths"]["/api/v1/albums/{album_id}/photos/"]["get"]["responses"]["200"]

    assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/PhotoPage"}
    page = schema["components"]["schemas"]["PhotoPage"]
    assert page["properties"]["results"]["items"] == {"$ref": "#/components/schemas/PhotoOutput"}
    assert set(page["required"]) == {"next", "results"}


def test_states_are_enumerations(schema: dict[str, Any]) -> None:
    components = schema["components"]["schemas"]

    assert components["PhotoState"]["enum"][-1] == "failed"
    assert components["PhotoDecision"]["enum"] == ["auto", "keep", "reject"]


@pytest.mark.django_db
def test_the_documentation_loads_nothing_from_other_sites(anonymous_client: APIClient) -> None:
    page = anonymous_client.get("/api/v1/docs/").content.decode()

    sources = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert sources
    for source in sources:
        assert source.startswith("/"), source
        with closing(anonymous_client.get(source)) as answer:
            assert answer.status_code == 200, source
