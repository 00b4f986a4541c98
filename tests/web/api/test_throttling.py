"""Limits of requests to the API, per account, address and password."""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.core.cache import cache
from drf_spectacular.generators import SchemaGenerator
from pytest_django import Settings
from rest_framework.test import APIClient, APIRequestFactory

from tests.conftest import signed_in
from web.accounts.models import User
from web.accounts.services import token_create
from web.api.throttling import AccountThrottle, AddressThrottle
from web.api.views import documentation

ACCOUNT = "/api/v1/account/"


@pytest.fixture
def rates(settings: Settings) -> dict[str, str | None]:
    """The rates, which a test may change."""
    changed = copy.deepcopy(settings.REST_FRAMEWORK)
    settings.REST_FRAMEWORK = changed
    rates: dict[str, str | None] = changed["DEFAULT_THROTTLE_RATES"]
    return rates


@pytest.fixture(autouse=True)
def _in_the_middle_of_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.api.throttling.time.time", lambda: 1_000_000_030.0)


def test_it_limits_an_account_and_says_when_to_try_again(
    alice: User, bob_client: APIClient, rates: dict[str, str | None]
) -> None:
    rates["account"] = "3/min"
    # A session and a token of one account count together. Another account has its own count.
    _, text = token_create(alice, name="a script")
    clients = [signed_in(alice), APIClient(headers={"Authorization": f"Token {text}"}), signed_in(alice)]

    assert [client.get(ACCOUNT).status_code for client in clients] == [200, 200, 200]
    response = clients[1].get(ACCOUNT)

    assert (response.status_code, response.json()["code"]) == (429, "throttled")
    assert response["Content-Type"] == "application/problem+json"
    assert 1 <= int(response["Retry-After"]) <= 60
    assert bob_client.get(ACCOUNT).status_code == 200


def test_a_request_asks_the_cache_once_for_its_limit(alice_client: APIClient, rates: dict[str, str | None]) -> None:
    rates["account"] = "2/min"  # a slow request counts as more than one only after half a minute
    alice_client.get(ACCOUNT)
    with mock.patch.multiple(cache, get=mock.DEFAULT, add=mock.DEFAULT, incr=mock.DEFAULT) as asked:
        asked["incr"].return_value = 2
        assert alice_client.get(ACCOUNT).status_code == 200
    assert [name for name, method in asked.items() for call in method.call_args_list if "throttle" in call.args[0]] == [
        "incr"
    ]


def test_the_next_window_starts_at_zero(
    alice_client: APIClient, rates: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rates["account"] = "1/min"
    assert [alice_client.get(ACCOUNT).status_code for _ in range(2)] == [200, 429]

    monkeypatch.setattr("web.api.throttling.time.time", lambda: 1_000_000_090.0)

    assert alice_client.get(ACCOUNT).status_code == 200


@pytest.mark.django_db
def test_it_counts_anonymous_requests_per_address_whatever_their_token(rates: dict[str, str | None]) -> None:
    rates["address"] = "4/min"

    def ask(address: str, **headers: str) -> int:
        return APIClient(headers=headers, REMOTE_ADDR=address).get(ACCOUNT).status_code

    statuses = [ask("192.0.2.1", Authorization=f"Token album_{'0' * number}") for number in range(3)]
    statuses += [ask("192.0.2.1") for _ in range(2)]

    assert statuses == [401, 401, 401, 401, 429]
    assert ask("192.0.2.2") == 401


def test_it_counts_an_ipv6_network_as_one_address() -> None:
    throttle = AddressThrottle()

    def ident(address: str) -> str:
        return throttle.get_ident(APIRequestFactory().get("/", REMOTE_ADDR=address))

    assert ident("2001:db8:1:2:3::4") == ident("2001:db8:1:2:ffff::1") != ident("2001:db8:1:3::1")
    assert ident("192.0.2.1") != ident("192.0.2.2")


def test_behind_a_proxy_it_trusts_the_proxy_and_not_the_client(
    rates: dict[str, str | None], settings: Settings
) -> None:
    settings.REST_FRAMEWORK["NUM_PROXIES"] = 1
    request = APIRequestFactory().get("/", headers={"X-Forwarded-For": "198.51.100.9, 203.0.113.5"})

    assert AddressThrottle().get_ident(request) == "203.0.113.5"


@pytest.mark.django_db
def test_it_counts_concurrent_requests_one_by_one(alice: User, rates: dict[str, str | None]) -> None:
    rates["account"] = "10/min"
    request = APIRequestFactory().get("/")
    request.user = alice

    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(lambda _: AccountThrottle().allow_request(request, None), range(40)))

    assert sum(allowed) == 10


def test_without_a_rate_there_is_no_limit(alice_client: APIClient, rates: dict[str, str | None]) -> None:
    rates["account"] = None

    assert {alice_client.get(ACCOUNT).status_code for _ in range(20)} == {200}


def test_slow_requests_count_as_many(
    alice_client: APIClient, bob_client: APIClient, rates: dict[str, str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise an account with a large album could keep all threads busy without reaching the limit."""
    rates["account"] = "60/min"
    clock = iter(range(0, 10_000, 25))
    monkeypatch.setattr("web.api.views.base.time.monotonic", lambda: float(next(clock)))

    statuses = [alice_client.get(ACCOUNT).status_code for _ in range(5)]

    # Each of 25 seconds, which are 25 requests and itself.
    assert statuses == [200, 200, 200, 429, 429]
    assert bob_client.get(ACCOUNT).status_code == 200


def test_uploading_ten_thousand_photos_with_two_open_pages_stays_below_the_limit(settings: Settings) -> None:
    """The pages announce 100 files at a time. They complete 50, or those of 1.5 s. A page polls once a second.

    The photos themselves go to the storage.
    """
    number, period = AccountThrottle().parse_rate(settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["account"])
    assert number is not None and period == 60
    within_a_minute = 10_000 / 100 + 10_000 / 50 + 2 * 60

    assert within_a_minute * 5 < number


@pytest.mark.django_db
def test_allauths_limits_also_say_when_to_try_again() -> None:
    client = APIClient()
    statuses = []
    for number in range(21):
        person = {"email": f"person-{number}@example.org", "password": "correct horse battery"}
        response = client.post("/_allauth/browser/v1/auth/signup", person)
        statuses.append(response.status_code)
        client.delete("/_allauth/browser/v1/auth/session")

    assert statuses == [200] * 20 + [429]
    assert int(response["Retry-After"]) > 0


def test_it_limits_the_schema_by_address(rates: dict[str, str | None], alice_client: APIClient) -> None:
    rates["schema"] = "2/min"
    clients = [APIClient(), APIClient(), alice_client, APIClient(REMOTE_ADDR="192.0.2.9")]

    statuses = [client.get("/api/v1/schema/").status_code for client in clients]

    assert statuses == [200, 200, 429, 200]


@pytest.mark.django_db
def test_it_makes_the_schema_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[SchemaGenerator] = []
    parse: Any = SchemaGenerator.parse

    def counted(generator: SchemaGenerator, *given: Any) -> Any:
        made.append(generator)
        return parse(generator, *given)

    monkeypatch.setattr(SchemaGenerator, "parse", counted)
    documentation._document.cache_clear()

    documents = [APIClient().get("/api/v1/schema/").content for _ in range(3)]

    assert len(made) == 1
    assert len(set(documents)) == 1
