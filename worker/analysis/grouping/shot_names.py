"""What the names of files say of each other: which is a sidecar, and which is an edited copy of which.

Names are compared in lower case and composed form (NFC), as `plain` makes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Google Photos appends a word in the language of the account, Lightroom one in its own. "effects" is Google's as well.
_EDITED_WORDS = (
    "edited|edit|effects|bearbeitet|bewerkt|editado|ha editado|editat|edytowane|modificato|modifié|"
    "redigerad|redigeret|redigert|編集済み"
)
_EDITED = re.compile(rf"(.+)-(?:{_EDITED_WORDS})(\(\d{{1,4}}\))?")
_APPLE = re.compile(r"img_[eo](\d{4}.*)")  # E for edited; O for an AAE of the original
_COVER = re.compile(r"(.+)_cover")
# A portrait or burst before 2019: 00100lPORTRAIT_00100_BURST20190101120000000_COVER.
_PORTRAIT = re.compile(r"\d{5}[a-z]?portrait_\d{5}_burst(\d+)(_cover)?")
# PXL_20240608_115328123.PORTRAIT-01.COVER, .RAW-01.MP.COVER and .PORTRAIT beside .PORTRAIT-02.ORIGINAL.
_PIXEL_ORIGINAL = re.compile(r"(pxl_.+?)(?:-\d\d)?\.original")
_PIXEL_SHOWN = re.compile(r"(pxl_.+?)(?:-\d\d)?(?:\.mp)?(?:\.cover)?")


def plain(name: str) -> str:
    """The name as it is compared."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def plain_stem(name: str) -> str:
    """The name without its ending, as it is compared."""
    return plain(name).rpartition(".")[0]


def is_camera_thumbnail(name: str) -> bool:
    """Whether a JPEG of this name is one that a camera wrote beside a film or RAW file of the same name."""
    return plain(name).endswith(".thm")


def without_edited(stem: str) -> str | None:
    """The stem of the original of a copy that a program named as edited; None for other names."""
    if match := _EDITED.fullmatch(stem):
        return match[1] + (match[2] or "")
    return without_apple_letter(stem)


def without_apple_letter(stem: str) -> str | None:
    """IMG_1234 of IMG_E1234 and IMG_O1234; None for other names."""
    match = _APPLE.fullmatch(stem)
    return f"img_{match[1]}" if match else None


def names_as_edited(stem: str) -> Iterator[str]:
    """What the originals of this file are called, if it is an edited copy."""
    if original := without_edited(stem):
        yield original
    if match := _PORTRAIT.fullmatch(stem):
        if match[2]:
            yield f"portrait {match[1]}"
    elif match := _COVER.fullmatch(stem):
        yield match[1]
    elif (match := _PIXEL_SHOWN.fullmatch(stem)) and not _PIXEL_ORIGINAL.fullmatch(stem):
        yield f"original {match[1]}"


def names_as_original(stem: str) -> Iterator[str]:
    """What `names_as_edited` may call this file."""
    yield stem
    if (match := _PORTRAIT.fullmatch(stem)) and not match[2]:
        yield f"portrait {match[1]}"
    if match := _PIXEL_ORIGINAL.fullmatch(stem):
        yield f"original {match[1]}"
