"""Guessing passwords and addresses: what it costs the guesser, and that it does not cost the owner the account."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from pytest_django import Settings

from tests.conftest import PASSWORD
from tests.web.accounts.browser import Browser, key_of_mail
from web.accounts.models import User

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE, STRANGER = "192.0.2.1", "192.0.2.77", "198.51.100.1"


def at(address: str) -> Browser:
    """A browser at an IP address."""
    browser = Browser()
    browser.client.defaults["REMOTE_ADDR"] = address
    return browser


def guess(address: str, times: int, email: str = "alice@example.org") -> list[str]:
    """Wrong passwords; the code of each answer."""
    return [at(address).sign_in(email, f"guess {number}").json()["errors"][0]["code"] for number in range(times)]


def test_five_wrong_passwords_stop_a_stranger_and_not_the_owner(alice: User) -> None:
    codes = guess(STRANGER, 6)

    assert codes == ["email_password_mismatch"] * 5 + ["too_many_login_attempts"]
    assert at(STRANGER).sign_in("alice@example.org").status_code == 400, "not even with the right password"
    assert at(HOME).sign_in("alice@example.org").status_code == 200


def test_they_do_not_keep_the_owner_from_confirming_the_password_or_from_the_admin_pages(charlie: User) -> None:
    owner = at(HOME)
    owner.sign_in("charlie@example.org")
    guess(STRANGER, 6, "charlie@example.org")

    assert owner.call("POST", "auth/reauthenticate", {"password": PASSWORD}).status_code == 200
    operator = Client(REMOTE_ADDR=ELSEWHERE)
    form = {"username": "charlie@example.org", "password": PASSWORD}
    assert operator.post("/admin/login/?next=/admin/", form).status_code == 302


@pytest.fixture
def few_guesses(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed_anywhere": "8/h/key"}


@pytest.mark.usefixtures("few_guesses")
def test_many_addresses_together_get_no_more_guesses_and_leave_the_owner_two_ways_in(alice: User) -> None:
    assert at(HOME).sign_in("alice@example.org").status_code == 200

    codes = Counter(code for number in range(6) for code in guess(f"198.51.100.{number}", 2))

    assert codes == {"email_password_mismatch": 8, "too_many_login_attempts": 4}
    assert at(HOME).sign_in("alice@example.org").status_code == 200, "from where they signed in before"
    owner = at(ELSEWHERE)
    assert owner.sign_in("alice@example.org").status_code == 400
    owner.call("POST", "auth/password/request", {"email": "alice@example.org"})
    body = {"key": key_of_mail("/account/password/reset"), "password": "a new pass phrase"}
    assert owner.call("POST", "auth/password/reset", body).status_code == 200
    assert owner.email() == "alice@example.org", "by the mailed link"
    assert at(ELSEWHERE).sign_in("alice@example.org", "a new pass phrase").status_code == 200


@pytest.mark.usefixtures("few_guesses")
def test_right_passwords_do_not_count_as_guesses(alice: User) -> None:
    for number in range(12):
        assert at(f"198.51.100.{number}").sign_in("alice@example.org").status_code == 200


# --- Mails that a stranger causes -----------------------------------------------------------------------------------


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Makes the limits believe that so many seconds have passed."""
    clock = SimpleNamespace(time=lambda: 1_800_000_000.0, monotonic=time.monotonic, sleep=time.sleep)

    def later(seconds: float) -> None:
        moment = clock.time() + seconds
        clock.time = lambda: moment

    monkeypatch.setattr(ratelimit, "time", clock)
    return later


def with_password_confirmed() -> Browser:
    """Alice's browser, which may ask for another address."""
    browser = at(HOME)
    browser.sign_in("alice@example.org")
    browser.call("POST", "auth/reauthenticate", {"password": PASSWORD})
    return browser


def mails_to(email: str) -> int:
    return sum(message.to == [email] for message in mail.outbox)


@pytest.mark.parametrize("email", ["alice@example.org", "nobody@example.org"])
def test_three_links_an_hour_are_mailed_to_one_address_whoever_asks(alice: User, email: str) -> None:
    answers = [
        at(f"198.51.100.{number}").call("POST", "auth/password/request", {"email": spelled})
        for number, spelled in enumerate([email, email.upper(), email, email])
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert len(mail.outbox) == 3


def test_ten_links_a_day_are_mailed_to_one_address(alice: User, wait: Callable[[float], None]) -> None:
    for number in range(24):
        at(f"198.51.100.{number}").call("POST", "auth/password/request", {"email": "alice@example.org"})
        wait(1801)

    assert mails_to("alice@example.org") == 10


def test_the_links_that_a_stranger_asked_for_let_the_owner_in(alice: User) -> None:
    for number in range(4):
        at(f"198.51.100.{number}").call("POST", "auth/password/request", {"email": "alice@example.org"})

    body = {"key": key_of_mail("/account/password/reset"), "password": "a new pass phrase"}
    assert at(ELSEWHERE).call("POST", "auth/password/reset", body).status_code == 200


def test_five_links_an_hour_that_confirm_an_address_are_mailed_to_it(
    alice: User, wait: Callable[[float], None]
) -> None:
    owner = with_password_confirmed()
    for number in range(8):
        owner.call("PUT" if number else "POST", "account/email", {"email": "victim@example.org"})
        wait(200)

    assert mails_to("victim@example.org") == 5


def test_an_account_has_mail_sent_to_few_addresses_an_hour(alice: User, wait: Callable[[float], None]) -> None:
    owner = with_password_confirmed()
    for number in range(30):
        owner.call("POST", "account/email", {"email": f"victim{number}@example.org"})
        wait(30)

    assert sum("victim" in message.to[0] for message in mail.outbox) == 20


# --- Who has an account ---------------------------------------------------------------------------------------------


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with every password that is hashed, by far the slowest step. Times would differ on a busy machine."""
    passwords: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str, *rest: Any) -> str:
        passwords.append(password)
        return encode(self, password, salt, *rest)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return passwords


def sign_up(email: str) -> Any:
    return Browser().sign_up(email)


def sign_in(email: str) -> Any:
    return Browser().sign_in(email, "something else")


def ask_for_reset(email: str) -> Any:
    return Browser().call("POST", "auth/password/request", {"email": email})


@pytest.mark.parametrize("ask", [sign_up, sign_in, ask_for_reset])
def test_an_address_with_an_account_is_as_much_work_as_any_other(
    ask: Callable[[str], Any], alice: User, hashed: list[str], settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    work = []
    for email in ("alice@example.org", "nobody@example.org"):
        hashed.clear()
        mail.outbox.clear()
        answer = ask(email)
        work.append((answer.status_code, answer.json(), len(hashed), len(mail.outbox)))

    assert work[0] == work[1]
    assert work[0][2] == (0 if ask is ask_for_reset else 1)


def test_what_a_stranger_can_do_after_signing_up_does_not_say_whether_the_address_had_an_account(
    alice: User, hashed: list[str], settings: Settings
) -> None:
    """Otherwise the password that they chose would work for a new account, and be wrong for another."""
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    seen = []
    for number, email in enumerate(("alice@example.org", "nobody@example.org")):
        stranger = at(f"198.51.100.{number}")
        answers = [stranger.sign_up(email, "a password of theirs")]
        mail.outbox.clear()
        hashed.clear()
        answers.append(stranger.call("GET", "auth/session"))
        answers.append(stranger.call("POST", "auth/email/verify/resend"))
        answers += [at(f"198.51.100.{number}").sign_in(email, "a password of theirs") for _ in range(7)]
        answers.append(at(f"198.51.100.{number}").sign_up(email, "a password of theirs"))
        seen.append(([(answer.status_code, answer.json()) for answer in answers], len(hashed), len(mail.outbox)))

    assert seen[0] == seen[1]


def test_a_closed_sign_up_does_not_say_who_has_an_account(alice: User, settings: Settings) -> None:
    settings.SIGNUPS = False

    taken, free = sign_up("alice@example.org"), sign_up("nobody@example.org")

    assert (taken.status_code, taken.content) == (free.status_code, free.content)
    assert taken.status_code == 403
