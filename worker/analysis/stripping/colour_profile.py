"""Keeps what maps colours in an ICC profile (ICC.1:2022, sections 7.2 to 7.4, and the tags of ICC.1:2001-04).

Profiles of screens name the screen's serial number (`mmod`, `meta`) and its owner's files in private tags.
"""

from __future__ import annotations

import struct
from itertools import pairwise

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.byte_ranges import merge, only

MAX_BYTES = 4 << 20
_MAX_TAGS = 100  # real profiles have about twenty
_IDENTITY = slice(84, 100)  # a checksum, which zeros switch off

_KEPT = {
    *(f"{way}{number}".encode() for way in ("A2B", "B2A", "D2B", "B2D") for number in range(4)),
    *(f"{colour}{what}".encode() for colour in "rgb" for what in ("XYZ", "TRC")),
    *(b"kTRC", b"wtpt", b"bkpt", b"gamt", b"chad", b"chrm", b"cicp", b"clro", b"clrt", b"clot", b"ncl2", b"lumi"),
    *(b"meas", b"tech", b"view", b"pre0", b"pre1", b"pre2", b"rig0", b"rig2", b"ciis", b"aarg", b"aagg", b"aabg"),
    *(b"desc", b"cprt", b"dmnd", b"dmdd", b"vued"),  # names of the profile and of the kind of device
}


def harmless_profile(profile: bytes) -> bytes:
    """The profile with zeros instead of its other tags, of the same length; empty if it is not a profile.

    Raises:
        NotStripped: damaged. Its colours could change.
    """
    if len(profile) < 132 or len(profile) > MAX_BYTES or profile[36:40] != b"acsp":
        return b""
    (count,) = struct.unpack_from(">I", profile, 128)
    end_of_table = 132 + 12 * count
    if count > _MAX_TAGS or end_of_table > len(profile):
        raise NotStripped("damaged")
    rows = [struct.unpack_from(">4sII", profile, place) for place in range(132, end_of_table, 12)]
    kept = [row for row in rows if row[0] in _KEPT and row[1] + row[2] <= len(profile)]  # decoders ignore others
    if any(start < end_of_table for _, start, _ in kept) or _is_unowned(profile, end_of_table, rows):
        raise NotStripped("damaged")
    cleaned = only(profile, [(0, 128), *((start, start + size) for _, start, size in kept)], len(profile))
    table = struct.pack(">I", len(kept)) + b"".join(struct.pack(">4sII", *row) for row in kept)
    cleaned[128 : 128 + len(table)] = table
    if cleaned != profile:
        cleaned[_IDENTITY] = bytes(16)
    return bytes(cleaned)


def _is_unowned(profile: bytes, end_of_table: int, rows: list[tuple[bytes, int, int]]) -> bool:
    """Whether the profile has bytes that are in no tag. Decoders read on where the size of a tag is too small."""
    size = int.from_bytes(profile[:4], "big")
    owned = merge([(0, end_of_table), *((start, start + length) for _, start, length in rows), (size, size + 1)])
    return any(profile[end : min(start, size)].strip(b"\0") for (_, end), (start, _) in pairwise(owned))
