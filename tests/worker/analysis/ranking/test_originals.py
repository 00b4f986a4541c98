from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from albums.analysis import PhotoFeatures
from tests.drawing import Pixels, add_noise, blur, jpeg_bytes
from tests.real_photos import NAMES, real_photo
from worker.analysis.features import measure_features
from worker.analysis.files import decode_photo
from worker.analysis.ranking import PhotoFile, rank_group
from worker.analysis.ranking.originals import original_quality

FILE = PhotoFile("a.jpg", "image/jpeg", 2_000_000, 12_000_000, camera="", taken_at=math.nan, modified_at=math.nan)


def first(*files: PhotoFile, halos: tuple[float, ...] = (0.3, 0.3), quality: tuple[float, ...] = (0.0, 0.0)) -> int:
    """The place of the likeliest original; both orders must agree."""
    features = [PhotoFeatures({"halos": each}) for each in halos]
    odds = original_quality(files, features, np.array(quality))
    assert np.allclose(original_quality(files[::-1], features[::-1], np.array(quality[::-1])), odds[::-1])
    assert np.isfinite(odds).all()
    assert odds[0] != odds[1]
    return int(np.argmax(odds))


@pytest.mark.parametrize(
    "better",
    [
        replace(FILE, camera="Canon EOS R5"),
        replace(FILE, name="IMG_1234.JPG"),
        replace(FILE, name="PXL_20200710_061629144.MP.jpg"),
        replace(FILE, name="20240608_115328.jpg"),
        replace(FILE, name="P1012345.JPG"),
        replace(FILE, taken_at=1.0),
        replace(FILE, modified_at=1.0),
        replace(FILE, byte_size=4_000_000),
    ],
)
def test_what_the_file_says_is_evidence_for_the_original(better: PhotoFile) -> None:
    assert first(better, FILE) == 0


@pytest.mark.parametrize("name", ["IMG_1234 (1).jpg", "IMG_1234-edited.jpg", "Copy of IMG_1234.jpg", "a", "big_1.jpg"])
def test_a_name_that_a_program_changed_is_no_evidence(name: str) -> None:
    assert first(replace(FILE, name=name), replace(FILE, name="IMG_1234.jpg")) == 1


def test_the_tables_of_a_program_and_coarser_ones_speak_against_a_file() -> None:
    camera, saved_again = replace(FILE, jpeg_step=9.0), replace(FILE, jpeg_step=9.0, jpeg_standard=True)
    assert first(camera, saved_again) == 0
    assert first(replace(camera, jpeg_step=5.0), camera) == 0
    assert first(camera, replace(saved_again, byte_size=3_000_000)) == 0  # finer than the camera's, and no better
    assert first(replace(FILE, jpeg_standard=True, camera="SM-G935L"), camera) == 0


def test_the_older_time_is_evidence_for_the_original() -> None:
    assert first(replace(FILE, taken_at=200_000.0), replace(FILE, taken_at=5.0)) == 1


def test_more_pixels_that_need_few_more_bytes_were_enlarged() -> None:
    assert first(FILE, replace(FILE, byte_size=2_600_000, pixels=27_000_000)) == 0
    assert first(FILE, replace(FILE, byte_size=700_000, pixels=3_000_000)) == 0


@pytest.mark.parametrize(("camera", "original"), [("Apple iPhone 13", 1), ("Canon EOS R5", 0)])
def test_a_heic_is_the_original_only_of_a_phone_that_writes_it(camera: str, original: int) -> None:
    heic = replace(FILE, content_type="image/heic", byte_size=1_200_000, camera=camera)
    assert first(replace(FILE, camera=camera), heic) == original


def test_a_png_is_what_a_program_saved() -> None:
    assert first(replace(FILE, content_type="image/png", byte_size=20_000_000), FILE) == 1


def test_halos_outweigh_the_sharpness_they_feign_and_a_blur_is_no_original() -> None:
    assert first(FILE, FILE, halos=(0.3, 0.6), quality=(0.0, 7.0)) == 0
    assert first(FILE, FILE, halos=(0.2, -0.1), quality=(0.0, -2.0)) == 0


def enlarged(image: Pixels, times: float = 1.5) -> Pixels:
    return np.asarray(cv2.resize(image, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)


def sharpened(image: Pixels) -> Pixels:
    return np.asarray(cv2.addWeighted(image, 2.8, cv2.GaussianBlur(image, (0, 0), 2.0), -1.8, 0), np.uint8)


COPIES: dict[str, tuple[Callable[[Pixels], Pixels], int]] = {
    "enlarged": (enlarged, 92),
    "sharpened": (sharpened, 92),
    "saved again": (lambda image: image, 75),
    "reduced": (lambda image: enlarged(image, 0.5), 92),
    "noisy": (lambda image: add_noise(image, 20.0), 60),
    "blurred": (lambda image: blur(image, 0.004), 92),
}


@cache
def measured(name: str, copy: str = "") -> tuple[PhotoFile, PhotoFeatures]:
    """A real photo or a copy of it, whose files say nothing but their sizes."""
    change, quality = COPIES[copy] if copy else (lambda image: image, 92)
    pixels = change(real_photo(name))
    data = jpeg_bytes(pixels, quality=quality)
    file = replace(FILE, byte_size=len(data), pixels=pixels.shape[0] * pixels.shape[1])
    return file, measure_features(decode_photo(data).image)


# In photos as small as these, another size confuses the measures of sharpness of one of the four.
@pytest.mark.parametrize("copy", COPIES)
def test_the_original_of_real_photos_is_ranked_before_their_copies(copy: str) -> None:
    found = []
    for name in NAMES:
        (file, features), (other_file, other) = measured(name), measured(name, copy)
        found.append(rank_group([other, features], copies=[other_file, file]).order == [1, 0])
    assert sum(found) >= (3 if copy in {"enlarged", "reduced"} else 4)


def test_it_says_which_is_the_original_and_which_the_copy() -> None:
    (file, features), (other_file, other) = measured("chelsea"), measured("chelsea", "sharpened")
    clear = rank_group([other, features], copies=[other_file, replace(file, name="DSC_0001.JPG", camera="Nikon D5")])
    assert clear.clear_winner
    assert [reasons[0].code for reasons in clear.reasons] == ["copy", "original"]
    alike = rank_group([features, features], copies=[file, file])
    assert [[reason.code for reason in reasons] for reasons in alike.reasons] == [
        ["no_clear_winner"],
        ["nearly_as_good"],
    ]
