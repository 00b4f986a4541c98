"""The analysis on real photos: faces, the order of sharpness, reasons and groups that drawn scenes cannot vouch for."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from tests.drawing import Pixels, add_noise, blur, expose, jpeg_bytes, shake
from tests.real_photos import NAMES, real_photo
from worker.analysis.embedding.descriptor import describe
from worker.analysis.features import measure_features
from worker.analysis.files import decode_photo
from worker.analysis.grouping import group_photos, reference_for
from worker.analysis.models import DESCRIPTOR_NAME
from worker.analysis.ranking import rank_group


def saved_again(image: Pixels, quality: int) -> Pixels:
    return decode_photo(jpeg_bytes(image, quality=quality)).image


def cropped(image: Pixels, share: float = 0.05) -> Pixels:
    height, width = image.shape[:2]
    top, left = round(height * share), round(width * share)
    return image[top : height - top, left : width - left]


def enlarged(image: Pixels) -> Pixels:
    """At a size that cameras write."""
    return np.asarray(cv2.resize(image, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)


def test_it_finds_the_face_of_the_astronaut() -> None:
    (face,) = measure_features(real_photo("astronaut")).faces
    # In parts of the width and of the height: the face is in the upper middle of the picture.
    assert face.x + face.width / 2 == pytest.approx(0.44, abs=0.03)
    assert face.y + face.height / 2 == pytest.approx(0.24, abs=0.05)
    assert 0.12 < face.width < 0.25
    assert face.frontal and not face.cut_off


@pytest.mark.parametrize("name", ["chelsea", "coffee", "rocket"])
def test_it_finds_no_face_of_a_person_where_there_is_none(name: str) -> None:
    assert measure_features(real_photo(name)).faces == []
    assert measure_features(enlarged(real_photo(name))).faces == []


@pytest.mark.parametrize("name", NAMES)
def test_the_more_a_photo_is_blurred_the_less_sharp_it_is(name: str) -> None:
    photo = real_photo(name)
    shots = [photo, *(blur(photo, share) for share in (0.001, 0.002, 0.004, 0.008))]
    for score in ("laplacian_variance", "tenengrad_512"):
        scores = [measure_features(shot).scores[score] for shot in shots]
        assert scores == sorted(scores, reverse=True)
        assert len(set(scores)) == len(scores)


FLAWS: dict[str, Callable[[Pixels], Pixels]] = {
    "blurred": lambda photo: blur(photo, 0.004),
    "shaken": lambda photo: shake(photo, 0.015),
    "noisy": lambda photo: add_noise(photo, 20.0),
    "underexposed": lambda photo: expose(photo, -2.0),
    "compressed": lambda photo: saved_again(photo, 8),
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("flaw", FLAWS)
def test_the_original_is_ranked_before_its_flawed_copy(name: str, flaw: str) -> None:
    photo = real_photo(name)
    ranked = rank_group([measure_features(shot) for shot in (FLAWS[flaw](photo), photo)])
    assert ranked.order == [1, 0]


@pytest.mark.parametrize("name", NAMES)
def test_a_photo_that_is_nearly_black_is_not_the_best(name: str) -> None:
    photo = real_photo(name)
    ranked = rank_group([measure_features(shot) for shot in (expose(photo, -4.0), photo)])
    assert ranked.order == [1, 0]


def test_copies_and_crops_of_a_photo_are_grouped_and_different_photos_are_not() -> None:
    shots, truth = [], []
    for name in NAMES:
        photo = real_photo(name)
        shots += [photo, saved_again(photo, 60), cropped(photo), expose(photo, 0.3)]
        truth.append(list(range(len(shots) - 4, len(shots))))
    # All within a minute: only their likeness can tell them apart.
    times = np.arange(len(shots), dtype=float) * 3
    groups = group_photos(describe(shots), times, reference=reference_for(DESCRIPTOR_NAME))
    assert [sorted(group.members) for group in groups] == truth
