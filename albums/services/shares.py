"""What an owner does with links to an album: make, change, revoke and delete them, and take over what guests chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models.functions import Now

from albums.exceptions import TooManyShares
from albums.models import Album, AlbumChange, GuestChoice, Photo, Share
from albums.services.arranging import Reviewed
from albums.services.changes import album_lock, change_make
from albums.services.review_state import ReviewState

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

SHARES_OF_ALBUM: Final = 100


@transaction.atomic
def share_create(album: Album, *, password: str = "", **values: Any) -> Share:
    """Make a link to some photos of the album. `values` are columns of `Share`.

    Raises:
        TooManyShares: when the album has as many as it may have.

    """
    album = album_lock(album)
    if Share.objects.filter(album=album).count() >= SHARES_OF_ALBUM:
        raise TooManyShares
    return Share.objects.create(album=album, password=_hashed(password), **values)


@transaction.atomic
def share_change(share: Share, *, password: str | None = None, **values: Any) -> None:
    """Change columns of a link. Another password asks every guest again; an empty one asks nobody."""
    if password is not None:
        values["password"] = _hashed(password)
    if values:
        Share.objects.select_for_update().get(id=share.id)
        Share.objects.filter(id=share.id).update(**values)


def share_revoke(share: Share) -> None:
    """End a link for good, at once. What guests chose stays for the owner."""
    Share.objects.filter(id=share.id, revoked_at=None).update(revoked_at=Now())


@transaction.atomic
def share_delete(share: Share) -> None:
    """Delete a link with its guests and what they chose."""
    # A guest who is choosing right now waits here, and then finds the link gone.
    Share.objects.select_for_update().filter(id=share.id).first()
    Share.objects.filter(id=share.id).delete()


def _hashed(password: str) -> str:
    return make_password(password) if password else ""


@dataclass(frozen=True)
class TakenOver:
    """What became of the photos that guests chose."""

    reviewed: Reviewed
    taken_over: int
    """Photos that are kept now, and were not before."""
    already_kept: int
    rejected: int
    """Photos that the owner has rejected: these stay rejected."""


@transaction.atomic
def share_take_over(share: Share, *, by: AbstractBaseUser, guest_ids: Iterable[UUID] | None = None) -> TakenOver:
    """Keep the photos that guests of a link chose, or some of its guests, in one step that can be undone.

    Photos that the link no longer shows are kept, too: a guest chose them when it did. Those that the owner has
    rejected stay rejected.
    """
    album = album_lock(share.album)
    choices = GuestChoice.objects.filter(guest__share=share)
    if guest_ids is not None:
        choices = choices.filter(guest__in=list(guest_ids))
    chosen = Photo.objects.filter(album=album, id__in=choices.values("photo"))
    decisions = dict(chosen.values_list("id", "decision"))
    wanted = [photo_id for photo_id, decision in decisions.items() if decision == Photo.Decision.AUTO]
    state = ReviewState(decisions=dict.fromkeys(wanted, Photo.Decision.KEEP.value))
    reviewed = change_make(album, state, AlbumChange.Kind.TAKE_OVER, by=by)
    values = list(decisions.values())
    return TakenOver(reviewed, len(wanted), values.count(Photo.Decision.KEEP), values.count(Photo.Decision.REJECT))
