"""How sharp a photo is, and how noisy: measured where a photo has something to show.

The variance of the Laplacian (Pech-Pacheco et al. 2000) is what most programs call sharpness, and it is kept as a
score. Alone it prefers noise, bright copies and any texture to a sharp subject. What ranks is `detail`: the energy of
the gradient (Tenengrad; Krotkov 1987) at the finest scale against that at an eighth of it, in the tiles with most of
it, after the energy that the noise adds is taken off. Blur removes fine gradients before coarse ones; a longer
exposure or more contrast multiplies both alike, and their quotient stays.

Noise is measured in the quietest tiles only, by Immerkær's method ("Fast Noise Variance Estimation", 1996): elsewhere
it would take texture for noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures.scales import COARSE_SIDE, FINE_SIDE, Grey, at_nominal_scales, halved_repeatedly

_TILES_ALONG_SHORT_SIDE = 18
_SMALLEST_TILE = 8  # pixels
_SHARP_SHARE = 0.15
_QUIET_SHARE = 0.10
_DARKEST, _BRIGHTEST = 8.0, 247.0  # where a tile is clipped there is no noise to measure
_ROUNDING_ENERGY = 0.01  # grey levels²: what rounding to whole levels leaves of a gradient
# More is taken off than the noise's mean, as is usual in spectral subtraction (Berouti et al. 1979): noise is stronger
# beside edges than in the quiet tiles where it is measured.
_OVER_SUBTRACTION = 3
_NOISE_IN_GRADIENT = 24 / 64  # energy that noise of variance 1 gives a Sobel gradient in grey levels per pixel


@dataclass(frozen=True)
class Sharpness:
    """What `measure_sharpness` found; its docstring has the units."""

    laplacian_variance: float
    noise: float
    detail: float
    tenengrad: dict[int, float]


def laplacian_variance(grey: Grey) -> float:
    """Variance of the Laplacian of a grey image (h, w), in grey levels²; 0 for a uniform one."""
    # 16 bits hold every value exactly, and cost a quarter of what 64 do.
    _, deviation = cv2.meanStdDev(cv2.Laplacian(grey, cv2.CV_16S))
    return float(deviation[0, 0]) ** 2


def measure_sharpness(grey: Grey) -> Sharpness:
    """Measure a grey image (h, w) of any size, even of one pixel.

    Returns:
        `laplacian_variance` in grey levels²; `noise` as a standard deviation in grey levels; `tenengrad` for each of
        SCALES, the natural logarithm of the mean squared gradient, in (grey levels per pixel)², of the tiles with most
        structure; `detail`, that of the finest scale less that of the coarsest. Scales above the photo's own size are
        given what enlarging it would give, so that a small copy is not sharper than its original.
    """
    scales = halved_repeatedly(grey)
    fine, coarse = scales[0], scales[-1]
    grid = _Grid.for_shape(coarse.shape)
    coarse_tiles = grid.cut(coarse)
    structure = _gradient_energy(coarse_tiles)
    noise = _median_noise(grid.cut(fine, _quiet_tiles(coarse_tiles, structure)))
    # Coarser, the tiles with the largest shapes would be chosen, in focus or not; finer, noise would choose.
    middle = scales[max(0, len(scales) - 3)]
    sharp = _extreme(_gradient_energy(grid.cut(middle)), _SHARP_SHARE, largest=True)
    # The mean of n * n pixels has an n-th of their noise.
    energies = [_log_energy(grid.cut(image, sharp), noise / 2**halvings) for halvings, image in enumerate(scales)]
    tenengrad = at_nominal_scales([max(image.shape) for image in scales], energies)
    return Sharpness(
        laplacian_variance=laplacian_variance(fine),
        noise=noise,
        detail=tenengrad[FINE_SIDE] - tenengrad[COARSE_SIDE],
        tenengrad=tenengrad,
    )


def region_detail(region: Grey, noise: float, photo_side: int) -> float:
    """`detail` of one region (h, w) of a photo, such as a face: its finest gradients against those at a quarter.

    Args:
        region: cut from the photo in its full size.
        noise: of the photo, as `measure_sharpness` gives it.
        photo_side: the photo's longest side in pixels.
    """
    quarter = (
        cv2.resize(region, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) if min(region.shape) > 3 else None
    )
    fine = _log_energy(region[None], noise)
    coarse = _log_energy(np.asarray(quarter, np.uint8)[None], noise / 4) if quarter is not None else fine
    return fine - coarse - 2 * math.log(max(1.0, FINE_SIDE / photo_side))


@dataclass(frozen=True)
class _Grid:
    """Square tiles spread evenly over a photo, in row order, the same places at every scale."""

    rows: int
    columns: int

    @classmethod
    def for_shape(cls, shape: tuple[int, ...]) -> _Grid:
        """Tiles of a comfortable size for the coarse photo, and at least one."""
        tile = max(_SMALLEST_TILE, min(shape) / _TILES_ALONG_SHORT_SIDE)
        return cls(rows=max(1, int(shape[0] / tile)), columns=max(1, int(shape[1] / tile)))

    def cut(self, image: Grey, which: Iterable[int] | None = None) -> Grey:
        """The tiles with these numbers, or all, (n, side, side) or smaller where the image is."""
        height, width = image.shape
        side = max(1, min(height // self.rows, width // self.columns))
        numbers = range(self.rows * self.columns) if which is None else which
        corners = (
            (number // self.columns * height // self.rows, number % self.columns * width // self.columns)
            for number in numbers
        )
        return np.stack([image[top : top + side, left : left + side] for top, left in corners])


def _log_energy(tiles: Grey, noise: float) -> float:
    noisy = _NOISE_IN_GRADIENT * noise**2
    rest = float(_gradient_energy(tiles).mean()) - _OVER_SUBTRACTION * noisy
    # A smooth bend where cutting off at zero would be: a score that is cut off somewhere cannot rank.
    signal = (rest + math.hypot(rest, noisy)) / 2
    return math.log(signal + _ROUNDING_ENERGY)


def _gradient_energy(tiles: Grey) -> NDArray[np.float64]:
    """Mean squared Sobel gradient of each tile, (n,), in (grey levels per pixel)²."""
    stack = _stacked(tiles)
    across = cv2.Sobel(stack, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(stack, cv2.CV_32F, 0, 1, scale=1 / 8)
    energy = cv2.add(cv2.multiply(across, across, dst=across), cv2.multiply(down, down, dst=down), dst=across)
    return _mean_by_tile(energy, tiles.shape)


def _median_noise(tiles: Grey) -> float:
    """Immerkær's estimate of the standard deviation of the noise, of the median tile."""
    second_difference = np.array([1, -2, 1], np.float32)
    response = cv2.sepFilter2D(_stacked(tiles), cv2.CV_32F, second_difference, second_difference)
    return float(np.median(_mean_by_tile(np.abs(response), tiles.shape))) * math.sqrt(math.pi / 2) / 6


def _stacked(tiles: Grey) -> Grey:
    """All tiles below each other as one image, so that one call filters them all."""
    count, height, width = tiles.shape
    return tiles.reshape(count * height, width)


def _mean_by_tile(values: Any, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Mean of filtered values over each tile, without the margin where the filter saw the neighbouring tile."""
    by_tile = np.asarray(values).reshape(shape)
    if min(shape[1:]) > 2:
        by_tile = by_tile[:, 1:-1, 1:-1]
    return np.asarray(by_tile.mean(axis=(1, 2), dtype=np.float64))


def _quiet_tiles(tiles: Grey, structure: NDArray[np.float64]) -> NDArray[np.intp]:
    """The numbers of the tiles with the least structure that are neither black nor white."""
    brightness = tiles.mean(axis=(1, 2))
    usable = np.flatnonzero((brightness > _DARKEST) & (brightness < _BRIGHTEST))
    if not usable.size:
        usable = np.arange(len(tiles))
    return np.asarray(usable[_extreme(structure[usable], _QUIET_SHARE, largest=False)])


def _extreme(values: NDArray[np.float64], share: float, *, largest: bool) -> NDArray[np.intp]:
    """The places of this share of the values, at least one, that are the largest or the smallest."""
    count = max(1, round(len(values) * share))
    order = np.argsort(-values if largest else values, kind="stable")
    return np.asarray(order[:count])
