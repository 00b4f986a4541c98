"""The table of examples. It holds numbers and no photos, so it can be kept to train the model again."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import math
from collections.abc import Iterable
from pathlib import Path

from albums.analysis import SCORES, PhotoFeatures
from worker.training.examples import Example

_COLUMNS = ["scene", "flaw", "grade", *SCORES, "tiles"]


class TableError(Exception):
    """The table cannot be read. The message says why."""


def write_table(path: Path, examples: Iterable[Example]) -> None:
    """Write a compressed CSV file with five digits of each score. The same examples give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for example in examples:
        scores = example.features.scores
        values = [f"{scores[name]:.5g}" if name in scores else "" for name in SCORES]
        gradient_map = base64.b64encode(example.features.gradient_map).decode("ascii")
        writer.writerow([example.scene, example.flaw, example.grade, *values, gradient_map])
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))


def read_table(path: Path) -> list[Example]:
    """Read a table of `write_table`. The faces themselves are not in it.

    Raises:
        TableError: the file is not such a table, or has other features.
    """
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise TableError(f"The table {path} cannot be read: {error}.") from error
    reader = csv.DictReader(lines)
    if reader.fieldnames != _COLUMNS:
        raise TableError(f"The table {path} has other features. Make a new one with manage.py train_ranker FOLDER.")
    return [_example(row) for row in reader]


def _example(row: dict[str, str]) -> Example:
    scores = {name: float(row[name]) for name in SCORES if row[name]}
    if not all(math.isfinite(score) for score in scores.values()):
        raise TableError(f"The table has a score of {row['scene']} that is not a finite number.")
    try:
        gradient_map = base64.b64decode(row["tiles"], validate=True)
    except ValueError as error:
        raise TableError(f"The table has an invalid gradient map of {row['scene']}.") from error
    return Example(row["scene"], row["flaw"], int(row["grade"]), PhotoFeatures(scores, gradient_map=gradient_map))
