"""An operation that lets the database itself do what a key's `on_delete` says."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_ACTIONS = {models.CASCADE: "ON DELETE CASCADE", models.SET_NULL: "ON DELETE SET NULL"}
# The parent's lock comes first, as in all transactions of the service. None waits while the rows are checked.
_REPLACE = """
    LOCK TABLE {parent}, {child} IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE {child} DROP CONSTRAINT {name}, ADD CONSTRAINT {name}
        FOREIGN KEY ({column}) REFERENCES {parent} ({target}) {action} DEFERRABLE INITIALLY DEFERRED NOT VALID
"""
_VALIDATE = "ALTER TABLE {child} VALIDATE CONSTRAINT {name}"


class DeleteInDatabase(Operation):
    """Deletes the rows of a new table, or empties a new column, together with the row that a key names.

    Django does this only for the tables that a process knows. A process of the version before would be refused by the
    key. It follows the operation that makes the key, and does nothing on SQLite, where one version runs at a time.
    """

    reversible = True

    def __init__(self, model_name: str, *keys: str) -> None:
        """`keys` are the names of the foreign keys."""
        self.model_name, self.keys = model_name, keys

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing that Django knows."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Let the database delete."""
        model = to_state.apps.get_model(app_label, self.model_name)
        for key in self.keys:
            field: Any = model._meta.get_field(key)
            self._replace(schema_editor, model, field, _ACTIONS[field.remote_field.on_delete])

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Let the database refuse, as Django makes keys."""
        model = from_state.apps.get_model(app_label, self.model_name)
        for key in self.keys:
            self._replace(schema_editor, model, model._meta.get_field(key), "")

    def describe(self) -> str:
        """What it does, in words."""
        return f"Delete by {', '.join(self.keys)} of {self.model_name} in the database"

    def _replace(self, editor: Any, model: type[models.Model], field: Any, action: str) -> None:
        if editor.connection.vendor != "postgresql":
            return
        names = {
            "child": editor.quote_name(model._meta.db_table),
            "parent": editor.quote_name(field.target_field.model._meta.db_table),
            "column": editor.quote_name(field.column),
            "target": editor.quote_name(field.target_field.column),
            "name": editor._fk_constraint_name(model, field, "_fk_%(to_table)s_%(to_column)s"),  # noqa: SLF001
            "action": action,
        }
        # After the statement that makes the key, which Django keeps to the end of the migration.
        editor.deferred_sql += [_REPLACE.format(**names), _VALIDATE.format(**names)]
