"""Whether the lines of a photo are level and plumb, as far as it has such lines."""

from __future__ import annotations

import math

import cv2
import numpy as np

from worker.analysis.measures.scales import Grey

_NEAR, _AROUND = 2.0, 15.0  # degrees from level or plumb: a bell's standard deviation, and what is looked at
_SHORTEST = 0.02  # of the photo's longest side
_POWER = 1.5  # of a line's length in its weight: long lines are of buildings and horizons, short ones of anything
_DOUBT = 0.1  # weight of lines in all directions that are taken to be there anyway
_BY_CHANCE = _NEAR * math.sqrt(2 * math.pi) / (2 * _AROUND)
_LEAST_SIDE = 8  # pixels, for the detector


def uprightness(grey: Grey) -> float:
    """How near to level and plumb the lines are that lie within 15 degrees of it, 0 to 1.

    A photo held askew by a few degrees has its lines beside the axes instead. Where nothing was built and there is no
    horizon the lines lie evenly, which is a sixth. Lines are found as segments (LSD; Grompone von Gioi et al. 2010):
    a long one has its angle to a fraction of a degree, which single gradients do not.

    Args:
        grey: (h, w), about 512 pixels on its longest side.
    """
    found = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(grey)[0] if min(grey.shape) > _LEAST_SIDE else None
    if found is None:
        return _BY_CHANCE
    start, end = np.asarray(found, np.float64).reshape(-1, 2, 2).transpose(1, 0, 2)
    across, down = (end - start).T
    length = np.hypot(across, down) / max(grey.shape)
    off = (np.degrees(np.arctan2(down, across)) + 45) % 90 - 45
    weight = np.where((length > _SHORTEST) & (np.abs(off) < _AROUND), length, 0) ** _POWER
    near = float(weight @ np.exp(-((off / _NEAR) ** 2) / 2))
    return (near + _DOUBT * _BY_CHANCE) / (float(weight.sum()) + _DOUBT)
