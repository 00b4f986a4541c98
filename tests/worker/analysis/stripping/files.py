"""Photos of every format that say too much, made by hand, and what must not be left of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, PngImagePlugin, TiffImagePlugin

from tests.icc_profiles import DISPLAY_P3, rgb_profile
from tests.photo_files import PICTURE, heic_bytes, written

SECRET = "SN-59.3293-0123"
"""In every place that must go, so that one search finds what is left."""
TAKEN = "2024:06:15 12:00:05"
GPS, EXIF = 0x8825, 0x8769
SMALL = PICTURE.resize((96, 64))

XMP = f"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="59,19.7648N" aux:SerialNumber="{SECRET}">
<dc:subject><rdf:Bag><rdf:li>Stockholm {SECRET}</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF>
</x:xmpmeta><?xpacket end="w"?>""".encode()


def exif(orientation: int = 6) -> Image.Exif:
    """EXIF of a camera that writes whatever there is to write."""
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0112], tags[0x0132] = "Drawn", "Camera 1", orientation, TAKEN
    tags[0x010E], tags[0x013B], tags[0x8298] = f"At {SECRET}", f"Owner {SECRET}", f"Rights {SECRET}"
    tags.get_ifd(EXIF).update({0x9003: TAKEN, 0x9291: "25", 0x9011: "+02:00", 0xA001: 1})
    tags.get_ifd(EXIF).update({0xA430: f"Owner {SECRET}", 0xA431: SECRET, 0xA435: SECRET, 0xA420: SECRET})
    tags.get_ifd(EXIF).update({0x927C: b"MAKER " + SECRET.encode() * 3, 0x9286: b"ASCII\0\0\0" + SECRET.encode()})
    latitude = tuple(TiffImagePlugin.IFDRational(*part) for part in ((59, 1), (19, 1), (4589, 100)))
    tags.get_ifd(GPS).update({1: "N", 2: latitude, 3: "E", 4: (18.0, 4.0, 6.7), 27: SECRET.encode()})
    return tags


def _png_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", SECRET)
    return text


PROFILE = rgb_profile(DISPLAY_P3)
_SAYING: dict[str, Any] = {"xmp": XMP, "icc_profile": PROFILE}
FILES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: written(SMALL, "JPEG", quality=90, exif=exif(), comment=SECRET.encode(), **_SAYING),
    "progressive": lambda: written(SMALL, "JPEG", quality=90, progressive=True, exif=exif(), **_SAYING),
    "cmyk": lambda: written(SMALL.convert("CMYK"), "JPEG", exif=exif(), xmp=XMP),
    "mpo": lambda: written(SMALL, "MPO", save_all=True, append_images=[SMALL], exif=exif()),
    "png": lambda: written(SMALL, "PNG", exif=exif(), pnginfo=_png_text(), icc_profile=PROFILE),
    "webp": lambda: written(SMALL, "WEBP", exif=exif(), **_SAYING),
    "lossless webp": lambda: written(SMALL.convert("RGBA"), "WEBP", lossless=True, exif=exif(), **_SAYING),
    "tiff": lambda: _tiff(big_tiff=False),
    "bigtiff": lambda: _tiff(big_tiff=True),
    "packed tiff": lambda: _tiff(compression="tiff_adobe_deflate"),
    "jpeg in tiff": lambda: _tiff(compression="jpeg"),
    "heic": lambda: heic_bytes(SMALL, exif=exif().tobytes(), xmp=XMP),
    "transparent heic": lambda: heic_bytes(SMALL.convert("RGBA"), exif=exif().tobytes()),
    "avif": lambda: written(SMALL, "AVIF", exif=exif(), **_SAYING),
    "transparent avif": lambda: written(SMALL.convert("RGBA"), "AVIF", exif=exif()),
    "gif": lambda: written(SMALL, "GIF", comment=SECRET.encode()),
    "bmp": lambda: written(SMALL, "BMP"),
    "palette bmp": lambda: written(SMALL.convert("P"), "BMP"),
    "jp2": lambda: written(SMALL, "JPEG2000"),
    "j2k": lambda: written(SMALL, "JPEG2000", no_jp2=True, comment=SECRET),
}


def _tiff(**options: Any) -> bytes:
    if options.get("compression"):  # Pillow cannot write an EXIF directory into it
        few = TiffImagePlugin.ImageFileDirectory_v2()
        few[0x010E], few[0x010F], few[0x0110], few[0x0112], few[0x0132] = SECRET, "Drawn", "Camera 1", 6, TAKEN
        return written(SMALL, "TIFF", tiffinfo=few, icc_profile=PROFILE, **options)
    tags = exif()
    tags[0x02BC] = XMP
    return written(SMALL, "TIFF", exif=tags.tobytes(), icc_profile=PROFILE, **options)


# --- Parts to add to a file --------------------------------------------------------------------------------


def segment(marker: int, content: bytes) -> bytes:
    """A segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def with_segments(*segments: bytes) -> bytes:
    """A JPEG that has these segments first."""
    photo = written(SMALL, "JPEG")
    return photo[:2] + b"".join(segments) + photo[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunks(*chunks: bytes) -> bytes:
    """A PNG that has these chunks after its header."""
    photo = written(SMALL, "PNG")
    return photo[:33] + b"".join(chunks) + photo[33:]


def box(kind: bytes, content: bytes) -> bytes:
    """A box of HEIC, AVIF or JPEG 2000."""
    return struct.pack(">I4s", 8 + len(content), kind) + content


def film(place: bytes) -> bytes:
    """The start of a film that says where it was made."""
    header = box(b"mvhd", bytes(12) + struct.pack(">IIIH", 1000, 1000, 1 << 16, 1 << 8) + bytes(70) + b"\0\0\0\2")
    inner = box(b"moov", header + box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(place), 0x15C7) + place)))
    return box(b"ftyp", b"mp42\0\0\0\0mp42isom") + inner


def with_riff(kind: bytes, content: bytes) -> bytes:
    """A WebP with one more chunk."""
    photo = written(SMALL, "WEBP", exif=exif())
    added = kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)
    return photo[:4] + struct.pack("<I", len(photo) - 8 + len(added)) + photo[8:] + added


def with_extension(label: int, content: bytes) -> bytes:
    """A GIF with one more extension, in blocks of at most 255 bytes."""
    photo = written(SMALL, "GIF")
    blocks = b"".join(
        bytes([len(content[start : start + 255])]) + content[start : start + 255]
        for start in range(0, len(content), 255)
    )
    return photo[:-1] + bytes([0x21, label]) + blocks + b"\0;"


def xmp_of(properties: str) -> bytes:
    """A packet of XMP with these elements."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="">{properties}</rdf:Description></rdf:RDF></x:xmpmeta>'
    ).encode()


def gain_map(attributes: str = 'hdrgm:GainMapMax="1.5" hdrgm:HDRCapacityMax="2"', properties: str = "") -> bytes:
    """A gain map that says too much, with these properties in its XMP."""
    packet = xmp_of(properties + f"<a:Where>{SECRET}</a:Where>").replace(
        b'about=""', b'about="" ' + attributes.encode()
    )
    picture = SMALL.convert("L").resize((48, 32))
    return written(picture, "JPEG", exif=exif(), comment=SECRET.encode(), xmp=packet)


ISO_NUMBERS = struct.pack(">HHB4I", 0, 0, 0x40, 0, 1, 3, 1) + struct.pack(
    ">iIiIIIiIiI", -1, 2, 3, 1, 1, 1, 1, 64, 1, 64
)
"""Headroom 0 and 3; and for all colours -0.5 to 3, gamma 1, and offsets of 1/64."""


def iso_gain_map(numbers: bytes, attributes: str = "") -> bytes:
    """A gain map that says its numbers as ISO 21496-1 has them, and others in XMP if there are any."""
    picture = gain_map(attributes)
    return picture[:2] + segment(0xE2, b"urn:iso:std:iso:ts:21496:-1\0" + numbers) + picture[2:]


def with_pictures_after(*pictures: bytes, order: str = ">") -> bytes:
    """A JPEG that says too much, with an index of the pictures after it."""
    photo = FILES["jpeg"]()
    header = b"MPF\0" + {">": b"MM\0*", "<": b"II*\0"}[order] + struct.pack(order + "I", 8)
    size = len(header) + 18 + 16 * (1 + len(pictures))
    entries = [struct.pack(order + "IIIHH", 0x030000, len(photo) + 4 + size, 0, 0, 0)]
    offset = len(photo) + 4 + size - 10
    for picture in pictures:
        entries.append(struct.pack(order + "IIIHH", 0, len(picture), offset, 0, 0))
        offset += len(picture)
    table = struct.pack(order + "HHHIII", 1, 0xB002, 7, 16 * len(entries), 26, 0)
    index = segment(0xE2, header + table + b"".join(entries))
    return photo[:2] + index + photo[2:] + b"".join(pictures) + SECRET.encode()


def with_xmp(properties: str) -> bytes:
    """A JPEG with this XMP."""
    return with_segments(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp_of(properties)))


def chained_tiff(directories: int) -> bytes:
    """A grey TIFF whose only place is in the last of many directories."""
    pixels = bytes(range(64))
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + 64) + pixels)
    described = [(256, 3, 1, 8), (257, 3, 1, 8), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8)]
    described += [(278, 3, 1, 8), (279, 4, 1, 64)]
    for number in range(directories):
        entries = list(described) if number == 0 else [(254, 4, 1, 1), *described]
        start = len(out)
        after = start + 2 + 12 * (len(entries) + (number == directories - 1)) + 4
        if number == directories - 1:
            entries.append((0x010E, 2, len(SECRET) + 1, after))
        out += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
        last = number == directories - 1
        out += struct.pack("<I", 0 if last else after) + (SECRET.encode() + b"\0" if last else b"")
    return bytes(out)


def profile_with_serial() -> bytes:
    """A colour profile with the serial number of a screen in a private tag."""
    profile = bytearray(PROFILE)
    [count] = struct.unpack_from(">I", profile, 128)
    tags = [struct.unpack_from(">4sII", profile, 132 + 12 * number) for number in range(count)]
    moved = [(kind, start + 12, size) for kind, start, size in tags]
    content = b"mmod\0\0\0\0" + SECRET.encode()
    table = [*moved, (b"mmod", len(profile) + 12, len(content))]
    rows = b"".join(struct.pack(">4sII", *row) for row in table)
    whole = bytes(profile[:128]) + struct.pack(">I", len(table)) + rows + bytes(profile[132 + 12 * count :]) + content
    return struct.pack(">I", len(whole)) + whole[4:]


def linked_profile_bmp() -> bytes:
    """A BMP that names a file on its owner's disk, which holds the colour profile."""
    pixels = bytes(range(192))
    header = struct.pack("<IiiHHIIiiII", 124, 8, 8, 1, 24, 0, 192, 2835, 2835, 0, 0)
    header += bytes(16) + b"KNIL" + bytes(36 + 12) + struct.pack("<IIII", 4, 124 + 192, len(SECRET) + 1, 0)
    body = header + pixels + SECRET.encode() + b"\0"
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 124) + body
