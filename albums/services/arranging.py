"""Applies a review state to the database: decisions, marks, groups and the picks that follow, in a few queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Max, Q
from django.db.models.functions import Now

from albums.chunks import chunked
from albums.clocks import Camera, shifts_of, shifts_to_json
from albums.filters import IS_PICK, IS_VIDEO
from albums.models import Album, Cluster, Photo
from albums.picks import Candidate, Wanted, is_single_picked, left_out_of, picked_of_cluster
from albums.services.albums import albums_mark_stale
from albums.services.bulk import photos_write
from albums.services.clusters import album_group_if_ready
from albums.services.personal_ranker import personal_ranker_mark_changed
from albums.services.review_state import ManualGroup, Place, ReviewState

_ROWS_PER_UPDATE = 500
_IDS_PER_UPDATE = 5_000
# A step may load thousands of photos, and does not need their measurements.
_HEAVY_COLUMNS = (*Photo.MEASURED, "placeholder")
_VALUE_COLUMNS = ("decision", "decided_by_id", "picked", "left_out", "stars", "label")
_TIME_OF = {"decision": "decided_at", "stars": "marked_at", "label": "marked_at"}
_PLACE_COLUMNS = ("cluster_id", "rank", "manual_group", "manual_kind")


@dataclass(frozen=True)
class Reviewed:
    """What one step of the review changed.

    `photos` are the photos the step names and those whose group, rank or pick changed with them. `cluster_ids` are the
    groups they are in now, if the step changes groups. `removed_cluster_ids` are groups that no longer exist. `before`
    undoes the step, and `applied` redoes it. `decided_by` is the membership that took it; None is the owner.
    """

    photos: list[Photo] = field(default_factory=list)
    cluster_ids: list[UUID] = field(default_factory=list)
    removed_cluster_ids: list[UUID] = field(default_factory=list)
    before: ReviewState = field(default_factory=ReviewState)
    applied: ReviewState = field(default_factory=ReviewState)
    decided_by: UUID | None = None

    @property
    def overruled(self) -> dict[UUID, str]:
        """Decisions of somebody else that the step replaced."""
        before = self.before
        return {
            photo_id: decision
            for photo_id, decision in before.decisions.items()
            if decision != Photo.Decision.AUTO and before.deciders.get(photo_id) != self.decided_by
        }

    @property
    def changed_anything(self) -> bool:
        """False when everything already was as requested."""
        before = self.before
        has_setting = before.similarity is not None or before.wanted is not None
        return has_setting or bool(before.photo_ids or before.camera_shifts)


def state_apply(album: Album, state: ReviewState, *, decided_by: UUID | None = None) -> Reviewed:
    """Bring the album to this state. Skips photos that were deleted or belong to another album.

    `decided_by` is the membership whose decisions these are, where the state does not say it; None is the owner.

    The caller must be in a transaction and hold the lock on the album's row. The lock keeps reviews and regroupings
    apart, so no pick is computed from half of either. If groups change, the job that follows groups and ranks exactly.
    """
    affected = _Affected.load(album, state)
    if shown_instead := affected.shown_instead:
        # The page, or the step that is undone, is older than the pair.
        state = state.about_others(shown_instead)
        affected = _Affected.load(album, state)
    before = affected.state_before(album, state)
    affected.set_columns(state, decided_by)
    if state.places:
        affected.arrange(state.places)
    wanted = state.wanted or Wanted.of(album)
    if not state.is_only_marks:
        affected.pick()
        if before.wanted or not wanted.is_everything:
            affected.leave_out(album, wanted)
    affected.write()
    if state.similarity is not None and state.similarity != album.similarity:
        album.similarity = state.similarity
        Album.objects.filter(id=album.id).update(similarity=state.similarity, updated_at=Now())
    if before.wanted:
        album.wanted_count, album.wanted_share = wanted.count, wanted.share
        Album.objects.filter(id=album.id).update(wanted_count=wanted.count, wanted_share=wanted.share, updated_at=Now())
    if before.camera_shifts:
        _shift_cameras(album, state)
    if before.decisions:
        personal_ranker_mark_changed(album.owner_id)
    if before.is_about_groups:
        albums_mark_stale([album.id])
        album_group_if_ready(album.id)
    cluster_ids = affected.cluster_ids if state.places or state.manual_groups else []
    return Reviewed(affected.shown(), cluster_ids, affected.removed_ids, before, state, decided_by)


class _Affected:
    """The photos that a state names, the photos in a group with them, and these groups.

    Of a state that names only stars and labels, only the photos: it changes no others.
    """

    def __init__(self, album_id: UUID, named: Iterable[Photo], clusters: Iterable[Cluster], members: Iterable[Photo]):
        self.album_id = album_id
        self.photos = {photo.id: photo for photo in [*named, *members]}
        self.named = {photo.id for photo in named}
        self.clusters = {cluster.id: cluster for cluster in clusters}
        self.before = {photo.id: _columns(photo) for photo in self.photos.values()}
        self.removed_ids: list[UUID] = []
        self.new: list[Cluster] = []
        self.rearranged = False

    @classmethod
    def load(cls, album: Album, state: ReviewState) -> _Affected:
        named = _photos_with_ids(album, state.photo_ids)
        cluster_ids = {photo.cluster_id for photo in named if photo.cluster_id and not state.is_only_marks}
        clusters: list[Cluster] = []
        members: list[Photo] = []
        for chunk in chunked(sorted(cluster_ids), _IDS_PER_UPDATE):
            clusters += Cluster.objects.filter(id__in=chunk)
            members += Photo.objects.filter(cluster__in=chunk).defer(*_HEAVY_COLUMNS)
        return cls(album.id, named, clusters, members)

    @property
    def shown_instead(self) -> dict[UUID, UUID]:
        """For each companion that the state names, the photo that is shown instead."""
        return {photo.id: photo.companion_of_id for photo in self.photos.values() if photo.companion_of_id}

    @property
    def cluster_ids(self) -> list[UUID]:
        return [cluster.id for cluster in sorted(self.clusters.values(), key=lambda cluster: cluster.position)]

    def state_before(self, album: Album, state: ReviewState) -> ReviewState:
        """The state that undoes `state`. It covers what `state` names and would change."""
        manual_groups = {
            photo_id: current
            for photo_id, manual in state.manual_groups.items()
            if photo_id in self.photos and (current := _manual(self.photos[photo_id])) != manual
        }
        differs = state.similarity is not None and state.similarity != album.similarity
        now_wanted = Wanted.of(album)
        decisions = self._other_values("decision", state.decisions)
        deciders = {photo_id: self.photos[photo_id].decided_by_id for photo_id in decisions}
        return ReviewState(
            decisions,
            manual_groups,
            self._places_now() if state.places or manual_groups else (),
            album.similarity if differs else None,
            now_wanted if state.wanted not in {None, now_wanted} else None,
            _shifts_before(album, state),
            self._other_values("stars", state.stars),
            self._other_values("label", state.labels),
            {photo_id: decider for photo_id, decider in deciders.items() if decider},
        )

    def _other_values(self, column: str, wanted: Mapping[UUID, Any]) -> dict[UUID, Any]:
        """What the column says now, of those of these photos of which it does not say what is wanted."""
        now = {photo_id: getattr(self.photos[photo_id], column) for photo_id in wanted if photo_id in self.photos}
        return {photo_id: value for photo_id, value in now.items() if value != wanted[photo_id]}

    def _places_now(self) -> list[Place]:
        members = self._members_by_cluster()
        groups = [
            Place(
                [photo.id for photo in members[cluster.id]],
                cluster.kind,
                cluster.clear_winner,
                cluster.margin,
                cluster.position,
            )
            for cluster in self.clusters.values()
        ]
        return groups + [Place([photo.id]) for photo in self.photos.values() if photo.cluster_id is None]

    def _members_by_cluster(self) -> dict[UUID, list[Photo]]:
        members = defaultdict(list)
        for photo in sorted(self.photos.values(), key=lambda photo: photo.rank):
            if photo.cluster_id:
                members[photo.cluster_id].append(photo)
        return members

    def set_columns(self, state: ReviewState, decided_by: UUID | None) -> None:
        for photo_id, decision in state.decisions.items():
            photo = self.photos.get(photo_id)
            # Who decides the same again takes nothing over.
            if photo and photo.decision != decision:
                is_decided = decision != Photo.Decision.AUTO
                photo.decided_by_id = state.deciders.get(photo_id, decided_by) if is_decided else None
        for column, values in state.values.items():
            for photo_id, value in values.items():
                if photo_id in self.photos:
                    setattr(self.photos[photo_id], column, value)
        for photo_id, manual in state.manual_groups.items():
            if photo_id in self.photos:
                self.photos[photo_id].manual_group = manual.group
                self.photos[photo_id].manual_kind = manual.kind

    # --- Groups -------------------------------------------------------------------------------------------------------

    def arrange(self, places: Sequence[Place]) -> None:
        """Put every photo in its place. The photos left in an old group stay together."""
        self.rearranged = True
        old = self.clusters
        placed = {photo_id for place in places for photo_id in place.photo_ids}
        remaining = [
            Place([photo.id for photo in rest], old[cluster_id].kind, old[cluster_id].clear_winner)
            for cluster_id, members in self._members_by_cluster().items()
            if (rest := [photo for photo in members if photo.id not in placed])
        ]
        groups = [(place, self._members(place)) for place in [*remaining, *places]]
        self.clusters = {}
        for place, members in groups:
            if len(members) > 1:
                cluster = self._cluster_for(place, members, old)
                self.clusters[cluster.id] = cluster
        rows = iter(self.clusters.values())
        for _, members in groups:
            _put(members, next(rows) if len(members) > 1 else None)
        self.removed_ids = [cluster_id for cluster_id in old if cluster_id not in self.clusters]

    def _members(self, place: Place) -> list[Photo]:
        # Photos that are being embedded again stay in their group meanwhile.
        photos = [self.photos[photo_id] for photo_id in place.photo_ids if photo_id in self.photos]
        present = [photo for photo in photos if photo.state == Photo.State.ANALYZED or photo.cluster_id]
        return [photo for photo in present if photo.companion_of_id is None]

    def _cluster_for(self, place: Place, members: Sequence[Photo], old: dict[UUID, Cluster]) -> Cluster:
        """Reuse the row of the group most of the photos come from, unless it is taken. Otherwise make a new row."""
        origins = Counter(photo.cluster_id for photo in members if photo.cluster_id in old)
        came_from = [old[cluster_id] for cluster_id in origins if cluster_id]
        place = replace(
            place,
            clear_winner=_is_still_clear(members, came_from) if place.clear_winner is None else place.clear_winner,
            margin=members[0].quality - members[1].quality if place.margin is None else place.margin,
            position=self._position(members, came_from) if place.position is None else place.position,
        )
        free = [cluster_id for cluster_id, _ in origins.most_common() if cluster_id and cluster_id not in self.clusters]
        cluster = old[free[0]] if free else Cluster(album_id=self.album_id)
        if not free:
            self.new.append(cluster)
        cluster.kind, cluster.photo_count = place.kind, len(members)
        cluster.clear_winner, cluster.margin = bool(place.clear_winner), place.margin or 0.0
        cluster.position = place.position or 0
        cluster.ranking = ""  # so that the next grouping ranks it, also if it has the same photos again
        return cluster

    def _position(self, members: Sequence[Photo], came_from: Sequence[Cluster]) -> int:
        if came_from:
            return min(cluster.position for cluster in came_from)
        clusters = Cluster.objects.filter(album_id=self.album_id)
        if times := [photo.timeline_at for photo in members if photo.timeline_at]:
            later = clusters.filter(photos__timeline_at__gt=min(times)).order_by("position").first()
            if later is not None:
                return later.position
        return (clusters.aggregate(last=Max("position"))["last"] or 0) + 1

    # --- Picks and rows -----------------------------------------------------------------------------------------------

    def pick(self) -> None:
        members = self._members_by_cluster()
        for cluster in self.clusters.values():
            picked = picked_of_cluster(members[cluster.id], kept_whole=cluster.is_kept_whole)
            for photo in members[cluster.id]:
                photo.picked, photo.left_out = photo in picked, False
        for photo in self.photos.values():
            if photo.cluster_id is None and photo.state == Photo.State.ANALYZED:
                photo.picked, photo.left_out = is_single_picked(photo), False

    def leave_out(self, album: Album, wanted: Wanted) -> None:
        """Leave out the picks beyond the wanted number, also of groups that are not affected otherwise."""
        others = Photo.objects.filter(IS_PICK, album=album).exclude(
            Q(state=Photo.State.FAILED) | Q(decision=Photo.Decision.REJECT) | IS_VIDEO
        )
        columns = others.values_list("id", "decision", "spread_rank", "rank", "left_out")
        rows = [row for row in columns if row[0] not in self.photos]
        picked = [photo for photo in self.photos.values() if photo.picked and not photo.is_video]
        candidates = [Candidate.of(photo) for photo in picked]
        candidates += [
            Candidate(key, decision == Photo.Decision.KEEP, place, rank) for key, decision, place, rank, _ in rows
        ]
        left_out = left_out_of(candidates, wanted)
        turned = _photos_with_ids(album, [key for key, *_, was_left_out in rows if was_left_out != (key in left_out)])
        self.before |= {photo.id: _columns(photo) for photo in turned}
        self.photos |= {photo.id: photo for photo in turned}
        for photo in [*picked, *turned]:
            photo.left_out = photo.id in left_out
            photo.picked = not photo.left_out

    def write(self) -> None:
        """Write only what changed, with one UPDATE for all photos that get the same value."""
        changed = self._changed()
        for column in _VALUE_COLUMNS:
            by_value = defaultdict(list)
            for photo in changed:
                if getattr(photo, column) != self.before[photo.id][column]:
                    by_value[getattr(photo, column)].append(photo.id)
            for value, ids in by_value.items():
                written = {column: value} | ({_TIME_OF[column]: Now()} if column in _TIME_OF else {})
                for chunk in chunked(ids, _IDS_PER_UPDATE):
                    Photo.objects.filter(id__in=chunk).update(**written)
        if self.rearranged:
            Cluster.objects.bulk_create(self.new, batch_size=_ROWS_PER_UPDATE)
            kept = [cluster for cluster in self.clusters.values() if cluster not in self.new]
            columns = ["kind", "photo_count", "clear_winner", "margin", "position", "ranking"]
            Cluster.objects.bulk_update(kept, columns, batch_size=_ROWS_PER_UPDATE)
        moved = [photo for photo in changed if _differ(photo, self.before[photo.id], _PLACE_COLUMNS)]
        photos_write(moved, _PLACE_COLUMNS)
        if self.removed_ids:
            Cluster.objects.filter(id__in=self.removed_ids).delete()

    def _changed(self) -> list[Photo]:
        return [photo for photo in self.photos.values() if _columns(photo) != self.before[photo.id]]

    def shown(self) -> list[Photo]:
        """The photos the state names and those that changed with them."""
        changed = {photo.id for photo in self._changed()}
        return [photo for photo in self.photos.values() if photo.id in self.named or photo.id in changed]


def _shifts_before(album: Album, state: ReviewState) -> dict[Camera, int | None]:
    now = shifts_of(album)
    return {camera: now.get(camera) for camera, seconds in state.camera_shifts.items() if seconds != now.get(camera)}


def _shift_cameras(album: Album, state: ReviewState) -> None:
    """Remember what to add to the clocks. The grouping that follows moves the photos."""
    wanted = {**shifts_of(album), **state.camera_shifts}
    album.camera_shifts = shifts_to_json({camera: seconds for camera, seconds in wanted.items() if seconds is not None})
    Album.objects.filter(id=album.id).update(camera_shifts=album.camera_shifts, updated_at=Now())


def _photos_with_ids(album: Album, photo_ids: Iterable[UUID]) -> list[Photo]:
    """These of the album, without sidecars of no photo: about them is nothing to decide."""
    photos = Photo.objects.filter(album=album).exclude(kind=Photo.Kind.SIDECAR, companion_of=None)
    return [
        photo
        for chunk in chunked(sorted(photo_ids), _IDS_PER_UPDATE)
        for photo in photos.filter(id__in=chunk).defer(*_HEAVY_COLUMNS)
    ]


def _columns(photo: Photo) -> dict[str, Any]:
    return {name: getattr(photo, name) for name in (*_VALUE_COLUMNS, *_PLACE_COLUMNS)}


def _differ(photo: Photo, before: dict[str, Any], names: Iterable[str]) -> bool:
    return any(getattr(photo, name) != before[name] for name in names)


def _manual(photo: Photo) -> ManualGroup:
    return ManualGroup(photo.manual_group, photo.manual_kind)


def _put(members: Sequence[Photo], cluster: Cluster | None) -> None:
    for rank, photo in enumerate(members):
        photo.cluster = cluster
        photo.rank = rank


def _is_still_clear(members: Sequence[Photo], came_from: Sequence[Cluster]) -> bool:
    """A clear winner stays clear when rivals leave. When new rivals arrive, the ranking has to decide."""
    is_part = len(came_from) == 1 and all(photo.cluster_id for photo in members)
    return is_part and came_from[0].clear_winner and members[0].rank == 0
