"""Lets people reset their personal ranker and switch it on and off."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from albums.models import Album, PersonalRanker
from albums.services.albums import albums_mark_stale
from albums.services.claims import released
from albums.services.clusters import album_group_if_ready
from albums.services.personal_ranker import NOTHING_CHANGED, personal_ranker_mark_changed

_NOTHING_LEARNED: dict[str, Any] = {
    "learned_at": None,
    "choices": 0,
    "corrections": 0,
    "agreed": 0,
    "shipped_agreed": 0,
    "ranker": None,
}


@transaction.atomic
def personal_ranker_reset(owner_id: Any) -> None:
    """Forget what was learned, and never learn from the decisions made so far. The decisions themselves stay.

    The picks of albums also stay until the albums are grouped again.
    """
    # Lock the albums first, in the same order as decisions do.
    albums = Album.objects.filter(owner_id=owner_id)
    albums.filter(ranked_by__isnull=False).update(ranked_by=None)
    # A running grouping may have loaded the ranker that is to be forgotten, and would write its ranking.
    running = list(albums.filter(grouping=Album.Grouping.RUNNING).values_list("id", flat=True))
    albums_mark_stale(running)
    for album_id in running:
        album_group_if_ready(album_id)
    # Create the row even if nothing was learned yet: there may be decisions.
    PersonalRanker.objects.get_or_create(owner_id=owner_id)
    PersonalRanker.objects.filter(owner_id=owner_id).update(
        learning=PersonalRanker.Learning.IDLE,
        reset_at=Now(),
        enqueued_at=None,
        attempts=0,
        **NOTHING_CHANGED,
        **_NOTHING_LEARNED,
        **released(),
    )


def personal_ranker_switch(owner_id: Any, *, on: bool) -> None:
    """Switch learning and its use on or off. What was learned stays until it is reset."""
    personal_ranker, _ = PersonalRanker.objects.get_or_create(owner_id=owner_id)
    if personal_ranker.is_enabled != on:
        PersonalRanker.objects.filter(owner_id=owner_id).update(is_enabled=on)
        if on:
            personal_ranker_mark_changed(owner_id)
