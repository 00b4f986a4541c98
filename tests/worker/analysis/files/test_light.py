"""Pictures that are meant to look alike come out alike, whatever says how bright and how colourful they are."""

from __future__ import annotations

import struct
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from tests.drawing import draw_scene, jpeg_bytes
from tests.hdr_files import HLG, PQ, SRGB, Linear, deep_png, hdr_avif, hdr_heic, linear_of, signal_of
from tests.icc_profiles import ADOBE_RGB, DISPLAY_P3, PROPHOTO, REC_2020, rgb_profile
from tests.icc_profiles import SRGB as SRGB_PRIMARIES
from tests.photo_files import decode_or_code, written
from worker.analysis.files import decode_photo, png
from worker.analysis.files.cicp import Cicp
from worker.analysis.files.tone_mapping import to_sdr

SCENE = draw_scene(1, (160, 120))
LIGHT = linear_of(SCENE)
BRIGHT = LIGHT * np.linspace(1, 4, 160)[:, None]
Write = Callable[[Linear, int, int], bytes]
FILES: dict[str, Write] = {
    "PNG": lambda signal, primaries, transfer: deep_png(signal, (primaries, transfer)),
    "HEIC of 10 bits": hdr_heic,
    "HEIC of 12 bits": lambda signal, primaries, transfer: hdr_heic(signal, primaries, transfer, 12),
    "AVIF of 10 bits": hdr_avif,
    "AVIF of 12 bits": lambda signal, primaries, transfer: hdr_avif(signal, primaries, transfer, 12),
}


@pytest.mark.parametrize("transfer", [SRGB, PQ, HLG])
@pytest.mark.parametrize("primaries", [1, 9, 12])
@pytest.mark.parametrize("name", FILES)
def test_one_scene_looks_alike_in_every_file(name: str, primaries: int, transfer: int) -> None:
    image = decode_photo(FILES[name](signal_of(LIGHT, primaries, transfer), primaries, transfer)).image.astype(float)
    assert abs(image.mean() - SCENE.mean()) < 0.5
    assert np.quantile(np.abs(image - SCENE), 0.99) <= 2


@pytest.mark.parametrize("transfer", [PQ, HLG])
@pytest.mark.parametrize("name", FILES)
def test_highlights_are_rolled_off_and_the_rest_stays(name: str, transfer: int) -> None:
    image = decode_photo(FILES[name](signal_of(BRIGHT, 9, transfer), 9, transfer)).image.astype(float)
    expected = signal_of(BRIGHT, 1, SRGB) * 255
    is_dark = BRIGHT.max(axis=2) < 0.3
    assert np.quantile(np.abs(image - expected)[is_dark], 0.99) <= 4
    assert np.mean(image >= 254) < np.mean(expected >= 254) / 4


def test_eight_bits_of_pq_are_shown_as_pq() -> None:
    image = decode_photo(hdr_avif(signal_of(LIGHT, 9, PQ), 9, PQ, 8)).image.astype(float)
    assert abs(image.mean() - SCENE.mean()) < 1.5


def test_the_code_points_of_a_png_count_more_than_its_profile() -> None:
    other = rgb_profile(ADOBE_RGB)
    for transfer in (SRGB, PQ):
        data = deep_png(signal_of(LIGHT, 9, transfer), (9, transfer), other)
        assert np.quantile(np.abs(decode_photo(data).image - SCENE.astype(float)), 0.99) <= 4


@pytest.mark.parametrize(("transfer", "white", "peak"), [(PQ, 0.58069, 0.75183), (HLG, 0.75, 1.0)])
def test_white_is_at_203_candelas(transfer: int, white: float, peak: float) -> None:
    """By BT.2408, table 1: 58 % of PQ and 75 % of HLG. 1,000 cd/m² are 75 % of PQ and all of HLG."""
    steps = np.rint(np.array([white] * 9 + [peak]) * 65535).astype(np.uint16)
    patches = np.repeat(steps[:, None], 3, axis=1)[None]
    assert to_sdr(np.ascontiguousarray(patches[:, :9]), Cicp(9, transfer)).min() >= 254
    shown = to_sdr(np.ascontiguousarray(patches), Cicp(9, transfer))[0, :, 0]
    assert shown[-1] == 255
    assert 220 <= shown[0] <= 240  # white makes room for what is brighter


def test_a_wider_range_keeps_the_order_of_light() -> None:
    steps = np.linspace(0, 65535, 1024).astype(np.uint16)
    grey = np.ascontiguousarray(np.repeat(steps[:, None], 3, axis=1)[None])
    for transfer in (PQ, HLG):
        shown = to_sdr(grey, Cicp(9, transfer))[0].astype(int)
        assert (np.diff(shown, axis=0) >= 0).all()
        assert shown[0].tolist() == [0, 0, 0]
        assert np.ptp(shown, axis=1).max() <= 1


def test_the_profile_of_an_avif_counts_more_than_its_code_points() -> None:
    wide = np.rint(np.clip(LIGHT @ SRGB_PRIMARIES @ np.linalg.inv(DISPLAY_P3), 0, 1) ** (1 / 2.2) * 255)
    image = Image.fromarray(wide.astype(np.uint8))
    data = written(image, "AVIF", quality=100, subsampling="4:4:4", icc_profile=rgb_profile(DISPLAY_P3))
    place = data.index(b"colrnclx") + 8
    shown = decode_photo(data[:place] + struct.pack(">HH", 9, PQ) + data[place + 4 :]).image.astype(float)
    assert abs(shown.mean() - SCENE.mean()) < 1


def test_transparency_of_hdr_is_over_white() -> None:
    signal = np.dstack([signal_of(LIGHT, 9, PQ), np.linspace(0, 1, 160)[None].repeat(120, axis=0)])
    image = decode_photo(deep_png(signal, (9, PQ))).image.astype(float)
    expected = SCENE * signal[..., 3:] + 255 * (1 - signal[..., 3:])
    assert np.quantile(np.abs(image - expected), 0.99) <= 2


def test_a_deep_png_with_a_chunk_that_is_too_long_never_reaches_opencv(monkeypatch: pytest.MonkeyPatch) -> None:
    data = deep_png(signal_of(LIGHT, 9, PQ), (9, PQ))
    place = data.index(b"IDAT") - 4
    monkeypatch.setattr(png, "load_deep_with_opencv", lambda _data: pytest.fail("OpenCV got it"))
    assert decode_or_code(data[:place] + b"\xfe" + data[place + 1 :]) == "truncated"


def test_a_profile_with_code_points_counts_as_they_do() -> None:
    """As photo programs write into JPEGs of HDR, whose curves are for those who do not know the tag."""
    profile = rgb_profile(ADOBE_RGB, code_points=(9, PQ))
    data = jpeg_bytes(np.rint(signal_of(LIGHT, 9, PQ) * 255).astype(np.uint8), icc=profile, quality=98)
    image = decode_photo(data).image.astype(float)
    assert abs(image.mean() - SCENE.mean()) < 2


@pytest.mark.parametrize(
    ("primaries", "gamma"), [(DISPLAY_P3, 2.2), (REC_2020, 2.4), (PROPHOTO, 1.8)], ids=["P3", "Rec.2020", "ProPhoto"]
)
def test_wide_colours_of_sixteen_bits_by_their_profile(primaries: NDArray[np.float64], gamma: float) -> None:
    wide = np.clip(LIGHT @ SRGB_PRIMARIES @ np.linalg.inv(primaries), 0, 1) ** (1 / gamma)
    image = decode_photo(deep_png(wide, profile=rgb_profile(primaries, gamma))).image.astype(float)
    assert abs(image.mean() - SCENE.mean()) < 1
    assert np.quantile(np.abs(image - SCENE), 0.99) <= 3
