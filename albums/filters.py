"""Filters on the groups of an album, for reads and writes of the review."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from albums.models import Album, Cluster, Photo

_MEMBERS = Photo.objects.filter(cluster=OuterRef("pk"))

IS_VIDEO = Q(kind=Photo.Kind.VIDEO)
"""On photos: a video, which never competes with photos."""

IS_UNDECIDED = Exists(_MEMBERS.filter(picked=True).exclude(Q(decision=Photo.Decision.KEEP) | IS_VIDEO))
"""Nobody has kept a photo of the group or rejected all of them: the ranking still picks one.

What is kept replaces the ranking's pick, so this depends on the decisions, and not on the grouping. Two decided groups
that become one are decided. A part of a decided group is undecided if nobody decided about its photos. A group whose
pick is left out, because the album wants fewer picks, needs no decision either. Videos need none.
"""

HAS_PEOPLE = Exists(_MEMBERS.filter(face_count__gt=0))
IS_MANUAL = Exists(_MEMBERS.filter(manual_group__isnull=False))
IS_LEFT_OUT = Exists(_MEMBERS.filter(left_out=True))

IS_PICK = Q(picked=True) | Q(left_out=True)
"""On photos: picked, or would be if the album wanted more picks."""

IS_SHOWN = Q(companion_of__isnull=True) & ~Q(kind=Photo.Kind.SIDECAR)
"""On photos: no sidecar and not the companion of another, so it is listed, counted and grouped."""

IS_SHELVED = Q(cluster__isnull=True, state=Photo.State.ANALYZED, decision=Photo.Decision.AUTO) & ~Q(shelf="")
"""On photos: in no group, probably not wanted, and nobody has decided otherwise."""


def photos_matching(
    photos: QuerySet[Photo],
    *,
    people: bool | None = None,
    shelved: bool | None = None,
    left_out: bool | None = None,
    stars: int | None = None,
    label: str | None = None,
) -> QuerySet[Photo]:
    """Those with or without faces, on the shelf or not, left out by the number or not, and with this label and
    `stars` or more stars. None is no condition.
    """
    if people is not None:
        photos = photos.filter(face_count__gt=0) if people else photos.filter(face_count=0)
    if shelved is not None:
        photos = photos.exclude(shelf="") if shelved else photos.filter(shelf="")
    if left_out is not None:
        photos = photos.filter(left_out=left_out)
    if stars is not None:
        photos = photos.filter(stars__gte=stars)
    if label is not None:
        photos = photos.filter(label=label)
    return photos


@dataclass(frozen=True)
class ClusterFilter:
    """Conditions on groups. All of them must hold; None is no condition.

    `no_clear_winner` means that one photo should be the best of the group, but none is clearly ahead. `left_out` means
    that a pick of the group is left out, because the album wants fewer picks. `stars` and `label` mean that one photo
    of the group has this label and `stars` or more stars.
    """

    undecided: bool | None = None
    no_clear_winner: bool | None = None
    people: bool | None = None
    manual: bool | None = None
    kind: str | None = None
    left_out: bool | None = None
    stars: int | None = None
    label: str | None = None


ALL_CLUSTERS = ClusterFilter()


def clusters_matching(album: Album, wanted: ClusterFilter) -> QuerySet[Cluster]:
    """The groups of the album that match the filter, in no particular order."""
    clusters = Cluster.objects.filter(album=album)
    if wanted.kind is not None:
        clusters = clusters.filter(kind=wanted.kind)
    if wanted.no_clear_winner is not None:
        clusters = clusters.filter(uncertain=wanted.no_clear_winner)
    conditions = (
        (wanted.undecided, IS_UNDECIDED),
        (wanted.people, HAS_PEOPLE),
        (wanted.manual, IS_MANUAL),
        (wanted.left_out, IS_LEFT_OUT),
    )
    for holds, condition in conditions:
        if holds is not None:
            clusters = clusters.filter(Q(condition) if holds else ~Q(condition))
    if wanted.stars is not None or wanted.label is not None:
        clusters = clusters.filter(Exists(photos_matching(_MEMBERS, stars=wanted.stars, label=wanted.label)))
    return clusters
