"""Judges the exposure of a group's photos as one quantity with its best in between.

A photo is best exposed when its light is near one value. The light is the photo's key (the geometric mean of the light
of its pixels), less 0.6 of the room that even its brightest parts leave below white, since that much more light would
have cost nothing. The best value and the width were fitted to real exposure brackets (`docs/decisions/0028`), and
nothing else was. A camera that underexposes also shows fewer highlights, less noise and finer lights, so other
quantities seem better in dark photos. That is why they count only between photos of similar exposure (`trust`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures

Column = NDArray[np.float64]

BEST_LIGHT = 0.27
_ODDS = 250.0  # log odds for light that is off by 1, by its square; an exposure step from the best one is about 0.1
_TAIL = 4.0  # log odds; beyond, they grow by the logarithm only: far off, a little more or less light is no matter
_ROOM = 0.6  # of the room below white
_FACES_LIGHTER = 0.1  # than the whole, where both are exposed well
_COMMON = 0.03  # of the light; shots that differ less were exposed alike
_UNSEEN = 0.012  # of the light; a tenth of a stop, less than the framing changes it
_MIN_FOR_COMMON = 3
_POSSIBLE = 0.2  # of the light; a shot farther from the best light is not exposed so on purpose
_SAME_LIGHT = 0.08  # of the brightness; where light differs so much, other qualities count a third
_HALF, _SURELY = 0.5, 0.55  # of the pixels
_UNREADABLE = 20.0  # log odds
_SHOWN = 20.0  # log odds, for each e-fold of the share that shows something, where that is less than half
_SAME_SHOWN = 0.15  # of its logarithm; where it differs so much, other qualities count a third
_LITTLE_SHOWN = 0.01  # of the pixels; in fewer, other qualities count in proportion
_LEAST_SHOWN = 0.001  # of the pixels; keeps the logarithm finite
_NOTHING_TO_SEE = 0.85  # of the pixels
_SHOWS_NOTHING = ("nearly_black", "highlights_clipped")  # of a pixel


def exposure_odds(features: Sequence[PhotoFeatures]) -> Column:
    """The exposure of each photo in log odds, (n,), 0 at best; NaN where it is unknown.

    A photo loses by the square of the distance of its light from the best one, and by its logarithm if it is far off.
    Where at least half of three or more shots are exposed alike, their light is as good a target as the usual one,
    since one moment needs one exposure, and differences from it that nobody sees do not count. Where every photo has a
    face, the faces count as much as the rest. A photo that is black or white for more than half of its pixels loses
    against any that is not, and the more the less it shows.
    """
    light, target = _light(features), BEST_LIGHT
    common = _common(light)
    if common is not None:
        # Nobody sees such differences; they come from the framing.
        light = common + np.sign(light - common) * np.maximum(0, np.abs(light - common) - _UNSEEN)
        target = (common + BEST_LIGHT) / 2 if abs(common - BEST_LIGHT) < _POSSIBLE else BEST_LIGHT
    shown = np.minimum(*(_share_without(features, name) for name in _SHOWS_NOTHING))
    excess = np.clip((_HALF - shown) / (_SURELY - _HALF), 0, 1)
    lost = _UNREADABLE * excess + _SHOWN * np.maximum(0, math.log(_HALF) - np.log(shown))
    return -_TAIL * np.log1p(_ODDS / _TAIL * (light - target) ** 2) - lost


def trust(features: Sequence[PhotoFeatures], exposure: Column) -> Column:
    """How far other qualities of each photo count, (n,), from 0 to 1: the less its light is that of the best exposed.

    The light is the mean brightness, which blur does not change. Where most is black or white, it hardly changes with
    the exposure. So it is also the share of the pixels that are not white, and that of those that are not black where
    these are fewer than half.
    """
    brightness = _scores(features, "brightness")
    known = np.isfinite(exposure) & np.isfinite(brightness)
    if not known.any():
        return np.ones_like(exposure)
    best = known & (exposure == exposure[known].max())  # of one light there may be several
    not_black, not_white = (_share_without(features, name) for name in _SHOWS_NOTHING)
    shown = np.log(not_white) + np.log(np.minimum(not_black, _HALF))
    apart = ((brightness - np.median(brightness[best])) / _SAME_LIGHT) ** 2
    apart += ((shown - np.median(shown[best])) / _SAME_SHOWN) ** 2
    share = np.minimum(not_white, not_black)
    return np.exp(-np.where(known, apart, 0.0)) * np.minimum(1.0, share / _LITTLE_SHOWN)


def shows_nothing(photo: PhotoFeatures) -> bool:
    """Whether nearly all of it is black or white."""
    return max(photo.scores.get(name, 0.0) for name in _SHOWS_NOTHING) > _NOTHING_TO_SEE


def _share_without(features: Sequence[PhotoFeatures], name: str) -> Column:
    """The share of each photo's pixels that are not of this kind, (n,), above 0; 1 where it is unknown."""
    return np.array([min(1.0, max(_LEAST_SHOWN, 1 - photo.scores.get(name, 0.0))) for photo in features], np.float64)


def _common(light: Column) -> float | None:
    """The light that at least half of three or more shots share; None where there is none."""
    known = np.sort(light[np.isfinite(light)])  # so that their order does not matter
    alike = np.abs(known[:, None] - known) < _COMMON
    if known.size < _MIN_FOR_COMMON or 2 * alike.sum(axis=1).max() < known.size:
        return None
    return float(np.median(known[alike[int(np.argmax(alike.sum(axis=1)))]]))


def _light(features: Sequence[PhotoFeatures]) -> Column:
    """The light of each photo, at most 1, by the same measures for all of them, (n,); NaN where it is unknown."""
    keys = _scores(features, "key")
    if not np.isfinite(keys).all():  # an older version prepared some of them
        keys = _scores(features, "brightness")
    light = keys - _ROOM * np.nan_to_num(_scores(features, "highlight_headroom"))
    faces = _scores(features, "face_tone") - _FACES_LIGHTER
    return (light + faces) / 2 if np.isfinite(faces).all() else light


def _scores(features: Sequence[PhotoFeatures], name: str) -> Column:
    values = np.array([photo.scores.get(name, math.nan) for photo in features], np.float64)
    return np.where((values >= 0) & (values <= 1), values, math.nan)
