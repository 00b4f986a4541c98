"""Measures halos: how far strong edges overshoot, as after sharpening.

A lens blurs an edge: on both sides it reaches the level of its surroundings and stays there. Sharpening adds a bright
line beside the bright side and a dark one beside the dark side. Cameras sharpen a little, too, and thin lines look like
halos, so the measure says something only between copies of one picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures.scales import Grey

_LINES = 32  # rows and columns that are looked at
_LEAST_RISE = 24  # grey levels over two pixels
_NEAR, _FAR = 3, 6  # pixels from the edge: halos lie within the first, the surroundings up to the second
_FEWEST_EDGES = 50


def halos(grey: Grey) -> float:
    """The mean overshoot of both sides together over the rise of the edge, for a grey photo (h, w); about 0.3 usually.

    0 where there are too few strong edges.
    """
    found = np.concatenate([_overshoots(_some_lines(grey)), _overshoots(_some_lines(grey.T))])
    return float(found.mean()) if found.size >= _FEWEST_EDGES else 0.0


def _some_lines(grey: Grey) -> NDArray[np.int16]:
    return grey[:: max(1, len(grey) // _LINES)].astype(np.int16, order="C")


def _overshoots(lines: NDArray[np.int16]) -> NDArray[np.float64]:
    """The overshoot of each strong edge along the lines, (edges,), as a share of its rise."""
    rise = lines[:, 2:] - lines[:, :-2]
    steepness = np.abs(rise)
    inner = steepness[:, _FAR:-_FAR]
    if not inner.size:
        return np.zeros(0)
    steepest = (inner >= steepness[:, _FAR - 1 : -_FAR - 1]) & (inner > steepness[:, _FAR + 1 : 1 - _FAR or None])
    line, place = np.nonzero(steepest & (inner >= _LEAST_RISE))
    towards_light = np.sign(rise[line, place + _FAR])
    steps = np.arange(1, _FAR)[:, None] * towards_light
    light, dark = lines[line, place + _FAR + 1 + steps], lines[line, place + _FAR + 1 - steps]
    highest, lowest = light[:_NEAR].max(axis=0), dark[:_NEAR].min(axis=0)
    over = highest - light[_NEAR:].mean(axis=0) + dark[_NEAR:].mean(axis=0) - lowest
    return np.asarray(over / np.maximum(highest - lowest, 1), np.float64)
