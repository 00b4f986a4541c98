"""Measures JPEG artefacts: the regular grid of blocks that strong compression leaves.

JPEG codes each block of 8 by 8 pixels on its own, so strong compression leaves steps between blocks. The photo may have
been reduced since then, so the period of the grid is unknown. We search for it from 2.5 to 8.3 pixels, as a comb of
peaks in the spectrum of the differences between neighbouring columns, and between neighbouring rows. The method follows
Wang, Bovik and Evans 2000, "Blind measurement of blocking artifacts in images", where the period is known to be 8. A
pattern in the scene rarely has the same period in both directions.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

_TRANSFORM_LENGTH = 4096  # frequencies are multiples of one cycle in this number of pixels
_SHORTEST, _LONGEST, _STEP = 2.5, 8.3, 0.02  # periods in pixels
_TREND_WIDTH = 17  # pixels; slower changes belong to the scene
_SMALLEST_SIDE = 64  # pixels
_LEAST_MAGNITUDE = 0.05  # keeps the logarithm of an absent frequency finite
_ROUNDING = 0.2  # grey levels; smaller differences come from rounding


def blockiness(grey: NDArray[np.uint8]) -> float:
    """How far the comb of a block grid stands above the spectrum, as a natural logarithm.

    About -2 in photos without a visible grid, and above 0 after strong compression; 0 does not mean "none".

    Args:
        grey: (h, w); -2 is returned if a side has fewer than 64 pixels.
    """
    if min(grey.shape) < _SMALLEST_SIDE:
        return -2.0
    rows = cv2.absdiff(grey[1:], grey[:-1])
    columns = cv2.absdiff(grey[:, 1:], grey[:, :-1])
    down = cv2.reduce(rows, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    across = cv2.reduce(columns, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    return float((_comb(np.asarray(down)) + _comb(np.asarray(across))).max() / 2)


def _comb(profile: NDArray[np.floating]) -> NDArray[np.float64]:
    """For every period, the mean logarithm of the relative magnitudes at its harmonics."""
    values = np.log(profile.astype(np.float64) + _ROUNDING)
    half = _TREND_WIDTH // 2
    trend = np.convolve(np.pad(values, half, mode="edge"), np.full(_TREND_WIDTH, 1 / _TREND_WIDTH), mode="valid")
    values -= trend
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values)), _TRANSFORM_LENGTH))
    usual = float(np.median(spectrum[_TRANSFORM_LENGTH // (_TREND_WIDTH - 1) :]))
    harmonics, counts = _harmonics()
    if usual <= 0:  # the image is uniform, or has the same step everywhere
        return np.full(len(counts), -2.0)
    logarithms = np.append(np.log(spectrum / usual + _LEAST_MAGNITUDE), 0.0)
    return np.asarray(logarithms[harmonics].sum(axis=1) / counts)


@cache
def _harmonics() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The indices of each period's harmonics in the spectrum, (periods, most), and how many each has, (periods,).

    Unused indices point past the end of the spectrum, where `_comb` puts a zero.
    """
    periods = np.arange(_SHORTEST, _LONGEST, _STEP)
    orders = np.arange(1, int(_LONGEST / 2) + 1)
    used = orders <= periods[:, None] / 2
    places = np.round(orders / periods[:, None] * _TRANSFORM_LENGTH).astype(np.intp)
    return np.where(used, places, _TRANSFORM_LENGTH // 2 + 1), used.sum(axis=1).astype(np.float64)
