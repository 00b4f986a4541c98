"""How much structure each part of a photo shows, kept small: a byte for each tile and scale."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures.scales import SCALES

TileEnergies = NDArray[np.float64]
"""Mean gradient energy of each tile, (len(SCALES), rows, columns), in (grey levels per pixel)²."""

TILES = (12, 16)
"""Along the short and the long side of a photo: nearly square in the usual 3:2 and 4:3."""

ENERGY_OF_ROUNDING = 0.02  # grey levels²: what rounding to whole levels leaves of a gradient
_STEPS = 18.0  # for each unit of the natural logarithm: 6 % of energy, so that all there can be has room in a byte
_LOWEST = float(np.log(ENERGY_OF_ROUNDING))

LOGARITHMS = np.arange(256) / _STEPS + _LOWEST
"""The natural logarithm of the energy, with that of rounding, which each byte stands for."""

ENERGIES = np.exp(LOGARITHMS) - ENERGY_OF_ROUNDING


def pack_gradient_map(energies: TileEnergies) -> bytes:
    """One byte with the number of rows, and one for each energy."""
    steps = np.rint((np.log(energies + ENERGY_OF_ROUNDING) - _LOWEST) * _STEPS)
    return bytes([energies.shape[1]]) + np.clip(steps, 0, 255).astype(np.uint8).tobytes()


def unpack_gradient_map(packed: bytes) -> NDArray[np.uint8] | None:
    """The bytes, (len(SCALES), rows, columns), to look up in LOGARITHMS or ENERGIES; None where it is no such map."""
    short, long = TILES
    if len(packed) != 1 + len(SCALES) * short * long or packed[0] not in TILES:
        return None
    return np.frombuffer(packed, np.uint8, offset=1).reshape(len(SCALES), packed[0], -1)
