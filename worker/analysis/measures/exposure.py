"""Measures the exposure of a photo: how light it is, how far it is from white, and how much of it shows nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_SAMPLE_SIDE = 512  # pixels; every n-th pixel is enough, while averaging would hide clipped pixels
_WHITE, _BLACK = 250, 5  # of 255; JPEG does not always round clipped areas to the very ends of the scale
_NEARLY_BLACK = 16  # of 255; nothing can be made out below it on a usual screen
_ENTROPY_BINS = 64  # fewer than 256, so that noise does not fill the gaps
_HIGHLIGHT_SHARE = 0.99
_GAMMA = 2.2
_DARKEST_LIGHT = 0.004  # of white; keeps the logarithm of black finite
_WELL_EXPOSED_SPREAD = 0.2  # of the scale, from Mertens, Kautz and Van Reeth ("Exposure Fusion", 2007)


@dataclass(frozen=True)
class Exposure:
    """The result of `measure_exposure`; everything except `entropy` is from 0 to 1."""

    brightness: float
    contrast: float
    highlights_clipped: float
    shadows_clipped: float
    nearly_black: float
    key: float
    highlight_headroom: float
    entropy: float
    well_exposed: float


def measure_exposure(image: NDArray[np.uint8]) -> Exposure:
    """Measure an upright sRGB image (h, w, 3) of any size.

    Returns:
        `brightness` and `contrast`: mean and standard deviation of the luma. `highlights_clipped` and
        `shadows_clipped`: shares of the pixels at the ends of the scale (blown highlights, blocked shadows).
        `nearly_black`: share of the pixels in which nothing can be made out. `key`: the geometric mean of the light,
        gamma-coded as the luma is (the log-average luminance of Reinhard et al., "Photographic tone reproduction for
        digital images", 2002). A lamp hardly raises it, and a dark corner lowers it.
        `highlight_headroom`: how far the 99th percentile of the brightest channel stays below white, and so how much
        longer the exposure could have been. `entropy`: of the luma, in bits, at most 6. `well_exposed`: the mean weight
        that exposure fusion gives the pixels for their luma.
    """
    sample = _sample(image)
    luma = np.asarray(cv2.cvtColor(sample, cv2.COLOR_RGB2GRAY), np.uint8)
    histogram = _histogram(luma)
    red, green, blue = cv2.split(sample)
    brightest = _histogram(np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8))
    levels = np.arange(256) / 255
    brightness = float(histogram @ levels)
    return Exposure(
        brightness=brightness,
        contrast=math.sqrt(max(0.0, float(histogram @ (levels - brightness) ** 2))),
        highlights_clipped=float(histogram[_WHITE:].sum()),
        shadows_clipped=float(histogram[: _BLACK + 1].sum()),
        nearly_black=float(histogram[: _NEARLY_BLACK + 1].sum()),
        key=min(1.0, float(np.exp(histogram @ np.log(levels**_GAMMA + _DARKEST_LIGHT)) ** (1 / _GAMMA))),
        highlight_headroom=1 - float(levels[_percentile(brightest, _HIGHLIGHT_SHARE)]),
        entropy=_entropy(histogram),
        well_exposed=float(histogram @ np.exp(-(((levels - 0.5) / _WELL_EXPOSED_SPREAD) ** 2) / 2)),
    )


def _sample(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    step = math.ceil(max(image.shape[:2]) / _SAMPLE_SIDE)
    return np.ascontiguousarray(image[::step, ::step])


def _histogram(values: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Shares of the 256 levels, (256,)."""
    return cv2.calcHist([values], [0], None, [256], [0, 256]).ravel().astype(np.float64) / values.size


def _percentile(histogram: NDArray[np.float64], share: float) -> int:
    """The lowest level at or below which this share of the pixels lies."""
    return min(255, int(np.searchsorted(np.cumsum(histogram), share)))


def _entropy(histogram: NDArray[np.float64]) -> float:
    shares = histogram.reshape(_ENTROPY_BINS, -1).sum(axis=1)
    shares = shares[shares > 0]
    return max(0.0, -float(shares @ np.log2(shares)))
