"""Group: read an album's vectors and times, group and rank the photos, write its clusters."""

from __future__ import annotations

import gc
import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np

from albums.capture_order import capture_order
from albums.clocks import Shifts, shifted, shifts_of
from albums.models import Album, Cluster, Photo
from albums.services.clusters import (
    NewGroups,
    album_claim_grouping,
    album_release_grouping,
    clusters_replace,
    clusters_replace_early,
    take_over_manual_group,
)
from albums.services.early_groups import album_begin_early
from albums.services.looks import looks_keep, looks_read
from albums.services.personal_ranker import personal_ranker_mark_changed
from albums.services.photos import photos_set_times
from worker import runtime
from worker.analysis import grouping, measures
from worker.analysis.grouping import (
    ClockOffset,
    GroupingSettings,
    group_linked,
    photos_of_videos,
    reference_for,
)
from worker.analysis.ranking import Ranker, RankerError
from worker.database import release_on_database_failure
from worker.stages.album_photos import Vector, Vectors, analyzed_photos, judged, vectors_of
from worker.stages.code_version import code_version
from worker.stages.group_ranks import GroupRanks, ranked_alone
from worker.stages.learn import ranker_for, read_ranker
from worker.stages.linked_album import linked_album
from worker.stages.rows import seconds_of
from worker.stages.shots import find_shots
from worker.stages.spread import spread_ranks
from worker.stages.thumbnail_judge import ThumbnailJudge
from worker.stages.timeline import correction_of, timeline_of
from worker.stages.wall_clocks import set_wall_clocks

logger = logging.getLogger(__name__)


def group_album(album_id: UUID, *, task_id: str) -> None:
    """Group the album's photos, rank each group, and replace the previous result.

    While photos come, do so with those that are there. Then little is left to compare and to rank at the end.
    """
    claimed = album_claim_grouping(album_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        _group_early(album_id)
        return
    album, claim = claimed
    release = partial(album_release_grouping, album_id, claim)
    with release_on_database_failure(release), _without_garbage_collection():
        if not clusters_replace(album_id, claim, _group_photos(album)):
            logger.info("Album %s changed during its grouping; it will be grouped again.", album_id)
            release()


def _group_early(album_id: UUID) -> None:
    album = album_begin_early(album_id)
    if album is not None:
        with _without_garbage_collection():
            clusters_replace_early(album_id, _group_photos(album))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Pause the garbage collector: a grouping makes hundreds of thousands of objects, and a quarter of its time went
    into searching them for cycles.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _personal_ranker(album: Album, stored_ranker: dict[str, Any] | None) -> Ranker | None:
    """The owner's ranker; None when it was made for another version. It is then learned again from the decisions."""
    try:
        return read_ranker(stored_ranker)
    except RankerError as error:
        logger.warning("Learning the personal ranker of account %s again: %s", album.owner_id, error)
        personal_ranker_mark_changed(album.owner_id, decided=False)
        return None


def _group_photos(album: Album) -> NewGroups:
    """Group and rank the analyzed photos, by the owner's ranker where it is good enough."""
    ranked_by = ranker_for(album)
    photos = analyzed_photos(album.id)
    photos_set_times(set_wall_clocks(photos))
    manual = {photo.id: photo.manual_group for photo in photos if photo.manual_group}
    shots = find_shots(album, photos)
    companions = shots.companions
    by_id = {photo.id: photo for photo in photos}
    for companion_id, shown_id in companions.items():
        if companion_id in by_id:  # no sidecar
            take_over_manual_group(by_id[shown_id], by_id[companion_id])
    shown = [photo for photo in photos if photo.id not in companions]
    shifts = shifts_of(album)
    for photo in photos:
        photo.taken_at = shifted(photo, shifts)  # only here: its row keeps what the camera said
    vectors_by_model = vectors_of(album.id, photos)
    found, offsets = _find_groups(album, shown, shifts, vectors_by_model)
    _log_clocks(album, offsets)
    known = timeline_of(photos, offsets, shifts)
    timeline = {photo.id: known.get(photo.id) for photo in photos}
    for photo in photos:
        photo.timeline_at = timeline[photo.id]
    found.sort(key=lambda group: min(capture_order(photo) for photo in group[0]))
    in_groups = {photo.id for group, _ in found for photo in group}
    ranks = GroupRanks(shown, list(Cluster.objects.filter(album=album)), _personal_ranker(album, ranked_by))
    clusters = [ranks.ranked(group, kind) for group, kind in found]
    singles = [ranked_alone(photo) for photo in shown if photo.id not in in_groups]
    places = spread_ranks(
        shown,
        clusters,
        singles,
        vectors=max(vectors_by_model.values(), key=len, default={}),
        seconds_of=lambda photo: seconds_of(photo) + correction_of(photo, offsets),
    )
    return NewGroups(
        clusters=clusters,
        singles=singles,
        companions=companions,
        lone_sidecars=shots.lone_sidecars,
        times=shots.times,
        spread_ranks=places,
        timeline=timeline,
        manual_groups=manual,
        ranked_by=ranked_by,
    )


def _find_groups(
    album: Album, photos: Sequence[Photo], shifts: Shifts, vectors_by_model: Vectors
) -> tuple[list[tuple[list[Photo], str]], list[ClockOffset]]:
    """The groups with their kinds, and the corrected clocks.

    Keeps what it sees in thumbnails. Vectors of different models are never compared. Photos with vectors of another
    model form separate groups until `manage.py reembed` has computed new vectors.
    """
    version = code_version(grouping, measures)
    answers = looks_read(album.id, version=version)
    known = len(answers)
    by_id = {photo.id: photo for photo in photos if photo.manual_group is None}
    found = _manual_groups(photos)
    offsets: list[ClockOffset] = []
    for (model, _version), vectors in vectors_by_model.items():
        described = [by_id[photo_id] for photo_id in vectors if photo_id in by_id and not by_id[photo_id].is_video]
        if not described:
            continue
        found_groups = group_linked(
            linked_album(described, vectors, model, shifts),
            GroupingSettings(similarity=album.similarity),
            ThumbnailJudge(described, answers),
        )
        groups = [([described[index] for index in group.members], group.kind) for group in found_groups.groups]
        # Shots from a pocket come in series. Of a group of nothing else none is picked.
        groups = [group for group in groups if not all(map(_is_on_shelf, group[0]))]
        videos = [by_id[photo_id] for photo_id in vectors if photo_id in by_id and by_id[photo_id].is_video]
        found += _with_videos(
            groups,
            described,
            videos,
            vectors,
            offsets=found_groups.clock_offsets,
            model=model,
            similarity=album.similarity,
        )
        offsets += found_groups.clock_offsets
    if len(answers) > known:
        looks_keep(album.id, answers, version=version)
    return found, offsets


def _is_on_shelf(photo: Photo) -> bool:
    return judged(photo).shelf is not None


def _with_videos(
    groups: Sequence[tuple[list[Photo], str]],
    photos: Sequence[Photo],
    videos: Sequence[Photo],
    vectors: Mapping[UUID, Vector],
    *,
    offsets: Sequence[ClockOffset],
    model: str,
    similarity: float,
) -> list[tuple[list[Photo], str]]:
    """The groups with the videos of their moments. A photo and a video of its moment are a group as well.

    Beside photo sets and copies a video stays alone, and so it does beside a photo that is probably not wanted.
    """
    if not videos:
        return list(groups)
    files = [*photos, *videos]
    linked = photos_of_videos(
        np.stack([vectors[file.id] for file in files]),
        np.array([seconds_of(file) + correction_of(file, offsets) for file in files]),
        np.arange(len(files)) >= len(photos),
        reference=reference_for(model),
        settings=GroupingSettings(similarity=similarity),
        names=[file.name for file in files],
    )
    group_of = {photo.id: (members, kind) for members, kind in groups for photo in members}
    alone: dict[UUID, list[Photo]] = {}
    for video, photo in ((files[video], files[photo]) for video, photo in linked.items()):
        members, kind = group_of.get(photo.id, (alone.setdefault(photo.id, [photo]), Cluster.Kind.MOMENT))
        if kind == Cluster.Kind.MOMENT and not _is_on_shelf(photo):
            members.append(video)
    pairs = [(members, str(Cluster.Kind.MOMENT)) for members in alone.values() if len(members) > 1]
    return [*groups, *pairs]


def _manual_groups(photos: Sequence[Photo]) -> list[tuple[list[Photo], str]]:
    """The groups people made by splitting and merging. Grouping keeps them; one with a single photo is no group."""
    groups: dict[UUID, list[Photo]] = defaultdict(list)
    for photo in photos:
        if photo.manual_group is not None:
            groups[photo.manual_group].append(photo)
    return [(group, group[0].manual_kind) for group in groups.values() if len(group) > 1]


def _log_clocks(album: Album, offsets: Sequence[ClockOffset]) -> None:
    for offset in offsets:
        logger.info(
            "Album %s: the clock of %s is %.0f s %s, as %d shared scenes show; corrected: %d photos.",
            album.id,
            offset.camera_model,
            abs(offset.seconds),
            "behind" if offset.seconds > 0 else "ahead",
            offset.scenes,
            offset.photos,
        )
