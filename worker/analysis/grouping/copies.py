"""Tells one shot saved twice from two shots of one scene, by their pixels.

A copy may be saved again, smaller, slightly cropped, or edited: brighter, warmer, black and white. Its frame is that of
the original or lies within it, not rotated, and every part has the same structure. Two shots, even of a person who
stands still, differ in framing, and something in the picture has moved.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey, tile_means

_SIDE = 256
# Band-passes by the sigmas of two blurs, in pixels at that side. Slower changes may come from editing the light.
_REGISTERED_BANDS = (3.0, 40.0), (1.0, 8.0)
_COMPARED_BAND = 1.0, 4.0
_TILE = 16
_STEPS = 60
_MOST_CROPPED = 0.12  # of a side: 5 % at each end, and a margin
_MOST_ROTATED = 0.004  # radians
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
    # Registration is reliable from a crop to its original, but not always the other way.
    return _is_within(one, other) or _is_within(other, one)


def _is_within(one: Grey, other: Grey) -> bool:
    size = _small_size(one)
    small, small_other = (
        cv2.resize(image, size, interpolation=cv2.INTER_AREA).astype(np.float32) for image in (one, other)
    )
    found = _register(small, small_other)
    if found is None or not _is_crop(found, size):
        return False
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    warped = cv2.warpAffine(small_other, found[:2], size, flags=flags)
    covered = cv2.warpAffine(np.ones_like(small_other), found[:2], size, flags=flags)
    return _same_structure(small, np.asarray(warped, np.float32), np.asarray(covered, np.float32))


def _small_size(image: Grey) -> tuple[int, int]:
    scale = _SIDE / max(image.shape)
    return max(round(image.shape[1] * scale), _TILE), max(round(image.shape[0] * scale), _TILE)


def _register(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float64] | None:
    """The affine map (3, 3) from pixels of the first to those of the second; None if there is none."""
    if one.std() < 1 or other.std() < 1:
        return None
    found = np.eye(2, 3, dtype=np.float32)
    criteria = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, _STEPS, 1e-5)
    try:
        for fine, coarse in _REGISTERED_BANDS:
            band, band_other = _band(one, fine, coarse), _band(other, fine, coarse)
            _, refined = cv2.findTransformECC(band, band_other, found, cv2.MOTION_AFFINE, criteria)
            found = np.asarray(refined, np.float32)
    except cv2.error:  # it did not converge
        return None
    return np.vstack([found.astype(np.float64), [0, 0, 1]])


def _is_crop(affine: NDArray[np.float64], size: tuple[int, int]) -> bool:
    """Whether one frame lies within the other, not rotated and not much smaller."""
    if max(abs(affine[0, 1]), abs(affine[1, 0])) > _MOST_ROTATED:
        return False
    inwards = []
    for axis, length in enumerate(size):
        scale, start = affine[axis, axis], affine[axis, 2]
        if abs(scale - 1) > _MOST_CROPPED:
            return False
        inwards += [start / length, 1 - (scale * length + start) / length]
    return bool(min(inwards) >= -_OUTSIDE or max(inwards) <= _OUTSIDE)


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
