"""Prepares an installation before its first start. It may run again at every start."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from albums import storage
from albums.services.storage_probe import storage_probe
from albums.storage import StorageError

# Everybody who needs the table waits behind a migration that waits for it. So it soon lets them go first.
_LOCK_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 10.0
_TRIES: Final = 30
_LOCKED: Final = {"55P03", "40P01"}  # PostgreSQL's lock_not_available and deadlock_detected
_INITIALIZING: Final = 7_283_011_945  # a number for PostgreSQL's advisory locks: one process migrates at a time

_HELD: Final = (
    "The database could not be migrated, because others use what has to change: {reason}. "
    "The version before goes on. Is a backup being made (pg_dump)? Run this command again after it. "
    "pg_stat_activity shows what else takes long."
)


@contextmanager
def _short_waits() -> Iterator[None]:
    """Inside, PostgreSQL refuses what would wait for long, and only one process is at it."""
    # A pooler gives each transaction another session, which keeps no settings.
    if connection.vendor != "postgresql" or connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{_LOCK_SECONDS * 1000:.0f}"])
        cursor.execute("SELECT pg_advisory_lock(%s)", [_INITIALIZING])
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
        cursor.execute("SELECT pg_advisory_unlock_all()")


class Command(BaseCommand):
    """Migrates the database, makes the bucket or folder, and finds out what it takes."""

    help = "Migrate the database and make the bucket, so that the other processes can start."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Every step may run again, also on several machines at once."""
        self._migrate(options["verbosity"])
        try:
            created = storage.get_storage().create_if_missing([settings.PUBLIC_URL])
        except StorageError as error:
            raise CommandError(str(error)) from error
        if created:
            self.stdout.write("Created the storage for photos.")
        try:
            takes_checksum = storage_probe()
        except StorageError as error:
            self.stderr.write(f"Could not try an upload: {error} Run this command again when the storage answers.")
            return
        if not takes_checksum:
            self.stdout.write(
                "The storage refuses uploads with a checksum. They are sent without one, and workers compare each file."
            )

    def _migrate(self, verbosity: int) -> None:
        """Migrate, in PostgreSQL again and again while others hold a table. A migration that failed may run again."""
        for left in reversed(range(_TRIES)):
            try:
                with _short_waits():
                    call_command("migrate", interactive=False, verbosity=verbosity)
            except OperationalError as error:
                reason = str(error).strip()
                if getattr(error.__cause__, "sqlstate", None) not in _LOCKED:
                    raise CommandError(f"The database at DATABASE_URL does not answer: {reason}") from error
                if not left:
                    raise CommandError(_HELD.format(reason=reason)) from error
                self.stderr.write(f"Others use what has to change ({reason}). Trying again in a moment.")
                time.sleep(_PAUSE_SECONDS)
            else:
                return
