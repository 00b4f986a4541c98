"""Finds the film in a motion photo: phones append a few seconds to the picture, in the same file.

Android: https://developer.android.com/media/platform/motion-photo-format. Samsung adds records of its own behind it.
"""

from __future__ import annotations

from worker.analysis.files.boxes import boxes_in
from worker.analysis.files.formats import PhotoFormat

_LONGEST_FTYP = 256
_MOST_STARTS = 10_000
_MOST_WALKED = 10_000  # boxes, from all starts together; real films have a few


def has_film(data: bytes, photo_format: PhotoFormat) -> bool:
    """Whether a JPEG or HEIC has a film behind its picture."""
    if photo_format == "heic":
        return any(kind == b"mpvd" for kind, _, _ in boxes_in(data, 0, len(data)))
    return photo_format in ("jpeg", "mpo") and _film_behind(data)


def _film_behind(jpeg: bytes) -> bool:
    place = 0
    left = iter(range(_MOST_WALKED))
    for _ in range(_MOST_STARTS):
        place = jpeg.find(b"ftyp", place + 4)
        if place < 0:
            return False
        start = place - 4
        if 16 <= int.from_bytes(jpeg[start:place], "big") <= _LONGEST_FTYP:
            kinds = {kind for _, (kind, _, _) in zip(left, boxes_in(jpeg, start, len(jpeg)), strict=False)}
            if {b"moov", b"mdat"} <= kinds:
                return True
    return False
