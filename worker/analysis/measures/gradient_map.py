"""Stores how much structure each part of a photo shows, with one byte per tile and scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures.scales import SCALES

TileEnergies = NDArray[np.float64]
"""Mean gradient energy of each tile, (len(SCALES), rows, columns), in (grey levels per pixel)²."""

TILES = (12, 16)
"""Tiles along the short and the long side of a photo; nearly square in photos of 3:2 and 4:3."""

ENERGY_OF_ROUNDING = 0.02  # grey levels²: the energy that rounding to whole levels adds
_STEPS = 18.0  # per unit of the natural logarithm: steps of 6 %, so that every possible energy fits into a byte
_LOWEST = float(np.log(ENERGY_OF_ROUNDING))

LOGARITHMS = np.arange(256) / _STEPS + _LOWEST
"""(256,) the natural logarithm that each byte stands for, of the energy including that of rounding."""

ENERGIES = np.exp(LOGARITHMS) - ENERGY_OF_ROUNDING
"""(256,) the energy that each byte stands for, without that of rounding."""


def pack_gradient_map(energies: TileEnergies) -> bytes:
    """One byte with the number of rows, then one byte for each energy."""
    steps = np.rint((np.log(energies + ENERGY_OF_ROUNDING) - _LOWEST) * _STEPS)
    return bytes([energies.shape[1]]) + np.clip(steps, 0, 255).astype(np.uint8).tobytes()


def unpack_gradient_map(packed: bytes) -> NDArray[np.uint8] | None:
    """The bytes, (len(SCALES), rows, columns), as indices into LOGARITHMS or ENERGIES; None if `packed` is not one."""
    short, long = TILES
    if len(packed) != 1 + len(SCALES) * short * long or packed[0] not in TILES:
        return None
    return np.frombuffer(packed, np.uint8, offset=1).reshape(len(SCALES), packed[0], -1)
