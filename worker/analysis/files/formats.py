"""Identifies the format of a file by its first bytes, never by its name.

Names many formats that we do not accept, so that people know what they have uploaded.
"""

from __future__ import annotations

import re
from typing import Literal

from worker.analysis.files.raw_kinds import TIFF_MARKS, raw_kind
from worker.analysis.files.video_kinds import video_kind
from worker.analysis.interface import DecodeError

PhotoFormat = Literal[
    "jpeg", "png", "webp", "heic", "avif", "tiff", "bmp", "gif", "mpo", "jpeg2000", "jpeg_xl", "raw", "video"
]

# A JPEG is sent as image/jpeg even when more pictures follow it (MPO): every browser shows the first.
CONTENT_TYPES: dict[PhotoFormat, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "avif": "image/avif",
    "tiff": "image/tiff",
    "bmp": "image/bmp",
    "gif": "image/gif",
    "mpo": "image/jpeg",
    "jpeg2000": "image/jp2",
    "jpeg_xl": "image/jxl",
    "raw": "image/x-dcraw",
    "video": "video/mp4",
}

# Safari shows HEIC and JPEG XL, others do not.
NOT_SHOWN_BY_BROWSERS: frozenset[PhotoFormat] = frozenset({"heic", "tiff", "jpeg2000", "jpeg_xl", "raw"})

DISPLAY_NAMES: dict[PhotoFormat, str] = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WebP",
    "heic": "HEIC",
    "avif": "AVIF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "gif": "GIF",
    "mpo": "JPEG",
    "jpeg2000": "JPEG 2000",
    "jpeg_xl": "JPEG XL",
    "raw": "RAW file",
    "video": "video",
}

_SAVE_AS_JPEG = "Save it as JPEG and upload that."
_NOT_A_PHOTO = "We can only use photos and videos; leave it out."
_SAVE_AS_MP4 = "Save it as MP4 and upload that."
_UNPACK = "Unpack it and upload the photos in it."


def identify(data: bytes) -> PhotoFormat:
    """The format of a photo or a video by its header.

    Raises:
        DecodeError: not_an_image, or unsupported_format with the name of the format.
    """
    found: PhotoFormat | None = "raw" if raw_kind(data) else _photo_format(data)
    if found:
        return found
    if video_kind(data):
        return "video"
    named = _known_other(data)
    if named:
        raise _unsupported(*named)
    raise DecodeError("not_an_image", _nothing_known(data))


def _unsupported(name: str, remedy: str) -> DecodeError:
    return DecodeError("unsupported_format", f"This is {name}, not a photo or video that we can read. {remedy}")


def _photo_format(data: bytes) -> PhotoFormat | None:
    head = data[:16]
    if head[:4] in TIFF_MARKS:
        return "tiff"
    if head[:2] == b"BM" and data[14:18] in _BITMAP_HEADERS:
        return "bmp"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return _heif_format(data)
    return next((found for mark, found in PHOTO_MARKS if head.startswith(mark)), None)


PHOTO_MARKS: tuple[tuple[bytes, PhotoFormat], ...] = (
    (b"\xff\xd8", "jpeg"),
    (b"\x89PNG", "png"),  # the rest of the mark is broken after a transfer as text: "corrupt", not "not_an_image"
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
    (b"\xff\x4f\xff\x51", "jpeg2000"),
    (b"\0\0\0\x0cJXL \r\n\x87\n", "jpeg_xl"),
    (b"\xff\x0a", "jpeg_xl"),
)
_BITMAP_HEADERS = {size.to_bytes(4, "little") for size in (12, 16, 40, 52, 56, 64, 108, 124)}


def _heif_format(data: bytes) -> PhotoFormat | None:
    """AVIF or HEIC by the brands in the first box; videos use the same container.

    https://github.com/strukturag/libheif/wiki/HEIF-brands; ISO/IEC 23008-12 and the AVIF specification.
    """
    size = int.from_bytes(data[:4], "big")
    box = data[8 : max(16, min(size, 512))]
    brands = {box[start : start + 4] for start in range(0, len(box) - 3, 4) if start != 4}
    if brands & {b"avif", b"avis"}:
        return "avif"
    if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"mif2", b"msf1"}:
        return "heic"
    return None


# --- Formats that we do not read ---------------------------------------------------------------------------


# (offset, first bytes, what it is, remedy)
OTHERS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"PK\x03\x04", "a ZIP archive", _UNPACK),
    (0, b"PK\x05\x06", "an empty ZIP archive", _UNPACK),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"BZh", "a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"%!PS", "a PostScript file", _SAVE_AS_JPEG),
    (0, b"\xc5\xd0\xd3\xc6", "a PostScript file", _SAVE_AS_JPEG),
    (0, b"8BPS", "a Photoshop file", _SAVE_AS_JPEG),
    (0, b"gimp xcf", "a GIMP file", _SAVE_AS_JPEG),
    (0, b"II\xbc", "a JPEG XR image", _SAVE_AS_JPEG),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR image", _SAVE_AS_JPEG),
    (0, b"#?RADIANCE", "a Radiance HDR image", _SAVE_AS_JPEG),
    (0, b"#?RGBE", "a Radiance HDR image", _SAVE_AS_JPEG),
    (0, b"qoif", "a QOI image", _SAVE_AS_JPEG),
    (0, b"DDS ", "a DirectDraw texture", _SAVE_AS_JPEG),
    (0, b"SIMPLE  =", "a FITS image", _SAVE_AS_JPEG),
    (128, b"DICM", "a DICOM image", _SAVE_AS_JPEG),
    (0, b"\0\0\x01\0", "an icon", _NOT_A_PHOTO),
    (0, b"\0\0\x02\0", "a mouse pointer", _NOT_A_PHOTO),
    (4, b"ftypM4A", "a sound recording", _NOT_A_PHOTO),
    (4, b"ftypM4B", "a sound recording", _NOT_A_PHOTO),
    (4, b"ftypM4P", "a sound recording", _NOT_A_PHOTO),
    (0, b"\0\0\x01\xba", "an MPEG video", _SAVE_AS_MP4),
    (0, b"\0\0\x01\xb3", "an MPEG video", _SAVE_AS_MP4),
    (0, b"FLV\x01", "a Flash video", _SAVE_AS_MP4),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media video", _SAVE_AS_MP4),
    (8, b"WAVEfmt ", "a sound recording", _NOT_A_PHOTO),
    (0, b"OggS", "a sound recording", _NOT_A_PHOTO),
    (0, b"ID3", "a sound recording", _NOT_A_PHOTO),
    (0, b"fLaC", "a sound recording", _NOT_A_PHOTO),
    (0, b"MThd", "a sound recording", _NOT_A_PHOTO),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document or a Windows thumbnail list", _NOT_A_PHOTO),
    (0, b"SQLite format 3", "a database", _NOT_A_PHOTO),
    (0, b"MZ", "a program", _NOT_A_PHOTO),
    (0, b"\x7fELF", "a program", _NOT_A_PHOTO),
    (0, b"\0\0\0\x01Bud1", "a folder's settings, written by macOS", _NOT_A_PHOTO),
    (
        0,
        b"\0\x05\x16\x07",
        "a macOS companion file of a photo",
        "The photo itself has the same name without ._ before it; upload that.",
    ),
)


# Marks of text formats, in lower case. Other bytes may come before them. The first mark that is found counts.
TEXTS: tuple[tuple[bytes, str, str], ...] = (
    (b"%pdf-", "a PDF document", _SAVE_AS_JPEG),
    (b"<svg", "an SVG drawing", _SAVE_AS_JPEG),
    (b"<x:xmpmeta", "an XMP sidecar file of a photo", "Upload the photo itself."),
    (b"<!doctype html", "a web page", "If it was saved from a site, download the photo itself."),
    (b"<html", "a web page", "If it was saved from a site, download the photo itself."),
    (b"<?xml", "an XML document", _NOT_A_PHOTO),
    (b"bplist00", "a property list of macOS", _NOT_A_PHOTO),
)


def _known_other(data: bytes) -> tuple[str, str] | None:
    for offset, mark, name, remedy in OTHERS:
        if data.startswith(mark, offset):
            return name, remedy
    head = data[:1024].replace(b"\0", b"").lower()  # UTF-16 text has a NUL beside every letter
    for mark, name, remedy in TEXTS:
        if mark in head:
            return name, remedy
    if re.match(rb"P[1-7fF]\s", data):
        return "a Netpbm image", _SAVE_AS_JPEG
    return None


def _nothing_known(data: bytes) -> str:
    if not data.strip(b"\0"):
        return "The file contains only zeros; a copy probably failed. Copy the photo again from its source."
    if _is_text(data[:4096]):
        return "This is a text file, not a photo. Upload the photo itself."
    return "This is not a photo, or it is damaged beyond recognition. Open it in a photo viewer to check."


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]", head) and _decodes(head)


def _decodes(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4  # the head ends in the middle of a character
    return True
