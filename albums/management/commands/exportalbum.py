"""Copies the originals of an album into a folder or a bucket."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from albums.destinations import Destination, DestinationError
from albums.destinations.folder import FolderDestination
from albums.exceptions import InvalidNamePattern
from albums.exports.plan import ExportOptions, is_still_working
from albums.headless.copying import copy_album
from albums.headless.stack import StackUnavailable, use_running_service
from albums.management.arguments import add_shape_arguments
from albums.management.terminal import ProgressBar, print_failed
from albums.management.usage import refuse
from albums.models import Album, Export
from albums.storage import StorageError


class Command(BaseCommand):
    """Reads the storage itself, so no zip is built and none counts."""

    help = (
        "Copy the originals of an album straight into a folder or a bucket, and check each by its SHA-256. What is "
        "there already is skipped, and nothing is replaced, so an interrupted run goes on when it is started again. "
        "Exit status: 0 all are there, 1 some are not, 2 wrong usage."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command line. Scripts rely on it."""
        parser.add_argument("destination", help="a folder, or s3://BUCKET/PREFIX")
        parser.add_argument("--email", required=True, metavar="PERSON", help="the address of the account")
        parser.add_argument("--album", required=True, metavar="NAME", help="the newest album of this name")
        parser.add_argument(
            "--selection",
            choices=[selection for selection in Export.Selection.values if selection != Export.Selection.STARS],
            default=Export.Selection.PICKS,
            help="picks (default), only what somebody keeps, or all that nobody rejects",
        )
        add_shape_arguments(parser)
        parser.add_argument("--names", default="{name}", metavar="PATTERN", help="a pattern as in the API: {name}")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Find the album, then copy."""
        wanted = ExportOptions(
            selection=options["selection"],
            layout=options["layout"],
            sets=options["sets"],
            name_pattern=options["names"],
        )
        try:
            use_running_service()
            album = _album(options["album"], options["email"])
            if is_still_working(album):
                raise CommandError("Photos of this album are still being analyzed. Wait until that is done.")
            with ProgressBar(quiet=options["verbosity"] == 0) as meter:
                copied = copy_album(
                    album,
                    wanted,
                    _opened(options["destination"]),
                    show=lambda done, total: meter.show("copy", done, total),
                )
        except InvalidNamePattern as error:
            refuse(error.message)
        except (StackUnavailable, DestinationError, StorageError) as error:
            raise CommandError(str(error)) from error
        print_failed(self.stderr, copied.failed)
        self.stdout.write(
            f"{options['destination']}: {copied.written} written, {copied.already_there} already there, "
            f"{len(copied.failed)} not."
        )
        if copied.failed or not copied.written + copied.already_there:
            raise CommandError("Not everything is there." if copied.failed else "No photo is chosen.")


def _opened(name: str) -> Destination:
    scheme = urlsplit(name).scheme
    if scheme == "s3":
        from albums.destinations.s3 import BucketDestination  # boto3 takes a while
        from albums.sources.s3 import NoBucketError

        try:
            return BucketDestination(name)
        except NoBucketError as error:
            refuse(str(error))
    if "://" in name:
        refuse(f"{name} is neither a folder nor s3://BUCKET/PREFIX.")
    return FolderDestination(Path(name))


def _album(name: str, email: str) -> Album:
    albums = Album.objects.filter(owner__email__iexact=email, name=name).order_by("-created_at", "-id")
    return albums.first() or refuse(f"The account {email} has no album {name}.")
