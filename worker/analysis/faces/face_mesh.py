"""Confirms a face and measures it: where it is, how far it is turned, and how open its eyes are.

The face mesh (Kartynnik et al. 2019) gives 468 points of a face and says how surely it is one. Its own eyelids hardly
follow a blink. The network for the iris (Ablavatski et al. 2020) sees each eye at a good size and draws its contour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.boxes import Box
from worker.analysis.faces.networks import EYES, MESH, Network, load_network

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

_MESH_SIDE = 192
_MESH_MARGIN = 1.5  # times the box: what MediaPipe cuts out for the mesh
_EYE_SIDE = 64
_EYE_MARGIN = 2.3  # times the width of the eye, likewise
_LEFT_CHEEK, _RIGHT_CHEEK = 234, 454  # of the mesh; left and right as seen in the photo
_LEFT_EYE, _RIGHT_EYE = (33, 133), (362, 263)  # the corners
_LOWER_LID, _UPPER_LID = slice(1, 8), slice(9, 16)  # of the contour, which starts with the lower lid and its corners
_CORNERS = (0, 8)
_SIDEWAYS = 25.0  # degrees; beyond, only the nearer eye is judged, because the other is hardly visible
# Height over width of the contour: shut eyes have 0.03 to 0.08, open ones 0.13 and more, eyes that look down between.
_SHUT, _WIDE_OPEN = 0.03, 0.23


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
    """Measures faces. Keeps the networks' state, so each thread needs its own. Loads each network on first use."""

    @cached_property
    def _mesh(self) -> Network:
        return load_network(MESH)

    @cached_property
    def _eye(self) -> Network:
        return load_network(EYES)

    def measure(self, image: Pixels, candidate: Box) -> MeshedFace:
        """Lay the mesh over what may be a face, turned upright by its eyes.

        Args:
            image: the photo, (h, w, 3).
            candidate: with both eyes.
        """
        first, second = candidate.eyes
        centre = candidate.x + candidate.width / 2, candidate.y + candidate.height / 2
        side = _MESH_MARGIN * max(candidate.width, candidate.height)
        cut, to_photo = _cut_upright(image, centre, side, _angle(first, second), _MESH_SIDE)
        found, logit = self._mesh(_as_input(cut))
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

    def openness(self, image: Pixels, face: MeshedFace) -> float:
        """How open the less open eye is: 0 is shut, 0.25 nearly so, from 0.5 open."""
        eyes = [(_LEFT_EYE, False), (_RIGHT_EYE, True)]
        if abs(face.turn) > _SIDEWAYS:
            eyes = eyes[:1] if face.turn > 0 else eyes[1:]
        shape = min(self._lid_opening(image, face.points[list(corners)], mirrored) for corners, mirrored in eyes)
        return float(np.clip((shape - _SHUT) / (_WIDE_OPEN - _SHUT), 0, 1))

    def _lid_opening(self, image: Pixels, corners: Points, mirrored: bool) -> float:
        """Height over width of the contour of an eye. The network knows one of the eyes, so the other is mirrored."""
        left, right = corners.tolist()
        centre = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
        side = _EYE_MARGIN * max(abs(right[0] - left[0]), abs(right[1] - left[1]), 1.0)
        cut, _ = _cut_upright(image, centre, side, _angle(left, right), _EYE_SIDE)
        found = self._eye(_as_input(cut[:, ::-1] if mirrored else cut))[0]
        contour = found.reshape(-1, 3)[:, :2].astype(np.float64)
        start, end = contour[list(_CORNERS)]
        width = max(1.0, math.dist(start, end))
        normal = np.array([start[1] - end[1], end[0] - start[0]]) / width
        gaps = np.abs((contour[_LOWER_LID] - contour[_UPPER_LID]) @ normal)
        return float(gaps.max() / width)


def _as_input(cut: Pixels) -> NDArray[np.float32]:
    return np.ascontiguousarray(cut[None], np.float32) / np.float32(255)


def _angle(left: tuple[float, float], right: tuple[float, float]) -> float:
    """Of the line from the left eye to the right one, in radians."""
    return math.atan2(right[1] - left[1], right[0] - left[0])


def _cut_upright(
    image: Pixels, centre: tuple[float, float], side: float, angle: float, size: int
) -> tuple[Pixels, NDArray[np.float64]]:
    """Cut out a turned square and scale it to `size` pixels a side.

    Returns:
        The cut, and the matrix (2, 3) from its pixels to those of the photo. Outside of the photo it is black.
    """
    scale = side / size
    turn = scale * np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    to_photo = np.column_stack([turn, np.array(centre) - turn @ np.full(2, (size - 1) / 2)])
    # A bilinear sample covers two pixels a side. So average larger areas first, in the surroundings of the square only.
    factor = max(1, int(scale))
    reach = side * 0.75 + factor
    left, top = max(0, int(centre[0] - reach)), max(0, int(centre[1] - reach))
    right, bottom = (max(0, int(middle + reach)) for middle in centre)
    part = image[top:bottom, left:right]
    if not part.size:
        return np.zeros((size, size, 3), np.uint8), to_photo
    if factor > 1:
        height, width = max(1, part.shape[0] // factor), max(1, part.shape[1] // factor)
        part = np.asarray(
            cv2.resize(part[: height * factor, : width * factor], (width, height), interpolation=cv2.INTER_AREA),
            np.uint8,
        )
    inside = to_photo.copy()
    inside[:, 2] -= (left, top)
    inside[:, 2] += 0.5
    inside /= factor
    inside[:, 2] -= 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(part, inside, (size, size), flags=flags), np.uint8), to_photo
