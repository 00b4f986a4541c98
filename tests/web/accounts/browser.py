"""A browser that runs the front end, and the links in the mails it causes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import unquote

from django.core import mail
from django.test import Client

from tests.conftest import PASSWORD


class Browser:
    """A browser that runs the front end."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.get("/_allauth/browser/v1/config")

    def call(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        headers = {"X-CSRFToken": self.client.cookies["csrftoken"].value, **(headers or {})}
        address = path if path.startswith("/api/") else f"/_allauth/browser/v1/{path}"
        return self.client.generic(
            method, address, "" if body is None else json.dumps(body), "application/json", headers=headers
        )

    def sign_up(self, email: str, password: str = PASSWORD) -> Any:
        return self.call("POST", "auth/signup", {"email": email, "password": password})

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        return self.call("POST", "auth/login", {"email": email, "password": password})

    def email(self) -> str | None:
        """The address of the account that the API sees in this browser."""
        response = self.call("GET", "/api/v1/account/")
        return str(response.json()["email"]) if response.status_code == 200 else None


def key_of_mail(path: str) -> str:
    """The key in the link of the last mail. The link must point to the front end."""
    text = str(cast("Any", mail.outbox[-1]).body)
    match = re.search(rf"http://testserver{path}/(\S+)", text)
    assert match, text
    return unquote(match[1])
