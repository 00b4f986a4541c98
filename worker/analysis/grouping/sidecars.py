"""Finds the files that sidecars describe, by folder and name.

Programs name a sidecar after its file with the ending (IMG_1.CR2.xmp) or without (IMG_1.xmp, IMG_1.AAE, MVI_1.THM).
Google Takeout appends ".supplemental-metadata", before 2024 nothing, cuts that to 46 characters, and appends ".json".
A number that tells equal names apart is in the stem of a photo, but may be at the end of its sidecar's. Edited copies
have the sidecar of their original. Takeout documents none of this; it is what its archives look like.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from worker.analysis.grouping.shot_names import is_camera_thumbnail, plain, without_apple_letter, without_edited

_SUPPLEMENTAL = "supplemental-metadata"
_LONGEST_NAME = 46
_SHORTEST_CUT = 43
"""Without a number such as (1)."""
_NUMBERED = re.compile(r"(.*)\((\d{1,4})\)")

_MOST_FILES = 8
"""Of one name. No shot has more."""

_Key = tuple[str, ...]
_Places = dict[tuple[str | None, _Key], list[int]]  # by folder; None for all


@dataclass(frozen=True)
class NamedFile:
    """A file by its place and its name with the ending. A film is any video."""

    folder: str
    name: str
    is_raw: bool = False
    is_film: bool = False


def described_by(sidecars: Sequence[NamedFile], files: Sequence[NamedFile]) -> dict[int, list[int]]:
    """For the index of each sidecar the indices of the files that it describes, the most likely first.

    Files in its own folder are taken. If there are none, those of one other folder, because files that were chosen one
    by one have no folder. Of two files with the same name in one folder none is taken. Sidecars of no file are left
    out.
    """
    if not sidecars:
        return {}
    places: _Places = defaultdict(list)
    for place, file in enumerate(files):
        for key in _keys_of_file(plain(file.name)):
            places[file.folder, key].append(place)
            places[None, key].append(place)
    found = {}
    for number, sidecar in enumerate(sidecars):
        if described := _described(sidecar, files, places):
            found[number] = sorted(described, key=lambda place: (files[place].is_film, not files[place].is_raw))
    return found


def _described(sidecar: NamedFile, files: Sequence[NamedFile], places: _Places) -> list[int]:
    for folder in (sidecar.folder, None):
        for keys, start in _tries(plain(sidecar.name)):
            matches = [places.get((folder, key), []) for key in keys]
            if any(len(match) > _MOST_FILES for match in matches):
                return []
            fitting = [place for match in matches for place in match if _fits(sidecar, files[place], start)]
            if fitting:
                return list(dict.fromkeys(fitting)) if _are_of_one_shot(files, fitting, is_cut=bool(start)) else []
    return []


def _fits(sidecar: NamedFile, file: NamedFile, start: str) -> bool:
    is_possible = file.is_raw or file.is_film or not is_camera_thumbnail(sidecar.name)
    return is_possible and plain(file.name).startswith(start)


def _are_of_one_shot(files: Sequence[NamedFile], places: Iterable[int], *, is_cut: bool) -> bool:
    """Whether nothing speaks against it: one folder with each name once, and names that were cut of one stem."""
    unique = set(places)
    names = {plain(files[place].name) for place in unique}
    is_one_stem = not is_cut or len({_original_stem(name) for name in names}) == 1
    return is_one_stem and len({files[place].folder for place in unique}) == 1 and len(names) == len(unique)


def _original_stem(name: str) -> str:
    stem = name.rpartition(".")[0]
    return without_edited(stem) or stem


def _keys_of_file(name: str) -> Iterator[_Key]:
    """What sidecars may call this file."""
    stem, _, ending = name.rpartition(".")
    yield "name", name, ""
    yield "stem", stem
    base, number = _split_number(stem)
    title = f"{base}.{ending}"
    if number:
        yield "name", title, number
    for length in range(_SHORTEST_CUT, min(len(title), _LONGEST_NAME) + 1):
        yield "cut", title[:length], number
    original = without_edited(stem)
    if original:
        base, number = _split_number(original)
        yield "edited", f"{original}.{ending}", ""
        yield "edited", f"{base}.{ending}", number
        yield "edited stem", original


def _tries(name: str) -> Iterator[tuple[list[_Key], str]]:
    """What this sidecar may call its files, the surest first, and how their names begin."""
    core, _, ending = name.rpartition(".")
    if ending == "json":
        yield from _tries_of_takeout(core)
        return
    yield [("name", core, "")], ""
    yield [("stem", core), ("stem", without_apple_letter(core) or core)], ""


def _tries_of_takeout(core: str) -> Iterator[tuple[list[_Key], str]]:
    text, number = _split_number(core)
    head, dot, tail = text.rpartition(".")
    titles = [head, text] if dot and _SUPPLEMENTAL.startswith(tail) else [text]
    yield [(kind, title, number) for kind in ("name", "edited") for title in titles], ""
    if len(core) >= _LONGEST_NAME:
        yield [("cut", text[:_LONGEST_NAME], number)], text
    # The title has another ending, or none: the film of a live photo has the sidecar of its photo.
    behind = f"({number})" if number else ""
    stems = [each + behind for title in titles for each in (title, title.rpartition(".")[0]) if each]
    yield [(kind, stem) for kind in ("stem", "edited stem") for stem in stems], ""


def _split_number(text: str) -> tuple[str, str]:
    match = _NUMBERED.fullmatch(text)
    return (match[1], match[2]) if match else (text, "")
