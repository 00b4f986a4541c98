"""Prepares an installation before its first start. It may run again at every start."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from albums import storage
from albums.services.storage_probe import storage_probe
from albums.storage import StorageError


class Command(BaseCommand):
    """Migrates the database, makes the bucket or folder, and finds out what it takes."""

    help = "Migrate the database and make the bucket, so that the other processes can start."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Every step may run again, also on several machines at once."""
        try:
            call_command("migrate", interactive=False, verbosity=options["verbosity"])
        except OperationalError as error:
            raise CommandError(f"The database at DATABASE_URL does not answer: {str(error).strip()}") from error
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
