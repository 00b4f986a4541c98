"""Writes to albums as a person makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from albums import jobs, storage
from albums.models import Album, ObjectDeletion
from albums.services.claims import released
from albums.services.feeding import feed_after_commit
from albums.services.quotas import quota_take
from albums.services.taste import taste_changed

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@transaction.atomic
def album_create(*, owner: AbstractBaseUser, name: str, similarity: float = 0.5) -> Album:
    """An empty album.

    Raises:
        QuotaExceeded: when the account has as many as it may have.

    """
    quota_take(owner.pk, albums=1)
    return Album.objects.create(owner=owner, name=name, similarity=similarity)  # type: ignore[misc]


def album_rename(album: Album, *, name: str) -> Album:
    """Give the album another name."""
    album.name = name
    album.save(update_fields=["name", "updated_at"])
    return album


@transaction.atomic
def album_delete(album: Album) -> None:
    """Delete the album, its photos and exports; their objects follow, at once or when storage is back."""
    objects_forget([storage.album_prefix(album.id)])
    album.delete()
    taste_changed(album.owner_id, decided=False)
    feed_after_commit([album.owner_id])


def albums_mark_stale(album_ids: list[UUID]) -> None:
    """The photos of these albums changed: the groups no longer fit, and a grouping in progress is void."""
    Album.objects.filter(id__in=album_ids).exclude(grouping=Album.Grouping.STALE).update(
        grouping=Album.Grouping.STALE, grouping_error="", attempts=0, enqueued_at=None, **released()
    )


def objects_forget(prefixes: Iterable[str]) -> None:
    """Have every object under the prefixes deleted after commit, and again when no upload ticket is valid any more."""
    now = timezone.now()
    final_after = now + timedelta(seconds=settings.UPLOAD_TICKET_SECONDS + 600)
    rows = [ObjectDeletion(prefix=prefix, requested_at=now, final_after=final_after) for prefix in prefixes]
    ObjectDeletion.objects.bulk_create(rows, batch_size=500)
    # One message for all of them: a message each would hold up other people's groups and zips in the same queue.
    if rows:
        jobs.delete_objects()
