"""Writes of the worker that takes photos out of a video: they and the end of the search appear together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from albums import storage
from albums.capture_order import order_key_of
from albums.exceptions import AlbumFull, AlbumsError
from albums.ids import time_ordered_id
from albums.models import FrameSearch, ObjectDeletion, Photo
from albums.quotas import Quota, album_limit
from albums.services.albums import albums_lock, albums_mark_stale, objects_forget
from albums.services.claims import Claim, claim_row, heartbeat, held, release_counted, release_uncounted, released
from albums.services.dispatch import frames_dispatch_after_commit, photos_dispatch_after_commit
from albums.services.quotas import quota_room
from albums.services.turns import retry_take
from albums.services.uploads import clean_name
from albums.stages import FRAMES

_SENTENCES = {
    FrameSearch.ErrorCode.CRASHED: "Looking for photos in this video failed several times. Other photos are fine.",
    FrameSearch.ErrorCode.TOO_SLOW: "Looking for photos in this video took too long. Cut it, and upload a part.",
}


@dataclass(frozen=True)
class Frame:
    """A frame that is in the storage as the original of the photo with this id.

    Attributes:
        photo_id: reserved by `frames_reserve`.
        seconds: how long after the start of the video.
        byte_size: of the JPEG.
        sha256: of the JPEG, in hexadecimal.
    """

    photo_id: UUID
    seconds: float
    byte_size: int
    sha256: str


def frames_claim(video_id: UUID, *, task_id: str, worker: UUID | None = None) -> Claim | None:
    """Claim the search in a video. None when there is nothing to do for this message."""
    claimed = claim_row(FrameSearch, video_id, FRAMES, task_id=task_id, worker=worker)
    if claimed is None:
        return None
    claim = claimed[1]
    if claim.is_one_too_many(FRAMES):
        _fail(video_id, claim, FrameSearch.ErrorCode.CRASHED)
        return None
    return claim


def frames_heartbeat(video_id: UUID, claim: Claim) -> bool:
    """Record that the search goes on. False when the claim was lost, for example because the video was deleted."""
    return heartbeat(_searches(video_id), FRAMES, claim.token)


def frames_reserve(album_id: UUID, count: int) -> list[UUID]:
    """Ids for photos whose originals may be written now. What is not recorded by `frames_mark_done` is deleted later.

    So nothing is left over when the worker is killed or the video deleted before that.
    """
    ids = [time_ordered_id() for _ in range(count)]
    objects_forget({storage.photo_prefix(album_id, photo_id): 0 for photo_id in ids}, are_empty=True)
    return ids


@transaction.atomic
def frames_mark_done(video: Photo, claim: Claim, frames: Sequence[Frame], *, seconds: float) -> bool:
    """Record that `seconds` of the video were searched, and make the frames photos of its album.

    Bytes that the album has already are no second photo. Without room for all of them there is none, and the search
    has failed. False when the claim was lost.
    """
    room = quota_room(video.album.owner_id, Quota.BYTES, Quota.PHOTOS)
    albums_lock([video.album_id])
    searches = held(_searches(video.id), FRAMES, claim.token)
    if not list(searches.select_for_update().values_list("pk")):
        return False
    photos = Photo.objects.filter(album=video.album_id)
    same = photos.filter(sha256__in=[frame.sha256 for frame in frames])
    known = set(same.values_list("sha256", flat=True))
    new = {frame.sha256: frame for frame in frames if frame.sha256 not in known}
    limit = album_limit()
    refusal: AlbumsError | None = room.take(photos=len(new), bytes=sum(frame.byte_size for frame in new.values()))
    if limit is not None and new and photos.count() + len(new) > limit:
        refusal = AlbumFull(f"An album may have {limit:,} photos, so there is no room for those of this video.")
    if refusal is not None:
        # At once: what is only reserved stays in the storage for an hour, and no quota counts it.
        objects_forget({storage.photo_prefix(video.album_id, frame.photo_id): 0 for frame in frames})
        return _end(video.id, claim, **_failure(refusal.code, refusal.message))
    if not _take_reserved(video.album_id, new.values()):
        return False
    Photo.objects.bulk_create(_photo(video, frame) for frame in new.values())
    # Photos of the same video from before it was deleted and uploaded again.
    same.filter(frame_of=None, frame_seconds__isnull=False).update(frame_of=video)
    if new:
        albums_mark_stale([video.album_id])
    return _end(video.id, claim, state=FrameSearch.State.DONE, found=len(frames), seconds=seconds)


def frames_mark_failed(video_id: UUID, claim: Claim, *, code: str, message: str) -> bool:
    """Record why no photos can be taken from the video. False when the claim was lost."""
    return _end(video_id, claim, **_failure(code, message))


def frames_try_again(video: Photo, claim: Claim, *, too_slow: bool) -> None:
    """Release a search that crashed or took too long, so that it is tried again; after several attempts it fails."""
    if claim.attempts < FRAMES.max_attempts and retry_take(video.album.owner_id):
        release_counted(_searches(video.id), FRAMES, claim.token, at_once=True)
        frames_dispatch_after_commit(video.album_id)
        return
    _fail(video.id, claim, FrameSearch.ErrorCode.TOO_SLOW if too_slow else FrameSearch.ErrorCode.CRASHED)


def frames_release(video_id: UUID, claim: Claim) -> None:
    """Release the search without counting the attempt, because something else failed. The sweep enqueues it again."""
    release_uncounted(_searches(video_id), FRAMES, claim.token)


def _searches(video_id: UUID) -> QuerySet[FrameSearch]:
    return FrameSearch.objects.filter(video=video_id)


def _fail(video_id: UUID, claim: Claim, code: FrameSearch.ErrorCode) -> None:
    _end(video_id, claim, **_failure(code, _SENTENCES[code]))


def _failure(code: str, message: str) -> dict[str, Any]:
    return {"state": FrameSearch.State.FAILED, "error_code": code, "error_message": message}


@transaction.atomic
def _end(video_id: UUID, claim: Claim, **columns: Any) -> bool:
    """Write the outcome, and dispatch what follows. False when the claim was lost."""
    ended = held(_searches(video_id), FRAMES, claim.token).update(**columns, finished_at=Now(), **released())
    for album_id in Photo.objects.filter(id=video_id).values_list("album_id", flat=True) if ended else ():
        photos_dispatch_after_commit([album_id])
        frames_dispatch_after_commit(album_id)
    return bool(ended)


def _take_reserved(album_id: UUID, frames: Collection[Frame]) -> bool:
    """Keep the originals of these frames. False if so much time has passed that they may be deleted at any moment."""
    prefixes = [storage.photo_prefix(album_id, frame.photo_id) for frame in frames]
    since = Now() - timedelta(seconds=settings.PRESIGNED_UPLOAD_SECONDS)
    reserved = ObjectDeletion.objects.filter(prefix__in=prefixes, requested_at__gt=since)
    return reserved.delete()[0] == len(prefixes)


def _photo(video: Photo, frame: Frame) -> Photo:
    """The row of a frame. It is prepared, embedded and grouped as an uploaded photo is."""
    name = frame_name(video.name, frame.seconds)
    return Photo(
        id=frame.photo_id,
        album_id=video.album_id,
        name=name,
        folder=video.folder,
        byte_size=frame.byte_size,
        sha256=frame.sha256,
        order_key=order_key_of(name, frame.sha256),
        state=Photo.State.UPLOADED,
        frame_of=video,
        frame_seconds=frame.seconds,
    )


def frame_name(video_name: str, seconds: float) -> str:
    """The name of the video with the time within it: `IMG_1234 1m02.4s.jpg`."""
    minutes, tenths = divmod(round(seconds * 10), 600)
    stem = video_name.rpartition(".")[0] or video_name
    return clean_name(f"{stem[:200]} {minutes}m{tenths // 10:02d}.{tenths % 10}s.jpg")
