"""Measures the distance of unrelated photos, so that "similar" means the same for every model and every album.

A fixed threshold on the cosine distance does not work: trained and hand-crafted features have different ranges, and
photos of one wedding are more alike than photos of a whole year. So we express a distance as a number of spreads below
the median distance of unrelated photos: those of the same album that were taken an hour apart, or at least ten minutes.
If an album has few of them, we combine them with a reference for the embedding model.
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
_NORMAL_PER_MAD = 1.4826  # sigma of a normal distribution per median absolute deviation
_FEWEST_FOR_SPREAD = 3.0
_LEAST_MEDIAN = 0.2  # as a share of the reference's median
_LEAST_SPREAD = 0.8  # as a share of the reference's spread, both relative to their medians
_DUPLICATE_SHARE = 0.02


@dataclass(frozen=True)
class ModelReference:
    """Cosine distances of unrelated photos under one embedding model.

    Attributes:
        median: of the distances.
        mad: their median absolute deviation from the median.
        photos: how many photos of an album weigh as much as this reference; few if it is uncertain.
    """

    median: float
    mad: float
    photos: float = 8.0

    @property
    def duplicate_distance(self) -> float:
        """The largest distance between a photo and an unedited copy of it, saved again or made smaller."""
        return _DUPLICATE_SHARE * self.median


# We measured the descriptor's reference on photos of about fifty unrelated scenes (`measure_reference`). The one for
# ResNet50 is an estimate, as is the one for unknown models, so both weigh as much as few photos.
REFERENCES = {
    "descriptor": ModelReference(median=0.67, mad=0.0875),
    "resnet50": ModelReference(median=0.55, mad=0.06, photos=3.0),
}
_UNKNOWN_MODEL = ModelReference(median=0.6, mad=0.075, photos=2.0)


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
    median = float(np.median(distances))
    return ModelReference(median, float(np.median(np.abs(distances - median))), photos)


@dataclass(frozen=True)
class Unrelated:
    """The median distance of unrelated photos, and a robust standard deviation around it."""

    median: float
    spread: float

    def towards(self, other: Unrelated, photos: float, reference: ModelReference, trust: float = 1.0) -> Unrelated:
        """Move towards another measurement that was made on `photos` photos, by ratios because both are scales.

        The spread needs more photos than the median, because few photos show too little of it. Neither the median nor
        the relative spread falls far below the reference: otherwise unrelated photos that happen to be similar could
        pass for a moment.
        """
        seen = max(photos - _FEWEST_FOR_SPREAD, 0.0)
        share = trust * photos / (photos + reference.photos)
        spread_share = trust * seen / (seen + reference.photos)
        median = self.median ** (1 - share) * max(other.median, 1e-6) ** share
        median = max(median, _LEAST_MEDIAN * reference.median)
        spread = self.spread ** (1 - spread_share) * max(other.spread, 1e-6) ** spread_share
        usual = reference.mad * _NORMAL_PER_MAD / reference.median
        return Unrelated(median, max(spread, _LEAST_SPREAD * usual * median))


def calibrate_album(
    capture_order: CaptureOrder, reference: ModelReference, companions: NDArray[np.float32]
) -> Unrelated:
    """The distances of unrelated photos in this album; `companions` are the result of `companion_distances`."""
    prior = Unrelated(reference.median, reference.mad * _NORMAL_PER_MAD)
    places = one_per_moment(capture_order)
    if len(places) > _SAMPLE:
        places = places[np.linspace(0, len(places) - 1, _SAMPLE).round().astype(np.intp)]
    gaps = np.abs(capture_order.times[places][:, None] - capture_order.times[places])
    if not (gaps > LIKELY_UNRELATED_SECONDS).any():
        return _calibrate_without_times(capture_order, reference, prior)
    rows = capture_order.rows(places)
    distances = 1 - rows @ rows.T
    near = float(np.median(companions[places]))
    known = prior
    for seconds, weight in ((LIKELY_UNRELATED_SECONDS, _LIKELY_WEIGHT), (UNRELATED_SECONDS, 1.0)):
        apart = gaps > seconds
        photos = weight * (int(apart.any(axis=1).sum()) - 1)
        if photos > 0:
            sample = distances[np.triu(apart)]
            median = float(np.median(sample))
            spread = float(np.median(np.abs(sample - median))) * _NORMAL_PER_MAD
            trust = credence(median, prior.median, near)
            known = known.towards(Unrelated(median, spread), photos, reference, trust)
    return known


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


def _calibrate_without_times(capture_order: CaptureOrder, reference: ModelReference, prior: Unrelated) -> Unrelated:
    """Calibrate by the upper part of all distances, if the times do not tell which photos are unrelated.

    Shots of one moment are in the lower part, possibly many of them.
    """
    if len(capture_order) < _FEWEST_UNTIMED:
        return prior
    rows = capture_order.rows(np.unique(np.linspace(0, len(capture_order) - 1, _SAMPLE).round().astype(np.intp)))
    distances = 1 - rows @ rows.T
    upper, high = np.quantile(distances[np.triu_indices(len(rows), 1)], [0.6, 0.9]).tolist()
    spread = (high - upper) / 1.0282  # these quantiles of a normal distribution are at 0.2533 and 1.2816 sigma
    median = upper - 0.2533 * spread
    np.fill_diagonal(distances, FARTHEST)
    # The nearest of all photos is closer by chance than the nearest of the few taken at the same time.
    trust = credence(median, prior.median, 2 * float(np.median(distances.min(axis=1))))
    photos = _UNTIMED_WEIGHT * len(rows)
    return prior.towards(Unrelated(median, spread), photos, reference, trust)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(max((value - zero) / (one - zero), 0.0), 1.0)
