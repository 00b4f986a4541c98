"""What people do when they review an album: decide about photos, mark them, and split, merge and release groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from albums.exceptions import GroupsChanged, NothingToMerge, NothingToSplit
from albums.filters import IS_PICK, IS_VIDEO, ClusterFilter, clusters_matching
from albums.models import Album, AlbumChange, Cluster, Photo
from albums.picks import Wanted
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
    """Keep photos, reject them or leave them to the ranking. Returns these and the photos whose pick changed with them.

    Here and below, the change is remembered for the person `by`, who can undo it.
    """
    return photos_decide_each(album, dict.fromkeys(photo_ids, decision), by=by).photos


@transaction.atomic
def photos_decide_each(album: Album, decisions: Mapping[UUID, str], *, by: AbstractBaseUser | None = None) -> Reviewed:
    """Decide about each photo separately, in one step. The photos include those whose pick changed with them."""
    album = album_lock(album)
    state = ReviewState(decisions=dict(decisions))
    return change_make(album, state, AlbumChange.Kind.DECISION, by=by)


@transaction.atomic
def photos_star(
    album: Album, photo_ids: Iterable[UUID], stars: int, *, by: AbstractBaseUser | None = None
) -> list[Photo]:
    """Give photos 1 to 5 stars, or take them back with 0. Returns these photos. No pick changes."""
    state = ReviewState(stars=dict.fromkeys(photo_ids, stars))
    return change_make(album_lock(album), state, AlbumChange.Kind.STARS, by=by).photos


@transaction.atomic
def photos_label(
    album: Album, photo_ids: Iterable[UUID], label: str, *, by: AbstractBaseUser | None = None
) -> list[Photo]:
    """Give photos a colour label, or take it back with an empty one. Returns these photos. No pick changes."""
    state = ReviewState(labels=dict.fromkeys(photo_ids, label))
    return change_make(album_lock(album), state, AlbumChange.Kind.LABEL, by=by).photos


@transaction.atomic
def clusters_accept(
    album: Album, wanted: ClusterFilter | Collection[UUID], *, by: AbstractBaseUser | None = None
) -> Reviewed:
    """Keep the picks of these groups. The groups count as decided: later groupings do not change their picks.

    Raises:
        GroupsChanged: when one of the groups no longer exists.

    """
    album = album_lock(album)
    if isinstance(wanted, ClusterFilter):
        clusters = clusters_matching(album, wanted)
    else:
        clusters = Cluster.objects.filter(album=album, id__in=set(wanted))
        if clusters.count() != len(set(wanted)):
            raise GroupsChanged
    undecided = Photo.objects.filter(
        ~IS_VIDEO, album=album, cluster__in=clusters.values("id"), picked=True, decision=Photo.Decision.AUTO
    )
    ids = undecided.values_list("id", flat=True)
    state = ReviewState(decisions=dict.fromkeys(ids, Photo.Decision.KEEP.value))
    return change_make(album, state, AlbumChange.Kind.ACCEPT, by=by)


@transaction.atomic
def clusters_split(
    album: Album, photo_ids: Iterable[UUID], *, singles: bool = False, by: AbstractBaseUser | None = None
) -> Reviewed:
    """Take photos out of their groups, permanently. Photos of one group form a new group, or each of them is alone.

    The rest of a group stays together and keeps its kind, also when the album is grouped again.

    Raises:
        NothingToSplit: when none of the photos would leave others behind.

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
    """Merge these photos and all photos of these groups into one group, permanently, in the order of their quality.

    The rest of a group that loses photos stays together.

    Raises:
        GroupsChanged: when one of the groups no longer exists.
        NothingToMerge: when these are fewer than two photos, or already one group.

    """
    album = album_lock(album)
    groups = set(cluster_ids)
    if Cluster.objects.filter(album=album, id__in=groups).count() != len(groups):
        raise GroupsChanged
    wanted = Q(id__in=list(photo_ids)) | Q(cluster__in=groups)
    analyzed = Photo.objects.filter(wanted, album=album, state=Photo.State.ANALYZED).defer(*Photo.MEASURED)
    chosen = {photo.id: photo for photo in analyzed}
    remaining, origins = [], set()
    for cluster, members in _clusters_of_photos(album, chosen):
        staying = [photo.id for photo in members if photo.id not in chosen]
        origins.add((cluster.id, bool(staying)))
        if staying:
            remaining.append(Place(staying, cluster.kind))
    is_whole_group = len(origins) == 1 and not remaining and all(photo.cluster_id for photo in chosen.values())
    if len(chosen) < 2 or is_whole_group:
        raise NothingToMerge
    # Qualities of two groups are not quite comparable. The ranking that follows corrects the order.
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
    """Undo manual splits and merges of these photos. The grouping that follows decides where they belong."""
    album = album_lock(album)
    wanted = Q() if everything else Q(id__in=list(photo_ids)) | Q(cluster__in=list(cluster_ids))
    ids = Photo.objects.filter(wanted, album=album, manual_group__isnull=False).values_list("id", flat=True)
    state = ReviewState(manual_groups=dict.fromkeys(ids, ManualGroup()))
    return change_make(album, state, AlbumChange.Kind.RELEASE, by=by)


def _manual_state(places: Sequence[Place]) -> ReviewState:
    """The places as manual groups, which every later grouping respects."""
    manual_groups = {}
    for place in places:
        manual = ManualGroup(uuid4(), place.kind)
        manual_groups.update(dict.fromkeys(place.photo_ids, manual))
    return ReviewState(manual_groups=manual_groups, places=places)


def _clusters_of_photos(album: Album, photo_ids: Iterable[UUID]) -> list[tuple[Cluster, list[Photo]]]:
    """The groups with any of the photos, in order, each with all its photos, the best first."""
    clusters = Cluster.objects.filter(album=album, photos__in=list(photo_ids)).distinct().order_by("position", "id")
    by_id = {cluster.id: cluster for cluster in clusters}
    members = defaultdict(list)
    for photo in Photo.objects.filter(cluster__in=list(by_id)).defer(*Photo.MEASURED).order_by("rank"):
        if photo.cluster_id:
            members[photo.cluster_id].append(photo)
    return [(cluster, members[cluster.id]) for cluster in by_id.values()]


@transaction.atomic
def album_want(album: Album, wanted: Wanted, *, by: AbstractBaseUser | None = None) -> Reviewed:
    """Pick as many photos as the person wants. Decisions stay, also beyond the number.

    The order was computed with the groups, so no job follows, unless a version without it grouped the album.
    """
    album = album_lock(album)
    reviewed = change_make(album, ReviewState(wanted=wanted), AlbumChange.Kind.WANTED, by=by)
    unordered = album.photos.filter(IS_PICK, spread_rank=None, decision=Photo.Decision.AUTO)
    if not wanted.is_everything and album.grouping == Album.Grouping.CURRENT and unordered.exists():
        albums_mark_stale([album.id])
        album_group_if_ready(album.id)
    return reviewed


@transaction.atomic
def album_regroup(album: Album, *, similarity: float | None = None, by: AbstractBaseUser | None = None) -> Album:
    """Group the album again from its stored vectors. People's decisions stay."""
    album = album_lock(album)
    Album.objects.filter(id=album.id).update(rerank=True)
    state = ReviewState(similarity=similarity)
    if not change_make(album, state, AlbumChange.Kind.SIMILARITY, by=by).changed_anything:
        albums_mark_stale([album.id])
        album_group_if_ready(album.id)
    album.refresh_from_db()
    return album
