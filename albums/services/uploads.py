"""Writes of the upload: a presigned upload before the bytes are sent, a completion after they have arrived."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from albums import storage
from albums.capture_order import order_key_of
from albums.exceptions import AlbumFull, AlbumsError, EmptyFile, InvalidFile, NotFound, TooManyBytes
from albums.filenames import visible
from albums.ids import time_ordered_id
from albums.models import Album, Photo
from albums.quotas import Quota, album_limit
from albums.services.albums import albums_lock, albums_mark_stale, objects_forget
from albums.services.clusters import album_group_if_ready
from albums.services.dispatch import dispatch_after_commit
from albums.services.multipart import IN_PARTS_ABOVE, multipart_uploads_complete
from albums.services.quotas import quota_room
from albums.services.sidecars import albums_with_waiting_sidecars
from albums.services.storage_probe import storage_takes_checksum

_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTENT_TYPE = re.compile(r"[\w.+-]{1,30}/[\w.+-]{1,60}")
_NAME_LENGTH = 255
FOLDER_LENGTH = 1024
DISMISSED_AT_ONCE = 500
# Failures that uploading the same bytes again can fix.
RESENDABLE = ("object_missing", "checksum_mismatch")


@dataclass(frozen=True)
class UploadRequest:
    """A file to upload: its name, size in bytes, SHA-256 in hexadecimal, and type according to the client.

    `folder` is where it was in what is uploaded, such as `Iceland/day 1`.
    `modified_offset_minutes` is how far the client's clock was ahead of UTC when the file was modified.
    """

    name: str
    size: int
    sha256: str
    content_type: str = "application/octet-stream"
    modified: datetime | None = None
    folder: str = ""
    modified_offset_minutes: int | None = None


@dataclass(frozen=True)
class UploadResult:
    """The answer for one file: a presigned upload, the photo that already has these bytes, or why it is refused."""

    photo: Photo | None
    upload: storage.PresignedUpload | None = None
    error: AlbumsError | None = None

    @property
    def in_parts(self) -> bool:
        """True for a file that had better be sent in parts."""
        return self.upload is not None and self.photo is not None and self.photo.byte_size > IN_PARTS_ABOVE


@dataclass(frozen=True)
class UploadCompletion:
    """Which announced photos have arrived, and so will be analyzed or fail, and which must be sent (again)."""

    uploaded: list[UUID]
    missing: list[UUID]


def uploads_create(album: Album, files: Sequence[UploadRequest]) -> list[UploadResult]:
    """Return a result for each file, in the same order. The same content twice in an album is one photo.

    Files for which the account or the album has no room are refused one by one; the others go ahead.

    Raises:
        QuotaExceeded: when the account has room for none of them.
        AlbumFull: when the album has room for none of them.

    """
    errors = [_reason_to_refuse(file) for file in files]
    wanted = {file.sha256: file for file, error in zip(files, errors, strict=True) if error is None}
    _delete_other_bytes(album, wanted)
    photos, refusals = _photos_with_content(album, wanted)
    if refusals and not photos:
        raise next(iter(refusals.values()))
    with_checksum = storage_takes_checksum()
    return [
        UploadResult(None, error=refused)
        if (refused := error or refusals.get(file.sha256))
        else _result(album, photos[file.sha256], file, with_checksum=with_checksum)
        for file, error in zip(files, errors, strict=True)
    ]


def _delete_other_bytes(album: Album, wanted: Iterable[str]) -> None:
    """Delete the objects that turned out not to be the announced files. Else they would count as arrived again."""
    refused = Photo.objects.filter(
        album=album, sha256__in=list(wanted), state=Photo.State.FAILED, error_code="checksum_mismatch"
    )
    if ids := list(refused.values_list("id", flat=True)):
        storage.get_storage().delete(storage.original_key(album.id, photo_id) for photo_id in ids)


@transaction.atomic
def _photos_with_content(
    album: Album, wanted: dict[str, UploadRequest]
) -> tuple[dict[str, Photo], dict[str, AlbumsError]]:
    """Find or create the photos with these contents. Also return why some were refused."""
    room = quota_room(album.owner_id, Quota.BYTES, Quota.PHOTOS)
    if not albums_lock([album.id]):
        raise NotFound("This album no longer exists.")
    existing = _by_content(album, wanted)
    refusals: dict[str, AlbumsError] = {}
    fitting: list[UploadRequest] = []
    most = album_limit()
    left = len(wanted) if most is None else most - Photo.objects.filter(album=album).count()
    for file in wanted.values():
        if file.sha256 in existing:
            continue
        if len(fitting) >= left:
            refusals[file.sha256] = AlbumFull(f"An album may have {most:,} photos. Put the others into another album.")
        elif refusal := room.take(photos=1, bytes=file.size):
            refusals[file.sha256] = refusal
        else:
            fitting.append(file)
    # The album is locked, so nobody else announces one of these files meanwhile.
    announced = Photo.objects.bulk_create(
        Photo(
            id=time_ordered_id(),
            album=album,
            name=(name := clean_name(file.name)),
            folder=clean_folder(file.folder),
            byte_size=file.size,
            sha256=file.sha256,
            modified_at=file.modified,
            modified_offset_minutes=file.modified_offset_minutes,
            order_key=order_key_of(name, file.sha256),
        )
        for file in fitting
    )
    resent = [photo.id for photo in existing.values() if photo.error_code in RESENDABLE]
    if resent:
        Photo.objects.filter(id__in=resent, state=Photo.State.FAILED).update(
            state=Photo.State.PENDING, error_code="", error_message="", attempts=0
        )
        existing = _by_content(album, existing)
    return existing | {photo.sha256: photo for photo in announced}, refusals


def _by_content(album: Album, wanted: Iterable[str]) -> dict[str, Photo]:
    return {photo.sha256: photo for photo in Photo.objects.filter(album=album, sha256__in=list(wanted))}


def _result(album: Album, photo: Photo, file: UploadRequest, *, with_checksum: bool) -> UploadResult:
    if photo.state != Photo.State.PENDING:
        return UploadResult(photo)
    presigned = storage.get_storage().presigned_upload(
        storage.original_key(album.id, photo.id),
        size=photo.byte_size,
        content_type=file.content_type if _CONTENT_TYPE.fullmatch(file.content_type) else "application/octet-stream",
        sha256=photo.sha256 if with_checksum else None,
        expires_in=settings.PRESIGNED_UPLOAD_SECONDS,
    )
    return UploadResult(photo, presigned)


def uploads_complete(album: Album, photo_ids: Iterable[UUID]) -> UploadCompletion:
    """Record which photos' bytes are in storage, and start their analysis. Calling twice is harmless.

    The answer names the photos in the order of `photo_ids`.

    Raises:
        StorageError: when the storage does not answer for all of them. The photos it answered for are recorded
            anyway and not checked again. Otherwise a storage that fails now and then would keep a large upload from
            completing.

    """
    ids = list(dict.fromkeys(photo_ids))
    rows = Photo.objects.filter(album=album, id__in=ids).only("id", "state", "byte_size")
    found = {photo.id: photo for photo in rows}
    photos = [found[photo_id] for photo_id in ids if photo_id in found]
    pending = {
        storage.original_key(album.id, photo.id): photo for photo in photos if photo.state == Photo.State.PENDING
    }
    try:
        sizes = storage.get_storage().sizes(list(pending))
    except storage.SomeSizesUnknown as error:
        photos_mark_uploaded(album, _arrived(pending, error.known))
        raise
    arrived = _arrived(pending, sizes)
    photos_mark_uploaded(album, arrived)
    for photo_id in multipart_uploads_complete(photo for photo in pending.values() if photo.id not in arrived):
        photos_mark_uploaded(album, {photo_id})
        arrived.add(photo_id)
    missing = [photo.id for photo in pending.values() if photo.id not in arrived]
    return UploadCompletion([photo.id for photo in photos if photo.id not in set(missing)], missing)


def _arrived(pending: Mapping[str, Photo], sizes: Mapping[str, int | None]) -> set[UUID]:
    return {pending[key].id for key, size in sizes.items() if size == pending[key].byte_size}


@transaction.atomic
def photos_mark_uploaded(album: Album, photo_ids: set[UUID]) -> None:
    if not photo_ids:
        return
    albums_mark_stale([album.id])
    Photo.objects.filter(id__in=photo_ids, state=Photo.State.PENDING).update(
        state=Photo.State.UPLOADED, enqueued_at=None
    )
    dispatch_after_commit([album.owner_id])


def uploads_dismiss(album: Album, photo_ids: Iterable[UUID] | None = None) -> UploadCompletion:
    """Forget photos that were announced and never arrived: these, or all of the album's.

    If the bytes did arrive but the upload ended before the client could report it, the photo is recorded as uploaded
    instead. A call handles at most DISMISSED_AT_ONCE photos, since it asks the storage about each.

    Returns:
        Which photos have arrived, and which are now forgotten.

    """
    pending = Photo.objects.filter(album=album, state=Photo.State.PENDING)
    if photo_ids is not None:
        pending = pending.filter(id__in=list(photo_ids))
    completion = uploads_complete(album, list(pending.order_by("id").values_list("id", flat=True)[:DISMISSED_AT_ONCE]))
    with transaction.atomic():
        waiting = albums_with_waiting_sidecars([album.id] if completion.missing else [])
        albums_mark_stale(waiting)
        # A photo that another page has completed meanwhile stays.
        missing = Photo.objects.select_for_update().filter(id__in=completion.missing, state=Photo.State.PENDING)
        sizes = dict(missing.values_list("id", "byte_size"))
        ids = list(sizes)
        if ids:
            returning = {storage.photo_prefix(album.id, photo_id): size for photo_id, size in sizes.items()}
            # The storage has just said that these are not there.
            objects_forget(returning, owner_id=album.owner_id, are_empty=True)
        Photo.objects.filter(id__in=ids).delete()
        for album_id in waiting:
            album_group_if_ready(album_id)
    return UploadCompletion(completion.uploaded, ids)


def _reason_to_refuse(file: UploadRequest) -> AlbumsError | None:
    if file.size == 0:
        return EmptyFile(f"{clean_name(file.name)} is empty. Choose another file.")
    most = max(settings.MAX_PHOTO_BYTES, settings.MAX_VIDEO_BYTES)  # what it is, its bytes will tell
    if file.size > most:
        limit = most / 1024**2
        return TooManyBytes(f"{clean_name(file.name)} is larger than {limit:.0f} MiB. Upload a smaller copy.")
    if file.size < 0 or not _SHA256.fullmatch(file.sha256):
        return InvalidFile("A file needs its size in bytes and its SHA-256 as 64 hexadecimal digits in lower case.")
    return None


def upload_refusal(name: str, size: int) -> AlbumsError | None:
    """Why a file of this size in bytes would be refused. For clients that ask before they read it."""
    return _reason_to_refuse(UploadRequest(name, size, "0" * 64))


def clean_name(name: str) -> str:
    """The last part of a path, without control characters, cut to 255 characters with its extension kept."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    shown = visible(unicodedata.normalize("NFC", last))
    if len(shown) > _NAME_LENGTH:
        stem, dot, ending = shown.rpartition(".")
        kept = dot + ending if stem and len(ending) <= 10 else ""
        shown = shown[: _NAME_LENGTH - len(kept)] + kept
    return shown or "photo"


def clean_folder(folder: str) -> str:
    """The folder as a path with forward slashes, without control characters and without steps such as `..`.

    It is composed (NFC) as names are, so that the same folder from macOS and from Windows is one. Of a path with more
    than 1,024 characters the innermost folders are kept, the last of them cut if need be.
    """
    parts = (visible(unicodedata.normalize("NFC", part)).strip() for part in re.split(r"[/\\]", folder))
    kept: list[str] = []
    room = FOLDER_LENGTH
    for part in reversed([part for part in parts if part not in {"", ".", ".."}]):
        if len(part) > room and kept:
            break
        kept.insert(0, part[:room])
        room -= len(part) + 1
    return "/".join(kept)
