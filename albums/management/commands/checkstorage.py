"""Compares the database with the storage."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from albums.management.terminal import counted
from albums.services.recovery import exports_mark_missing, objects_forget_unknown, originals_mark_missing
from albums.storage import StorageError
from albums.storage_check import Differences, storage_differences


class Command(BaseCommand):
    """Compares rows and objects, for example after a backup was restored."""

    help = (
        "Compare the database with the storage. List photos and zips whose object is missing, and objects without a "
        "row. The exit status is 1 if objects are missing and were not marked."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Both options change rows. Without them the command only reads."""
        parser.add_argument(
            "--mark-missing", action="store_true", help="mark them, so that their owners can upload again"
        )
        parser.add_argument("--delete-unknown", action="store_true", help="delete objects without a row")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Compare, print the differences, and fix what the options ask for."""
        try:
            found = storage_differences()
        except StorageError as error:
            raise CommandError(f"The storage at STORAGE_URL does not answer: {error}") from error
        self._print(found)
        if options["delete_unknown"]:
            objects_forget_unknown(found.unknown_prefixes)
        if options["mark_missing"]:
            originals_mark_missing(found.missing_photos)
            exports_mark_missing(found.missing_exports)
        elif found.missing_photos or found.missing_exports:
            raise CommandError("Objects are missing. Use --mark-missing to tell their owners.")

    def _print(self, found: Differences) -> None:
        for photo_id in found.missing_photos:
            self.stdout.write(f"missing photo {photo_id}")
        for export_id in found.missing_exports:
            self.stdout.write(f"missing zip {export_id}")
        for prefix in sorted(found.unknown_prefixes):
            self.stdout.write(f"unknown {prefix}")
        unknown = len(found.unknown_prefixes)
        self.stdout.write(
            f"{counted(len(found.missing_photos), 'photo')} and {counted(len(found.missing_exports), 'zip')} "
            "are missing; "
            f"{counted(unknown, 'prefix', 'prefixes')} in the storage {'is' if unknown == 1 else 'are'} unknown."
        )
