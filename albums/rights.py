"""Whose albums a person may edit: their own, and those that they are a member of. What only owners may do is in
decision 0067.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from albums.models import Album, Membership


def may_edit(person_id: Any, album: Album) -> bool:
    """Whether the person may edit the album. Its owner may without a question to the database."""
    # An operator who deactivates an account closes its albums to others, as its links.
    return album.owner_id == person_id or (
        _memberships_of(person_id).filter(album=album, album__owner__is_active=True).exists()
    )


def ids_of_albums_open_to(person_id: Any) -> QuerySet[Any, UUID]:
    """All albums that the person may edit, by two indexes, and those of deactivated accounts."""
    own = Album.objects.filter(owner_id=person_id).order_by().values_list("id", flat=True)
    others = _memberships_of(person_id).order_by().values_list("album_id", flat=True)
    return own.union(others, all=True)


def _memberships_of(person_id: Any) -> QuerySet[Membership]:
    # Without an account, as in an anonymous request, the id is None. That is also the person of those who left.
    return Membership.objects.filter(person_id=person_id, person__isnull=False)
