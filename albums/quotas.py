"""Per-account quotas and current usage, always counted from the rows.

A limit of 0 means no limit. `albums.services.quotas` enforces the quotas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import Now

from albums.exceptions import AlbumsError
from albums.models import Album, Export, ObjectDeletion, Photo
from albums.state_counts import count_by_state

_MEGABYTE = 10**6
# These states build or keep a zip. Failed and expired exports keep nothing.
_HELD = (Export.State.QUEUED, Export.State.BUILDING, Export.State.READY)
_IN_THE_MAKING = (Export.State.QUEUED, Export.State.BUILDING)


class Quota(StrEnum):
    """What is limited: bytes and number of originals, including announced ones; albums; zips; zips in progress.

    All zips of an account together may be as large as its originals may be: QUOTA_BYTES.
    """

    BYTES = "bytes"
    PHOTOS = "photos"
    ALBUMS = "albums"
    EXPORTS = "exports"
    EXPORT_BYTES = "export_bytes"
    JOBS = "jobs"


class QuotaExceeded(AlbumsError):
    """The account has reached a limit. `extra` has the quota, its limit and the current use."""

    code = "quota_exceeded"
    status = 403

    def __init__(self, quota: Quota, *, limit: int, used: int) -> None:
        self.quota, self.limit, self.used = quota, limit, used
        super().__init__(_SENTENCES[quota].format(limit=_shown(quota, limit), used=_shown(quota, used)))
        self.extra = {"quota": quota.value, "limit": limit, "used": used}


_SENTENCES = {
    Quota.BYTES: "This account may store {limit} and stores {used}. Delete some photos, or ask the operator for more.",
    Quota.PHOTOS: "This account may have {limit} photos and has {used}. Delete some, or ask the operator for more.",
    Quota.ALBUMS: "This account may have {limit} albums and has {used}. Delete one, or ask the operator for more.",
    Quota.EXPORTS: "This account may keep {limit} zips and keeps {used}. Delete one, or wait until one expires.",
    Quota.EXPORT_BYTES: (
        "All zips of this account may take {limit}, and with this one they would take more: they take {used}. "
        "Delete one, or make a smaller one."
    ),
    Quota.JOBS: "This account may make {limit} zips at once and is making {used}. Wait until one is ready.",
}


def _shown(quota: Quota, number: int) -> str:
    return f"{number / _MEGABYTE:,.1f} MB" if quota in {Quota.BYTES, Quota.EXPORT_BYTES} else f"{number:,}"


_lifted: ContextVar[bool] = ContextVar("quotas_lifted", default=False)


@contextmanager
def without_limits() -> Iterator[None]:
    """Lift all limits inside the block, because the operator may exceed them at the console, for any account."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


def limits() -> Mapping[Quota, int]:
    """The limits that are set. All other quotas are unlimited."""
    if _lifted.get():
        return {}
    configured: dict[Quota, int] = {
        Quota.BYTES: settings.QUOTA_BYTES,
        Quota.PHOTOS: settings.QUOTA_PHOTOS,
        Quota.ALBUMS: settings.QUOTA_ALBUMS,
        Quota.EXPORTS: settings.QUOTA_EXPORTS,
        Quota.EXPORT_BYTES: settings.QUOTA_BYTES,
        Quota.JOBS: settings.QUOTA_JOBS,
    }
    return {quota: limit for quota, limit in configured.items() if limit}


def album_limit() -> int | None:
    """How many photos one album may have; None without a limit.

    The pages read an album as a whole, and every step of the review, grouping and zip takes time by its size.
    """
    return None if _lifted.get() else settings.ALBUM_PHOTOS or None


def usage(owner_id: Any, *quotas: Quota) -> dict[Quota, int]:
    """What the account uses of each of these quotas, or of all, with one query for each table."""
    wanted = set(quotas or Quota)
    used: dict[Quota, int] = {}
    if wanted & {Quota.BYTES, Quota.PHOTOS}:
        photos = count_by_state(Photo.objects.filter(album__owner_id=owner_id))
        # An upload link that is still valid may bring the bytes of a deleted photo back. Until a day later, each costs
        # the storage requests. So they count as photos once they are more than photos may be: nobody can announce and
        # delete without end.
        valid = Q(requested_at__gt=Now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS))
        deleted = ObjectDeletion.objects.filter(owner_id=owner_id, returning_bytes__gt=0).aggregate(
            number=Count("*"), size=Sum("returning_bytes", filter=valid)
        )
        used |= {
            Quota.BYTES: sum(count.bytes for count in photos) + (deleted["size"] or 0),
            Quota.PHOTOS: sum(count.photos for count in photos) + max(0, deleted["number"] - settings.QUOTA_PHOTOS),
        }
    if Quota.ALBUMS in wanted:
        used[Quota.ALBUMS] = Album.objects.filter(owner_id=owner_id).count()
    if wanted & {Quota.EXPORTS, Quota.EXPORT_BYTES, Quota.JOBS}:
        exports = Export.objects.filter(album__owner_id=owner_id, state__in=_HELD).order_by()
        by_state = list(exports.values_list("state").annotate(Count("pk"), Sum("byte_size")))
        used[Quota.EXPORTS] = sum(number for _, number, _ in by_state)
        used[Quota.EXPORT_BYTES] = sum(size for _, _, size in by_state)
        used[Quota.JOBS] = sum(number for state, number, _ in by_state if state in _IN_THE_MAKING)
    return {quota: used[quota] for quota in Quota if quota in wanted}
