"""The names of the files in a zip: readable, safe, unique, in the order of capture, and as people want them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from albums.exceptions import (
    PatternHasSlash,
    PatternTellsNothingApart,
    PatternTooLong,
    StrayBrace,
    UnknownPlaceholder,
)
from albums.filenames import MAX_NAME_BYTES, safe_file_name, split_extension

DEFAULT_PATTERN: Final = "{sequence} {name}"
MAX_PATTERN_LENGTH: Final = 100

PLACEHOLDERS: Final[dict[str, str]] = {
    "sequence": "the number of the photo in the zip, in the order of capture: 007",
    "name": "its own name, without the ending: IMG_4711",
    "date": "the day it was taken: 2024-06-15, or undated",
    "time": "the time it was taken: 14.32.05, or untimed",
    "group": "the number of its group: 003, or single",
}
"""What a pattern may hold in braces, and what becomes of it."""

_LEAST_DIGITS: Final = 3

# The first is the one a file gets whose own says something else. TIFF is also what most raw formats look
# like.
_EXTENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "AVIF": ("avif", "avifs"),
    "BMP": ("bmp", "dib"),
    "GIF": ("gif",),
    "HEIC": ("heic", "heif", "hif"),
    "HEIF": ("heic", "heif", "hif"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "jif", "mpo"),
    "MPO": ("jpg", "jpeg", "jpe", "jfif", "jif", "mpo"),
    "PNG": ("png", "apng"),
    "TIFF": ("tif", "tiff", "arw", "cr2", "dng", "nef", "nrw", "orf", "pef", "rw2", "sr2", "srw"),
    "WEBP": ("webp",),
}
_IMAGE_EXTENSIONS: Final = frozenset(extension for group in _EXTENSIONS.values() for extension in group)


class NamedPhoto(NamedTuple):
    """What the name of an entry is made of.

    `name` is the file's own. `content_format` is a MIME type (`image/jpeg`) or Pillow's name of the format (`JPEG`),
    empty when unknown. `taken_at` is wall-clock time. `group` is the number of the group, from 1, and None for a photo
    in no group; `folder` is the safe name of the folder, empty for none.
    """

    name: str
    content_format: str
    taken_at: datetime | None = None
    group: int | None = None
    folder: str = ""


def pattern_check(pattern: str) -> None:
    """Refuse a pattern that cannot name files.

    Raises:
        InvalidNamePattern: the one of its kinds that says what is wrong.

    """
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise PatternTooLong(f"A name pattern has at most {MAX_PATTERN_LENGTH} characters.")
    used = re.findall(r"{([^{}]*)}", pattern)
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in used:
        if name not in PLACEHOLDERS:
            raise UnknownPlaceholder(f"{{{name}}} is no placeholder. There are {known}.")
    rest = re.sub(r"{[^{}]*}", "", pattern)
    if set(rest) & set("{}"):
        raise StrayBrace("A brace stands alone. Placeholders are written {name}.")
    if set(rest) & set("/\\"):
        raise PatternHasSlash("A name cannot hold slashes. Choose a folder per group for folders.")
    if not {"sequence", "name"} & set(used):
        raise PatternTellsNothingApart("The pattern needs {sequence} or {name}, to tell photos apart.")


def entry_names(photos: Sequence[NamedPhoto], pattern: str = DEFAULT_PATTERN) -> list[str]:
    """Return a name for each photo, which are given in the order of their capture.

    The pattern's placeholders are filled in and the whole made safe. By the default, a name is a number, a space and
    the photo's own name: `007 IMG_4711.JPG`. The number has as many digits as the largest needs, three at least, so
    that every program lists the photos in this order. No two names in a folder are the same, not even on file systems
    that ignore case: later ones get a number behind them. The extension follows the content, because the systems of
    those who open the zip trust it: `IMG_1.jpg` that holds HEIC becomes `IMG_1.heic`, an unknown extension stays and
    gets the right one behind it, and a right one stays as it is written. At most 255 bytes of UTF-8, folder aside.

    Raises:
        InvalidNamePattern: as `pattern_check`.

    """
    pattern_check(pattern)
    digits = max(_LEAST_DIGITS, len(str(len(photos))))
    group_digits = max(_LEAST_DIGITS, len(str(max((photo.group or 0 for photo in photos), default=0))))
    taken: set[str] = set()
    names = []
    for number, photo in enumerate(photos, start=1):
        values = {
            "sequence": f"{number:0{digits}d}",
            "date": f"{photo.taken_at:%Y-%m-%d}" if photo.taken_at else "undated",
            "time": f"{photo.taken_at:%H.%M.%S}" if photo.taken_at else "untimed",
            "group": f"{photo.group:0{group_digits}d}" if photo.group else "single",
        }
        names.append(_unique(_entry_name(pattern, values, photo), f"{photo.folder}/" if photo.folder else "", taken))
    return names


def _entry_name(pattern: str, values: dict[str, str], photo: NamedPhoto) -> str:
    # Safe first, because that may uncover an extension, and again, because the right one may be longer.
    named = _with_extension(safe_file_name(photo.name, fallback="photo"), photo.content_format)
    stem, extension = split_extension(named)
    text = re.sub(r"{(\w+)}", lambda found: stem if found[1] == "name" else values[found[1]], pattern)
    return safe_file_name(f"{text}.{extension}" if extension else text, fallback="photo")


def _unique(name: str, folder: str, taken: set[str]) -> str:
    for candidate in _candidates(name):
        if (folder + candidate).casefold() not in taken:
            taken.add((folder + candidate).casefold())
            return folder + candidate
    raise AssertionError("counting has no end")


def _candidates(name: str) -> Iterator[str]:
    yield name
    stem, extension = split_extension(name)
    ending = f".{extension}" if extension else ""
    number = 2
    while True:
        suffix = f" ({number}){ending}"
        yield safe_file_name(stem, fallback="photo", max_bytes=MAX_NAME_BYTES - len(suffix)) + suffix
        number += 1


def _with_extension(name: str, content_format: str) -> str:
    accepted = _EXTENSIONS.get(content_format.rpartition("/")[2].upper())
    stem, extension = split_extension(name)
    if accepted is None or extension.lower() in accepted:
        return name
    if extension.lower() in _IMAGE_EXTENSIONS:
        return f"{stem}.{accepted[0]}"
    return f"{name}.{accepted[0]}"
