"""The boxes of HEIC, AVIF and JPEG 2000 (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from worker.analysis.files import boxes_in
from worker.analysis.interface import NotStripped

_MAX_BOXES = 10_000


def boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """As `boxes_in`. Raises NotStripped when there are too many."""
    for count, found in enumerate(boxes_in(data, start, end), start=1):
        yield found
        if count == _MAX_BOXES:
            raise NotStripped("too_much")


def box(kind: bytes, content: bytes) -> bytes:
    """A box with this content."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full_box(kind: bytes, version: int, content: bytes, flags: int = 0) -> bytes:
    """A box whose content starts with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags) + content)


class Numbers:
    """Reads one big-endian number after the other from the content of a box."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._position = 0

    def next(self, size: int) -> int:
        """The next number of this size in bytes; 0 if the size is 0. Raises NotStripped at the end of the content."""
        stop = self._position + size
        if stop > len(self._content):
            raise NotStripped("damaged")
        value = int.from_bytes(self._content[self._position : stop], "big")
        self._position = stop
        return value

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self._position >= len(self._content)

    def rest(self) -> bytes:
        """Everything that has not been read."""
        return self._content[self._position :]
