"""Asking for photos from videos: when somebody does, or for each video when the setting FRAMES_OF_VIDEOS says so."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from albums.exceptions import NotAVideo, RetriedTooOften
from albums.filters import IS_SHOWN, IS_VIDEO
from albums.models import Album, FrameSearch, Photo
from albums.services.albums import albums_lock
from albums.services.claims import released
from albums.services.dispatch import frames_dispatch_after_commit
from albums.services.turns import retry_take

_ALWAYS = "always"


@transaction.atomic
def frames_ask(video: Photo) -> FrameSearch:
    """Ask for photos from a video. It changes nothing while they are looked for, or as long as the video has some.

    Asking again counts as an attempt that is repeated.

    Raises:
        NotAVideo: the file is none, or could not be read.
        RetriedTooOften: the account has repeated too many attempts lately.
    """
    albums_lock([video.album_id])
    if not video.is_video or video.state != Photo.State.ANALYZED:
        raise NotAVideo
    search, is_new = FrameSearch.objects.get_or_create(video=video)
    if not is_new:
        if search.state in FrameSearch.UNFINISHED or Photo.objects.filter(frame_of=video).exists():
            return search
        if not retry_take(video.album.owner_id):
            raise RetriedTooOften
        FrameSearch.objects.filter(video=video).update(
            state=FrameSearch.State.QUEUED,
            error_code="",
            error_message="",
            attempts=0,
            created_at=Now(),
            finished_at=None,
            enqueued_at=None,
            **released(),
        )
        search.refresh_from_db()
    frames_dispatch_after_commit(video.album_id)
    return search


def frames_ask_always(album_id: UUID) -> None:
    """Ask for photos from each video of a grouped album that nobody has asked for, if the setting says so.

    The film of a Live Photo has its photo already.
    """
    if settings.FRAMES_OF_VIDEOS != _ALWAYS:
        return
    videos = Photo.objects.filter(
        IS_SHOWN, IS_VIDEO, Q(frame_search=None), album_id=album_id, state=Photo.State.ANALYZED
    )
    searches = [FrameSearch(video_id=video_id) for video_id in videos.values_list("id", flat=True)]
    FrameSearch.objects.bulk_create(searches, ignore_conflicts=True)
    if searches:
        frames_dispatch_after_commit(album_id)


def frames_unfinished(album: Album) -> int:
    """In how many videos of this album a worker looks for photos, or will."""
    return FrameSearch.objects.filter(video__album=album, state__in=FrameSearch.UNFINISHED).count()
