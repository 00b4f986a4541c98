"""Finds the faces in a photo and judges them: open eyes, direction, sharpness, cut off by the frame.

Uses networks from a package (`network_finder`), OpenCV's Haar cascades (`cascade_finder`), or YuNet if the file of its
model is given (`yunet_finder`). All of them keep state while they work, so each thread needs its own detector
(`detector_for_this_thread`).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from albums.analysis import Face
from worker.analysis.faces.boxes import Box, Finder
from worker.analysis.faces.cascade_finder import CascadeFinder
from worker.analysis.faces.eyes import Eyes
from worker.analysis.faces.likeness import likeness_of
from worker.analysis.faces.network_finder import NetworkFinder
from worker.analysis.faces.yunet_finder import YunetFinder
from worker.analysis.files import nominal_side
from worker.analysis.measures import Grey, region_detail
from worker.analysis.models import HAAR, NETWORK, best_finder

__all__ = ["Face", "FaceDetector", "detector_for_this_thread"]

_SMALLEST_SIDE = 24  # pixels; a smaller photo shows no face
_OVERLAP = 0.3  # intersection over union above which two boxes are the same face
# The cascades judge the eyes of the largest faces. Twelve are a large group portrait, which one blink ruins; to judge
# all eyes in a crowd would take longer than everything else.
_MOST_WITH_EYES = 12
_HEAD_MARGIN = 0.05  # of the width of the box: a head is larger than its box, which ends at the eyebrows and the chin


class FaceDetector:
    """Finds and judges faces, in one thread only. Loads its files on first use; never downloads any."""

    def __init__(self, model: str | Path | None = None) -> None:
        """`model` is NETWORK, HAAR or the ONNX file of YuNet; by default what `best_finder` says."""
        self._model = model or best_finder()
        self._finder: Finder | None = None
        self._eyes: Eyes | None = None

    def detect(self, image: NDArray[np.uint8], grey: Grey, noise: float) -> list[Face]:
        """The faces of an upright sRGB photo (h, w, 3), largest first.

        Args:
            image: the photo.
            grey: the same photo in grey, (h, w).
            noise: its noise, as `measure_sharpness` returns it.

        Raises:
            FaceModelError: the file of a network is missing or wrong.
        """
        if min(grey.shape) < _SMALLEST_SIDE:
            return []
        if self._finder is None:
            self._finder = self._make_finder()
            self._eyes = None if isinstance(self._finder, NetworkFinder) else Eyes()
        boxes = _distinct(self._finder.find(image, grey))
        boxes.sort(key=lambda box: (-box.width * box.height, box.x, box.y))
        return [
            _judged(box, image, grey, noise, self._eyes if number < _MOST_WITH_EYES else None)
            for number, box in enumerate(boxes)
        ]

    def _make_finder(self) -> Finder:
        if self._model == NETWORK:
            return NetworkFinder()
        return CascadeFinder() if self._model == HAAR else YunetFinder(Path(self._model))


_of_thread = threading.local()


def detector_for_this_thread(model: str | Path | None = None) -> FaceDetector:
    """The calling thread's own detector for this model (see `FaceDetector`), created on first use."""
    detectors: dict[str, FaceDetector] = _of_thread.__dict__.setdefault("detectors", {})
    name = str(model or "")
    if name not in detectors:
        detectors[name] = FaceDetector(model)
    return detectors[name]


def _judged(box: Box, image: NDArray[np.uint8], grey: Grey, noise: float, eyes: Eyes | None) -> Face:
    height, width = grey.shape
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(float(width), box.x + box.width), min(float(height), box.y + box.height)
    region = grey[int(top) : math.ceil(bottom), int(left) : math.ceil(right)]
    eyes_open, eyes_judged = box.eyes_open, box.eyes_judged
    if eyes and box.frontal:
        eyes_open, eyes_judged = eyes.judge(grey, box)
    return Face(
        x=left / width,
        y=top / height,
        width=(right - left) / width,
        height=(bottom - top) / height,
        eyes_open=eyes_open,
        sharpness=region_detail(region, noise, nominal_side(width, height)),
        frontal=box.frontal,
        cut_off=(min(box.x, box.y, width - box.x - box.width, height - box.y - box.height) < box.width * _HEAD_MARGIN),
        confidence=box.confidence,
        turn=box.turn,
        eyes_judged=eyes_judged,
        likeness=likeness_of(image, box),
    )


def _distinct(boxes: Sequence[Box]) -> list[Box]:
    """Each face once: among boxes that overlap or contain each other's centre, the one with the highest confidence."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda box: (-box.confidence, not box.frontal, box.x, box.y)):
        if not any(
            box.overlap(other) > _OVERLAP or box.has_centre_of(other) or other.has_centre_of(box) for other in kept
        ):
            kept.append(box)
    return kept
