"""How much a photo has suffered from JPEG compression: the regular grid of its blocks.

JPEG codes blocks of 8 pixels on their own, and strong compression leaves steps between them. The photo may have been
reduced since, so the period is unknown: it is looked for, from 2.5 to 8.3 pixels, as a comb of peaks in the spectrum of
how much each column differs from the next, and each row from the next. (After Wang, Bovik and Evans 2000, "Blind
measurement of blocking artifacts in images", who know the period to be 8.) A pattern in the scene seldom has the same
period in both directions.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

_TRANSFORM_LENGTH = 4096  # frequencies are multiples of one in this many pixels
_SHORTEST, _LONGEST, _STEP = 2.5, 8.3, 0.02  # periods in pixels
_TREND_WIDTH = 17  # pixels; slower changes belong to the scene
_LEAST_PIXELS = 64  # along each side
_CLIPPED_LOGARITHM = 0.05  # keeps the logarithm of an absent frequency finite
_FAINTEST = 0.2  # grey levels; differences below are rounding


def blockiness(grey: NDArray[np.uint8]) -> float:
    """How far the comb of a block grid stands above the spectrum, as a natural logarithm.

    About -2 in photos without a visible grid and above 0 where compression was strong; 0 never means "none". The image
    (h, w) is grey; the result for one under 64 pixels is the value of photos without a grid.
    """
    if min(grey.shape) < _LEAST_PIXELS:
        return -2.0
    rows = cv2.absdiff(grey[1:], grey[:-1])
    columns = cv2.absdiff(grey[:, 1:], grey[:, :-1])
    down = cv2.reduce(rows, 1, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    across = cv2.reduce(columns, 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F).ravel()
    return float((_comb(np.asarray(down)) + _comb(np.asarray(across))).max() / 2)


def _comb(profile: NDArray[np.floating]) -> NDArray[np.float64]:
    """For every period, the mean logarithm of the relative magnitudes at its harmonics."""
    values = np.log(profile.astype(np.float64) + _FAINTEST)
    half = _TREND_WIDTH // 2
    trend = np.convolve(np.pad(values, half, mode="edge"), np.full(_TREND_WIDTH, 1 / _TREND_WIDTH), mode="valid")
    values -= trend
    spectrum = np.abs(np.fft.rfft(values * np.hanning(len(values)), _TRANSFORM_LENGTH))
    usual = float(np.median(spectrum[_TRANSFORM_LENGTH // (_TREND_WIDTH - 1) :]))
    harmonics, counts = _harmonics()
    if usual <= 0:  # uniform, or the same step everywhere: nothing stands out
        return np.full(len(counts), -2.0)
    logarithms = np.append(np.log(spectrum / usual + _CLIPPED_LOGARITHM), 0.0)
    return np.asarray(logarithms[harmonics].sum(axis=1) / counts)


@cache
def _harmonics() -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Places of each period's harmonics in the spectrum, (periods, most), and how many there are.

    Unused places point behind the spectrum, where `_comb` puts a zero.
    """
    periods = np.arange(_SHORTEST, _LONGEST, _STEP)
    orders = np.arange(1, int(_LONGEST / 2) + 1)
    used = orders <= periods[:, None] / 2
    places = np.round(orders / periods[:, None] * _TRANSFORM_LENGTH).astype(np.intp)
    return np.where(used, places, _TRANSFORM_LENGTH // 2 + 1), used.sum(axis=1).astype(np.float64)
