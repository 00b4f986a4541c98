"""The database behind PgBouncer, which gives each transaction another session."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from albums.models import WorkerReport
from albums.services import row_update
from albums.services.row_update import RowUpdate
from tests.services import Stack
from tests.services.pgbouncer import PgBouncer, installed_pgbouncer
from web import env

OWN = "pooled"

pytestmark = pytest.mark.skipif(installed_pgbouncer() is None, reason="needs PgBouncer: apt-get install pgbouncer")


@pytest.fixture
def handlers(
    services: Stack, postgres_url: str, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[ConnectionHandler]]:
    """The connections of three processes, which share two sessions."""
    assert postgres_url  # it runs
    bouncer = PgBouncer(services.keeper, services.postgres, sessions=2)
    monkeypatch.setenv("OWN_URL", bouncer.url_of(services.postgres.create_database(OWN)))
    handlers = [ConnectionHandler({"default": env.database("OWN_URL", "")}) for _ in range(3)]
    try:
        bouncer.start()
        with django_db_blocker.unblock():
            with handlers[0]["default"].schema_editor() as editor:
                editor.create_model(WorkerReport)
            yield handlers
    finally:
        for handler in handlers:
            handler.close_all()
        bouncer.stop()
        bouncer.release_ports()
        services.postgres.drop_database(OWN)


def test_claims_need_no_session_of_their_own(
    handlers: list[ConnectionHandler], monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = RowUpdate(WorkerReport, write=("name",), match=("id",), now=("seen_at",), returning=("id", "name"))
    row_id = uuid4()
    with handlers[0]["default"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO albums_workerreport (id, name, queues, embedding_model, warning) VALUES (%s, '', '', '', '')",
            [row_id],
        )
    for number in range(30):
        monkeypatch.setattr(row_update, "connections", handlers[number % 3])
        row = claim.execute_returning(match=(row_id,), values=(str(number),), waits_for_disk=False)
        assert row is not None
        assert row.name == str(number)
    for handler in handlers:
        with handler["default"].cursor() as cursor:
            cursor.execute("SELECT current_setting('synchronous_commit'), current_setting('TimeZone')")
            assert cursor.fetchone() == ("on", "UTC")
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (0,)
