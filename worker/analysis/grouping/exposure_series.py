"""Finds exposure brackets by their pictures, where the files do not say how they were exposed.

Exposure changes the tones of a picture, but by a curve that only rises. So at every edge the brighter side stays the
brighter side, and the gradient keeps its direction, as long as nothing is clipped. Two shots of one view have the same
directions wherever both have a gradient, from nearly black to nearly white; those of unrelated photos agree at random.
Correlating directions alone goes back to Fitch et al. 2002 ("Orientation correlation").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from worker.analysis.measures import Grey

FEWEST_SHOTS = 3

_SIDE, _SMALL_SIDE = 64, 16
_FINE, _COARSE = 0.7, 6.0  # pixels at 64; coarser are skies and vignettes, which are alike in many photos
_SMALL_FINE, _SMALL_COARSE = 0.5, 3.0  # pixels at 16
_LEAST_GRADIENT = 1.0  # grey levels a pixel; below it are noise and rounding
_LEAST_SMALL_AGREEMENT = 0.4  # at 16 pixels, where a hand hardly moves the picture; only to choose whom to compare
_MOST_COMPARED = 8  # others for each photo
_MOST_SPECTRA = 512  # kept, of 64 KB each
_REACH = 4  # pixels at 64, how far the camera may have moved
_LEAST_AGREEMENT = 0.65
_CHANCE = 3.0  # over the square root of the number of gradients: few agree by chance, as in nearly black frames
_SAME_ASPECT = 0.03
_CLIPPED = 5, 250  # grey levels
_FEWEST_UNCLIPPED = 20
_SMALLEST_STEP = 0.3  # EV; cameras bracket in thirds, and their tone curves stretch them
_SAME_EXPOSURE = 0.1  # EV; steps in between are those of an automatic exposure, or of changing light
_MOST_UNCLEAR = 0.2  # of the steps
_LEAST_RANGE = 1.0  # EV, of the whole bracket
_MOST_SHOTS_A_STEP = 3  # on average
_GAMMA = 2.2

Directions = NDArray[np.complex64]
"""(side, side) gradients of length one, to the right and, imaginary, down; 0 where there is none."""


@dataclass(frozen=True)
class Structure:
    """What a picture shows, whatever its exposure.

    Attributes:
        tones: (64, 64) the picture, squashed.
        aspect: width over height of the picture.
    """

    tones: Grey
    aspect: float


def find_structure(image: Grey) -> Structure:
    """The structure of a grey photo (h, w)."""
    tones = np.asarray(cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    return Structure(tones, image.shape[1] / image.shape[0])


def exposure_series(structures: Sequence[Structure], possible: NDArray[np.bool_]) -> Iterator[list[int]]:
    """The photos of each bracket, the darkest first.

    They show one view in three or more exposures, at least a third as many as there are shots.

    Args:
        structures: of n photos.
        possible: (n, n) which pairs may be of one bracket.
    """
    views = _views(structures, possible)
    for view in np.flatnonzero(np.bincount(views) >= FEWEST_SHOTS):
        shots = sorted(np.flatnonzero(views == view).tolist(), key=lambda shot: float(structures[shot].tones.mean()))
        steps = [_step(structures[one].tones, structures[other].tones) for one, other in pairwise(shots)]
        if _are_intended(steps):
            yield shots


def _are_intended(steps: Sequence[float]) -> bool:
    """Whether exposures with these steps, in EV and in order, were set on purpose."""
    clear = [step >= _SMALLEST_STEP for step in steps]
    levels, shots = 1 + sum(clear), 1 + len(steps)
    if sum(steps) < _LEAST_RANGE or levels < max(FEWEST_SHOTS, shots / _MOST_SHOTS_A_STEP):
        return False
    unclear = sum(_SAME_EXPOSURE < abs(step) < _SMALLEST_STEP for step in steps)
    return unclear <= _MOST_UNCLEAR * len(steps)


def _views(structures: Sequence[Structure], possible: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Labels, (n,), of the views that the photos show. Compares pairs that agree best at a small size first."""
    agreement = np.where(possible, _small_agreement(structures), 0)
    nearest = np.argsort(-agreement, axis=1, kind="stable")[:, :_MOST_COMPARED]
    pairs = {
        (min(one, other), max(one, other))
        for one, others in enumerate(nearest.tolist())
        for other in others
        if agreement[one, other] >= _LEAST_SMALL_AGREEMENT
    }

    @lru_cache(_MOST_SPECTRA)
    def spectra(shot: int, margin: int) -> tuple[Directions, Directions]:
        return _spectra(structures[shot].tones, margin)

    views = np.arange(len(structures))
    for one, other in sorted(pairs, key=lambda pair: (-agreement[pair], pair)):
        if views[one] != views[other] and _show_one_view(spectra(one, _REACH), spectra(other, 0)):
            views[views == views[other]] = views[one]
    return views


def _small_agreement(structures: Sequence[Structure]) -> NDArray[np.float32]:
    """How well the directions of all pairs agree at a small size, (n, n), from -1 to 1; 0 for each with itself."""
    directions = np.stack([_small_directions(structure.tones).ravel() for structure in structures])
    present = (directions != 0).astype(np.float32)
    parts = np.concatenate([directions.real, directions.imag], axis=1)
    agreement = parts @ parts.T / np.maximum(present @ present.T, 1)
    aspects = np.log([structure.aspect for structure in structures])
    agreement[np.abs(aspects[:, None] - aspects) > _SAME_ASPECT] = 0
    np.fill_diagonal(agreement, 0)
    return np.asarray(agreement, np.float32)


def _show_one_view(one: tuple[Directions, Directions], other: tuple[Directions, Directions]) -> bool:
    """Whether two pictures show the same, moved by a few pixels at most; by the spectra, of the first with a margin."""
    sums, shared = (np.fft.ifft2(np.conj(left) * right).real for left, right in zip(one, other, strict=True))
    near = np.r_[: _REACH + 1, -_REACH:0]
    counts = np.maximum(shared[np.ix_(near, near)], 1)
    return bool((sums[np.ix_(near, near)] / counts >= _LEAST_AGREEMENT + _CHANCE / np.sqrt(counts)).any())


def _spectra(tones: Grey, margin: int) -> tuple[Directions, Directions]:
    """The Fourier transforms, (64, 64) each, of the directions and of where there are any.

    A margin of this many pixels is left out. If one of two pictures has a margin, a shift does not wrap around.
    """
    directions = np.zeros((_SIDE, _SIDE), np.complex64)
    inside = slice(margin, _SIDE - margin)
    directions[inside, inside] = _directions(tones.astype(np.float32), _FINE, _COARSE)[inside, inside]
    return np.fft.fft2(directions).astype(np.complex64), np.fft.fft2(directions != 0).astype(np.complex64)


def _small_directions(tones: Grey) -> Directions:
    small = cv2.resize(tones, (_SMALL_SIDE, _SMALL_SIDE), interpolation=cv2.INTER_AREA)
    return _directions(small.astype(np.float32), _SMALL_FINE, _SMALL_COARSE)


def _directions(tones: NDArray[np.float32], fine: float, coarse: float) -> Directions:
    band = cv2.GaussianBlur(tones, (0, 0), fine) - cv2.GaussianBlur(tones, (0, 0), coarse)
    right, down = cv2.Sobel(band, cv2.CV_32F, 1, 0) / 8, cv2.Sobel(band, cv2.CV_32F, 0, 1) / 8
    length = np.hypot(right, down)
    length[length < _LEAST_GRADIENT] = np.inf
    return np.asarray((right + 1j * down) / length, np.complex64)


def _step(one: Grey, other: Grey) -> float:
    """How much brighter the second of two pictures of one view is, in EV; 0 if that cannot be told."""
    low, high = _CLIPPED
    unclipped = (np.minimum(one, other) > low) & (np.maximum(one, other) < high)
    if np.count_nonzero(unclipped) < _FEWEST_UNCLIPPED:
        return 0.0
    ratios = other[unclipped].astype(np.float64) / one[unclipped]
    return float(_GAMMA * np.log2(np.median(ratios)))
