"""Eyes as drawn pixels, with a network that draws the same open contour over each."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from worker.analysis.faces.eye_contours import EyeContours, JudgedEyes

Pixels = NDArray[np.uint8]

_SKIN, _WHITE, _IRIS = 150, 190, 60
_CENTRES = ((70, 100), (170, 100))
_WIDTH, _OPENING = 56, 18  # pixels of the photo


@pytest.fixture
def eyes() -> EyeContours:
    """Judges eyes by a contour that is open by a third of its width, with the iris in its middle."""
    across = np.linspace(-1, 1, 9)
    width = 64 / 2.3
    lid = _OPENING / _WIDTH * width / 2 * (1 - across**2)
    lower = np.stack([32 + across * width / 2, 32 + lid, np.zeros(9)], axis=1)
    upper = np.stack([32 + across * width / 2, 32 - lid, np.zeros(9)], axis=1)[1:-1]
    judge = EyeContours()
    judge.__dict__["_network"] = lambda _: [np.concatenate([lower, upper]), np.tile([32.0, 32.0, 0.0], (5, 1))]
    return judge


def _judge(eyes: EyeContours, inside: int, iris: int) -> JudgedEyes:
    """Judge a face whose eyes have this level inside the contour, and this one in the middle."""
    photo = np.full((200, 240, 3), _SKIN, np.uint8)
    points = np.zeros((468, 2))
    for (x, y), corners in zip(_CENTRES, ((33, 133), (362, 263)), strict=True):
        cv2.ellipse(photo, (x, y), (_WIDTH // 2, _OPENING // 2), 0, 0, 360, (inside,) * 3, -1)
        cv2.circle(photo, (x, y), _OPENING // 2, (iris,) * 3, -1)
        points[list(corners)] = [[x - _WIDTH / 2, y], [x + _WIDTH / 2, y]]
    return eyes.judge(photo, points, turn=0.0)


def test_an_iris_in_the_white_of_an_eye_is_open(eyes: EyeContours) -> None:
    judged = _judge(eyes, _WHITE, _IRIS)
    assert judged.count == 2
    assert judged.openness is not None and judged.openness > 0.9


@pytest.mark.parametrize(("inside", "iris"), [(_SKIN, _SKIN), (90, 90), (60, 90)])
def test_a_lid_where_the_network_draws_an_open_eye_is_not_judged(eyes: EyeContours, inside: int, iris: int) -> None:
    """Also where the lid is in the shadow, so that it is darker than the skin around the eye."""
    assert _judge(eyes, inside, iris) == JudgedEyes(None, 0)
