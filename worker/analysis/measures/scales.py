"""A grey photo at several sizes, and what is measured at the sizes it has, told for the sizes all are compared at."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

# Scales are named by the longest side the photo has at them.
FINE_SIDE = 2048
COARSE_SIDE = 256
SCALES = (FINE_SIDE, 1024, 512, COARSE_SIDE)


def halved_repeatedly(grey: Grey) -> list[Grey]:
    """The image, reduced to FINE_SIDE, and its halves down to about COARSE_SIDE, largest first.

    Exact halves are by far the fastest to make.
    """
    scales = [_shrunk(grey, FINE_SIDE)]
    while max(scales[-1].shape) > COARSE_SIDE * math.sqrt(2) and min(scales[-1].shape) > 1:
        height, width = scales[-1].shape
        even = scales[-1][: height // 2 * 2, : width // 2 * 2]
        half = cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        scales.append(np.asarray(half, np.uint8))
    return scales


def at_nominal_scales(sides: Sequence[int], energies: Sequence[float]) -> dict[int, float]:
    """Logarithms of energies at the sides a photo has, largest first, as those at SCALES."""
    return dict(zip(SCALES, stack_at_nominal_scales(sides, np.array(energies)).tolist(), strict=True))


def stack_at_nominal_scales(sides: Sequence[int], energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for many places at once: (scales, …), largest first, to (len(SCALES), …)."""
    ascending = np.log(sides[::-1])
    nominal = np.log(SCALES)
    # Between two sides it has, in proportion; below the smallest, what that one shows.
    shares = np.array([np.interp(nominal, ascending, unit) for unit in np.eye(len(sides))])[::-1]
    within = np.tensordot(shares.T, energies, axes=1)
    # Enlarging n times leaves an n-th of the gradient, so an n²-th of its energy.
    enlarged = 2 * np.maximum(0.0, nominal - ascending[-1])
    return np.asarray(within - enlarged.reshape(-1, *[1] * (energies.ndim - 1)))


def tile_means(values: NDArray[np.float32], tile: int) -> NDArray[np.float32]:
    """The mean of each square tile of so many pixels a side; what does not fill one at the edges is left out."""
    rows, columns = values.shape[0] // tile, values.shape[1] // tile
    tiles = values[: rows * tile, : columns * tile].reshape(rows, tile, columns, tile)
    return np.asarray(tiles.mean(axis=(1, 3)))


def _shrunk(grey: Grey, side: int) -> Grey:
    """The image with this longest side, or itself where it is not longer."""
    scale = side / max(grey.shape)
    if scale >= 1:
        return grey
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
