"""Claims the grouping of an album and writes its result. Each album has one grouping at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models.functions import Now

from albums import jobs
from albums.chunks import chunked
from albums.models import Album, Cluster, Photo
from albums.picks import Candidate, Wanted, is_single_picked, left_out_of, picked_of_cluster
from albums.services.albums import albums_lock
from albums.services.bulk import photos_write
from albums.services.claims import Claim, claim_row, held, release_uncounted, released
from albums.services.early_groups import IS_EMBEDDED_AGAIN
from albums.services.frame_searches import frames_ask_always
from albums.services.marks import MARKS, marks_begin, marks_take_over
from albums.services.sidecars import sidecars_go_on, sidecars_report, times_write
from albums.stages import GROUP, is_ready_to_group

_ROWS_PER_UPDATE = 200
# The columns of a photo that a grouping writes.
_RANKED = ["quality", "exposure", "reasons", "person_numbers", "close_ups"]
_PLACED = ["cluster_id", "rank", "shelf", "picked", "left_out", "timeline_at"]
_ORDERED = ["spread_rank"]  # by itself: one group more or less gives nearly all photos another place in that order
_PAIRED = ["companion_of_id", "companions", "decision", "decided_at", "manual_group", "manual_kind", *MARKS]
_ranked_values, _placed_values, _paired_values = attrgetter(*_RANKED), attrgetter(*_PLACED), attrgetter(*_PAIRED)


@dataclass(frozen=True)
class GroupedPhoto:
    """The ranking's result for one photo. `reasons` are JSON-ready. `shelf` is one of `Photo.Shelf`, or empty.

    `exposure` is 0 at best, in log odds, or None where it is unknown. `person_numbers` says of each face whose it is,
    and `close_ups`, JSON-ready, what is wrong with it.
    """

    photo_id: UUID
    quality: float
    reasons: list[Any] = field(default_factory=list)
    shelf: str = ""
    exposure: float | None = None
    person_numbers: list[int] | None = None
    close_ups: list[Any] | None = None


@dataclass(frozen=True)
class NewCluster:
    """A cluster with its photos, the best first. `ranking` is a digest of these photos and of what ranked them.

    `people` are usually in it. `people_differ` have a flaw, or are missing, in some photos only. `row` is the current
    cluster that has exactly these photos, ranked by the same: then `photos` tell nothing but their order.
    """

    photos: Sequence[GroupedPhoto]
    kind: str = Cluster.Kind.MOMENT
    clear_winner: bool = False
    margin: float = 0.0
    ranking: str = ""
    people: int = 0
    people_differ: int = 0
    row: UUID | None = None


class _RowsChangedError(Exception):
    """A cluster that the grouping left as it was is another one now."""


@dataclass(frozen=True)
class NewGroups:
    """What a grouping found in an album.

    Attributes:
        clusters: in this order.
        singles: the photos in none of them.
        companions: for each other file of a shot, which is in none of these, the photo that is shown.
        lone_sidecars: sidecars of no file in the album.
        times: new columns of photos whose time a sidecar says, or said before.
        spread_ranks: the places of photos in the order in which picks are taken when fewer are wanted.
        timeline: when each photo was taken, in the one timeline of the album; None if nothing tells.
        manual_groups: the groups that people had made when the photos were read, by photo.
        ranked_by: the personal ranker that ranked them, if one did.
    """

    clusters: Sequence[NewCluster] = ()
    singles: Sequence[GroupedPhoto] = ()
    companions: Mapping[UUID, UUID] = field(default_factory=dict)
    lone_sidecars: Sequence[UUID] = ()
    times: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    spread_ranks: Mapping[UUID, int] = field(default_factory=dict)
    timeline: Mapping[UUID, datetime | None] = field(default_factory=dict)
    manual_groups: Mapping[UUID, UUID] = field(default_factory=dict)
    ranked_by: dict[str, Any] | None = None

    @property
    def photo_count(self) -> int:
        """How many photos were grouped, without companions."""
        return sum(len(cluster.photos) for cluster in self.clusters) + len(self.singles)


def album_group_if_ready(album_id: UUID) -> bool:
    """Enqueue the grouping if it is due. When several callers ask at once, only one of them enqueues it."""
    queued = Album.objects.filter(is_ready_to_group(), id=album_id).update(
        grouping=Album.Grouping.QUEUED, enqueued_at=Now()
    )
    if queued:
        jobs.group_album(album_id)
    return bool(queued)


def album_claim_grouping(album_id: UUID, *, task_id: str, worker: UUID | None = None) -> tuple[Album, Claim] | None:
    """Claim the grouping of the album. None when there is nothing to do for this message."""
    claimed = claim_row(Album, album_id, GROUP, task_id=task_id, worker=worker)
    if claimed is not None and claimed[1].is_one_too_many(GROUP):
        album_mark_grouping_failed(
            album_id, claimed[1], "Grouping this album failed several times. Try again, or tell the operator."
        )
        return None
    return claimed


def album_release_grouping(album_id: UUID, claim: Claim) -> None:
    """Release the grouping without counting the attempt. The sweep enqueues it again."""
    release_uncounted(Album.objects.filter(id=album_id), GROUP, claim.token)


def album_mark_grouping_failed(album_id: UUID, claim: Claim, message: str) -> None:
    """Mark the grouping as failed. Photos and clusters stay as they were."""
    held(Album.objects.filter(id=album_id), GROUP, claim.token).update(
        grouping=Album.Grouping.FAILED, grouping_error=message, **released()
    )


def clusters_replace(album_id: UUID, claim: Claim, groups: NewGroups) -> bool:
    """Replace the album's clusters with these. False, without any change, when the claim was lost."""
    with suppress(_RowsChangedError):
        return _replace_claimed(album_id, claim, groups)
    return False


def clusters_replace_early(album_id: UUID, groups: NewGroups) -> bool:
    """Show the groups of the photos that are there while others come. The grouping stays out of date.

    Returns False and changes nothing if the grouping is no longer out of date, if grouped photos are embedded again, or
    if groups have changed since these were found.
    """
    with suppress(_RowsChangedError):
        return _replace_stale(album_id, groups)
    return False


@transaction.atomic
def _replace_claimed(album_id: UUID, claim: Claim, groups: NewGroups) -> bool:
    current = held(Album.objects.filter(id=album_id), GROUP, claim.token).update(
        grouping=Album.Grouping.CURRENT,
        grouping_error="",
        grouped_at=Now(),
        ranked_by=groups.ranked_by,
        rerank=False,
        attempts=0,
        # The next early grouping waits for more photos than these.
        grouped_early=groups.photo_count,
        **released(),
    )
    if current:
        _replace(album_id, groups)
        sidecars_report(album_id, groups.lone_sidecars)
        frames_ask_always(album_id)
    return bool(current)


@transaction.atomic
def _replace_stale(album_id: UUID, groups: NewGroups) -> bool:
    albums_lock([album_id])
    analyzed = Photo.objects.filter(album_id=album_id, state=Photo.State.ANALYZED)
    manual_groups = dict(analyzed.filter(manual_group__isnull=False).values_list("id", "manual_group"))
    if manual_groups != groups.manual_groups:
        return False
    stale = Album.objects.filter(~IS_EMBEDDED_AGAIN, id=album_id, grouping=Album.Grouping.STALE)
    is_due = stale.update(ranked_by=groups.ranked_by, grouped_at=Now())
    if is_due:
        _replace(album_id, groups)
    return bool(is_due)


def take_over_manual_group(shown: Photo, companion: Photo) -> None:
    """Put the photo that is shown in the group that a person put its companion in before they were paired."""
    if shown.manual_group is None:
        shown.manual_group, shown.manual_kind = companion.manual_group, companion.manual_kind


def _replace(album_id: UUID, groups: NewGroups) -> None:
    sidecars_go_on(album_id, groups.companions)
    times_write(groups.times)
    in_album = Photo.objects.filter(album_id=album_id)
    every = list(in_album.only("name", "kind", "state", "sidecar", "embedded_marks", *_PLACED, *_ORDERED, *_PAIRED))
    ids = _ids_by_members(every)
    photos = {photo.id: photo for photo in every if photo.state == Photo.State.ANALYZED}
    _forget_unfinished([photo for photo in every if photo.id not in photos])
    before = {photo.id: _placed_values(photo) for photo in photos.values()}
    order_before = {photo.id: photo.spread_rank for photo in photos.values()}
    # Of those in groups it is known without reading it what their grouping changes.
    alone = in_album.filter(state=Photo.State.ANALYZED, cluster=None, companion_of=None)
    ranked_before = {photo_id: tuple(row) for photo_id, *row in alone.values_list("id", *_RANKED).iterator()}
    _pair(photos, groups.companions)
    rows = [
        Cluster(
            id=cluster.row or ids.get(frozenset(grouped.photo_id for grouped in cluster.photos)) or uuid4(),
            album_id=album_id,
            kind=cluster.kind,
            position=position,
            photo_count=len(cluster.photos),
            clear_winner=cluster.clear_winner,
            margin=cluster.margin,
            ranking=cluster.ranking,
            people=cluster.people,
            people_differ=cluster.people_differ,
        )
        for position, cluster in enumerate(groups.clusters)
    ]
    _write_clusters(album_id, rows)
    ranked: list[Photo] = []
    for row, cluster in zip(rows, groups.clusters, strict=True):
        if cluster.row:
            _place_as_before(photos, row, cluster.photos)
        else:
            ranked += _place(photos, row, cluster.photos)
    for single in groups.singles:
        ranked += _place(photos, None, [single])
    for photo in photos.values():
        photo.spread_rank = groups.spread_ranks.get(photo.id)
        photo.timeline_at = groups.timeline.get(photo.id, photo.timeline_at)
    _leave_out(photos.values(), Wanted.of(Album.objects.get(id=album_id)))
    # A new similarity changes few photos of a large album, and writing takes most of the time: write only what changed.
    changed = {photo.id: photo for photo in ranked if _ranked_values(photo) != ranked_before.get(photo.id)}
    photos_write(changed.values(), [*_RANKED, *_PLACED, *_ORDERED])
    others = [photo for photo in photos.values() if photo.id not in changed]
    photos_write([photo for photo in others if _placed_values(photo) != before[photo.id]], _PLACED)
    photos_write([photo for photo in others if photo.spread_rank != order_before[photo.id]], _ORDERED)


def _write_clusters(album_id: UUID, rows: Sequence[Cluster]) -> None:
    """Write the album's clusters. A cluster whose photos stay the same keeps its row, so its photos need no update."""
    stay = {row.id for row in rows}
    gone = [
        row_id
        for row_id in Cluster.objects.filter(album_id=album_id).values_list("id", flat=True)
        if row_id not in stay
    ]
    for chunk in chunked(gone, _ROWS_PER_UPDATE):
        Cluster.objects.filter(id__in=chunk).delete()
    Cluster.objects.bulk_create(
        rows,
        batch_size=_ROWS_PER_UPDATE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            *("kind", "position", "photo_count", "clear_winner", "margin", "ranking", "people", "people_differ")
        ],
    )


def _forget_unfinished(photos: Iterable[Photo]) -> None:
    """Photos that are no longer analyzed, because they have failed or wait again, are in no zip and in no pair."""
    grouped = []
    for photo in photos:
        if photo.picked or photo.left_out or photo.companion_of_id or photo.companions is not None:
            photo.picked, photo.left_out, photo.companion_of, photo.companions = False, False, None, None
            grouped.append(photo)
    photos_write(grouped, ["picked", "left_out", "companion_of", "companions"])


def _pair(photos: Mapping[UUID, Photo], companions: Mapping[UUID, UUID]) -> None:
    """Write which photos are companions. What a person decided about a new one, its stars and label, and the group that
    a person put it in, hold for the photo that is shown.
    """
    paired = {*companions, *companions.values()}
    concerned = [photo for photo in photos.values() if photo.id in paired or _may_have_been_paired(photo)]
    before = {photo.id: _paired_values(photo) for photo in concerned}
    listed: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    marking: dict[UUID, list[Photo]] = defaultdict(list)
    for photo in concerned:
        shown = photos.get(companions.get(photo.id, photo.id), photo)
        if photo.embedded_marks or (photo.sidecar and shown is not photo):
            marking[shown.id].append(photo)
        is_new = shown is not photo and photo.companion_of_id is None
        photo.companion_of = None if shown is photo else shown
        if shown is photo:
            continue
        listed[shown.id].append({"id": str(photo.id), "name": photo.name})
        if is_new:
            _take_over_decision(shown, photo)
            take_over_manual_group(shown, photo)
            marks_take_over(shown, photo)
            photo.decision, photo.decided_at, photo.manual_group = Photo.Decision.AUTO, None, None
        _place_nowhere(photo)
    for shown_id, files in marking.items():
        marks_begin(photos[shown_id], files)
    for photo in concerned:
        photo.companions = sorted(listed[photo.id], key=lambda each: each["name"]) if photo.id in listed else None
    photos_write([photo for photo in concerned if _paired_values(photo) != before[photo.id]], _PAIRED)


def _may_have_been_paired(photo: Photo) -> bool:
    """Whether the photo was a companion, had some, or has marks in its file, which come with those of its sidecars."""
    return bool(photo.companion_of_id or photo.companions is not None or photo.embedded_marks or photo.sidecar)


def _take_over_decision(shown: Photo, companion: Photo) -> None:
    """A companion that a person kept goes into the zip with the photo that is shown.

    One that they rejected takes that along, unless both were in one group, of which they chose the other.
    """
    is_choice = companion.cluster_id is not None and companion.cluster_id == shown.cluster_id
    is_rejected = companion.decision == Photo.Decision.REJECT and shown.decision == Photo.Decision.AUTO
    if companion.decision == Photo.Decision.KEEP or (is_rejected and not is_choice):
        shown.decision, shown.decided_at = companion.decision, companion.decided_at


def _place_nowhere(photo: Photo) -> None:
    photo.cluster, photo.rank, photo.shelf, photo.picked, photo.left_out = None, 0, "", False, False


def _ids_by_members(photos: Iterable[Photo]) -> dict[frozenset[UUID], UUID]:
    """The ids of the current clusters by their photos. Clients hold the ids, so an unchanged cluster keeps its id."""
    members: dict[UUID, set[UUID]] = defaultdict(set)
    for photo in photos:
        if photo.cluster_id:
            members[photo.cluster_id].add(photo.id)
    return {frozenset(photo_ids): cluster_id for cluster_id, photo_ids in members.items()}


def _place(photos: Mapping[UUID, Photo], cluster: Cluster | None, ranked: Sequence[GroupedPhoto]) -> list[Photo]:
    """Write a new cluster, or no cluster, to its photos, and return these."""
    members = []
    for rank, grouped in enumerate(ranked):
        photo = photos.get(grouped.photo_id)
        if photo is None:  # deleted while the grouping ran
            continue
        photo.cluster = cluster
        photo.rank = rank
        photo.quality = grouped.quality
        photo.exposure = grouped.exposure
        photo.reasons = grouped.reasons
        photo.person_numbers = grouped.person_numbers
        photo.close_ups = grouped.close_ups
        photo.shelf = grouped.shelf
        photo.picked, photo.left_out = is_single_picked(photo), False
        members.append(photo)
    if cluster is not None:
        _pick(members, cluster)
    return members


def _place_as_before(photos: Mapping[UUID, Photo], cluster: Cluster, ranked: Sequence[GroupedPhoto]) -> None:
    """Pick from a cluster whose photos keep their ranks."""
    members = [photos[grouped.photo_id] for grouped in ranked if grouped.photo_id in photos]
    if [(cluster.id, rank) for rank in range(len(ranked))] != [(photo.cluster_id, photo.rank) for photo in members]:
        raise _RowsChangedError
    for photo in members:
        photo.left_out = False
    _pick(members, cluster)


def _pick(members: Sequence[Photo], cluster: Cluster) -> None:
    picked = picked_of_cluster(members, kept_whole=cluster.is_kept_whole)
    for photo in members:
        photo.picked = photo in picked


def _leave_out(photos: Iterable[Photo], wanted: Wanted) -> None:
    """Leave out the picks beyond the wanted number, which does not count videos."""
    picked = [photo for photo in photos if photo.picked and not photo.is_video]
    left_out = left_out_of([Candidate.of(photo) for photo in picked], wanted)
    for photo in picked:
        photo.left_out = photo.id in left_out
        photo.picked = not photo.left_out
