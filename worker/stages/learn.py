"""Learn: read a person's decisions, fit a personal ranker, keep it if it predicts their choices better."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Max

from albums.chunks import chunked
from albums.models import Album, Cluster, PersonalRanker, Photo
from albums.personal_ranker import CORRECTIONS_NEEDED
from albums.services.personal_ranker import (
    Learned,
    personal_ranker_claim,
    personal_ranker_mark_learned,
)
from worker import runtime
from worker.analysis.ranking import (
    Choice,
    Ranker,
    compare,
    fit_personal,
    judge_personal,
    personal_from_json,
    personal_to_json,
    shipped_ranker,
)
from worker.stages.rows import features_of

logger = logging.getLogger(__name__)

MAX_GROUPS = 4_000
"""How many of the latest groups are learned from. Preferences change, and this bounds time and memory."""

MAX_PHOTOS = 50
"""Larger groups are hardly a choice between shots of one moment, and the number of pairs grows quadratically."""

_PAUSE = timedelta(minutes=30)
"""Groups with a longer time between them are of different scenes."""

_GROUPS_AT_ONCE = 200
_READ = (
    "decision",
    "decided_by",
    "decided_at",
    "picked",
    "timeline_at",
    "time_source",
    "scores",
    "faces",
    "gradient_map",
)


def learn_personal_ranker(owner_id: Any, *, task_id: str) -> None:
    """Learn from the account's decisions, and keep a personal ranker if it predicts them better."""
    claimed = personal_ranker_claim(owner_id, task_id=task_id, worker=runtime.worker_run())
    if claimed is None:
        return
    personal_ranker, claim = claimed
    learned = learn(list(choices_of(personal_ranker)), was_better=personal_ranker.ranker is not None)
    if not personal_ranker_mark_learned(owner_id, claim, learned):
        logger.info("The personal ranker of account %s was reset during learning; dropped the result.", owner_id)


def learn(choices: Sequence[Choice], *, was_better: bool) -> Learned:
    """Fit and judge a ranker on the choices. `was_better`: whether a personal ranker is in use now."""
    shipped = shipped_ranker()
    shipped_agreed = sum(choice.agrees_with(shipped) for choice in choices)
    corrections = len(choices) - shipped_agreed
    if corrections < CORRECTIONS_NEEDED:
        return Learned(len(choices), corrections, shipped_agreed, shipped_agreed, None)
    verdict = judge_personal(choices, shipped)
    ranker = None
    if verdict.is_better(was_better=was_better):
        ranker = personal_to_json(fit_personal(choices, shipped), shipped)
    return Learned(verdict.choices, corrections, verdict.agreed, verdict.base_agreed, ranker)


# --- Rows to choices --------------------------------------------------------------------------------------------------


def choices_of(personal_ranker: PersonalRanker) -> Iterator[Choice]:
    """The person's choices, by album, the most recently decided album first, its groups in order.

    Counts all groups of an album up to the last one with a decision. The person skipped the undecided ones in between
    and could have chosen otherwise, so their picks count as accepted. Without them, a person who only makes
    corrections would seem never to agree.
    """
    room = MAX_GROUPS
    for album_id, furthest in _decided_albums(personal_ranker):
        if room <= 0:
            return
        clusters = Cluster.objects.filter(
            album_id=album_id, kind__in=Cluster.ALTERNATIVES, photo_count__lte=MAX_PHOTOS, position__lte=furthest
        )
        cluster_ids = list(clusters.order_by("-position", "id").values_list("id", flat=True)[:room])[::-1]
        room -= len(cluster_ids)
        groups = (members for chunk in chunked(cluster_ids, _GROUPS_AT_ONCE) for members in _members(chunk))
        for scene, members in _by_scene(groups):
            choice = _choice(members, personal_ranker, scene=(album_id, scene))
            if choice is not None:
                yield choice


def _decided_albums(personal_ranker: PersonalRanker) -> list[tuple[UUID, int]]:
    """The albums with decisions, each with the position of its last group that has one."""
    decided = Photo.objects.filter(
        album__owner_id=personal_ranker.owner_id,
        decided_by=None,
        decision__in=(Photo.Decision.KEEP, Photo.Decision.REJECT),
        cluster__kind__in=Cluster.ALTERNATIVES,
    )
    if personal_ranker.reset_at is not None:
        decided = decided.filter(decided_at__gt=personal_ranker.reset_at)
    albums = decided.order_by().values("album_id").annotate(latest=Max("decided_at"), furthest=Max("cluster__position"))
    ordered = albums.order_by(F("latest").desc(nulls_last=True), "album_id")
    return list(ordered.values_list("album_id", "furthest"))


def _members(cluster_ids: Sequence[UUID]) -> list[list[Photo]]:
    """The photos of each group in order of rank."""
    by_cluster: dict[UUID | None, list[Photo]] = defaultdict(list)
    photos = Photo.objects.filter(cluster__in=cluster_ids, state=Photo.State.ANALYZED, kind=Photo.Kind.PHOTO)
    for photo in photos.order_by("rank", "id").only("cluster_id", *_READ):
        by_cluster[photo.cluster_id].append(photo)
    return [by_cluster[cluster_id] for cluster_id in cluster_ids]


def _by_scene(groups: Iterable[list[Photo]]) -> Iterator[tuple[int, list[Photo]]]:
    """The groups of an album in order of capture, each with the number of its scene; 0 if its time is unknown."""
    scene, latest = 1, datetime.max.replace(tzinfo=UTC)
    for members in groups:
        times = [photo.timeline_at for photo in members if photo.timeline_at and photo.time_source in Photo.TRUSTED]
        if not times:
            yield 0, members
            continue
        if min(times) - latest > _PAUSE:
            scene += 1
        latest = max(times)
        yield scene, members


def _choice(members: Sequence[Photo], personal_ranker: PersonalRanker, *, scene: Hashable) -> Choice | None:
    """The person's choice in a group; None where there is none, somebody else decided, or it came before a reset."""
    decided = [photo for photo in members if photo.decision != Photo.Decision.AUTO]
    if any(photo.decided_by_id or _is_forgotten(photo, personal_ranker) for photo in decided):
        return None
    kept = [place for place, photo in enumerate(members) if photo.decision == Photo.Decision.KEEP]
    rejected = [place for place, photo in enumerate(members) if photo.decision == Photo.Decision.REJECT]
    # Kept photos are better than all others. If there are only rejects, the pick is better than them.
    taken = kept or [place for place, photo in enumerate(members) if photo.picked]
    left = rejected if rejected and not kept else [place for place in range(len(members)) if place not in taken]
    if not taken or not left:
        return None
    return Choice(compare([features_of(photo) for photo in members]), 0, tuple(taken), tuple(left), scene)


def _is_forgotten(photo: Photo, personal_ranker: PersonalRanker) -> bool:
    if personal_ranker.reset_at is None:
        return False
    return photo.decided_at is None or photo.decided_at <= personal_ranker.reset_at


# --- The ranker for a grouping ----------------------------------------------------------------------------------------


def ranker_for(album: Album) -> dict[str, Any] | None:
    """The personal ranker to rank the album by, as stored in its row; None for the shipped one.

    Once its owner has made a decision in an album, it keeps its ranker. So their decisions do not change the picks
    while they review it. It gets the current ranker when they ask to group it again.
    """
    decided = Photo.objects.filter(album=album, decision__in=(Photo.Decision.KEEP, Photo.Decision.REJECT))
    if not album.rerank and decided.exists():
        return album.ranked_by
    personal_ranker = PersonalRanker.objects.filter(owner_id=album.owner_id, is_enabled=True).only("ranker").first()
    return None if personal_ranker is None else personal_ranker.ranker


def read_ranker(kept: dict[str, Any] | None) -> Ranker | None:
    """Read the ranker that `ranker_for` returned.

    Raises:
        RankerError: it was made for another version.
    """
    return None if kept is None else personal_from_json(kept, shipped_ranker())
