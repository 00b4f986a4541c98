"""What guests do at a link: open it, say their name, choose photos, say that they are done. And how they are forgotten.

Rows are locked in the order photo, share, guest, as the deletion of an album does (album, photos, shares). The share's
row keeps the requests of its guests apart, so that no guest has more than may be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now

from albums.exceptions import EnoughChosen, NotFound, ShareForbids, ShareGone, TooManyGuests
from albums.models import Guest, GuestChoice, Photo, Share
from albums.shared import is_shown_by

GUESTS_OF_SHARE: Final = 500
CHOICES_OF_GUEST: Final = 2_000
CHOICES_OF_SHARE: Final = 50_000


def share_note_visit(share: Share) -> None:
    """Count a visit."""
    Share.objects.filter(id=share.id).update(visit_count=F("visit_count") + 1, last_visited_at=Now())


def share_note_download(share: Share) -> None:
    """Count a file that a guest saves."""
    Share.objects.filter(id=share.id).update(download_count=F("download_count") + 1)


@transaction.atomic
def guest_choose(share: Share, guest_id: UUID, photo_id: UUID) -> Guest:
    """Give a photo a heart, or choose it, for this guest. Doing it again changes nothing.

    A guest who chooses something is no longer done.

    Raises:
        NotFound: when the link does not show the photo.
        ShareForbids: when the link is not for choosing.
        EnoughChosen: when the guest has as many as wanted.
        TooManyGuests: when too many others have chosen before, or too much.
        ShareGone: when the link was revoked a moment ago.

    """
    photo = Photo.objects.select_for_update(no_key=True).filter(
        is_shown_by(share), id=photo_id, album_id=share.album_id
    )
    if photo.only("id").first() is None:
        raise NotFound
    share = _locked(share)
    _check_choosing(share)
    guest = _guest(share, guest_id)
    choices = GuestChoice.objects.filter(guest=guest)
    if not choices.filter(photo=photo_id).exists():
        _check_room(share, chosen=choices.count())
        GuestChoice.objects.create(guest=guest, photo_id=photo_id)
        _not_finished(guest)
    return guest


@transaction.atomic
def guest_take_back(share: Share, guest_id: UUID, photo_id: UUID) -> None:
    """Take back the guest's own heart or choice, if there is one. A photo that is no longer shown is taken back, too.

    Raises:
        NotFound: when the album has no such photo.
        ShareForbids: when the link is not for choosing.
        ShareGone: when the link was revoked a moment ago.

    """
    share = _locked(share)
    _check_choosing(share)
    if not Photo.objects.filter(id=photo_id, album_id=share.album_id).exists():
        raise NotFound
    guest = Guest.objects.filter(share=share, id=guest_id).first()
    if guest and GuestChoice.objects.filter(guest=guest, photo=photo_id).delete()[0]:
        _not_finished(guest)


@transaction.atomic
def guest_rename(share: Share, guest_id: UUID, *, name: str) -> Guest:
    """Say what the guest calls themselves. Raises as `guest_choose` does."""
    share = _locked(share)
    _check_choosing(share)
    guest = _guest(share, guest_id)
    guest.name = name
    guest.save(update_fields=["name"])
    return guest


@transaction.atomic
def guest_finish(share: Share, guest_id: UUID) -> Guest:
    """Note that the guest is done. Raises as `guest_choose` does."""
    share = _locked(share)
    _check_choosing(share)
    guest = _guest(share, guest_id)
    Guest.objects.filter(id=guest.id, finished_at=None).update(finished_at=Now())
    return guest


@transaction.atomic
def guests_delete(share: Share, guest_ids: Iterable[UUID]) -> int:
    """Forget guests of the link with what they chose. They may choose again as long as they have the link."""
    Share.objects.select_for_update().filter(id=share.id).first()
    guests = Guest.objects.filter(share=share, id__in=list(guest_ids))
    count = guests.count()
    guests.delete()
    return count


def _locked(share: Share) -> Share:
    """Lock the share's row for this transaction. Deleting or revoking it waits."""
    found = Share.objects.select_for_update().filter(id=share.id).first()
    if found is None or not found.is_open:
        raise ShareGone
    return found


def _check_choosing(share: Share) -> None:
    if not share.can_choose:
        raise ShareForbids


def _check_room(share: Share, *, chosen: int) -> None:
    """Check that a guest who chose this number of photos may choose one more."""
    limit = min(share.choice_limit or CHOICES_OF_GUEST, CHOICES_OF_GUEST)
    if chosen >= limit:
        raise EnoughChosen(limit)
    if GuestChoice.objects.filter(guest__share=share).count() >= CHOICES_OF_SHARE:
        raise TooManyGuests


def _guest(share: Share, guest_id: UUID) -> Guest:
    """The guest's row, made when they do something for the first time. Of too many, one who chose nothing goes."""
    guests = Guest.objects.filter(share=share)
    guest = guests.filter(id=guest_id).first()
    if guest is None:
        if guests.count() >= GUESTS_OF_SHARE:
            has_chosen = Exists(GuestChoice.objects.filter(guest=OuterRef("pk")))
            idle = guests.filter(~has_chosen).order_by("created_at", "id").first()
            if idle is None:
                raise TooManyGuests
            idle.delete()
        guest = guests.create(share=share, id=guest_id)
    return guest


def _not_finished(guest: Guest) -> None:
    Guest.objects.filter(id=guest.id).exclude(finished_at=None).update(finished_at=None)
