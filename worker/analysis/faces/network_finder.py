"""Finds faces with networks: a search that misses few faces, and a mesh that confirms and measures each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.faces.eye_contours import EyeContours, JudgedEyes
from worker.analysis.faces.face_mesh import FaceMesh
from worker.analysis.faces.face_search import FaceSearch
from worker.analysis.measures import Grey

_LEAST_CERTAINTY = 0.5  # of the mesh
# Where the search is unsure, the mesh must be surer.
_SURE_SCORE = 0.5  # of the search
_LEAST_CERTAINTY_IF_UNSURE = 0.9
_LARGEST_TURN = 30.0  # degrees, of a face that looks towards the camera
_SMALLEST_WITH_EYES = 32  # pixels; in narrower faces, an eye is a few pixels wide


class NetworkFinder:
    """Finds faces and judges their eyes. Each thread needs its own.

    Raises:
        FaceModelError: the package of the networks is missing or damaged.
    """

    def __init__(self) -> None:
        self._search = FaceSearch()
        self._mesh = FaceMesh()
        self._eyes = EyeContours()

    def find(self, image: NDArray[np.uint8], grey: Grey) -> list[Box]:  # noqa: ARG002 - cascades use grey
        """Faces of any direction, with the openness of their eyes and how far they are turned."""
        faces = self._confirmed(image, self._search.find(image))
        beside = self._search.find_beside(image, faces)
        return faces + self._confirmed(image, [box for box in beside if not any(map(box.has_centre_of, faces))])

    def _confirmed(self, image: NDArray[np.uint8], candidates: Iterable[Box]) -> list[Box]:
        measured = (self._measured(image, candidate) for candidate in candidates)
        return [box for box in measured if box is not None]

    def _measured(self, image: NDArray[np.uint8], candidate: Box) -> Box | None:
        face = self._mesh.measure(image, candidate)
        needed = _LEAST_CERTAINTY if candidate.confidence >= _SURE_SCORE else _LEAST_CERTAINTY_IF_UNSURE
        if face.certainty < needed:
            return None
        large = face.box.width >= _SMALLEST_WITH_EYES
        eyes = self._eyes.judge(image, face.points, face.turn) if large else JudgedEyes(None, 0)
        return replace(
            face.box,
            frontal=abs(face.turn) <= _LARGEST_TURN,
            eyes_open=eyes.openness,
            eyes_judged=eyes.count,
            turn=face.turn,
            eyes=candidate.eyes,
        )
