"""The manifest of a labelled folder: which photos belong together, and which of them people would keep."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MANIFEST = "manifest.csv"
WITHOUT_KIND = "other"
_NEEDED = ("file", "group_id")
_MAX_NAMED = 5


class ManifestError(Exception):
    """The manifest cannot be used. The message says where and why."""


class Label(StrEnum):
    """A person's label for a photo in a group."""

    BEST = "best"
    OK = "ok"
    WORSE = "worse"
    BAD = "bad"
    AMBIGUOUS = "ambiguous"
    NONE = ""

    @property
    def rank(self) -> int | None:
        """0 is the best; None for labels that are not scored."""
        order = (Label.BEST, Label.OK, Label.WORSE, Label.BAD)
        return order.index(self) if self in order else None


@dataclass(frozen=True)
class LabelledPhoto:
    """A row. `group` is empty for a photo that stands alone. `kind` says what the group is an example of."""

    file: str
    group: str
    label: Label
    kind: str


def read_manifest(path: Path, folder: Path) -> list[LabelledPhoto]:
    """Read a CSV file with the columns `file, group_id` and, optionally, `label, kind`.

    Args:
        path: the manifest.
        folder: the folder with its files.

    Raises:
        ManifestError: the file is invalid, has an unknown label, or names a file that is not in the folder.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(_rows(csv.DictReader(lines), path))
    except OSError as error:
        raise ManifestError(f"The manifest {path} cannot be read: {error.strerror}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ManifestError(f"The manifest {path} is not a CSV file in UTF-8: {error}.") from error
    if not rows:
        raise ManifestError(f"The manifest {path} names no photo.")
    _check_files(rows, path, folder)
    return rows


def _rows(reader: csv.DictReader[str], path: Path) -> Iterator[LabelledPhoto]:
    missing = [name for name in _NEEDED if name not in (reader.fieldnames or [])]
    if missing:
        raise ManifestError(f"The manifest {path} has no column {' and no column '.join(missing)}.")
    for row in reader:
        # csv fills the missing columns of a short row with None.
        file, group, label, kind = ((row.get(name) or "").strip() for name in ("file", "group_id", "label", "kind"))
        if not file:
            raise ManifestError(f"Line {reader.line_num} of {path} names no file.")
        if label.lower() not in set(Label):
            known = ", ".join(name for name in Label if name)
            raise ManifestError(
                f"Line {reader.line_num} of {path}: there is no label {label!r}. Use {known}, or nothing."
            )
        yield LabelledPhoto(file, group, Label(label.lower()), kind)


def _check_files(rows: list[LabelledPhoto], path: Path, folder: Path) -> None:
    twice = [file for file, count in Counter(row.file for row in rows).items() if count > 1]
    if twice:
        raise ManifestError(f"The manifest {path} names {_some(twice)} more than once.")
    absent = [row.file for row in rows if not (folder / row.file).is_file()]
    if absent:
        raise ManifestError(f"{folder} lacks files that {path} names: {_some(absent)}.")


def _some(names: list[str]) -> str:
    more = len(names) - _MAX_NAMED
    return ", ".join(names[:_MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
