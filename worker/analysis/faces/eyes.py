"""Whether the eyes of a face are open."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

from worker.analysis.faces.boxes import Box
from worker.analysis.faces.cascade_finder import load_cascade
from worker.analysis.measures import Grey

# Pixels. At this width the eyes are a little larger than the smallest size that the cascades know, which is fastest.
_FACE_WIDTH = 128
_EYE_SIZES = (20, 48)
_EYE_DISTANCE = 50
_EYE_REACH = 32  # from the centre of an eye to the edge of the region that is searched
_SMALLEST_FACE = 48  # in the photo; in smaller faces, closed eyes look like open ones
_EVEN_VOTES = 5.0  # with this many votes an eye is as likely closed as open


class Eyes:
    """Judges eyes. Each thread needs its own.

    OpenCV's cascades `eye` and `eye_tree_eyeglasses` were trained on open eyes. The two with `2splits` in their names
    find closed eyes as well (Baggio et al., "Mastering OpenCV", 2012, chapter 8), and so tell a closed eye from one
    that is not visible.
    """

    def __init__(self) -> None:
        self._open = load_cascade("haarcascade_eye")
        self._open_or_with_glasses = load_cascade("haarcascade_eye_tree_eyeglasses")
        self._any = (load_cascade("haarcascade_righteye_2splits"), load_cascade("haarcascade_lefteye_2splits"))

    def judge(self, grey: Grey, box: Box) -> tuple[float | None, int]:
        """How open the eyes of a face are, 0 to 1, or None if no eye can be judged; and how many can be."""
        if box.width < _SMALLEST_FACE:
            return None, 0
        regions = _eye_regions(grey, box)
        judged = [self._openness(region, cascade) for region, cascade in zip(regions, self._any, strict=True)]
        known = [openness for openness in judged if openness is not None]
        return (sum(known) / len(known) if known else None), len(known)

    def _openness(self, region: Grey, any_eye: Any) -> float | None:
        if min(region.shape) < _EYE_SIZES[0]:
            return None
        # `eye_tree_eyeglasses` fires far less often than `eye`, and rarely at a closed eye.
        votes = _eye_votes(self._open_or_with_glasses, region) + _eye_votes(self._open, region) / 4
        if votes:
            return votes / (votes + _EVEN_VOTES)
        return 0.0 if _eye_votes(any_eye, region) else None


def _eye_votes(cascade: Any, region: Grey) -> int:
    """In how many windows the cascade sees an eye, at the place with the most."""
    smallest, largest = _EYE_SIZES
    _, votes = cascade.detectMultiScale2(region, 1.1, 1, 0, (smallest,) * 2, (largest,) * 2)
    return int(max(votes, default=0))


def _eye_regions(grey: Grey, box: Box) -> tuple[Grey, Grey]:
    """The regions of the two eyes, scaled to a face of _FACE_WIDTH; the one further left in the photo is first."""
    if box.eyes:
        (first_x, first_y), (second_x, second_y) = sorted(box.eyes)
        scale = _EYE_DISTANCE / max(1.0, math.hypot(second_x - first_x, second_y - first_y))
    else:
        # Where the eyes are in the boxes of the frontal cascades.
        scale = _FACE_WIDTH / box.width
        first_x, second_x = box.x + 0.3 * box.width, box.x + 0.7 * box.width
        first_y = second_y = box.y + 0.375 * box.height
    reach = _EYE_REACH / scale
    return _eye_region(grey, first_x, first_y, reach, scale), _eye_region(grey, second_x, second_y, reach, scale)


def _eye_region(grey: Grey, x: float, y: float, reach: float, scale: float) -> Grey:
    top, left = max(0, round(y - reach)), max(0, round(x - reach))
    cut = grey[top : max(0, round(y + reach)), left : max(0, round(x + reach))]
    if not cut.size:
        return cut
    size = (max(1, round(cut.shape[1] * scale)), max(1, round(cut.shape[0] * scale)))
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(cut, size, interpolation=interpolation), np.uint8)
