"""Files made to take long: many small parts, parts that point at the same bytes, compressed bombs, open brackets."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import partial

from tests.photo_files import heic_bytes, png_bytes, written
from tests.worker.analysis.stripping.files import SMALL, box, chunk, segment, with_chunks, with_riff, with_segments


def many_directories(count: int, entries: int = 100) -> bytes:
    """A TIFF whose directories all point at the same values."""
    shared = 8 + count * (2 + 12 * entries + 4)
    table = struct.pack("<H", entries) + struct.pack("<HHII", 0x0111, 4, 1000, shared) * entries
    tables = b"".join(
        table + struct.pack("<I", 8 + (number + 1) * (len(table) + 4) if number + 1 < count else 0)
        for number in range(count)
    )
    return b"II*\0" + struct.pack("<I", 8) + tables + bytes(4000)


def many_items(count: int) -> bytes:
    """A HEIC with items that all point at the whole file, and refer to each other."""
    numbers = range(1, count + 1)
    information = b"".join(
        box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", number, 0, b"hvc1") + b"\0") for number in numbers
    )
    places = b"".join(struct.pack(">HHHII", number, 0, 1, 0, 0) for number in numbers)
    targets = struct.pack(f">HH{count}H", 1, count, *numbers)
    inner = [
        box(b"hdlr", bytes(8) + b"pict" + bytes(13)),
        box(b"pitm", struct.pack(">IH", 0, 1)),
        box(b"iinf", struct.pack(">IH", 0, count) + information),
        box(b"iloc", struct.pack(">IHH", 0, 0x4400, count) + places),
        box(b"iref", bytes(4) + box(b"dimg", targets) * 4),
        box(b"iprp", box(b"ipco", b"") + box(b"ipma", bytes(8))),
    ]
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"meta", bytes(4) + b"".join(inner)) + box(b"mdat", bytes(1000))


def tiles_of_a_codestream(count: int) -> bytes:
    """A JPEG 2000 codestream of many empty tiles."""
    photo = written(SMALL, "JPEG2000", no_jp2=True)
    tile = struct.pack(">HHHIBB", 0xFF90, 10, 0, 14, 0, 1) + b"\xff\x93"
    return photo[: photo.index(b"\xff\x90")] + tile * count + b"\xff\xd9"


def _xmp(packet: bytes) -> bytes:
    return written(SMALL, "WEBP", xmp=packet)


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "segments of a jpeg": lambda count: with_segments(*[segment(0xFE, b"")] * count),
    "exif segments": lambda count: with_segments(*[segment(0xE1, b"Exif\0\0II*\0\x08\0\0\0" + bytes(40))] * count),
    "chunks of a png": lambda count: png_bytes(8, 8, *[(b"tEXt", b"a\0b")] * count, rows=bytes(16)),
    "packed chunks of a png": lambda count: with_chunks(
        *[chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(bytes(1000)))] * count
    ),
    "chunks of a webp": lambda count: with_riff(b"JUNK", b"").replace(b"JUNK" + bytes(4), (b"JUNK" + bytes(4)) * count),
    "blocks of a gif": lambda count: written(SMALL, "GIF")[:-1] + b"!\xfe" + b"\1a" * count + b"\0;",
    "boxes of a heic": lambda count: heic_bytes(SMALL, quality=60) + box(b"free", b"") * count,
    "items of a heic": many_items,
    "directories of a tiff": lambda count: many_directories(count // 10),
    "tiles of a codestream": tiles_of_a_codestream,
    "boxes of a jp2": lambda count: written(SMALL, "JPEG2000") + box(b"uuid", bytes(16)) * count,
}
"""Each makes a file with about so many parts."""

LARGE: dict[str, Callable[[], bytes]] = {
    "repeated xmp": lambda: _xmp(b"<a:GPS>" * 600_000),
    "xmp that is not closed": lambda: _xmp(b'<a:GPSLatitude tiff:Make="' * 160_000),
    "spaces in xmp": lambda: _xmp((b"tiff:Make" + b" " * 2000) * 2000),
    "fill bytes in a jpeg": lambda: with_segments(b"\xff" * 4_000_000 + b"\0"),
    "packed bombs in a png": lambda: with_chunks(
        *[chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(bytes(4 << 20)))] * 500,
        *[chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(4 << 20)))] * 500,
    ),
    "blocks of a gif": lambda: HOSTILE["blocks of a gif"](2_000_000),
    **{name: partial(make, 50_000) for name, make in HOSTILE.items() if name != "blocks of a gif"},
}
"""Several megabytes each. Whatever takes time by their square would take hours."""
