"""Strips BMP (https://learn.microsoft.com/windows/win32/api/wingdi/ns-wingdi-bitmapv5header)."""

from __future__ import annotations

import struct

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.byte_ranges import only
from worker.analysis.stripping.colour_profile import harmless_profile

_FILE_HEADER = 14
_PLAIN, _MASKS, _ALPHA_MASKS = 0, 3, 6
_RUN_LENGTHS = (1, 2)
_V5_BYTES = 124
_COLOUR_SPACE, _PROFILE = _FILE_HEADER + 56, _FILE_HEADER + 112
_LINKED, _EMBEDDED, _SRGB = b"KNIL", b"DEBM", b"BGRs"


def strip_bmp(data: bytes) -> bytes:
    """Keep the header, the colours and the pixels, with zeros between them, and the profile. Raises NotStripped."""
    pixels, header_size = struct.unpack_from("<II", data, 10)
    width, height, bits, compression, image_size = _header(data, header_size)
    if compression in {_PLAIN, _MASKS, _ALPHA_MASKS}:
        image_size = (width * bits + 31) // 32 * 4 * abs(height)
    elif compression not in _RUN_LENGTHS:
        raise NotStripped("unknown_part")
    masks = {_MASKS: 12, _ALPHA_MASKS: 16}.get(compression, 0) if header_size == 40 else 0
    colours = _FILE_HEADER + header_size + masks + _palette_bytes(data, header_size, bits)
    if width <= 0 or not colours <= pixels < pixels + image_size <= len(data):
        raise NotStripped("damaged")
    kept = only(data, [(0, colours), (pixels, pixels + image_size)], pixels + image_size)
    if header_size == _V5_BYTES:
        kept += _moved_profile(data, kept)
    kept[2:6] = struct.pack("<I", len(kept))
    kept[6:10] = bytes(4)
    return bytes(kept)


def _header(data: bytes, size: int) -> tuple[int, int, int, int, int]:
    """Width, height, bits of a pixel, compression, bytes of the picture."""
    if size == 12:
        width, height, _, bits = struct.unpack_from("<HHHH", data, 18)
        return width, height, bits, _PLAIN, 0
    width, height, _, bits = struct.unpack_from("<iiHH", data, 18)
    compression, image_size = struct.unpack_from("<II", data, 30) if size >= 40 else (_PLAIN, 0)
    return width, height, bits, compression, image_size


def _palette_bytes(data: bytes, header_size: int, bits: int) -> int:
    if bits > 8:
        return 0
    if header_size == 12:
        return 3 << bits
    [used] = struct.unpack_from("<I", data, 46) if header_size >= 40 else [0]
    return 4 * min(used or 1 << bits, 1 << bits)


def _moved_profile(data: bytes, kept: bytearray) -> bytes:
    """The embedded profile, to be put after the pixels. A link to a profile is a file's name, so it goes."""
    start, size = struct.unpack_from("<II", data, _PROFILE)
    profile = b""
    if kept[_COLOUR_SPACE : _COLOUR_SPACE + 4] == _EMBEDDED:
        profile = harmless_profile(data[_FILE_HEADER + start : _FILE_HEADER + start + size])
    elif kept[_COLOUR_SPACE : _COLOUR_SPACE + 4] != _LINKED:
        size = 0
    if not profile and size:
        kept[_COLOUR_SPACE : _COLOUR_SPACE + 4] = _SRGB
    struct.pack_into("<II", kept, _PROFILE, len(kept) - _FILE_HEADER if profile else 0, len(profile))
    return profile
