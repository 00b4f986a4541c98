"""The table of examples: numbers only, no photo, so that it can be kept and the model made from it again."""

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
    """The table cannot be read; the message says why."""


def write_table(path: Path, examples: Iterable[Example]) -> None:
    """Write a compressed CSV file, the same bytes for the same examples; five digits of each score."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for example in examples:
        scores = example.features.scores
        values = [f"{scores[name]:.5g}" if name in scores else "" for name in SCORES]
        tiles = base64.b64encode(example.features.gradient_map).decode("ascii")
        writer.writerow([example.scene, example.flaw, example.grade, *values, tiles])
    path.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), mtime=0))


def read_table(path: Path) -> list[Example]:
    """Read what `write_table` wrote; the faces themselves are not in it.

    Raises:
        TableError: it is no such table, or one of other features.
    """
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise TableError(f"The table {path} cannot be read: {error}.") from error
    reader = csv.DictReader(lines)
    if reader.fieldnames != _COLUMNS:
        raise TableError(f"The table {path} is of other features. Make it anew with manage.py train_ranker FOLDER.")
    return [_example(row) for row in reader]


def _example(row: dict[str, str]) -> Example:
    scores = {name: float(row[name]) for name in SCORES if row[name]}
    if not all(math.isfinite(score) for score in scores.values()):
        raise TableError(f"The table holds a score that is no number, of {row['scene']}.")
    try:
        tiles = base64.b64decode(row["tiles"], validate=True)
    except ValueError as error:
        raise TableError(f"The table holds a map of tiles that is none, of {row['scene']}.") from error
    return Example(row["scene"], row["flaw"], int(row["grade"]), PhotoFeatures(scores, gradient_map=tiles))
