"""The first bytes of files for programs that cannot ask `identify`, such as the pages."""

from __future__ import annotations

from collections.abc import Iterator

from worker.analysis.files.formats import OTHERS, PHOTO_MARKS, TEXTS
from worker.analysis.files.raw_kinds import TIFF_MARKS

_OF_SIDECARS = ("sidecar", "XML", "property list")
PHOTOS: tuple[tuple[int, bytes], ...] = (
    *((0, mark) for mark, _ in PHOTO_MARKS),
    *((0, mark) for mark in TIFF_MARKS),
    (4, b"ftyp"),
    (8, b"WEBP"),
)
"""Offset and bytes of photos that these tell; HEIC and films begin alike."""


def refused() -> Iterator[tuple[int, bytes]]:
    """Offset and bytes of what we do not read, less films, for which the first bytes are not enough."""
    yield from (
        (offset, mark) for offset, mark, name, _ in OTHERS if "video" not in name and not mark.startswith(b"ftyp")
    )


def refused_texts() -> Iterator[str]:
    """How texts begin that we do not read, in lower case, after white space. Sidecars are texts as well: not theirs."""
    yield from (mark.decode() for mark, name, _ in TEXTS if not any(word in name for word in _OF_SIDECARS))
