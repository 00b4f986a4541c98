"""From the groups of an album to ranked clusters. A group of the same photos keeps its ranks."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from typing import cast, get_args

import msgspec

from albums import analysis
from albums.models import Cluster, Photo
from albums.services.clusters import GroupedPhoto, NewCluster
from worker.analysis import faces, measures, ranking
from worker.analysis.ranking import PhotoFile, RankedGroup, Ranker, SetKind, rank_group
from worker.stages import album_photos, rows
from worker.stages.album_photos import judged
from worker.stages.code_version import code_version
from worker.stages.rows import capture_of, seconds_of


class GroupRanks:
    """Ranks the groups of an album.

    Args:
        photos: all photos of the album that were grouped, with the columns of the last grouping.
        clusters: the current ones. If none of them is given, all groups are ranked.
        personal: the person's own ranker.
    """

    def __init__(self, photos: Sequence[Photo], clusters: Sequence[Cluster], personal: Ranker | None) -> None:
        self._personal = personal
        self._clusters = {cluster.id: cluster for cluster in clusters}
        self._sizes = Counter(photo.cluster_id for photo in photos)
        ranked_by = b"" if personal is None else msgspec.json.encode(personal, order="sorted")
        code = code_version(ranking, faces, measures, analysis, rows, album_photos, sys.modules[__name__])
        self._version = code.encode() + hashlib.sha256(ranked_by).digest()

    def ranked(self, photos: Sequence[Photo], kind: str) -> NewCluster:
        """The cluster of a group, as it was if nothing has changed that decides its ranks."""
        digest = self._digest(photos, kind)
        cluster = self._clusters.get(photos[0].cluster_id) if photos[0].cluster_id else None
        ordered = sorted(photos, key=lambda photo: photo.rank)
        if (
            cluster is None
            or cluster.ranking != digest
            or self._sizes[cluster.id] != len(photos)
            or [photo.rank for photo in ordered] != list(range(len(ordered)))
        ):
            return _ranked(photos, kind, self._personal, digest)
        return NewCluster(
            kind=kind,
            clear_winner=cluster.clear_winner,
            margin=cluster.margin,
            people=cluster.people,
            people_differ=cluster.people_differ,
            photos=[GroupedPhoto(photo.id, 0.0) for photo in ordered],
            ranking=digest,
            row=cluster.id,
        )

    def _digest(self, photos: Sequence[Photo], kind: str) -> str:
        """The same for the same photos, kind and ranker, in every process."""
        members = sorted(photo.id.bytes for photo in photos)
        return hashlib.sha256(b"".join([self._version, kind.encode(), *members])).hexdigest()[:32]


def ranked_alone(photo: Photo) -> GroupedPhoto:
    """A photo in no group. Videos are not on the shelf: their poster is only the beginning."""
    kept = judged(photo)
    if kept.ranked_alone is None:
        shelf = "" if photo.is_video else kept.shelf
        kept.ranked_alone = _placed(photo, rank_group([kept.features]), 0, shelf=shelf or "")
    return kept.ranked_alone


def _ranked(members: Sequence[Photo], kind: str, personal: Ranker | None, digest: str) -> NewCluster:
    """The ranked photos of a group, and behind them its videos in order of capture."""
    photos = [photo for photo in members if not photo.is_video]
    videos = [GroupedPhoto(photo.id, 0.0) for photo in members if photo.is_video]
    if not photos:
        return NewCluster(kind=kind, clear_winner=True, photos=videos, ranking=digest)
    copies = [_file_of(photo) for photo in photos] if kind == Cluster.Kind.NEAR_DUPLICATE else None
    ranked = rank_group(
        [judged(photo).features for photo in photos],
        personal=personal,
        copies=copies,
        photo_set=cast("SetKind", kind) if kind in get_args(SetKind) else None,
        unwanted=[judged(photo).shelf is not None for photo in photos],
    )
    return NewCluster(
        kind=kind,
        clear_winner=ranked.clear_winner,
        margin=ranked.margin,
        people=ranked.people.count,
        people_differ=ranked.people.differ,
        photos=[*(_placed(photos[index], ranked, index) for index in ranked.order), *videos],
        ranking=digest,
    )


def _file_of(photo: Photo) -> PhotoFile:
    shot = capture_of(photo)
    return PhotoFile(
        name=photo.name,
        content_type=photo.content_type,
        byte_size=max(1, photo.byte_size),
        pixels=max(1, (photo.width or 1) * (photo.height or 1)),
        camera=photo.camera,
        taken_at=seconds_of(photo),
        modified_at=photo.modified_at.timestamp() if photo.modified_at else float("nan"),
        jpeg_step=shot.jpeg_step or float("nan"),
        jpeg_standard=bool(shot.jpeg_standard),
    )


def _placed(photo: Photo, ranked: RankedGroup, index: int, *, shelf: str = "") -> GroupedPhoto:
    reasons = msgspec.to_builtins(ranked.reasons[index])
    close_ups = ranked.people.close_ups[index]
    return GroupedPhoto(
        photo.id,
        ranked.quality[index],
        reasons,
        shelf,
        ranked.exposure[index],
        [close_up.person for close_up in close_ups] or None,
        msgspec.to_builtins(close_ups) or None,
    )
