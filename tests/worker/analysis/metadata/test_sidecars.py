from __future__ import annotations

import plistlib
from datetime import datetime

import pytest

from albums.analysis import Sidecar
from worker.analysis.metadata import MAX_SIDECAR_BYTES, may_be_sidecar, read_sidecar

HEAD = b"<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF>"
TAKEN = datetime(2023, 10, 6, 6, 39, 9)  # noqa: DTZ001
TAKEOUT = b'{"title": "a.jpg", "photoTakenTime": {"timestamp": "1696574349", "formatted": "6 oct."}%s}'


def xmp(*properties: bytes) -> bytes:
    return HEAD + b"<rdf:Description " + b" ".join(properties) + b"/></rdf:RDF></x:xmpmeta>"


def test_xmp_says_time_rating_and_label() -> None:
    data = xmp(b'exif:DateTimeOriginal="2023-10-06T08:39:09.5+02:00"', b'xmp:Rating="4"', b'xmp:Label="Red\x07"')
    assert read_sidecar(data, "IMG_1.XMP") == Sidecar(
        content_type="application/rdf+xml",
        taken_at=TAKEN.replace(hour=8, microsecond=500_000),
        utc_offset_minutes=120,
        rating=4,
        label="Red",
    )


@pytest.mark.parametrize("name", ["photoshop:DateCreated", "xmp:CreateDate"])
def test_other_times_of_xmp(name: str) -> None:
    sidecar = read_sidecar(xmp(f"{name}='2023-10-06T06:39:09'".encode()), "IMG_1.xmp")
    assert sidecar is not None
    assert (sidecar.taken_at, sidecar.utc_offset_minutes) == (TAKEN, None)


def test_a_rating_that_is_none_is_left_out() -> None:
    sidecar = read_sidecar(xmp(b'xmp:Rating="99"'), "IMG_1.xmp")
    assert sidecar == Sidecar(content_type="application/rdf+xml")


def test_entities_are_not_expanded() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY label SYSTEM "file:///etc/passwd">]>'
    sidecar = read_sidecar(declared + xmp(b'xmp:Label="&label;"'), "IMG_1.xmp")
    assert sidecar is not None
    assert sidecar.label == "&label;"


@pytest.mark.parametrize("form", [plistlib.FMT_XML, plistlib.FMT_BINARY])
def test_an_aae_is_one_in_xml_and_in_binary(form: plistlib.PlistFormat) -> None:
    data = plistlib.dumps({"adjustmentFormatIdentifier": "com.apple.photo", "adjustmentData": b"x"}, fmt=form)
    assert read_sidecar(data, "IMG_1.AAE") == Sidecar(content_type="application/x-plist")
    assert read_sidecar(plistlib.dumps({"other": 1}, fmt=form), "IMG_1.AAE") is None


@pytest.mark.parametrize(
    ("places", "longitude"),
    [
        (b"", None),
        (b', "geoData": {"latitude": 48.9, "longitude": 2.5, "altitude": 0.0}', 2.5),
        (b', "geoData": {"latitude": 0.0, "longitude": 0.0}, "geoDataExif": {"latitude": 1, "longitude": 7}', 7.0),
        (b', "geoData": {"latitude": 0.0, "longitude": 999.0}', None),
        (b', "geoData": "nowhere"', None),
    ],
)
def test_takeout_says_an_instant_and_a_place(places: bytes, longitude: float | None) -> None:
    assert read_sidecar(TAKEOUT % places, "a.jpg.supplemental-metadata.json") == Sidecar(
        content_type="application/json", taken_at=TAKEN, utc_offset_minutes=0, longitude=longitude
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (rb"Sunset at the lake \ud83c", "Sunset at the lake \ufffd"),
        (rb"\uDF05 over the lake", "\ufffd over the lake"),
        (rb"Sunset \ud83c\udf05 \ud83c\u2026", "Sunset \U0001f305 \ufffd\u2026"),
        (rb"C:\\\\ud83c and \"more\"", 'C:\\\\ud83c and "more"'),
        (b"Sunset at the lake \xf0\x9f\x8c", "Sunset at the lake \ufffd"),
    ],
)
def test_broken_characters_of_takeout_are_replaced(written: bytes, read: str) -> None:
    sidecar = read_sidecar(TAKEOUT % (b', "description": "%s"' % written), "a.json")
    assert sidecar is not None
    assert (sidecar.taken_at, sidecar.description) == (TAKEN, read)


@pytest.mark.parametrize("seconds", [b"0", b'"0"', b"9" * 18, b'"-99999999999"'])
def test_a_time_that_cannot_be_is_left_out(seconds: bytes) -> None:
    sidecar = read_sidecar(b'{"photoTakenTime": {"timestamp": %s}}' % seconds, "a.json")
    assert sidecar == Sidecar(content_type="application/json")


def test_a_time_before_1970_counts() -> None:
    sidecar = read_sidecar(b'{"photoTakenTime": {"timestamp": "-86400"}}', "a.json")
    assert sidecar is not None
    assert sidecar.taken_at == datetime(1969, 12, 31)  # noqa: DTZ001


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b'{"title": "Paris", "date": {"timestamp": "1"}}',
        b'{"photoTakenTime": {"timestamp": "soon"}}',
        b'{"photoTakenTime": {"timestamp": "' + b"9" * 10_000 + b'"}}',
        b'{"photoTakenTime": {"timestamp": 1e400}}',
        b'{"photoTakenTime": {"timestamp": "1"}, "deep": ' + b"[" * 100_000,
        b"[" * 100_000,
        TAKEOUT[:40],
        TAKEOUT % b"" + b"\xff",
    ],
)
def test_other_json_is_no_sidecar(data: bytes) -> None:
    assert read_sidecar(data, "a.jpg.json") is None


def test_name_and_content_must_agree() -> None:
    for name in ("a.jpg", "a.aae", "a.json", "xmp"):
        assert read_sidecar(xmp(), name) is None
    assert read_sidecar(TAKEOUT % b"", "a.xmp") is None


def test_a_large_file_is_not_read() -> None:
    assert not may_be_sidecar("a.xmp", MAX_SIDECAR_BYTES + 1)
    assert read_sidecar(xmp() + bytes(MAX_SIDECAR_BYTES), "a.xmp") is None
