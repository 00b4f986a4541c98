"""Accounts over HTTP, as the front end uses them: requests with CSRF tokens, and links from mails."""

from __future__ import annotations

import socket
from typing import Any, cast

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from pytest_django import Settings

from tests.conftest import PASSWORD
from tests.web.accounts.browser import Browser, key_of_mail
from web.accounts.models import User

NEW_PASSWORD = "an even longer pass phrase"

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Browser:
    return Browser()


def test_signing_up_signs_in_and_asks_to_verify_the_address(browser: Browser) -> None:
    assert browser.sign_up("Dora@Example.org").status_code == 200

    assert browser.email() == "dora@example.org"
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    key = key_of_mail("/account/verify-email")
    assert browser.call("POST", "auth/email/verify", {"key": key}).status_code == 200
    [address] = browser.call("GET", "account/email").json()["data"]
    assert (address["email"], address["verified"]) == ("dora@example.org", True)
    assert browser.client.cookies["sessionid"]["httponly"]
    assert browser.client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("dora@example.org", "12345678"),
        ("dora@example.org", "short"),
        ("dora@example.org", "password"),
        ("not an address", PASSWORD),
        ("", PASSWORD),
    ],
)
def test_it_refuses_sign_up_with_a_bad_address_or_password(browser: Browser, email: str, password: str) -> None:
    response = browser.sign_up(email, password)

    assert response.status_code == 400
    assert response.json()["errors"]
    assert not User.objects.exists()


def test_an_address_has_one_account_in_upper_or_lower_case(browser: Browser, alice: User) -> None:
    assert browser.sign_up("ALICE@example.org").status_code == 400

    assert list(User.objects.all()) == [alice]


def test_sign_up_can_be_closed(browser: Browser, settings: Settings) -> None:
    settings.SIGNUPS = False

    assert browser.call("GET", "config").json()["data"]["account"]["is_open_for_signup"] is False
    assert browser.sign_up("dora@example.org").status_code == 403
    assert not User.objects.exists()


def test_mandatory_verification_hides_who_has_an_account(alice: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    taken, free = Browser().sign_up("alice@example.org"), Browser().sign_up("dora@example.org")

    assert (taken.status_code, taken.json()) == (free.status_code, free.json())
    assert taken.status_code == 401


def test_with_mandatory_verification_people_sign_in_once_the_mailed_link_was_opened(
    browser: Browser, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    assert browser.sign_up("dora@example.org").status_code == 401
    assert Browser().sign_in("dora@example.org").status_code == 400
    assert browser.email() is None

    answer = browser.call("POST", "auth/email/verify", {"key": key_of_mail("/account/verify-email")})

    assert "errors" not in answer.json()
    assert browser.sign_in("dora@example.org").status_code == 200
    assert browser.email() == "dora@example.org"


def test_signing_in_and_out(browser: Browser, alice: User) -> None:
    assert browser.email() is None
    assert browser.sign_in("Alice@Example.ORG").status_code == 200
    assert browser.email() == "alice@example.org"
    before = browser.client.cookies["sessionid"].value

    # allauth answers 401 when nobody is signed in.
    assert browser.call("DELETE", "auth/session").status_code == 401

    assert browser.email() is None
    browser.client.cookies["sessionid"] = before
    assert browser.email() is None


def test_a_wrong_password_and_an_unknown_address_look_the_same(alice: User) -> None:
    wrong = Browser().sign_in("alice@example.org", "something else")
    unknown = Browser().sign_in("nobody@example.org", "something else")

    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.status_code == 400


def test_it_limits_attempts_to_sign_in(browser: Browser, alice: User) -> None:
    codes = [browser.sign_in("alice@example.org", f"guess {number}").json()["errors"][0]["code"] for number in range(6)]

    assert codes[0] == "email_password_mismatch"
    assert codes[-1] == "too_many_login_attempts"
    assert browser.sign_in("alice@example.org").status_code == 400
    assert browser.email() is None


def test_a_forgotten_password_is_reset_by_mail(browser: Browser, alice: User) -> None:
    other = Browser()
    other.sign_in("alice@example.org")

    assert browser.call("POST", "auth/password/request", {"email": "alice@example.org"}).status_code == 200
    key = key_of_mail("/account/password/reset")
    assert browser.call("GET", "auth/password/reset", headers={"X-Password-Reset-Key": key}).status_code == 200
    body = {"key": key, "password": NEW_PASSWORD}
    assert browser.call("POST", "auth/password/reset", body).status_code == 200

    assert browser.email() == "alice@example.org", "the link also signs in"
    assert Browser().sign_in("alice@example.org", NEW_PASSWORD).status_code == 200
    assert other.email() is None, "sessions from before the reset are over"
    assert Browser().call("POST", "auth/password/reset", body).status_code == 400, "the link works once"


def test_a_password_reset_hides_who_has_an_account(alice: User) -> None:
    answers = [
        Browser().call("POST", "auth/password/request", {"email": email})
        for email in ("alice@example.org", "nobody@example.org")
    ]

    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].json() == answers[1].json()
    assert "/account/signup" in str(cast("Any", mail.outbox[-1]).body)


def test_changing_the_password_needs_the_old_one(browser: Browser, alice: User) -> None:
    browser.sign_in("alice@example.org")

    wrong = browser.call("POST", "account/password/change", {"current_password": "guess", "new_password": NEW_PASSWORD})
    right = browser.call(
        "POST", "account/password/change", {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    )

    assert (wrong.status_code, right.status_code) == (400, 200)
    assert browser.email() == "alice@example.org"
    alice.refresh_from_db()
    assert alice.check_password(NEW_PASSWORD)
    assert mail.outbox[-1].to == ["alice@example.org"], "a mail reports the change"


def test_changing_the_address_needs_the_password_and_the_new_mailbox(browser: Browser, alice: User) -> None:
    browser.sign_in("alice@example.org")
    # An open session is not enough to take over an account.
    refused = browser.call("POST", "account/email", {"email": "alice@example.net"})
    assert refused.status_code == 401
    assert "reauthenticate" in {flow["id"] for flow in refused.json()["data"]["flows"]}
    assert browser.call("POST", "auth/reauthenticate", {"password": "guess"}).status_code == 400
    assert browser.call("POST", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200

    assert browser.call("POST", "account/email", {"email": "alice@example.net"}).status_code == 200
    assert browser.email() == "alice@example.org", "until the new address is verified"
    assert mail.outbox[-1].to == ["alice@example.net"]
    key = key_of_mail("/account/verify-email")
    assert browser.call("POST", "auth/email/verify", {"key": key}).status_code == 200

    assert browser.email() == "alice@example.net"
    assert Browser().sign_in("alice@example.net").status_code == 200
    assert Browser().sign_in("alice@example.org").status_code == 400


def test_it_refuses_the_address_of_another_account(browser: Browser, alice: User, bob: User) -> None:
    browser.sign_in("alice@example.org")
    browser.call("POST", "auth/reauthenticate", {"password": PASSWORD})

    # The response is the same as for an unused address. Only the owner learns by mail that somebody tried.
    assert browser.call("POST", "account/email", {"email": "BOB@example.org"}).status_code == 200

    assert mail.outbox[-1].to == ["bob@example.org"]
    assert "/account/verify-email/" not in str(cast("Any", mail.outbox[-1]).body)

    assert User.objects.get(pk=bob.pk).email == "bob@example.org"
    assert browser.email() == "alice@example.org"


def test_an_unverified_address_of_another_account_cannot_become_primary(browser: Browser, alice: User) -> None:
    """allauth accepts any added address if the account has no verified one."""
    browser.sign_up("dora@example.org")
    dora = User.objects.get(email="dora@example.org")
    browser.call("POST", "auth/reauthenticate", {"password": PASSWORD})
    EmailAddress.objects.create(user=dora, email="alice@example.org", verified=False, primary=False)

    response = browser.call("PATCH", "account/email", {"email": "alice@example.org", "primary": True})

    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "email_taken")
    assert browser.email() == "dora@example.org"
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"


def test_it_creates_an_account_while_the_mail_server_is_down(browser: Browser, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1

    assert browser.sign_up("dora@example.org").status_code == 200

    assert browser.email() == "dora@example.org"


def test_programs_sign_in_with_tokens_only(browser: Browser) -> None:
    """Programs have one kind of secret: allauth's session tokens for apps are off."""
    assert browser.client.get("/_allauth/app/v1/config").status_code == 404


def test_mails_name_the_service_and_not_the_machine(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getfqdn", lambda: pytest.fail("the name of the machine was looked up"))

    browser.sign_up("dora@example.org")

    [sent] = mail.outbox
    assert sent.message()["Message-ID"].endswith("@testserver>")
