"""Tells a focus stack from other shots of one view, by how the focus moves through the scene.

In a stack the focus moves from near to far or back. Each part of the scene gets sharper up to a peak, then less sharp
again, and different parts peak in different shots. Noise, camera shake and moving people make sharpness rise and fall
at random. Focusing on something flat makes all parts rise and fall together.
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
_FINE, _COARSE = 0.8, 2.0  # pixels: the band of detail that defocus removes, coarser than the noise
_FLOOR = 1.0  # grey levels²; below this there is no detail, only noise
_LEAST_DETAIL = 8.0  # grey levels², in a tile's sharpest shot
_CLEAR_CHANGE = float(np.log(2.0))
_LEAST_CHANGED = 0.4  # of all tiles
_MOST_AGAINST = 0.15  # of a tile's change, in the wrong direction
_LEAST_ORDERLY = 0.8  # of the tiles that change
_PEAK_SHARE = 0.07  # of the tiles that must peak early, and that must peak late
_PEAK_SHARE_OF_THREE = 0.1  # the same in a stack of three shots
_FEWEST_TILES = 12


def focus_stacks(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]]) -> Iterator[slice]:
    """The runs of shots that are focus stacks, in order and without overlap.

    Args:
        images: grey photos (h, w) of one view, all of one size, in order of capture; about 512 pixels wide.
        maps: (3, 3) affine maps from pixels of each image to those of the next, one fewer than images.
    """
    start = 0
    while start + FEWEST_SHOTS <= len(images):
        stop = _longest(images, maps, start)
        if stop:
            yield slice(start, stop)
        start = stop or start + 1


def _longest(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]], start: int) -> int:
    """The end of the longest stack that starts at a shot; 0 if none starts there."""
    longest = 0
    for seen in _energies(images[start:], maps[start:]):
        if len(seen) < FEWEST_SHOTS:
            continue
        changed = _with_detail(seen)
        if not _is_orderly(changed):
            break
        if _focus_moves(changed, seen.shape[1]):
            longest = start + len(seen)
    return longest


def _energies(images: Sequence[Grey], maps: Sequence[NDArray[np.float64]]) -> Iterator[Energies]:
    """The logarithm of the fine detail in each tile of the first shot, of the first two, and so on.

    Each is (shots, tiles), of the tiles that all these shots cover.
    """
    height, width = images[0].shape
    tile = max(max(height, width) // _TILES, 8)
    onto = np.eye(3)
    covered = np.ones((height, width), np.uint8)
    detail = []
    for number, image in enumerate(images):
        if number:
            onto = maps[number - 1] @ onto
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        warped = cv2.warpAffine(image, onto[:2], (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        covered *= np.asarray(cv2.warpAffine(np.ones_like(image), onto[:2], (width, height), flags=flags), np.uint8)
        fine = cv2.GaussianBlur(warped.astype(np.float32), (0, 0), _FINE)
        band = fine - cv2.GaussianBlur(fine, (0, 0), _COARSE)
        detail.append(tile_means(band * band, tile))
        inside = tile_means(covered.astype(np.float32), tile) > 0.99
        yield np.asarray(np.log(np.stack(detail)[:, inside] + _FLOOR), np.float64)


def _with_detail(energies: Energies) -> Energies:
    """The tiles that show detail in their sharpest shot and whose sharpness changes; (shots, m)."""
    detailed = energies.max(axis=0) >= np.log(_LEAST_DETAIL)
    changing = np.ptp(energies, axis=0) >= _CLEAR_CHANGE
    return energies[:, detailed & changing]


def _is_orderly(energies: Energies) -> bool:
    """Whether the sharpness of nearly all tiles rises once and falls once; true if there are no tiles."""
    if not energies.shape[1]:
        return True
    steps = np.diff(energies, axis=0)
    rising = np.arange(len(steps))[:, None] < energies.argmax(axis=0)
    against = np.where(rising, np.maximum(-steps, 0), np.maximum(steps, 0)).sum(axis=0)
    return bool((against <= _MOST_AGAINST * np.ptp(energies, axis=0)).mean() >= _LEAST_ORDERLY)


def _focus_moves(energies: Energies, tiles: int) -> bool:
    """Whether some parts of the scene clearly peak before others; `tiles` is how many there are in all."""
    shots, changed = energies.shape
    if changed < max(_FEWEST_TILES, _LEAST_CHANGED * tiles):
        return False
    share = _PEAK_SHARE_OF_THREE if shots == FEWEST_SHOTS else _PEAK_SHARE
    peaks = np.sort(energies.argmax(axis=0))
    early, late = peaks[int(share * changed)], peaks[int((1 - share) * changed)]
    if late - early < max(2, (shots - 1) // 4):
        return False
    # While one part is sharp the other is clearly not.
    first, last = energies[:, energies.argmax(axis=0) <= early], energies[:, energies.argmax(axis=0) >= late]
    lost = np.median(first[early] - first[late]), np.median(last[late] - last[early])
    return bool(min(lost) >= _CLEAR_CHANGE)
