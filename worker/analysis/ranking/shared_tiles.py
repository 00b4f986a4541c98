"""Compare shots of one moment tile by tile, where all of them show the same part of the scene.

Each photo has a map of its gradient energy by tile and scale. The maps are aligned by whole tiles to follow the camera.
A finer alignment would interpolate, which smooths some maps and not others. The tiles with most, medium and least
structure are then the same for all shots, whichever shot is noisy or blurred. So a background that only one shot has
does not count for or against it, and a sharp blade of grass does not make up for a blurred subject.
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
_EXPLAINED = 0.67  # a shift must leave less than this share of the difference, because most shots need no shift
_MIN_CORRELATION = 0.2  # lower means different scenes, which cannot be compared
_MIN_TILES = 48
_STRUCTURE = np.log(ENERGIES + 0.5)  # for aligning; noise in quiet tiles counts little


@dataclass(frozen=True)
class SharedTexture:
    """By photo and scale, (n, len(SCALES)); a row of NaN for a photo that cannot be compared with the others.

    Attributes:
        signal: natural logarithm of the energy in the tiles with most structure, minus that in the quietest tiles.
        floor: natural logarithm of the energy in the quietest tiles.
        middle: natural logarithm of the energy in tiles of medium structure. Blur reduces them like the strongest
            tiles; compression reduces them more.
        spread: standard deviation, over the tiles, of the photo's logarithms minus the group's.
        slope: how the photo's logarithms minus the group's rise with a tile's energy. It is 0 for a constant factor
            such as exposure or blur, negative for noise, positive for compression.
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
    """The maps of the more common orientation."""
    wide = {place: tiles for place, tiles in maps.items() if tiles.shape[1] < tiles.shape[2]}
    tall = {place: tiles for place, tiles in maps.items() if place not in wide}
    return wide if len(wide) >= len(tall) else tall


# --- Aligning the maps ------------------------------------------------------------------------------------------------


def _align(maps: dict[int, Map]) -> dict[int, Map]:
    """The part of each map that all shots show, (len(SCALES), tiles). Leaves out maps of another scene."""
    if len(maps) < 2:
        return {}
    # Leave out the finest scale, where noise is strongest.
    structure = {place: _STRUCTURE[tiles[1:]].sum(axis=0) for place, tiles in maps.items()}
    # Anchor on the map of median structure, whatever their order: it is neither blurred nor noisy if any shot is so.
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
    """How many tiles down and across to move `other` onto the anchor; None if it shows another scene."""
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
    """Pearson's correlation of maps (…, rows, columns) with another of their shape; 0 where one is uniform."""
    left = ones - ones.mean(axis=(-2, -1), keepdims=True)
    right = other - other.mean()
    norms = np.sqrt((left * left).sum(axis=(-2, -1)) * float(np.vdot(right, right)))
    products = np.asarray((left * right).sum(axis=(-2, -1)))
    return np.asarray(np.divide(products, norms, out=np.zeros_like(products), where=norms > 1e-9))


# --- Comparing --------------------------------------------------------------------------------------------------------


def _measure_texture(maps: Map) -> tuple[Values, Values, Values, Values, Values]:
    """The fields of SharedTexture, in its order, from maps (n, len(SCALES), tiles)."""
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
