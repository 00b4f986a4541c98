"""Train the ranker on folders of sharp photos, or on the table made from them."""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from albums.management.usage import refuse
from worker.analysis.files import decode_photo
from worker.analysis.interface import DecodeError
from worker.evaluation.manifest import MANIFEST, ManifestError, read_manifest
from worker.training.examples import Example, make_examples
from worker.training.fitting import example_groups, fit, ordered_pairs
from worker.training.table import TableError, read_table, write_table
from worker.training.validation import HEADING, cross_validate, validate

_MIN_SCENES = 5


class Command(BaseCommand):
    """Also prints how the ranker compares with the heuristic and chance on scenes it was not trained on."""

    help = (
        "Train the ranker on sharp, well-exposed photos of different scenes. A manifest.csv in the folder can say "
        "which photos show the same scene. The command degrades copies of each photo and learns to tell them apart. "
        "--table saves the measurements, which give the same model again without the photos."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("folders", type=Path, nargs="*", help="folders with photos (default: read the table)")
        parser.add_argument("--table", type=Path, help="write the table here; read it if no folder is given")
        parser.add_argument("--test", type=Path, nargs="*", default=[], help="folders with photos for testing only")
        parser.add_argument("--output", type=Path, required=True, help="write the model to this JSON file")
        parser.add_argument("--name", default="trained", help="the name of the model (default: trained)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Measure or read, train, test, write."""
        if not options["folders"] and options["table"] is None:
            refuse("Give a folder of photos, or a --table to read.")
        examples = self._examples(options["folders"], options["table"])
        scenes = len({example.scene for example in examples})
        if scenes < _MIN_SCENES:
            raise CommandError(f"{scenes} photos are too few to learn from. At least {_MIN_SCENES} are needed.")
        pairs = ordered_pairs(example_groups(examples))
        ranker = fit(pairs, name=options["name"])
        self.stdout.write(f"Original ranked first, cross-validated on {scenes} scenes:")
        self.stdout.write("\n".join([HEADING, *map(str, cross_validate(examples, pairs))]))
        if options["test"]:
            self.stdout.write("\nOriginal ranked first, on the test photos:")
            self.stdout.write("\n".join([HEADING, *map(str, validate(ranker, self._measure(options["test"])))]))
        options["output"].write_text(json.dumps(ranker.to_json(), indent=1) + "\n", encoding="utf-8")

    def _examples(self, folders: Sequence[Path], table: Path | None) -> list[Example]:
        try:
            if folders:
                measured = self._measure(folders)
                if table is None:
                    return measured
                write_table(table, measured)
            # Read the table even if it was just written. It rounds, and the model must be the same either way.
            return read_table(table) if table is not None else []
        except (TableError, ManifestError) as error:
            raise CommandError(str(error)) from error

    def _measure(self, folders: Sequence[Path]) -> list[Example]:
        missing = [str(folder) for folder in folders if not folder.is_dir()]
        if missing:
            refuse(f"There is no folder {' and no folder '.join(missing)}.")
        examples: list[Example] = []
        photos = [(folder, path) for folder in folders for path in _photos(folder)]
        with ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="measure") as pool:
            for found in tqdm(pool.map(self._examples_of, photos), total=len(photos), unit="photo"):
                examples += found
        return examples

    def _examples_of(self, photo: tuple[Path, Path]) -> list[Example]:
        root, path = photo
        try:
            image = decode_photo(path.read_bytes()).image
        except DecodeError as error:
            self.stderr.write(f"Left out {path}: {error.message}")
            return []
        return list(make_examples(image, f"{root.name}/{path.relative_to(root).with_suffix('')}"))


def _photos(folder: Path) -> list[Path]:
    """The photos of the folder. If a manifest says which show the same scene, only the first of each scene."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return sorted(path for path in folder.rglob("*") if path.is_file())
    groups: set[str] = set()
    photos = []
    for row in read_manifest(manifest, folder):
        if row.group not in groups:
            photos.append(folder / row.file)
        groups |= {row.group} - {""}
    return photos
