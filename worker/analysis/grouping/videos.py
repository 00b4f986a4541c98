"""Finds the moment of each video by its poster, so that no video brings two moments of photos together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from worker.analysis.grouping.album import GroupingSettings
from worker.analysis.grouping.calibration import ModelReference
from worker.analysis.grouping.capture_order import Vectors, sort_by_time
from worker.analysis.grouping.likeness import Likeness
from worker.analysis.grouping.local_calibration import calibrate
from worker.analysis.grouping.names import NameTimes


def photos_of_videos(
    vectors: Vectors,
    times: NDArray[np.float64],
    is_video: NDArray[np.bool_],
    *,
    reference: ModelReference,
    settings: GroupingSettings,
    names: Sequence[str],
) -> Mapping[int, int]:
    """For the row of each video that of the photo with the strongest link to it, where two photos would be one moment.

    Args:
        vectors: (n, d) embeddings of one model, one row per photo or video.
        times: (n,) capture times in seconds; NaN if unknown.
        is_video: (n,) which rows are videos.
        reference: distances of unrelated photos under that model.
        settings: how alike they must be.
        names: (n) of the files; they are evidence where a time is missing.
    """
    capture_order = sort_by_time(vectors, times)
    by_place = is_video[capture_order.order]
    videos, photos = np.flatnonzero(by_place), np.flatnonzero(~by_place)
    if not len(videos) or not len(photos):
        return {}
    ordered = np.empty(len(capture_order))
    ordered[capture_order.order] = capture_order.times
    scale = calibrate(capture_order, reference)
    told = NameTimes(names, ordered)
    likeness = Likeness(capture_order, scale, reference.duplicate_distance, settings.k1, told)
    rows = capture_order.rows(photos)
    found = {}
    for video in videos:
        place = np.full(len(photos), video)
        distances = 1 - rows @ capture_order.rows(place[:1])[0]
        strengths = likeness.strengths(place, photos, distances, likeness.penalties(place, photos))
        strengths[likeness.are_unrelated(place, photos)] = -np.inf
        strongest = int(strengths.argmax())
        if strengths[strongest] >= settings.k0:
            found[int(capture_order.order[video])] = int(capture_order.order[photos[strongest]])
    return found
