from __future__ import annotations

import math

import cv2
import numpy as np

from tests.drawing import add_noise, expose
from tests.real_photos import real_photo
from worker.analysis.faces.boxes import Box
from worker.analysis.faces.likeness import likeness_of, unlikeness

FACE = Box(173, 66, 104, 104)


def unlike(one: bytes, other: bytes) -> float:
    return float(unlikeness([one], [other])[0, 0])


def test_a_person_is_alike_in_another_light_and_a_little_moved() -> None:
    photo = real_photo("astronaut")
    here = likeness_of(photo, FACE)
    for stops, box in ((-0.7, Box(180, 62, 100, 108)), (0.5, Box(168, 70, 106, 104)), (0.0, FACE)):
        assert unlike(here, likeness_of(add_noise(expose(photo, stops), 4.0), box)) < 0.6


def test_another_person_is_not_alike() -> None:
    photo = real_photo("astronaut")
    other = cv2.cvtColor(photo, cv2.COLOR_RGB2HSV)
    other[..., 0] = (other[..., 0].astype(int) + 90) % 180  # clothes of other colours
    assert unlike(likeness_of(photo, FACE), likeness_of(np.asarray(other, np.uint8), FACE)) > 1


def test_the_edge_of_the_photo_and_an_unknown_face_are_no_error() -> None:
    photo = real_photo("astronaut")
    assert len(likeness_of(photo, Box(-40, -40, 60, 60))) == 72
    assert math.isnan(unlike(b"", likeness_of(photo, FACE)))
