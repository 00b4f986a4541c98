"""Measures the distance of unrelated photos, so that "similar" means the same for every model and every album.

A fixed threshold on the cosine distance does not work: trained and hand-crafted features have different ranges, and
photos of one wedding are more alike than photos of a whole year. So we express a distance as a share of the median
distance of unrelated photos: those of the same album that were taken an hour apart, or at least ten minutes. If an
album has few of them, we combine them with a reference for the embedding model.

Only the median is measured. How widely the distances of unrelated photos spread around it says little about how close
the closest of them are, since their distribution has a long lower tail: two dark photos, two windmills.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.capture_order import CaptureOrder

UNRELATED_SECONDS = 3600.0
"""We assume that photos taken further apart than this show different moments."""

LIKELY_UNRELATED_SECONDS = 600.0
"""Photos taken further apart than this usually show different moments."""

FARTHEST = 2.0
"""The largest possible cosine distance."""

_LIKELY_WEIGHT = 0.5
_UNTIMED_WEIGHT = 0.25
_FEWEST_UNTIMED = 8
_SAME_MOMENT_SECONDS = 60.0
_SAMPLE = 1024
_LEAST_MEDIAN = 0.2  # as a share of the reference's median
_DUPLICATE_SHARE = 0.02


@dataclass(frozen=True)
class ModelReference:
    """Cosine distances of unrelated photos under one embedding model.

    Attributes:
        median: of the distances.
        photos: how many photos of an album weigh as much as this reference; few if it is uncertain.
    """

    median: float
    photos: float = 8.0

    @property
    def duplicate_distance(self) -> float:
        """The largest distance between a photo and an unedited copy of it, saved again or made smaller."""
        return _DUPLICATE_SHARE * self.median


# Measured on photos of unrelated scenes (`measure_reference`): the descriptor on about fifty, EfficientNet-Lite0 on 49.
# The one for ResNet50 is an estimate, as is the one for unknown models, so both weigh as much as few photos.
REFERENCES = {
    "descriptor": ModelReference(median=0.67),
    "efficientnet-lite0": ModelReference(median=0.75),
    "resnet50": ModelReference(median=0.55, photos=3.0),
}
_UNKNOWN_MODEL = ModelReference(median=0.6, photos=2.0)


def reference_for(model: str) -> ModelReference:
    """The reference for an embedding model by its name; a cautious one for an unknown model."""
    return REFERENCES.get(model, _UNKNOWN_MODEL)


def measure_reference(vectors: NDArray[np.float32], photos: float = 8.0) -> ModelReference:
    """The reference for a model, from vectors (n, d) of length one of photos that are all unrelated.

    Raises:
        ValueError: there are fewer than two photos.
    """
    if len(vectors) < 2:
        raise ValueError("a reference needs at least two photos")
    distances = (1 - vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]
    return ModelReference(float(np.median(distances)), photos)


def calibrate_album(capture_order: CaptureOrder, reference: ModelReference, companions: NDArray[np.float32]) -> float:
    """The median distance of unrelated photos in this album.

    Args:
        companions: the result of `companion_distances`.
    """
    places = one_per_moment(capture_order)
    if len(places) > _SAMPLE:
        places = places[np.linspace(0, len(places) - 1, _SAMPLE).round().astype(np.intp)]
    gaps = np.abs(capture_order.times[places][:, None] - capture_order.times[places])
    if not (gaps > LIKELY_UNRELATED_SECONDS).any():
        return _calibrate_without_times(capture_order, reference)
    rows = capture_order.rows(places)
    distances = 1 - rows @ rows.T
    near = float(np.median(companions[places]))
    known = reference.median
    for seconds, weight in ((LIKELY_UNRELATED_SECONDS, _LIKELY_WEIGHT), (UNRELATED_SECONDS, 1.0)):
        apart = gaps > seconds
        photos = weight * (int(apart.any(axis=1).sum()) - 1)
        if photos > 0:
            median = float(np.median(distances[np.triu(apart)]))
            known = _towards(known, median, photos, reference, credence(median, reference.median, near))
    return known


def _towards(known: float, measured: float, photos: float, reference: ModelReference, trust: float) -> float:
    """Move a median towards one measured on `photos` photos, by ratios because distances are a scale.

    It never falls far below the reference: otherwise unrelated photos that happen to be similar would be one moment.
    """
    share = trust * photos / (photos + reference.photos)
    moved = float(known ** (1 - share) * max(measured, 1e-6) ** share)
    return max(moved, _LEAST_MEDIAN * reference.median)


def credence(median: float, usual: float, near: float) -> float:
    """How much, 0 to 1, to believe that photos taken apart are unrelated although they are unusually similar.

    Photos ten minutes apart may still belong to one sitting, with the same face in front of the same wall; then there
    are no separate moments. But if most photos have a companion, taken at about the same time and at a distance `near`
    that is several times smaller, then there are separate moments in front of a constant background.
    """
    return max(_ramp(median / usual, 0.4, 0.7), _ramp(near / max(median, 1e-6), 0.3, 0.15))


def companion_distances(capture_order: CaptureOrder) -> NDArray[np.float32]:
    """The distance of each photo to the nearest of the three before and after it, (n,); FARTHEST if it has none."""
    nearest = np.full(len(capture_order), FARTHEST, np.float32)
    reach = 3
    for start in range(0, capture_order.timed, _SAMPLE):
        stop = min(start + _SAMPLE + reach, capture_order.timed)
        rows, times = capture_order.rows(slice(start, stop)), capture_order.times[start:stop]
        for step in range(1, min(reach, stop - start - 1) + 1):
            distances = 1 - np.einsum("ij,ij->i", rows[:-step], rows[step:])
            distances[times[step:] - times[:-step] > LIKELY_UNRELATED_SECONDS] = FARTHEST
            np.minimum(nearest[start : stop - step], distances, out=nearest[start : stop - step])
            np.minimum(nearest[start + step : stop], distances, out=nearest[start + step : stop])
    return nearest


def one_per_moment(capture_order: CaptureOrder) -> NDArray[np.intp]:
    """Places that are at least a minute apart, so that a long burst does not outvote the album."""
    places: list[int] = []
    last = -np.inf
    for place, time in enumerate(capture_order.times[: capture_order.timed].tolist()):
        if time - last >= _SAME_MOMENT_SECONDS:
            places.append(place)
            last = time
    return np.asarray(places, np.intp)


def _calibrate_without_times(capture_order: CaptureOrder, reference: ModelReference) -> float:
    """Calibrate by the upper part of all distances, if the times do not tell which photos are unrelated.

    Shots of one moment are in the lower part, possibly many of them.
    """
    if len(capture_order) < _FEWEST_UNTIMED:
        return reference.median
    rows = capture_order.rows(np.unique(np.linspace(0, len(capture_order) - 1, _SAMPLE).round().astype(np.intp)))
    distances = 1 - rows @ rows.T
    upper, high = np.quantile(distances[np.triu_indices(len(rows), 1)], [0.6, 0.9]).tolist()
    # These quantiles of a normal distribution are at 0.2533 and 1.2816 sigma.
    median = upper - 0.2533 * (high - upper) / 1.0282
    np.fill_diagonal(distances, FARTHEST)
    # The nearest of all photos is closer by chance than the nearest of the few taken at the same time.
    trust = credence(median, reference.median, 2 * float(np.median(distances.min(axis=1))))
    return _towards(reference.median, median, _UNTIMED_WEIGHT * len(rows), reference, trust)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(max((value - zero) / (one - zero), 0.0), 1.0)
