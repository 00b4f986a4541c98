"""allauth's routes answer any body with a refusal, never with a 500. See `tests/web/api/test_wild_input.py`."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.test_every_route import HEADLESS, ROUTES
from web.accounts.models import User

pytestmark = pytest.mark.django_db

# Signing out comes last.
PATHS = sorted(
    (
        (method, f"/{route.path}")
        for route in ROUTES
        if route.path.startswith(HEADLESS)
        for method in route.statuses
        if method != "GET"
    ),
    key=lambda step: step[1].endswith("auth/session"),
)
DEEP = b'{"email": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
WRONG = [
    DEEP,
    b"[" * 100_000,
    b'{"email": {"a": {"b": 1}}}',
    b'{"email": ' + b"9" * 5_000 + b"}",
    b'{"email": 1e99999, "password": -1e99999}',
    b'{"email": NaN}',
    b'{"email": "\\ud800@example.org", "password": "\\ud800", "key": "\\ud800"}',
    b'{"email": "a\\u0000@example.org", "password": "\\u0000", "key": "\\u0000"}',
    b"\xff\xfe",
    b"null",
    b"7",
    b'"text"',
    b"{",
    b"",
    b'{"email": "' + b"a" * 3_000_000 + b'"}',
]


def clients(alice: User) -> list[Client]:
    signed_in = Client(raise_request_exception=False)
    signed_in.force_login(alice)
    return [Client(raise_request_exception=False), signed_in]


@pytest.mark.parametrize("body", WRONG, ids=lambda body: repr(body[:24]))
def test_a_wrong_body_is_refused(alice: User, body: bytes) -> None:
    for client in clients(alice):
        for method, path in PATHS:
            response = client.generic(method, path, body, "application/json")
            assert response.status_code < 500, (method, path)


TEXT = st.text(st.characters(), max_size=12)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
NAMES = st.sampled_from(["email", "password", "key", "current_password", "new_password", "primary", "code"])
BODY = st.dictionaries(
    NAMES | TEXT, SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(TEXT, SCALARS), max_size=5
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODY, is_signed_in=st.booleans())
def test_any_json_is_accepted_or_refused(alice: User, body: Any, is_signed_in: bool) -> None:
    client = clients(alice)[is_signed_in]
    cache.clear()
    for method, path in PATHS:
        response = client.generic(method, path, json.dumps(body), "application/json")
        assert response.status_code < 500, (method, path, body)


@pytest.mark.parametrize("key", ["", "-", "-x", "x", "1-", " -x", "zzzzzzzzzzzzzzzzzz-x", "-1-x", "é-x", "\x00-x"])
def test_any_key_of_a_link_is_refused(key: str) -> None:
    client = Client(raise_request_exception=False)

    for header, path in (("X-Password-Reset-Key", "password/reset"), ("X-Email-Verification-Key", "email/verify")):
        address = f"/_allauth/browser/v1/auth/{path}"
        body = json.dumps({"key": key, "password": "a long enough pass phrase"})
        assert client.get(address, headers={header: key}).status_code == 400
        assert client.post(address, body, "application/json").status_code == 400


def test_a_flat_body_gets_to_the_form(alice: User) -> None:
    client = Client()

    response = client.post("/_allauth/browser/v1/auth/login", b'{"email": "a", "password": 7}', "application/json")

    assert response.status_code == 400
    assert response.json()["errors"][0]["param"] == "email", "a form's own errors, not the refusal of the body"
