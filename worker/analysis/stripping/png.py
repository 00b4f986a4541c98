"""Strips PNG (https://www.w3.org/TR/png-3/), also animated."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from worker.analysis.files import png_chunks
from worker.analysis.interface import NotStripped
from worker.analysis.stripping.colour_profile import MAX_BYTES, harmless_profile
from worker.analysis.stripping.harmless import Harmless

_START = b"\x89PNG\r\n\x1a\n"
_MAX_CHUNKS = 200_000

# The chunks that stay, and the most bytes each may have. Those of pixels may have any number.
_PIXELS = {b"IDAT", b"fdAT"}
_FRAMES = {b"fcTL", b"fdAT"}
_MOST_BYTES = {
    b"IHDR": 13,
    b"PLTE": 768,
    b"tRNS": 256,
    b"bKGD": 6,
    b"hIST": 512,
    b"sBIT": 4,
    b"pHYs": 9,
    b"gAMA": 4,
    b"cHRM": 32,
    b"sRGB": 1,
    b"cICP": 4,
    b"mDCV": 24,
    b"mDCv": 24,
    b"cLLI": 8,
    b"cLLi": 8,
    b"acTL": 8,
    b"fcTL": 26,
}


def strip_png(data: bytes) -> bytes:
    """Keep the chunks of pixels and colours, and write new EXIF after the header. Raises NotStripped."""
    if not data.startswith(_START + b"\0\0\0\x0dIHDR"):
        raise NotStripped("damaged")
    kept: list[bytes] = []
    exif = xmp = profile = None
    is_animated = False
    for kind, content, chunk in _chunks(data):
        is_animated = is_animated or kind == b"acTL"
        if kind in _PIXELS or len(content) <= _MOST_BYTES.get(kind, -1):
            # Decoders pass over frames of a picture that is not animated, so those may hold anything.
            kept.append(chunk if is_animated or kind not in _FRAMES else b"")
        elif kind == b"iCCP" and profile is None and _is_sound(chunk):
            profile = harmless_profile(_inflated(content.partition(b"\0")[2][1:]))
            kept.append(_chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(profile)) if profile else b"")
        elif kind == b"eXIf":
            exif = exif or content
        elif kind in {b"iTXt", b"tEXt", b"zTXt"}:
            keyword, _, rest = content.partition(b"\0")
            if keyword == b"Raw profile type exif" and exif is None:  # only the first: it may be a bomb
                exif = _hexadecimal(_text(kind, rest))
            elif keyword == b"XML:com.adobe.xmp" and xmp is None:
                xmp = _text(kind, rest)
        elif kind in _MOST_BYTES or kind[:1].isupper():
            raise NotStripped("unknown_part")
    block = Harmless.of(exif, xmp).block()
    return b"".join([_START, kept[0], _chunk(b"eXIf", block) if block else b"", *kept[1:], _chunk(b"IEND", b"")])


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, content and the whole of each chunk before the end of the picture."""
    for number, (kind, start, end) in enumerate(png_chunks(data)):
        if number == _MAX_CHUNKS:
            raise NotStripped("too_much")
        if end > len(data):
            break
        if kind == b"IEND":
            return
        yield kind, data[start + 8 : end - 4], data[start:end]
    raise NotStripped("damaged")


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))


def _is_sound(chunk: bytes) -> bool:
    """Whether the checksum is right. Decoders ignore profiles in other chunks."""
    return zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big")


def _text(kind: bytes, rest: bytes) -> bytes:
    """The text of a text chunk, from what follows its keyword."""
    if kind == b"tEXt":
        return rest[:MAX_BYTES]
    if kind == b"zTXt":
        return _inflated(rest[1:])
    text = rest[2:].split(b"\0", 2)[-1]
    return _inflated(text) if rest[:1] == b"\1" else text[:MAX_BYTES]


def _inflated(content: bytes) -> bytes:
    """The first bytes of compressed content; none if it is broken. It is only read."""
    try:
        return zlib.decompressobj().decompress(content, MAX_BYTES)
    except zlib.error:
        return b""


def _hexadecimal(text: bytes) -> bytes:
    """EXIF as ImageMagick wrote it before PNG had a chunk for it: three header lines, then hexadecimal digits."""
    try:
        return bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except ValueError:
        return b""
