"""A drawn face that the cascades and the networks take for a face, with its eyes open or closed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.drawn_scenes import Pixels, draw_scene

Point = tuple[float, float]
Colour = tuple[float, float, float]

_SIDE = 400  # pixels; the face is drawn once in this size and then scaled

SKIN, HAIR, SHADOW = (215, 170, 145), (60, 40, 30), (150, 105, 90)


def draw_portrait(
    size: tuple[int, int] = (1200, 900),
    *,
    eyes_open: bool = True,
    middle: Point = (0.5, 0.45),
    width: float = 0.3,
    seed: int = 0,
) -> Pixels:
    """A drawn scene with one face in front. `middle` and `width` are shares of the photo's sides."""
    scene = draw_scene(seed, size)
    add_face(scene, eyes_open=eyes_open, middle=middle, width=width)
    return scene


def add_face(image: Pixels, *, eyes_open: bool = True, middle: Point, width: float) -> None:
    """Draw one more face into the image. The edges may cut it."""
    side = round(image.shape[1] * width / 0.7)  # the head is 0.7 of its square wide
    face = cv2.resize(_face(eyes_open=eyes_open), (side, side), interpolation=cv2.INTER_AREA)
    mask = cv2.resize(_mask((0.5, 0.47), (0.35, 0.46)), (side, side), interpolation=cv2.INTER_AREA)[..., None]
    left = round(middle[0] * image.shape[1] - side / 2)
    top = round(middle[1] * image.shape[0] - side / 2)
    rows = slice(max(0, top), min(image.shape[0], top + side))
    columns = slice(max(0, left), min(image.shape[1], left + side))
    place = slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left)
    below = image[rows, columns]
    image[rows, columns] = np.round(below * (1 - mask[place]) + face[place] * mask[place]).astype(np.uint8)


def _face(*, eyes_open: bool) -> Pixels:
    face = np.full((_SIDE, _SIDE, 3), (120, 140, 150), np.uint8)
    _blot(face, (0.5, 0.46), (0.34, 0.44), HAIR)
    _blot(face, (0.5, 0.54), (0.28, 0.38), SKIN)
    _blot(face, (0.5, 0.30), (0.22, 0.10), (228, 185, 160), soft=0.03)
    for side in (-1, 1):
        x = 0.5 + side * 0.125
        _blot(face, (x, 0.455), (0.085, 0.05), SHADOW, soft=0.02)
        _blot(face, (x, 0.40), (0.085, 0.016), HAIR, soft=0.006)
        _open_eye(face, x) if eyes_open else _closed_eye(face, x)
        _blot(face, (0.5 + side * 0.16, 0.60), (0.07, 0.06), (226, 165, 145), soft=0.03)
        _blot(face, (0.5 + side * 0.045, 0.53), (0.012, 0.09), (175, 130, 110), soft=0.012)
    _blot(face, (0.5, 0.52), (0.02, 0.11), (238, 200, 178), soft=0.012)
    _blot(face, (0.5, 0.635), (0.045, 0.018), SHADOW, soft=0.012)
    _blot(face, (0.5, 0.73), (0.085, 0.022), (140, 60, 60), soft=0.008)
    _blot(face, (0.5, 0.73), (0.075, 0.005), (80, 30, 30), soft=0.003)
    _blot(face, (0.5, 0.775), (0.07, 0.015), (190, 140, 120), soft=0.015)
    _blot(face, (0.5, 0.90), (0.12, 0.03), (170, 125, 105), soft=0.03)
    return face


def _open_eye(face: Pixels, x: float) -> None:
    _blot(face, (x, 0.46), (0.058, 0.028), (240, 238, 235), soft=0.003)
    _blot(face, (x, 0.46), (0.027, 0.027), (45, 30, 25))
    _blot(face, (x - 0.008, 0.452), (0.006, 0.006), (250, 250, 250))
    _blot(face, (x, 0.436), (0.062, 0.008), (70, 45, 38), soft=0.004)


def _closed_eye(face: Pixels, x: float) -> None:
    _blot(face, (x, 0.455), (0.07, 0.034), SHADOW, soft=0.012)
    _blot(face, (x, 0.476), (0.055, 0.004), (90, 60, 50), soft=0.003)


def _mask(middle: Point, radii: Point) -> NDArray[np.float32]:
    mask = np.zeros((_SIDE, _SIDE), np.float32)
    middle_pixels = int(middle[0] * _SIDE), int(middle[1] * _SIDE)
    radii_pixels = int(radii[0] * _SIDE), int(radii[1] * _SIDE)
    cv2.ellipse(mask, middle_pixels, radii_pixels, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    return mask


def _blot(face: Pixels, middle: Point, radii: Point, colour: Colour, soft: float = 0.0) -> None:
    """Draw an ellipse over the face, with an edge this soft. Lengths are shares of the side."""
    mask = _mask(middle, radii)
    if soft:
        mask = np.asarray(cv2.GaussianBlur(mask, (0, 0), soft * _SIDE), np.float32)
    face[:] = (face * (1 - mask[..., None]) + np.array(colour) * mask[..., None]).astype(np.uint8)
