"""Finds faces with the YuNet network (Wu, Peng and Yu 2023) through OpenCV."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.files import nominal_side
from worker.analysis.interface import FaceModelError
from worker.analysis.measures import Grey

_INPUT_SIDE = 640
_LEAST_SCORE = 0.7
_FRONTAL_NOSE = 0.25  # how far the nose may be from the middle of the eyes, as a share of their distance


class YunetFinder:
    """Finds faces with one ONNX file of YuNet. Each thread needs its own.

    Raises:
        FaceModelError: the file is missing or not a YuNet model.
    """

    def __init__(self, model_path: Path) -> None:
        if not model_path.is_file():
            raise FaceModelError(f"There is no face model at {model_path}. Correct the path, or leave it empty.")
        try:
            self._network = cv2.FaceDetectorYN.create(str(model_path), "", (_INPUT_SIDE, _INPUT_SIDE), _LEAST_SCORE)
        except cv2.error as error:
            raise self._not_yunet(model_path) from error
        self._model_path = model_path

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:  # noqa: ARG002 - cascades use grey
        """Frontal faces and profiles, with their eyes."""
        scale = min(1.0, _INPUT_SIDE / nominal_side(*image.shape[:2]))
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
            f"{model_path} is not a YuNet model that OpenCV {cv2.__version__} can read. Use one from opencv_zoo, "
            "or leave the path empty."
        )


def _box_of_row(row: NDArray[np.float64], scale: float) -> Box:
    """The face in a row: x, y, width, height, five points (right eye, left eye, nose, corners of the mouth), score."""
    x, y, width, height = (row[:4] / scale).tolist()
    right_eye, left_eye, nose = (row[4:10] / scale).reshape(3, 2)
    between = left_eye - right_eye
    distance = float(np.hypot(*between))
    # How far the nose is from the middle of the line between the eyes; it moves to one end as the head turns.
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
