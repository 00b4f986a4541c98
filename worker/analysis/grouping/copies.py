"""Tells one shot saved twice from two shots of one scene, by their pixels.

A copy may be saved again, smaller, slightly cropped, or edited: brighter, warmer, black and white. Its frame is that of
the original or lies within it, not rotated, and every part has the same structure. Two shots, even of a person who
stands still, differ in framing, and something in the picture has moved.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey, tile_means

_SIDE = 256
_SMALL_SIDE = 128
# Band-passes by the sigmas of two blurs, in pixels. Slower changes may come from editing the light.
_SMALL_BAND = 1.5, 20.0
_REGISTERED_BAND = 1.0, 8.0
_COMPARED_BAND = 1.0, 4.0
_TILE = 16
_SMALL_STEPS, _STEPS = 60, 20
_MOST_CROPPED = 0.12  # of a side: 5 % at each end, and a margin
_MOST_ROTATED = 0.004  # radians
_MOST_ROTATED_ROUGHLY = 0.05  # by the small pictures, which fading light seems to rotate
_OUTSIDE = 0.006  # of a side: how far a crop may seem to extend beyond the original, by errors of registration
_LEAST_STRUCTURE = 1.5  # grey levels; tiles with less show JPEG artefacts, not the scene
_FEWEST_TILES = 8
_TILE_LIKENESS = 0.7
_LEAST_SAME = 0.97  # of the tiles with structure


def are_one_shot(one: Grey, other: Grey) -> bool:
    """Whether two grey photos, (h, w) each and about 512 pixels wide, show one shot, possibly cropped or edited.

    Two shots of a still scene from a tripod count as one shot; only their times tell them apart.
    """
    if min(*one.shape, *other.shape) < 32:
        return False
    size = _fitting(one, _SIDE)
    left, right = (_scaled(image, size) for image in (one, other))
    if left.std() < 1 or right.std() < 1:
        return False
    small = [_band(_scaled(image, _fitting(one, _SMALL_SIDE)), *_SMALL_BAND) for image in (one, other)]
    fine = [_band(image, *_REGISTERED_BAND) for image in (left, right)]
    # Registration is reliable from a crop to its original, but not always the other way.
    for step in (1, -1):
        found = _align(small[::step], fine[::step])
        if found is None:
            continue
        if _rotation(found) > _MOST_ROTATED:
            return False
        if _is_crop(found, size) and _same_structure(*_laid_over((left, right)[::step], found)):
            return True
    return False


def _align(small: Sequence[NDArray[np.float32]], fine: Sequence[NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """The affine map (2, 3) from pixels of the first of two photos to those of the second; None if there is none.

    Only rough if it is clearly rotated. `small` and `fine` are bands of the photos, small and in full size.
    """
    found = _register(small, np.eye(2, 3, dtype=np.float32), _SMALL_STEPS)
    if found is None or _rotation(found) > _MOST_ROTATED_ROUGHLY:
        return found
    found[:, 2] *= fine[0].shape[1] / small[0].shape[1]
    return _register(fine, found, _STEPS)


def _fitting(image: Grey, side: int) -> tuple[int, int]:
    """The width and height of a photo reduced to a longest side."""
    scale = side / max(image.shape)
    return max(round(image.shape[1] * scale), _TILE), max(round(image.shape[0] * scale), _TILE)


def _scaled(image: Grey, size: tuple[int, int]) -> NDArray[np.float32]:
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32)


def _register(
    photos: Sequence[NDArray[np.float32]], start: NDArray[np.float32], steps: int
) -> NDArray[np.float32] | None:
    """The affine map (2, 3) from pixels of the first to those of the second, near `start`; None if there is none."""
    one, other = photos
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, steps, 1e-5)
    try:
        _, found = cv2.findTransformECC(one, other, start, cv2.MOTION_AFFINE, criteria)
    except cv2.error:  # it did not converge
        return None
    return np.asarray(found, np.float32)


def _rotation(affine: NDArray[np.float32]) -> float:
    return float(max(abs(affine[0, 1]), abs(affine[1, 0])))


def _is_crop(affine: NDArray[np.float32], size: tuple[int, int]) -> bool:
    """Whether one frame lies within the other and is not much smaller."""
    inwards = []
    for axis, length in enumerate(size):
        scale, start = affine[axis, axis], affine[axis, 2]
        if abs(scale - 1) > _MOST_CROPPED:
            return False
        inwards += [start / length, 1 - (scale * length + start) / length]
    return bool(min(inwards) >= -_OUTSIDE or max(inwards) <= _OUTSIDE)


def _laid_over(
    photos: Sequence[NDArray[np.float32]], affine: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """The first of two photos, the second laid over it, and 1 where that covers it; (h, w) each."""
    one, other = photos
    size, flags = (one.shape[1], one.shape[0]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped, covered = (cv2.warpAffine(image, affine, size, flags=flags) for image in (other, np.ones_like(other)))
    return one, np.asarray(warped, np.float32), np.asarray(covered, np.float32)


def _same_structure(one: NDArray[np.float32], other: NDArray[np.float32], covered: NDArray[np.float32]) -> bool:
    """Whether nearly all tiles of two aligned photos show the same, whatever their tones.

    `covered` is 1 in the pixels that the second photo covers. All are (h, w).
    """
    left, right = _band(one, *_COMPARED_BAND), _band(other, *_COMPARED_BAND)
    inside = tile_means(covered, _TILE) > 0.99
    power, power_other = tile_means(left * left, _TILE), tile_means(right * right, _TILE)
    likeness = tile_means(left * right, _TILE) / np.sqrt(np.maximum(power * power_other, 1e-6))
    structured = inside & (np.minimum(power, power_other) >= _LEAST_STRUCTURE**2)
    if np.count_nonzero(structured) < _FEWEST_TILES:
        return False
    return bool((likeness[structured] >= _TILE_LIKENESS).mean() >= _LEAST_SAME)


def _band(image: NDArray[np.float32], fine: float, coarse: float) -> NDArray[np.float32]:
    blurred = cv2.GaussianBlur(image, (0, 0), fine) - cv2.GaussianBlur(image, (0, 0), coarse)
    return np.asarray(blurred, np.float32)
