"""Where faces may be: by the Haar cascades that come with OpenCV (Viola and Jones 2001), or by the YuNet network.

A full search with a cascade costs more than everything else that is measured together, so it is done in two steps: a
coarse search in a small copy that misses little and is often wrong, then a close look at each finding, at a good size,
by two other cascades. The second step costs little, since there are few findings, and removes nearly all that are none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np
from cv2.data import haarcascades
from numpy.typing import NDArray

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
_LEAST_VOTES = 14  # windows at which the two cascades together see a frontal face
_LEAST_PROFILE_VOTES = 8
_FEWEST_OF_ONE = 3

_NETWORK_SIDE = 640
_NETWORK_SCORE = 0.7
_FRONTAL_NOSE = 0.25  # of the distance between the eyes: how far the nose may be beside their middle


class FaceModelError(Exception):
    """The face model cannot be used; the message says which and why."""


@dataclass(frozen=True)
class Box:
    """Pixels of the photo, with what its finder says of it."""

    x: float
    y: float
    width: float
    height: float
    confidence: float = 0.0
    frontal: bool = True
    eyes: tuple[tuple[float, float], ...] = ()

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        shared = max(0.0, across) * max(0.0, down)
        return shared / (self.width * self.height + other.width * other.height - shared)

    def has_middle_of(self, other: Box) -> bool:
        """Whether the middle of the other box lies in this one."""
        across = other.x + other.width / 2 - self.x
        down = other.y + other.height / 2 - self.y
        return 0 <= across <= self.width and 0 <= down <= self.height


class Finder(Protocol):
    """Finds faces in photos, for one thread."""

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:
        """Boxes in pixels, in no order, perhaps overlapping."""


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


# --- Haar cascades ----------------------------------------------------------------------------------------------------


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
        return _gathered(findings)[:_MOST_FINDINGS]

    def _confirmed(self, grey: Grey, finding: Box) -> Box | None:
        """The finding as the two other frontal cascades see it, or None."""
        view, scale, left, top = _close_up(grey, finding)
        first, votes = _most_votes(self._close[0], view)
        if first is None or votes < _FEWEST_OF_ONE:
            return None
        second, more_votes = _most_votes(self._close[1], view)
        votes += more_votes
        if second is None or votes < _LEAST_VOTES:
            return None
        box = _scaled_box(first, scale)
        return replace(box, x=left + box.x, y=top + box.y, confidence=_confidence(votes - _LEAST_VOTES))

    def _confirmed_profile(self, grey: Grey, finding: Box) -> Box | None:
        view, scale, left, top = _close_up(grey, finding)
        found, votes = _most_votes(self._profile, view)
        if found is None or votes < _LEAST_PROFILE_VOTES:
            return None
        box = _scaled_box(found, scale)
        # Below every frontal face, so that of two boxes on one face the frontal one stays.
        confidence = 0.5 * _confidence(votes - _LEAST_PROFILE_VOTES)
        return replace(box, x=left + box.x, y=top + box.y, confidence=confidence, frontal=False)


def _confidence(spare_votes: int) -> float:
    """From 0.3 for a finding with just enough votes, as most false ones are, to nearly 1 for fifty more."""
    return 1 - 0.7 * math.exp(-spare_votes / 20)


def _scaled_box(rectangle: Sequence[int], scale: float) -> Box:
    """A rectangle found in a copy at this scale, in pixels of the photo."""
    x, y, width, height = (float(value) / scale for value in rectangle)
    return Box(x, y, width, height)


def _gathered(findings: Sequence[Box]) -> list[Box]:
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


# --- YuNet ------------------------------------------------------------------------------------------------------------


class NetworkFinder:
    """YuNet (Wu, Peng and Yu 2023) through OpenCV."""

    def __init__(self, model_path: Path) -> None:
        if not model_path.is_file():
            raise FaceModelError(f"There is no face model at {model_path}. Correct its path, or leave it empty.")
        try:
            self._network = cv2.FaceDetectorYN.create(
                str(model_path), "", (_NETWORK_SIDE, _NETWORK_SIDE), _NETWORK_SCORE
            )
        except cv2.error as error:
            raise self._not_yunet(model_path) from error
        self._model_path = model_path

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:  # noqa: ARG002 - cascades use grey
        scale = min(1.0, _NETWORK_SIDE / max(image.shape[:2]))
        small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        self._network.setInputSize((small.shape[1], small.shape[0]))
        try:
            _, rows = self._network.detect(cv2.cvtColor(small, cv2.COLOR_RGB2BGR))
        except cv2.error as error:
            raise self._not_yunet(self._model_path) from error
        return [] if rows is None else [_box_of_row(np.asarray(row, np.float64), scale) for row in rows]

    @staticmethod
    def _not_yunet(model_path: Path) -> FaceModelError:
        return FaceModelError(
            f"{model_path} is no YuNet model that OpenCV {cv2.__version__} can read. Take one from opencv_zoo, "
            "or leave the path empty."
        )


def _box_of_row(row: NDArray[np.float64], scale: float) -> Box:
    """A row of YuNet: x, y, width, height, five points (the person's right eye, left eye, nose, mouth), score."""
    x, y, width, height = (row[:4] / scale).tolist()
    right_eye, left_eye, nose = (row[4:10] / scale).reshape(3, 2)
    between = left_eye - right_eye
    distance = float(np.hypot(*between))
    # Where the nose lies along the line from eye to eye; it moves to one end as the head turns.
    aside = float((nose - right_eye) @ between) / distance**2 - 0.5 if distance else 1.0
    return Box(
        x,
        y,
        width,
        height,
        confidence=float(row[14]),
        frontal=abs(aside) <= _FRONTAL_NOSE,
        eyes=((float(right_eye[0]), float(right_eye[1])), (float(left_eye[0]), float(left_eye[1]))),
    )
