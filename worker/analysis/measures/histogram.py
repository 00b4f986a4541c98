"""The exposure histogram that the page shows, as cameras and raw converters do."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

BINS = 64
_ROWS = 512  # of a larger photo, every n-th is enough


def luminance_histogram(image: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Shares of the pixels in 64 equal steps of luma (Rec. 601, of gamma-coded values), from black to white.

    Args:
        image: upright sRGB, (h, w, 3), with at least one pixel.

    Returns:
        (64,), with a sum of 1.
    """
    luma = np.asarray(cv2.cvtColor(image[:: math.ceil(len(image) / _ROWS)], cv2.COLOR_RGB2GRAY), np.uint8)
    counts = cv2.calcHist([luma], [0], None, [BINS], [0, 256]).ravel()
    return counts.astype(np.float64) / luma.size
