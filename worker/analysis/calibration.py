"""How far apart unrelated photos lie, so that "alike" means the same for every model and every album.

A fixed threshold on the cosine distance is a trap: trained and hand-crafted features spread over different ranges,
and the photos of one wedding are more alike than those of a year. So a distance is read as a number of spreads
below the median distance of photos that have nothing to do with each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from worker.analysis.timeline import Timeline

UNRELATED_SECONDS = 3600.0
"""Photos taken further apart than this are taken to show different moments."""

# Photos ten minutes apart are mostly unrelated, too: half a witness in albums that are over within the hour.
_LIKELY_UNRELATED_SECONDS = 600.0
_LIKELY_UNRELATED_WEIGHT = 0.5
_SAME_MOMENT_SECONDS = 60.0
_SAMPLE = 1024
_NORMAL_SPREAD_PER_MAD = 1.4826  # the median absolute deviation of a normal distribution is 1 / 1.4826 of its sigma
# However alike the photos of an album are, the reference is not left further behind than to this share of itself.
_LEAST_SHARE = 0.2


@dataclass(frozen=True)
class ModelReference:
    """Cosine distances of unrelated photos under one embedding model.

    Attributes:
        median: of the distances.
        mad: their median absolute deviation from the median.
        photos: how many photos of an album outweigh this reference; small where it is uncertain.

    """

    median: float
    mad: float
    photos: float = 8.0


@dataclass(frozen=True)
class Scale:
    """The median distance of unrelated photos in an album, and a robust standard deviation about it."""

    median: float
    spread: float


# The descriptor's are measured on photos of unrelated places. Those of ResNet50 are a guess, made without its
# weights, and give way to the album after half as many photos.
REFERENCES = {
    "descriptor": ModelReference(median=0.675, mad=0.0885),
    "resnet50": ModelReference(median=0.55, mad=0.06, photos=4.0),
}
_UNKNOWN_MODEL = ModelReference(median=0.6, mad=0.075, photos=2.0)


def reference_for(model: str) -> ModelReference:
    """The reference of a model by its name, or a cautious one that gives way to the album at once."""
    return REFERENCES.get(model, _UNKNOWN_MODEL)


def calibrate(timeline: Timeline, reference: ModelReference) -> Scale:
    """The scale of an album: that of its own unrelated photos, drawn towards the reference where they are few.

    The mean that draws it is arithmetic: a few pairs easily have a spread near nothing, and a geometric mean would
    follow them there.
    """
    scale = Scale(reference.median, reference.mad * _NORMAL_SPREAD_PER_MAD)
    least = Scale(_LEAST_SHARE * scale.median, _LEAST_SHARE * scale.spread)
    places = _one_per_moment(timeline)
    if len(places) < 2:
        return scale
    rows = timeline.rows(places)
    distances = 1 - rows @ rows.T
    gaps = np.abs(timeline.times[places][:, None] - timeline.times[places])
    for seconds, weight in ((_LIKELY_UNRELATED_SECONDS, _LIKELY_UNRELATED_WEIGHT), (UNRELATED_SECONDS, 1.0)):
        apart = np.triu(gaps > seconds)
        witnesses = weight * (int((apart | apart.T).any(axis=1).sum()) - 1)
        if witnesses > 0:
            scale = _drawn(scale, distances[apart], witnesses / (witnesses + reference.photos), least)
    return scale


def _drawn(scale: Scale, distances: NDArray[np.float32], share: float, least: Scale) -> Scale:
    """The scale moved by `share`, from 0 to 1, towards that of the distances."""
    median = float(np.median(distances))
    spread = float(np.median(np.abs(distances - median))) * _NORMAL_SPREAD_PER_MAD
    return Scale(
        max(least.median, (1 - share) * scale.median + share * median),
        max(least.spread, (1 - share) * scale.spread + share * spread),
    )


def _one_per_moment(timeline: Timeline) -> NDArray[np.intp]:
    """Places of timed photos a minute apart or more, evenly thinned: a long burst must not outvote the album."""
    places: list[int] = []
    last = -np.inf
    for place, time in enumerate(timeline.times[: timeline.timed].tolist()):
        if time - last >= _SAME_MOMENT_SECONDS:
            places.append(place)
            last = time
    chosen = np.asarray(places, dtype=np.intp)
    if len(chosen) > _SAMPLE:
        chosen = chosen[np.linspace(0, len(chosen) - 1, _SAMPLE).round().astype(np.intp)]
    return chosen
