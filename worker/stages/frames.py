"""Frames: read a video, find its best frames in the sandbox, store them, and make them photos of the album."""

from __future__ import annotations

import hashlib
import logging
import time
from functools import partial
from uuid import UUID

from django.conf import settings

from albums import storage
from albums.event_counts import Event, count_event
from albums.models import Photo
from albums.services.claims import Claim
from albums.services.dispatch import frames_dispatch_after_commit
from albums.services.frames import (
    Frame,
    frames_claim,
    frames_heartbeat,
    frames_mark_done,
    frames_mark_failed,
    frames_release,
    frames_reserve,
    frames_try_again,
)
from albums.services.turns import others_wait, turn_end
from albums.storage import ObjectMissing
from worker import runtime
from worker.analysis.interface import DecodeError, FoundFrames
from worker.database import release_on_database_failure
from worker.sandbox import ExaminationCrashed, ExaminationTooSlow
from worker.stages.heartbeats import ClaimLost, heartbeats
from worker.stages.originals import read_original
from worker.stages.prepare import NOT_THE_PHOTO
from worker.stages.times import written_time

logger = logging.getLogger(__name__)

_JPEG = "image/jpeg"
_GONE = ("object_missing", "The original of this video is missing or damaged. Upload it again.")


def find_frames(video_id: UUID, *, task_id: str) -> None:
    """Take photos out of a video, if this message may do it.

    Raises:
        One of `NOT_THE_PHOTO`: the service failed, so the search is released and its attempt does not count.
    """
    claim = frames_claim(video_id, task_id=task_id, worker=runtime.worker_run())
    video = Photo.objects.select_related("album").filter(id=video_id).first()
    if claim is None or video is None:
        return
    with release_on_database_failure(partial(frames_release, video_id, claim)):
        began = time.monotonic()
        try:
            _find_claimed(video, claim)
        finally:
            if others_wait(video.album.owner_id):
                turn_end(video.album.owner_id, 1, seconds=time.monotonic() - began)


def _find_claimed(video: Photo, claim: Claim) -> None:
    try:
        found = _found(video, claim)
        frames = _stored(video, found)
    except ClaimLost:
        logger.info("Video %s was deleted, or another worker took it over.", video.id)
        frames_dispatch_after_commit(video.album_id)  # it made room for the next
    except DecodeError as error:
        frames_mark_failed(video.id, claim, code=error.code, message=error.message)
    except ObjectMissing:
        frames_mark_failed(video.id, claim, code=_GONE[0], message=_GONE[1])
    except (ExaminationCrashed, ExaminationTooSlow) as error:
        count_event(Event.SANDBOX_DIED)
        logger.error("Frames of video %s, attempt %d: %s", video.id, claim.attempts, error)  # noqa: TRY400
        frames_try_again(video, claim, too_slow=isinstance(error, ExaminationTooSlow))
    except NOT_THE_PHOTO as error:
        logger.warning("The frames of video %s will be searched for again, and no attempt counts: %s", video.id, error)
        frames_release(video.id, claim)
        raise
    else:
        # Where it was too late to keep what is stored, another attempt stores it again.
        if not frames_mark_done(video, claim, frames, seconds=found.seconds):
            frames_release(video.id, claim)


def _found(video: Photo, claim: Claim) -> FoundFrames:
    original = read_original(video, most=settings.MAX_PHOTO_BYTES)
    if not original.is_of(video):
        raise DecodeError(*_GONE)
    began, offset = written_time(video)
    return runtime.sandbox().find_frames(
        original.data,
        skipped=original.skipped,
        face_model=runtime.face_model(),
        began=began,
        utc_offset_minutes=offset,
        while_waiting=heartbeats(partial(frames_heartbeat, video.id, claim)),
    )


def _stored(video: Photo, found: FoundFrames) -> list[Frame]:
    """Write the frames to the storage, where they are deleted unless their rows follow."""
    ids = frames_reserve(video.album_id, len(found.frames))
    frames = []
    for photo_id, frame in zip(ids, found.frames, strict=True):
        storage.get_storage().write_bytes(storage.original_key(video.album_id, photo_id), frame.jpeg, _JPEG)
        digest = hashlib.sha256(frame.jpeg).hexdigest()
        frames.append(Frame(photo_id, round(frame.at, 3), len(frame.jpeg), digest))
    return frames
