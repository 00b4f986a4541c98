"""File names for people: safe on Linux, macOS and Windows, and close to the original name."""

from __future__ import annotations

import unicodedata

MAX_NAME_BYTES = 255
"""The longest name that ext4, NTFS and APFS all accept, in UTF-8 bytes, the strictest of their units."""

_MAX_EXTENSION_BYTES = 16
_MAX_FOLDER_BYTES = 600
_MAX_DEPTH = 32

_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
"""Path separators, and characters that Windows refuses in a name."""

_JOINERS = {"\u200c", "\u200d"}
"""Invisible, but part of the spelling of Persian and Indic words and of composed emoji."""

_WINDOWS_DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    device + digit for device in ("com", "lpt") for digit in "0123456789¹²³"
}
"""https://learn.microsoft.com/windows/win32/fileio/naming-a-file; also reserved with any extension."""


def safe_file_name(name: str, *, fallback: str, max_bytes: int = MAX_NAME_BYTES) -> str:
    """Return `name` as one path segment that every common file system can store and show.

    Composes it (NFC), drops control and direction-changing characters, replaces separators and characters
    that Windows refuses with `_`, collapses white space, strips dots and spaces at both ends, avoids the names
    of Windows devices, and cuts to `max_bytes` of UTF-8 but keeps a short extension. If nothing is left, the
    name becomes `fallback`, which must itself be safe.
    """
    composed = unicodedata.normalize("NFC", name).translate(_FORBIDDEN)
    # Dropping a character can bring a letter and its accent together, so compose again.
    cleaned = unicodedata.normalize("NFC", " ".join(visible(composed).split())).strip(" .\u200c\u200d")
    if cleaned.partition(".")[0].rstrip(" ").casefold() in _WINDOWS_DEVICES:
        cleaned = "_" + cleaned
    return _shorten(cleaned, max_bytes) or fallback


def safe_folder(path: str) -> str:
    """Return a relative path with `/` as folders that every common file system can store: each safe as a name is.

    A path from macOS may have 1,024 bytes in all, so this one has at most 600 and at most 32 folders: long names are
    cut, and the innermost folders of a deeper path are left out. Different paths may become one that way.
    """
    parts = path.split("/")[:_MAX_DEPTH]
    longest = min(MAX_NAME_BYTES, (_MAX_FOLDER_BYTES - len(parts)) // len(parts))
    return "/".join(safe_file_name(part, fallback="folder", max_bytes=longest) for part in parts if part)


def split_extension(name: str) -> tuple[str, str]:
    """Split `name` into stem and extension without its dot. An extension is short and plain, or empty.

    >>> split_extension("IMG_1.JPG"), split_extension("Dr. Smith")
    (('IMG_1', 'JPG'), ('Dr. Smith', ''))
    """
    stem, _, extension = name.rpartition(".")
    if not stem or not extension.isalnum() or len(extension.encode()) > _MAX_EXTENSION_BYTES:
        return name, ""
    return stem, extension


def visible(text: str) -> str:
    """The text without control and direction-changing characters. Every white space becomes a plain space."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    # Cc control, Cf format (bidirectional overrides, zero width), Cs half of a surrogate pair.
    # Unassigned (Cn) stays: next year's emoji will be there.
    if category in {"Cc", "Cf", "Cs"} and character not in _JOINERS:
        return ""
    return character


def _shorten(name: str, max_bytes: int) -> str:
    if len(name.encode()) <= max_bytes:
        return name
    stem, extension = split_extension(name)
    suffix = f".{extension}" if extension else ""
    kept = stem.encode()[: max_bytes - len(suffix.encode())].decode(errors="ignore")
    return kept.rstrip(" .\u200c\u200d") + suffix
