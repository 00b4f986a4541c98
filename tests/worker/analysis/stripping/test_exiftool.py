"""ExifTool, which knows more kinds of metadata than anything else, is asked what is left in stripped files.

Install Debian's package libimage-exiftool-perl to run this.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.worker.analysis.stripping.files import FILES, SECRET
from tests.worker.analysis.stripping.leaks import LEAKS
from worker.analysis.files import identify
from worker.analysis.interface import DecodeError, NotStripped
from worker.analysis.stripping import strip

OWN_PHOTOS = Path(__file__).parents[4] / "photos"
SAMPLES = Path(__file__).parents[5] / "shared" / "photos"

# What may be left: what describes the container and the coded pixels, colour profiles, and these tags of EXIF.
_ALLOWED = re.compile(
    r"SourceFile|(?:ExifTool|System|File|Composite|JFIF|Adobe|APP14|PNG|PNG-pHYs|PNG-cICP|RIFF|GIF|QuickTime|Meta"
    r"|Jpeg2000|ICC_Profile\d*|ICC-\w+):.*"
    r"|(?:IFD\d+|ExifIFD|ExifOffset):(?:Make|Model|Orientation|ExifVersion|DateTimeOriginal|SubSecTimeOriginal|OffsetTimeOriginal"
    r"|ColorSpace|SubfileType|OldSubfileType|ImageWidth|ImageHeight|BitsPerSample|Compression|PhotometricInterpretation"
    r"|Strip\w+|Tile\w+|SamplesPerPixel|RowsPerStrip|[XY]Resolution|ResolutionUnit|PlanarConfiguration|Predictor"
    r"|ExtraSamples|SampleFormat|ColorMap|FillOrder|YCbCr\w+|ReferenceBlackWhite|JPEGTables|PageNumber|InkSet"
    r"|S?(?:Min|Max)SampleValue|WhitePoint|PrimaryChromaticities|TransferFunction|T[46]Options)"
    r"|InteropIFD:InteropIndex"
    # What says that there is a gain map, where, and by how much it brightens.
    r"|MPF0:.*|MPImage[12]:.*|XMP-Container:DirectoryItem(?:Mime|Semantic|Length)"
    r"|XMP-hdrgm:(?:Version|BaseRenditionIsHDR|GainMapM(?:in|ax)|Gamma|OffsetSDR|OffsetHDR|HDRCapacityM(?:in|ax))"
)
# Whatever the group: a place, a serial number, an owner, a smaller picture, or text of a person.
_FORBIDDEN = re.compile(
    r"GPS|Latitude|Longitude|Altitude|Location|Country|\bCity|Serial|Owner|Artist|Author|Creator$|Thumbnail|Preview"
    r"|OtherImage|MakerNote|Comment|Keyword|UniqueID|Trailer|Embedded|Motion|JUMBF|JUMD|XMP|XML|Photoshop|IPTC"
)

pytestmark = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="needs ExifTool (apt-get install libimage-exiftool-perl)"
)


def read_tags(folder: Path) -> list[dict[str, Any]]:
    """All that ExifTool reads of each file: also repeated, unknown and embedded tags."""
    command = ["exiftool", "-j", "-a", "-G1", "-s", "-u", "-ee3", "-m", "-q", "-ext", "*", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return list(json.loads(found.stdout or "[]"))


def what_is_left(photos: Iterable[tuple[str, bytes]], folder: Path) -> tuple[list[str], dict[str, str]]:
    """What should not be in the stripped files, and the files that were named, with the reasons."""
    named: dict[str, str] = {}
    count = 0
    for name, data in photos:
        try:
            (folder / name).write_bytes(strip(data))
            count += 1
        except NotStripped as error:
            named[name] = error.reason
    read = read_tags(folder)
    assert len(read) == count
    left = []
    for tags in read:
        name = Path(tags["SourceFile"]).name
        is_coded_as_jpeg = tags.get("IFD0:Compression") == "JPEG"
        for tag, value in tags.items():
            group, _, own = tag.partition(":")
            if is_coded_as_jpeg and tag.startswith("IFD0:PreviewImage"):
                continue  # that is what it calls the pixels themselves
            is_profile = group.startswith("ICC")
            wrong = not _ALLOWED.fullmatch(tag) or (_FORBIDDEN.search(own) and not is_profile)
            if wrong or SECRET in str(value):
                left.append(f"{name}: {tag} = {value!s:.60}")
    return left, named


def test_exiftool_reads_the_secrets_of_the_constructed_files(tmp_path: Path) -> None:
    """The oracle sees what is to go."""
    (tmp_path / "exif.jpg").write_bytes(FILES["jpeg"]())
    (tmp_path / "drone.jpg").write_bytes(LEAKS["xmp of a drone"]())
    text = json.dumps(read_tags(tmp_path))
    expected = ("GPS:GPSLatitude", "XMP-drone-dji:GPSLatitude", "SerialNumber", "OwnerName", "UserComment", SECRET)
    assert [tag for tag in expected if tag not in text] == []


def test_it_reads_nothing_in_constructed_files(tmp_path: Path) -> None:
    photos = ((f"{number:02d} {name}", make()) for number, (name, make) in enumerate([*LEAKS.items(), *FILES.items()]))
    assert what_is_left(photos, tmp_path) == ([], {})


def test_it_reads_nothing_in_our_photos(tmp_path: Path) -> None:
    photos = ((path.name, path.read_bytes()) for path in OWN_PHOTOS.glob("*.jpg"))
    assert what_is_left(photos, tmp_path) == ([], {})


@pytest.mark.slow
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="needs the collection of sample photos")
def test_it_reads_nothing_in_sample_photos(tmp_path: Path) -> None:
    left, _named = what_is_left(_samples(), tmp_path)
    assert left == []


def _samples() -> Iterator[tuple[str, bytes]]:
    """Every sample that the service takes for a photo."""
    for path in sorted(SAMPLES.glob("*/*")):
        data = path.read_bytes()
        try:
            identify(data[:65_536])
        except DecodeError:
            continue
        yield f"{path.parent.name} {path.name}", data
