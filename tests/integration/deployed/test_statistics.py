"""How PostgreSQL plans statements about photos."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import psycopg
import pytest

from tests.services import Stack


@pytest.mark.usefixtures("deployment")
def test_postgresql_does_not_guess_how_many_photos_wait(stack: Stack) -> None:
    """Else it would look for photos among all that wait, and not by their ids (decision 0078)."""
    target = "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'albums_photo'::regclass AND attname = 'state'"
    with psycopg.connect(stack.postgres.url) as connection:
        assert connection.execute(target).fetchone() == (0,)


@pytest.mark.usefixtures("deployment")
def test_they_are_forgotten_also_beside_a_schema_that_comes_before_the_tables(stack: Stack) -> None:
    migration = import_module("albums.migrations.0043_indexes_and_statistics")
    with psycopg.connect(stack.postgres.url) as connection:
        connection.execute('CREATE SCHEMA "photoalbum"')  # named as the user, so it comes first
        server = SimpleNamespace(vendor="postgresql", pg_version=connection.info.server_version)

        migration.forget_states(None, SimpleNamespace(connection=server, execute=connection.execute))

        connection.rollback()
