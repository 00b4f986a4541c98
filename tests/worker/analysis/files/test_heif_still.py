"""HEIC and AVIF are cropped, turned and mirrored once, as their boxes say; sequences without a still are refused."""

from __future__ import annotations

import io
import struct

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from tests.photo_files import PICTURE, SCENE, decode_or_code, error_of, heic_bytes, refused, with_properties, written
from worker.analysis.files import decode_photo
from worker.analysis.files.opening import open_picture
from worker.analysis.files.picture import MOST_PIXELS
from worker.analysis.stripping.boxes import box

STILLS = {"HEIC": heic_bytes(PICTURE), "AVIF": written(PICTURE, "AVIF", quality=100, subsampling="4:4:4")}
TURNS = [(b"irot", bytes((turn,))) for turn in range(4)]
MIRRORS = [None, (b"imir", b"\0"), (b"imir", b"\1")]


def aperture(left: int, top: int, width: int, height: int) -> tuple[bytes, bytes]:
    """The property that crops a picture of 320 by 240 pixels."""
    across, down = 2 * left + width - 320, 2 * top + height - 240
    return b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, across, 2, down, 2)


@pytest.mark.parametrize("name", STILLS)
@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: turn[1].hex())
@pytest.mark.parametrize("mirror", MIRRORS, ids=["straight", "top and bottom", "left and right"])
@pytest.mark.parametrize("is_cropped", [False, True])
def test_a_still_is_cropped_then_turned_then_mirrored(
    name: str, turn: tuple[bytes, bytes], mirror: tuple[bytes, bytes] | None, *, is_cropped: bool
) -> None:
    added = [*([aperture(32, 64, 200, 120)] if is_cropped else []), turn, *([mirror] if mirror else [])]
    photo = decode_photo(with_properties(STILLS[name], *added))
    expected = SCENE[64:184, 32:232] if is_cropped else SCENE
    expected = np.rot90(expected, turn[1][0])  # against the clock
    if mirror:
        expected = expected[:, ::-1] if mirror[1] == b"\1" else expected[::-1]
    assert (photo.height, photo.width) == expected.shape[:2]
    assert error_of(photo, expected).mean() < 4


@pytest.mark.parametrize("part", [(300, 0, 100, 100), (0, 0, 0, 10)])
def test_an_aperture_outside_of_the_picture_does_not_crop_it(part: tuple[int, int, int, int]) -> None:
    outcome = decode_or_code(with_properties(STILLS["AVIF"], aperture(*part)))
    assert outcome == "corrupt" or (not isinstance(outcome, str) and (outcome.width, outcome.height) == (320, 240))


def test_of_a_collection_the_primary_picture_counts() -> None:
    collection = pillow_heif.from_pillow(PICTURE.rotate(180))
    collection.add_from_pillow(PICTURE)
    buffer = io.BytesIO()
    collection.save(buffer, quality=90, chroma=444, primary_index=1)
    assert error_of(decode_photo(buffer.getvalue()), SCENE).mean() < 4


def test_a_sequence_without_a_still_is_refused() -> None:
    error = refused(box(b"ftyp", b"hevc\0\0\0\0msf1hevc") + box(b"moov", bytes(100)))
    assert (error.code, "sequence of pictures" in error.message) == ("unsupported_format", True)


@pytest.mark.parametrize("name", ["AVIF", "HEIC"])
def test_a_bomb_is_refused_by_the_size_it_states(name: str) -> None:
    place = STILLS[name].index(b"ispe") + 8
    bomb = STILLS[name][:place] + struct.pack(">II", 17_000, 17_000) + STILLS[name][place + 8 :]
    error = refused(bomb)
    assert error.code == "too_many_pixels"
    assert "17,000 by 17,000" in error.message


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L"])
def test_a_heic_reduced_in_bands_is_the_same_picture(mode: str) -> None:
    picture = PICTURE.convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(PICTURE.size))
    whole = decode_photo(heic_bytes(picture)).image
    photo = decode_photo(heic_bytes(picture), target_side=85)
    assert error_of(photo, np.asarray(Image.fromarray(whole).reduce(4))).max() <= 2


@pytest.mark.parametrize(("options", "is_light"), [({"chroma": 420}, True), ({"chroma": 422}, False), ({}, False)])
def test_a_heic_with_halved_colours_has_no_limit_of_its_own(options: dict[str, int], *, is_light: bool) -> None:
    picture = open_picture(heic_bytes(PICTURE, **options), "heic")
    assert (picture.most_pixels == MOST_PIXELS) == is_light
    assert open_picture(heic_bytes(PICTURE.convert("RGBA"), chroma=420), "heic").most_pixels < MOST_PIXELS
