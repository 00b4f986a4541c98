"""Shows pictures that are brighter than white in places (PQ and HLG, ITU-R BT.2100) as sRGB.

White is 203 cd/m² (ITU-R BT.2408, table 1). What is darker stays as bright as in a picture that is no brighter than
white. The highlights are rolled off by the EETF of ITU-R BT.2390 (section 5.4.1), from the brightest light of this
picture to white, on the brightest channel, so that colours keep their hue.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.files.cicp import HLG, Cicp
from worker.analysis.files.colour import Pixels
from worker.analysis.files.matrix_profiles import levels_of_light

Signal = NDArray[np.uint16]
Light = NDArray[np.float32]

WHITE = 203.0  # cd/m²
_HLG_PEAK = 1000.0  # cd/m² of the screen that HLG is shown on here, for which its gamma is 1.2 (BT.2100, table 5)
_HLG_GAMMA = 1.2
_LUMINANCE = np.array([[0.2627, 0.6780, 0.0593]], np.float32)
_PQ_PEAK = 10_000.0
_FULL = 65535
_ROWS = 64  # at once, so that a band stays in the processor's cache
_BRIGHTEST_SHARE = 0.001  # of the pixels may be brighter than what counts as the brightest light
_SAMPLED_SIDE = 512
_MOST_LIGHT = _PQ_PEAK / WHITE
_GAIN_STEPS = 65535  # of the square root of light


def to_sdr(signal: Signal, cicp: Cicp) -> Pixels:
    """Convert (height, width, 3) of PQ or HLG, where 65,535 is the full signal, to 8-bit sRGB."""
    gains = _gains(_brightest(signal, cicp))
    levels = levels_of_light()
    shown = np.empty(signal.shape, np.uint8)
    for top in range(0, len(signal), _ROWS):
        light = _light(signal[top : top + _ROWS], cicp)
        brightest = np.asarray(cv2.max(cv2.max(light[..., 0], light[..., 1]), light[..., 2]), np.float32)
        gain = _looked_up(_gain_place(brightest), gains) * np.float32(_FULL)
        # Saturates, as every conversion of OpenCV does.
        steps = cv2.multiply(light, cv2.merge((gain, gain, gain)), dtype=cv2.CV_16U)
        shown[top : top + _ROWS] = cv2.LUT(steps, levels)
    return shown


def _light(signal: Signal, cicp: Cicp) -> Light:
    """What a screen shows, in units of white and the primaries of sRGB; negative for colours outside of these."""
    if cicp.transfer == HLG:
        light = _looked_up(signal, _hlg_scene())
        luminance = cv2.transform(light, _LUMINANCE)
        light *= (cv2.pow(luminance, _HLG_GAMMA - 1) * (_HLG_PEAK / WHITE))[..., np.newaxis]
    else:
        light = _looked_up(signal, _pq_light())
    return np.asarray(cv2.transform(light, cicp.matrix()), np.float32)


def _looked_up(places: Signal, table: Light) -> Light:
    return np.asarray(cv2.LUT(places, table), np.float32)


def _brightest(signal: Signal, cicp: Cicp) -> float:
    """The brightest light of a picture in units of white, at least 1, without a few bright points."""
    step = max(1, max(signal.shape[:2]) // _SAMPLED_SIDE)
    light = _light(np.ascontiguousarray(signal[::step, ::step]), cicp)
    return max(1.0, float(np.quantile(light.max(axis=2), 1 - _BRIGHTEST_SHARE)))


def _gain_place(light: Light) -> NDArray[np.uint16]:
    """The place in `_gains` of each light, (height, width), also of colours that are too bright for PQ in sRGB."""
    steps = cv2.sqrt(np.maximum(light, 0)) * np.float32(_GAIN_STEPS / _MOST_LIGHT**0.5)
    return np.asarray(np.minimum(steps, _GAIN_STEPS), np.uint16)


def _gains(brightest: float) -> Light:
    """By how much light is multiplied, for steps of the square root of its brightest channel."""
    light = (np.arange(_GAIN_STEPS + 1) / _GAIN_STEPS) ** 2 * _MOST_LIGHT
    if brightest == 1:
        return np.ones(len(light), np.float32)
    toned = _rolled_off(light, brightest)
    return np.divide(toned, light, out=np.ones_like(light), where=light > 0).astype(np.float32)


def _rolled_off(light: NDArray[np.float64], brightest: float) -> NDArray[np.float64]:
    """The EETF of BT.2390 in units of white: `brightest` becomes 1, and light below the knee stays."""
    source = _pq_signal(np.array(brightest * WHITE))
    target = float(_pq_signal(np.array(WHITE)) / source)
    knee = 1.5 * target - 0.5
    signal = np.minimum(_pq_signal(light * WHITE) / source, 1)
    share = np.maximum(signal - knee, 0) / (1 - knee)
    curve = (
        (2 * share**3 - 3 * share**2 + 1) * knee
        + (share**3 - 2 * share**2 + share) * (1 - knee)
        + (-2 * share**3 + 3 * share**2) * target
    )
    return _pq_nits(np.where(signal < knee, signal, curve) * source) / WHITE


@cache
def _pq_light() -> Light:
    """The light of each of 65,536 signals of PQ, in units of white."""
    return (_pq_nits(np.arange(_FULL + 1) / _FULL) / WHITE).astype(np.float32)


@cache
def _hlg_scene() -> Light:
    """The light of the scene, 0 to 1, of each of 65,536 signals: the inverse of HLG's OETF (BT.2100, table 5)."""
    signal = np.arange(_FULL + 1) / _FULL
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(signal <= 0.5, signal**2 / 3, (np.exp((signal - c) / a) + b) / 12).astype(np.float32)


# SMPTE ST 2084; BT.2100, table 4.
_M1, _M2 = 2610 / 16384, 2523 / 4096 * 128
_C1, _C2, _C3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32


def _pq_nits(signal: NDArray[np.float64]) -> NDArray[np.float64]:
    root = signal ** (1 / _M2)
    return np.asarray(_PQ_PEAK * (np.maximum(root - _C1, 0) / (_C2 - _C3 * root)) ** (1 / _M1))


def _pq_signal(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    power = np.clip(nits / _PQ_PEAK, 0, 1) ** _M1
    return np.asarray(((_C1 + _C2 * power) / (1 + _C3 * power)) ** _M2)
