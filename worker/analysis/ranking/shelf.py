"""Judges a single photo: whether nobody would keep it. It says so only when sure; most bad photos pass.

Each limit lies well outside of what good photos reach: night scenes, fog, wide skies, silhouettes, macro photos with
little in focus. `docs/picks.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures, Shelf
from worker.analysis.measures import ENERGIES, ENERGY_OF_ROUNDING, unpack_gradient_map

_DARK, _MIDDLE, _LIGHT = 7, 32, 59  # of 64 steps of luma: nearly black below the first, nearly white above the last
_FEW, _NONE = 0.001, 0.00005  # shares of the pixels: the moon in the sky has more than the second, a bird too
_DIM = 19  # of 64 steps: in a pocket hardly a pixel is brighter
_SOME = 0.02  # of the pixels
_BLOWN = 2 / 3  # of the pixels are white, and none is dark: a subject on white paper has dark parts
_NO_STRUCTURE = 2.5  # (grey levels per pixel)²; the fourth strongest part of good photos has more than 5
_STRUCTURE = 8.0  # (grey levels per pixel)², at 256 pixels, in parts whose sharpness can be judged
_STRONGEST, _LEAST_PARTS, _SHARPEST = 4, 6, 3  # of 192 parts; a few in focus are enough, and one may be dust
# Ln of the gradient energy at 1,024 and 512 pixels over that at 256. Halving a sharp edge doubles its energy (-1.4 and
# -0.7), and texture gains nothing; what is blurred gains four times for each halving (-2.8 and -1.4).
_BLURRED = (-1.95, -0.85)
_SMALLEST = 1024  # pixels; below that, the finer scales say nothing
_NOISE_IN_GRADIENT = 3 * 24 / 64  # three times the energy of a Sobel gradient from noise of variance 1, to be safe


def shelf_of(features: PhotoFeatures, histogram: Sequence[float] | None, *, longest_side: int) -> Shelf | None:
    """Why nobody would keep the photo; None if somebody might.

    Args:
        features: what was measured; without a gradient map, only black and white are told.
        histogram: shares of the pixels in 64 steps of luma, from black to white; without it, nothing is told.
        longest_side: of the original, in pixels.
    """
    if histogram is None:
        return None
    if _is_black(histogram):
        return "black"
    if _is_white(histogram, features.scores.get("highlights_clipped", 0.0)):
        return "white"
    parts = unpack_gradient_map(features.gradient_map)
    if parts is None or features.faces:
        return None
    energies = ENERGIES[parts].reshape(len(parts), -1)
    if sum(histogram[_DIM:]) <= _FEW and _has_no_structure(energies):
        return "empty"
    is_blurred = longest_side >= _SMALLEST and _is_blurred(energies, features.scores.get("noise", 0.0))
    return "blurred" if is_blurred else None


def _is_black(histogram: Sequence[float]) -> bool:
    """Whether hardly a pixel is brighter than black, or a few are, but none by much."""
    not_black = sum(histogram[_DARK:])
    return (not_black <= _FEW and sum(histogram[_MIDDLE:]) <= _NONE) or (
        not_black <= _SOME and sum(histogram[_DIM:]) <= _NONE
    )


def _is_white(histogram: Sequence[float], clipped: float) -> bool:
    """Whether hardly a pixel is darker than white, or most are `clipped` and none of the others is dark."""
    return (sum(histogram[:_LIGHT]) <= _FEW or clipped >= _BLOWN) and sum(histogram[:_MIDDLE]) <= _NONE


def _has_no_structure(energies: NDArray[np.float64]) -> bool:
    """By the gradient energies of the parts at 512 and 256 pixels; those at finer scales show noise."""
    strongest = np.sort(energies[2:], axis=1)[:, -_STRONGEST]
    return bool(strongest.max() < _NO_STRUCTURE)


def _is_blurred(energies: NDArray[np.float64], noise: float) -> bool:
    """Whether even the sharpest parts lack fine gradients. `noise` is a standard deviation in grey levels."""
    _, *finer, coarse = energies
    structured = coarse > _STRUCTURE
    if np.count_nonzero(structured) < _LEAST_PARTS:
        return False
    # Averaging two by two pixels halves the noise, and quarters its energy.
    noise_energy = _NOISE_IN_GRADIENT * noise**2 / np.array([4, 16])
    signal = np.maximum(np.array(finer) - noise_energy[:, None], ENERGY_OF_ROUNDING)
    ratios = np.sort(np.log(signal[:, structured] / coarse[structured]), axis=1)
    return bool((ratios[:, -_SHARPEST] < _BLURRED).all())
