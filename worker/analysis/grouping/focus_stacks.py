"""Telling a focus stack from other shots of one view: by how sharpness wanders through the scene.

In a stack the focus goes from near to far or back. Each part of the scene gets sharper until its turn has come, then
less sharp again, and different parts have their turns at different shots. Noise, a shaken shot and people that move
make sharpness rise and fall at random, and focus on something flat makes all of it rise and fall together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey, tile_means

Energies = NDArray[np.float64]

FEWEST_SHOTS = 3

_TILES = 16  # along the longest side
_FINE, _COARSE = 0.8, 2.0  # pixels: the band of detail that focus takes away, above the noise
_FLOOR = 1.0  # grey levels²; below it there is no detail, only noise
_LEAST_DETAIL = 8.0  # grey levels², at its sharpest
_CLEAR_CHANGE = float(np.log(2.0))
_LEAST_CHANGED = 0.4  # of the tiles with detail
_MOST_AGAINST = 0.15  # of a tile's change may go against rise and fall
_LEAST_ORDERLY = 0.8  # of the tiles that change
_LEAST_TURN = 0.07  # of the tiles have their turn early, and as many late
_LEAST_TURN_OF_THREE = 0.1
_FEWEST_TILES = 12


def focus_stacks(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]]) -> Iterator[slice]:
    """Runs of shots that are focus stacks, in order, apart from each other.

    Args:
        images: grey photos (h, w) of one view, all of one size, in order of capture; about 512 pixels wide.
        maps: (3, 3) from pixels of each to those of the next, one fewer than images.
    """
    start = 0
    while start + FEWEST_SHOTS <= len(images):
        stop = _longest(images, maps, start)
        if stop:
            yield slice(start, stop)
        start = stop or start + 1


def _longest(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]], start: int) -> int:
    """Where the longest stack ends that begins at a shot; 0 where none does."""
    energies = _energies(images[start:], maps[start:])
    longest = 0
    for count in range(FEWEST_SHOTS, len(energies) + 1):
        seen = energies[:count]
        changed = _with_detail(seen)
        if not _is_orderly(changed):
            break
        if _wanders(changed, seen.shape[1]):
            longest = start + count
    return longest


def _energies(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]]) -> Energies:
    """Logarithm of the fine detail in each tile of each shot, (shots, tiles), in tiles that all of them show."""
    height, width = images[0].shape
    tile = max(max(height, width) // _TILES, 8)
    onto = np.eye(3)
    everywhere = np.ones((height, width), np.uint8)
    detail = []
    for number, image in enumerate(images):
        if number:
            onto = maps[number - 1] @ onto
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        laid = cv2.warpAffine(image, onto[:2], (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        everywhere *= np.asarray(cv2.warpAffine(np.ones_like(image), onto[:2], (width, height), flags=flags), np.uint8)
        fine = cv2.GaussianBlur(laid.astype(np.float32), (0, 0), _FINE)
        band = fine - cv2.GaussianBlur(fine, (0, 0), _COARSE)
        detail.append(tile_means(band * band, tile))
    shown = tile_means(everywhere.astype(np.float32), tile) > 0.99
    return np.asarray(np.log(np.stack(detail)[:, shown] + _FLOOR), np.float64)


def _with_detail(energies: Energies) -> Energies:
    """The tiles that show detail at their sharpest and whose sharpness changes; (shots, m)."""
    detailed = energies.max(axis=0) >= np.log(_LEAST_DETAIL)
    changing = np.ptp(energies, axis=0) >= _CLEAR_CHANGE
    return energies[:, detailed & changing]


def _is_orderly(energies: Energies) -> bool:
    """Whether nearly all tiles rise once and fall once; also where none has changed yet."""
    if not energies.shape[1]:
        return True
    steps = np.diff(energies, axis=0)
    rising = np.arange(len(steps))[:, None] < energies.argmax(axis=0)
    against = np.where(rising, np.maximum(-steps, 0), np.maximum(steps, 0)).sum(axis=0)
    return bool((against <= _MOST_AGAINST * np.ptp(energies, axis=0)).mean() >= _LEAST_ORDERLY)


def _wanders(energies: Energies, tiles: int) -> bool:
    """Whether some parts of the scene clearly have their turn before others."""
    shots, changed = energies.shape
    if changed < max(_FEWEST_TILES, _LEAST_CHANGED * tiles):
        return False
    share = _LEAST_TURN_OF_THREE if shots == FEWEST_SHOTS else _LEAST_TURN
    turns = np.sort(energies.argmax(axis=0))
    early, late = turns[int(share * changed)], turns[int((1 - share) * changed)]
    if late - early < max(2, (shots - 1) // 4):
        return False
    # When the one is sharp the other is not, and it matters.
    first, last = energies[:, energies.argmax(axis=0) <= early], energies[:, energies.argmax(axis=0) >= late]
    lost = np.median(first[early] - first[late]), np.median(last[late] - last[early])
    return bool(min(lost) >= _CLEAR_CHANGE)
