"""The settings of the tests, and what the service's own settings promise."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

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
def test_the_migrations_are_complete() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
