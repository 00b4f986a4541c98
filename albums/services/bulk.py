"""Writes that Django has no method for: many rows with one statement, and rows that come back from their update.

Django's `bulk_update` writes SQL with a case for each row and column. For 10,000 photos that takes ten seconds, during
which SQLite lets nobody else write.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.sql import UpdateQuery

from albums.chunks import chunked
from albums.models import Photo

RowT = TypeVar("RowT", bound=Model)

_ROWS_PER_STATEMENT = 500


def update_returning(rows: QuerySet[RowT], columns: Sequence[str], **values: Any) -> list[RowT]:
    """Update these rows of one table, and return them as they are now, with these fields. One statement, one visit.

    SQLite has it since version 3.35.
    """
    query: Any = rows.query.chain(UpdateQuery)
    query.add_update_values(values)
    compiler = query.get_compiler(connection=connection)
    try:
        statement, parameters = compiler.as_sql()
    except EmptyResultSet:  # among no ids
        return []
    table = rows.model._meta  # noqa: SLF001 - the documented name
    fields: list[Any] = [table.get_field(name) for name in columns]
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    converters = compiler.get_converters([field.get_col(table.db_table) for field in fields])
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING {names}", parameters)
        found = compiler.apply_converters(cursor.fetchall(), converters)
        return [rows.model.from_db(connection.alias, [field.attname for field in fields], row) for row in found]


def photos_write(photos: Collection[Photo], columns: Collection[str]) -> None:
    """Write these columns of the photos, by the names of their fields, or of the attributes of foreign keys."""
    if not photos:
        return
    known = Photo._meta.concrete_fields  # noqa: SLF001 - the documented name
    by_name = {field.attname: field for field in known} | {field.name: field for field in known}
    fields = [by_name[name] for name in (*columns, "id")]
    *written, key = [connection.ops.quote_name(str(field.column)) for field in fields]
    table = connection.ops.quote_name(Photo._meta.db_table)  # noqa: SLF001
    rows = [[field.get_db_prep_save(getattr(photo, field.attname), connection) for field in fields] for photo in photos]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for chunk in chunked(rows, _ROWS_PER_STATEMENT):
                statement = _update_from_values(table, written, key, fields, len(chunk))
                cursor.execute(statement, [value for row in chunk for value in row])
            return
        assignments = ", ".join(f"{column} = %s" for column in written)
        cursor.executemany(f"UPDATE {table} SET {assignments} WHERE {key} = %s", rows)  # noqa: S608 - our own names


def _update_from_values(
    table: str, written: Sequence[str], key: str, fields: Sequence[Field[Any, Any]], rows: int
) -> str:
    """The SQL that writes this number of rows at once. Of one statement for each row, PostgreSQL would plan each."""
    # A column of nothing but NULL has no type of its own.
    names = [f"v.column{number}::{field.rel_db_type(connection)}" for number, field in enumerate(fields, 1)]
    assignments = ", ".join(f"{column} = {name}" for column, name in zip(written, names[:-1], strict=True))
    row = f"({', '.join(['%s'] * len(fields))})"
    values = ", ".join([row] * rows)
    return f"UPDATE {table} SET {assignments} FROM (VALUES {values}) AS v WHERE {table}.{key} = {names[-1]}"  # noqa: S608
