"""Blanks the names of places in IPTC-IIM, an older form of metadata for the press."""

from __future__ import annotations

import struct

# City, sublocation, province, country code and name; location codes and names of the content.
_PLACE_DATASETS = {26, 27, 90, 92, 95, 100, 101}


def blank_iptc(block: bytearray) -> None:
    """Blank the names of places, in place. A dataset has a marker, record, number and length (IIM 4.2, section 1.6)."""
    position = 0
    while position + 5 <= len(block) and block[position] == 0x1C:
        (length,) = struct.unpack_from(">H", block, position + 3)
        if length & 0x8000:  # the length of the length follows; no place name is that long
            return
        start = position + 5
        if block[position + 1] == 2 and block[position + 2] in _PLACE_DATASETS:
            end = min(start + length, len(block))
            block[start:end] = b" " * (end - start)
        position = start + length
