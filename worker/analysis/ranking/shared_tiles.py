"""Shots of one moment compared part by part, where all of them show the same part of the scene.

Each photo has a map of the energy of its gradients by tile and scale (`tiles`). The maps are aligned upon each other by
whole tiles, as far as the camera moved; finer, the interpolation would smooth some of the maps and not others. Then the
tiles in which the scene has most structure, least, and something between are the same ones for all shots, whichever
shot was noisy or blurred. So a background that one shot has and the next has not speaks for neither, and a sharp blade
of grass does not make up for the blurred subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import ENERGIES, ENERGY_OF_ROUNDING, LOGARITHMS, SCALES, unpack_gradient_map

Map = NDArray[np.uint8]
Values = NDArray[np.float64]

_STRONGEST, _QUIETEST = 0.20, 0.15  # shares of the tiles
_MIDDLE = (0.30, 0.60)
_MAX_SHIFT = 2  # tiles
_SURELY_UNMOVED = 0.7  # correlation
_EXPLAINED = 0.67  # a shift must leave less than this of what differs: no shift is by far the likeliest
_MIN_CORRELATION = 0.2  # below, the maps are of different scenes, and comparing them says nothing
_MIN_TILES = 48
_STRUCTURE = np.log(ENERGIES + 0.5)  # for laying upon each other: what noise does to quiet tiles counts little


@dataclass(frozen=True)
class SharedTexture:
    """By photo and scale, (n, len(SCALES)); a row of NaN for a photo that cannot be compared with the others.

    Attributes:
        signal: natural logarithm of the energy in the tiles with most structure, above that in the quietest ones.
        floor: natural logarithm of the energy in the quietest tiles.
        middle: natural logarithm of the energy in tiles of middling structure. Blur takes from them what it takes from
            the strongest; compression takes more.
        spread: standard deviation over the tiles of what the photo's logarithms are above the group's.
        slope: how much more of its energy the photo has above the group's where there is more: 0 of a mere factor, as
            exposure and blur are, below 0 of noise, above 0 of compression.
    """

    signal: Values
    floor: Values
    middle: Values
    spread: Values
    slope: Values


def compare_tiles(packed: Sequence[bytes]) -> SharedTexture | None:
    """Compare the gradient maps of one moment's photos; None where fewer than two can be compared."""
    maps = {place: tiles for place, tiles in enumerate(map(unpack_gradient_map, packed)) if tiles is not None}
    aligned = _align(_commoner_orientation(maps))
    if len(aligned) < 2:
        return None
    places = sorted(aligned)
    measured = _measure_texture(np.stack([aligned[place] for place in places]))

    def for_all(values: Values) -> Values:
        rows = np.full((len(packed), len(SCALES)), np.nan)
        rows[places] = values
        return rows

    return SharedTexture(*(for_all(values) for values in measured))


def _commoner_orientation(maps: dict[int, Map]) -> dict[int, Map]:
    """Those of the commoner orientation."""
    wide = {place: tiles for place, tiles in maps.items() if tiles.shape[1] < tiles.shape[2]}
    tall = {place: tiles for place, tiles in maps.items() if place not in wide}
    return wide if len(wide) >= len(tall) else tall


# --- Aligning the maps -------------------------------------------------------------------------------------------------


def _align(maps: dict[int, Map]) -> dict[int, Map]:
    """What all show of each map, (len(SCALES), tiles); without those that show something else."""
    if len(maps) < 2:
        return {}
    # Without the finest scale, where noise is.
    structure = {place: _STRUCTURE[tiles[1:]].sum(axis=0) for place, tiles in maps.items()}
    # The middle one by its structure, whatever order they are given in: neither blurred nor noisy, if any is neither.
    ordered = sorted(maps, key=lambda place: (float(structure[place].sum()), maps[place].tobytes()))
    anchor = ordered[len(ordered) // 2]
    shifts = {place: _shift(structure[anchor], structure[place]) for place in maps if place != anchor}
    kept = {anchor: (0, 0), **{place: shift for place, shift in shifts.items() if shift is not None}}
    rows, columns = structure[anchor].shape
    top, left = (max(0, *(shift[axis] for shift in kept.values())) for axis in (0, 1))
    bottom, right = (
        extent + min(0, *(shift[axis] for shift in kept.values())) for axis, extent in enumerate((rows, columns))
    )
    if (bottom - top) * (right - left) < _MIN_TILES:
        kept, (top, left, bottom, right) = dict.fromkeys(kept, (0, 0)), (0, 0, rows, columns)
    return {
        place: maps[place][:, top - down : bottom - down, left - across : right - across].reshape(len(SCALES), -1)
        for place, (down, across) in kept.items()
    }


def _shift(anchor: Values, other: Values) -> tuple[int, int] | None:
    """How many tiles down and across the other must move to lie on the anchor; None if it shows another scene."""
    if float(_correlation(anchor, other)) >= _SURELY_UNMOVED:
        return 0, 0
    reach = _MAX_SHIFT
    middle = other[reach:-reach, reach:-reach]
    found = _correlation(np.lib.stride_tricks.sliding_window_view(anchor, middle.shape), middle)
    unmoved = (reach, reach)
    best = tuple(int(index) for index in np.unravel_index(np.argmax(found), found.shape))
    if 1 - found[best] >= _EXPLAINED * (1 - found[unmoved]):
        best = unmoved
    return (best[0] - reach, best[1] - reach) if found[best] >= _MIN_CORRELATION else None


def _correlation(ones: Values, other: Values) -> Values:
    """Pearson's, of maps (…, rows, columns) with another of their shape; 0 where one is uniform."""
    left = ones - ones.mean(axis=(-2, -1), keepdims=True)
    right = other - other.mean()
    norms = np.sqrt((left * left).sum(axis=(-2, -1)) * float(np.vdot(right, right)))
    products = np.asarray((left * right).sum(axis=(-2, -1)))
    return np.asarray(np.divide(products, norms, out=np.zeros_like(products), where=norms > 1e-9))


# --- Comparing --------------------------------------------------------------------------------------------------------


def _measure_texture(maps: Map) -> tuple[Values, Values, Values, Values, Values]:
    """What SharedTexture holds, in its order, of maps (n, len(SCALES), tiles)."""
    logarithms, energies = LOGARITHMS[maps], ENERGIES[maps]
    usual = np.median(logarithms, axis=0)
    ascending = np.argsort(usual, axis=1, kind="stable")
    tiles = maps.shape[2]

    def mean_of(start: float, end: float) -> Values:
        chosen = ascending[None, :, round(start * tiles) : max(1, round(end * tiles))]
        return np.asarray(np.take_along_axis(energies, chosen, axis=2).mean(axis=2))

    floor = mean_of(0, _QUIETEST)
    signal = np.maximum(mean_of(1 - _STRONGEST, 1) - floor, 0)
    above = logarithms - usual
    strength = usual - usual.mean(axis=1, keepdims=True)
    slope = (above * strength).sum(axis=2) / ((strength**2).sum(axis=1) + 1e-9)
    return (
        np.log(signal + ENERGY_OF_ROUNDING),
        np.log(floor + ENERGY_OF_ROUNDING),
        np.log(mean_of(*_MIDDLE) + ENERGY_OF_ROUNDING),
        above.std(axis=2),
        slope,
    )
