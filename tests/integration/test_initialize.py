"""`manage.py initialize` on a PostgreSQL that others use meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from albums.management.commands import initialize
from tests.services import Stack
from web import env


@pytest.fixture
def own(
    services: Stack, postgres_url: str, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[BaseDatabaseWrapper]:
    """The command's database, with one table, which `migrate` changes."""
    assert postgres_url  # it runs
    monkeypatch.setenv("OWN_URL", services.postgres.create_database("initialize"))
    own = ConnectionHandler({"default": env.database("OWN_URL", "")})["default"]

    def migrate(*_: Any, **__: Any) -> None:
        with own.cursor() as cursor:
            cursor.execute("ALTER TABLE photo ADD COLUMN IF NOT EXISTS description text")

    monkeypatch.setattr(initialize, "connection", own)
    monkeypatch.setattr(initialize, "call_command", migrate)
    monkeypatch.setattr(initialize, "_LOCK_SECONDS", 0.05)
    with django_db_blocker.unblock():
        with own.cursor() as cursor:
            cursor.execute("CREATE TABLE photo (id int)")
        yield own
        own.close()
    services.postgres.drop_database("initialize")


@pytest.fixture
def held(services: Stack, own: BaseDatabaseWrapper) -> Iterator[psycopg.Connection]:
    """A transaction that reads the table, as pg_dump does."""
    with psycopg.connect(services.postgres.url, dbname=own.settings_dict["NAME"]) as reader:
        reader.execute("SELECT * FROM photo")
        yield reader


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["a reader", "another initialize"])
def test_a_migration_lets_others_go_first(
    own: BaseDatabaseWrapper,
    held: psycopg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    other: str,
) -> None:
    if other == "another initialize":
        held.rollback()
        held.execute("SELECT pg_advisory_xact_lock(%s)", [initialize._INITIALIZING])
    monkeypatch.setattr("time.sleep", lambda _seconds: held.rollback())

    call_command("initialize", verbosity=0)

    assert "Others use what has to change (canceling statement" in capsys.readouterr().err
    held.execute("SELECT description FROM photo")
    with own.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
    assert held.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone() == (0,)


def test_a_migration_gives_up_when_a_table_stays_in_use(
    held: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(initialize, "_PAUSE_SECONDS", 0)

    with pytest.raises(CommandError, match=r"others use what has to change.* Is a backup being made \(pg_dump\)\?"):
        call_command("initialize", verbosity=0)

    held.execute("SELECT * FROM photo")
