"""Makes the ranker: from folders of sharp photos, or from the table that was made of them."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from albums.management.usage import refuse
from worker.analysis.files import DecodeError, decode_photo
from worker.evaluation.manifest import MANIFEST, ManifestError, read_manifest
from worker.runtime import prepare_process
from worker.training.examples import Example, make_examples
from worker.training.fitting import example_groups, fit, ordered_pairs
from worker.training.table import TableError, read_table, write_table
from worker.training.validation import HEADING, cross_validate, validate

_MIN_SCENES = 5


class Command(BaseCommand):
    """Prints how the ranker does on scenes it was not trained on, beside the heuristic and chance."""

    help = (
        "Train the ranker on photos that are sharp and well exposed, each of another scene; a manifest.csv in the "
        "folder may say which are of one. The command makes worse copies of each and learns to tell them apart. "
        "--table keeps the measurements, from which the same model is made again without the photos."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The contract of the command line."""
        parser.add_argument("folders", type=Path, nargs="*", help="folders with the photos; without, the table is read")
        parser.add_argument("--table", type=Path, help="the table to write, or to read where no folder is named")
        parser.add_argument("--test", type=Path, nargs="*", default=[], help="folders with photos to test on only")
        parser.add_argument("--output", type=Path, required=True, help="the model to write, as JSON")
        parser.add_argument("--name", default="trained", help="what the model calls itself (default: trained)")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Measure or read, train, test, write."""
        if not options["folders"] and options["table"] is None:
            refuse("Name a folder of photos, or a --table to read.")
        prepare_process()
        examples = self._examples(options["folders"], options["table"])
        scenes = len({example.scene for example in examples})
        if scenes < _MIN_SCENES:
            raise CommandError(f"{scenes} photos are too few to learn from; {_MIN_SCENES} are the least.")
        ranker = fit(ordered_pairs(example_groups(examples)), name=options["name"])
        self.stdout.write(f"{scenes} scenes, each tested by models that were trained on others: the original is first")
        self.stdout.write("\n".join([HEADING, *map(str, cross_validate(examples))]))
        if options["test"]:
            self.stdout.write("\nThe same in photos that were not trained on:")
            self.stdout.write("\n".join([HEADING, *map(str, validate(ranker, self._measure(options["test"])))]))
        options["output"].write_text(json.dumps(ranker.to_json(), indent=1) + "\n", encoding="utf-8")

    def _examples(self, folders: Sequence[Path], table: Path | None) -> list[Example]:
        try:
            if folders:
                measured = self._measure(folders)
                if table is None:
                    return measured
                write_table(table, measured)
            # Read also what was just written: the table rounds, and the model is to be the same from both.
            return read_table(table) if table is not None else []
        except (TableError, ManifestError) as error:
            raise CommandError(str(error)) from error

    def _measure(self, folders: Sequence[Path]) -> list[Example]:
        missing = [str(folder) for folder in folders if not folder.is_dir()]
        if missing:
            refuse(f"There is no folder {' and no folder '.join(missing)}.")
        examples: list[Example] = []
        photos = [(folder, path) for folder in folders for path in _photos(folder)]
        for root, path in tqdm(photos, unit="photo"):
            try:
                photo = decode_photo(path.read_bytes()).image
            except DecodeError as error:
                self.stderr.write(f"{path} is left out: {error.message}")
            else:
                examples += make_examples(photo, f"{root.name}/{path.relative_to(root).with_suffix('')}")
        return examples


def _photos(folder: Path) -> list[Path]:
    """The photos of the folder; where a manifest says which show the same scene, the first of each."""
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
