"""How much fine structure a photo shows, tile by tile and scale by scale, with what noise adds told apart.

A photo is cut into a few tiles. Noise lies evenly over all of them; structure is strong in some and absent from others,
such as the sky. So the energy of the gradient (Tenengrad; Krotkov 1987) in the quietest tiles is a floor, made of noise
of whatever grain, and what the strongest tiles have above it is structure. Blur takes from the second and leaves the
first; noise raises the first and hardly the second. One shot of a scene differs from the next in both, which are then
compared (`comparison`); alone, the floor also holds the finest texture of a scene without a quiet place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import cv2
import numpy as np

from worker.analysis.scales import Grey, at_nominal_scales, halved_repeatedly

_TILES = (8, 12)  # along the short and the long side
_FLOOR, _SIGNAL = 0.10, 0.95  # quantiles of the tiles
_ROUNDING_ENERGY = 0.02  # grey levels²: what rounding to whole levels leaves of a gradient
_SOBEL_SCALE = 1 / 64  # of squares, so that a ramp of one grey level a pixel has an energy of 1


@dataclass(frozen=True)
class Texture:
    """Natural logarithms of energies in (grey levels per pixel)², by the side of each of `scales.SCALES`."""

    floor: dict[int, float]
    signal: dict[int, float]


def measure_texture(grey: Grey) -> Texture:
    """Measure a grey photo (h, w) of any size; scales above its own are given what enlarging it would give."""
    scales = halved_repeatedly(grey)
    quantiles = [_quantiles(image) for image in scales]
    sides = [max(image.shape) for image in scales]

    def at_all_scales(logarithms: Iterable[float]) -> dict[int, float]:
        return at_nominal_scales(sides, list(logarithms))

    return Texture(
        floor=at_all_scales(math.log(floor) for floor, _ in quantiles),
        signal=at_all_scales(math.log(top - floor + _ROUNDING_ENERGY) for floor, top in quantiles),
    )


def _quantiles(image: Grey) -> tuple[float, float]:
    """Energies of the tiles at the two quantiles, none of them 0."""
    across = cv2.Sobel(image, cv2.CV_16S, 1, 0)
    down = cv2.Sobel(image, cv2.CV_16S, 0, 1)
    energy = cv2.multiply(across, across, scale=_SOBEL_SCALE, dtype=cv2.CV_32F)
    energy = cv2.add(energy, cv2.multiply(down, down, scale=_SOBEL_SCALE, dtype=cv2.CV_32F), dst=energy)
    rows, columns = _TILES if image.shape[0] <= image.shape[1] else _TILES[::-1]
    tiles = cv2.resize(energy, (min(columns, image.shape[1]), min(rows, image.shape[0])), interpolation=cv2.INTER_AREA)
    floor, top = np.quantile(np.asarray(tiles), [_FLOOR, _SIGNAL]) + _ROUNDING_ENERGY
    return float(floor), float(top)
