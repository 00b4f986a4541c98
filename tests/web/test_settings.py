"""The settings of the tests, and what the service's own settings promise."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from tests.settings import TEMPORARY_DIR
from web.accounts.models import User


def test_tests_write_into_a_temporary_folder_only() -> None:
    temporary = Path(tempfile.gettempdir()).resolve()

    assert temporary in TEMPORARY_DIR.resolve().parents
    assert TEMPORARY_DIR in settings.DATA_DIR.parents
    assert str(TEMPORARY_DIR) in settings.STORAGE_URL


def test_people_are_separate_rows(alice: User, bob: User) -> None:
    assert {user.email for user in User.objects.all()} == {"alice@example.org", "bob@example.org"}
    if connection.vendor == "sqlite":
        assert str(TEMPORARY_DIR) in str(connection.settings_dict["NAME"])


@pytest.mark.django_db
def test_rate_limits_use_the_cache_table_of_the_migrations(settings: Settings) -> None:
    """This applies without a broker. The tests' own cache is in memory."""
    table = {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    settings.CACHES = {"default": table}
    cache = caches["default"]

    assert cache.add("attempts", 1, timeout=60)
    assert not cache.add("attempts", 1, timeout=60)
    assert cache.incr("attempts") == 2
    assert connection.introspection.table_names().count("cache") == 1


@pytest.mark.django_db
def test_the_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
