"""An UPDATE of one row whose SQL is built once. Django builds it again each time.

Each photo takes two of them. Building them took a worker longer than PostgreSQL takes to execute them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.functions import Now
from django.db.models.sql import UpdateQuery

RowT = TypeVar("RowT", bound=Model)

_DOES_NOT_WAIT: Final = "set_config('synchronous_commit', 'off', true)"


class RowUpdate(Generic[RowT]):
    """Writes fields of the one row in which other fields have given values.

    Args:
        model: its table.
        write: the names of the fields that get a value.
        match: the names of the fields that say which row it is.
        now: the names of fields that get the time of the database.
        count: the names of fields that grow by one.
        returning: the names of the fields with which `execute_returning` gives the row.

    """

    def __init__(
        self,
        model: type[RowT],
        *,
        write: Sequence[str],
        match: Sequence[str],
        now: Sequence[str] = (),
        count: Sequence[str] = (),
        returning: Sequence[str] = (),
    ) -> None:
        self._model = model
        fields = {field.name: field for field in model._meta.concrete_fields}  # noqa: SLF001 - the documented name
        self._write = [fields[name] for name in write]
        self._match = [fields[name] for name in match]
        self._now = [fields[name] for name in now]
        self._count = [fields[name] for name in count]
        self._returning = [fields[name] for name in returning]

    def execute(self, *, match: Sequence[Any], values: Sequence[Any]) -> bool:
        """Write these values, in the order of the fields. False when there is no such row."""
        with _cursor(self._database) as cursor:
            cursor.execute(self._sql, self._parameters(match, values))
            return bool(cursor.rowcount > 0)

    def execute_returning(
        self, *, match: Sequence[Any], values: Sequence[Any], waits_for_disk: bool = True
    ) -> RowT | None:
        """Write these values and return the row. None when there is no such row.

        Where it does not wait, PostgreSQL answers before the change is on its disk. A crash of the server soon after
        takes it back, together with whatever was committed later (decision 0060). In a transaction it always waits.
        """
        database = self._database
        # In a transaction the setting would apply to all of it.
        may_not_wait = not waits_for_disk and database.vendor == "postgresql" and not database.in_atomic_block
        statement = f"{self._sql}, {_DOES_NOT_WAIT}" if may_not_wait else self._sql
        with _cursor(database) as cursor:
            cursor.execute(statement, self._parameters(match, values))
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found[: len(self._returning)])
        for place, (converters, column) in self._converters.items():
            for convert in converters:
                row[place] = convert(row[place], column, database)
        return self._model.from_db(database.alias, [field.attname for field in self._returning], row)

    @property
    def _database(self) -> Any:
        return connections[DEFAULT_DB_ALIAS]

    def _parameters(self, match: Sequence[Any], values: Sequence[Any]) -> list[Any]:
        database = self._database
        pairs = zip([*self._write, *self._match], [*values, *match], strict=True)
        return [field.get_db_prep_save(value, database) for field, value in pairs]

    @cached_property
    def _sql(self) -> str:
        quote = self._database.ops.quote_name
        now = self._compiler.compile(Now())[0]
        changes = [f"{quote(field.column)} = %s" for field in self._write]
        changes += [f"{quote(field.column)} = {now}" for field in self._now]
        changes += [f"{quote(field.column)} = {quote(field.column)} + 1" for field in self._count]
        conditions = " AND ".join(f"{quote(field.column)} = %s" for field in self._match)
        table = quote(self._model._meta.db_table)  # noqa: SLF001
        statement = f"UPDATE {table} SET {', '.join(changes)} WHERE {conditions}"  # noqa: S608 - our own names
        returned = ", ".join(quote(field.column) for field in self._returning)
        return f"{statement} RETURNING {returned}" if returned else statement

    @cached_property
    def _converters(self) -> Mapping[int, tuple[Sequence[Callable[..., Any]], Any]]:
        columns: list[Any] = [field.get_col(self._model._meta.db_table) for field in self._returning]  # noqa: SLF001
        found: Mapping[int, tuple[Sequence[Callable[..., Any]], Any]] = self._compiler.get_converters(columns)
        return found

    @property
    def _compiler(self) -> Any:
        return UpdateQuery(self._model).get_compiler(connection=self._database)


def _cursor(database: Any) -> Any:
    """A cursor whose statements PostgreSQL plans once for each connection, if a connection is a session.

    psycopg prepares a statement when it comes for the sixth time. Django's own cursors write values into the SQL, so
    that PostgreSQL parses and plans each of them.
    """
    cursor = database.cursor()
    if database.settings_dict["OPTIONS"].get("prepare_threshold") is not None:
        from django.db.backends.postgresql import base

        prepares: Any = base.ServerBindingCursor
        cursor.cursor = prepares(database.connection)
    return cursor
