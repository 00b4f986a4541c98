"""How PostgreSQL plans statements about photos."""

from __future__ import annotations

import psycopg
import pytest

from tests.services import Stack


@pytest.mark.usefixtures("deployment")
def test_postgresql_does_not_guess_how_many_photos_wait(stack: Stack) -> None:
    """Else it would look for photos among all that wait, and not by their ids (decision 0078)."""
    target = "SELECT attstattarget FROM pg_attribute WHERE attrelid = 'albums_photo'::regclass AND attname = 'state'"
    with psycopg.connect(stack.postgres.url) as connection:
        assert connection.execute(target).fetchone() == (0,)
