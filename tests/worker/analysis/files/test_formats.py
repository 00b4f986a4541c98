from __future__ import annotations

import io
import struct
import zipfile

import numpy as np
import pytest
from PIL import Image

from worker.analysis.files.formats import CONTENT_TYPES, DISPLAY_NAMES, identify
from worker.analysis.files.raw_kinds import raw_kind
from worker.analysis.interface import DecodeError


def brands(major: bytes, *compatible: bytes) -> bytes:
    """The first box of a HEIF, AVIF or video file, and the start of the next."""
    content = major + bytes(4) + b"".join(compatible)
    return struct.pack(">I4s", 8 + len(content), b"ftyp") + content + b"\0\0\0\x20meta"


def tiff_bytes(**tags: int | str) -> bytes:
    """An ordinary TIFF with extra tags, given as "x" and their hexadecimal number."""
    buffer = io.BytesIO()
    numbers = {int(name[1:], 16): value for name, value in tags.items()}
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(buffer, "TIFF", tiffinfo=numbers)
    return buffer.getvalue()


def zip_bytes() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"\xff\xd8\xff")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"\xff\xd8\xff\xe0", "jpeg"),
        (b"\xff\xd8", "jpeg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        (b"BM\x76\x01\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", "bmp"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"II+\0\x08\0\0\0", "tiff"),
        (b"MM\0+\0\x08\0\0", "tiff"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "jpeg2000"),
        (b"\xff\x4f\xff\x51\0\x2f", "jpeg2000"),
        (b"\xff\x0a\xfa\x1f", "jpeg_xl"),
        (b"\0\0\0\x0cJXL \r\n\x87\n", "jpeg_xl"),
        (brands(b"heic", b"mif1", b"heic"), "heic"),
        (brands(b"mif1", b"heic"), "heic"),
        (brands(b"heix", b"mif1"), "heic"),
        (brands(b"msf1", b"hevc"), "heic"),
        (brands(b"avif", b"mif1", b"miaf"), "avif"),
        (brands(b"mif1", b"avif", b"miaf"), "avif"),
        (brands(b"avis", b"msf1"), "avif"),
        (brands(b"qt  ", b"qt  "), "video"),
        (brands(b"isom", b"mp41"), "video"),
        (brands(b"mp42", b"isom"), "video"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "video"),
        (b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "video"),
    ],
)
def test_it_identifies_photos_and_videos_by_their_first_bytes(head: bytes, expected: str) -> None:
    assert identify(head) == expected


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (zip_bytes(), "ZIP archive"),
        (b"PK\x05\x06" + bytes(18), "ZIP archive"),
        (b"Rar!\x1a\x07\x01\0", "RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "7z archive"),
        (b"\x1f\x8b\x08", "gzip archive"),
        (bytes(257) + b"ustar", "tar archive"),
        (b"\0\0\x01\xba", "MPEG video"),
        (brands(b"M4A ", b"isom"), "sound recording"),
        (b"RIFF\0\0\0\0WAVEfmt ", "sound recording"),
        (b"ID3\x04", "sound recording"),
        (b"%PDF-1.7\n", "PDF document"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG drawing"),
        ("<svg/>".encode("utf-16"), "SVG drawing"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'/>", "XMP sidecar"),
        (b"8BPS\0\x01", "Photoshop file"),
        (b"\0\x05\x16\x07\0\x02\0\0", "macOS companion file"),
        (b"\0\0\x01\0\x01\0", "icon"),
        (b"P6\n2 2\n255\n", "Netpbm image"),
        (b"MZ\x90\0", "program"),
    ],
)
def test_it_names_formats_that_are_not_photos(data: bytes, named: str) -> None:
    with pytest.raises(DecodeError) as raised:
        identify(data)
    assert raised.value.code == "unsupported_format"
    assert named in raised.value.message
    assert raised.value.message.count(".") >= 2  # what it is, and what to do
    assert str(raised.value) == raised.value.message


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(5000), "only zeros"),
        (b"Dear diary,\n", "text file"),
        ("Grüße aus Köln\n".encode(), "text file"),
        (b"\x80\x81\x82\x83" * 50, "not a photo"),
        (b"BM is how this begins, like a bitmap", "text file"),
        (b"\x01", "not a photo"),
    ],
)
def test_unknown_files_are_not_images(data: bytes, said: str) -> None:
    with pytest.raises(DecodeError, match=said) as raised:
        identify(data)
    assert raised.value.code == "not_an_image"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (brands(b"crx ", b"crx ", b"isom"), "image/x-canon-cr3"),
        (b"II*\0\x10\0\0\0CR\x02\0" + bytes(20), "image/x-canon-cr2"),
        (b"II\x1a\0\0\0HEAPCCDR", "image/x-canon-crw"),
        (tiff_bytes(xC612=1), "image/x-adobe-dng"),
        (tiff_bytes(x0106=32803), "image/x-dcraw"),
        (tiff_bytes(x0106=32803, x010F="NIKON CORPORATION"), "image/x-nikon-nef"),
        (tiff_bytes(x0106=32803, x010F="SONY"), "image/x-sony-arw"),
        (tiff_bytes(x0106=32803, x010F="RICOH IMAGING COMPANY, LTD."), "image/x-pentax-pef"),
        (tiff_bytes(x0106=32803, x010F="Hasselblad"), "image/x-hasselblad-3fr"),
        (b"FUJIFILMCCD-RAW 0201", "image/x-fuji-raf"),
        (b"IIU\0\x18\0\0\0", "image/x-panasonic-rw2"),
        (b"IIRO\x08\0\0\0", "image/x-olympus-orf"),
        (b"MMOR\0\0\0\x08", "image/x-olympus-orf"),
        (b"FOVb\0\0\2\0", "image/x-sigma-x3f"),
        (b"\0MRM\0\0\0\0", "image/x-minolta-mrw"),
        (b"II*\0\x10\0\0\0IIII" + bytes(20), "image/x-phaseone-iiq"),
    ],
)
def test_it_tells_camera_raw_files_apart_by_their_content(data: bytes, content_type: str) -> None:
    assert identify(data) == "raw"
    kind = raw_kind(data)
    assert kind is not None
    assert kind.content_type == content_type


@pytest.mark.parametrize("tags", [{}, {"x0106": 2}, {"x010F": "NIKON CORPORATION"}])
def test_an_ordinary_tiff_is_not_a_raw_file(tags: dict[str, int | str]) -> None:
    assert identify(tiff_bytes(**tags)) == "tiff"


def test_every_format_has_its_type_and_name() -> None:
    assert CONTENT_TYPES.keys() == DISPLAY_NAMES.keys()
    assert CONTENT_TYPES["mpo"] == "image/jpeg"
