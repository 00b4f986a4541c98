"""Measures how sharp and how noisy a photo is, in the parts that show detail.

Most programs use the variance of the Laplacian (Pech-Pacheco et al. 2000) as sharpness, and we keep it as a score.
Alone it prefers noise, bright copies and any texture to a sharp subject. The ranking uses `detail`: the energy of the
gradient (Tenengrad; Krotkov 1987) at the finest scale compared with that at an eighth of it. It is measured in the
tiles with the most structure, after subtracting the energy of the noise. Blur removes fine gradients before coarse
ones. A longer exposure or more contrast multiplies both alike, so their quotient stays the same.

Noise is measured by Immerkær's method ("Fast Noise Variance Estimation", 1996), only in the quietest tiles: elsewhere
the method would take texture for noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures.scales import (
    COARSE_SIDE,
    FINE_SIDE,
    SOBEL_ENERGY,
    Grey,
    at_nominal_scales,
    gradient_energy,
    halved_repeatedly,
)

_TILES_ALONG_SHORT_SIDE = 18
_SMALLEST_TILE = 8  # pixels
_SHARP_SHARE = 0.15
_QUIET_SHARE = 0.10
_DARKEST, _BRIGHTEST = 8.0, 247.0  # clipped tiles hide their noise
_ROUNDING_ENERGY = 0.01  # grey levels²: the energy that rounding to whole levels adds
# We subtract three times the mean energy of the noise, as is usual in spectral subtraction (Berouti et al. 1979): noise
# is stronger next to edges than in the quiet tiles where it is measured.
_OVER_SUBTRACTION = 3
_NOISE_IN_GRADIENT = 24 / 64  # energy of a Sobel gradient, in grey levels per pixel, from noise of variance 1


@dataclass(frozen=True)
class Sharpness:
    """The result of `measure_sharpness`, which documents the units."""

    laplacian_variance: float
    noise: float
    detail: float
    tenengrad: dict[int, float]


def laplacian_variance(grey: Grey) -> float:
    """Variance of the Laplacian of a grey image (h, w), in grey levels²; 0 for a uniform one."""
    # 16 bits hold every value exactly, and take a quarter of the time of 64.
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2


def measure_sharpness(grey: Grey) -> Sharpness:
    """Measure a grey image (h, w) of any size, even of one pixel.

    Returns:
        `laplacian_variance`: in grey levels². `noise`: a standard deviation in grey levels. `tenengrad`: for each of
        SCALES, the natural logarithm of the mean squared gradient, in (grey levels per pixel)², in the tiles with the
        most structure. `detail`: `tenengrad` at the finest scale minus that at the coarsest. Scales above the photo's
        own size get the values of an enlarged photo, so that a small copy is not sharper than its original.
    """
    scales, sides = halved_repeatedly(grey)
    fine, coarse = scales[0], scales[-1]
    grid = _Grid.for_shape(coarse.shape)
    coarse_tiles = grid.cut(coarse)
    structure = _gradient_energy(coarse_tiles)
    noise = _median_noise(grid.cut(fine, _quiet_tiles(coarse_tiles, structure)))
    # A coarser scale would select tiles with large shapes, in focus or not; a finer one would select noise.
    middle = scales[max(0, len(scales) - 3)]
    sharp = _extreme(grid.means(gradient_energy(middle)), _SHARP_SHARE, largest=True)
    # Averaging n * n pixels divides the noise by n.
    energies = [_log_energy(grid.cut(image, sharp), noise / 2**halvings) for halvings, image in enumerate(scales)]
    tenengrad = at_nominal_scales(sides, energies)
    return Sharpness(
        laplacian_variance=laplacian_variance(fine),
        noise=noise,
        detail=tenengrad[FINE_SIDE] - tenengrad[COARSE_SIDE],
        tenengrad=tenengrad,
    )


def region_detail(region: Grey, noise: float, photo_side: int) -> float:
    """`detail` of one region (h, w), such as a face: gradients at the finest scale compared with those at a quarter.

    Args:
        region: cut from the photo at its full size.
        noise: of the photo, as `measure_sharpness` returns it.
        photo_side: the photo's longest side in pixels, as `nominal_side` counts.
    """
    quarter = (
        cv2.resize(region, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) if min(region.shape) > 3 else None
    )
    fine = _log_energy(region[None], noise)
    coarse = _log_energy(np.asarray(quarter, np.uint8)[None], noise / 4) if quarter is not None else fine
    return fine - coarse - 2 * math.log(max(1.0, FINE_SIDE / photo_side))


@dataclass(frozen=True)
class _Grid:
    """Square tiles spread evenly over a photo, in row order, at the same places in every scale."""

    rows: int
    columns: int

    @classmethod
    def for_shape(cls, shape: tuple[int, ...]) -> _Grid:
        """A grid for the coarse photo: at least one tile, and no tile below the smallest size."""
        tile = max(_SMALLEST_TILE, min(shape) / _TILES_ALONG_SHORT_SIDE)
        return cls(rows=max(1, int(shape[0] / tile)), columns=max(1, int(shape[1] / tile)))

    def cut(self, image: Grey, which: Iterable[int] | None = None) -> Grey:
        """The tiles with these numbers, or all, (n, side, side); smaller if the image is smaller."""
        height, width = image.shape
        side = max(1, min(height // self.rows, width // self.columns))
        numbers = range(self.rows * self.columns) if which is None else which
        corners = (
            (number // self.columns * height // self.rows, number % self.columns * width // self.columns)
            for number in numbers
        )
        return np.stack([image[top : top + side, left : left + side] for top, left in corners])

    def means(self, values: NDArray[np.float32]) -> NDArray[np.float64]:
        """The mean of each tile, (tiles,), without the margin where a filter covers a neighbouring tile."""
        height, width = values.shape
        side = max(1, min(height // self.rows, width // self.columns))
        by_row = _averaging(height, self.rows, side) @ values
        return np.asarray((by_row @ _averaging(width, self.columns, side).T).ravel(), np.float64)


def _averaging(length: int, tiles: int, side: int) -> NDArray[np.float32]:
    """A matrix (tiles, length) that averages the inside of each tile along one side of the photo."""
    margin = 1 if side > 2 else 0
    place = np.arange(length) - np.arange(tiles)[:, None] * length // tiles
    inside = (place >= margin) & (place < side - margin)
    return np.asarray(inside / np.float32(side - 2 * margin), np.float32)


def _log_energy(tiles: Grey, noise: float) -> float:
    noisy = _NOISE_IN_GRADIENT * noise**2
    rest = float(_gradient_energy(tiles).mean()) - _OVER_SUBTRACTION * noisy
    # Bend smoothly instead of clipping at zero: photos with a clipped score could not be ranked.
    signal = (rest + math.hypot(rest, noisy)) / 2
    return math.log(signal + _ROUNDING_ENERGY)


def _gradient_energy(tiles: Grey) -> NDArray[np.float64]:
    """Mean squared Sobel gradient of each tile, (n,), in (grey levels per pixel)²."""
    return _mean_by_tile(gradient_energy(_stacked(tiles)), tiles.shape) / SOBEL_ENERGY


def _median_noise(tiles: Grey) -> float:
    """Immerkær's estimate of the standard deviation of the noise, in the median tile."""
    second_difference = np.array([1, -2, 1], np.float32)
    response = cv2.sepFilter2D(_stacked(tiles), cv2.CV_32F, second_difference, second_difference)
    return float(np.median(_mean_by_tile(np.abs(response), tiles.shape))) * math.sqrt(math.pi / 2) / 6


def _stacked(tiles: Grey) -> Grey:
    """All tiles stacked vertically into one image, so that one call filters them all."""
    count, height, width = tiles.shape
    return tiles.reshape(count * height, width)


def _mean_by_tile(values: Any, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """The mean of filtered values in each tile, without the margin where the filter covers a neighbouring tile."""
    by_tile = np.asarray(values).reshape(shape)
    if min(shape[1:]) > 2:
        by_tile = by_tile[:, 1:-1, 1:-1]
    return np.asarray(by_tile.mean(axis=(1, 2), dtype=np.float64))


def _quiet_tiles(tiles: Grey, structure: NDArray[np.float64]) -> NDArray[np.intp]:
    """The numbers of the tiles with the least structure among those that are neither black nor white."""
    brightness = tiles.mean(axis=(1, 2))
    usable = np.flatnonzero((brightness > _DARKEST) & (brightness < _BRIGHTEST))
    if not usable.size:
        usable = np.arange(len(tiles))
    return np.asarray(usable[_extreme(structure[usable], _QUIET_SHARE, largest=False)])


def _extreme(values: NDArray[np.float64], share: float, *, largest: bool) -> NDArray[np.intp]:
    """The indices of the largest or smallest values; as many as this share of all, but at least one."""
    count = max(1, round(len(values) * share))
    order = np.argsort(-values if largest else values, kind="stable")
    return np.asarray(order[:count])
