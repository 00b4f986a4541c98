"""Judges the exposure of a group's photos as one quantity with its best in between.

A photo is best exposed when its tone is near one value, in the scale as people see it (gamma-coded luma). That value
and the width were fitted to real exposure brackets (`docs/decisions/0028`), and nothing else was. A camera that
underexposes also shows fewer highlights, less noise and finer lights, so other quantities seem better in dark photos.
That is why they count only between photos of similar exposure (`trust`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures

Column = NDArray[np.float64]

BEST_TONE = 0.37
_ODDS = 80.0  # log odds for a tone that is off by 1; an exposure step from the best one is about 0.1
_ROOM, _ROOM_SCALE = 4.0, 6.4  # log odds, and how fast they grow with the room
_COMMON = 0.03  # of the tone; shots that differ less were exposed alike
_MIN_FOR_COMMON = 3
_POSSIBLE = 0.2  # of the tone; a shot farther from the best tone is not exposed so on purpose
_SAME_LIGHT = 0.08  # of the brightness; where light differs so much, other qualities count a third
_HALF, _SURELY = 0.5, 0.55  # of the pixels
_UNREADABLE = 12.0  # log odds
_NOTHING_TO_SEE = 0.85  # of the pixels


def exposure_odds(features: Sequence[PhotoFeatures]) -> Column:
    """The exposure of each photo in log odds, (n,), 0 at best; NaN where it is unknown.

    A photo loses by the distance of its tone from the best one, and by the room that even its brightest parts leave
    below white: that much more light would have cost nothing. Where at least half of three or more shots are exposed
    alike, their tone is as good a target as the usual one, since one moment needs one exposure. Where every photo has a
    face, the faces count as much as the rest. A photo that is black or white for more than half of its pixels loses
    against any that is not.
    """
    tones = _tones(features)
    unreadable = np.array([_unreadable(photo) for photo in features], np.float64)
    room = np.nan_to_num(_scores(features, "highlight_headroom"))
    excess = np.clip((unreadable - _HALF) / (_SURELY - _HALF), 0, 1)
    return -_ODDS * (tones - _target(tones)) ** 2 - _ROOM * np.log1p(_ROOM_SCALE * room) - _UNREADABLE * excess


def trust(features: Sequence[PhotoFeatures], exposure: Column) -> Column:
    """How far other qualities of each photo count, (n,), from 0 to 1: the less its light is that of the best exposed.

    The light is the mean brightness, which blur does not change.
    """
    brightness = _scores(features, "brightness")
    known = np.isfinite(exposure) & np.isfinite(brightness)
    if not known.any():
        return np.ones_like(exposure)
    best = brightness[np.argmax(np.where(known, exposure, -np.inf))]
    return np.exp(-((np.where(known, brightness - best, 0.0) / _SAME_LIGHT) ** 2))


def shows_nothing(photo: PhotoFeatures) -> bool:
    """Whether nearly all of it is black or white."""
    return _unreadable(photo) > _NOTHING_TO_SEE


def _unreadable(photo: PhotoFeatures) -> float:
    """The larger of the shares of its pixels that are nearly black, or white."""
    return min(1.0, max(0.0, *(photo.scores.get(name, 0.0) for name in ("nearly_black", "highlights_clipped"))))


def _target(tones: Column) -> float:
    """The best tone for the shots of this group."""
    known = tones[np.isfinite(tones)]
    alike = np.abs(known[:, None] - known) < _COMMON
    if known.size < _MIN_FOR_COMMON or 2 * alike.sum(axis=1).max() < known.size:
        return BEST_TONE
    common = float(np.median(known[alike[int(np.argmax(alike.sum(axis=1)))]]))
    return (common + BEST_TONE) / 2 if abs(common - BEST_TONE) < _POSSIBLE else BEST_TONE


def _tones(features: Sequence[PhotoFeatures]) -> Column:
    """The tone of each photo, 0 to 1, by the same measure for all of them, (n,); NaN where it is unknown."""
    tones = _scores(features, "tone")
    if not np.isfinite(tones).all():  # an older version prepared some of them
        return _scores(features, "brightness")
    faces = _scores(features, "face_tone")
    return (tones + faces) / 2 if np.isfinite(faces).all() else tones


def _scores(features: Sequence[PhotoFeatures], name: str) -> Column:
    values = np.array([photo.scores.get(name, math.nan) for photo in features], np.float64)
    return np.where((values >= 0) & (values <= 1), values, math.nan)
