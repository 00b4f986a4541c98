"""Says when an album is worth grouping although photos are still unfinished."""

from __future__ import annotations

import math
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from albums import jobs
from albums.models import Album, Embedding, Photo

EARLY_PHOTOS, EARLY_SHARE = 10, 0.1
"""How many more photos, and what share of those before, make it worth grouping them while others come."""

IS_EMBEDDED_AGAIN = Exists(Embedding.objects.filter(photo__album=OuterRef("pk"), photo__state__in=Photo.UNFINISHED))
"""On albums: photos that have a vector wait for another, as after `manage.py reembed`. They stay in their groups."""

_UNFINISHED = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED)


def album_group_early_if_due(album_id: UUID) -> bool:
    """Enqueue a grouping of the photos that are there if it is due while others are unfinished.

    Returns whether there are unfinished photos. If there are none, the whole album may be due.
    """
    photos = _counted(album_id)
    due = _due_early(album_id, photos)
    if due is not None and due.exists() and _may_be_grouped(due).exists():
        jobs.group_album(album_id)
    return photos["unfinished"] > 0


def album_begin_early(album_id: UUID) -> Album | None:
    """The album, if such a grouping is due. None for later messages, also after this one has crashed."""
    photos = _counted(album_id)
    due = _due_early(album_id, photos)
    is_due = due is not None and _may_be_grouped(due).update(grouped_early=photos["analyzed"])
    return Album.objects.get(id=album_id) if is_due else None


def _counted(album_id: UUID) -> dict[str, int]:
    """How many photos of the album are analyzed, are still to come, and are uploaded and not finished."""
    photos = Photo.objects.filter(~Q(kind=Photo.Kind.SIDECAR), album=album_id).order_by()
    by_state = dict(photos.values_list("state").annotate(Count("pk")))
    unfinished = sum(by_state.get(state, 0) for state in Photo.UNFINISHED)
    return {
        "analyzed": by_state.get(Photo.State.ANALYZED, 0),
        "coming": by_state.get(Photo.State.PENDING, 0) + unfinished,
        "unfinished": unfinished,
    }


def _due_early(album_id: UUID, photos: Mapping[str, int]) -> QuerySet[Album] | None:
    """The album if such a grouping of its photos is due by their numbers. None: it cannot be due.

    The first is due with `EARLY_PHOTOS`. The next is due when there are twice as many photos as the last one had, so
    that somebody who waits sees the album grow; or when at least as many are new as are still to come, so that little
    is left for the end. Either way `EARLY_PHOTOS` are new, and `EARLY_SHARE` more than it had. So there are few.
    """
    analyzed = photos["analyzed"]
    halved, doubled = analyzed - photos["coming"], analyzed // 2
    enough = math.floor(min(analyzed - EARLY_PHOTOS, analyzed / (1 + EARLY_SHARE)))
    before = min(max(halved, doubled), enough)
    if before < 0 or not photos["coming"]:
        return None
    return Album.objects.filter(id=album_id, grouping=Album.Grouping.STALE, grouped_early__lte=before)


def _may_be_grouped(due: QuerySet[Album]) -> QuerySet[Album]:
    """Those of these albums that may be grouped now. Asked only where a grouping is due: both questions cost more."""
    return due.filter(~IS_EMBEDDED_AGAIN, Exists(_UNFINISHED))
