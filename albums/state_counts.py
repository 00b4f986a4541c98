"""How many photos are in each state, and how large they are."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import connections
from django.db.models import Count, Q, QuerySet, Sum

from albums.models import Photo

# Each as an index of the albums has it, whose other columns answer (decision 0083). On SQLite one index has all.
_PARTS = (
    Q(state=Photo.State.PENDING),
    Q(state__in=Photo.UNFINISHED),
    Q(state__in=Photo.FINISHED),
)


class StateCount(NamedTuple):
    """The photos in one state: how many, and how many bytes their originals have together."""

    state: str
    photos: int
    bytes: int


def count_by_state(photos: QuerySet[Photo]) -> list[StateCount]:
    """Count these photos of some albums, without reading one. One query; states without photos are missing."""
    counted: Any = photos.order_by().values_list("state").annotate(photos=Count("*"), bytes=Sum("byte_size"))
    if connections[photos.db].vendor == "postgresql":
        first, *others = (counted.filter(part) for part in _PARTS)
        counted = first.union(*others, all=True)
    return [StateCount(*row) for row in counted]
