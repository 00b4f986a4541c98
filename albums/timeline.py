"""An album as a list of groups and single photos, whole but in few columns: what a page needs to lay all of it out.

Ten thousand photos are read in three queries. No objects are made of their ids or times, which would take most of the
time: the database gives them as text. A photo is a struct, which msgspec writes as JSON without another copy.
`thumbnails_of` reads the pictures of the photos in view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from msgspec import Struct

from albums.capture_order import CAPTURE_ORDER
from albums.chunks import chunked
from albums.filters import ALL_CLUSTERS, IS_SHOWN, ClusterFilter, clusters_matching, photos_matching
from albums.models import Album, Cluster, Photo

_IDS_PER_QUERY = 5_000


class TimelinePhoto(Struct, gc=False, omit_defaults=True):
    """A photo: its size in pixels, why it is on the shelf, and if it is left out.

    `taken_at` is the wall-clock time in the album's timeline, in ISO 8601, and `camera` is empty where the photo names
    none. `companions` are the names of the other files of the shot, `seconds` the length of a video. `frame_seconds`
    says when in its video a frame was. `has_film` is true of motion photos. Most photos have neither stars nor a label
    nor a decision of somebody else than the owner (`decided_by`), and the JSON leaves them out then.
    """

    id: str
    name: str
    kind: str
    camera: str
    seconds: float | None
    width: int | None
    height: int | None
    taken_at: str | None
    rank: int
    shelf: str
    decision: str
    picked: bool
    left_out: bool
    companions: list[str]
    frame_seconds: float | None
    has_film: bool
    stars: int = 0
    label: str = ""
    decided_by: str = ""


class TimelineCluster(NamedTuple):
    """A group with its photos, the best first."""

    id: str
    kind: str
    position: int
    clear_winner: bool
    manual: bool
    people: int
    people_differ: int
    photos: list[TimelinePhoto]

    @property
    def kept_whole(self) -> bool:
        """True for panoramas, of which all photos are picked."""
        return self.kind in Cluster.KEPT_WHOLE


def timeline_clusters(
    album: Album, wanted: ClusterFilter = ALL_CLUSTERS, *, uncertain_first: bool = False
) -> list[TimelineCluster]:
    """The groups that the filter finds, in order of capture or those without a clear winner before the others.

    In two queries.
    """
    clusters = clusters_matching(album, wanted)
    in_clusters = Photo.objects.filter(album=album, cluster__isnull=False)
    if wanted != ALL_CLUSTERS:
        in_clusters = in_clusters.filter(cluster__in=clusters.order_by().values("id"))
    order = ["-uncertain"] if uncertain_first else []
    return _with_photos(clusters.order_by(*order, "position", "id"), in_clusters)


def timeline_clusters_by_id(album: Album, cluster_ids: Iterable[UUID]) -> list[TimelineCluster]:
    """These groups of the album. In two queries for some thousand groups."""
    return [
        cluster
        for ids in chunked(cluster_ids, _IDS_PER_QUERY)
        for cluster in _with_photos(
            Cluster.objects.filter(album=album, id__in=ids).order_by("position", "id"),
            Photo.objects.filter(album=album, cluster__in=ids),
        )
    ]


def _with_photos(clusters: QuerySet[Cluster], in_clusters: QuerySet[Photo]) -> list[TimelineCluster]:
    members: dict[str, list[TimelinePhoto]] = defaultdict(list)
    manual: set[str] = set()
    rows = in_clusters.annotate(cluster_key=_text("cluster_id"), is_manual=Q(manual_group__isnull=False))
    for cluster_key, is_manual, *columns in _columns(rows.order_by("cluster", "rank"), "cluster_key", "is_manual"):
        members[cluster_key].append(_photo(columns))
        if is_manual:
            manual.add(cluster_key)
    found = clusters.annotate(key=_text("id"))
    return [
        TimelineCluster(_uuid(key), kind, position, clear_winner, key in manual, people, people_differ, members[key])
        for key, kind, position, clear_winner, people, people_differ in found.values_list(
            *("key", "kind", "position", "clear_winner", "people", "people_differ")
        )
        if key in members
    ]


def timeline_singles(
    album: Album,
    *,
    people: bool | None = None,
    shelved: bool | None = None,
    left_out: bool | None = None,
    stars: int | None = None,
    label: str | None = None,
) -> list[TimelinePhoto]:
    """The analyzed photos in no group, in order of capture, those without a time last. In one query."""
    photos = Photo.objects.filter(IS_SHOWN, album=album, cluster__isnull=True, state=Photo.State.ANALYZED)
    photos = photos_matching(photos, people=people, shelved=shelved, left_out=left_out, stars=stars, label=label)
    return [_photo(row) for row in _columns(photos.order_by(*CAPTURE_ORDER))]


def thumbnails_of(album: Album, photo_ids: Collection[UUID]) -> QuerySet[Photo]:
    """The thumbnails of these photos of the album. Photos of other albums are ignored."""
    columns = ("id", "album_id", "folder", "width", "placeholder", "reasons", "close_ups")
    return Photo.objects.filter(album=album, id__in=photo_ids).only(*columns).order_by("id")


def _text(column: str) -> Cast:
    return Cast(column, CharField())


def _columns(photos: QuerySet[Photo], *before: str) -> QuerySet[Photo, tuple[Any, ...]]:
    """The columns that `_photo` reads, behind others."""
    annotated = photos.annotate(key=_text("id"), clock=_text("timeline_at"), decider=_text("decided_by"))
    return annotated.values_list(
        *before,
        "key",
        "name",
        "kind",
        "camera",
        "capture__seconds",
        "width",
        "height",
        "clock",
        "rank",
        "shelf",
        "decision",
        "picked",
        "left_out",
        "companions",
        "frame_seconds",
        "capture__has_film",
        "stars",
        "label",
        "decider",
    )


def _photo(columns: Sequence[Any]) -> TimelinePhoto:
    key, name, kind, camera, seconds, width, height, clock, *others = columns
    rank, shelf, decision, picked, left_out, companions, frame_seconds, film, stars, label, decider = others
    moment = _wall_clock(clock)
    names = [companion["name"] for companion in companions or ()]
    return TimelinePhoto(
        _uuid(key),
        name,
        kind,
        camera,
        seconds,
        width,
        height,
        moment,
        rank,
        shelf,
        decision,
        picked,
        left_out,
        names,
        frame_seconds,
        bool(film),
        stars,
        label,
        _uuid(decider or ""),
    )


def _uuid(text: str) -> str:
    """An id as it is written everywhere: SQLite keeps it without its dashes."""
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _wall_clock(text: str | None) -> str | None:
    """A time as a database writes it, in ISO 8601 and without the zone, which is UTC for what clocks on walls show."""
    return None if text is None else f"{text[:10]}T{text[11:].removesuffix('+00')}"
