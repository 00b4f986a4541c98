"""Writes to books and contact sheets, which are exports."""

from __future__ import annotations

from django.db import transaction

from albums.exceptions import NothingPicked, StillWorking, TooManyToPrint
from albums.exports.plan import is_still_working
from albums.models import Album, Export
from albums.prints.plan import MOST_PHOTOS, PrintOptions, photos_to_print, print_plan
from albums.quotas import Quota
from albums.services.dispatch import dispatch_after_commit
from albums.services.quotas import quota_room

# No pairs of photo and name. A worker of the version before, which takes every export for a zip, fails on them and
# leaves the row to the next attempt. With no entries at all it would make an empty file, and call it ready.
_NO_ZIP = ["pdf"]


@transaction.atomic
def print_create(album: Album, options: PrintOptions) -> Export:
    """Request a book or a contact sheet of the photos as they are now. Later decisions do not change it.

    Raises:
        QuotaExceeded: as for a zip: these count as zips.
        StillWorking: while photos are being analyzed or grouped.
        NothingPicked: when it would be empty.
        TooManyToPrint: when it would have more photos than it may.

    """
    room = quota_room(album.owner_id, Quota.JOBS, Quota.EXPORTS, Quota.EXPORT_BYTES)
    room.require(jobs=1, exports=1)
    album = Album.objects.select_for_update().get(id=album.id)
    if is_still_working(album):
        raise StillWorking
    # Before the pages: those of a whole large album take seconds, and others wait for the album.
    _require_few(str(options.kind), photos_to_print(album, options).count())
    plan = print_plan(album, options)
    if not plan.photos:
        raise NothingPicked
    room.require(export_bytes=plan.byte_size)
    export = Export.objects.create(
        album=album,
        kind=plan.kind,
        selection=options.selection,
        min_stars=options.min_stars,
        print_plan=plan.stored(),
        entries=_NO_ZIP,
        file_name=plan.file_name,
        photo_count=len(plan.pictures),
        byte_size=plan.byte_size,  # as expected; the real size follows
    )
    dispatch_after_commit([album.owner_id])
    return export


def _require_few(kind: str, count: int) -> None:
    limit = MOST_PHOTOS[kind]
    if count > limit:
        thing = "book" if kind == Export.Kind.BOOK else "contact sheet"
        error = TooManyToPrint(f"A {thing} has at most {limit} photos, and these are {count}. Pick fewer.")
        error.extra = {"limit": limit}
        raise error
