"""What people wrote about a photo, and what cameras and programs write in the same place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from albums.analysis import DESCRIPTION_LENGTH
from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.photo_files import heic_bytes, written
from tests.raw_files import dng_bytes, sensor_data
from worker.analysis.files import decode_photo
from worker.analysis.metadata import read_capture_information, read_sidecar
from worker.analysis.metadata.words import clean_words

SCENE = draw_scene(3, (64, 48))
PICTURE = Image.fromarray(SCENE)
UTF_8 = b"\x1c\x01\x5a\x00\x03\x1b%G"


OF_TWO_LANGUAGES = (
    '<dc:description>\n<rdf:Alt>\n<rdf:li xml:lang="sv-SE">Sjön</rdf:li>\n'
    '<rdf:li xml:lang="x-default">The lake</rdf:li>\n</rdf:Alt></dc:description>'
)


def packet(*properties: str) -> bytes:
    return ("<x:xmpmeta><rdf:RDF><rdf:Description>" + "".join(properties) + "</rdf:Description></rdf:RDF>").encode()


def written_in_xmp(text: str, name: str = "dc:description") -> str:
    return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt></{name}>'


def dataset(number: int, text: bytes) -> bytes:
    return b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text


def read(exif: dict[int, Any] | None = None, shot: dict[int, Any] | None = None, **blocks: Any) -> str | None:
    block = exif_bytes(extra=exif or {}, extra_exif_ifd=shot or {})
    return read_capture_information(block, **blocks).description


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        (written_in_xmp("Midsommar på Öland"), "Midsommar på Öland"),
        (OF_TWO_LANGUAGES, "The lake"),
        ('<dc:description><rdf:Alt><rdf:li xml:lang="sv">Sjön</rdf:li></rdf:Alt></dc:description>', "Sjön"),
        ("<dc:description>The lake</dc:description>", "The lake"),
        ('<rdf:Description dc:description="Anna &amp; Bo"/>', "Anna & Bo"),
        (written_in_xmp("One&#xA;two &lt;3"), "One\ntwo <3"),
        (written_in_xmp("") + written_in_xmp("A title", "dc:title"), "A title"),
        (written_in_xmp("SONY DSC") + written_in_xmp("A title", "dc:title"), "A title"),
        (written_in_xmp("A title", "dc:title") + written_in_xmp("The lake"), "The lake"),
        ("<dc:description>The lake", None),
        ("<dc:description>" * 5000, None),
        (written_in_xmp(f"&#{'9' * 5000};"), None),
    ],
    ids=[
        *("default", "of languages", "one language", "no list", "attribute", "escaped", "title", "junk", "both"),
        *("cut off", "hostile", "hostile number"),
    ],
)
def test_xmp(properties: str, expected: str | None) -> None:
    assert read(xmp=packet(properties)) == expected


@pytest.mark.parametrize(
    ("iptc", "expected"),
    [
        (UTF_8 + dataset(120, "Sjön 湖".encode()), "Sjön 湖"),
        (dataset(120, "Sjön".encode()), "Sjön"),
        (dataset(120, "Sjön".encode("latin-1")), "Sjön"),
        (dataset(25, b"Keyword") + dataset(5, b"A title") + dataset(120, b"The lake"), "The lake"),
        (dataset(25, b"Keyword") + dataset(5, b"A title"), "A title"),
        (dataset(120, b"The lake")[:-3], "The l"),
        (b"\x1c\x02\x78\xff\xff", None),
    ],
    ids=["UTF-8", "UTF-8 unsaid", "Latin-1", "both", "title", "cut off", "too long"],
)
def test_iptc(iptc: bytes, expected: str | None) -> None:
    assert read(iptc=iptc) == expected


def user_comment(code: bytes, text: bytes) -> dict[int, Any]:
    return {0x9286: code.ljust(8, b"\0") + text}


@pytest.mark.parametrize(
    ("exif", "shot", "expected"),
    [
        ({0x010E: "The lake"}, {}, "The lake"),
        ({0x010E: "OLYMPUS DIGITAL CAMERA         ", 0x9C9C: "The lake\0".encode("utf-16-le")}, {}, "The lake"),
        ({0x9C9B: "A title\0".encode("utf-16-le")}, {}, "A title"),
        ({}, user_comment(b"ASCII", b"At the lake"), "At the lake"),
        ({}, user_comment(b"UNICODE", "Vid sjön i maj".encode("utf-16-le")), "Vid sjön i maj"),
        ({}, user_comment(b"ASCII", b"Screenshot"), None),
        ({}, user_comment(b"ASCII", b"filter: 0; fileterIntensity: 0.0; filterMask: 0;"), None),
        ({}, user_comment(b"", b"At the lake"), None),
        ({}, user_comment(b"ASCII", bytes(64)), None),
        ({0x010E: "The lake"}, user_comment(b"ASCII", b"Another one"), "The lake"),
    ],
    ids=[
        *("EXIF", "Windows' comment", "Windows' title", "ASCII", "UNICODE", "one word", "data", "no code", "empty"),
        "both",
    ],
)
def test_exif(exif: dict[int, Any], shot: dict[int, Any], expected: str | None) -> None:
    assert read(exif, shot) == expected


def test_xmp_is_before_iptc_and_that_before_exif() -> None:
    exif, iptc = {0x010E: "In EXIF"}, dataset(120, b"In IPTC")
    assert read(exif, iptc=iptc, xmp=packet(written_in_xmp("In XMP"))) == "In XMP"
    assert read(exif, iptc=iptc) == "In IPTC"


def test_latin_letters_that_nobody_declared() -> None:
    block = exif_bytes(extra={0x010E: "Sjxn"}).replace(b"Sjxn", "Sjön".encode("latin-1"))
    assert read_capture_information(block).description == "Sjön"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NOVATEK CAMERA",
            "EPSON DSC picture",
            "DSC00006",
            "DC0003M",
            "Name : A.JPG\nSize : 668 KB\nDate : 2002/08/29",
        ),
        *("OLYMPUS DIGITAL CAMERA", "KONICA MINOLTA DIGITAL CAMERA", "SONY DSC", "SAMSUNG", "Exif_JPEG_PICTURE"),
        *("DCIM\\100MEDIA\\DJI_0041.JPG", "DCIM/100GOPRO", "Screenshot", "oznorWO", "default", "charset=Ascii"),
        *("Created with GIMP", "Processed with VSCO with a6 preset", "IMG_2041.JPG", "DSC_0042", "holiday.jpeg"),
        *("2024:06:08 11:53:28", "", "   ", "\0\0\0", "\n\n", "...", "-", "\x01\x02abc\x03", "\ufffd\ufffdab"),
    ],
)
def test_what_cameras_and_programs_write_is_no_description(text: str) -> None:
    assert clean_words(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My first digital camera", "My first digital camera"),
        ("The default choice", "The default choice"),
        ("A camera", "A camera"),
        ("Left: Anna\nRight: Bo\nBehind: the dog", "Left: Anna\nRight: Bo\nBehind: the dog"),
        ("Created with love", "Created with love"),
        ("1945", "1945"),
        ("Sam 2019", "Sam 2019"),
        ("NYC2019", "NYC2019"),
        ("🎉", "🎉"),
        ("  Two   spaces\t and a tab ", "Two spaces and a tab"),
        ("One\r\ntwo\rthree\n\n\n\nfour", "One\ntwo\nthree\n\nfour"),
        ("A\u030are i maj", "Åre i maj"),
        ("Good\u202e gpj.exe\u2066", "Good gpj.exe"),
        ("A long enough line\x07 with a bell", "A long enough line with a bell"),
        ("שלום עולם", "שלום עולם"),
        ("x" * (DESCRIPTION_LENGTH + 1), "x" * (DESCRIPTION_LENGTH - 1) + "…"),
    ],
)
def test_what_people_write_is_cleaned(text: str, expected: str) -> None:
    assert clean_words(text) == expected


def test_hostile_text_takes_no_longer_than_other_text() -> None:
    """A pattern that tried all ways to divide these into lines would not end."""
    assert clean_words("a : b " * 330 + "\n:") is not None


def jpeg_with_iptc() -> bytes:
    datasets = dataset(120, b"The lake")
    resource = b"8BIM\x04\x04\0\0" + len(datasets).to_bytes(4, "big") + datasets
    segment = b"Photoshop 3.0\0" + resource + bytes(len(datasets) % 2)
    plain = jpeg_bytes(SCENE)
    return plain[:2] + b"\xff\xed" + (len(segment) + 2).to_bytes(2, "big") + segment + plain[2:]


def png_with_text() -> bytes:
    texts, data = PngInfo(), io.BytesIO()
    texts.add_itxt("Description", "The lake")
    PICTURE.save(data, "PNG", pnginfo=texts)
    return data.getvalue()


XMP = packet(written_in_xmp("The lake"))


@pytest.mark.parametrize(
    "data",
    [
        jpeg_with_iptc(),
        png_with_text(),
        heic_bytes(PICTURE, xmp=XMP),
        dng_bytes(sensor_data(SCENE), extra=[(0x02BC, "B", XMP)]),
        written(PICTURE, "WEBP", xmp=XMP),
        written(PICTURE, "TIFF", tiffinfo={0x83BB: dataset(120, b"The lake")}),
    ],
    ids=["JPEG with IPTC", "PNG", "HEIC", "DNG", "WebP", "TIFF with IPTC"],
)
def test_it_is_read_from_every_format_that_programs_write_it_into(data: bytes) -> None:
    assert decode_photo(data).capture.description == "The lake"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (packet(written_in_xmp("The lake")), "IMG_1.xmp", "The lake"),
        (
            b'{"photoTakenTime": {"timestamp": "1696574349"}, "description": "The lake\\n"}',
            "IMG_1.jpg.json",
            "The lake",
        ),
        (b'{"photoTakenTime": {"timestamp": "1696574349"}, "description": ""}', "IMG_1.jpg.json", None),
        (b'{"photoTakenTime": {"timestamp": "1696574349"}, "description": 7}', "IMG_1.jpg.json", None),
    ],
    ids=["XMP", "Takeout", "empty", "no text"],
)
def test_sidecars(data: bytes, name: str, expected: str | None) -> None:
    sidecar = read_sidecar(data, name)
    assert sidecar is not None
    assert sidecar.description == expected
