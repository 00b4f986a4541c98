"""Finds faces with the Haar cascades that come with OpenCV (Viola and Jones 2001).

A full search with a cascade takes longer than all other measurements together. So a coarse search in a small copy finds
candidates: it misses few faces and is often wrong. Then two other cascades examine each candidate at a good size, which
is fast because there are few, and rejects nearly all wrong ones.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from cv2.data import haarcascades
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.files import nominal_side
from worker.analysis.interface import FaceModelError
from worker.analysis.measures import Grey

# The coarse search finds faces from a twentieth of the longest side wide, and profiles from an eighth. A search for
# smaller ones would take as long as all other measurements.
_SEARCH_SIDE = 480
_SEARCH_WINDOW = 24
_PROFILE_SEARCH_SIDE = 160
_PROFILE_SEARCH_WINDOW = 20
# Two sizes per octave: with three, the search takes a third longer and finds no more.
_SCALE_STEP = math.sqrt(2)
_MOST_CANDIDATES = 60

# The close examination.
_CLOSE_WIDTH = 56  # pixels that the candidate is scaled to
_CLOSE_MARGIN = 0.3  # of the candidate's width
_CLOSE_SCALE_STEP = 1.1
_FEWEST_VOTES = 14  # windows in which the two cascades together see a frontal face
_FEWEST_PROFILE_VOTES = 8
_FEWEST_VOTES_OF_ONE = 3


def load_cascade(name: str) -> Any:
    """The cascade of this name from the OpenCV package, for one thread.

    Raises:
        FaceModelError: the package is damaged.
    """
    path = Path(haarcascades) / f"{name}.xml"
    cascade = cv2.CascadeClassifier(str(path))
    if cascade.empty():
        raise FaceModelError(f"OpenCV's cascade {path} cannot be read. Reinstall opencv-python-headless.")
    return cascade


class CascadeFinder:
    """Finds faces in two steps, a coarse search and a close examination. Each thread needs its own."""

    def __init__(self) -> None:
        self._coarse = load_cascade("haarcascade_frontalface_default")
        self._close = (load_cascade("haarcascade_frontalface_alt2"), load_cascade("haarcascade_frontalface_alt"))
        self._profile = load_cascade("haarcascade_profileface")

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:  # noqa: ARG002 - the network uses the colours
        """Frontal faces and profiles; a face may be in the result as both."""
        frontal = [
            box
            for candidate in self._search(grey, self._coarse, _SEARCH_SIDE, _SEARCH_WINDOW)
            if (box := self._confirmed(grey, candidate))
        ]
        return frontal + self._profiles(grey) + self._mirrored(self._profiles(cv2.flip(grey, 1)), grey.shape[1])

    def _profiles(self, grey: Any) -> list[Box]:
        """Faces that look to the side for which the cascade was trained."""
        candidates = self._search(grey, self._profile, _PROFILE_SEARCH_SIDE, _PROFILE_SEARCH_WINDOW)
        return [box for candidate in candidates if (box := self._confirmed_profile(grey, candidate))]

    @staticmethod
    def _mirrored(boxes: Sequence[Box], width: int) -> list[Box]:
        return [replace(box, x=width - box.x - box.width) for box in boxes]

    @staticmethod
    def _search(grey: Grey, cascade: Any, side: int, window: int) -> list[Box]:
        """All places where the cascade fires at all, at every size; the most frequent first.

        Searches each octave in a copy of half the size. There the cascade skips every second pixel, which in the large
        copy it does for small faces only, so that large faces would take the most time.
        """
        scale = min(1.0, side / nominal_side(*grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        candidates: list[Box] = []
        while min(small.shape) >= window:
            largest = 2 * window - 1 if min(small.shape) >= 2 * window else 0  # 0: no limit
            found = cascade.detectMultiScale(small, _SCALE_STEP, 0, 0, (window, window), (largest, largest))
            # The threads of OpenCV return any order, but the order decides which of two candidates at a place counts.
            candidates += [_scaled_box(box, scale) for box in sorted(map(tuple, found))]
            if not largest:
                break
            small = cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            scale /= 2
        return _one_per_place(candidates)[:_MOST_CANDIDATES]

    def _confirmed(self, grey: Grey, candidate: Box) -> Box | None:
        """The candidate as the two other frontal cascades see it; None if they see no face."""
        view, scale, left, top = _close_up(grey, candidate)
        first, votes = _most_votes(self._close[0], view)
        if first is None or votes < _FEWEST_VOTES_OF_ONE:
            return None
        second, more_votes = _most_votes(self._close[1], view)
        votes += more_votes
        if second is None or votes < _FEWEST_VOTES:
            return None
        box = _scaled_box(first, scale)
        return replace(box, x=left + box.x, y=top + box.y, confidence=_confidence(votes - _FEWEST_VOTES))

    def _confirmed_profile(self, grey: Grey, candidate: Box) -> Box | None:
        view, scale, left, top = _close_up(grey, candidate)
        found, votes = _most_votes(self._profile, view)
        if found is None or votes < _FEWEST_PROFILE_VOTES:
            return None
        box = _scaled_box(found, scale)
        # Lower than for any frontal face, so that the frontal one of two boxes on a face is kept.
        confidence = 0.5 * _confidence(votes - _FEWEST_PROFILE_VOTES)
        return replace(box, x=left + box.x, y=top + box.y, confidence=confidence, frontal=False)


def _confidence(spare_votes: int) -> float:
    """0.3 for a face with just enough votes, as most wrong ones have, up to nearly 1 for fifty more."""
    return 1 - 0.7 * math.exp(-spare_votes / 20)


def _scaled_box(rectangle: Sequence[int], scale: float) -> Box:
    """A rectangle in a copy at this scale, in pixels of the photo."""
    x, y, width, height = (float(value) / scale for value in rectangle)
    return Box(x, y, width, height)


def _one_per_place(candidates: Sequence[Box]) -> list[Box]:
    """One candidate for each place; places where the cascade fired most often come first."""
    places: list[tuple[Box, int]] = []
    for candidate in candidates:
        for index, (place, count) in enumerate(places):
            if candidate.overlap(place) > 0.45:
                places[index] = (place, count + 1)
                break
        else:
            places.append((candidate, 1))
    places.sort(key=lambda place: -place[1])
    return [place for place, _ in places]


def _close_up(grey: Grey, candidate: Box) -> tuple[Grey, float, int, int]:
    """The candidate with a margin, scaled to a width of _CLOSE_WIDTH; the scale; left and top in the photo."""
    margin = _CLOSE_MARGIN * candidate.width
    left, top = max(0, int(candidate.x - margin)), max(0, int(candidate.y - margin))
    right = math.ceil(candidate.x + candidate.width + margin)
    bottom = math.ceil(candidate.y + candidate.height + margin)
    scale = _CLOSE_WIDTH / candidate.width
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    view = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=interpolation)
    return np.asarray(view, np.uint8), scale, left, top


def _most_votes(cascade: Any, view: Grey) -> tuple[Sequence[int] | None, int]:
    """The box at which the most windows of the cascade see something, and how many do."""
    boxes, votes = cascade.detectMultiScale2(
        view,
        _CLOSE_SCALE_STEP,
        1,
        0,
        (int(_CLOSE_WIDTH * 0.65),) * 2,
        (int(_CLOSE_WIDTH * 1.5),) * 2,
    )
    if not len(boxes):
        return None, 0
    # Among equals take the smallest, so that the result does not depend on the order of OpenCV's threads.
    found = zip(map(tuple, boxes), map(int, votes), strict=True)
    return max(found, key=lambda voted: (voted[1], [-value for value in reversed(voted[0])]))
