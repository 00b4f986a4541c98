"""Drop the indexes of five foreign keys, because another index of the table begins with each of them.

By name: Django's AlterField would also check the foreign keys of all rows again, and on SQLite copy whole tables.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def without_index(model: str, field: str, index: str, to: str, related_name: str) -> migrations.SeparateDatabaseAndState:
    """Drop this index of a foreign key."""
    key: Any = models.ForeignKey(
        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name=related_name, to=to
    )
    drop = migrations.RunSQL(
        f"DROP INDEX IF EXISTS {index}", f"CREATE INDEX {index} ON albums_{model} ({field}_id)", elidable=False
    )
    return migrations.SeparateDatabaseAndState([drop], [migrations.AlterField(model, field, key)])


class Migration(migrations.Migration):
    contract = "Every version finds these rows by the other index."

    dependencies = [
        ("albums", "0041_descriptions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        without_index("album", "owner", "albums_album_owner_id_dafe235c", settings.AUTH_USER_MODEL, "albums"),
        without_index("albumchange", "album", "albums_albumchange_album_id_477dc0ed", "albums.album", "changes"),
        without_index("cluster", "album", "albums_cluster_album_id_fbdc32da", "albums.album", "clusters"),
        without_index("embedding", "photo", "albums_embedding_photo_id_7e887452", "albums.photo", "embeddings"),
        without_index("export", "album", "albums_export_album_id_34e6e9a1", "albums.album", "exports"),
    ]
