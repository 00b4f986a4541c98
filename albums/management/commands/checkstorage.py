"""Whether every photo is in the storage, and nothing else is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from albums.services.recovery import exports_mark_missing, objects_forget_unknown, originals_mark_missing
from albums.storage import StorageError
from albums.storage_check import Differences, storage_differences


class Command(BaseCommand):
    """Compares rows and objects. For after a restored backup, and whenever somebody doubts."""

    help = (
        "Compare the database with the storage: name photos and zips whose object is missing, and objects that no row "
        "knows. Exits with 1 when a photo is missing and was not marked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both options change rows; without them the command only looks."""
        parser.add_argument("--mark-missing", action="store_true", help="let their owners know, who can upload again")
        parser.add_argument("--delete-unknown", action="store_true", help="delete objects that no row knows")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Look, say, and do what is asked."""
        try:
            found = storage_differences()
        except StorageError as error:
            raise CommandError(f"The storage at STORAGE_URL does not answer: {error}") from error
        self._say(found)
        if options["delete_unknown"]:
            objects_forget_unknown(found.unknown_prefixes)
        if options["mark_missing"]:
            originals_mark_missing(found.missing_photos)
            exports_mark_missing(found.missing_exports)
        elif found.missing_photos or found.missing_exports:
            raise CommandError("Objects are missing. --mark-missing lets their owners know.")

    def _say(self, found: Differences) -> None:
        for photo_id in found.missing_photos:
            self.stdout.write(f"missing photo {photo_id}")
        for export_id in found.missing_exports:
            self.stdout.write(f"missing zip {export_id}")
        for prefix in sorted(found.unknown_prefixes):
            self.stdout.write(f"unknown {prefix}")
        self.stdout.write(
            f"{len(found.missing_photos)} photos and {len(found.missing_exports)} zips are missing; "
            f"{len(found.unknown_prefixes)} things in the storage are unknown."
        )
