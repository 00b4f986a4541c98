"""Books and contact sheets: lay out the pages, make each picture from its original, and write one PDF into storage."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from albums import storage
from albums.models import Export, Photo
from albums.prints import Picture
from albums.prints.plan import PrintPlan
from albums.services.claims import Claim
from albums.services.exports import export_heartbeat
from albums.storage import ObjectMissing
from worker import runtime
from worker.analysis.interface import DecodeError
from worker.prints import MadePicture, write_pdf
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow
from worker.stages.export_zip import OriginalMissing
from worker.stages.heartbeats import heartbeats
from worker.stages.originals import OriginalCorrupted, read_original

logger = logging.getLogger(__name__)

_MOST_PASSES = 4
_COLUMNS = ("id", "album_id", "name", "byte_size", "sha256", "thumbnail_width", "thumbnail_height")


class NothingToPrint(Exception):
    """No photo of the book can be read any more."""


@dataclass(frozen=True)
class WrittenPrint:
    """The size of the PDF in bytes, its pictures, and what there is to say of it: see `Export.print_notes`."""

    size: int
    count: int
    notes: dict[str, Any]


def write_print(export: Export, claim: Claim) -> WrittenPrint:
    """Write the PDF of a book or a contact sheet. Photos that were deleted or cannot be read are left out.

    A photo that cannot be read is known only when its turn comes, on pages that are laid out with it. So the PDF is
    then written once more without it, because a book with a hole is no book. Nothing appears in storage before that.

    Raises:
        OriginalMissing, OriginalCorrupted: storage does not have the uploaded bytes of a photo.
        NothingToPrint: no photo is left.
        ClaimLost, StorageError, SandboxUnavailable: as for a zip.
    """
    plan = PrintPlan.restored(export.print_plan or {})
    photos = Photo.objects.filter(album_id=export.album_id).only(*_COLUMNS)
    by_id = {str(photo.id): photo for photo in photos.iterator()}
    deleted = {photo.id for photo in plan.photos} - set(by_id)
    pictures = _Pictures(export, claim, by_id)
    for _ in range(_MOST_PASSES):
        printed = plan.without({*deleted, *pictures.unreadable})
        if not printed.photos:
            break
        written = _written(export, printed, pictures)
        if written is not None:
            return written
    raise NothingToPrint(f"No photo of export {export.id} can be printed.")


def _written(export: Export, plan: PrintPlan, pictures: _Pictures) -> WrittenPrint | None:
    """Write all pages. None, and no PDF, if photos turned out to be unreadable."""
    key = storage.export_key(export.album_id, export.id)
    known = len(pictures.unreadable)
    pictures.count = 0
    try:
        with storage.get_storage().open_writer(key, export.content_type, expected_size=plan.byte_size) as writer:
            make = pictures.thumbnail if plan.kind == Export.Kind.CONTACT_SHEET else pictures.printed
            written = write_pdf(plan.pages, writer, title=plan.title, made_at=export.created_at, picture=make)
            pictures.require_no_more_than(known)
    except _Unreadable:
        return None
    notes = {
        "left_out": sorted(pictures.unreadable.values()),
        # The note knows photos by their names. Of several with one name, it has the worst.
        "soft": {soft.name: soft.dpi for soft in sorted(plan.soft, key=lambda soft: -soft.dpi)},
        "missing_characters": written.missing_characters,
    }
    return WrittenPrint(written.size, pictures.count, notes)


class _Unreadable(Exception):
    """The PDF lacks photos and is not kept."""


class _Pictures:
    """Makes the pictures of one export, and counts them."""

    def __init__(self, export: Export, claim: Claim, by_id: dict[str, Photo]) -> None:
        self._photos = by_id
        self.count = 0
        self.unreadable: dict[str, str] = {}
        """The names of photos that cannot be read, by id."""
        beat = heartbeats(lambda count: export_heartbeat(export.id, claim, photos_written=count))
        self._heartbeat: Callable[[], None] = lambda: beat(self.count)

    def thumbnail(self, picture: Picture) -> MadePicture | None:
        """The stored thumbnail as it is: a contact sheet needs no more."""
        photo = self._next(picture)
        try:
            jpeg = storage.get_storage().read_bytes(storage.thumbnail_key(photo.album_id, photo.id))
        except ObjectMissing:
            self._without(photo, "its thumbnail is missing")
            return None
        return MadePicture(jpeg, photo.thumbnail_width or 1, photo.thumbnail_height or 1)

    def printed(self, picture: Picture) -> MadePicture | None:
        """A picture made from the original in the sandbox."""
        photo = self._next(picture)
        if str(photo.id) in self.unreadable:
            return None
        try:
            original = read_original(photo, most=photo.byte_size)
        except ObjectMissing as error:
            raise OriginalMissing(photo.id, "is missing") from error
        if not original.is_of(photo):
            raise OriginalCorrupted(photo.id)
        width, height = picture.pixels
        try:
            made = runtime.sandbox().print_picture(
                original.data, limits=runtime.photo_limits(), width=width, height=height, while_waiting=self._heartbeat
            )
        except DecodeError as error:
            self._without(photo, error.code)
            return None
        except (ExaminationCrashed, ExaminationTooSlow) as error:
            self._without(photo, str(error))
            return None
        return MadePicture(*made)

    def require_no_more_than(self, known: int) -> None:
        """Raise _Unreadable if more photos than these turned out to be unreadable."""
        if len(self.unreadable) > known:
            raise _Unreadable

    def _next(self, picture: Picture) -> Photo:
        self._heartbeat()
        self.count += 1
        return self._photos[picture.photo.id]

    def _without(self, photo: Photo, reason: str) -> None:
        logger.warning("Photo %s cannot be printed: %s", photo.id, reason)
        self.unreadable[str(photo.id)] = photo.name
