"""The file names in a zip: readable, safe, unique, and in the order of capture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
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
    "name": "its file name, without the extension: IMG_4711",
    "date": "the day it was taken: 2024-06-15, or undated",
    "time": "the time it was taken: 14.32.05, or untimed",
    "group": "the number of its group: 003, or single",
    "folder": "the folder it was uploaded in: day 1, or no folder",
}
"""The placeholders of a pattern and what they become."""

_LEAST_DIGITS: Final = 3
# Far more than fits into a name. It bounds the work for a pattern that repeats long names.
_MAX_TEXT: Final = 4 * MAX_NAME_BYTES
_MAX_SUFFIX_BYTES: Final = len(" (1000000)")

_VIDEOS: Final = ("mp4", "m4v", "mov", "qt", "3gp", "3g2")  # one container, whose players read all of them

# A file whose extension does not match its content gets the first one. RAW files that nobody knows look like TIFF.
_EXTENSIONS: Final[dict[str, tuple[str, ...]]] = {
    "AVIF": ("avif", "avifs"),
    "BMP": ("bmp", "dib"),
    "GIF": ("gif",),
    "HEIC": ("heic", "heif", "hif"),
    "HEIF": ("heic", "heif", "hif"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "jif", "mpo"),
    "JXL": ("jxl",),
    "MPO": ("jpg", "jpeg", "jpe", "jfif", "jif", "mpo"),
    "PNG": ("png", "apng"),
    "TIFF": ("tif", "tiff", "arw", "cr2", "dng", "nef", "nrw", "orf", "pef", "rw2", "sr2", "srw"),
    "WEBP": ("webp",),
    "X-ADOBE-DNG": ("dng",),
    "X-CANON-CR2": ("cr2",),
    "X-CANON-CR3": ("cr3",),
    "X-CANON-CRW": ("crw",),
    "X-EPSON-ERF": ("erf",),
    "X-FUJI-RAF": ("raf",),
    "X-HASSELBLAD-3FR": ("3fr", "fff"),
    "X-KODAK-KDC": ("kdc", "dcr", "dcs", "k25"),
    "X-LEAF-MOS": ("mos",),
    "X-MAMIYA-MEF": ("mef",),
    "X-MINOLTA-MRW": ("mrw",),
    "X-NIKON-NEF": ("nef", "nrw"),
    "X-OLYMPUS-ORF": ("orf", "ori"),
    "X-PANASONIC-RW2": ("rw2", "raw", "rwl"),
    "X-PENTAX-PEF": ("pef",),
    "X-PHASEONE-IIQ": ("iiq", "cap", "tif"),
    "X-SAMSUNG-SRW": ("srw",),
    "X-SIGMA-X3F": ("x3f",),
    "X-SONY-ARW": ("arw", "sr2", "srf", "arq"),
    "3GPP": ("3gp", *_VIDEOS),
    "MP4": _VIDEOS,
    "QUICKTIME": ("mov", *_VIDEOS),
    "WEBM": ("webm", "mkv"),
    "X-MATROSKA": ("mkv", "webm"),
    "X-MSVIDEO": ("avi", "divx"),
}
_KNOWN_EXTENSIONS: Final = frozenset(extension for group in _EXTENSIONS.values() for extension in group)


class NamedPhoto(NamedTuple):
    """What the name of an entry is made from.

    `name` is the file's name. `content_format` is a MIME type (`image/jpeg`) or Pillow's name of the format (`JPEG`),
    empty when unknown. `taken_at` is wall-clock time. `group` is the number of the group, from 1, or None for a photo
    in no group. `folder` is the safe path of the folder in the zip, or empty. A companion has the number of the photo
    before it. `uploaded_in` is the path of the folder in which it was uploaded, or empty. A sidecar is named after its
    file, which comes before it.
    """

    name: str
    content_format: str
    taken_at: datetime | None = None
    group: int | None = None
    folder: str = ""
    is_companion: bool = False
    uploaded_in: str = ""
    is_sidecar: bool = False


def pattern_check(pattern: str) -> None:
    """Refuse a pattern that cannot name files.

    Raises:
        InvalidNamePattern: a subclass that says what is wrong.

    """
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise PatternTooLong(f"A name pattern may have at most {MAX_PATTERN_LENGTH} characters. Shorten it.")
    used = re.findall(r"{([^{}]*)}", pattern)
    known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    for name in used:
        if name not in PLACEHOLDERS:
            raise UnknownPlaceholder(f"{{{name}}} is not a placeholder. Use {known}.")
    rest = re.sub(r"{[^{}]*}", "", pattern)
    if set(rest) & set("{}"):
        raise StrayBrace("There is a single brace. Write placeholders like {name}.")
    if set(rest) & set("/\\"):
        raise PatternHasSlash("A name cannot contain slashes. To get folders, choose one folder per group.")
    if not {"sequence", "name"} & set(used):
        raise PatternTellsNothingApart("Add {sequence} or {name}, so that photos get different names.")


def entry_names(photos: Sequence[NamedPhoto], pattern: str = DEFAULT_PATTERN) -> list[str]:
    """Return a name for each photo. The photos are given in the order of capture.

    Fills in the pattern's placeholders and makes the result safe. The default is a number, a space and the photo's own
    name: `007 IMG_4711.JPG`. The number has as many digits as the largest needs, at least three, so that every program
    lists the photos in this order. No two names in a folder are the same, not even on file systems that ignore case:
    later ones get a number behind them. The extension follows the content, because the programs that open the zip
    trust it. `IMG_1.jpg` with HEIC content becomes `IMG_1.heic`. An unknown extension stays, followed by the right
    one. A right one stays as it is. A name has at most 255 bytes of UTF-8, not counting the folder.

    Raises:
        InvalidNamePattern: as `pattern_check`.

    """
    pattern_check(pattern)
    digits = max(_LEAST_DIGITS, len(str(len(photos))))
    group_digits = max(_LEAST_DIGITS, len(str(max((photo.group or 0 for photo in photos), default=0))))
    names = []
    unique = _UniqueNames({photo.folder for photo in photos})
    number = 0
    shot: list[tuple[str, str]] = []  # the names of its files and of their entries
    for photo in photos:
        if not photo.is_companion:
            number += 1
            shot = []
        values = {
            "sequence": f"{number:0{digits}d}",
            "date": f"{photo.taken_at:%Y-%m-%d}" if photo.taken_at else "undated",
            "time": f"{photo.taken_at:%H.%M.%S}" if photo.taken_at else "untimed",
            "group": f"{photo.group:0{group_digits}d}" if photo.group else "single",
            "folder": photo.uploaded_in.rpartition("/")[2] or "no folder",
        }
        is_of_shot = photo.is_sidecar and shot
        name = _sidecar_name(photo.name, shot) if is_of_shot else _entry_name(pattern, values, photo)
        names.append(unique.name(name, f"{photo.folder}/" if photo.folder else ""))
        if not photo.is_sidecar:
            shot.append((photo.name, names[-1].rpartition("/")[2]))
    return names


def _entry_name(pattern: str, values: dict[str, str], photo: NamedPhoto) -> str:
    # Make it safe first, because that may uncover an extension, and again, because the right one may be longer.
    named = _with_extension(safe_file_name(photo.name, fallback="photo"), photo.content_format)
    stem, extension = split_extension(named)
    text = re.sub(r"{(\w+)}", lambda found: stem if found[1] == "name" else values[found[1]], pattern)
    text = text[:_MAX_TEXT]
    return safe_file_name(f"{text}.{extension}" if extension else text, fallback="photo")


def _sidecar_name(name: str, shot: Sequence[tuple[str, str]]) -> str:
    """The name of the entry that a sidecar describes, with the sidecar's ending, so that programs still pair them.

    `IMG_1.CR2.xmp` keeps all that follows `IMG_1.CR2`. Takeout's JSON, which may be cut, follows the whole name.
    """
    ending = split_extension(name)[1]
    for file, entry in shot:
        if name[: len(file) + 1].casefold() == f"{file}.".casefold():
            return safe_file_name(entry + name[len(file) :], fallback="photo")
    same = [entry for file, entry in shot if split_extension(file)[0].casefold() == split_extension(name)[0].casefold()]
    entry = (same or [shot[0][1]])[0]
    stem = entry if ending.lower() == "json" else split_extension(entry)[0]
    return safe_file_name(f"{stem}.{ending}", fallback="photo")


def download_name(name: str, content_format: str) -> str:
    """The name of a file that somebody saves alone. Its extension follows the content, as in a zip: no program opens a
    film as a page because its name said so.
    """
    return _with_extension(safe_file_name(name, fallback="photo"), content_format)


class _UniqueNames:
    """Gives each name once, also on file systems that ignore case. Later ones get a number behind them.

    No file has the name of a folder. It counts on from the last number of each stem, so that many equal names take no
    longer than different ones.
    """

    def __init__(self, folders: Collection[str]) -> None:
        parts = (folder.split("/") for folder in folders if folder)
        self._taken = {_caseless("/".join(path[: depth + 1])) for path in parts for depth in range(len(path))}
        self._next: dict[str, int] = {}

    def name(self, name: str, folder: str) -> str:
        """The folder and the name, which is changed if it is taken."""
        if _caseless(folder + name) in self._taken:
            name = self._numbered(name, folder)
        self._taken.add(_caseless(folder + name))
        return folder + name

    def _numbered(self, name: str, folder: str) -> str:
        stem, extension = split_extension(name)
        ending = f".{extension}" if extension else ""
        room = MAX_NAME_BYTES - _MAX_SUFFIX_BYTES - len(ending.encode())
        stem = safe_file_name(stem, fallback="photo", max_bytes=room)
        key = _caseless(folder + stem + ending)
        number = self._next.get(key, 2)
        while _caseless(folder + (numbered := f"{stem} ({number}){ending}")) in self._taken:
            number += 1
        self._next[key] = number + 1
        return numbered


def _caseless(path: str) -> str:
    """The same for paths that some file system takes for the same (Unicode's canonical caseless matching, D145)."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", path).casefold())


def _with_extension(name: str, content_format: str) -> str:
    accepted = _EXTENSIONS.get(content_format.rpartition("/")[2].upper())
    stem, extension = split_extension(name)
    if accepted is None or extension.lower() in accepted:
        return name
    if extension.lower() in _KNOWN_EXTENSIONS:
        return f"{stem}.{accepted[0]}"
    return f"{name}.{accepted[0]}"
