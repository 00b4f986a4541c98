"""Updates of one row on a real PostgreSQL."""

from __future__ import annotations

from contextlib import closing
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from albums.models import WorkerReport
from albums.services import row_update
from albums.services.row_update import RowUpdate
from tests.services import Stack
from web import env

_NOTE_AT_COMMIT = """
    CREATE TABLE noted (number serial, setting text);
    CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN INSERT INTO noted (setting) VALUES (current_setting(''synchronous_commit'')); RETURN NULL; END';
    CREATE CONSTRAINT TRIGGER note AFTER UPDATE ON albums_workerreport DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION note()
"""


@pytest.mark.usefixtures("postgres_url")
@pytest.mark.parametrize("pooling", ["session", "transaction"])
def test_only_an_update_that_may_does_not_wait_for_the_disk(
    services: Stack, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker, pooling: str
) -> None:
    """A trigger notes the setting at each commit. What follows on the connection waits again.

    Where a connection is a session, PostgreSQL plans each of the two statements once.
    """
    monkeypatch.setenv("OWN_URL", f"{services.postgres.create_database('row_update')}?pooling={pooling}")
    handler = ConnectionHandler({"default": env.database("OWN_URL", "")})
    for module in (row_update, transaction):
        monkeypatch.setattr(module, "connections", handler)
    rename = RowUpdate(WorkerReport, write=("name",), match=("id",), now=("seen_at",), returning=("id", "name"))
    report = WorkerReport(name="new")
    with django_db_blocker.unblock(), closing(handler["default"]) as database:
        with database.schema_editor() as editor:
            editor.create_model(WorkerReport)
        with database.cursor() as cursor:
            cursor.execute(_NOTE_AT_COMMIT)
            cursor.execute(
                "INSERT INTO albums_workerreport (id, name, queues, embedding_model, warning)"
                " VALUES (%s, 'new', '', '', '')",
                [report.id],
            )
        for waits in (False, True):
            row = rename.execute_returning(match=(report.id,), values=(f"waits: {waits}",), waits_for_disk=waits)
            assert row is not None
            assert (row.id, row.name) == (report.id, f"waits: {waits}")
        with transaction.atomic():
            rename.execute_returning(match=(report.id,), values=("in a transaction",), waits_for_disk=False)
        assert rename.execute_returning(match=(uuid4(),), values=("nobody",), waits_for_disk=False) is None
        assert not rename.execute(match=(uuid4(),), values=("nobody",))
        with database.cursor() as cursor:
            cursor.execute("SELECT setting FROM noted ORDER BY number")
            assert cursor.fetchall() == [("off",), ("on",), ("on",)]
        for _ in range(10):
            rename.execute_returning(match=(report.id,), values=("again",), waits_for_disk=False)
            assert rename.execute(match=(report.id,), values=("again",))
        with database.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone() == (2 if pooling == "session" else 0,)
    services.postgres.drop_database("row_update")
