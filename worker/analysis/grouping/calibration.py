"""How far apart unrelated photos lie, so that "alike" means the same for every model and every album.

A fixed threshold on the cosine distance is a trap: trained and hand-crafted features spread over different
ranges, and the photos of one wedding are more alike than those of a year. So a distance is read as a number of
spreads below the median distance of photos that have nothing to do with each other: those of the same album that
were taken an hour apart, or at least ten minutes. Where an album has few of them, they are weighed against a
reference of the embedding model.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.capture_order import CaptureOrder

UNRELATED_SECONDS = 3600.0
"""Photos taken further apart than this are taken to show different moments."""

LIKELY_UNRELATED_SECONDS = 600.0
"""Photos taken further apart than this mostly do."""

FARTHEST = 2.0
"""The largest cosine distance there is."""

_LIKELY_WEIGHT = 0.5
_UNTIMED_WEIGHT = 0.25
_FEWEST_UNTIMED = 8
_SAME_MOMENT_SECONDS = 60.0
_SAMPLE = 1024
_NORMAL_PER_MAD = 1.4826  # sigma of a normal distribution per median absolute deviation
_FEWEST_FOR_SPREAD = 3.0
_LEAST_MEDIAN = 0.2  # of the reference's
_LEAST_SPREAD = 0.8  # as a share of the median, of the reference's
_DUPLICATE_SHARE = 0.02


@dataclass(frozen=True)
class ModelReference:
    """Cosine distances of unrelated photos under one embedding model.

    Attributes:
        median: of the distances.
        mad: their median absolute deviation from the median.
        photos: how many photos of an album weigh as much as this reference; few where it is uncertain.
    """

    median: float
    mad: float
    photos: float = 8.0

    @property
    def duplicate_distance(self) -> float:
        """Within this distance lies a photo from itself when saved again or made smaller."""
        return _DUPLICATE_SHARE * self.median


# The descriptor's reference was measured on photos of some fifty unrelated scenes (`measure_reference`). That of
# ResNet50 is an estimate, as is the one for models not named here, and counts for few photos.
REFERENCES = {
    "descriptor": ModelReference(median=0.67, mad=0.0875),
    "resnet50": ModelReference(median=0.55, mad=0.06, photos=3.0),
}
_UNKNOWN_MODEL = ModelReference(median=0.6, mad=0.075, photos=2.0)


def reference_for(model: str) -> ModelReference:
    """The reference of an embedding model by its name; a cautious one for a model that is not known."""
    return REFERENCES.get(model, _UNKNOWN_MODEL)


def measure_reference(vectors: NDArray[np.float32], photos: float = 8.0) -> ModelReference:
    """The reference of a model from its vectors, (n, d) of length one, of photos that are all unrelated.

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
    """The median distance of unrelated photos, and a robust standard deviation about it."""

    median: float
    spread: float

    def towards(self, other: Unrelated, photos: float, reference: ModelReference, trust: float = 1.0) -> Unrelated:
        """Some of the way to another that was seen in `photos` photos, in ratios, as both are scales.

        The spread follows later than the median, as few photos show too little of it. Neither the median nor the
        spread as a share of it falls far below the reference's: what is less alike than photos that happen to lie
        close together must not pass for a moment.
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
    """What unrelated photos of this album look like; `companions` as given by `companion_distances`."""
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
    """How far, 0 to 1, photos taken apart are to be believed unrelated although they are unusually alike.

    Ten minutes apart may still be the same sitting, with the same face before the same wall; then there are no
    moments to be told from each other. If however most photos have a companion, taken about the same time, at a
    distance `near` that is several times smaller, then there are moments, before a background that stays.
    """
    return max(_ramp(median / usual, 0.4, 0.7), _ramp(near / max(median, 1e-6), 0.3, 0.15))


def companion_distances(capture_order: CaptureOrder) -> NDArray[np.float32]:
    """How near each photo has another among the three before and after, (n,); FARTHEST where there is none."""
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
    """Places a minute apart or more: a long burst must not outvote the album."""
    places: list[int] = []
    last = -np.inf
    for place, time in enumerate(capture_order.times[: capture_order.timed].tolist()):
        if time - last >= _SAME_MOMENT_SECONDS:
            places.append(place)
            last = time
    return np.asarray(places, np.intp)


def _calibrate_without_times(capture_order: CaptureOrder, reference: ModelReference, prior: Unrelated) -> Unrelated:
    """Where times do not tell what is unrelated, take it from the upper side of all distances.

    Shots of one moment are on the lower side, and may be many there.
    """
    if len(capture_order) < _FEWEST_UNTIMED:
        return prior
    rows = capture_order.rows(np.unique(np.linspace(0, len(capture_order) - 1, _SAMPLE).round().astype(np.intp)))
    distances = 1 - rows @ rows.T
    upper, high = np.quantile(distances[np.triu_indices(len(rows), 1)], [0.6, 0.9]).tolist()
    spread = (high - upper) / 1.0282  # 0.2533 and 1.2816 sigma above the middle of a normal distribution
    median = upper - 0.2533 * spread
    np.fill_diagonal(distances, FARTHEST)
    # The nearest of all is nearer by chance than the nearest of the few taken at the same time.
    trust = credence(median, prior.median, 2 * float(np.median(distances.min(axis=1))))
    photos = _UNTIMED_WEIGHT * len(rows)
    return prior.towards(Unrelated(median, spread), photos, reference, trust)


def _ramp(value: float, zero: float, one: float) -> float:
    return min(max((value - zero) / (one - zero), 0.0), 1.0)
