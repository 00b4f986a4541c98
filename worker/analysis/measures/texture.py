"""Measures how much fine structure a photo shows, by tile and by scale, apart from noise.

A photo is cut into a few tiles. Noise is the same in all of them; structure is strong in some and absent from others,
such as the sky. So the energy of the gradient (Tenengrad; Krotkov 1987) in the quietest tiles is a floor that comes
from noise, and what the strongest tiles have above it is structure. Blur lowers the structure and not the floor; noise
raises the floor and hardly the structure. The ranking compares both between the shots of a scene, tile by tile where
they show the same (`ranking`). In a single photo the floor also contains the finest texture, if no part is quiet.

The direction of the gradients tells camera shake from missed focus: shake removes the gradients along its path, missed
focus removes those of all directions alike (`gradient_directions`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.files import nominal_side
from worker.analysis.measures.gradient_directions import DIRECTIONS, energies_along
from worker.analysis.measures.gradient_map import ENERGY_OF_ROUNDING, TILES, TileEnergies
from worker.analysis.measures.scales import (
    SOBEL_ENERGY,
    Grey,
    at_nominal_scales,
    gradient_energy,
    gradients,
    halved_repeatedly,
    stack_at_nominal_scales,
)

_QUANTILE_TILES = (8, 12)  # along the short and the long side; a panorama has 12 for each ordinary photo in its row
_FLOOR, _SIGNAL = 0.10, 0.95  # quantiles of the tiles
_BAND, _BLOCK = 64, 8  # rows, and pixels a side
_DIRECTED_SIDE = 1024  # pixels; at finer scales noise hides the direction, at coarser ones mild shake is invisible

Energy = NDArray[np.float32]


@dataclass(frozen=True)
class Texture:
    """Natural logarithms of energies in (grey levels per pixel)².

    Attributes:
        floor, signal: by scale, one of `scales.SCALES`.
        directions: by the angle of the gradient in degrees, one of `gradient_directions.DIRECTIONS`.
        tiles: of each part of the photo; energies, not logarithms.
    """

    floor: dict[int, float]
    signal: dict[int, float]
    directions: dict[int, float]
    tiles: TileEnergies


def measure_texture(grey: Grey) -> Texture:
    """Measure a grey photo (h, w) of any size. Scales above its own size get the values of an enlarged photo."""
    scales, sides = halved_repeatedly(grey)
    # The first scale that is small enough, or the last one: a very narrow photo cannot be halved that often.
    small_enough = [place for place, side in enumerate(sides) if side <= _DIRECTED_SIDE * math.sqrt(2)]
    directed = min(small_enough, default=len(sides) - 1)
    energies = [_energy(image) for image in scales]
    short, long = _QUANTILE_TILES
    tiles = (short, round(long * max(grey.shape) / nominal_side(*grey.shape)))
    quantiles = [_quantiles(energy, tiles) for energy in energies]
    directions = energies_along(*_structure_tensor(scales[directed]))

    def at_all_scales(logarithms: Iterable[float]) -> dict[int, float]:
        return at_nominal_scales(sides, list(logarithms))

    return Texture(
        floor=at_all_scales(math.log(floor) for floor, _ in quantiles),
        signal=at_all_scales(math.log(top - floor + ENERGY_OF_ROUNDING) for floor, top in quantiles),
        directions={
            angle: math.log(energy + ENERGY_OF_ROUNDING) for angle, energy in zip(DIRECTIONS, directions, strict=True)
        },
        tiles=_tiles(sides, energies),
    )


def _structure_tensor(image: Grey) -> tuple[float, float, float]:
    """The mean squares of the horizontal and the vertical gradient, and their mean product."""
    across, down = (gradient.ravel() for gradient in gradients(image))
    whole = image.size * SOBEL_ENERGY
    return float(across @ across) / whole, float(down @ down) / whole, float(across @ down) / whole


def _energy(image: Grey) -> Energy:
    """The mean energy of the gradient in blocks of pixels, (rows, columns).

    Computed band by band, so that a band stays in the processor's cache.
    """
    height, width = image.shape
    bands = max(1, round(height / _BAND))
    edges = [height * band // bands for band in range(bands + 1)]
    rows = np.concatenate([_band(image, top, bottom) for top, bottom in itertools.pairwise(edges)])
    columns = max(1, width // _BLOCK)
    return np.asarray(cv2.resize(rows, (columns, len(rows)), interpolation=cv2.INTER_AREA), np.float32)


def _band(image: Grey, top: int, bottom: int) -> Energy:
    """The energy of these rows, averaged over rows only, (_BAND // _BLOCK, columns)."""
    # The filters need one more row on both sides.
    start, end = max(0, top - 1), min(len(image), bottom + 1)
    energy = gradient_energy(image[start:end])[top - start : bottom - start]
    return np.asarray(_row_means(bottom - top) @ energy)


@cache
def _row_means(rows: int) -> Energy:
    """A matrix that averages rows by area, as `cv2.resize` does slowly, and makes the energy of a ramp 1."""
    one_by_one = np.eye(rows, dtype=np.float32) / np.float32(SOBEL_ENERGY)
    return np.asarray(cv2.resize(one_by_one, (rows, _BAND // _BLOCK), interpolation=cv2.INTER_AREA), np.float32)


def _quantiles(energy: Energy, tiles_along: tuple[int, int]) -> tuple[float, float]:
    """The energies at the two quantiles of the tiles; never 0. `tiles_along` counts them on the short and long side."""
    rows, columns = _along(energy, tiles_along)
    tiles = _means(energy, min(rows, energy.shape[0]), min(columns, energy.shape[1]))
    floor, top = np.quantile(tiles, [_FLOOR, _SIGNAL]) + ENERGY_OF_ROUNDING
    return float(floor), float(top)


def _tiles(sides: list[float], energies: list[Energy]) -> TileEnergies:
    rows, columns = _along(energies[0], TILES)
    by_scale = np.stack([_means(energy, rows, columns) for energy in energies]).astype(np.float64)
    logarithms = stack_at_nominal_scales(sides, np.log(by_scale + ENERGY_OF_ROUNDING))
    return np.asarray(np.maximum(np.exp(logarithms) - ENERGY_OF_ROUNDING, 0))


def _along(energy: Energy, tiles: tuple[int, int]) -> tuple[int, int]:
    """Rows and columns, from the number of tiles along the short and the long side."""
    short, long = tiles
    return (short, long) if energy.shape[0] <= energy.shape[1] else (long, short)


def _means(energy: Energy, rows: int, columns: int) -> Energy:
    return np.asarray(cv2.resize(energy, (columns, rows), interpolation=cv2.INTER_AREA), np.float32)
