"""The location and the serial numbers leave the file; the pixels, the length and every other tag stay."""

from __future__ import annotations

import contextlib
import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin, TiffImagePlugin, TiffTags

from tests.photo_files import PICTURE, heic_bytes, written
from worker.analysis.files import strip_location
from worker.analysis.metadata.capture import read_exif, read_orientation
from worker.analysis.metadata.errors import CannotBlank
from worker.analysis.metadata.iptc_blanking import blank_iptc
from worker.analysis.metadata.isobmff import metadata_items
from worker.analysis.metadata.tiff_blanking import blank_tiff
from worker.analysis.metadata.xmp_blanking import blank_xmp

GPS, EXIF = 0x8825, 0x8769
LATITUDE = ((59, 1), (19, 1), (4589, 100))
SERIAL = "SN-0123456789-BODY"

XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/"
 exif:GPSLatitude="59,19.7648N" exif:GPSLongitude='18,4.1122E' aux:SerialNumber="SN-0123456789-BODY"
 photoshop:City="Stockholm" photoshop:CityLights="kept" xmp:Rating="4">
<exif:GPSTimeStamp>2024-06-15T10:00:00Z</exif:GPSTimeStamp>
<Iptc4xmpExt:LocationCreated><rdf:Bag><rdf:li Iptc4xmpExt:Sublocation="Sk\xc3\xa4rg\xc3\xa5rden"/></rdf:Bag>
</Iptc4xmpExt:LocationCreated>
<dc:title>At the City gate</dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
SECRETS = (b"59,19.7648N", b"18,4.1122E", b"Stockholm", b"rg\xc3\xa5rden", SERIAL.encode(), b"GPSL")


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x0112] = "Drawn", "Camera 1", 1
    tags[0x0132] = "2024:06:15 12:00:05"
    tags.get_ifd(EXIF).update({0x9003: "2024:06:15 12:00:05", 0x829A: 0.004, 0xA431: SERIAL, 0xA434: "A lens of 35 mm"})
    tags.get_ifd(EXIF)[0x927C] = b"MAKER " + SERIAL.encode() * 3
    latitude = tuple(TiffImagePlugin.IFDRational(*part) for part in LATITUDE)
    tags.get_ifd(GPS).update({1: "N", 2: latitude, 3: "E", 4: (18.0, 4.0, 6.7), 29: "x"})
    return tags


def _tiff(**options: Any) -> bytes:
    tags = exif()
    tags[0x02BC] = XMP
    return written(PICTURE, "TIFF", exif=tags.tobytes(), **options)


def _png() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    text.add_text("Comment", "kept")
    return written(PICTURE, "PNG", exif=exif(), pnginfo=text)


FILES: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: written(PICTURE, "JPEG", quality=90, exif=exif(), xmp=XMP),
    "progressive": lambda: written(PICTURE, "JPEG", quality=90, progressive=True, exif=exif(), xmp=XMP),
    "png": _png,
    "webp": lambda: written(PICTURE, "WEBP", exif=exif(), xmp=XMP),
    "tiff": _tiff,
    "bigtiff": lambda: _tiff(big_tiff=True),
    "heic": lambda: heic_bytes(PICTURE, exif=exif().tobytes(), xmp=XMP),
    "avif": lambda: written(PICTURE, "AVIF", exif=exif(), xmp=XMP),
}


def opened(data: bytes) -> Image.Image:
    image: Image.Image
    if data[4:8] == b"ftyp" and b"avif" not in data[:32]:
        image = pillow_heif.open_heif(data).to_pillow()
    else:
        image = Image.open(io.BytesIO(data))
    image.load()
    return image


def tags(image: Image.Image) -> dict[int, Any]:
    """All tags of all directories, except the offsets of other directories."""
    read = image.getexif()
    both = {**dict(read), **read.get_ifd(EXIF)}
    return {tag: value for tag, value in both.items() if tag not in {GPS, EXIF, 0x02BC, 0x0111, 0x0117}}


@pytest.mark.parametrize("name", FILES)
def test_the_location_goes_and_everything_else_stays(name: str) -> None:
    original = FILES[name]()
    before = opened(original)
    assert before.getexif().get_ifd(GPS)
    assert all(secret in original for secret in SECRETS)
    data = bytearray(original)

    assert strip_location(data)

    assert len(data) == len(original)
    after = opened(bytes(data))
    assert after.tobytes() == before.tobytes()
    assert not after.getexif().get_ifd(GPS)
    assert GPS not in after.getexif()
    assert tags(after) == {tag: value for tag, value in tags(before).items() if tag not in {0xA431, 0x927C}}
    assert [secret for secret in SECRETS if secret in data] == []
    assert b'xmp:Rating="4"' in data and b'photoshop:CityLights="kept"' in data and b"At the City gate" in data
    changed = bytearray(data)
    assert strip_location(changed) and changed == data, "a second time changes nothing"


def test_chunks_of_png_keep_their_checksums() -> None:
    data = bytearray(_png())
    assert strip_location(data)
    position, kinds = 8, []
    while position < len(data):
        (length,) = struct.unpack_from(">I", data, position)
        body = data[position + 4 : position + 8 + length]
        assert struct.unpack_from(">I", data, position + 8 + length)[0] == zlib.crc32(body)
        kinds.append(bytes(body[:4]))
        position += 12 + length
    assert {b"eXIf", b"iTXt", b"tEXt", b"IEND"} <= set(kinds)


def test_compressed_texts_of_png_are_blanked_entirely() -> None:
    packed = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(XMP)
    raw = b"Raw profile type exif\0\n" + exif().tobytes().hex().encode()
    comment = b"Comment\0\0" + zlib.compress(b"kept")
    photo = written(PICTURE, "PNG")
    chunks = b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in ((b"iTXt", packed), (b"tEXt", raw), (b"zTXt", comment))
    )
    data = bytearray(photo[:33] + chunks + photo[33:])
    length = len(data)
    before = opened(bytes(data)).tobytes()
    assert strip_location(data)
    assert len(data) == length
    assert zlib.compress(XMP) not in data and exif().tobytes().hex().encode() not in data
    assert comment in data
    assert opened(bytes(data)).tobytes() == before


def test_every_picture_in_a_file_loses_its_location() -> None:
    other = Image.new("RGB", (64, 48), "navy")
    photo, second = written(PICTURE, "JPEG", exif=exif()), written(other, "JPEG", exif=exif())
    data = bytearray(photo + second)
    assert data.count(SERIAL.encode()) >= 2
    assert strip_location(data)
    assert SERIAL.encode() not in data
    for part in (data[: len(photo)], data[len(photo) :]):
        assert not opened(bytes(part)).getexif().get_ifd(GPS)


def test_a_segment_with_a_wrong_length_hides_nothing() -> None:
    photo = written(PICTURE, "JPEG", exif=exif(), xmp=XMP)
    comment = b"\xff\xfe\x00\x06abcd" + b"more than it says"
    data = bytearray(photo[:2] + comment + photo[2:])
    before = opened(bytes(data)).tobytes()
    assert strip_location(data)
    assert [secret for secret in SECRETS if secret in data] == []
    assert opened(bytes(data)).tobytes() == before


def test_a_video_after_a_photo_loses_its_location() -> None:
    place = b"\0\0\0\x24\xa9xyz\0\x14\x15\xc7+59.3293+018.0686/"
    loci = (
        struct.pack(">I4s", 36, b"loci")
        + b"\0" * 7
        + b"Home\0"
        + struct.pack(">iii", 18 << 16, 59 << 16, 0)
        + b"e\0\0\0"
    )
    photo = written(PICTURE, "JPEG")
    data = bytearray(photo + b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + place + loci + b"\xff\xd8\xff\xe0 not a picture")
    length = len(data)
    assert strip_location(data)
    assert len(data) == length and data.startswith(photo)
    assert b"+00.0000+000.0000/" in data
    assert b"59.3293" not in data and b"Home" not in data


def test_extended_xmp_of_jpeg_is_read_as_one_packet() -> None:
    cut = XMP.index(b"59,19") + 2
    digest = b"0" * 32
    parts = [(0, XMP[:cut]), (cut, XMP[cut:])]
    segments = b""
    for offset, part in parts:
        body = b"http://ns.adobe.com/xmp/extension/\0" + digest + struct.pack(">II", len(XMP), offset) + part
        segments += b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    photo = written(PICTURE, "JPEG")
    data = bytearray(photo[:2] + segments + photo[2:])
    assert strip_location(data)
    joined = data.replace(segments[:0], b"")
    assert b'N" exif' not in joined and b"Stockholm" not in data and b"59" not in data[: cut + 200]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_xmp_is_blanked_in_any_encoding(encoding: str) -> None:
    text = XMP.decode().replace("At the City gate", "Vid porten \U0001f3f0")
    packet = bytearray(text.replace("Stockholm", "Stock\U0001f3f0holm").encode(encoding))
    length = len(packet)
    blank_xmp(packet)
    blanked = packet.decode(encoding)
    assert len(packet) == length
    assert "GPS" not in blanked and "holm" not in blanked and "\U0001f3f0" in blanked


@pytest.mark.parametrize(
    "packet",
    [b'<x exif:GPSLatitude="59,19N', b"<rdf:li>GPSLatitude 59,19N</rdf:li>", b"<exif:GPSLatitude>59<b></exif:GPS>"],
)
def test_malformed_xmp_does_not_count_as_cleaned(packet: bytes) -> None:
    data = bytearray(written(PICTURE, "WEBP", xmp=packet))
    assert not strip_location(data)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8", b"no photo at all", b"%PDF-1.7", b"\xff\xd8 broken"])
def test_other_files_do_not_count_as_cleaned(content: bytes) -> None:
    assert not strip_location(bytearray(content))


def test_names_of_places_in_iptc_become_spaces() -> None:
    def dataset(number: int, value: bytes) -> bytes:
        return struct.pack(">BBBH", 0x1C, 2, number, len(value)) + value

    block = bytearray(
        dataset(5, b"Title") + dataset(90, b"Stockholm") + dataset(101, b"Sverige") + dataset(25, b"lake")
    )
    blank_iptc(block)
    assert block == dataset(5, b"Title") + dataset(90, b" " * 9) + dataset(101, b" " * 7) + dataset(25, b"lake")


def test_iptc_in_a_jpeg_is_found() -> None:
    iptc = b"\x1c\x02\x5a\x00\x09Stockholm\x1c\x02\x69\x00\x04Head"
    resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    body = b"Photoshop 3.0\0" + b"8BIM\x03\xed\0\0" + struct.pack(">I", 2) + b"ab" + resource
    photo = written(PICTURE, "JPEG")
    data = bytearray(photo[:2] + b"\xff\xed" + struct.pack(">H", len(body) + 2) + body + photo[2:])
    assert strip_location(data)
    assert b"Stockholm" not in data and b"Head" in data


def test_values_that_other_tags_use_stay() -> None:
    """A broken file may claim that its GPS values are where its pixels are."""
    data = bytearray(_tiff())
    order = "<" if data[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", data, 4)
    (count,) = struct.unpack_from(f"{order}H", data, first)
    entries = {
        struct.unpack_from(f"{order}H", data, first + 2 + 12 * number)[0]: first + 2 + 12 * number
        for number in range(count)
    }
    before = opened(bytes(data)).tobytes()
    (strips,) = struct.unpack_from(f"{order}I", data, entries[0x0111] + 8)
    (gps,) = struct.unpack_from(f"{order}I", data, entries[GPS] + 8)
    struct.pack_into(f"{order}II", data, gps + 2 + 12 + 4, 100_000, strips if strips > 1000 else 8)
    assert strip_location(data)
    assert opened(bytes(data)).tobytes() == before


@given(st.data())
def test_damaged_exif_never_raises_or_changes_the_length(data: st.DataObject) -> None:
    block = bytearray(exif().tobytes()[6:])
    for _ in range(data.draw(st.integers(1, 6))):
        block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))
    blanked = bytearray(block)
    with contextlib.suppress(CannotBlank):
        blank_tiff(blanked)
    assert len(blanked) == len(block)


def test_a_directory_that_overlaps_the_picture_is_not_changed() -> None:
    """Found by fuzzing: a broken file claims that its directory is where its pixels are."""
    pixels = np.zeros((64, 64), np.uint8)
    directory = struct.pack("<HHHIII", 1, 0x8825, 4, 1, 0, 0)
    pixels[32, : len(directory)] = np.frombuffer(directory, np.uint8)
    buffer = io.BytesIO()
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[0x8769] = TiffTags.LONG
    tags[0x8769] = 0x01020304
    Image.fromarray(pixels).save(buffer, "TIFF", tiffinfo=tags)
    data = bytearray(buffer.getvalue())
    place, pointer = data.find(directory), data.find(struct.pack("<I", 0x01020304))
    assert place > 0 and pointer > 0
    struct.pack_into("<I", data, pointer, place)
    assert not strip_location(data)
    assert np.array_equal(np.asarray(opened(bytes(data))), pixels)


@given(st.sampled_from(sorted(FILES)), st.data())
def test_no_damage_raises_or_changes_the_length(name: str, data: st.DataObject) -> None:
    content = bytearray(_FILES_ONCE.setdefault(name, FILES[name]()))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, min(len(content), 3000) - 1))] = data.draw(st.integers(0, 255))
    length = len(content)
    assert strip_location(content) in {True, False}
    assert len(content) == length


_FILES_ONCE: dict[str, bytes] = {}


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _resources_within_resources(levels: int, tags: int) -> bytes:
    """EXIF in which tags point at Photoshop's resources, which hold such EXIF again."""
    block = b""
    for _ in range(levels):
        resources = b"8BIM\x04\x22\0\0" + struct.pack(">I", len(block)) + block
        entry = struct.pack("<HHII", 0x8649, 7, len(resources), 8 + 2 + tags * 12 + 4)
        block = b"II*\0" + struct.pack("<IH", 8, tags) + entry * tags + bytes(4) + resources
    return block


@pytest.mark.parametrize(("levels", "tags"), [(2, 1), (1000, 1), (20, 100)])
def test_it_refuses_resources_within_resources(levels: int, tags: int) -> None:
    """A thousand levels would exceed Python's recursion limit; twenty with a hundred tags each would never end."""
    with pytest.raises(CannotBlank):
        blank_tiff(bytearray(_resources_within_resources(levels, tags)))


def test_it_refuses_tags_that_share_a_text() -> None:
    block = b"II*\0" + struct.pack("<IH", 8, 2)
    block += struct.pack("<HHII", 0x83BB, 7, 20, 38) + struct.pack("<HHII", 0x83BB, 7, 19, 39) + bytes(4 + 20)
    with pytest.raises(CannotBlank):
        blank_tiff(bytearray(block))


@pytest.mark.parametrize(("items", "pieces"), [(1, 2), (1, 65535), (2000, 65535)])
def test_a_file_whose_metadata_is_larger_than_itself_is_not_searched(items: int, pieces: int) -> None:
    """Found by fuzzing: pieces that take no bytes and each cover the whole file kept us busy for minutes."""
    information = _box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    locations = struct.pack(">IHH", 0, 0, items) + struct.pack(">HHH", 1, 0, pieces) * items
    inner = _box(b"iinf", struct.pack(">IH", 0, 1) + information) + _box(b"iloc", locations)
    data = bytearray(_box(b"ftyp", b"heic\0\0\0\0mif1heic") + _box(b"meta", bytes(4) + inner) + bytes(20_000))
    before = bytes(data)
    with pytest.raises(struct.error):
        list(metadata_items(data))
    assert not strip_location(data)
    assert data == before


def test_exif_after_other_bytes_loses_its_location_and_keeps_its_orientation() -> None:
    """Found by fuzzing: the reader of the orientation finds a header after other bytes."""
    tags = exif()
    tags[0x0112] = 6
    block = bytearray(b"\0\x08junk" + tags.tobytes()[6:])
    blank_tiff(block)
    assert read_orientation(bytes(block)) == 6
    assert not any(secret in block for secret in SECRETS)
    assert read_exif(bytes(block)).directory(GPS).text(1) is None


@pytest.mark.parametrize(("first", "size"), [(0, 0), (20, 30), (1000, 100)])
def test_metadata_that_overlaps_something_else_is_not_changed(first: int, size: int) -> None:
    """Found by fuzzing: an item claims that it is where the boxes are, or where the picture is."""
    data = bytearray(heic_bytes(PICTURE, exif=exif().tobytes()))
    before = bytes(data)
    [(_, spans)] = list(metadata_items(data))
    [(start, end)] = spans
    written = struct.pack(">IHII", start, 1, 0, end - start)
    place = data.find(written)
    assert place > 0 and data.find(written, place + 1) < 0
    struct.pack_into(">IHII", data, place, first % len(data), 1, 0, size)
    moved = bytes(data)
    assert not strip_location(data)
    assert data == moved
    assert strip_location(bytearray(before))


def test_exif_that_is_too_short_does_not_damage_an_avif() -> None:
    """Found by fuzzing: the decoder refuses the picture when its EXIF has no TIFF header."""
    data = bytearray(written(PICTURE, "AVIF", exif=b"MM\0*\0\0\0\x08\0\0\0\0\0\0"))
    before = opened(bytes(data)).tobytes()
    assert strip_location(data)
    assert opened(bytes(data)).tobytes() == before
