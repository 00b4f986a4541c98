"""Writes to albums as a person makes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from albums import jobs, storage
from albums.models import Album, ObjectDeletion, Photo
from albums.services.claims import released
from albums.services.dispatch import dispatch_after_commit
from albums.services.personal_ranker import personal_ranker_mark_changed
from albums.services.quotas import quota_take

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


def album_rename(album: Album, *, name: str) -> None:
    """Give the album another name."""
    Album.objects.filter(id=album.id).update(name=name, updated_at=Now())


@transaction.atomic
def album_delete(album: Album) -> None:
    """Delete the album, its photos and exports; their objects follow, at once or when storage is back."""
    albums_lock([album.id])
    # A worker that is about to write what belongs to one of them waits, and then finds it gone.
    list(Photo.objects.select_for_update().filter(album=album).order_by("id").values_list("pk"))
    objects_forget([storage.album_prefix(album.id)])
    album.delete()
    personal_ranker_mark_changed(album.owner_id, decided=False)
    dispatch_after_commit([album.owner_id])


def albums_lock(album_ids: Iterable[UUID]) -> list[UUID]:
    """Lock these albums until the end of the open transaction; returns the ids of those that still exist.

    An album's row is locked, or written, before any row of its photos, everywhere: so no two transactions wait for each
    other. The account's row comes before both (see `quota_room`).
    """
    albums = Album.objects.select_for_update().filter(id__in=list(album_ids))
    return list(albums.order_by("id").values_list("id", flat=True))


def albums_mark_stale(album_ids: list[UUID]) -> None:
    """Mark the groups of these albums as out of date, because photos change. A grouping in progress loses its claim.

    Called before the photos' rows are written, for the order of locks. No grouping can begin in between: either the
    album's row is held from here on, or it was stale already, and what is unfinished keeps it so.
    """
    outdated = Album.objects.filter(id__in=album_ids).exclude(grouping=Album.Grouping.STALE)
    if len(album_ids) > 1:
        list(outdated.select_for_update().order_by("id").values_list("pk"))
    outdated.update(grouping=Album.Grouping.STALE, grouping_error="", attempts=0, enqueued_at=None, **released())


def objects_forget(prefixes: Iterable[str]) -> None:
    """Delete every object under the prefixes after commit, and again when the last presigned upload has expired."""
    final_after = Now() + timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS + 600)
    rows = [ObjectDeletion(prefix=prefix, final_after=final_after) for prefix in prefixes]
    ObjectDeletion.objects.bulk_create(rows, batch_size=500)
    # One message for all of them: one message each would delay other people's groups and exports in the same queue.
    if rows:
        jobs.delete_objects()
