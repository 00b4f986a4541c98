"""Stars, labels and picks as XMP: what other programs read, and what stays."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image

from albums.analysis import Marks
from tests.drawing import draw_scene, jpeg_bytes
from worker.analysis.marking import NotMarked, marked

LIGHTROOM = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:own="http://example.org/own/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="51,15.291100N"
 xmp:Rating="2" xmp:Label="R\xc3\xb6d" crs:Exposure2012="+0.50" own:Note="mine">
<crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li><rdf:li>255, 255</rdf:li></rdf:Seq></crs:ToneCurve>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def properties(xmp: bytes) -> dict[str, str]:
    """The simple properties of XMP that exiv2 wrote."""
    return dict(re.findall(r'(\w+:\w+)="([^"]*)"', xmp.decode()))


@pytest.mark.parametrize(
    ("marks", "rating", "pick", "pick_label"),
    [(Marks(stars=4, pick=1), "4", "1", "3"), (Marks(stars=4, pick=-1), "-1", "-1", "1")],
)
def test_a_new_sidecar_says_it_to_each_program(marks: Marks, rating: str, pick: str, pick_label: str) -> None:
    found = properties(marked(b"", marks))
    assert (found["xmp:Rating"], found["xmpDM:pick"], found["digiKam:PickLabel"]) == (rating, pick, pick_label)
    assert found.get("photomechanic:Tagged") == ("True" if marks.pick == 1 else None)
    assert found["xmpDM:good"] == ("true" if marks.pick == 1 else "false")


def test_flags_that_nobody_set_are_left_out_but_taken_back() -> None:
    assert properties(marked(b"", Marks(stars=3, label="blue"))).keys() >= {"xmp:Rating", "xmp:Label"}
    assert "xmpDM:pick" not in properties(marked(b"", Marks()))
    taken_back = properties(marked(marked(b"", Marks(stars=4, label="red", pick=1)), Marks()))
    assert (taken_back["xmp:Rating"], taken_back["xmpDM:pick"], taken_back["digiKam:PickLabel"]) == ("0", "0", "0")
    assert taken_back["photomechanic:Tagged"] == "False"
    assert "xmp:Label" not in taken_back


def test_everything_else_in_a_sidecar_stays() -> None:
    written = marked(LIGHTROOM, Marks(stars=5, label="red", pick=1))
    found = properties(written)
    assert (found["xmp:Rating"], found["crs:Exposure2012"], found["own:Note"]) == ("5", "+0.50", "mine")
    assert b"255, 255" in written
    assert found["exif:GPSLatitude"] == "51,15.291100N"
    assert marked(written, Marks(stars=5, label="red", pick=1)) == written


@pytest.mark.parametrize(
    ("existing", "label", "written"),
    [("Röd", "red", "Röd"), ("Röd", "blue", "Blue"), ("Röd", "", None), ("Client A", "", "Client A")],
)
def test_a_word_for_a_label_is_replaced_only_by_another_meaning(existing: str, label: str, written: str | None) -> None:
    sidecar = LIGHTROOM.replace("Röd".encode(), existing.encode())
    assert properties(marked(sidecar, Marks(label=label))).get("xmp:Label") == written  # type: ignore[arg-type]


def test_a_jpeg_keeps_its_picture_its_exif_and_what_lies_behind_it() -> None:
    plain = jpeg_bytes(draw_scene(3, (320, 240)), camera=("Camera Works", "One")) + b"film of a motion photo"
    written = marked(plain, Marks(stars=5, pick=1))
    assert written.endswith(plain[-5000:])
    with Image.open(io.BytesIO(written)) as after, Image.open(io.BytesIO(plain)) as before:
        assert after.tobytes() == before.tobytes()
        assert after.getexif()[0x010F] == "Camera Works"
    assert b'xmp:Rating="5"' in written


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2, "big") + content


DAMAGED_EXIF = segment(0xE1, b"Exif\0\0XX no TIFF")
XMP = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + LIGHTROOM)
PICTURES = segment(0xE2, b"MPF\0 offsets from here")
OTHERS = [PICTURES, segment(0xE2, b"ICC_PROFILE\0\1\1 profile"), segment(0xED, b"Photoshop 3.0\0 damaged")]
OTHERS += [segment(0xFE, b"one comment"), segment(0xFE, b"another comment")]


@pytest.mark.parametrize("before", [[], [DAMAGED_EXIF], [DAMAGED_EXIF, XMP], [XMP, DAMAGED_EXIF]])
def test_all_bytes_of_a_jpeg_stay_but_its_xmp(before: list[bytes]) -> None:
    """Other programs count bytes from the index of pictures (MPF) to a gain map behind the picture."""
    jpeg = jpeg_bytes(draw_scene(3, (64, 64)))
    written = marked(b"".join([jpeg[:2], *before, *OTHERS, jpeg[2:]]), Marks(stars=5))
    [packet] = re.findall(
        rb"\xff\xe1..http://ns.adobe.com/xap/1.0/\0<\?xpacket.*?<\?xpacket end=\"w\"\?>", written, re.DOTALL
    )
    kept = [part for part in before if part is not XMP]
    assert written.replace(packet, b"") == b"".join([jpeg[:2], *kept, *OTHERS, jpeg[2:]])
    assert b'xmp:Rating="5"' in packet
    assert (b'own:Note="mine"' in packet) is (XMP in before)


def test_xmp_that_cannot_be_replaced_in_its_place_is_refused() -> None:
    jpeg = jpeg_bytes(draw_scene(3, (64, 64)))
    for head in ([PICTURES, XMP], [XMP, XMP], [segment(0xE1, XMP[4:].replace(b"mine", 65_000 * b"x")[:65_533])]):
        with pytest.raises(NotMarked):
            marked(b"".join([jpeg[:2], *head, jpeg[2:]]), Marks(stars=5))


def test_xmp_that_says_nothing_is_written_into() -> None:
    """As cameras and Lightroom leave it in JPEGs."""
    empty = re.sub(
        rb"<rdf:Description.*</rdf:Description>", b'<rdf:Description rdf:about=""/>', LIGHTROOM, flags=re.DOTALL
    )
    jpeg = jpeg_bytes(draw_scene(3, (64, 64)))
    in_jpeg = jpeg[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + empty) + jpeg[2:]
    assert marked(empty, Marks(stars=5)) == marked(b"", Marks(stars=5))
    assert b'xmp:Rating="5"' in marked(in_jpeg, Marks(stars=5))


@pytest.mark.parametrize("namespace", ["http://example.org/mine", "http://example.org/mine#", "urn:mine"])
def test_namespaces_stay_or_the_file_is_refused(namespace: str) -> None:
    sidecar = LIGHTROOM.replace(b"http://example.org/own/", namespace.encode()).replace(b"own:Note", b"own:Other")
    with suppress(NotMarked):
        assert f'"{namespace}"' in marked(sidecar, Marks(stars=5)).decode()


@pytest.mark.parametrize("prefix", ["photomechanic", "digiKam", "xmpDM"])
def test_a_file_cannot_change_what_is_written_into_others(prefix: str) -> None:
    hostile = LIGHTROOM.decode().replace("xmlns:own", f"xmlns:{prefix}").replace("own:Note", f"{prefix}:Note")
    hostile = hostile.replace("http://example.org/own/", f"http://example.org/{prefix}/")
    before = marked(b"", Marks(pick=1))
    with suppress(NotMarked):
        marked(hostile.encode(), Marks(pick=1))
    assert marked(b"", Marks(pick=1)) == before


def test_xmp_that_takes_long_is_refused() -> None:
    """The time grows with the square of the number of properties."""
    many = b"".join(b'<rdf:li own:x="%d" own:y="0"/>' % number for number in range(3_000))
    with pytest.raises(NotMarked, match="too many"):
        marked(
            LIGHTROOM.replace(b"<crs:Tone", b"<own:Many><rdf:Seq>" + many + b"</rdf:Seq></own:Many><crs:Tone"), Marks()
        )


def test_entities_are_refused() -> None:
    lines = b"".join(b'<!ENTITY a%d "%s">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 9))
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "a">' + lines + b"]>" + LIGHTROOM.replace(b"mine", b"&a8;")
    with pytest.raises(NotMarked):
        marked(bomb, Marks(stars=1))


def damaged_xmp() -> bytes:
    jpeg = marked(jpeg_bytes(draw_scene(1, (64, 64))), Marks(stars=3))
    return jpeg.replace(b"</rdf:RDF>", b"<//df:RDF>")


@pytest.mark.parametrize(
    "data", [b"not XMP", LIGHTROOM[:300], damaged_xmp(), b"\x89PNG\r\n\x1a\n", jpeg_bytes(draw_scene(1, (64, 64)))[:40]]
)
def test_what_cannot_be_marked_is_refused(data: bytes) -> None:
    with pytest.raises(NotMarked):
        marked(data, Marks(stars=1))


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="ExifTool is not installed")
def test_exiftool_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.xmp").write_bytes(marked(b"", Marks(stars=4, label="green", pick=1)))
    (tmp_path / "b.jpg").write_bytes(marked(jpeg_bytes(draw_scene(3, (320, 240))), Marks(pick=-1)))
    tags = ["-XMP-xmp:Rating", "-XMP-xmp:Label", "-XMP-xmpDM:Pick", "-XMP-photomech:Tagged"]
    command = ["exiftool", "-n", "-csv", *tags, "a.xmp", "b.jpg"]
    read = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split(",")[0] for line in read[1:]] == ["a.xmp", "b.jpg"]
    assert "4" in read[1].split(",") and "Green" in read[1].split(",")
    assert "-1" in read[2].split(",")
