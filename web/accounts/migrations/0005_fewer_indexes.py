"""Drop two indexes of users with which another index of the table begins. By name, as albums 0043 does."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def without_index(model: str, index: str, related_name: str) -> migrations.SeparateDatabaseAndState:
    """Drop this index of the user."""
    user: Any = models.ForeignKey(
        db_index=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )
    drop = migrations.RunSQL(
        f"DROP INDEX IF EXISTS {index}", f"CREATE INDEX {index} ON accounts_{model} (user_id)", elidable=False
    )
    return migrations.SeparateDatabaseAndState([drop], [migrations.AlterField(model, "user", user)])


class Migration(migrations.Migration):
    contract = "Every version finds the rows by the other indexes."

    dependencies = [("accounts", "0004_sessions_and_last_use")]

    operations = [
        without_index("apitoken", "accounts_apitoken_user_id_bbee13e0", "auth_token_set"),
        without_index("sessionrecord", "accounts_sessionrecord_user_id_00de87c6", "session_records"),
    ]
