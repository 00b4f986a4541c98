"""Which migrations the database lacks, and which it has of a newer version."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.db.migrations.loader import MigrationLoader


@dataclass(frozen=True)
class MigrationState:
    """Migrations are named "app.name". Those that wait are in the order in which they would be applied."""

    waiting: list[str]
    newer: list[str]
    is_new: bool
    """The database has none at all."""


def migration_state() -> MigrationState:
    """Compare the database with this version. Raises DatabaseError."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    planned = dict.fromkeys(
        step
        for target in loader.graph.leaf_nodes()
        for step in loader.graph.forwards_plan(target)
        if step not in applied
    )
    disk = loader.disk_migrations
    # Some migrations of before may have been put together into one.
    known = set(disk) | {step for migration in disk.values() for step in migration.replaces}
    apps = {app for app, _ in disk}
    newer = sorted(step for step in applied if step[0] in apps and step not in known)
    return MigrationState([".".join(step) for step in planned], [".".join(step) for step in newer], is_new=not applied)
