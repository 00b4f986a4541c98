"""Says when an album is worth grouping although photos are still unfinished."""

from __future__ import annotations

import math
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from albums import jobs
from albums.models import Album, Embedding, Photo

EARLY_PHOTOS, EARLY_SHARE = 10, 0.1
"""How many more photos, and what share of those before, make it worth grouping them while others come."""

IS_EMBEDDED_AGAIN = Exists(Embedding.objects.filter(photo__album=OuterRef("pk"), photo__state__in=Photo.UNFINISHED))
"""On albums: photos that have a vector wait for another, as after `manage.py reembed`. They stay in their groups."""


def album_group_early_if_due(album_id: UUID) -> None:
    """Enqueue a grouping of the photos that are there if it is due while others are unfinished."""
    due, _ = _due_early(album_id)
    if due is not None and due.exists():
        jobs.group_album(album_id)


def album_begin_early(album_id: UUID) -> Album | None:
    """The album, if such a grouping is due. None for later messages, also after this one has crashed."""
    due, photos = _due_early(album_id)
    return Album.objects.get(id=album_id) if due is not None and due.update(grouped_early=photos) else None


def _due_early(album_id: UUID) -> tuple[QuerySet[Album] | None, int]:
    """The album if such a grouping is due, and how many photos it would have. None: it cannot be due.

    The first is due with `EARLY_PHOTOS`. The next is due when there are twice as many photos as the last one had, so
    that somebody who waits sees the album grow; or when at least as many are new as are still to come, so that little
    is left for the end. Either way `EARLY_PHOTOS` are new, and `EARLY_SHARE` more than it had. So there are few.
    """
    count = Count("pk", filter=Q(state=Photo.State.ANALYZED))
    coming = Count("pk", filter=Q(state__in=(Photo.State.PENDING, *Photo.UNFINISHED)))
    photos = Photo.objects.filter(~Q(kind=Photo.Kind.SIDECAR), album=album_id).aggregate(analyzed=count, coming=coming)
    analyzed = photos["analyzed"]
    halved, doubled = analyzed - photos["coming"], analyzed // 2
    enough = math.floor(min(analyzed - EARLY_PHOTOS, analyzed / (1 + EARLY_SHARE)))
    before = min(max(halved, doubled), enough)
    if before < 0 or not photos["coming"]:
        return None, analyzed
    unfinished = Photo.objects.filter(album=OuterRef("pk"), state__in=Photo.UNFINISHED)
    stale = Album.objects.filter(~IS_EMBEDDED_AGAIN, Exists(unfinished), id=album_id, grouping=Album.Grouping.STALE)
    return stale.filter(grouped_early__lte=before), analyzed
