"""Halves a grey photo repeatedly, and converts measurements at its own sizes to the nominal sizes of all photos."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.files import nominal_side

Grey = NDArray[np.uint8]

# A scale is named by the longest side of the photo, in pixels; that of a panorama follows from its height.
FINE_SIDE = 2048
COARSE_SIDE = 256
SOBEL_ENERGY = 64
"""The energy of a ramp of one grey level per pixel, as `gradient_energy` returns it."""
SCALES = (FINE_SIDE, 1024, 512, COARSE_SIDE)


def halved_repeatedly(grey: Grey) -> tuple[list[Grey], list[float]]:
    """The image reduced to FINE_SIDE, then halved again and again down to about COARSE_SIDE, largest first.

    Exact halves are by far the fastest to compute. Also returns the side of each, as `nominal_side` counts.
    """
    nominal = nominal_side(*grey.shape) / max(grey.shape)
    scales = [_shrunk(grey, FINE_SIDE / nominal)]
    while nominal * max(scales[-1].shape) > COARSE_SIDE * math.sqrt(2) and min(scales[-1].shape) > 1:
        height, width = scales[-1].shape
        even = scales[-1][: height // 2 * 2, : width // 2 * 2]
        half = cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
        scales.append(np.asarray(half, np.uint8))
    return scales, [nominal * max(scale.shape) for scale in scales]


def gradients(grey: Grey) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The horizontal and the vertical Sobel gradient, (h, w); 8 for a ramp of one grey level per pixel."""
    # 16 bits hold them exactly, and the filter takes a quarter of the time that it takes with floats.
    across, down = (cv2.Sobel(grey, cv2.CV_16S, *axis) for axis in ((1, 0), (0, 1)))
    return np.asarray(across).astype(np.float32), np.asarray(down).astype(np.float32)


def gradient_energy(grey: Grey) -> NDArray[np.float32]:
    """The squared Sobel gradient, (h, w); 64 for a ramp of one grey level per pixel."""
    across, down = gradients(grey)
    across *= across
    down *= down
    across += down
    return across


def at_nominal_scales(sides: Sequence[float], energies: Sequence[float]) -> dict[int, float]:
    """Convert logarithms of energies at the photo's own sides, largest first, to those at SCALES."""
    return dict(zip(SCALES, stack_at_nominal_scales(sides, np.array(energies)).tolist(), strict=True))


def stack_at_nominal_scales(sides: Sequence[float], energies: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same for many tiles at once: from (sides, …), largest first, to (len(SCALES), …)."""
    ascending = np.log(sides[::-1])
    nominal = np.log(SCALES)
    # Interpolate between the photo's own sides; below the smallest, take the value of the smallest.
    shares = np.array([np.interp(nominal, ascending, unit) for unit in np.eye(len(sides))])[::-1]
    within = np.tensordot(shares.T, energies, axes=1)
    # Enlarging n times divides gradients by n, and their energy by n².
    enlarged = 2 * np.maximum(0.0, nominal - ascending[-1])
    return np.asarray(within - enlarged.reshape(-1, *[1] * (energies.ndim - 1)))


def tile_means(values: NDArray[np.float32], tile: int) -> NDArray[np.float32]:
    """The mean of each square tile of `tile` pixels a side; incomplete tiles at the edges are left out."""
    rows, columns = values.shape[0] // tile, values.shape[1] // tile
    tiles = values[: rows * tile, : columns * tile].reshape(rows, tile, columns, tile)
    return np.asarray(tiles.mean(axis=(1, 3)))


def _shrunk(grey: Grey, side: float) -> Grey:
    """The image reduced to this longest side; the same image if it is not longer."""
    scale = side / max(grey.shape)
    if scale >= 1:
        return grey
    size = (max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
