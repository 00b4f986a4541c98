"""The numbers of a gain map by ISO 21496-1, written again as the shortest fractions that are near enough.

The standard's fractions have 64 bits each, in which anything could be said. Its own layout and that of libultrahdr with
one denominator for all numbers are read; the first is written.
"""

from __future__ import annotations

import struct
from fractions import Fraction

MARK = b"urn:iso:std:iso:ts:21496:-1\0"
"""What the segment of a JPEG starts with: that of the gain map, which goes on with the numbers, and of its photo."""
PHOTO_SAYS = MARK + bytes(4)
"""The segment of a photo that a gain map follows: the version of the standard."""

_SEVERAL, _BASE_COLOURS, _BACKWARD, _ONE_DENOMINATOR = 0x80, 0x40, 0x04, 0x08
_OF_ALL = "II"  # the headroom of the photo and of what it becomes
_OF_A_COLOUR = "iiIii"  # least, most, gamma, and the offsets of the photo and of what it becomes
_MOST_DENOMINATOR = 1_000_000


def iso_numbers(content: bytes) -> bytes | None:
    """The numbers of a gain map, from what follows the mark; None if it has any other layout."""
    if len(content) < 5:
        return None
    minimum, _, flags = struct.unpack_from(">HHB", content)
    kinds = _OF_ALL + _OF_A_COLOUR * (3 if flags & _SEVERAL else 1)
    values = _values(content[5:], kinds, has_one_denominator=bool(flags & _ONE_DENOMINATOR))
    if minimum or flags & ~(_SEVERAL | _BASE_COLOURS | _BACKWARD | _ONE_DENOMINATOR) or not values:
        return None
    short = [value.limit_denominator(_MOST_DENOMINATOR) for value in values]
    pairs = [struct.pack(f">{kind}I", *each.as_integer_ratio()) for kind, each in zip(kinds, short, strict=True)]
    return struct.pack(">HHB", 0, 0, flags & ~_ONE_DENOMINATOR) + b"".join(pairs)


def _values(content: bytes, kinds: str, *, has_one_denominator: bool) -> list[Fraction]:
    """The numbers; none if there are more or fewer, or if they are none."""
    layout = ">I" + kinds if has_one_denominator else ">" + "".join(kind + "I" for kind in kinds)
    if len(content) != struct.calcsize(layout):
        return []
    read = struct.unpack(layout, content)
    above, below = (read[1:], read[:1] * len(kinds)) if has_one_denominator else (read[::2], read[1::2])
    return [Fraction(one, other) for one, other in zip(above, below, strict=True)] if all(below) else []
