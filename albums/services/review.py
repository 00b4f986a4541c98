"""What people do when they look through an album: decide about photos, split groups, merge them, let them go again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from albums.exceptions import GroupsChanged, NothingToMerge, NothingToSplit
from albums.filters import ClusterFilter, clusters_matching
from albums.models import Album, AlbumChange, Cluster, Photo
from albums.services.albums import albums_mark_stale
from albums.services.arranging import Reviewed
from albums.services.changes import album_lock, change_make
from albums.services.clusters import album_group_if_ready
from albums.services.review_state import ManualGroup, Place, ReviewState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def photos_decide(
    album: Album, photo_ids: Iterable[UUID], decision: str, *, by: AbstractBaseUser | None = None
) -> list[Photo]:
    """Keep, reject or leave photos to the ranking; returns these and those whose pick follows from it.

    Here and below, the change is remembered, to be undone, for the person `by`.
    """
    return photos_decide_each(album, dict.fromkeys(photo_ids, decision), by=by)


@transaction.atomic
def photos_decide_each(
    album: Album, decisions: Mapping[UUID, str], *, by: AbstractBaseUser | None = None
) -> list[Photo]:
    """Decide otherwise about each photo, in one step; returns these and those whose pick follows from it."""
    album = album_lock(album)
    state = ReviewState(decisions=dict(decisions))
    return change_make(album, state, AlbumChange.Kind.DECISION, by=by).photos


@transaction.atomic
def clusters_accept(
    album: Album, wanted: ClusterFilter | Collection[UUID], *, by: AbstractBaseUser | None = None
) -> Reviewed:
    """Keep what is picked in these groups, which are then decided: later groupings do not pick others instead.

    Raises:
        GroupsChanged: when one of the groups, given by their ids, is not there any more.

    """
    album = album_lock(album)
    if isinstance(wanted, ClusterFilter):
        clusters = clusters_matching(album, wanted)
    else:
        clusters = Cluster.objects.filter(album=album, id__in=set(wanted))
        if clusters.count() != len(set(wanted)):
            raise GroupsChanged
    undecided = Photo.objects.filter(
        album=album, cluster__in=clusters.values("id"), picked=True, decision=Photo.Decision.AUTO
    )
    ids = undecided.values_list("id", flat=True)
    state = ReviewState(decisions=dict.fromkeys(ids, Photo.Decision.KEEP.value))
    return change_make(album, state, AlbumChange.Kind.ACCEPT, by=by)


@transaction.atomic
def clusters_split(
    album: Album, photo_ids: Iterable[UUID], *, singles: bool = False, by: AbstractBaseUser | None = None
) -> Reviewed:
    """Take photos out of their groups, for good: those of one group become a group of their own, or each is alone.

    What is left of a group stays together, also when the album is grouped anew, and keeps its kind.

    Raises:
        NothingToSplit: when none of the photos leaves others behind.

    """
    album = album_lock(album)
    chosen = set(photo_ids)
    places: list[Place] = []
    for cluster, members in _clusters_of_photos(album, chosen):
        leaving = [photo.id for photo in members if photo.id in chosen]
        staying = [photo.id for photo in members if photo.id not in chosen]
        if staying:
            places.append(Place(staying, cluster.kind))
        if singles:
            places += [Place([photo_id]) for photo_id in leaving]
        elif staying:
            places.append(Place(leaving))
    if not places:
        raise NothingToSplit
    return change_make(album, _manual_state(places), AlbumChange.Kind.SPLIT, by=by)


@transaction.atomic
def clusters_merge(
    album: Album,
    *,
    photo_ids: Iterable[UUID] = (),
    cluster_ids: Iterable[UUID] = (),
    by: AbstractBaseUser | None = None,
) -> Reviewed:
    """Make one group, for good, of these photos and all photos of these groups, in the order of their quality.

    What is left of groups that lose photos stays together.

    Raises:
        GroupsChanged: when one of the groups is not there any more.
        NothingToMerge: when this is fewer than two photos, or a group already.

    """
    album = album_lock(album)
    groups = set(cluster_ids)
    if Cluster.objects.filter(album=album, id__in=groups).count() != len(groups):
        raise GroupsChanged
    wanted = Q(id__in=list(photo_ids)) | Q(cluster__in=groups)
    chosen = {photo.id: photo for photo in Photo.objects.filter(wanted, album=album, state=Photo.State.ANALYZED)}
    remaining, origins = [], set()
    for cluster, members in _clusters_of_photos(album, chosen):
        staying = [photo.id for photo in members if photo.id not in chosen]
        origins.add((cluster.id, bool(staying)))
        if staying:
            remaining.append(Place(staying, cluster.kind))
    is_whole_group = len(origins) == 1 and not remaining and all(photo.cluster_id for photo in chosen.values())
    if len(chosen) < 2 or is_whole_group:
        raise NothingToMerge
    # Qualities of two groups are not quite comparable; the ranking that follows puts it right.
    best_first = sorted(chosen.values(), key=lambda photo: (-photo.quality, photo.rank, str(photo.id)))
    state = _manual_state([*remaining, Place([photo.id for photo in best_first])])
    return change_make(album, state, AlbumChange.Kind.MERGE, by=by)


@transaction.atomic
def clusters_release(
    album: Album,
    *,
    photo_ids: Iterable[UUID] = (),
    cluster_ids: Iterable[UUID] = (),
    everything: bool = False,
    by: AbstractBaseUser | None = None,
) -> Reviewed:
    """Leave photos that people split or merged to the analysis again; the grouping that follows shows where they go."""
    album = album_lock(album)
    wanted = Q() if everything else Q(id__in=list(photo_ids)) | Q(cluster__in=list(cluster_ids))
    ids = Photo.objects.filter(wanted, album=album, manual_group__isnull=False).values_list("id", flat=True)
    state = ReviewState(manual_groups=dict.fromkeys(ids, ManualGroup()))
    return change_make(album, state, AlbumChange.Kind.RELEASE, by=by)


def _manual_state(places: Sequence[Place]) -> ReviewState:
    """The places, each as a group that every later grouping respects."""
    manual_groups = {}
    for place in places:
        manual = ManualGroup(uuid4(), place.kind)
        manual_groups.update(dict.fromkeys(place.photo_ids, manual))
    return ReviewState(manual_groups=manual_groups, places=places)


def _clusters_of_photos(album: Album, photo_ids: Iterable[UUID]) -> list[tuple[Cluster, list[Photo]]]:
    """The groups that hold any of the photos, in order, each with all its photos, the best first."""
    clusters = Cluster.objects.filter(album=album, photos__in=list(photo_ids)).distinct().order_by("position", "id")
    by_id = {cluster.id: cluster for cluster in clusters}
    members = defaultdict(list)
    for photo in Photo.objects.filter(cluster__in=list(by_id)).order_by("rank"):
        if photo.cluster_id:
            members[photo.cluster_id].append(photo)
    return [(cluster, members[cluster.id]) for cluster in by_id.values()]


@transaction.atomic
def album_regroup(album: Album, *, similarity: float | None = None, by: AbstractBaseUser | None = None) -> Album:
    """Group the album anew, from the vectors it has. People's decisions stay."""
    album = album_lock(album)
    Album.objects.filter(id=album.id).update(rerank=True)
    state = ReviewState(similarity=similarity)
    if not change_make(album, state, AlbumChange.Kind.SIMILARITY, by=by).changed_anything:
        albums_mark_stale([album.id])
        album_group_if_ready(album.id)
    album.refresh_from_db()
    return album
