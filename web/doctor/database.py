"""The database: that it answers, its clock, and its tables."""

from __future__ import annotations

import time
from pathlib import Path

from django.db import DatabaseError, connection

from albums import operations
from albums.migration_state import migration_state
from web.doctor.clocks import clock
from web.doctor.finding import Findings, error, ok, warning

_POOLER = (
    "That is PgBouncer. If it pools transactions, end DATABASE_URL with ?pooling=transaction. "
    "If it pools sessions, set ignore_startup_parameters = options there."
)


def check_database() -> Findings:
    """Nothing else of the database can be asked while it does not answer, so this is the first check."""
    if missing := missing_file():
        remedy = "Correct DATA_DIR or DATABASE_URL. `make run` makes a new one."
        yield error("database", f"There is no {missing}.", remedy)
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        reason = str(problem).strip()
        remedy = _POOLER if "startup parameter" in reason else "Start it, or correct DATABASE_URL."
        yield error("database", f"It does not answer: {reason}", remedy)
        return
    yield ok("database", f"{connection.display_name} answers.")
    yield from _check_migrations()


def missing_file() -> str:
    """The file of SQLite, if it is not there: to connect would make an empty one. Empty for other databases."""
    name = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and name.startswith("/")
    return name if is_file and not Path(name).exists() else ""


def _check_migrations() -> Findings:
    state = migration_state()
    if state.waiting:
        sentence = f"{len(state.waiting)} are not applied, the last of them {state.waiting[-1]}."
        yield error("migrations", sentence, "Run `manage.py initialize` of this version.")
    elif state.newer:
        yield warning(
            "migrations",
            f"The database is of a newer version: {', '.join(state.newer)}.",
            "Start the processes of that version. The one before works for the time of an upgrade.",
        )
    else:
        yield ok("migrations", "All are applied.")
        yield from _check_clock()


def _check_clock() -> Findings:
    yield clock("database", operations.database_now().timestamp(), time.time())
