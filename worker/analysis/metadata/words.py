"""Cleans what people wrote, and tells it from what cameras, phones and programs write in the same place."""

from __future__ import annotations

import re
import unicodedata

from albums.analysis import DESCRIPTION_LENGTH

_MOST_DAMAGED = 0.1
_ELLIPSIS = "…"
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that turn the direction of what follows them, also of text that is not theirs."""
_LINES = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_DAMAGED = {"Cc", "Cn", "Co", "Cs"}

# Sources: the lists of PhotoPrism (internal/meta/sanitize.go) and KPhotoAlbum (commentsToStrip), and files of these
# cameras. Each is a whole text, because words such as "default" are in descriptions of people, too.
_OF_MACHINES = frozenset(
    (
        *("olympus digital camera", "sony dsc", "minolta dsc", "samsung", "samsung camera pictures", "scanner"),
        *("<digimax i5, samsung #1>", "exif_jpeg_picture", "dvc 10.1 hdmi", "charset=ascii", "binary comment"),
        *("default", "untitled", "screenshot", "dcim", "applemark", "iclarified", "lead technologies inc. v1.01"),
    )
)
# What phones of Huawei and Xiaomi write for their kinds of shots.
_OF_PHONES = frozenset(
    (
        *("rhdr", "hdrpl", "oznorWO", "oznor", "frontbhdp", "fbt", "rbt", "ptr", "fbthdr", "btr", "mon", "nor", "dav"),
        *("mde", "mde_soft", "edf", "btfmdn", "btf", "btfhdr", "frem", "rpt", "burst", "sdr_HDRB", "cof", "qrf"),
        *("fshbty", "oplus_32", "oplus_0"),
    )
)
_PATTERNS = (
    re.compile(r"(?:[A-Z-]+ ){1,4}CAMERA"),
    re.compile(r"[A-Z]{3,} (?:DSC picture|Digital (?:Still )?Camera)"),
    # Models, and names of files without their endings. Places with a year are of people.
    re.compile(r"(?![A-Z]+(?:19|20)\d\d\Z)[A-Z]{2,4}\d{3,8}[A-Z]?"),
    re.compile(r"(?:[^\n:]+ : [^\n]*+(?:\n|\Z)){3,}"),  # what a program knew of the file
    re.compile(r"DCIM[\\/]\S*"),
    re.compile(r"(?:IMG|DSCN?|DSCF|PXL|MVIMG|PICT|IMAG|GOPR|CIMG|SAM)[-_]?\d{3,}\S*", re.IGNORECASE),
    re.compile(r"\S+\.(?:jpe?g|png|heic|tiff?|dng|nef|cr[23]|arw|orf|rw2|raf)", re.IGNORECASE),
    re.compile(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d"),
    re.compile(
        r"(?:created|processed|edited|file written) (?:with|by|in) (?:the )?"
        r"(?:gimp|imlib|adobe|photoshop|lightroom|picasa|acdsee|snapseed|vsco)\b.*",
        re.IGNORECASE,
    ),
)


def clean_words(text: str) -> str | None:
    """The text as a person wrote it, in NFC and without control characters; None if a machine wrote it, or nobody."""
    text = _LINES.sub("\n", text[: 4 * DESCRIPTION_LENGTH].replace("\t", " ")).strip("\0 \n")
    damaged = sum(
        letter == "\ufffd" or (letter != "\n" and unicodedata.category(letter) in _DAMAGED) for letter in text
    )
    if damaged > _MOST_DAMAGED * len(text):
        return None
    kept = "".join(
        letter for letter in text.translate(_TURNS) if letter == "\n" or unicodedata.category(letter) not in _DAMAGED
    )
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", kept).split("\n")]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if not any(letter.isalnum() or unicodedata.category(letter) == "So" for letter in words) or _is_of_machines(words):
        return None
    return words if len(words) <= DESCRIPTION_LENGTH else words[: DESCRIPTION_LENGTH - 1].rstrip() + _ELLIPSIS


def _is_of_machines(words: str) -> bool:
    if words.casefold() in _OF_MACHINES or words in _OF_PHONES:
        return True
    return any(pattern.fullmatch(words) for pattern in _PATTERNS)
