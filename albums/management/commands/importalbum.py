"""Puts photos of a folder or another source into an album of the running service."""

from __future__ import annotations

from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.management.base import BaseCommand, CommandError

from albums.headless.day_albums import DayAlbums
from albums.headless.importing import album_named, import_report
from albums.headless.job import HeadlessJob
from albums.headless.report import write_report
from albums.headless.settled_files import TakenFiles
from albums.headless.stack import StackUnavailable, use_running_service
from albums.headless.upload import JobFailed
from albums.headless.watching import FolderWatch, looks
from albums.management.terminal import ProgressBar, print_failed
from albums.management.usage import check_writable, opened_source, refuse
from albums.quotas import QuotaExceeded
from albums.sources import Source
from albums.sources.opening import HELP
from albums.storage import StorageError

# Room for the day behind it.
_LONGEST_NAME = 180


class Command(BaseCommand):
    """Adds photos as an upload in the browser does, with the quotas of the account."""

    help = (
        "Put the photos of a folder or another source into an album of an account, and wait until they are analyzed. "
        "What is there already is skipped. Exit status: 0 the album has photos of the source, 1 none could be used, "
        "2 wrong usage."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command line. Scripts rely on it."""
        parser.add_argument("source", nargs="+", help=HELP)
        parser.add_argument("--email", required=True, metavar="PERSON", help="the address of the account")
        parser.add_argument(
            "--album", required=True, metavar="NAME", help="the newest album of this name, or else a new one"
        )
        parser.add_argument(
            "--watch",
            action="store_true",
            help="go on, and take what comes into the folder: each day into an album 'NAME YYYY-MM-DD'",
        )
        parser.add_argument("--report", type=Path, help="a JSON file to write: what could not be used, and why")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Check the usage, then import."""
        report = options["report"]
        if report:
            check_writable("--report", report)
        if not 1 <= len(options["album"].strip()) <= _LONGEST_NAME:
            refuse(f"--album needs a name of at most {_LONGEST_NAME} characters.")
        try:
            if options["watch"]:
                self._watch(_watched_folder(options), options)
            else:
                self._run(opened_source(options["source"], leave_out=[report] if report else []), options)
        except (StackUnavailable, JobFailed, QuotaExceeded, StorageError) as error:
            raise CommandError(str(error)) from error

    def _run(self, source: Source, options: dict[str, Any]) -> None:
        use_running_service()
        album = album_named(options["album"], _account(options["email"]))
        meter = ProgressBar(quiet=options["verbosity"] == 0)
        job = HeadlessJob(album, meter)
        try:
            with meter:
                job.run(source)
        finally:
            report = import_report(job.upload)
            if options["report"]:
                write_report(report.as_json(album), options["report"])
            print_failed(self.stderr, {file.file: file.message for file in report.failed})
        if not report.added + report.already_there:
            raise JobFailed("No file could be used.")
        self.stdout.write(f"{album.name}: {report.added} added, {report.already_there} already there.")

    def _watch(self, folder: Path, options: dict[str, Any]) -> None:
        use_running_service()
        owner = _account(options["email"])
        taken = TakenFiles.of(folder, str(owner.pk), settings.DATA_DIR)
        watched = FolderWatch(folder, taken, DayAlbums(options["album"].strip(), owner))
        self.stdout.write(f"Watching {folder}. Stop with Ctrl-C.")
        with suppress(KeyboardInterrupt):
            for now in looks(folder, watched):
                for line in watched.take(now):
                    self.stdout.write(line)


def _watched_folder(options: dict[str, Any]) -> Path:
    if len(options["source"]) != 1 or not Path(options["source"][0]).is_dir():
        refuse("--watch needs one folder.")
    if options["report"]:
        refuse("--watch writes no report. What cannot be used is printed.")
    return Path(options["source"][0])


def _account(email: str) -> AbstractBaseUser:
    users = get_user_model()._default_manager  # noqa: SLF001 - documented for swapped user models
    try:
        return users.get(email__iexact=email)
    except users.model.DoesNotExist:
        refuse(f"There is no account with the address {email}.")
