"""Turns a frame of a video into sRGB, and maps HDR to what a screen shows.

Transfer functions: ITU-R BT.2100 (PQ and HLG). Diffuse white has 203 cd/m² (ITU-R BT.2408).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from numpy.typing import NDArray

from worker.analysis.files.colour import Pixels

Light = NDArray[np.floating]

_WHITE = 203.0
_PEAK = 1000.0 / _WHITE
_KNEE = 0.6
"""Light below this share of diffuse white is shown as it is; brighter light is compressed."""
_HLG_GAMMA = 1.2  # of a screen with a peak of 1,000 cd/m²
_BT2020_LUMA = np.array([0.2627, 0.6780, 0.0593], np.float32)
_TO_BT709 = {
    int(ColorPrimaries.BT2020): np.array(
        [[1.6605, -0.5876, -0.0728], [-0.1246, 1.1329, -0.0083], [-0.0182, -0.1006, 1.1187]]
    ),
    int(ColorPrimaries.SMPTE432): np.array(
        [[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]], np.float32
    ),
}
_MATRICES = {1: Colorspace.ITU709, 5: Colorspace.ITU601, 6: Colorspace.ITU601, 9: Colorspace.BT2020}
"""FFmpeg's numbers for how luma and chroma were made (AVColorSpace)."""
_HD_HEIGHT = 720  # smaller videos that do not say so have the colours of television


def frame_to_srgb(frame: VideoFrame, width: int, height: int) -> Pixels:
    """The frame in this size: (height, width, 3) uint8 sRGB, not turned."""
    is_hdr = frame.color_trc in (ColorTrc.SMPTE2084, ColorTrc.ARIB_STD_B67)
    to_bt709 = _TO_BT709.get(int(frame.color_primaries))
    if not is_hdr and to_bt709 is None:
        return _rgb(frame, width, height, "rgb24").astype(np.uint8, copy=False)
    signal: Light = _rgb(frame, width, height, "rgb48le").astype(np.float32)
    signal /= 65535
    if frame.color_trc == ColorTrc.SMPTE2084:
        light = _mapped(_light_of_pq(signal))
    elif frame.color_trc == ColorTrc.ARIB_STD_B67:
        light = _mapped(_light_of_hlg(signal))
    else:
        light = _light_of_srgb(signal)
    if to_bt709 is not None:
        light = light @ to_bt709.T
    return (_srgb(np.clip(light, 0, 1)) * 255 + 0.5).astype(np.uint8)


def _rgb(frame: VideoFrame, width: int, height: int, pixel_format: str) -> NDArray[Any]:
    default = Colorspace.ITU709 if frame.height >= _HD_HEIGHT else Colorspace.ITU601
    converted = frame.reformat(
        width=width,
        height=height,
        format=pixel_format,
        src_colorspace=_MATRICES.get(int(frame.colorspace), default),
        interpolation=Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT,
        dst_color_range=ColorRange.JPEG,
        threads=1,
    )
    pixels: NDArray[Any] = converted.to_ndarray()
    return pixels


def _light_of_pq(signal: Light) -> Light:
    """Light relative to diffuse white (SMPTE ST 2084)."""
    power = np.power(signal, np.float32(1 / 78.84375))
    base = np.maximum(power - 0.8359375, 0) / (18.8515625 - 18.6875 * power)
    light: Light = np.power(base, np.float32(1 / 0.1593017578125)) * (10000 / _WHITE)
    return light


def _light_of_hlg(signal: Light) -> Light:
    """Light relative to diffuse white, as a screen with a peak of 1,000 cd/m² shows it."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, np.square(signal) / 3, (np.exp((signal - c) / a) + b) / 12)
    luma = np.maximum(scene @ _BT2020_LUMA, 1e-6)[..., None]
    light: Light = scene * np.power(luma, _HLG_GAMMA - 1) * _PEAK
    return light


def _mapped(light: Light) -> Light:
    """Compress what is brighter than the knee into the range of a screen. The hue stays."""
    brightest = np.maximum(light.max(axis=2, keepdims=True), 1e-6)
    over = np.clip((brightest - _KNEE) / (_PEAK - _KNEE), 0, 1)
    bend = (1 - _KNEE) / (_PEAK - 1)  # so that the slope does not jump at the knee
    shown = np.where(brightest <= _KNEE, brightest, _KNEE + (1 - _KNEE) * (1 + bend) * over / (over + bend))
    mapped: Light = light * (shown / brightest)
    return mapped


def _light_of_srgb(signal: Light) -> Light:
    light: Light = np.where(signal <= 0.04045, signal / 12.92, np.power((signal + 0.055) / 1.055, 2.4))
    return light


def _srgb(light: Light) -> Light:
    signal: Light = np.where(light <= 0.0031308, light * 12.92, 1.055 * np.power(light, 1 / 2.4) - 0.055)
    return signal
