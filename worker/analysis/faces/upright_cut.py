"""Cuts a turned square out of a photo, as the networks for faces and eyes expect it."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def as_input(cut: Pixels) -> NDArray[np.float32]:
    """A cut (size, size, 3) as the networks take it: (1, size, size, 3), from 0 to 1."""
    return np.ascontiguousarray(cut[None], np.float32) / np.float32(255)


def line_angle(left: tuple[float, float], right: tuple[float, float]) -> float:
    """The angle of the line from the left point to the right one, in radians."""
    return math.atan2(right[1] - left[1], right[0] - left[0])


def cut_upright(
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
