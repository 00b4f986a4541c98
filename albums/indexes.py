"""Indexes that databases need in different shapes."""

from __future__ import annotations

from typing import Any

from django.db import models


class PartialIndex(models.Index):
    """An index with a condition on PostgreSQL, and of all rows on SQLite.

    PostgreSQL sees that `state = 'analyzed'` is among `state IN ('analyzed', 'failed')`. SQLite uses a partial index
    only where the statement repeats the condition word for word, and else might read the photos of all albums.
    """

    def create_sql(self, model: Any, schema_editor: Any, using: str = "", **kwargs: Any) -> Any:
        """Leave out the condition on SQLite."""
        if schema_editor.connection.vendor == "sqlite":
            whole = models.Index(fields=self.fields, name=self.name)
            return whole.create_sql(model, schema_editor, using, **kwargs)
        return super().create_sql(model, schema_editor, using, **kwargs)
