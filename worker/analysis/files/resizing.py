"""Shrinks arrays of pixels, as fast as their quality allows."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

ENOUGH = 15 / 16
"""The share of the wanted side that counts as large enough.

The most common photo is 4,032 pixels wide. Half of that is 2,016 of the wanted 2,048, and costs half the time.
"""

PANORAMA = 2.5
"""How many times as long as high a photo is judged by its height."""
_ORDINARY = 1.5
_NEARLY_PANORAMA = 0.99 * PANORAMA  # so that no panorama is decoded as an ordinary photo because a side was rounded
_MOST_SIDE = 16384  # pixels; browsers show no longer pictures at their full size


def nominal_side(width: int, height: int) -> int:
    """The longest side of the ordinary photo, of 3:2, as which a photo is judged.

    That of a panorama follows from its height: it is a row of ordinary photos.
    """
    long, short = max(width, height), min(width, height)
    return long if long <= PANORAMA * short else round(_ORDINARY * short)


def side_to_judge(width: int, height: int, side: int) -> int:
    """The longest side of a photo of this shape whose nominal side is `side`, and larger still if nearly a panorama."""
    long, short = max(width, height), min(width, height)
    if long <= _NEARLY_PANORAMA * short:
        return side
    return min(_MOST_SIDE, round(side * long / (_ORDINARY * short)))


def side_to_show(width: int, height: int, side: int) -> int:
    """The longest side of a copy of a photo. That of a panorama has as many pixels as one of a square photo."""
    aspect = max(width, height) / min(width, height)
    return side if aspect <= PANORAMA else min(_MOST_SIDE, round(side * math.sqrt(aspect)))


def resize_to_fit(image: NDArray[Any], longest_side: int, *, nearly: bool = False) -> NDArray[Any]:
    """Shrink (height, width) or (height, width, channels) to fit a square; never enlarge.

    Returns the same array if it already fits. Shrinks by the largest whole factor first, then by the rest: OpenCV
    averages by whole factors fifteen times as fast as by others. A whole factor may cut off an edge narrower than
    itself. With `nearly`, a whole factor that leaves 15/16 of the side is enough.
    """
    longest = max(image.shape[:2])
    if longest <= longest_side:
        return image
    factor = longest // longest_side
    if nearly:
        next_factor = -(-longest // longest_side)
        factor = next_factor if longest // next_factor >= longest_side * ENOUGH else factor
    if factor > 1 and min(image.shape[:2]) >= factor:
        image = averaged(image, factor)
    height, width = image.shape[:2]
    if max(height, width) <= longest_side:
        return image
    scale = longest_side / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    # A bilinear sample covers two pixels a side, so up to this factor no pixel is skipped. It takes a seventh of the
    # time of averaging.
    method = cv2.INTER_LINEAR if scale > 1 / 1.6 else cv2.INTER_AREA
    return np.asarray(cv2.resize(image, size, interpolation=method), image.dtype)


def averaged(image: NDArray[Any], factor: int) -> NDArray[Any]:
    """The mean of each square block of `factor` pixels a side; incomplete blocks at the edges are cut off.

    By halves as far as that goes, because OpenCV does these with vector instructions: four by four takes a third of
    the time. Each half is rounded.
    """
    step = 2 if factor % 2 == 0 else factor
    height, width = image.shape[0] // factor * (factor // step), image.shape[1] // factor * (factor // step)
    reduced = cv2.resize(image[: height * step, : width * step], (width, height), interpolation=cv2.INTER_AREA)
    return reduced if step == factor else averaged(reduced, factor // step)
