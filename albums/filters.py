"""Which groups of an album are meant: the filters of the review, shared by what reads and what writes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from albums.models import Album, Cluster, Photo

_MEMBERS = Photo.objects.filter(cluster=OuterRef("pk"))

IS_UNDECIDED = Exists(_MEMBERS.exclude(decision=Photo.Decision.REJECT)) & ~Exists(
    _MEMBERS.filter(decision=Photo.Decision.KEEP)
)
"""Nobody keeps a photo of the group, nor rejects them all: the ranking still picks.

It follows from the decisions alone, so it means the same after every regrouping: two decided groups that become one
are decided, and a part of a decided group that nobody decided about is not.
"""

HAS_PEOPLE = Exists(_MEMBERS.filter(face_count__gt=0))
IS_MANUAL = Exists(_MEMBERS.filter(manual_group__isnull=False))


@dataclass(frozen=True)
class ClusterFilter:
    """Conditions on groups, all of which must hold; None is no condition.

    `no_clear_winner` holds for groups of which one photo is to be the best and none is clearly ahead.
    """

    undecided: bool | None = None
    no_clear_winner: bool | None = None
    people: bool | None = None
    manual: bool | None = None
    kind: str | None = None


ALL_CLUSTERS = ClusterFilter()


def clusters_matching(album: Album, wanted: ClusterFilter) -> QuerySet[Cluster]:
    """The groups of the album for which the filter holds, in no order."""
    clusters = Cluster.objects.filter(album=album)
    if wanted.kind is not None:
        clusters = clusters.filter(kind=wanted.kind)
    if wanted.no_clear_winner is not None:
        clusters = clusters.filter(uncertain=wanted.no_clear_winner)
    conditions = ((wanted.undecided, IS_UNDECIDED), (wanted.people, HAS_PEOPLE), (wanted.manual, IS_MANUAL))
    for holds, condition in conditions:
        if holds is not None:
            clusters = clusters.filter(Q(condition) if holds else ~Q(condition))
    return clusters
