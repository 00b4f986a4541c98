"""Writes what `manage.py cull` decided beside the photographer's own files, so that it can be undone.

A journal in the folder keeps what each sidecar had before. It is written before the first sidecar, and each sidecar
appears whole, so an interrupted run can be undone as well. Originals are never written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from albums.filenames import split_extension
from albums.headless.output import atomic_file
from albums.headless.upload import SourceUpload
from albums.models import Export, Photo

JOURNAL = ".photoalbum-cull.json"


class JournalError(Exception):
    """The journal is missing or damaged. The message says which."""


@dataclass
class Culled:
    """What became of the sidecars, by their paths in the folder."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)
    """Sidecars that were not written, and why."""


@dataclass(frozen=True)
class NewSidecar:
    """A sidecar to write, at its path in the folder.

    `beside` is the path of the file that it describes. `replaces` is the SHA-256 of the sidecar that it was made from.
    If that one `is_damaged`, `content` is the same as in it.
    """

    path: str
    content: bytes
    beside: str
    replaces: str | None = None
    is_damaged: bool = False


def sidecars_of(export: Export, archive: zipfile.ZipFile, upload: SourceUpload) -> Iterator[NewSidecar]:
    """The sidecars of a zip with ratings alone, and where each belongs. Equal files have one each."""
    label_of = {str(photo_id): label for label, photo_id in upload.photo_ids.items()}
    files = Photo.objects.filter(album_id=export.album_id, kind=Photo.Kind.SIDECAR)
    hashes = {str(photo_id): sha256 for photo_id, sha256 in files.values_list("id", "sha256")}
    copies: dict[str, list[str]] = {}
    for copy, original in upload.duplicates.items():
        copies.setdefault(original, []).append(copy)
    for name, marks in (export.marks or {}).items():
        label = label_of.get(marks["file"])
        if label is None:  # a frame of a video, which is no file of the folder
            continue
        content = archive.read(name)
        if marks["file"] in hashes:
            yield NewSidecar(label, content, label, hashes[marks["file"]], is_damaged=name in (export.not_marked or []))
            continue
        ending = PurePosixPath(label).suffix.casefold()
        has_whole_name = bool(ending) and PurePosixPath(name).stem.casefold().endswith(ending)
        for file in (label, *copies.get(label, [])):
            yield NewSidecar(f"{file if has_whole_name else split_extension(file)[0]}.xmp", content, file)


def sidecars_write(folder: Path, sidecars: Iterable[NewSidecar], *, dry_run: bool) -> Culled:
    """Write sidecars into the folder. One that changed since it was uploaded, or that was not used, is left as it is.

    Raises:
        JournalError: when the journal of an earlier run is damaged.

    """
    culled = Culled()
    journal = _journal(folder) if (folder / JOURNAL).exists() else {}
    to_write: dict[str, bytes] = {}
    names_in = cache(_folded_names)
    for sidecar in sorted(sidecars, key=lambda sidecar: sidecar.path):
        before, reason = _found(folder, sidecar, names_in)
        if not reason and to_write.get(sidecar.path, sidecar.content) != sidecar.content:
            reason = "another photo has the same name and other ratings"
        if reason:
            culled.left[sidecar.path] = reason
        elif before == sidecar.content:
            culled.unchanged.append(sidecar.path)
        else:
            to_write[sidecar.path] = sidecar.content
            journal[sidecar.path] = _noted(journal.get(sidecar.path), before, sidecar.content)
    if dry_run:
        culled.written.extend(to_write)
        return culled
    if to_write:
        _write_journal(folder, journal)
    for path, content in to_write.items():
        try:
            with atomic_file(folder / path) as file:
                file.write(content)
        except OSError as error:
            culled.left[path] = _words(error)
        else:
            culled.written.append(path)
    return culled


def _found(
    folder: Path, sidecar: NewSidecar, names_in: Callable[[Path], Mapping[str, str]]
) -> tuple[bytes | None, str]:
    """What is there now, and why it must not be written; empty if it may."""
    try:
        before = _bytes(folder / sidecar.path)
        return before, _why_left(folder, sidecar, before, names_in)
    except OSError as error:
        return None, _words(error)


def _why_left(
    folder: Path, sidecar: NewSidecar, before: bytes | None, names_in: Callable[[Path], Mapping[str, str]]
) -> str:
    if sidecar.is_damaged:
        return "it is damaged, or says something that would be lost"
    if not (folder / sidecar.beside).exists():
        return "its photo is not found under this name"
    path = folder / sidecar.path
    if path.is_symlink():
        return "it is a link"
    if before is None and (other := names_in(path.parent).get(_folded(path.name))):
        return f"{json.dumps(other)} is there, which many programs take for the same name"
    is_expected = before == sidecar.content or (before and _sha256(before)) == sidecar.replaces
    return "" if is_expected else "a sidecar is there that could not be used, or that changed meanwhile"


def sidecars_undo(folder: Path, *, dry_run: bool) -> Culled:
    """Put back what the sidecars had before. One that was changed since is left as it is.

    Raises:
        JournalError: when there is nothing to undo, or the journal is damaged.

    """
    journal = _journal(folder)
    culled = Culled()
    left = {}
    for path, note in sorted(journal.items()):
        before = None if note["before"] is None else base64.b64decode(note["before"])
        try:
            now = _bytes(folder / path)
            if now == before:
                culled.unchanged.append(path)
            elif now is None or _sha256(now) not in note["written"] or (folder / path).is_symlink():
                culled.left[path] = "it was changed or deleted since"
                left[path] = note
            else:
                if not dry_run:
                    _put_back(folder / path, before)
                culled.written.append(path)
        except OSError as error:
            culled.left[path] = _words(error)
            left[path] = note
    if not dry_run and left != journal:
        _write_journal(folder, left)
    return culled


def _noted(earlier: dict[str, Any] | None, before: bytes | None, content: bytes) -> dict[str, Any]:
    """The journal's note of one sidecar. After several runs, an undo goes back to before the first.

    All that was written since then counts as ours: a run may be interrupted after its note and before its sidecar.
    """
    kept = None if before is None else base64.b64encode(before).decode()
    written = [_sha256(content)]
    if earlier is not None and (earlier["before"] == kept or (before and _sha256(before) in earlier["written"])):
        kept = earlier["before"]
        written = sorted({*earlier["written"], *written})
    return {"before": kept, "written": written}


def _journal(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        return _notes((folder / JOURNAL).read_bytes())
    except FileNotFoundError as error:
        raise JournalError(f"Nothing to undo: {folder / JOURNAL} does not exist.") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise JournalError(f"{folder / JOURNAL} cannot be read: {error}. Move it away to begin a new one.") from error


def _notes(journal: bytes) -> dict[str, dict[str, Any]]:
    """The notes in a journal, which may have come with a folder of somebody else: they name only sidecars in it."""
    notes: dict[str, dict[str, Any]] = {}
    for name, note in json.loads(journal).items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or path.suffix.casefold() != ".xmp":
            raise ValueError(f"{name!r} is no sidecar of this folder")
        if note["before"] is not None:
            base64.b64decode(note["before"], validate=True)
        notes[name] = {"before": note["before"], "written": list(note["written"])}
    return notes


def _write_journal(folder: Path, journal: Mapping[str, Mapping[str, Any]]) -> None:
    """Replace the journal. One without notes goes."""
    path = folder / JOURNAL
    try:
        if not journal:
            path.unlink()
            return
        with atomic_file(path) as file:
            file.write(json.dumps(journal, indent=1, sort_keys=True).encode())
    except OSError as error:
        raise JournalError(f"{path} cannot be written: {_words(error)}. Allow this user to write there.") from error


def _put_back(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink()
        return
    with atomic_file(path) as file:
        file.write(before)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _folded_names(folder: Path) -> dict[str, str]:
    return {_folded(path.name): path.name for path in folder.iterdir()}


def _folded(name: str) -> str:
    """The same for names that differ only in upper and lower case, or in how their accents are written."""
    return unicodedata.normalize("NFC", name).casefold()


def _words(error: OSError) -> str:
    return error.strerror or str(error)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
