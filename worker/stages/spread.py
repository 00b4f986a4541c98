"""From the rows of a grouping to the order in which picks are taken when fewer are wanted."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

import numpy as np

from albums.models import Cluster, Photo
from albums.services.clusters import GroupedPhoto, NewCluster
from worker.analysis.ranking import Moment, spread_order
from worker.stages.album_photos import Vector, judged


def spread_ranks(
    photos: Iterable[Photo],
    clusters: Sequence[NewCluster],
    singles: Sequence[GroupedPhoto],
    *,
    vectors: Mapping[UUID, Vector],
    seconds_of: Callable[[Photo], float],
) -> dict[UUID, int]:
    """The place of each photo in that order; all photos of a group have the place of their pick.

    A video in no group has no place. A panorama counts as one, with its first photo. Its others come last, because an
    album of fifty photos has no use for eight frames of one view. `vectors` are of one model; photos of other models
    are unlike all others.
    """
    rows = {photo.id: photo for photo in photos}
    groups = [[grouped.photo_id for grouped in cluster.photos] for cluster in clusters]
    groups += [[one.photo_id] for one in singles if not one.shelf and not rows[one.photo_id].is_video]
    picks = [rows[group[0]] for group in groups]
    kept_whole = [cluster.kind in Cluster.KEPT_WHOLE for cluster in clusters] + [False] * (len(groups) - len(clusters))
    seconds = [_earliest([seconds_of(rows[photo_id]) for photo_id in group]) for group in groups]
    capture_order = sorted(range(len(groups)), key=lambda index: _by_capture(seconds[index], picks[index]))
    # Sets and copies take many shots for another reason than that somebody cares.
    shots = [len(cluster.photos) if cluster.kind == Cluster.Kind.MOMENT else 1 for cluster in clusters]
    shots += [1] * (len(groups) - len(clusters))
    moments = [Moment(seconds[index], shots[index], judged(picks[index]).features) for index in capture_order]
    unknown = np.zeros_like(next(iter(vectors.values()), np.zeros(1, np.float16)))
    matrix = np.array([vectors.get(picks[index].id, unknown) for index in capture_order], np.float16)
    order = spread_order(moments, matrix.reshape(len(moments), unknown.size))
    places: dict[UUID, int] = {}
    others: list[UUID] = []
    for place, moment in enumerate(order):
        index = capture_order[moment]
        together = groups[index][:1] if kept_whole[index] else groups[index]
        others += groups[index][len(together) :]
        places.update(dict.fromkeys(together, place))
    return places | {photo_id: len(order) + number for number, photo_id in enumerate(others)}


def _earliest(seconds: Sequence[float]) -> float:
    return min((known for known in seconds if not math.isnan(known)), default=math.nan)


def _by_capture(seconds: float, photo: Photo) -> tuple[bool, float, bytes]:
    """Sort key; equal on every machine and for every order of upload, so it contains no id."""
    is_unknown = math.isnan(seconds)
    return is_unknown, 0.0 if is_unknown else seconds, bytes(photo.order_key)
