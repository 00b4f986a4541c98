"""Rates the photos of a folder for other programs: picks and stars in sidecars beside the originals."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from albums import quotas
from albums.exports.plan import ExportOptions
from albums.headless.cull import JOURNAL, Culled, JournalError, sidecars_of, sidecars_undo, sidecars_write
from albums.headless.importing import ALBUM_NAME_LENGTH
from albums.headless.job import HeadlessJob
from albums.headless.stack import StackUnavailable, running_stack
from albums.headless.upload import JobFailed
from albums.management.arguments import owner_named, similarity, wanted_picks
from albums.management.terminal import ProgressBar, print_failed
from albums.management.usage import opened_source, refuse
from albums.models import Export, Photo
from albums.picks import Wanted
from albums.services.albums import album_create, album_delete
from albums.services.review import album_want, photos_star
from albums.sources import Source
from albums.storage import StorageError

_SHOWN = 20


class Command(BaseCommand):
    """Uses the services as makealbum does. The album is deleted afterwards."""

    help = (
        "Group the photos of a folder, pick the best of each group, and write XMP sidecars beside the originals, which "
        "stay as they are. Lightroom, Capture One, darktable and digiKam read them. "
        "Exit status: 0 done, 1 nothing could be done, 2 wrong usage."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command line. Scripts rely on it."""
        parser.add_argument("folder", type=Path, help="a folder or the card of a camera")
        parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")
        parser.add_argument("--undo", action="store_true", help="put back what the sidecars had before")
        parser.add_argument(
            "--stars",
            type=int,
            choices=range(1, 6),
            metavar="1-5",
            help="give the picks this many stars, for programs that have no flags, such as Capture One",
        )
        parser.add_argument("--moments", action="store_true", help="write the moment of each photo as a keyword, too")
        parser.add_argument("--similarity", type=similarity, default=0.5, help="as in makealbum")
        parser.add_argument("--picks", type=wanted_picks, default=Wanted(), help="as in makealbum")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Check the usage, then undo or cull."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            refuse(f"{folder} is not a folder.")
        try:
            if options["undo"]:
                culled = sidecars_undo(folder, dry_run=options["dry_run"])
                self._print(culled, "put back", dry_run=options["dry_run"])
            else:
                if not options["dry_run"] and not os.access(folder, os.W_OK | os.X_OK):
                    refuse(f"{folder} cannot be written. Allow this user to, or add --dry-run to see what would be.")
                self._cull(folder, options)
        except (StackUnavailable, JobFailed, JournalError, StorageError) as error:
            raise CommandError(str(error)) from error

    def _cull(self, folder: Path, options: dict[str, Any]) -> None:
        source = opened_source([str(folder)], leave_out=[folder / JOURNAL])
        # The operator runs this command, so quotas do not apply.
        with running_stack(), quotas.without_limits():
            culled = self._culled(folder, source, options)
        self._print(culled, "written", dry_run=options["dry_run"])

    def _culled(self, folder: Path, source: Source, options: dict[str, Any]) -> Culled:
        name = source.name[:ALBUM_NAME_LENGTH] or "album"
        album = album_create(owner=owner_named(None), name=name, similarity=options["similarity"])
        try:
            album_want(album, options["picks"])
            with (
                ProgressBar(quiet=options["verbosity"] == 0) as meter,
                tempfile.TemporaryDirectory(prefix="photoalbum-cull-") as scratch,
            ):
                job = HeadlessJob(album, meter)
                job.run(source)
                if options["stars"]:
                    picks = Photo.objects.filter(album=album, picked=True, stars=0)
                    photos_star(album, list(picks.values_list("id", flat=True)), options["stars"])
                path = Path(scratch) / "ratings.zip"
                wanted = ExportOptions(ratings=Export.Ratings.ONLY, moments=options["moments"])
                [export] = job.export(path, wanted).values()
                with zipfile.ZipFile(path) as archive:
                    sidecars = list(sidecars_of(export, archive, job.upload))
            failed = {label: refusal.message for label, refusal in job.upload.refused.items()}
            failed |= _unused(job)
            print_failed(self.stdout, failed)
            return sidecars_write(folder, sidecars, dry_run=options["dry_run"])
        finally:
            album_delete(album)

    def _print(self, culled: Culled, done: str, *, dry_run: bool) -> None:
        would = "would be " if dry_run else ""
        already = f" Already as wanted: {len(culled.unchanged)}." if culled.unchanged else ""
        self.stdout.write(f"Sidecars {would}{done}: {len(culled.written)}.{already}")
        if dry_run:
            for path in culled.written[:_SHOWN]:
                self.stdout.write(f"  {json.dumps(path, ensure_ascii=False)}")
            if len(culled.written) > _SHOWN:
                self.stdout.write(f"  and {len(culled.written) - _SHOWN} more")
        if culled.left:
            self.stdout.write(f"Left as they are: {len(culled.left)}.")
        for path, reason in culled.left.items():
            self.stdout.write(f"  {json.dumps(path, ensure_ascii=False)}: {reason}")


def _unused(job: HeadlessJob) -> dict[str, str]:
    """The files that the analysis could not use, with the reason."""
    label_of = {photo_id: label for label, photo_id in job.upload.photo_ids.items()}
    failed = Photo.objects.filter(album=job.album, state=Photo.State.FAILED).only("id", "error_message")
    return {label_of[photo.id]: photo.error_message for photo in failed if photo.id in label_of}
