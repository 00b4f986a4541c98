"""Evaluate how well the grouping and the picks agree with a labelled folder."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from albums.management.usage import refuse
from worker.analysis.embedding import load_encoder
from worker.analysis.grouping import GroupingSettings
from worker.analysis.interface import EncoderError, FaceModelError
from worker.analysis.models import MODELS
from worker.evaluation.contact_sheet import contact_sheet
from worker.evaluation.groups import score_grouping
from worker.evaluation.manifest import MANIFEST, LabelledPhoto, ManifestError, read_manifest
from worker.evaluation.measuring import FailedPhoto, MeasuredPhoto, group_measured, measure_photos
from worker.evaluation.picks import labelled_groups, mistakes, score_picks
from worker.evaluation.report import Evaluation
from worker.runtime import encoder_choice, face_model, photo_limits


class Command(BaseCommand):
    """Measures the photos in this process as the workers do. It needs no database, broker or storage."""

    help = (
        "Group the photos of a labelled folder, pick the best of each labelled group, and print how often people "
        "agree. The manifest is a CSV file with the columns file, group_id, label (best, ok, worse, bad, ambiguous) "
        "and kind. The last two may be missing or empty. Kinds that start with made are of copies made on purpose, "
        "and are scored apart from real photos."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folder", type=Path, help="the folder with the photos")
        parser.add_argument("--manifest", type=Path, help="the labels (default: manifest.csv in the folder)")
        parser.add_argument(
            "--embedding", metavar="MODEL", choices=MODELS, help=f"{', '.join(MODELS)} (EMBEDDING_MODEL)"
        )
        parser.add_argument("--similarity", type=float, default=0.5, help="0 groups loosely, 1 strictly (default: 0.5)")
        parser.add_argument("--json", type=Path, help="write the scores to this JSON file")
        parser.add_argument("--html", type=Path, help="write a page with the worst mistakes to this file")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Measure, group, rank, compare."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            refuse(f"There is no folder {folder}.")
        for name in ("json", "html"):
            if options[name] is not None and not options[name].absolute().parent.is_dir():
                refuse(f"--{name}: there is no folder {options[name].absolute().parent}.")
        try:
            rows = read_manifest(options["manifest"] or folder / MANIFEST, folder)
            grouping = GroupingSettings(similarity=options["similarity"])
        except (ManifestError, ValueError) as error:
            refuse(str(error))
        try:
            self._evaluate(folder, rows, grouping, options)
        except (EncoderError, FaceModelError) as error:
            raise CommandError(str(error)) from error

    def _evaluate(
        self, folder: Path, rows: list[LabelledPhoto], grouping: GroupingSettings, options: dict[str, Any]
    ) -> None:
        rows, photos, failed = self._measure(folder, rows)
        if not photos:
            raise CommandError(f"None of the {len(failed)} photos could be read. The first error: {failed[0].message}")
        choice = encoder_choice(options["embedding"])
        with tqdm(total=len(photos), desc="Embed", unit="photo") as bar:
            found = group_measured(photos, load_encoder(choice), settings=grouping, progress=bar.update)
        groups = labelled_groups(rows, photos)
        evaluation = Evaluation(choice.name, score_grouping(rows, found), score_picks(groups), failed)
        self.stdout.write(evaluation.to_text())
        if options["json"]:
            options["json"].write_text(json.dumps(evaluation.to_json(), indent=1) + "\n", encoding="utf-8")
        if options["html"]:
            page = contact_sheet(evaluation, mistakes(groups), rows, photos, found)
            options["html"].write_text(page, encoding="utf-8")

    def _measure(
        self, folder: Path, rows: list[LabelledPhoto]
    ) -> tuple[list[LabelledPhoto], list[MeasuredPhoto], list[FailedPhoto]]:
        """The rows whose photos could be measured, those photos, and the failed photos."""
        with tqdm(total=len(rows), desc="Measure", unit="photo") as bar:
            measured = list(
                measure_photos(
                    [folder / row.file for row in rows],
                    limits=photo_limits(),
                    face_model=face_model(),
                    progress=bar.update,
                )
            )
        pairs = [(row, photo) for row, photo in zip(rows, measured, strict=True) if isinstance(photo, MeasuredPhoto)]
        failed = [photo for photo in measured if isinstance(photo, FailedPhoto)]
        return [row for row, _ in pairs], [photo for _, photo in pairs], failed
