"""Whether the lines of a photo are level and plumb, as far as it has such lines."""

from __future__ import annotations

import math

import cv2
import numpy as np

from worker.analysis.scales import Grey

_NEAR, _AROUND = math.radians(1.0), math.radians(12.0)
_WEAKEST = 40.0  # Sobel's; below, the direction is that of noise and of blocks


def uprightness(grey: Grey) -> float:
    """Share of the edges near the horizontal and the vertical that keep to them within a degree, 0 to 1.

    A photo held askew by a few degrees has its edges beside the axes instead. Where nothing was built and there is no
    horizon the edges lie evenly, of which a twelfth is within a degree.

    Args:
        grey: (h, w), about 512 pixels on its longest side, so that an edge is straight over the filter's width.
    """
    smooth = cv2.GaussianBlur(grey, (0, 0), 1.0)
    across = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 1, 0))
    down = np.asarray(cv2.Sobel(smooth, cv2.CV_32F, 0, 1))
    strength = np.hypot(across, down)
    edges = strength > _WEAKEST
    if not edges.any():
        return _NEAR / _AROUND
    # The angle to the nearer axis, 0 to 45 degrees.
    angle = np.arctan2(np.minimum(np.abs(across), np.abs(down)), np.maximum(np.abs(across), np.abs(down)))[edges]
    weight = strength[edges]
    around = float(weight[angle < _AROUND].sum())
    return float(weight[angle < _NEAR].sum()) / around if around else _NEAR / _AROUND
