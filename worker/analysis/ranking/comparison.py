"""The photos of one group side by side: what a ranking goes by, each quantity so that more is better.

The columns are not scaled to the group's own spread. Of two photos the spread is always their difference, however
small: standardised by it, a flaw nobody sees weighs as much as a blur everybody sees. (Divided by the group's median
absolute deviation, the same columns put the original before its degraded copies 72 times of 100 at best; as they are,
95.) Each column is a logarithm or a share, of which a unit means the same in every group, and only its middle is the
group's: its median, which one failed shot does not move.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from albums.analysis import PhotoFeatures
from worker.analysis.faces import eyes_lost
from worker.analysis.measures import SCALES
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
)

_STRUCTURE_SHARE = 0.4  # strong blur leaves no detail to compare, and shows in coarser structure only
_FACE_SHARE = 0.6  # of sharpness, where every photo of the group has a face
_VISIBLE_NOISE = 2.0  # grey levels; less is not seen
_VISIBLE_BLOCKS = 0.4  # of the comb; below, there is no grid, only what the scene has of one
_MIDDLE_BRIGHTNESS = 0.45
_BLACK_BRIGHTNESS = 0.04  # keeps the logarithm of a black photo finite
_CLIPPED_UNNOTICED = 0.005  # share of white pixels that nobody minds, such as reflections and lamps
_MIN_FOR_AGREEMENT = 3
_MIN_UPRIGHTNESS = 0.02
_MIN_CONTRAST = 0.01  # keeps the logarithm of a uniform photo finite


def compare(features: Sequence[PhotoFeatures]) -> NDArray[np.float64]:
    """One row for each photo, one column for each of COLUMNS, in each the group's median is 0.

    A photo of which a quantity is not known (no face, no eye to be judged, a score of an older version) has the group's
    median there, which speaks neither for nor against it.

    Returns:
        `sharpness`: natural logarithm; of a photo with faces mostly that of the faces.
        `noise`: binary logarithm of its variance, flat below what is seen.
        `blocks`: natural logarithm of the traces of JPEG blocks, flat below what is seen.
        `highlights`: loss in clipped highlights; a twentieth of the photo is about 2.7, a tenth about 3.7.
        `headroom`: natural logarithm of how far the brightest parts stay below white.
        `tone`: stops between the mean brightness and the middle.
        `agreement`: stops between the mean brightness and the group's usual one, 0 in groups of two: the same moment
        needs the same exposure, and a photo unlike the others is seldom the one that was meant.
        `faces`: share of the group's most faces that are missing here, 0 to 1.
        `eyes`: those that are shut here and open in another shot, of all people together (`people.eyes_lost`).
        `frontal`, `whole`: shares of the faces, 0 to 1, turned to the camera, not cut off.
        `face_sharpness`: natural logarithm, known only where every photo has a face.
        `detail`: the score; `resolution_…`: what the signal at a scale is above that at the coarsest; `structure`: that
        at the coarsest over the contrast; all these worth less where every photo has a face.
        `quiet_…`: the logarithm of the floor, turned round; `clean_…`: its root, which says more of loud noise.
        `middle_…`: what tiles of middling structure have beside the strongest; `even_…`: how little the tiles differ in
        what they have above the group's; `proportion_…`: whether that goes with how much they have.
        Signal and floor are those of the tiles that the shots share (`shared_tiles`), and of the photo as a whole where
        there are no such tiles; the last three are known of shared tiles only.
        `shadows`: loss in black shadows, as `highlights`.
        `darkness`, `brightness`: stops below and above the middle, in two columns because they are not equally bad.
        `entropy`, `well_exposed`: the scores; `contrast`: its natural logarithm.
        `uprightness`: natural logarithm of the score.
    """
    stops = _column(features, "brightness", lambda brightness: math.log2(brightness + _BLACK_BRIGHTNESS))
    stops_off = stops - math.log2(_MIDDLE_BRIGHTNESS + _BLACK_BRIGHTNESS)
    detail = _column(features, "detail")
    texture = _texture(features)
    structure = texture.signal[:, -1]
    contrast = _column(features, "contrast", lambda contrast: math.log(contrast + _MIN_CONTRAST))
    face_sharpness = _if_all_known(_column(features, "face_detail"))
    # Where there are faces they are the subject, and a sharp background is worth less.
    elsewhere = 1 - _FACE_SHARE if np.isfinite(face_sharpness).all() else 1.0
    columns = {
        "sharpness": _sharpness(features, detail),
        "noise": -_column(features, "noise", lambda noise: math.log2(1 + (noise / _VISIBLE_NOISE) ** 2)),
        "blocks": -_column(features, "blockiness", lambda comb: math.log(math.exp(comb) + _VISIBLE_BLOCKS)),
        "highlights": -_column(features, "highlights_clipped", _clipping_loss),
        "headroom": -_column(features, "highlight_headroom", lambda headroom: math.log1p(headroom * 6.4)),
        "tone": -np.abs(stops_off),
        "agreement": _agreement(stops),
        "faces": _faces(features),
        "eyes": -eyes_lost([photo.faces for photo in features]),
        "frontal": _column(features, "faces_frontal"),
        "whole": -_column(features, "faces_cut_off"),
        "face_sharpness": face_sharpness,
        "detail": elsewhere * detail,
        # A longer exposure or more contrast multiplies the gradients of all scales alike.
        **_by_scale("resolution", elsewhere * (texture.signal - structure[:, None])),
        "structure": elsewhere * (structure - 2 * contrast),
        **_by_scale("quiet", -texture.floor),
        **_by_scale("clean", -np.exp(texture.floor / 2)),
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
    }
    return _centre_on_medians(np.stack([columns[name] for name in COLUMNS], axis=1))


def _column(
    features: Sequence[PhotoFeatures], score: str, change: Callable[[float], float] = lambda value: value
) -> Column:
    """A score of every photo, NaN where it is not known."""
    values = (photo.scores.get(score, math.nan) for photo in features)
    return np.array([change(value) if math.isfinite(value) else math.nan for value in values], np.float64)


def _texture(features: Sequence[PhotoFeatures]) -> SharedTexture:
    """Of the tiles that the shots share; what is not known of them is that of the photos as a whole, or NaN."""
    signal, floor = (
        np.stack([_column(features, f"{score}_{side}") for side in SCALES], axis=1) for score in ("signal", "floor")
    )
    shared = compare_tiles([photo.gradient_map for photo in features])
    if shared is None:
        unknown = np.full_like(signal, math.nan)
        return SharedTexture(signal, floor, unknown, unknown, unknown)
    return replace(shared, signal=_fill_unknown(shared.signal, signal), floor=_fill_unknown(shared.floor, floor))


def _fill_unknown(shared: Columns, whole: Columns) -> Columns:
    """The first, and where it is not known the second, moved to where both are known of other photos."""
    known = np.isfinite(shared) & np.isfinite(whole)
    if known.all() or not known.any(axis=0).all():
        return shared
    moved = whole + (_medians(np.where(known, shared, math.nan)) - _medians(np.where(known, whole, math.nan)))
    return np.where(np.isfinite(shared), shared, moved)


def _by_scale(name: str, columns: Columns) -> dict[str, Column]:
    """All scales but the coarsest, to which they relate."""
    return {f"{name}_{side}": columns[:, index] for index, side in enumerate(SCALES[:-1])}


def _centre_on_medians(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each column less its median; 0 where a value is not known."""
    return np.where(np.isfinite(columns), columns - _medians(columns), 0.0)


def _medians(columns: Columns) -> NDArray[np.float64]:
    """Of what is known in each column; 0 where nothing is."""
    known = np.isfinite(columns)
    # Unknown ones sort to the end, so that one sort finds all medians: an album has thousands of groups.
    ascending = np.sort(np.where(known, columns, np.inf), axis=0)
    count = known.sum(axis=0)
    middle = np.stack([(count - 1) // 2, count // 2]).clip(min=0)
    medians = np.take_along_axis(ascending, middle, axis=0).mean(axis=0)
    return np.where(count > 0, medians, 0.0)


def _if_all_known(column: Column) -> Column:
    return column if np.isfinite(column).all() else np.full_like(column, math.nan)


def _sharpness(features: Sequence[PhotoFeatures], detail: Column) -> Column:
    # Structure over contrast, because a longer exposure raises both.
    contrast = _column(features, "contrast", lambda contrast: 2 * math.log(contrast * 255 + 2))
    structure = _column(features, "tenengrad_512") - contrast
    sharpness = detail + _STRUCTURE_SHARE * structure
    on_faces = _column(features, "face_detail")
    if np.isfinite(on_faces).all():
        return (1 - _FACE_SHARE) * sharpness + _FACE_SHARE * on_faces
    return sharpness


def _clipping_loss(clipped: float) -> float:
    """Grows fast at first, as lamps become patches, and on to the end, as a white sky becomes a white photo."""
    return 0.7 * math.log1p(clipped / _CLIPPED_UNNOTICED) + 5 * math.sqrt(clipped)


def _agreement(stops: Column) -> Column:
    known = stops[np.isfinite(stops)]
    if known.size < _MIN_FOR_AGREEMENT:
        return np.zeros_like(stops)
    return -np.abs(stops - np.median(known))


def _faces(features: Sequence[PhotoFeatures]) -> Column:
    """Faces by confidence and by their width beside the group's widest, as a share of the most there are."""
    widest = max((face.width for photo in features for face in photo.faces), default=0.0)
    if not widest:
        return np.zeros(len(features))
    present = np.array(
        [math.fsum(face.confidence * face.width / widest for face in photo.faces) for photo in features], np.float64
    )
    surest = max(face.confidence for photo in features for face in photo.faces)
    # Squared, because one doubtful finding in one photo must not make the others lack a face.
    return np.asarray((present / present.max() - 1) * surest**2)
