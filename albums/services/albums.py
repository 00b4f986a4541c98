"""Creates, renames and deletes albums, and locks them for other writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum
from django.db.models.functions import Now

from albums import jobs, storage
from albums.models import Album, ObjectDeletion, Photo, Share
from albums.services.claims import released
from albums.services.dispatch import dispatch_after_commit
from albums.services.personal_ranker import personal_ranker_mark_changed
from albums.services.quotas import quota_take

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# How long an upload may take that began while its link was valid.
_LONGEST_UPLOAD = timedelta(days=1)


@transaction.atomic
def album_create(*, owner: AbstractBaseUser, name: str, similarity: float = 0.5) -> Album:
    """Create an empty album.

    Raises:
        QuotaExceeded: when the account already has as many albums as it may have.

    """
    quota_take(owner.pk, albums=1)
    return Album.objects.create(owner=owner, name=name, similarity=similarity)  # type: ignore[misc]


def album_rename(album: Album, *, name: str) -> None:
    """Give the album another name."""
    Album.objects.filter(id=album.id).update(name=name, updated_at=Now())


@transaction.atomic
def album_delete(album: Album) -> None:
    """Delete the album, its photos and exports. Their objects are deleted after commit, or once storage is back."""
    albums_lock([album.id])
    # A worker that is about to write to one of these photos waits here, and then finds the photo gone.
    list(Photo.objects.select_for_update().filter(album=album).order_by("id").values_list("pk"))
    # So does a guest who is choosing.
    list(Share.objects.select_for_update().filter(album=album).order_by("id").values_list("pk"))
    returning = Photo.objects.filter(photos_that_may_return(), album=album).aggregate(size=Sum("byte_size"))["size"]
    objects_forget({storage.album_prefix(album.id): returning or 0}, owner_id=album.owner_id)
    album.delete()
    personal_ranker_mark_changed(album.owner_id, decided=False)
    dispatch_after_commit([album.owner_id])


def albums_lock(album_ids: Iterable[UUID]) -> list[UUID]:
    """Lock these albums until the end of the open transaction; returns the ids of those that still exist.

    Every transaction locks or writes an album's row before the rows of its photos, so no two transactions wait for each
    other. The account's row comes before both (see `quota_room`).
    """
    albums = Album.objects.select_for_update().filter(id__in=list(album_ids))
    return list(albums.order_by("id").values_list("id", flat=True))


def albums_mark_stale(album_ids: list[UUID]) -> None:
    """Mark the groups of these albums as out of date, because photos change. A running grouping loses its claim.

    Call it before writing the photos' rows, to keep the order of locks. No grouping can start in between: either this
    locks the album's row, or the album was stale already and its unfinished photos keep it stale.
    """
    outdated = Album.objects.filter(id__in=album_ids).exclude(grouping=Album.Grouping.STALE)
    if len(album_ids) > 1:
        list(outdated.select_for_update().order_by("id").values_list("pk"))
    outdated.update(grouping=Album.Grouping.STALE, grouping_error="", attempts=0, enqueued_at=None, **released())


def photos_that_may_return() -> Q:
    """The condition of photos with a presigned upload that may still be valid. Frames of videos never had one."""
    latest = Now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS)
    return Q(state=Photo.State.PENDING) | Q(created_at__gt=latest, frame_seconds=None)


def objects_forget(prefixes: Mapping[str, int], *, owner_id: Any = None, are_empty: bool = False) -> None:
    """Delete every object under the prefixes after commit, and again as long as an upload may bring one back.

    Args:
        prefixes: how many bytes presigned uploads may still bring back under each prefix.
        owner_id: the account whose quotas count these bytes until the presigned uploads have expired.
        are_empty: nothing is there now. Only an upload can bring something back.

    """
    final_after = Now() + timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS) + _LONGEST_UPLOAD
    # One message for all that waits, however many requests it comes from. More would keep workers from other work.
    is_on_its_way = ObjectDeletion.objects.filter(attempted_at=None).exists()
    rows = [
        ObjectDeletion(
            prefix=prefix,
            final_after=final_after,
            owner_id=owner_id,
            returning_bytes=size,
            attempted_at=Now() if are_empty else None,
        )
        for prefix, size in prefixes.items()
    ]
    ObjectDeletion.objects.bulk_create(rows, batch_size=500)
    if rows and not are_empty and not is_on_its_way:
        jobs.delete_objects()
