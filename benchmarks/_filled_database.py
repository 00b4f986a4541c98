"""Fills a database with copies of one album that the service itself has analyzed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import connection, transaction

ALBUM_PHOTOS = 500
ALBUMS_PER_ACCOUNT = 20
_GROUP_OF = 4

# Each takes the columns of a row of the sample, but for those that are named here. `n` numbers the copies.
_ALBUM, _GROUP = "md5('album' || n)", f"md5('group' || n / {_GROUP_OF})"
_PHOTO = "(lpad(to_hex(1700000000000 + n), 12, '0') || '7' || substr(md5('photo' || n), 14))"  # ids begin with the time
_AGO = "now() - (%(photos)s - n) * interval '1 second'"
_COPIES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "accounts.User",
        f"generate_series(0, %(photos)s / {ALBUM_PHOTOS * ALBUMS_PER_ACCOUNT}) n, sample_accounts_user sample",
        {"id": "1000000 + n", "email": "n || '@example.org'"},
    ),
    (
        "albums.Album",
        f"generate_series(0, %(photos)s / {ALBUM_PHOTOS} - 1) n, sample_albums_album sample",
        {
            "id": f"{_ALBUM}::uuid",
            "owner_id": f"1000000 + n / {ALBUMS_PER_ACCOUNT}",
            "created_at": "now() - n * interval '1 hour'",
        },
    ),
    (
        "albums.Cluster",
        f"generate_series(0, %(photos)s - 1, {_GROUP_OF}) n, sample_albums_cluster sample",
        {
            "id": f"{_GROUP}::uuid",
            "album_id": f"md5('album' || n / {ALBUM_PHOTOS})::uuid",
            "position": f"n %% {ALBUM_PHOTOS} / {_GROUP_OF}",
        },
    ),
    (
        "albums.Photo",
        "generate_series(0, %(photos)s - 1) n JOIN sample_albums_photo sample ON number = n %% %(samples)s",
        {
            "id": f"{_PHOTO}::uuid",
            "album_id": f"md5('album' || n / {ALBUM_PHOTOS})::uuid",
            "cluster_id": f"{_GROUP}::uuid",
            "sha256": "md5('a' || n) || md5('b' || n)",
            "rank": f"n %% {_GROUP_OF}",
            "picked": f"n %% {_GROUP_OF} = 0",
            "decision": "CASE WHEN n %% 20 = 1 THEN 'keep' ELSE 'auto' END",
            "state": "CASE WHEN n %% 500 = 499 THEN 'failed' ELSE 'analyzed' END",
            "error_code": "CASE WHEN n %% 500 = 499 THEN 'not_a_photo' ELSE '' END",
            **dict.fromkeys(("created_at", "taken_at", "timeline_at", "enqueued_at"), _AGO),
        },
    ),
    # Without the vectors: 4 KB for each photo, in a table beside it.
    (
        "albums.Embedding",
        "generate_series(0, %(photos)s - 1) n, sample_albums_embedding sample",
        {"photo_id": f"{_PHOTO}::uuid", "vector": "''", "created_at": _AGO},
    ),
)


def make_photos(photos: int) -> None:
    """Replace what the database has by copies of it, with this number of photos."""
    models = {name: apps.get_model(name) for name, *_ in _COPIES}
    tables = {name: model._meta.db_table for name, model in models.items()}  # noqa: SLF001
    with transaction.atomic(), connection.cursor() as cursor:
        # Nothing is checked and no index is kept until all rows are there. This is many times faster.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in tables.values():
            order = "row_number() OVER (ORDER BY id) - 1"
            cursor.execute(
                f"CREATE TEMP TABLE sample_{table} ON COMMIT DROP AS SELECT {order} AS number, * FROM {table}"
            )
        for table in ("accounts_user", "albums_album", "albums_cluster", "albums_embedding"):
            cursor.execute(f"DELETE FROM sample_{table} WHERE number > 0")
        cursor.execute("SELECT count(*) FROM sample_albums_photo")
        [samples] = cursor.fetchone()
        cursor.execute("TRUNCATE accounts_user CASCADE")
        ours = "indrelid = ANY(%s::text[]::regclass[])"
        cursor.execute(f"UPDATE pg_index SET indisready = false WHERE {ours}", [list(tables.values())])
        for name, rows, changed in _COPIES:
            cursor.execute(_copy(models[name], rows, changed), {"photos": photos, "samples": samples})
        for table in tables.values():
            cursor.execute(f"REINDEX TABLE {table}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        # Else each new block would first have to write one of these to the disk.
        cursor.execute("CHECKPOINT")


def _copy(model: Any, rows: str, changed: Mapping[str, str]) -> str:
    fields = [field for field in model._meta.concrete_fields if not field.generated]  # noqa: SLF001
    numbered = {field.column for field in fields if field.get_internal_type() == "BigAutoField"} - set(changed)
    columns = [field.column for field in fields if field.column not in numbered]
    values = [changed.get(column, f"sample.{column}") for column in columns]
    into = f"{model._meta.db_table} ({', '.join(columns)})"  # noqa: SLF001
    return f"INSERT INTO {into} SELECT {', '.join(values)} FROM {rows}"
