"""Strips JPEG 2000: the boxes of JP2 (ITU-T T.800, annex I) and the codestream in them (annex A)."""

from __future__ import annotations

import struct

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.boxes import box, boxes
from worker.analysis.stripping.colour_profile import harmless_profile
from worker.analysis.stripping.harmless import Harmless

_SIGNATURE = b"\0\0\0\x0cjP  \r\n\x87\n"
_EXIF, _XMP = b"JpgTiffExif->JP2", bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# Without these, the pictures of JPX files would look different.
_NEEDED = {b"jpch", b"jplh", b"ftbl", b"comp", b"copt", b"inst", b"jp2i"}
# The boxes of the header that stay, and the most bytes each may have: of up to 256 channels and 1024 colours.
_MOST_BYTES = {b"ihdr": 14, b"bpcc": 256, b"pclr": 1 << 16, b"cmap": 4 * 256, b"cdef": 2 + 6 * 256}
_MOST_COLOUR_BYTES = 7 + 28  # of CIELab, which says its ranges
_LISTED, _ICC = 1, (2, 3)  # how a `colr` box says what the colours are
_CIELAB = b"\0\0\0\x0e"

_SOC, _SOT, _SOD, _EOC, _COMMENT = 0xFF4F, 0xFF90, 0xFF93, 0xFFD9, 0xFF64
_KNOWN = {*range(0xFF50, 0xFF54), *range(0xFF55, 0xFF5A), *range(0xFF5C, 0xFF65), _SOD}
_MAX_SEGMENTS = 200_000
_MOST_BRAND_BYTES = 256


def strip_jpeg2000(data: bytes) -> bytes:
    """Keep the codestream and what describes its pixels and colours, and write new EXIF. Raises NotStripped."""
    if not data.startswith(_SIGNATURE):
        return _codestream(data)
    kept = [_SIGNATURE]
    exif = xmp = None
    has_pixels = False
    for kind, start, end in boxes(data, 0, len(data)):
        if kind == b"ftyp" and len(kept) == 1 and end - start <= _MOST_BRAND_BYTES:
            kept.append(box(kind, data[start:end]))
        elif kind == b"jp2h":
            kept.append(box(kind, _header(data, start, end)))
        elif kind == b"jp2c" and not has_pixels:
            kept.append(box(kind, _codestream(data[start:end])))
            has_pixels = True
        elif kind == b"uuid":
            exif = exif or (data[start + 16 : end] if data.startswith(_EXIF, start) else None)
            xmp = xmp or (data[start + 16 : end] if data.startswith(_XMP, start) else None)
        elif kind in _NEEDED:
            raise NotStripped("unknown_part")
    if not has_pixels:
        raise NotStripped("damaged")
    block = Harmless.of(exif, xmp).block()
    return b"".join([*kept, box(b"uuid", _EXIF + block) if block else b""])


def _header(data: bytes, start: int, end: int) -> bytes:
    kept: list[bytes] = []
    for kind, first, last in boxes(data, start, end):
        content = data[first:last]
        if kind == b"colr" and content[0] in _ICC:
            profile = harmless_profile(content[3:])
            kept.append(box(kind, content[:3] + profile) if profile else b"")
        elif kind == b"colr" and content[0] == _LISTED:
            kept.append(box(kind, content[: _MOST_COLOUR_BYTES if content[3:7] == _CIELAB else 7]))
        elif kind in _MOST_BYTES:
            if len(content) > _MOST_BYTES[kind]:
                raise NotStripped("unknown_part")
            kept.append(box(kind, content))
        elif kind == b"res ":
            numbers = [box(inner, data[a:b]) for inner, a, b in boxes(data, first, last) if b - a == 10]
            kept.append(box(kind, b"".join(numbers)) if numbers else b"")
    return b"".join(kept)


def _codestream(data: bytes) -> bytes:
    """The codestream to its end, without comments; zeros in those of a tile, whose length the file states."""
    if data[:2] != _SOC.to_bytes(2, "big"):
        raise NotStripped("damaged")
    head, tiles = bytearray(data[:2]), bytearray()
    position, tile_start, tile_size = 2, 0, 0
    for _ in range(_MAX_SEGMENTS):
        (marker,) = struct.unpack_from(">H", data, position)
        if marker == _EOC:
            return bytes(head + tiles + _EOC.to_bytes(2, "big"))
        if marker == _SOD:
            end = tile_start + tile_size if tile_size else _end_of_open_tile(data, position)
        else:
            end = position + 2 + int.from_bytes(data[position + 2 : position + 4], "big")
        if end < position + 2 or end > len(data):
            raise NotStripped("damaged")
        if marker == _SOT:
            tile_start, (tile_size,) = position, struct.unpack_from(">I", data, position + 6)
        elif marker not in _KNOWN:
            raise NotStripped("unknown_part")
        if marker != _COMMENT:
            (tiles if tile_start else head).extend(data[position:end])
        elif tile_start:
            tiles += data[position : position + 4] + bytes(end - position - 4)
        position = end
    raise NotStripped("too_much")


def _end_of_open_tile(data: bytes, position: int) -> int:
    """Where a tile ends whose length the file does not state. Decoders read on to the end of the file."""
    end = data.index(b"\xff\xd9", position)
    if data.find(b"\xff\xd9", end + 2) >= 0:
        raise NotStripped("damaged")
    return end
