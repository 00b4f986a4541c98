"""The stars, labels, picks and rejections in a zip: written into files, and as lists."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from contextlib import nullcontext

from msgspec import convert

from albums.analysis import Marks, NotCleanedReason
from albums.exports.marks import FileMarks
from albums.filenames import split_extension
from albums.models import Photo
from worker import runtime
from worker.stages.export_zip import Change, ZipEntry

_COLUMNS = ("file", "folder", "taken", "pick", "stars", "label")
_PICKS = {1: "pick", 0: "", -1: "reject"}
# Spreadsheets take text that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def marked(marks: FileMarks, name: str, not_marked: list[str]) -> Change:
    """Write the marks into a JPEG or a sidecar, or make a new sidecar. Adds `name` to `not_marked` if it fails."""
    wanted = convert({key: marks[key] for key in ("stars", "label", "pick", "moment") if key in marks}, Marks)

    def change(data: bytes, heartbeat: Callable[[], None]) -> tuple[bytes, None]:
        changed = runtime.sandbox().mark(data, wanted, while_waiting=heartbeat)
        if changed is None:
            not_marked.append(name)
        return data if changed is None else changed, None

    return change


def made_entry(name: str, photo: Photo, change: Change) -> ZipEntry:
    """A file that is made for the zip. It has the time of the photo."""
    return ZipEntry(
        photo_id=photo.id,
        name=name,
        modified=photo.timeline_at or photo.created_at,
        size=0,
        open_original=lambda: nullcontext(()),
        change=change,
    )


def ratings_csv(rated: Iterable[tuple[Photo, FileMarks]]) -> str:
    """A table of all photos, with a byte order mark, without which Excel does not take it for UTF-8."""
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(_COLUMNS)
    for photo, marks in rated:
        taken = photo.timeline_at.replace(tzinfo=None).isoformat(" ", "seconds") if photo.timeline_at else ""
        texts = (_plain(photo.name), _plain(photo.folder), taken)
        rows.writerow((*texts, _PICKS[marks["pick"]], marks["stars"], marks["label"]))
    return "\ufeff" + table.getvalue()


def picks_list(rated: Iterable[tuple[Photo, FileMarks]]) -> str:
    """The names of the picks in one line, without extensions, so that they find the RAW files too.

    Lightroom's text filter ("Filename", "Contains") and Photo Mechanic's search take such a list.
    """
    return ", ".join(split_extension(photo.name)[0] for photo, marks in rated if marks["pick"] == 1) + "\n"


def written(content: str) -> Change:
    """Let a file have this text."""
    return lambda _data, _heartbeat: (content.encode(), None)


def in_turn(changes: list[Change]) -> Change | None:
    """One change after the other. The reason is that of the first that has one."""
    if not changes:
        return None

    def change(data: bytes, heartbeat: Callable[[], None]) -> tuple[bytes, NotCleanedReason | None]:
        found = None
        for each in changes:
            data, reason = each(data, heartbeat)
            found = found or reason
        return data, found

    return change


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
