"""The boxes of HEIC, AVIF and JPEG 2000 (ISO/IEC 14496-12, section 4.2)."""

from __future__ import annotations

import struct
from collections.abc import Iterator


def boxes_in(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes in a part of the file: the type of each, and where its content starts and ends.

    Ends at the first bytes that are not a box, such as the records that phones append.
    """
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        content = start + 8
        if size == 1 and content + 8 <= end:
            (size,) = struct.unpack_from(">Q", data, content)
            content += 8
        stop = end if size == 0 else start + size
        if stop < content or stop > end:
            return
        yield kind, content, stop
        start = stop
