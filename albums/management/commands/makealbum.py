"""Turns a folder or another source of photos into a zip of the best originals."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from albums import quotas, selectors
from albums.headless.importing import ALBUM_NAME_LENGTH
from albums.headless.job import HeadlessJob
from albums.headless.report import build_report, write_report
from albums.headless.stack import StackUnavailable, running_stack
from albums.headless.upload import JobFailed
from albums.management.arguments import (
    add_shape_arguments,
    add_zip_arguments,
    export_options,
    owner_named,
    similarity,
    wanted_picks,
)
from albums.management.terminal import ProgressBar, counted, print_failed
from albums.management.usage import check_writable, opened_source
from albums.models import Photo
from albums.picks import Wanted
from albums.services.albums import album_create, album_delete
from albums.services.review import album_want
from albums.sources import Source
from albums.sources.opening import HELP
from albums.storage import StorageError


class Command(BaseCommand):
    """Uses the configured services, a supervisor that is already running, or its own."""

    help = (
        "Group the photos of a folder or another source, pick the best of each group and write a zip of the originals. "
        "Exit status: 0 the zip was made, 1 no zip could be made, 2 wrong usage."
    )
    # The command checks what it needs itself, and reports it in one sentence.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The command line. Scripts rely on it."""
        parser.add_argument("source", nargs="+", help=HELP)
        parser.add_argument("--output", type=Path, required=True, help="the zip to write")
        parser.add_argument("--report", type=Path, help="a JSON file to write: what happened to every file, and why")
        parser.add_argument(
            "--similarity", type=similarity, default=0.5, help="0 groups loosely, 1 strictly (default: 0.5)"
        )
        parser.add_argument(
            "--picks",
            type=wanted_picks,
            default=Wanted(),
            help="how many photos to pick, spread over the album: 50, or 25%% of the picks (default: all picks)",
        )
        add_shape_arguments(parser)
        add_zip_arguments(parser)
        parser.add_argument(
            "--user",
            metavar="NAME",
            help="the account (an e-mail address) to keep the album in; without it, the album is deleted",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Check the usage, then run the job."""
        output, report = options["output"], options["report"]
        for name, path in (("--output", output), ("--report", report)):
            if path is not None:
                check_writable(name, path)
        source = opened_source(options["source"], leave_out=[path for path in (output, report) if path])
        try:
            # The operator runs this command, so quotas do not apply.
            with running_stack(), quotas.without_limits():
                self._run(source, options)
        except (StackUnavailable, JobFailed, StorageError) as error:
            raise CommandError(str(error)) from error

    def _run(self, source: Source, options: dict[str, Any]) -> None:
        owner = owner_named(options["user"])
        album = album_create(
            owner=owner, name=source.name[:ALBUM_NAME_LENGTH] or "album", similarity=options["similarity"]
        )
        album_want(album, options["picks"])
        finished = False
        try:
            with ProgressBar(quiet=options["verbosity"] == 0) as meter:
                job = HeadlessJob(album, meter)
                try:
                    job.run(source)
                    outputs = job.export(options["output"], export_options(options))
                except JobFailed:
                    # The report also says why nothing could be made.
                    self._print_failed(_report(job, options["report"]))
                    raise
            finished = True
            self._print_summary(_report(job, options["report"]), outputs)
        finally:
            if not (finished and options["user"]):
                album_delete(album)

    def _print_summary(self, report: dict[str, Any], outputs: Iterable[Path]) -> None:
        photos = [
            photo for photo in report["photos"] if photo["companion_of"] is None and photo["kind"] != Photo.Kind.SIDECAR
        ]
        picked = sum(photo["picked"] for photo in photos)
        self.stdout.write(
            f"{', '.join(map(str, outputs))}: {picked} of {counted(len(photos), 'photo')}, "
            f"{counted(len(report['clusters']), 'group')}, "
            f"{report['seconds']['total']:.1f} s, compared by {report['embedding_model']}."
        )
        if report["shelved"]:
            counts = ", ".join(f"{count} {reason}" for reason, count in report["shelved"].items())
            self.stdout.write(f"Left out, because probably nobody wants them: {counts}.")
        warning = selectors.workers_warning()
        if warning:
            self.stderr.write(warning)
        self._print_failed(report)

    def _print_failed(self, report: dict[str, Any]) -> None:
        failed = [photo for photo in report["photos"] if photo["state"] == "failed"]
        print_failed(self.stderr, {photo["file"]: photo["error"]["message"] for photo in failed})


def _report(job: HeadlessJob, path: Path | None) -> dict[str, Any]:
    report = build_report(job)
    if path is not None:
        write_report(report, path)
    return report
