"""The start and the end of a video that is too large to be kept whole: enough for its tables and its first seconds."""

from __future__ import annotations

import io
from dataclasses import dataclass

from worker.analysis.interface import HEAD_BYTES


@dataclass
class VideoFile:
    """A file to read and to seek in, as FFmpeg does. Its middle may be missing, and then reads as the end of the file.

    Attributes:
        data: the whole file, or its first HEAD_BYTES and its end.
        skipped: how many bytes are left out between the two.
    """

    data: bytes
    skipped: int = 0
    _place: int = 0

    @property
    def size(self) -> int:
        """Of the whole file, in bytes."""
        return len(self.data) + self.skipped

    def at(self, place: int, count: int) -> bytes:
        """At most `count` bytes from this place; none in the missing part."""
        if not self.skipped:
            return self.data[place : place + count]
        if place < HEAD_BYTES:
            return self.data[place : min(place + count, HEAD_BYTES)]
        start = place - self.skipped
        return self.data[start : start + count] if start >= HEAD_BYTES else b""

    def read(self, count: int = -1) -> bytes:
        """The next bytes; empty at the end and in the missing part."""
        found = self.at(self._place, self.size if count < 0 else count)
        self._place += len(found)
        return found

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place. Returns it."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self.size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        """The place of the next byte."""
        return self._place
