"""Confirms a face and measures where it is and how far it is turned.

The face mesh (Kartynnik et al. 2019) gives 468 points of a face and says how surely it is one. Its own eyelids hardly
follow a blink, so the eyes are judged by another network (`eye_contours`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.faces.networks import MESH, Network, load_network
from worker.analysis.faces.upright_cut import as_input, cut_upright, line_angle

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

_MESH_SIDE = 192
_MESH_MARGIN = 1.5  # times the box: what MediaPipe cuts out for the mesh
_LEFT_CHEEK, _RIGHT_CHEEK = 234, 454  # of the mesh; left and right as seen in the photo


@dataclass(frozen=True)
class MeshedFace:
    """A face as the mesh sees it.

    Attributes:
        certainty: that it is a face, 0 to 1.
        box: around the face without hair and ears, in pixels of the photo.
        turn: degrees to the side; positive to the right of the photo.
        points: of the mesh, in pixels of the photo, (468, 2).
    """

    certainty: float
    box: Box
    turn: float
    points: Points


class FaceMesh:
    """Measures faces. Keeps the networks' state, so each thread needs its own. Loads the network on first use."""

    @cached_property
    def _mesh(self) -> Network:
        return load_network(MESH)

    def measure(self, image: Pixels, candidate: Box) -> MeshedFace:
        """Lay the mesh over what may be a face, turned upright by its eyes.

        Args:
            image: the photo, (h, w, 3).
            candidate: with both eyes.
        """
        first, second = candidate.eyes
        centre = candidate.x + candidate.width / 2, candidate.y + candidate.height / 2
        side = _MESH_MARGIN * max(candidate.width, candidate.height)
        cut, to_photo = cut_upright(image, centre, side, line_angle(first, second), _MESH_SIDE)
        found, logit = self._mesh(as_input(cut))
        mesh = found.reshape(-1, 3).astype(np.float64)
        across, _, away = mesh[_RIGHT_CHEEK] - mesh[_LEFT_CHEEK]
        points = mesh[:, :2] @ to_photo[:, :2].T + to_photo[:, 2]
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        certainty = 1 / (1 + math.exp(-max(-50.0, min(50.0, float(logit.ravel()[0])))))
        return MeshedFace(
            certainty=certainty,
            box=Box(left, top, right - left, bottom - top, certainty),
            turn=math.degrees(math.atan2(away, across)),
            points=points,
        )
