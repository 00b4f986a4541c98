"""Compare the photos of one group: the columns a ranker weighs, each so that more is better.

The columns are not scaled by the group's own spread. The spread of two photos is always their difference, however
small, so scaling would make an invisible flaw weigh as much as an obvious blur. (Divided by the group's median absolute
deviation, the same columns put the original before its degraded copies 72 times of 100 at best; unscaled, 95 times.)
Each column is a logarithm or a share, so a unit means the same in every group. Only its zero depends on the group: it
is the median, which one failed shot does not move.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures
from worker.analysis.faces import PeopleLost, people_found, people_lost
from worker.analysis.measures import SCALES
from worker.analysis.ranking.exposure import exposure_odds, trust
from worker.analysis.ranking.shared_tiles import SharedTexture, compare_tiles

Column = NDArray[np.float64]
Columns = NDArray[np.float64]

COLUMNS = (
    "sharpness",
    "noise",
    "blocks",
    "highlights",
    "headroom",
    "tone",
    "agreement",
    "faces",
    "eyes",
    "frontal",
    "whole",
    "face_sharpness",
    "detail",
    *(f"resolution_{side}" for side in SCALES[:-1]),
    "structure",
    *(f"quiet_{side}" for side in SCALES[:-1]),
    *(f"clean_{side}" for side in SCALES[:-1]),
    *(f"middle_{side}" for side in SCALES[:-1]),
    *(f"even_{side}" for side in SCALES[:-1]),
    *(f"proportion_{side}" for side in SCALES[:-1]),
    "shadows",
    "darkness",
    "brightness",
    "entropy",
    "well_exposed",
    "contrast",
    "uprightness",
    "exposure",
)

OF_LIGHT = frozenset(
    {
        *("highlights", "headroom", "tone", "agreement", "shadows", "darkness"),
        *("brightness", "entropy", "well_exposed", "contrast"),
    }
)
"""Columns that depend on the light alone, beside `exposure`."""

# Light, and faces, count whatever the exposure. All others count less in photos exposed worse.
_WHATEVER_THE_EXPOSURE = OF_LIGHT | {"exposure", "faces", "eyes", "frontal", "whole"}
_UNAFFECTED = np.array([name in _WHATEVER_THE_EXPOSURE for name in COLUMNS])

_STRUCTURE_SHARE = 0.4  # strong blur leaves no detail to compare and shows only in coarser structure
_FACE_SHARE = 0.6  # of sharpness, where every photo of the group has a face
_VISIBLE_NOISE = 2.0  # grey levels; less is invisible
_VISIBLE_BLOCKS = 0.4  # of the comb; less is the scene's own structure, not a JPEG grid
_MIDDLE_BRIGHTNESS = 0.45
_BLACK_BRIGHTNESS = 0.04  # keeps the logarithm of a black photo finite
_CLIPPED_UNNOTICED = 0.005  # an acceptable share of white pixels, such as reflections and lamps
_MIN_FOR_AGREEMENT = 3
_MIN_UPRIGHTNESS = 0.02
_FARTHEST = 1e3  # no measurement is so large; keeps every quality finite, whatever the scores
_LOUDEST = 20.0  # ln of an energy no photo of 8 bits has
_MIN_CONTRAST = 0.01  # keeps the logarithm of a uniform photo finite


def compare(features: Sequence[PhotoFeatures], people: PeopleLost | None = None) -> NDArray[np.float64]:
    """One row per photo, one column for each of COLUMNS. In each column the group's median is 0.

    An unknown value (no face, no eye to judge, a score missing from an older version) is set to the group's median, so
    it counts neither for nor against the photo.

    Args:
        features: the features of each photo.
        people: what each photo lacks of whom, if that is known already; it follows from the features.

    Returns:
        `sharpness`: natural logarithm; for a photo with faces mostly the sharpness of the faces.
        `noise`: binary logarithm of the noise variance, flat below visibility.
        `blocks`: natural logarithm of JPEG block artefacts, flat below visibility.
        `highlights`: loss by blown highlights; a twentieth of the photo is about 2.7, a tenth about 3.7.
        `headroom`: natural logarithm of how far the brightest parts stay below white.
        `tone`: stops between the mean brightness and the middle.
        `agreement`: stops between the mean brightness and the group's median; 0 in groups of two. The same moment needs
        the same exposure, so a photo unlike the others is seldom the intended one.
        `faces`, `eyes`, `frontal`: people who are missing here, whose eyes are shut here, and whose heads are turned
        away here, each compared with the same people in the other shots (`people.people_lost`).
        `whole`: share of the faces, 0 to 1, not cut off.
        `face_sharpness`: natural logarithm, known only if every photo has a face.
        `detail`: the score; `resolution_…`: the signal at a scale relative to the coarsest scale; `structure`: the
        signal at the coarsest scale over the contrast. All these count less if every photo has a face.
        `quiet_…`: negative logarithm of the floor; `clean_…`: negative root of it, which stresses strong noise.
        `middle_…`: the tiles of medium structure relative to the strongest; `even_…`: how little the tiles vary in
        their energy relative to the group's; `proportion_…`: how that relative energy rises with a tile's structure.
        Signal and floor come from the tiles that the shots share (`shared_tiles`), or from the whole photo if there are
        no such tiles. The last three exist only for shared tiles.
        `shadows`: loss by black shadows, as `highlights`.
        `darkness`, `brightness`: stops below and above the middle, in two columns because they are not equally bad.
        `entropy`, `well_exposed`: the scores; `contrast`: its natural logarithm.
        `uprightness`: natural logarithm of the score.
        `exposure`: log odds (`exposure.exposure_odds`).
        Sharpness, noise and compression count less the more the light differs from the best exposed photo's.
    """
    exposure = exposure_odds(features)
    stops = _column(features, "brightness", lambda brightness: math.log2(brightness + _BLACK_BRIGHTNESS))
    stops_off = stops - math.log2(_MIDDLE_BRIGHTNESS + _BLACK_BRIGHTNESS)
    detail = _column(features, "detail")
    texture = _texture(features)
    structure = texture.signal[:, -1]
    contrast = _column(features, "contrast", lambda contrast: math.log(contrast + _MIN_CONTRAST))
    people = people or people_lost(people_found([photo.faces for photo in features]))
    face_sharpness = _if_all_known(_column(features, "face_detail"))
    # Faces are the subject, so a sharp background counts less where there are faces.
    elsewhere = 1 - _FACE_SHARE if np.isfinite(face_sharpness).all() else 1.0
    columns = {
        "sharpness": _sharpness(features, detail),
        "noise": -_column(features, "noise", lambda noise: math.log2(1 + (noise / _VISIBLE_NOISE) ** 2)),
        "blocks": -_column(features, "blockiness", lambda comb: math.log(math.exp(comb) + _VISIBLE_BLOCKS)),
        "highlights": -_column(features, "highlights_clipped", _clipping_loss),
        "headroom": -_column(features, "highlight_headroom", lambda headroom: math.log1p(headroom * 6.4)),
        "tone": -np.abs(stops_off),
        "agreement": _agreement(stops),
        "faces": -people.present,
        "eyes": -people.eyes,
        "frontal": -people.facing,
        "whole": -_column(features, "faces_cut_off"),
        "face_sharpness": face_sharpness,
        "detail": elsewhere * detail,
        # A longer exposure or more contrast multiplies the gradients of all scales alike.
        **_by_scale("resolution", elsewhere * (texture.signal - structure[:, None])),
        "structure": elsewhere * (structure - 2 * contrast),
        **_by_scale("quiet", -texture.floor),
        **_by_scale("clean", -np.exp(np.minimum(texture.floor, _LOUDEST) / 2)),
        **_by_scale("middle", texture.middle - texture.signal),
        **_by_scale("even", -texture.spread),
        **_by_scale("proportion", texture.slope),
        "shadows": -_column(features, "shadows_clipped", _clipping_loss),
        "darkness": np.minimum(stops_off, 0),
        "brightness": -np.maximum(stops_off, 0),
        "entropy": _column(features, "entropy"),
        "well_exposed": _column(features, "well_exposed"),
        "contrast": contrast,
        "uprightness": _column(features, "uprightness", lambda share: math.log(share + _MIN_UPRIGHTNESS)),
        "exposure": exposure,
    }
    return _centre(np.stack([columns[name] for name in COLUMNS], axis=1), trust(features, exposure))


def _column(
    features: Sequence[PhotoFeatures], score: str, change: Callable[[float], float] = lambda value: value
) -> Column:
    """A score of every photo, changed; NaN where it is unknown or has no such value."""

    def changed(value: float) -> float:
        try:
            found = change(value)
        except (ValueError, OverflowError):
            return math.nan
        return found if abs(found) < _FARTHEST else math.nan

    return np.array([changed(photo.scores.get(score, math.nan)) for photo in features], np.float64)


def _texture(features: Sequence[PhotoFeatures]) -> SharedTexture:
    """The texture of the shared tiles. Where it is unknown, that of the whole photo, or NaN."""
    signal, floor = (
        np.stack([_column(features, f"{score}_{side}") for side in SCALES], axis=1) for score in ("signal", "floor")
    )
    shared = compare_tiles([photo.gradient_map for photo in features])
    if shared is None:
        unknown = np.full_like(signal, math.nan)
        return SharedTexture(signal, floor, unknown, unknown, unknown)
    return replace(shared, signal=_fill_unknown(shared.signal, signal), floor=_fill_unknown(shared.floor, floor))


def _fill_unknown(shared: Columns, whole: Columns) -> Columns:
    """Fill the unknown values of `shared` from `whole`, shifted by the difference of their medians."""
    known = np.isfinite(shared) & np.isfinite(whole)
    if known.all() or not known.any(axis=0).all():
        return shared
    moved = whole + (_medians(np.where(known, shared, math.nan)) - _medians(np.where(known, whole, math.nan)))
    return np.where(np.isfinite(shared), shared, moved)


def _by_scale(name: str, columns: Columns) -> dict[str, Column]:
    """One column for each scale except the coarsest, which is their reference."""
    return {f"{name}_{side}": columns[:, index] for index, side in enumerate(SCALES[:-1])}


def _centre(columns: Columns, trusted: Column) -> Columns:
    """Each column minus its median, by how far the photos are trusted; 0 where a value is unknown."""
    weights = np.where(_UNAFFECTED, 1.0, trusted[:, None])
    middles = np.where(_UNAFFECTED, _medians(columns), _weighted_medians(columns, trusted))
    return np.where(np.isfinite(columns), weights * (columns - middles), 0.0)


def _weighted_medians(columns: Columns, weights: Column) -> Columns:
    """The median of the known values in each column, where each value counts by its weight; 0 where there are none.

    The middle of the values at which the weights from below and from above reach a half: the usual median where all
    weights are equal.
    """
    known = np.isfinite(columns)
    order = np.argsort(np.where(known, columns, np.inf), axis=0, kind="stable")
    ascending = np.take_along_axis(columns, order, axis=0)
    below = np.cumsum(np.take_along_axis(np.where(known, weights[:, None], 0.0), order, axis=0), axis=0)
    half = below[-1] / 2
    slack = 1e-9 * half  # sums of equal weights differ in their last digits
    ends = [np.argmax(below >= half - slack, axis=0), np.argmax(below > half + slack, axis=0)]
    medians = np.take_along_axis(ascending, np.stack(ends), axis=0).mean(axis=0)
    return np.where(known.any(axis=0), medians, 0.0)


def _medians(columns: Columns) -> NDArray[np.float64]:
    """The median of the known values in each column; 0 where there are none."""
    known = np.isfinite(columns)
    # Unknown values sort to the end, so one sort finds all medians. Speed matters: an album has thousands of groups.
    ascending = np.sort(np.where(known, columns, np.inf), axis=0)
    count = known.sum(axis=0)
    middle = np.stack([(count - 1) // 2, count // 2]).clip(min=0)
    medians = np.take_along_axis(ascending, middle, axis=0).mean(axis=0)
    return np.where(count > 0, medians, 0.0)


def _if_all_known(column: Column) -> Column:
    return column if np.isfinite(column).all() else np.full_like(column, math.nan)


def _sharpness(features: Sequence[PhotoFeatures], detail: Column) -> Column:
    # Divide structure by contrast, because a longer exposure raises both.
    contrast = _column(features, "contrast", lambda contrast: 2 * math.log(contrast * 255 + 2))
    structure = _column(features, "tenengrad_512") - contrast
    sharpness = detail + _STRUCTURE_SHARE * structure
    on_faces = _column(features, "face_detail")
    if np.isfinite(on_faces).all():
        return (1 - _FACE_SHARE) * sharpness + _FACE_SHARE * on_faces
    return sharpness


def _clipping_loss(clipped: float) -> float:
    """Grows fast at first, as lamps become patches, and keeps growing, as a white sky becomes a white photo."""
    return 0.7 * math.log1p(clipped / _CLIPPED_UNNOTICED) + 5 * math.sqrt(clipped)


def _agreement(stops: Column) -> Column:
    known = stops[np.isfinite(stops)]
    if known.size < _MIN_FOR_AGREEMENT:
        return np.zeros_like(stops)
    return -np.abs(stops - np.median(known))
