from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.drawing import draw_scene, exif_bytes, jpeg_bytes
from tests.icc_profiles import DISPLAY_P3, rgb_profile
from tests.photo_files import (
    TAKEN_AT,
    decode_or_code,
    heic_bytes,
    opencv_bytes,
    tiff_tags,
    written,
)
from worker.analysis.decoding import DecodedPhoto, DecodeError, DecodeLimits, decode_photo

ODD_PHOTOS = Path(__file__).parents[4] / "shared" / "photos" / "odd"

TINY = draw_scene(7, (48, 32))
SEEDS = [
    jpeg_bytes(TINY, taken_at=TAKEN_AT, icc=rgb_profile(DISPLAY_P3), orientation=6),
    jpeg_bytes(TINY, progressive=True),
    written(Image.fromarray(TINY), "PNG", exif=exif_bytes(taken_at=TAKEN_AT), icc_profile=rgb_profile(DISPLAY_P3)),
    written(Image.fromarray(TINY), "WEBP", exif=exif_bytes(orientation=3)),
    written(Image.fromarray(TINY), "TIFF", tiffinfo=tiff_tags(8)),
    written(Image.fromarray(TINY), "TIFF", compression="tiff_lzw"),
    written(Image.fromarray(TINY), "TIFF", compression="tiff_adobe_deflate", big_tiff=True),
    opencv_bytes(".tif", TINY.astype(np.float32) / 255),
    written(Image.fromarray(TINY), "GIF"),
    written(Image.fromarray(TINY), "BMP"),
    written(Image.fromarray(TINY), "AVIF", exif=exif_bytes(orientation=5)),
    written(Image.fromarray(TINY), "JPEG2000"),
    written(Image.fromarray(TINY), "MPO", save_all=True, append_images=[Image.fromarray(TINY)]),
    heic_bytes(Image.fromarray(TINY), quality=60),
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_photos_are_decoded_or_refused_with_a_reason(data: st.DataObject) -> None:
    photo = bytearray(data.draw(st.sampled_from(SEEDS)))
    for _ in range(data.draw(st.integers(0, 12))):
        # Headers are where decoders are lied to.
        end = min(len(photo), data.draw(st.sampled_from((64, 400, len(photo)))))
        place = data.draw(st.integers(0, end - 1))
        change = data.draw(st.binary(min_size=1, max_size=8))
        photo[place : place + len(change)] = change
    if data.draw(st.booleans()):
        del photo[data.draw(st.integers(1, len(photo))) :]
    check_outcome(bytes(photo))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([seed[:16] for seed in SEEDS]), st.binary(max_size=300))
def test_garbage_behind_a_photos_mark_is_refused_with_a_reason(mark: bytes, garbage: bytes) -> None:
    check_outcome(mark + garbage)


CODES = {"empty_file", "not_an_image", "unsupported_format", "too_many_pixels", "truncated", "corrupt"}


def check_outcome(data: bytes) -> None:
    limits = DecodeLimits(max_pixels=4_000_000)
    try:
        photo = decode_photo(data, limits=limits, target_side=64)
    except DecodeError as error:
        refusal = error
    else:
        check_photo(photo, limits)
        return
    assert refusal.code in CODES
    assert refusal.message.endswith(".")


def check_photo(photo: DecodedPhoto, limits: DecodeLimits) -> None:
    height, width, channels = photo.image.shape
    assert channels == 3
    assert photo.image.dtype == np.uint8
    assert 1 <= max(width, height) <= 64
    assert photo.width * photo.height <= limits.max_pixels


@pytest.mark.skipif(not ODD_PHOTOS.is_dir(), reason="the collection of odd photos is not here")
def test_odd_photos_come_out_as_expected() -> None:
    with (ODD_PHOTOS / "manifest.csv").open(newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    wrong = []
    for row in rows:
        outcome = decode_or_code((ODD_PHOTOS / row["file"]).read_bytes())
        accepted = isinstance(outcome, DecodedPhoto)
        if row["expected"] == ("reject" if accepted else "accept") and "if it decodes" not in row["note"]:
            wrong.append((row["file"], outcome))
    assert wrong == []
    assert len(rows) > 0
