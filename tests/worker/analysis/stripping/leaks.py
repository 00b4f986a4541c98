"""One constructed file for each way in which places, serial numbers and owners are known to be written."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from tests.photo_files import heic_bytes, written
from tests.worker.analysis.stripping.files import (
    EXIF,
    FILES,
    ISO_NUMBERS,
    PROFILE,
    SECRET,
    SMALL,
    XMP,
    box,
    chained_tiff,
    chunk,
    exif,
    film,
    gain_map,
    iso_gain_map,
    linked_profile_bmp,
    profile_with_serial,
    segment,
    with_chunks,
    with_extension,
    with_pictures_after,
    with_riff,
    with_segments,
    with_xmp,
    xmp_of,
)

_TEXT = SECRET.encode()
_C2PA = box(b"jumb", box(b"jumd", b"c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0") + box(b"json", _TEXT))
_C2PA_ID = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_GOPRO = b"GoPro\0DEVC\0\1\0\1CASN" + struct.pack(">cBH", b"c", 1, len(_TEXT)) + _TEXT
_PLACE = b"+59.3293+018.0686/" + _TEXT
_FLIR = b"FLIR\0\0\0\0" + b"FFF\0" + bytes(60) + _TEXT
_DJI = f'<drone-dji:GpsLatitude xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/">{SECRET}</drone-dji:GpsLatitude>'
_DARWIN = (
    f'<dwc:Event xmlns:dwc="http://rs.tdwg.org/dwc/index.htm"><dwc:verbatimLocality>{SECRET}</dwc:verbatimLocality>'
)
_IPTC = (
    b"\x1c\x02\x5a" + struct.pack(">H", len(_TEXT)) + _TEXT + b"\x1c\x02\x19" + struct.pack(">H", len(_TEXT)) + _TEXT
)
_PHOTOSHOP = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(_IPTC)) + _IPTC + b"\0" * (len(_IPTC) % 2)


def _jp2(*added: bytes) -> bytes:
    return written(SMALL, "JPEG2000") + b"".join(added)


def _thumbnail_exif() -> bytes:
    """EXIF with a preview, which has a place of its own."""
    block = exif().tobytes()
    preview = written(SMALL.resize((32, 20)), "JPEG", comment=_TEXT)
    [first] = struct.unpack_from("<I" if block[6:8] == b"II" else ">I", block, 10)
    order = "<" if block[6:8] == b"II" else ">"
    [count] = struct.unpack_from(f"{order}H", block, 6 + first)
    after = 6 + first + 2 + 12 * count
    start = len(block) - 6
    table = struct.pack(f"{order}H", 3) + struct.pack(f"{order}HHIHH", 0x0103, 3, 1, 6, 0)
    table += struct.pack(f"{order}HHII", 0x0201, 4, 1, start + 42) + struct.pack(
        f"{order}HHII", 0x0202, 4, 1, len(preview)
    )
    return block[:after] + struct.pack(f"{order}I", start) + block[after + 4 :] + table + bytes(4) + preview


def _listed_colours(added: bytes) -> bytes:
    """A JP2 that says more about its colours than what they are."""
    photo = written(SMALL, "JPEG2000")
    longer = [(b"jp2h", len(added)), (b"colr", len(added))]
    for kind, more in longer:
        place = photo.index(kind) - 4
        [size] = struct.unpack_from(">I", photo, place)
        photo = photo[:place] + struct.pack(">I", size + more) + photo[place + 4 :]
    end = photo.index(b"colr") + 11
    return photo[:end] + added + photo[end:]


def _interoperable() -> bytes:
    tags = exif()
    tags.get_ifd(EXIF)[0xA005] = {1: "R98", 4096: SECRET}
    return written(SMALL, "JPEG", exif=tags)


LEAKS: dict[str, Callable[[], bytes]] = {
    # films
    "film after a jpeg": lambda: written(SMALL, "JPEG") + film(_PLACE),
    "film without ftyp after a jpeg": lambda: written(SMALL, "JPEG") + film(_PLACE)[24:],
    "heic with mpvd": lambda: FILES["heic"]() + box(b"mpvd", film(_PLACE)),
    "heic with moov": lambda: FILES["heic"]() + film(_PLACE)[24:],
    "avif with a film": lambda: FILES["avif"]() + box(b"free", film(_PLACE)),
    # XMP in other words
    "xmp of a drone": lambda: with_xmp(_DJI),
    "xmp with Latitude": lambda: with_xmp(f'<a:Latitude xmlns:a="http://a/">{SECRET}</a:Latitude>'),
    "xmp of Darwin Core": lambda: with_xmp(_DARWIN + "</dwc:Event>"),
    "xmp with keywords": lambda: written(SMALL, "WEBP", xmp=XMP),
    "xmp with a long value": lambda: with_xmp(
        f'<a:GPSLatitude xmlns:a="http://a/">{"9" * 30_000}{SECRET}</a:GPSLatitude>'
    ),
    "xmp that is not closed": lambda: with_xmp(f"<a:GPS>{SECRET}" * 1000),
    "xmp in utf-16": lambda: written(SMALL, "WEBP", xmp=xmp_of(_DJI).decode().encode("utf-16")),
    "extended xmp": lambda: with_segments(
        segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", len(XMP), 0) + XMP)
    ),
    # records of makers and programs
    "c2pa in a jpeg": lambda: with_segments(segment(0xEB, b"JP\0\1\0\0\0\1" + _C2PA)),
    "c2pa in a png": lambda: with_chunks(chunk(b"caBX", _C2PA)),
    "c2pa in a heic": lambda: heic_bytes(SMALL) + box(b"uuid", _C2PA_ID + _C2PA),
    "c2pa in a jp2": lambda: _jp2(_C2PA),
    "flir": lambda: with_segments(segment(0xE1, b"FLIR\0\1\0\0" + _FLIR)),
    "gopro": lambda: with_segments(segment(0xE6, _GOPRO)),
    "samsung's trailer": lambda: written(SMALL, "JPEG") + _TEXT + b"SEFH" + struct.pack("<II", 107, 0) + b"SEFT",
    "iptc": lambda: with_segments(segment(0xED, b"Photoshop 3.0\0" + _PHOTOSHOP)),
    "a comment": lambda: written(SMALL, "JPEG", comment=_TEXT),
    "an unknown segment": lambda: with_segments(segment(0xEA, _TEXT)),
    "bytes between segments": lambda: with_segments(segment(0xFE, b"abcd") + _TEXT),
    # previews and other pictures
    "preview in exif": lambda: written(SMALL, "JPEG", exif=_thumbnail_exif()),
    "preview in jfxx": lambda: with_segments(segment(0xE0, b"JFXX\0\x10" + written(SMALL, "JPEG", comment=_TEXT))),
    "second picture": lambda: written(SMALL, "JPEG") + written(SMALL, "JPEG", exif=exif()),
    "gain map": lambda: with_pictures_after(gain_map(), FILES["jpeg"]()),
    "gain map of the standard": lambda: with_pictures_after(iso_gain_map(ISO_NUMBERS)),
    "reduced copy in a tiff": lambda: chained_tiff(2),
    "the 65th directory of a tiff": lambda: chained_tiff(65),
    # EXIF
    "exif": FILES["jpeg"],
    "interoperability": _interoperable,
    "exif after other bytes": lambda: with_segments(segment(0xE1, b"Exif\0\0" + b"\0junk" + exif().tobytes()[6:])),
    # PNG
    "exif in a png's text": lambda: with_chunks(chunk(b"tEXt", b"exif:GPSLatitude\0" + _TEXT)),
    "raw profile in a png": lambda: with_chunks(
        chunk(b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(b"\nexif\n 1\n" + exif().tobytes().hex().encode()))
    ),
    "packed text in a png": lambda: with_chunks(chunk(b"iTXt", b"Where\0\1\0\0\0" + zlib.compress(_TEXT))),
    "private chunk of a png": lambda: with_chunks(chunk(b"prVt", _TEXT)),
    "frames of a png that is not animated": lambda: with_chunks(chunk(b"fdAT", bytes(4) + _TEXT)),
    "within the end of a png": lambda: written(SMALL, "PNG")[:-12] + chunk(b"IEND", _TEXT),
    "after the end of a png": lambda: written(SMALL, "PNG") + _TEXT,
    # other formats
    "comment in a gif": lambda: with_extension(0xFE, _TEXT),
    "xmp in a gif": lambda: with_extension(0xFF, b"XMP DataXMP" + XMP[:200] + _TEXT),
    "plain text in a gif": lambda: with_extension(0x01, bytes(12) + _TEXT),
    "after the end of a gif": lambda: written(SMALL, "GIF") + _TEXT,
    "unknown chunk of a webp": lambda: with_riff(b"WHER", _TEXT),
    "after the end of a webp": lambda: written(SMALL, "WEBP") + _TEXT,
    "description in a tiff": FILES["tiff"],
    "between the parts of a tiff": lambda: FILES["tiff"]() + _TEXT,
    "xml box of a jp2": lambda: _jp2(box(b"xml ", XMP)),
    "exif in a jp2": lambda: _jp2(box(b"uuid", b"JpgTiffExif->JP2" + exif().tobytes()[6:])),
    "unknown box of a jp2": lambda: _jp2(box(b"wher", _TEXT)),
    "colours of a jp2": lambda: _listed_colours(_TEXT),
    "second picture of a jp2": lambda: _jp2(box(b"jp2c", written(SMALL, "JPEG2000", no_jp2=True, comment=SECRET))),
    "comment in a codestream": FILES["j2k"],
    "linked profile of a bmp": linked_profile_bmp,
    "after the pixels of a bmp": lambda: written(SMALL, "BMP") + _TEXT,
    "serial number in a colour profile": lambda: written(SMALL, "JPEG", icc_profile=profile_with_serial()),
    "serial number in a png's profile": lambda: written(SMALL, "PNG", icc_profile=profile_with_serial()),
    "after a colour profile": lambda: written(SMALL, "WEBP", icc_profile=PROFILE + _TEXT),
}
