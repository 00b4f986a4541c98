"""DOC"""

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

from worker.analysis.faces.boxes import Box, FaceModelError
from worker.analysis.measures import Grey

# The coarse search. A face must be a twentieth of the longest side wide to be found,
# one in profile an eighth: to look for smaller ones would take as long as everything else.
_SEARCH_SIDE = 480
_SEARCH_WINDOW = 24
_PROFILE_SEARCH_SIDE = 160
_PROFILE_SEARCH_WINDOW = 20
# Two sizes per octave: with three, the search takes a third longer and finds no more.
_SCALE_STEP = math.sqrt(2)
_MOST_FINDINGS = 60
# The close look.
_CLOSE_WIDTH = 56  # pixels: the size of the finding
_CLOSE_MARGIN = 0.3  # of the finding's width
_CLOSE_SCALE_STEP = 1.1
_FEWEST_VOTES = 14  # windows at which the two cascades together see a frontal face
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
        raise FaceModelError(f"OpenCV's cascade {path} cannot be read. Install opencv-python-headless anew.")
    return cascade


class CascadeFinder:
    """The cascades of the OpenCV package: a coarse search, then a close look."""

    def __init__(self) -> None:
        self._coarse = load_cascade("haarcascade_frontalface_default")
        self._close = (load_cascade("haarcascade_frontalface_alt2"), load_cascade("haarcascade_frontalface_alt"))
        self._profile = load_cascade("haarcascade_profileface")

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:  # noqa: ARG002 - the network uses the colours
        """Frontal faces, and those in profile that are not found as frontal ones."""
        frontal = [
            box
            for finding in self._search(grey, self._coarse, _SEARCH_SIDE, _SEARCH_WINDOW)
            if (box := self._confirmed(grey, finding))
        ]
        return frontal + self._profiles(grey) + self._mirrored(self._profiles(cv2.flip(grey, 1)), grey.shape[1])

    def _profiles(self, grey: Any) -> list[Box]:
        """Faces that look to the side for which the cascade was trained."""
        findings = self._search(grey, self._profile, _PROFILE_SEARCH_SIDE, _PROFILE_SEARCH_WINDOW)
        return [box for finding in findings if (box := self._confirmed_profile(grey, finding))]

    @staticmethod
    def _mirrored(boxes: Sequence[Box], width: int) -> list[Box]:
        return [replace(box, x=width - box.x - box.width) for box in boxes]

    @staticmethod
    def _search(grey: Grey, cascade: Any, side: int, window: int) -> list[Box]:
        """Everywhere the cascade fires at all, at every size.

        Octave by octave in ever smaller copies: there the cascade looks at every second pixel, which it otherwise does
        for small faces only, so that large ones would cost most.
        """
        scale = min(1.0, side / max(grey.shape))
        small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        findings: list[Box] = []
        while min(small.shape) >= window:
            largest = 2 * window - 1 if min(small.shape) >= 2 * window else 0  # 0: no limit
            found = cascade.detectMultiScale(small, _SCALE_STEP, 0, 0, (window, window), (largest, largest))
            # OpenCV's threads find in any order, and the order says which of two findings at a place counts.
            findings += [_scaled_box(box, scale) for box in sorted(map(tuple, found))]
            if not largest:
                break
            small = cv2.resize(small, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
            scale /= 2
        return _one_per_place(findings)[:_MOST_FINDINGS]

    def _confirmed(self, grey: Grey, finding: Box) -> Box | None:
        """The finding as the two other frontal cascades see it, or None."""
        view, scale, left, top = _close_up(grey, finding)
        first, votes = _most_votes(self._close[0], view)
        if first is None or votes < _FEWEST_VOTES_OF_ONE:
            return None
        second, more_votes = _most_votes(self._close[1], view)
        votes += more_votes
        if second is None or votes < _FEWEST_VOTES:
            return None
        box = _scaled_box(first, scale)
        return replace(box, x=left + box.x, y=top + box.y, confidence=_confidence(votes - _FEWEST_VOTES))

    def _confirmed_profile(self, grey: Grey, finding: Box) -> Box | None:
        view, scale, left, top = _close_up(grey, finding)
        found, votes = _most_votes(self._profile, view)
        if found is None or votes < _FEWEST_PROFILE_VOTES:
            return None
        box = _scaled_box(found, scale)
        # Below every frontal face, so that of two boxes on one face the frontal one stays.
        confidence = 0.5 * _confidence(votes - _FEWEST_PROFILE_VOTES)
        return replace(box, x=left + box.x, y=top + box.y, confidence=confidence, frontal=False)


def _confidence(spare_votes: int) -> float:
    """From 0.3 for a finding with just enough votes, as most false ones are, to nearly 1 for fifty more."""
    return 1 - 0.7 * math.exp(-spare_votes / 20)


def _scaled_box(rectangle: Sequence[int], scale: float) -> Box:
    """A rectangle found in a copy at this scale, in pixels of the photo."""
    x, y, width, height = (float(value) / scale for value in rectangle)
    return Box(x, y, width, height)


def _one_per_place(findings: Sequence[Box]) -> list[Box]:
    """One finding for each place, those where the cascade fired most often first."""
    places: list[tuple[Box, int]] = []
    for finding in findings:
        for index, (place, count) in enumerate(places):
            if finding.overlap(place) > 0.45:
                places[index] = (place, count + 1)
                break
        else:
            places.append((finding, 1))
    places.sort(key=lambda place: -place[1])
    return [place for place, _ in places]


def _close_up(grey: Grey, finding: Box) -> tuple[Grey, float, int, int]:
    """The finding with a margin, scaled so that it is _CLOSE_WIDTH wide; its scale, left and top in the photo."""
    margin = _CLOSE_MARGIN * finding.width
    left, top = max(0, int(finding.x - margin)), max(0, int(finding.y - margin))
    right, bottom = math.ceil(finding.x + finding.width + margin), math.ceil(finding.y + finding.height + margin)
    scale = _CLOSE_WIDTH / finding.width
    interpolation = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    view = cv2.resize(grey[top:bottom, left:right], None, fx=scale, fy=scale, interpolation=interpolation)
    return np.asarray(view, np.uint8), scale, left, top


def _most_votes(cascade: Any, view: Grey) -> tuple[Sequence[int] | None, int]:
    """The box at which most windows of the cascade see something, and how many."""
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
    # Of equals the smallest, and so the same one every time, in whatever order OpenCV's threads found them.
    found = zip(map(tuple, boxes), map(int, votes), strict=True)
    return max(found, key=lambda finding: (finding[1], [-value for value in reversed(finding[0])]))
