"""Fixtures for all tests: people and their clients, and a service without leftovers of earlier tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from hypothesis import settings
from rest_framework.test import APIClient

from tests.integration.faults.scale import is_long
from tests.settings import remove_temporary_dir
from web.accounts.models import User

PASSWORD = "correct horse battery"

pytest_plugins = ["tests.scheduling", "tests.services.fixtures"]

# Few examples in `make test`, many in `make faults`. There is no deadline: a busy machine may need a second for any.
settings.register_profile("few", deadline=None, max_examples=25)
settings.register_profile("many", deadline=None, max_examples=1000)
settings.load_profile("many" if is_long() else "few")


def pytest_unconfigure() -> None:
    """Remove the temporary folder here too: the processes of pytest-xdist run no exit handlers."""
    remove_temporary_dir()


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Empty the cache, which counts for rate limits, before each test."""
    cache.clear()
    yield
    cache.clear()


def confirmed(user: User) -> User:
    """The user, who has confirmed the address."""
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@pytest.fixture
def alice(db: None) -> User:
    """The owner of everything a test creates."""
    return confirmed(User.objects.create_user("alice@example.org", PASSWORD))


@pytest.fixture
def bob(db: None) -> User:
    """Another person, who must not see anything of Alice's."""
    return confirmed(User.objects.create_user("bob@example.org", PASSWORD))


@pytest.fixture
def charlie(db: None) -> User:
    """An operator, who may use the admin pages. The API treats an operator like anybody else."""
    return confirmed(User.objects.create_superuser("charlie@example.org", PASSWORD))


def signed_in(user: User) -> APIClient:
    """A client with the user's session."""
    client = APIClient()
    client.force_login(user)
    return client


@pytest.fixture
def alice_client(alice: User) -> APIClient:
    """Alice, signed in."""
    return signed_in(alice)


@pytest.fixture
def bob_client(bob: User) -> APIClient:
    """Bob, signed in."""
    return signed_in(bob)


@pytest.fixture
def charlie_client(charlie: User) -> Client:
    """Charlie, signed in to the admin pages."""
    client = Client()
    client.force_login(charlie)
    return client


@pytest.fixture
def anonymous_client(db: None) -> APIClient:
    """Somebody who has not signed in."""
    return APIClient()
