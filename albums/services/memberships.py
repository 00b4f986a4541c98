"""Lets people edit an album of somebody else, and ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from albums.exceptions import NotFound, ShareForbids, ShareGone, TooManyMembers
from albums.models import Album, AlbumChange, Membership, Share
from albums.services.changes import album_lock
from albums.services.shares import share_revoke

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

MAX_MEMBERS = 50
"""Of one album. Everybody's page asks what the others changed."""


@transaction.atomic
def invitation_accept(share: Share, person: AbstractBaseUser) -> Album:
    """Let the person edit the album of a link that invites. Harmless for its owner, and for who edits it already.

    Raises:
        ShareGone: when the link was revoked meanwhile.
        ShareForbids: when the link invites nobody to edit.
        TooManyMembers: when the album has MAX_MEMBERS.

    """
    album = album_lock(share.album)
    locked = Share.objects.select_for_update().filter(id=share.id).first()
    if locked is None or not locked.is_open:
        raise ShareGone
    if locked.role != Share.Role.EDIT:
        raise ShareForbids
    members = Membership.objects.filter(album=album, person__isnull=False)
    if person.pk == album.owner_id or members.filter(person_id=person.pk).exists():
        return album
    if members.count() >= MAX_MEMBERS:
        message = f"At most {MAX_MEMBERS} people can edit an album with its owner. Ask the owner to remove somebody."
        raise TooManyMembers(message)
    Membership.objects.create(album=album, person_id=person.pk, share=locked)
    return album


@transaction.atomic
def member_remove(album: Album, membership_id: UUID, *, revokes_link: bool = False) -> None:
    """End the membership, at once. Decisions of the person stay, without a name, and nobody can undo them.

    `revokes_link` is for the owner: who is removed could come back by the link that invited them.

    Raises:
        NotFound: when nobody edits the album by this membership.

    """
    album = album_lock(album)
    membership = Membership.objects.filter(album=album, id=membership_id, person__isnull=False).first()
    if membership is None:
        raise NotFound
    AlbumChange.objects.filter(album=album, person_id=membership.person_id).update(person=None)
    Membership.objects.filter(id=membership.id).update(person=None)
    if revokes_link and membership.share is not None:
        share_revoke(membership.share)
