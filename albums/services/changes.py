"""Remembers what people changed in an album, so that they can undo and redo it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from albums.exceptions import NotFound, NothingToRedo, NothingToUndo
from albums.models import Album, AlbumChange, Membership
from albums.services.arranging import Reviewed, state_apply
from albums.services.changed_since import unless_changed_since
from albums.services.review_state import ReviewState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser
    from django.db.models import QuerySet

CHANGES_KEPT = 200
# A change of a whole album names each of its photos twice, with 40 bytes each.
PHOTOS_KEPT = 200_000


@dataclass(frozen=True)
class ReplayedChange:
    """A change that was undone or redone, and what the undo or redo changed.

    `changed_since` counts the photos and settings that stay, because somebody else has changed them since.
    """

    change: AlbumChange
    reviewed: Reviewed
    changed_since: int


def album_lock(album: Album) -> Album:
    """Lock the album's row for this transaction. The lock keeps reviews, undos and regroupings apart."""
    return Album.objects.select_for_update().get(id=album.id)


def change_make(
    album: Album, state: ReviewState, kind: str, *, by: AbstractBaseUser | None, photo_count: int = 0
) -> Reviewed:
    """Apply the state to a locked album. Remember how to undo it for the person `by`, unless that is None.

    `photo_count` is how many photos it changes, if it names none.
    """
    reviewed = state_apply(album, state, decided_by=_membership_of(album, by))
    if by is not None and reviewed.changed_anything:
        changes = _changes(album, by)
        changes.filter(undone_at__isnull=False).delete()
        AlbumChange.objects.create(
            album=album,
            person_id=by.pk,
            kind=kind,
            photo_count=_photo_count(reviewed.before) or photo_count,
            detail=_detail(state, reviewed.before),
            before=reviewed.before.to_json(),
            after=reviewed.applied.to_json(),
        )
        _forget_old(album)
    return reviewed


@transaction.atomic
def album_undo(album: Album, by: AbstractBaseUser) -> ReplayedChange:
    """Undo the person's last change in the album that is not yet undone.

    Photos deleted since then are skipped. Photos added since then stay where they are. What somebody else has changed
    since stays as it is.

    Raises:
        NothingToUndo: when there is no such change, or it is too long ago.

    """
    album = album_lock(album)
    change = _changes(album, by).filter(undone_at__isnull=True).order_by("-id").first()
    if change is None:
        raise NothingToUndo
    AlbumChange.objects.filter(id=change.id).update(undone_at=Now())
    change.refresh_from_db(fields=["undone_at"])
    before, after = ReviewState.from_json(change.before), ReviewState.from_json(change.after)
    before, changed_since = _unless_changed_since(album, before, after, _membership_of(album, by))
    return ReplayedChange(change, state_apply(album, before), changed_since)


@transaction.atomic
def album_redo(album: Album, by: AbstractBaseUser) -> ReplayedChange:
    """Redo the change that the person undid last, but for what somebody else has changed since.

    Raises:
        NothingToRedo: when there is no such change, or the person has changed something else since.

    """
    album = album_lock(album)
    change = _changes(album, by).filter(undone_at__isnull=False).order_by("id").first()
    if change is None:
        raise NothingToRedo
    change.undone_at = None
    change.save(update_fields=["undone_at"])
    before, after = ReviewState.from_json(change.before), ReviewState.from_json(change.after)
    after, changed_since = _unless_changed_since(album, after, before, None)
    return ReplayedChange(change, state_apply(album, after, decided_by=_membership_of(album, by)), changed_since)


def _unless_changed_since(
    album: Album, wanted: ReviewState, left: ReviewState, left_by: UUID | None
) -> tuple[ReviewState, int]:
    """Nobody else changes an album that nobody else ever edited."""
    if not Membership.objects.filter(album=album).exists():
        return wanted, 0
    return unless_changed_since(album, wanted, left, left_by)


def _membership_of(album: Album, person: AbstractBaseUser | None) -> UUID | None:
    """By which the person edits the locked album. None for its owner.

    Raises:
        NotFound: when the person was removed after the request was let in.

    """
    if person is None or person.pk == album.owner_id:
        return None
    membership = Membership.objects.filter(album=album, person_id=person.pk).first()
    if membership is None:
        raise NotFound
    return membership.id


def _photo_count(before: ReviewState) -> int:
    return len(before.decisions or before.manual_groups or before.stars or before.labels)


def _detail(state: ReviewState, before: ReviewState) -> dict[str, Any]:
    if state.similarity is not None:
        return {"similarity": [before.similarity, state.similarity]}
    if state.wanted is not None and before.wanted is not None:
        return {"wanted": [asdict(before.wanted), asdict(state.wanted)]}
    for camera, seconds in state.camera_shifts.items():
        return {"clock": [camera.name, before.camera_shifts.get(camera), seconds]}
    for column, values in state.values.items():
        if len(different := set(values.values())) == 1:
            return {column: different.pop()}
    return {}


def _changes(album: Album, person: AbstractBaseUser) -> QuerySet[AlbumChange]:
    return AlbumChange.objects.filter(album=album, person_id=person.pk)


def _forget_old(album: Album) -> None:
    """Keep the newest change, and as many before it as the limits allow."""
    newest = AlbumChange.objects.filter(album=album).order_by("-id").values_list("id", "photo_count")
    photos = 0
    for number, (change_id, photo_count) in enumerate(newest[: CHANGES_KEPT + 1]):
        photos += photo_count
        if number and (number >= CHANGES_KEPT or photos > PHOTOS_KEPT):
            AlbumChange.objects.filter(album=album, id__lte=change_id).delete()
            break
