"""Strips WebP (https://developers.google.com/speed/webp/docs/riff_container), also animated."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from worker.analysis.interface import NotStripped
from worker.analysis.stripping.colour_profile import harmless_profile
from worker.analysis.stripping.harmless import Harmless

_MAX_CHUNKS = 100_000
_FRAME = {b"VP8 ", b"VP8L", b"ALPH"}
_FRAME_HEADER = 16
_EXIF_FLAG, _XMP_FLAG, _PROFILE_FLAG = 0x08, 0x04, 0x20


def strip_webp(data: bytes) -> bytes:
    """Keep the chunks of pixels and colours, and write new EXIF at the end. Raises NotStripped."""
    (size,) = struct.unpack_from("<I", data, 4)
    if 8 + size > len(data):
        raise NotStripped("damaged")
    header = profile = b""
    frames: list[bytes] = []
    exif = xmp = None
    for kind, content in _chunks(data, 12, 8 + size):
        if kind in _FRAME or (kind == b"ANIM" and len(content) == 6):
            frames.append(_chunk(kind, content))
        elif kind == b"ANMF":
            inner = (_chunk(*part) for part in _chunks(content, _FRAME_HEADER, len(content)) if part[0] in _FRAME)
            frames.append(_chunk(kind, content[:_FRAME_HEADER] + b"".join(inner)))
        elif kind == b"VP8X" and len(content) == 10:
            header = header or content
        elif kind == b"ICCP":
            profile = profile or harmless_profile(content)
        elif kind == b"EXIF":
            exif = exif or content
        elif kind == b"XMP ":
            xmp = xmp or content
    if header:
        profile = profile if header[0] & _PROFILE_FLAG else b""
        block = Harmless.of(exif if header[0] & _EXIF_FLAG else None, xmp if header[0] & _XMP_FLAG else None).block()
        flags = header[0] & ~(_EXIF_FLAG | _XMP_FLAG | _PROFILE_FLAG)
        flags |= (_EXIF_FLAG if block else 0) | (_PROFILE_FLAG if profile else 0)
        header = _chunk(b"VP8X", bytes([flags]) + header[1:])
        header += _chunk(b"ICCP", profile) if profile else b""
        frames.append(_chunk(b"EXIF", block) if block else b"")
    body = b"WEBP" + header + b"".join(frames)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(data: bytes, position: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each chunk."""
    for _ in range(_MAX_CHUNKS):
        if position + 8 > end:
            return
        kind, size = struct.unpack_from("<4sI", data, position)
        if position + 8 + size > end:
            raise NotStripped("damaged")
        yield kind, data[position + 8 : position + 8 + size]
        position += 8 + size + size % 2
    raise NotStripped("too_much")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
