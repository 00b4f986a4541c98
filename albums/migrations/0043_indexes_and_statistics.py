"""Drop five indexes that are not needed, and keep PostgreSQL from guessing how many photos wait.

The indexes are of foreign keys with which another index of the table begins. They are dropped by name, because Django's
AlterField would also check the foreign keys of all rows again, and on SQLite copy whole tables.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_CAN_CLEAR = 180_000  # the version of PostgreSQL; before, what it has found stays


def without_index(
    model: str, field: str, index: str, to: str, related_name: str
) -> migrations.SeparateDatabaseAndState:
    """Drop this index of a foreign key."""
    key: Any = models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=to
    )
    drop = migrations.RunSQL(
        f"DROP INDEX IF EXISTS {index}", f"CREATE INDEX {index} ON albums_{model} ({field}_id)", elidable=False
    )
    return migrations.SeparateDatabaseAndState([drop], [migrations.AlterField(model, field, key)])


def forget_states(_apps: Any, editor: Any) -> None:
    """Keep no statistics of the states of photos (decision 0078)."""
    if editor.connection.vendor != "postgresql":
        return
    editor.execute("ALTER TABLE albums_photo ALTER COLUMN state SET STATISTICS 0")
    if editor.connection.pg_version >= _CAN_CLEAR:
        editor.execute(
            "SELECT pg_clear_attribute_stats(nspname, relname, 'state', false)"
            " FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE pg_class.oid = 'albums_photo'::regclass"
        )


def guess_states(_apps: Any, editor: Any) -> None:
    """Keep them again."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE albums_photo ALTER COLUMN state SET STATISTICS -1")


class Migration(migrations.Migration):
    contract = "Every version finds the rows by the other indexes, and knows nothing of statistics."

    dependencies = [
        ("albums", "0042_delete_in_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        without_index("album", "owner", "albums_album_owner_id_dafe235c", settings.AUTH_USER_MODEL, "albums"),
        without_index("albumchange", "album", "albums_albumchange_album_id_477dc0ed", "albums.album", "changes"),
        without_index("cluster", "album", "albums_cluster_album_id_fbdc32da", "albums.album", "clusters"),
        without_index("embedding", "photo", "albums_embedding_photo_id_7e887452", "albums.photo", "embeddings"),
        without_index("export", "album", "albums_export_album_id_34e6e9a1", "albums.album", "exports"),
        migrations.RunPython(forget_states, guess_states, elidable=False),
    ]
