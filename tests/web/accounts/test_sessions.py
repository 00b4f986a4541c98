"""The sessions and tokens of an account: where it is signed in, when each was last used, and that each can be ended."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from tests.conftest import PASSWORD
from tests.web.accounts.browser import Browser
from web.accounts import sessions
from web.accounts.models import ApiToken, SessionRecord, User
from web.accounts.services import account_remove, token_create

SESSIONS = "/api/v1/sessions/"
AN_HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def signed_in_with(name: str, email: str = "alice@example.org") -> Browser:
    browser = Browser()
    browser.client.defaults["HTTP_USER_AGENT"] = name
    assert browser.sign_in(email).status_code == 200
    return browser


def listed(browser: Browser) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = browser.call("GET", SESSIONS).json()["results"]
    return rows


def an_hour_passes() -> None:
    """For the rows, and for the memories of which sessions were used minutes ago."""
    earlier = timezone.now() - AN_HOUR
    SessionRecord.objects.update(used_at=earlier, created_at=earlier)
    ApiToken.objects.update(used_at=earlier)
    forget_uses()


def forget_uses() -> None:
    cache.clear()
    sessions._of_this_process.clear()


def test_it_lists_where_the_account_is_signed_in(alice: User, bob: User) -> None:
    laptop, phone = signed_in_with("Laptop"), signed_in_with("Phone\x07")
    signed_in_with("Another person's", "bob@example.org")
    Client().get("/admin/login/")

    rows = listed(laptop)

    assert [(row["browser"], row["is_current"]) for row in rows] == [("Phone", False), ("Laptop", True)]
    assert [row["is_current"] for row in listed(phone)] == [True, False]
    assert set(rows[0]) == {"id", "browser", "created_at", "last_used_at", "is_current"}
    assert not any(Session.objects.filter(pk=row["id"]).exists() for row in rows), "the id is not the key of the cookie"


def test_signing_in_to_the_admin_pages_is_listed_too(charlie: User) -> None:
    operator = Client(HTTP_USER_AGENT="Admin")
    operator.post("/admin/login/", {"username": "charlie@example.org", "password": PASSWORD})

    assert [row["browser"] for row in listed(signed_in_with("Laptop", "charlie@example.org"))] == ["Laptop", "Admin"]


def test_it_shows_when_a_session_was_last_used(alice: User) -> None:
    laptop, phone = signed_in_with("Laptop"), signed_in_with("Phone")
    an_hour_passes()

    phone.call("GET", "/api/v1/albums/")

    used = {row["browser"]: row["last_used_at"] > (timezone.now() - AN_HOUR / 2).isoformat() for row in listed(phone)}
    assert used == {"Phone": True, "Laptop": False}
    assert {row["browser"]: row["created_at"] == row["last_used_at"] for row in listed(laptop)}["Phone"] is False


def test_the_time_of_use_is_not_written_with_every_request(alice: User) -> None:
    laptop = signed_in_with("Laptop")
    an_hour_passes()
    laptop.call("GET", "/api/v1/albums/")
    SessionRecord.objects.update(used_at=timezone.now() - AN_HOUR)

    laptop.call("GET", "/api/v1/albums/")

    assert SessionRecord.objects.get().used_at < timezone.now() - AN_HOUR / 2


def test_only_the_first_use_asks_the_memory_of_all_processes(alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = signed_in_with("Laptop")
    forget_uses()
    asked: list[str] = []
    monkeypatch.setattr(sessions, "cache", SimpleNamespace(add=lambda name, *_, **__: asked.append(name)))

    laptop.call("GET", "/api/v1/albums/")
    laptop.call("GET", "/api/v1/albums/")

    assert len(asked) == 1


def test_a_session_from_before_there_were_records_is_listed_from_its_next_use(alice: User) -> None:
    laptop = signed_in_with("Laptop")
    SessionRecord.objects.all().delete()
    forget_uses()

    assert listed(laptop) == []
    assert [row["browser"] for row in listed(laptop)] == ["Laptop"]


def test_each_session_can_be_ended_and_only_by_its_owner(alice: User, bob: User) -> None:
    laptop, phone = signed_in_with("Laptop"), signed_in_with("Phone")
    [of_phone] = [row for row in listed(laptop) if not row["is_current"]]
    path = f"{SESSIONS}{of_phone['id']}/"

    assert signed_in_with("Laptop", "bob@example.org").call("DELETE", path).status_code == 404
    assert phone.email() == "alice@example.org"
    assert laptop.call("DELETE", path).status_code == 204

    assert phone.email() is None
    assert laptop.email() == "alice@example.org"
    assert [row["browser"] for row in listed(laptop)] == ["Laptop"]
    assert laptop.call("DELETE", path).status_code == 404


def test_a_token_is_not_enough(alice: User) -> None:
    laptop = signed_in_with("Laptop")
    _, text = token_create(alice, name="a script")
    program = APIClient(headers={"Authorization": f"Token {text}"})

    assert program.get(SESSIONS).json()["code"] == "session_required"
    assert program.delete(f"{SESSIONS}{listed(laptop)[0]['id']}/").status_code == 403


def test_a_session_that_ended_or_expired_leaves_nothing(alice: User) -> None:
    out, expired = signed_in_with("Signed out"), signed_in_with("Expired")
    out.call("DELETE", "auth/session")
    Session.objects.filter(record__browser="Expired").update(expire_date=timezone.now() - AN_HOUR)
    assert expired.email() is None

    laptop = signed_in_with("Laptop")

    assert [row["browser"] for row in listed(laptop)] == ["Laptop"]
    assert Session.objects.count() == SessionRecord.objects.count() == 1


def test_a_changed_password_leaves_one_session_in_the_list(alice: User) -> None:
    signed_in_with("Phone")
    laptop = signed_in_with("Laptop")
    body = {"current_password": PASSWORD, "new_password": "an even longer pass phrase"}

    assert laptop.call("POST", "account/password/change", body).status_code == 200

    assert [(row["browser"], row["is_current"]) for row in listed(laptop)] == [("Laptop", True)]
    assert Session.objects.count() == 1


def test_a_deleted_account_leaves_no_session(alice: User) -> None:
    signed_in_with("Laptop")

    account_remove(alice)

    assert not Session.objects.exists() and not SessionRecord.objects.exists()


def test_it_shows_when_a_token_was_last_used(alice: User, alice_client: APIClient) -> None:
    _, text = token_create(alice, name="a script")
    program = APIClient(headers={"Authorization": f"Token {text}"})

    def last_used() -> str | None:
        [row] = alice_client.get("/api/v1/tokens/").json()["results"]
        used: str | None = row["last_used_at"]
        return used

    assert last_used() is None
    program.get("/api/v1/albums/")
    first = last_used()
    assert first is not None and first > (timezone.now() - timedelta(minutes=1)).isoformat()[:16]
    program.get("/api/v1/albums/")
    assert last_used() == first, "written every few minutes"
    an_hour_passes()
    program.get("/api/v1/albums/")
    assert (last_used() or "") >= first
