"""Removes the location, and the serial numbers of camera and lens, from a photo's file without touching its pixels.

Only metadata changes, in place: the file keeps its length, its order and every byte of its picture. This module finds
the blocks of metadata in each format; `tiff_blanking`, `xmp_blanking` and `iptc_blanking` say what is blanked in them.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

from worker.analysis.metadata.errors import CannotBlank
from worker.analysis.metadata.isobmff import Span, boxes, metadata_items
from worker.analysis.metadata.tiff_blanking import blank_photoshop, blank_tiff
from worker.analysis.metadata.xmp_blanking import blank_xmp

Blank = Callable[[bytearray], None]

_EXIF_MARK = b"Exif\0\0"
_XMP_MARK = b"http://ns.adobe.com/xap/1.0/\0"
_LONG_XMP_MARK = b"http://ns.adobe.com/xmp/extension/\0"
_LONG_XMP_HEADER = len(_LONG_XMP_MARK) + 32 + 4 + 4  # the packet's digest and length, and the offset of this part
_PHOTOSHOP_MARK = b"Photoshop 3.0\0"
_NEXT_PICTURE = re.compile(rb"\xff\xd8\xff[\xdb\xe0-\xef]")
_MAX_TEXT = 16 * 1024 * 1024
# ISO 6709, as in the videos that phones append to a picture: +59.3293+018.0686/
_COORDINATES = re.compile(rb"[+-]\d{2,6}(?:\.\d+)?[+-]\d{3,7}(?:\.\d+)?(?:[+-]\d+(?:\.\d+)?)?/")


def blank_location(data: bytearray, photo_format: str) -> bool:
    """Blank the location and the serial numbers in a photo's file; changes `data` itself.

    Args:
        data: the file.
        photo_format: its format, as `files.identify` returns it.

    Returns:
        False if the location may still be in the file, because its metadata cannot be read.
    """
    try:
        _STRIPPERS[photo_format](data)
    except (CannotBlank, struct.error, IndexError, ValueError, OverflowError):
        return False
    return True


def _blank_spans(data: bytearray, spans: Sequence[Span], blank: Blank) -> None:
    """Blank a block that the file stores in pieces."""
    block = bytearray().join(data[start:end] for start, end in spans)
    length = len(block)
    blank(block)
    if len(block) != length:
        raise CannotBlank("length")
    for start, end in spans:
        size = len(data[start:end])
        data[start : start + size], block = block[:size], block[size:]


def _blank_exif(block: bytearray) -> None:
    """Blank EXIF with or without the mark that JPEG puts before it."""
    start = len(_EXIF_MARK) if block.startswith(_EXIF_MARK) else 0
    tiff = block[start:]
    blank_tiff(tiff)
    block[start:] = tiff


# --- JPEG ---------------------------------------------------------------------------------------------------------


def _strip_jpeg(data: bytearray) -> None:
    """Blank the first picture, those after it (MPO), and a video that a phone has appended."""
    end = _strip_jpeg_picture(data, 0)
    _strip_video(data, end)
    while following := _NEXT_PICTURE.search(data, end):
        start = following.start()
        following = None  # a match locks the array against changes
        end = _strip_jpeg_picture(data, start)


def _strip_jpeg_picture(data: bytearray, start: int) -> int:
    """Blank one picture and return where it ends."""
    long_xmp: list[Span] = []
    has_pixels = False
    position = start + 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            following = data.find(b"\xff", position)
            if following < 0 or start > 0:
                break  # the end, or bytes of a video that only look like the start of a picture
            position = following  # some programs write a wrong length; decoders skip to the next marker too
            continue
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0xDA:
            has_pixels = True
            break
        if marker in {0x01, 0xD9} or 0xD0 <= marker <= 0xD8:
            position += 2
            continue
        (length,) = struct.unpack_from(">H", data, position + 2)
        content, end = position + 4, min(position + 2 + length, len(data))
        if marker == 0xE1 and data.startswith(_LONG_XMP_MARK, content, end):
            long_xmp.append((content + _LONG_XMP_HEADER, end))
        else:
            _blank_segment(data, marker, content, end)
        position += 2 + length
    if start == 0 and not has_pixels:
        raise CannotBlank("JPEG")
    if long_xmp:
        _blank_spans(data, long_xmp, blank_xmp)
    end = data.find(b"\xff\xd9", position)
    return len(data) if end < 0 else end + 2


def _blank_segment(data: bytearray, marker: int, start: int, end: int) -> None:
    marks: tuple[tuple[int, bytes, Blank], ...] = (
        (0xE1, _EXIF_MARK, blank_tiff),
        (0xE1, _XMP_MARK, blank_xmp),
        (0xED, _PHOTOSHOP_MARK, blank_photoshop),
    )
    for of_marker, mark, blank in marks:
        if marker == of_marker and data.startswith(mark, start, end):
            _blank_spans(data, [(start + len(mark), end)], blank)


def _strip_video(data: bytearray, start: int) -> None:
    """Set the coordinates in a video to zero, both as text and in `loci` boxes (3GPP TS 26.244)."""
    video = data[start:]
    if b"ftyp" not in video:
        return
    video[:] = _COORDINATES.sub(lambda found: re.sub(rb"\d", b"0", found[0]), video)
    position = video.find(b"loci")
    while position >= 4:
        (size,) = struct.unpack_from(">I", video, position - 4)
        stop = position - 4 + size
        if 20 <= size <= 4096 and stop <= len(video):
            video[position : position + 4] = b"free"
            video[position + 4 : stop] = bytes(stop - position - 4)
        position = video.find(b"loci", position + 4)
    data[start:] = video


# --- PNG ----------------------------------------------------------------------------------------------------------


def _strip_png(data: bytearray) -> None:
    position = 8
    while position + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, position)
        kind, start, end = bytes(data[position + 4 : position + 8]), position + 8, position + 8 + length
        if end + 4 > len(data):
            break
        if kind == b"eXIf":
            _blank_spans(data, [(start, end)], _blank_exif)
        elif kind in {b"iTXt", b"tEXt", b"zTXt"}:
            _strip_png_text(data, kind, start, end)
        if kind in {b"eXIf", b"iTXt", b"tEXt", b"zTXt"}:
            struct.pack_into(">I", data, end, zlib.crc32(data[position + 4 : end]))
        position = end + 4


def _strip_png_text(data: bytearray, kind: bytes, start: int, end: int) -> None:
    keyword, _, rest = bytes(data[start:end]).partition(b"\0")
    if kind == b"iTXt" and keyword == b"XML:com.adobe.xmp" and rest[:1] == b"\0":
        text = end - len(rest.split(b"\0", 4)[-1])
        _blank_spans(data, [(text, end)], blank_xmp)
    elif keyword.startswith(b"Raw profile type") or keyword == b"XML:com.adobe.xmp":
        # Hexadecimal or compressed text cannot change without changing its length, so the whole chunk becomes an empty
        # chunk of a private type.
        data[start - 4 : start] = b"prVt"
        data[start:end] = bytes(end - start)


# --- WebP, HEIF, JPEG 2000, GIF -----------------------------------------------------------------------------------


def _strip_webp(data: bytearray) -> None:
    position = 12
    while position + 8 <= len(data):
        kind = bytes(data[position : position + 4])
        (size,) = struct.unpack_from("<I", data, position + 4)
        span = (position + 8, min(position + 8 + size, len(data)))
        if kind == b"EXIF":
            _blank_spans(data, [span], _blank_exif)
        elif kind == b"XMP ":
            _blank_spans(data, [span], blank_xmp)
        position += 8 + size + size % 2


def _strip_heif(data: bytearray) -> None:
    for kind, spans in metadata_items(data):
        _blank_spans(data, spans, _blank_heif_exif if kind == "exif" else blank_xmp)


def _blank_heif_exif(block: bytearray) -> None:
    """Blank the EXIF of HEIC. Four bytes give the distance from them to the TIFF header (ISO/IEC 23008-12, annex A)."""
    if len(block) < 4:
        return
    start = 4 + int.from_bytes(block[:4], "big")
    tiff = block[start:]
    blank_tiff(tiff)
    block[start:] = tiff


_JP2_EXIF = b"JpgTiffExif->JP2"
_JP2_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


def _strip_jpeg2000(data: bytearray) -> None:
    if not data.startswith(b"\0\0\0\x0cjP"):
        return  # a bare codestream has no metadata
    for kind, start, end in boxes(data, 0, len(data)):
        if kind == b"uuid":
            mark = bytes(data[start : start + 16])
            blank = {_JP2_EXIF: _blank_exif, _JP2_XMP: blank_xmp}.get(mark)
            if blank is not None:
                _blank_spans(data, [(start + 16, end)], blank)
        elif kind == b"xml ":
            _blank_spans(data, [(start, end)], blank_xmp)


def _strip_gif(data: bytearray) -> None:
    """Blank the XMP packets, which GIF stores unchanged, up to their trailer (XMP specification, part 3)."""
    for start, end in _gif_packets(data):
        _blank_spans(data, [(start, end)], blank_xmp)


def _gif_packets(data: bytearray) -> Iterator[Span]:
    mark = b"\x21\xff\x0bXMP DataXMP"
    position = data.find(mark)
    while position >= 0:
        start = position + len(mark)
        end = data.find(b"<?xpacket end", start)
        if end < 0 or end - start > _MAX_TEXT:
            raise CannotBlank("XMP")
        yield start, end
        position = data.find(mark, end)


def _strip_nothing(data: bytearray) -> None:
    """BMP has no room for metadata."""


_STRIPPERS: dict[str, Callable[[bytearray], None]] = {
    "jpeg": _strip_jpeg,
    "mpo": _strip_jpeg,
    "png": _strip_png,
    "webp": _strip_webp,
    "heic": _strip_heif,
    "avif": _strip_heif,
    "tiff": blank_tiff,
    "bmp": _strip_nothing,
    "gif": _strip_gif,
    "jpeg2000": _strip_jpeg2000,
}
