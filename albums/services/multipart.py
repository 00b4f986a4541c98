"""Uploads in parts: of large files, so that a lost connection costs one part, and where a proxy limits requests.

A part is no row: the storage says which have arrived. The upload itself is one, so that none is forgotten there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from albums import storage
from albums.models import MultipartUpload, Photo

_MIB = 1024**2
IN_PARTS_ABOVE = 64 * _MIB
"""Larger files, in bytes, had better be sent in parts."""

PART_SIZES = (32 * _MIB, 16 * _MIB, 8 * _MIB, 5 * _MIB)
"""The sizes of parts in bytes. S3 takes none below 5 MiB, except as the last part."""

_MOST_PARTS = 1_000  # OpenStack Swift's limit; Amazon's is 10,000
_PRESIGNED_AT_ONCE = 50
_ABORTED_AT_ONCE = 100
_LONGEST_COMPLETION = timedelta(minutes=10)


@dataclass(frozen=True)
class UploadPart:
    """A part of a file: its number from 1, and its place in the file and its size in bytes."""

    number: int
    start: int
    size: int


@dataclass(frozen=True)
class PresignedPart(UploadPart):
    """A part that has not arrived, and its presigned upload."""

    upload: storage.PresignedUpload


@dataclass(frozen=True)
class MissingParts:
    """The first parts that have not arrived, and how many bytes have. No parts: complete the upload."""

    parts: list[PresignedPart]
    arrived_bytes: int


def multipart_upload_continue(photo: Photo, *, most_bytes: int = PART_SIZES[0]) -> MissingParts:
    """Begin an upload in parts, or go on with one. Return presigned uploads for parts that have not arrived.

    `most_bytes` is what the way to the storage lets through. Where the parts are larger, the upload starts again.
    """
    if photo.state != Photo.State.PENDING:
        return MissingParts([], photo.byte_size)
    upload, missing = _resume(photo, most_bytes)
    multipart = storage.get_storage().multipart
    parts = [
        PresignedPart(
            part.number,
            part.start,
            part.size,
            multipart.presigned_part(
                upload.key,
                upload.upload_id,
                part.number,
                size=part.size,
                expires_in=settings.PRESIGNED_UPLOAD_SECONDS,
            ),
        )
        for part in missing[:_PRESIGNED_AT_ONCE]
    ]
    return MissingParts(parts, photo.byte_size - sum(part.size for part in missing))


def multipart_upload_send(photo: Photo, path: Path, *, most_bytes: int = PART_SIZES[0]) -> None:
    """Send the parts of a file that have not arrived. Completing the upload puts them together.

    Raises:
        OSError: when the file cannot be read, or is shorter than announced.
        BodyTooLarge: when `most_bytes` are too many for the way to the storage.

    """
    upload, missing = _resume(photo, most_bytes)
    multipart = storage.get_storage().multipart
    with path.open("rb", buffering=0) as source:
        for part in missing:
            source.seek(part.start)
            data = source.read(part.size)
            if len(data) != part.size:
                raise OSError("the file has become shorter")
            multipart.write_part(upload.key, upload.upload_id, part.number, data)


def _resume(photo: Photo, most_bytes: int) -> tuple[MultipartUpload, list[UploadPart]]:
    """The photo's upload, begun if need be, and the parts that have not arrived."""
    multipart = storage.get_storage().multipart
    part_bytes = _part_bytes(photo.byte_size, most_bytes)
    upload = MultipartUpload.objects.filter(photo_id=photo.id).order_by("id").last()
    if upload is not None and upload.part_bytes <= part_bytes:
        try:
            arrived = multipart.part_sizes(upload.key, upload.upload_id)
        except storage.MultipartUploadEnded:
            pass
        else:
            parts = parts_of(photo.byte_size, upload.part_bytes)
            return upload, [part for part in parts if arrived.get(part.number) != part.size]
    key = storage.original_key(photo.album_id, photo.id)
    begun = MultipartUpload.objects.create(
        photo_id=photo.id, key=key, upload_id=multipart.begin(key), part_bytes=part_bytes
    )
    return begun, list(parts_of(photo.byte_size, part_bytes))


def _part_bytes(size: int, most_bytes: int) -> int:
    """The largest of the sizes that is allowed. A huge file has larger parts, else there would be too many."""
    allowed = next((allowed for allowed in PART_SIZES if allowed <= most_bytes), PART_SIZES[-1])
    needed = -(-size // _MOST_PARTS)
    return max(allowed, -(-needed // _MIB) * _MIB)


def parts_of(size: int, part_bytes: int) -> Iterator[UploadPart]:
    """The parts of a file of this size. All have the same size, which Cloudflare R2 requires, except the last."""
    for number, start in enumerate(range(0, size, part_bytes), 1):
        yield UploadPart(number, start, min(part_bytes, size - start))


def multipart_uploads_complete(photos: Iterable[Photo]) -> Iterator[UUID]:
    """Put the files together whose parts have all arrived, and yield the photos.

    Raises:
        StorageError: when the storage does not do it.

    """
    sizes = {photo.id: photo.byte_size for photo in photos}
    latest = {upload.photo_id: upload for upload in MultipartUpload.objects.filter(photo_id__in=sizes).order_by("id")}
    for photo_id, upload in latest.items():
        if _complete(upload, sizes[photo_id]):
            yield photo_id


def _complete(upload: MultipartUpload, size: int) -> bool:
    store = storage.get_storage()
    expected = {part.number: part.size for part in parts_of(size, upload.part_bytes)}
    try:
        if not store.multipart.complete(upload.key, upload.upload_id, expected):
            return False
    except storage.MultipartUploadEnded:
        # Another request has just completed it, or an earlier one whose answer was lost.
        return store.size(upload.key) == size
    upload.delete()
    return True


def multipart_uploads_abandon() -> int:
    """Abort uploads whose photo does not wait for them: it has arrived, is deleted, or has a later upload.

    Returns:
        How many.

    Raises:
        StorageError: when the storage fails, or refuses some. The next sweep tries again.

    """
    store = storage.get_storage()
    aborted, refusals = 0, []
    for upload in _abandoned()[:_ABORTED_AT_ONCE]:
        try:
            store.multipart.abort(upload.key, upload.upload_id)
        except storage.StorageRefused as error:
            refusals.append(error)  # the others must not wait for it
        else:
            upload.delete()
            aborted += 1
    if refusals:
        raise refusals[0]
    return aborted


def _abandoned() -> QuerySet[MultipartUpload]:
    waiting = Photo.objects.filter(id=OuterRef("photo_id"), state=Photo.State.PENDING)
    # Not at once: a request that began before the later upload may be completing this one.
    later = MultipartUpload.objects.filter(
        photo_id=OuterRef("photo_id"), id__gt=OuterRef("id"), created_at__lt=Now() - _LONGEST_COMPLETION
    )
    return MultipartUpload.objects.filter(~Exists(waiting) | Exists(later)).order_by("id")


def multipart_upload_ids() -> set[str]:
    """The storage's names of the uploads that go on."""
    return set(MultipartUpload.objects.values_list("upload_id", flat=True))
