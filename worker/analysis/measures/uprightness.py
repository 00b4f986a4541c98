"""Measures whether a photo is held straight, by its horizontal and vertical lines."""

from __future__ import annotations

import math

import cv2
import numpy as np

from worker.analysis.measures.scales import Grey

_NEAR, _AROUND = 2.0, 15.0  # degrees from the axes: the standard deviation of a Gaussian weight, and the range used
_SHORTEST = 0.02  # of the photo's longest side
_POWER = 1.5  # of a line's length in its weight: long lines are buildings and horizons, short ones may be anything
_DOUBT = 0.1  # weight of assumed lines in all directions, which count most in photos with few lines
_BY_CHANCE = _NEAR * math.sqrt(2 * math.pi) / (2 * _AROUND)
_LEAST_SIDE = 8  # pixels, for the detector
# OpenCV's defaults are 0.8 of the size, curved segments split, and gradients sorted into 1,024 classes. They take twice
# the time, and tell a turned photo from a straight one no better.
_SCALE, _CLASSES = 0.6, 64


def uprightness(grey: Grey) -> float:
    """How close to horizontal or vertical the lines are that lie within 15 degrees of it, 0 to 1.

    In a tilted photo the lines are a few degrees off. Without buildings or a horizon the lines have all directions,
    which gives about a sixth. Lines are detected as segments (LSD; Grompone von Gioi et al. 2010): the angle of a long
    segment is exact to a fraction of a degree, that of a single gradient is not.

    Args:
        grey: (h, w), about 512 pixels on its longest side.
    """
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_NONE, scale=_SCALE, n_bins=_CLASSES)
    found = detector.detect(grey)[0] if min(grey.shape) > _LEAST_SIDE else None
    if found is None:
        return _BY_CHANCE
    start, end = np.asarray(found, np.float64).reshape(-1, 2, 2).transpose(1, 0, 2)
    across, down = (end - start).T
    length = np.hypot(across, down) / max(grey.shape)
    off = (np.degrees(np.arctan2(down, across)) + 45) % 90 - 45
    weight = np.where((length > _SHORTEST) & (np.abs(off) < _AROUND), length, 0) ** _POWER
    near = float(weight @ np.exp(-((off / _NEAR) ** 2) / 2))
    return (near + _DOUBT * _BY_CHANCE) / (float(weight.sum()) + _DOUBT)
