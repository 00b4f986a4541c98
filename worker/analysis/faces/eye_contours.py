"""Judges the eyes of a face by their contours: how open they are, or that they cannot be judged.

The network for the iris (Ablavatski et al. 2020) sees each eye at a good size and draws its contour and its iris. It
draws an eye wherever it is told to, also on a lid behind glasses or on a dark lens. So the pixels must agree: an iris
is darker than the skin around the eye and than the white beside it, and lies inside the contour.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.faces.networks import EYES, Network, load_network
from worker.analysis.faces.upright_cut import as_input, cut_upright, line_angle

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]

_SIDE = 64
_MARGIN = 2.3  # times the width of the eye: what MediaPipe cuts out
_CORNERS = ((33, 133), (362, 263))  # of the mesh, of the left and the right eye as seen in the photo
_CONTOUR = np.array([*range(9), *range(15, 8, -1)])  # the lower lid with its corners, then the upper lid backwards
_LOWER_LID, _UPPER_LID = slice(1, 8), slice(9, 16)
_FIRST_CORNER, _SECOND_CORNER = 0, 8
_IRIS_CENTRE = 0
# Height over width of the contour: shut eyes have 0.03 to 0.08, open ones 0.13 and more, eyes that look down between.
_SHUT, _WIDE_OPEN = 0.03, 0.23
_OPEN = 0.5  # of the openness
_SIDEWAYS = 25.0  # degrees; beyond, only the nearer eye is judged, because the other is hardly visible
_AWAY = 40.0  # degrees; beyond, the mesh guesses where the eyes are
# In widths of the eye.
_IRIS_RADIUS = 0.15
_INNER_RING, _OUTER_RING = 0.07, 0.22  # the skin around the eye
_FARTHEST_IRIS = (0.4, 0.15)  # along the eye and across, from the middle of the contour
_CHEEK_ROWS = slice(56, None)  # of the cut: below any lens
_BESIDE_IRIS = 0.24  # from its centre
# Of the light of the cheek: how much darker an iris is than the skin around the eye (a lens dims both), and than the
# white of the eye, into which it blends in small faces. A lid in the shadow is as dark beside its middle.
_DARKER_THAN_SKIN, _DARKER_THAN_WHITE = 0.08, 0.05
_IN_DARKNESS = 0.4  # of the cheek; so dark is the skin around both eyes behind dark lenses, and hardly elsewhere


@dataclass(frozen=True)
class JudgedEyes:
    """Attributes: `openness` of the less open eye that could be judged, 0 to 1, or None; `count` of those judged."""

    openness: float | None
    count: int


@dataclass(frozen=True)
class _Eye:
    """Attributes: `openness` by the contour; whether an `iris` is seen; `shade`: skin around the eye over cheek."""

    openness: float
    iris: bool
    shade: float


class EyeContours:
    """Judges eyes. Keeps the network's state, so each thread needs its own. Loads the network on first use."""

    @cached_property
    def _network(self) -> Network:
        return load_network(EYES)

    def judge(self, image: Pixels, points: Points, turn: float) -> JudgedEyes:
        """Judge the eyes of a face: 0 is shut, 0.25 nearly so, from 0.5 open.

        Eyes are not judged where no iris is seen although the contour is open, as on dark lenses and on lids in the
        shadow, and in a face that is turned away.

        Args:
            image: the photo, (h, w, 3).
            points: of the mesh, in pixels of the photo, (468, 2).
            turn: of the head in degrees, positive to the right of the photo.
        """
        if abs(turn) > _AWAY:
            return JudgedEyes(None, 0)
        eyes = [self._see(image, points[list(corners)], side == 1) for side, corners in enumerate(_CORNERS)]
        if max(eye.shade for eye in eyes) < _IN_DARKNESS:
            return JudgedEyes(None, 0)
        if abs(turn) > _SIDEWAYS:
            eyes = eyes[:1] if turn > 0 else eyes[1:]
        judged = [eye.openness for eye in eyes if eye.iris or eye.openness < _OPEN]
        return JudgedEyes(min(judged, default=None), len(judged))

    def _see(self, image: Pixels, corners: Points, mirrored: bool) -> _Eye:
        """One eye, between its `corners`. The network knows one of the eyes, so the other is mirrored."""
        left, right = corners.tolist()
        centre = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
        side = _MARGIN * max(abs(right[0] - left[0]), abs(right[1] - left[1]), 1.0)
        cut, _ = cut_upright(image, centre, side, line_angle(left, right), _SIDE)
        cut = np.ascontiguousarray(cut[:, ::-1]) if mirrored else cut
        eye, iris = (found.reshape(-1, 3)[:, :2].astype(np.float64) for found in self._network(as_input(cut)))
        start, end = eye[_FIRST_CORNER], eye[_SECOND_CORNER]
        width = max(1.0, math.dist(start, end))
        along = (end - start) / width
        across = np.array([-along[1], along[0]])
        opening = float(np.abs((eye[_LOWER_LID] - eye[_UPPER_LID]) @ across).max() / width)
        middle = (eye[_LOWER_LID].mean(axis=0) + eye[_UPPER_LID].mean(axis=0)) / 2
        off = np.abs(np.array([along, across]) @ (iris[_IRIS_CENTRE] - middle)) / width
        grey = np.asarray(cv2.cvtColor(cut, cv2.COLOR_RGB2GRAY), np.uint8)
        skin, cheek = _skin(grey, eye[_CONTOUR], width), max(1.0, float(np.median(grey[_CHEEK_ROWS])))
        disc, white = _disc(grey, iris[_IRIS_CENTRE], width), _white(grey, eye[_CONTOUR], iris[_IRIS_CENTRE], width)
        is_dark = skin - disc >= _DARKER_THAN_SKIN * cheek and white - disc >= _DARKER_THAN_WHITE * cheek
        return _Eye(
            openness=float(np.clip((opening - _SHUT) / (_WIDE_OPEN - _SHUT), 0, 1)),
            iris=bool((off < _FARTHEST_IRIS).all()) and is_dark,
            shade=skin / cheek,
        )


def _skin(grey: Pixels, contour: Points, width: float) -> float:
    """The median level of the skin around the eye; that of the whole cut where there is none."""
    filled = _filled(grey, contour)
    inner, outer = (cv2.dilate(filled, _circle(reach * width)) for reach in (_INNER_RING, _OUTER_RING))
    ring = grey[outer > inner]
    return float(np.median(ring if ring.size else grey))


def _white(grey: Pixels, contour: Points, centre: Points, width: float) -> float:
    """The median level inside the contour beside the iris; that of black where there is no room."""
    beside = (_filled(grey, contour) > 0) & (_from(grey, centre) > _BESIDE_IRIS * width)
    return float(np.median(grey[beside])) if beside.any() else 0.0


def _filled(grey: Pixels, contour: Points) -> Pixels:
    filled = np.zeros_like(grey)
    cv2.fillPoly(filled, [np.rint(contour).astype(np.int32)], 1)
    return filled


def _from(grey: Pixels, centre: Points) -> Points:
    """How far each pixel is from a point."""
    rows, columns = np.ogrid[: grey.shape[0], : grey.shape[1]]
    return np.asarray(np.hypot(columns - centre[0], rows - centre[1]), np.float64)


def _circle(radius: float) -> Pixels:
    reach = max(1, round(radius))
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)), np.uint8)


def _disc(grey: Pixels, centre: Points, width: float) -> float:
    """The median level where the iris is drawn; that of white where it lies outside of the cut."""
    inside = grey[_from(grey, centre) < _IRIS_RADIUS * width]
    return float(np.median(inside)) if inside.size else 255.0
