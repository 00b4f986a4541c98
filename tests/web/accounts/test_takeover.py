"""Somebody else had the account. Who has the mailbox gets it back, and nothing from before gives access to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.conftest import PASSWORD, signed_in
from tests.web.accounts.browser import Browser, key_of_mail
from web.accounts.inputs import WantedEmailInput
from web.accounts.models import AccessEnded, ApiToken, User
from web.accounts.services import token_create
from web.accounts.views import ConfirmationView

NEW_PASSWORD = "an even longer pass phrase"
ACCOUNT = "/api/v1/account/"

pytestmark = pytest.mark.django_db


def sent_to(address: str) -> list[str]:
    """The texts of all mails to an address."""
    return [str(cast("Any", message).body) for message in mail.outbox if message.to == [address]]


def begin_change(browser: Browser, address: str, password: str = PASSWORD) -> str:
    """Ask for another address, and return the key that was mailed to it."""
    browser.call("POST", "auth/reauthenticate", {"password": password})
    assert browser.call("POST", "account/email", {"email": address}).status_code == 200
    return key_of_mail("/account/verify-email")


def confirm(browser: Browser, key: str) -> Any:
    return browser.call("POST", "auth/email/verify", {"key": key})


def reset(browser: Browser, address: str, password: str = NEW_PASSWORD) -> Any:
    browser.call("POST", "auth/password/request", {"email": address})
    return browser.call(
        "POST", "auth/password/reset", {"key": key_of_mail("/account/password/reset"), "password": password}
    )


def change_password(browser: Browser) -> Any:
    return browser.call("POST", "account/password/change", {"current_password": PASSWORD, "new_password": NEW_PASSWORD})


class Thief:
    """Everything that somebody with the password can leave in an account, to come back later."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.browser = Browser()
        assert self.browser.sign_in(user.email).status_code == 200
        _, self.token = token_create(user, name="a script")
        self.key = begin_change(self.browser, "thief@example.org")

    def ways_back(self) -> set[str]:
        """Which of them still work."""
        ways = {"session"} if self.browser.email() else set()
        program = APIClient(headers={"Authorization": f"Token {self.token}"})
        ways |= {"token"} if program.get(ACCOUNT).status_code == 200 else set()
        confirm(Browser(), self.key)
        self.user.refresh_from_db()
        return ways | ({"pending address"} if self.user.email == "thief@example.org" else set())


def test_a_thief_has_these_ways_back(alice: User) -> None:
    assert Thief(alice).ways_back() == {"session", "token", "pending address"}


def test_a_reset_password_ends_every_way_back(alice: User) -> None:
    thief = Thief(alice)

    owner = Browser()
    assert reset(owner, "alice@example.org").status_code == 200

    assert thief.ways_back() == set()
    assert owner.email() == "alice@example.org", "the link is a way in"
    assert Browser().sign_in("alice@example.org", NEW_PASSWORD).status_code == 200
    assert "reset" in sent_to("alice@example.org")[-1]


def test_a_changed_password_ends_every_way_back_but_not_the_session_that_changed_it(alice: User) -> None:
    thief, owner = Thief(alice), Browser()
    owner.sign_in("alice@example.org")

    assert change_password(owner).status_code == 200

    assert thief.ways_back() == set()
    assert owner.email() == "alice@example.org"
    assert "changed" in sent_to("alice@example.org")[-1]


@pytest.mark.parametrize("where", ["in the session that began it", "in another browser"])
def test_a_changed_address_ends_every_way_back_and_tells_the_old_address(alice: User, where: str) -> None:
    thief, owner = Thief(alice), Browser()
    owner.sign_in("alice@example.org")
    mail.outbox.clear()
    key = begin_change(owner, "alice@example.net")

    assert confirm(owner if where == "in the session that began it" else Browser(), key).status_code in {200, 401}

    assert thief.ways_back() == set()
    assert owner.email() == ("alice@example.net" if where == "in the session that began it" else None)
    [told] = sent_to("alice@example.org")
    assert "alice@example.net" in told


def test_a_link_to_reset_the_password_ends_with_the_address_it_was_mailed_to(alice: User) -> None:
    Browser().call("POST", "auth/password/request", {"email": "alice@example.org"})
    key = key_of_mail("/account/password/reset")
    owner = Browser()
    owner.sign_in("alice@example.org")
    confirm(owner, begin_change(owner, "alice@example.net"))

    answer = Browser().call("POST", "auth/password/reset", {"key": key, "password": NEW_PASSWORD})

    assert answer.status_code == 400


@pytest.mark.parametrize("change", ["password", "address", "no usable password"])
def test_what_an_operator_changes_ends_every_way_back_and_tells_the_old_address(
    alice: User, charlie_client: Client, change: str
) -> None:
    thief = Thief(alice)
    mail.outbox.clear()
    page = f"/admin/accounts/user/{alice.pk}"
    if change == "address":
        form = {"email": "alice@example.net", "is_active": "on"}
        assert charlie_client.post(f"{page}/change/", form).status_code == 302
    else:
        passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "set-password": "1"}
        form = {"usable_password": "true", **passwords}
        if change == "no usable password":
            form = {"usable_password": "false", "unset-password": "1"}
        assert charlie_client.post(f"{page}/password/", form).status_code == 302

    assert thief.ways_back() == set()
    assert sent_to("alice@example.org")


def test_an_operators_own_new_address_keeps_their_session(charlie: User, charlie_client: Client) -> None:
    form = {"email": "charlie@example.net", "is_active": "on", "is_staff": "on", "is_superuser": "on"}

    charlie_client.post(f"/admin/accounts/user/{charlie.pk}/change/", form)

    assert charlie_client.get("/admin/").status_code == 200


def test_signing_in_and_a_new_hash_of_the_same_password_end_nothing(alice: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    token_create(alice, name="a script")

    assert Browser().sign_in("alice@example.org").status_code == 200

    assert User.objects.get().password.startswith("pbkdf2")
    assert ApiToken.objects.exists()


def test_a_request_that_began_before_the_change_leaves_no_token_behind(alice: User) -> None:
    thief = User.objects.get(pk=alice.pk)
    alice.set_password(NEW_PASSWORD)
    alice.save()

    with pytest.raises(AccessEnded):
        token_create(thief, name="a script")

    assert not ApiToken.objects.exists()


def test_a_request_that_began_before_the_change_leaves_no_wanted_address_behind(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = Browser()
    thief.sign_in("alice@example.org")
    thief.call("POST", "auth/reauthenticate", {"password": PASSWORD})
    meanwhile(monkeypatch, WantedEmailInput, "save", lambda: reset(Browser(), "alice@example.org"))

    response = thief.call("POST", "account/email", {"email": "thief@example.org"})

    assert response.status_code == 401
    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["alice@example.org"]


def test_a_link_that_was_opened_before_the_change_confirms_nothing(
    alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    thief = Browser()
    thief.sign_in("alice@example.org")
    key = begin_change(thief, "thief@example.org")
    meanwhile(monkeypatch, ConfirmationView, "post", lambda: reset(Browser(), "alice@example.org"))

    response = confirm(Browser(), key)

    assert (response.status_code, response.json()["errors"][0]["code"]) == (400, "invalid_or_expired_key")
    assert User.objects.get().email == "alice@example.org"


def meanwhile(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, happens: Callable[[], Any]) -> None:
    """Let something happen after a request was checked, and before it is done."""
    method = getattr(owner, name)

    def late(*given: Any, **named: Any) -> Any:
        monkeypatch.setattr(owner, name, method)
        assert happens().status_code == 200
        return method(*given, **named)

    monkeypatch.setattr(owner, name, late)


def test_operators_change_their_own_password_on_the_account_page_which_counts_guesses_and_tells_them(
    charlie: User, charlie_client: Client
) -> None:
    passwords = {"old_password": PASSWORD, "new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}

    response = charlie_client.post("/admin/password_change/", passwords)

    assert (response.status_code, response["Location"]) == (302, "/account")
    charlie.refresh_from_db()
    assert charlie.check_password(PASSWORD)


# --- Addresses that nobody has confirmed ---------------------------------------------------------------------------


def test_before_the_address_is_confirmed_there_are_no_tokens() -> None:
    browser = Browser()
    browser.sign_up("dora@example.org")
    key = key_of_mail("/account/verify-email")

    refused = browser.call("POST", "/api/v1/tokens/", {"name": "a script"})
    assert (refused.status_code, refused.json()["code"]) == (403, "address_unconfirmed")
    confirm(browser, key)

    assert browser.call("POST", "/api/v1/tokens/", {"name": "a script"}).status_code == 201


def test_a_token_from_before_sees_nothing_until_the_address_is_confirmed(alice: User, settings: Settings) -> None:
    _, text = token_create(alice, name="a script")
    EmailAddress.objects.update(verified=False)
    program = APIClient(headers={"Authorization": f"Token {text}"})

    refused = program.get(ACCOUNT)
    assert (refused.status_code, refused.json()["code"]) == (401, "address_unconfirmed")

    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    assert program.get(ACCOUNT).status_code == 200


def test_where_confirming_is_mandatory_a_session_from_before_ends(alice: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client = signed_in(alice)
    assert client.get(ACCOUNT).status_code == 200
    EmailAddress.objects.update(verified=False)

    assert client.get(ACCOUNT).status_code == 401

    EmailAddress.objects.update(verified=True)
    assert client.get(ACCOUNT).status_code == 401, "they sign in, which mails the link"


def test_who_resets_the_password_by_mail_has_confirmed_the_address() -> None:
    Browser().sign_up("dora@example.org", "the password of a stranger")

    owner = Browser()
    reset(owner, "dora@example.org")

    assert owner.call("POST", "/api/v1/tokens/", {"name": "a script"}).status_code == 201


@pytest.mark.parametrize("verification", ["optional", "mandatory", "none"])
def test_asking_for_another_address_keeps_the_own_one(verification: str, settings: Settings) -> None:
    people = ("dora@example.org", "ed@example.org")
    browsers = [Browser() for _ in people]
    for browser, address in zip(browsers, people, strict=True):
        browser.sign_up(address)
    settings.ACCOUNT_EMAIL_VERIFICATION = "none" if verification == "none" else "optional"
    for number, browser in enumerate(browsers):
        for again in range(2):
            begin_change(browser, f"new-{number}-{again}@example.org")

    assert {user.email for user in User.objects.all()} == set(people)
    shown = browsers[0].call("GET", "account/email").json()["data"]
    assert [(row["email"], row["primary"]) for row in shown] == [
        ("dora@example.org", True),
        ("new-0-1@example.org", False),
    ]


def test_no_account_loses_its_address(alice: User) -> None:
    alice.email = ""

    with pytest.raises(ValueError, match="address"):
        alice.save()


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
def test_an_unconfirmed_address_never_becomes_the_accounts_own(alice: User, method: str) -> None:
    EmailAddress.objects.update(verified=False)
    browser = Browser()
    browser.sign_in("alice@example.org")
    begin_change(browser, "new@example.org")
    target = "alice@example.org" if method == "DELETE" else "new@example.org"

    response = browser.call(method, "account/email", {"email": target, "primary": True})

    assert response.status_code == 400, response.content
    assert User.objects.get().email == "alice@example.org"


def test_an_address_that_somebody_only_asked_for_signs_nobody_in_and_blocks_nobody(alice: User) -> None:
    """Otherwise its owner would reset the password of a stranger's account, and upload there."""
    stranger = Browser()
    stranger.sign_in("alice@example.org")
    key = begin_change(stranger, "dora@example.org")
    assert Browser().sign_in("dora@example.org").status_code == 400
    Browser().call("POST", "auth/password/request", {"email": "dora@example.org"})
    assert "/account/password/reset/" not in sent_to("dora@example.org")[-1]

    dora = Browser()
    assert dora.sign_up("dora@example.org", NEW_PASSWORD).status_code == 200

    late = confirm(Browser(), key)
    assert (late.status_code, late.json()["errors"][0]["code"]) == (400, "email_taken")
    assert dora.email() == "dora@example.org"
    assert User.objects.get(pk=alice.pk).email == "alice@example.org"
