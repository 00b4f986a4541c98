"""An answer does not say whether an id that is not one's own exists."""

from __future__ import annotations

import json
import re
from uuid import uuid4

from rest_framework.test import APIClient

from tests.web.api.steps import STEPS
from tests.web.api.world import make_world
from web.accounts.models import User


def test_an_id_of_another_account_looks_like_one_that_does_not_exist(alice: User, bob_client: APIClient) -> None:
    """By every method, also those that a route does not serve: the same status, words and headers."""
    world = make_world(alice)
    told = {}
    for step in STEPS:
        for method in ("HEAD", "OPTIONS", "PUT", step.method) if step.names else ():
            body = json.dumps(step.body(world))
            answers = []
            for ids in (world.ids, dict.fromkeys(world.ids, uuid4())):
                path = step.route
                for name in step.names:
                    path = path.replace(f"<uuid:{name}>", str(ids[name]))
                response = bob_client.generic(method, f"/{path}", body, "application/json")
                shown = {name: text for name, text in response.headers.items() if name != "X-Request-ID"}
                answers.append(_without_ids(f"{response.status_code} {shown} {response.content.decode()}"))
            if answers[0] != answers[1]:
                told[f"{method} {step.route}"] = answers

    assert told == {}


def _without_ids(text: str) -> str:
    return re.sub(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}", "ID", text)
