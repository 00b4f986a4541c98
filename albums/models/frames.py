"""The search for the frames of a video that become photos."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from albums.models.photos import Photo
from albums.models.work import Work


class FrameSearch(Work):
    """A person, or the setting FRAMES_OF_VIDEOS, asks for photos from a video. One row for each video.

    `queued` → `running` → `done`, or `failed`. The photos and the state `done` are written together. A failed search
    says why: `error_message` is for people, `error_code` for programs.
    """

    class State(models.TextChoices):
        """The state of the search."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    UNFINISHED = (State.QUEUED, State.RUNNING)

    class ErrorCode(models.TextChoices):
        """Why it failed, where neither the video nor a quota is the reason."""

        CRASHED = "crashed"
        TOO_SLOW = "too_slow"

    video = models.OneToOneField(Photo, on_delete=models.CASCADE, primary_key=True, related_name="frame_search")
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    found = models.PositiveSmallIntegerField(default=0, help_text="How many photos there were; some may be deleted.")
    seconds = models.FloatField(null=True, blank=True, help_text="How much of the video was searched.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "enqueued_at"])]

    def __str__(self) -> str:
        return f"FrameSearch of {self.video_id}"
