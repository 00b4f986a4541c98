"""The picture stays byte for byte, with its colours, orientation and capture time, whatever the file looks like."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import numpy as np
import pillow_heif
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from albums.analysis import CaptureInformation
from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.fuzzing.outcome import check_outcome, check_stripping
from tests.icc_profiles import DISPLAY_P3, rgb_profile
from tests.photo_files import TAKEN_AT, heic_bytes, png_bytes, turned_heic, written
from tests.raw_files import dng_bytes
from tests.worker.analysis.stripping.files import (
    FILES,
    PROFILE,
    SMALL,
    box,
    chained_tiff,
    chunk,
    exif,
    segment,
    with_chunks,
    with_segments,
)
from worker.analysis.files import decode_photo
from worker.analysis.files.opening import open_picture
from worker.analysis.interface import NotStripped
from worker.analysis.metadata import read_capture_information
from worker.analysis.stripping import bare_jpeg, strip

_ONCE: dict[str, bytes] = {}
_FORMATS: dict[str, Callable[..., bytes]] = {
    **{name: partial(written, name=name) for name in ("JPEG", "PNG", "WEBP", "TIFF", "AVIF")},
    "HEIC": lambda picture, exif, **_profile: heic_bytes(picture, exif=exif, quality=60),
}
_FIRST, _LAST = datetime(1990, 1, 1), datetime(2026, 1, 1)  # noqa: DTZ001


def opened(data: bytes) -> Image.Image:
    image: Image.Image
    is_heic = data[4:8] == b"ftyp" and b"avif" not in data[:32]
    image = pillow_heif.open_heif(data).to_pillow() if is_heic else Image.open(io.BytesIO(data))
    return image


def frames(data: bytes) -> list[bytes]:
    """The pixels of every frame or page."""
    return [frame.copy().tobytes() for frame in ImageSequence.Iterator(opened(data))]


def profile_of(data: bytes) -> Any:
    return opened(data).info.get("icc_profile")


@pytest.mark.parametrize("name", FILES)
def test_the_picture_and_what_is_harmless_stay(name: str) -> None:
    original = FILES[name]()
    stripped = strip(original)
    assert frames(stripped) == frames(original)[: 1 if name == "mpo" else None]
    assert profile_of(stripped) == profile_of(original)
    before, after = decode_photo(original), decode_photo(stripped)
    assert np.array_equal(after.image, before.image)
    for field in ("taken_at", "utc_offset_minutes", "camera_make", "camera_model"):
        assert getattr(after.capture, field) == getattr(before.capture, field)
    assert after.capture.camera_serial is None
    assert strip(stripped) == stripped, "a second time changes nothing"


def test_coded_pixels_are_not_coded_again() -> None:
    original = FILES["jpeg"]()
    start = original.rindex(b"\xff\xda")
    assert strip(original)[-len(original[start:]) :] == original[start:]


@pytest.mark.parametrize("name", ["GIF", "WEBP", "PNG", "TIFF"])
def test_every_frame_and_page_stays(name: str) -> None:
    pictures = [Image.fromarray(draw_scene(seed, (64, 48))) for seed in range(3)]
    original = written(pictures[0], name, save_all=True, append_images=pictures[1:])
    assert len(frames(original)) == 3
    stripped = strip(original)
    assert frames(stripped) == frames(original)
    with Image.open(io.BytesIO(stripped)) as after, Image.open(io.BytesIO(original)) as before:
        assert after.info.get("loop") == before.info.get("loop")
        assert after.info.get("duration") == before.info.get("duration")


def test_colours_of_adobe_rgb_without_a_profile_stay() -> None:
    tags = exif()
    tags.get_ifd(0x8769).update({0xA001: 0xFFFF, 0xA005: {1: "R03"}})
    with Image.open(io.BytesIO(strip(written(SMALL, "JPEG", exif=tags)))) as after:
        shot = after.getexif().get_ifd(0x8769)
        assert shot[0xA001] == 0xFFFF
        assert after.getexif().get_ifd(0xA005)[1] == "R03"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_heic_is_turned_once(orientation: int) -> None:
    original = turned_heic(SMALL, orientation)
    assert frames(strip(original)) == frames(original)


def test_time_and_orientation_in_xmp_alone_are_kept() -> None:
    packet = b'<rdf:Description tiff:Orientation="6" exif:DateTimeOriginal="2024-06-15T12:00:05+02:00"/>'
    after = decode_photo(strip(written(SMALL, "JPEG", xmp=packet)))
    assert after.image.shape == (96, 64, 3)
    assert after.capture.taken_at == datetime(2024, 6, 15, 12, 0, 5)  # noqa: DTZ001
    assert after.capture.utc_offset_minutes == 120


def test_a_profile_keeps_its_bytes_also_in_many_segments() -> None:
    profile = struct.pack(">I", len(PROFILE) + 100_000) + PROFILE[4:] + bytes(100_000)
    assert profile_of(strip(written(SMALL, "JPEG", icc_profile=profile))) == profile


@given(
    st.sampled_from(sorted(_FORMATS)),
    st.integers(1, 8),
    st.booleans(),
    st.datetimes(_FIRST, _LAST),
    st.tuples(st.integers(1, 80), st.integers(1, 80)),
)
def test_any_photo_keeps_its_picture(
    name: str, orientation: int, has_profile: bool, taken_at: datetime, size: tuple[int, int]
) -> None:
    options: dict[str, Any] = {"icc_profile": PROFILE} if has_profile else {}
    tags = exif_bytes(taken_at=taken_at, orientation=orientation)
    original = _FORMATS[name](SMALL.resize(size), exif=tags, **options)
    stripped = strip(original)
    assert frames(stripped) == frames(original)
    assert profile_of(stripped) == profile_of(original)
    before, after = decode_photo(original), decode_photo(stripped)
    assert np.array_equal(after.image, before.image)
    assert after.capture.taken_at == before.capture.taken_at is not None


@given(st.sampled_from(sorted(FILES)), st.data())
def test_damage_never_changes_a_picture(name: str, data: st.DataObject) -> None:
    content = bytearray(_ONCE.setdefault(name, FILES[name]()))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, min(len(content), 3000) - 1))] = data.draw(st.integers(0, 255))
    check_stripping(bytes(content), check_outcome(bytes(content)))


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_file_that_is_cut_off_is_named_or_whole(name: str, data: st.DataObject) -> None:
    content = _ONCE.setdefault(name, FILES[name]())
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    check_stripping(cut, check_outcome(cut))


def reason(data: bytes) -> str:
    with pytest.raises(NotStripped) as raised:
        strip(data)
    return raised.value.reason


@pytest.mark.parametrize("content", [b"", b"no photo at all", b"%PDF-1.7", b"\xff\x0a"])
def test_other_formats_are_named(content: bytes) -> None:
    assert reason(content) == "unknown_format"


def test_videos_are_named() -> None:
    assert reason(b"\0\0\0\x18ftypmp42") == "video"


@pytest.mark.parametrize("own", [1, 3])
def test_a_bare_jpeg_is_the_picture_and_how_it_is_turned(own: int) -> None:
    scene = draw_scene(2, (64, 48))
    full = jpeg_bytes(scene, orientation=own, taken_at=TAKEN_AT, camera=("Drawn", "D1"), icc=rgb_profile(DISPLAY_P3))
    bare = open_picture(bare_jpeg(full, 6), "jpeg")
    assert bare.orientation == 6
    assert bare.profile is not None
    assert read_capture_information(bare.exif, bare.xmp) == CaptureInformation()
    assert bare.load(64).tobytes() == open_picture(full, "jpeg").load(64).tobytes()


def test_raw_files_are_named() -> None:
    assert reason(dng_bytes(np.zeros((32, 48), np.uint16))) == "raw"


def test_damaged_files_are_named() -> None:
    assert reason(b"\xff\xd8") == "damaged"
    assert {reason(FILES[name]()[:700]) for name in ("jpeg", "png", "webp", "tiff", "heic", "avif", "gif")} == {
        "damaged"
    }


def test_what_fuzzing_found_is_named() -> None:
    jpeg = FILES["jpeg"]()
    scan = jpeg.rindex(b"\xff\xda") + 200
    assert reason(jpeg[:scan] + b"\xff\xff\0" + jpeg[scan:]) == "damaged"
    assert reason(jpeg[: jpeg.rindex(b"\xff\xda")] + b"\xff\xd9" + jpeg) == "damaged", "no pixels before the end"
    wide = struct.pack("<HHII", 256, 3, 1, 8), struct.pack("<HHII", 256, 3, 9, 8)
    assert reason(chained_tiff(1).replace(*wide)) == "damaged"
    heic = FILES["heic"]()
    assert reason(heic.replace(b"meta\0\0\0\0", b"meta\7\0\0\0")) == "unknown_part"
    profile = bytearray(PROFILE)
    profile[128:132] = b"\0\1\0\0"
    assert reason(written(SMALL, "JPEG", icc_profile=bytes(profile))) == "damaged"
    shorter = bytearray(PROFILE)
    [start] = struct.unpack_from(">I", shorter, shorter.index(b"bTRC") + 4)
    struct.pack_into(">I", shorter, shorter.index(b"bTRC") + 8, 10)
    assert shorter[start + 10 :].strip(b"\0"), "decoders read on"
    assert reason(written(SMALL, "JPEG", icc_profile=bytes(shorter))) == "damaged"


def test_a_profile_that_decoders_ignore_does_not_come_to_life() -> None:
    photo = written(SMALL, "JPEG", icc_profile=PROFILE)
    start = photo.index(b"\xff\xe2")
    part = photo[start : start + 2 + int.from_bytes(photo[start + 2 : start + 4], "big")]
    scan = photo.index(b"\xff\xda")
    twice = photo[:start] + part + photo[start:]
    late = photo[:start] + photo[start + len(part) : scan] + part + photo[scan:]
    for ignored in (twice, late):
        assert profile_of(ignored) is None
        assert profile_of(strip(ignored)) is None


def test_a_photo_behind_a_tile_that_reaches_to_the_end_of_the_file_is_named() -> None:
    photo = written(SMALL, "JPEG2000", no_jp2=True)
    place = photo.index(b"\xff\x90") + 6
    opened = photo[:place] + bytes(4) + photo[place + 4 :]
    assert frames(strip(opened)) == frames(photo)
    assert reason(opened + FILES["jpeg"]()) == "damaged"


def test_a_profile_with_a_wrong_checksum_is_no_profile() -> None:
    """Decoders ignore it, so it must not come to life."""
    data = bytearray(FILES["png"]())
    data[data.index(b"iCCP") + 30] ^= 1
    assert profile_of(strip(bytes(data))) is None


def test_parts_that_change_the_picture_and_are_unknown_are_named() -> None:
    assert reason(with_chunks(chunk(b"ABCD", b"?"))) == "unknown_part"
    assert reason(with_chunks(chunk(b"PLTE", bytes(771)))) == "unknown_part"
    assert reason(FILES["jp2"]() + box(b"jp2h", box(b"cdef", bytes(2000)))) == "unknown_part"
    assert reason(with_segments(segment(0xDD, b"\0\0and more"))) == "damaged"
    assert reason(written(SMALL, "JPEG").replace(b"\xff\xdb", b"\xff\xf5", 1)) == "unknown_part"
    assert reason(FILES["heic"]().replace(b"hvc1", b"hvc9")) == "unknown_part"
    assert (
        reason(FILES["tiff"]().replace(struct.pack("<HHIHH", 259, 3, 1, 1, 0), struct.pack("<HHIHH", 259, 3, 1, 6, 0)))
        == "unknown_part"
    )


def test_more_parts_than_we_go_through_are_named() -> None:
    assert reason(png_bytes(8, 8, *[(b"tEXt", b"a\0b")] * 200_001)) == "too_much"
    assert reason(chained_tiff(1001)) == "too_much"


def test_pixels_that_overlap_what_goes_are_named() -> None:
    """A file may claim that its pixels are where its place is."""
    data = bytearray(chained_tiff(1))
    place = data.find(struct.pack("<HHI", 279, 4, 1)) + 8
    struct.pack_into("<I", data, place, len(data) - 8)
    assert reason(bytes(data)) == "damaged"
