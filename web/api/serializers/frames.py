"""The photos of a video, and the search for them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from albums.models import FrameSearch, Photo
from web.api.serializers.photos import PhotoErrorOutput

STATES = [("none", "None"), *FrameSearch.State.choices]
"""Of the search; `none` if nobody has asked for it."""


class FrameOutput(serializers.Serializer[Any]):
    """A photo that was taken from the video."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    seconds = serializers.FloatField(source="frame_seconds", help_text="How long after the start of the video.")


class FramesOutput(serializers.Serializer[Any]):
    """Whether photos are looked for in a video, and those that the album still has."""

    state = serializers.ChoiceField(choices=STATES)
    photos = FrameOutput(many=True)
    found = serializers.IntegerField(help_text="How many photos the search found, also those deleted since.")
    seconds = serializers.FloatField(allow_null=True, help_text="How much of the video was searched, once it was.")
    error = PhotoErrorOutput(allow_null=True)


def frames_data(video: Photo, search: FrameSearch | None) -> dict[str, Any]:
    """What `FramesOutput` describes."""
    photos = Photo.objects.filter(frame_of=video).only("id", "name", "frame_seconds").order_by("frame_seconds", "id")
    has_failed = search is not None and search.state == FrameSearch.State.FAILED
    shown = {
        "state": search.state if search else "none",
        "photos": photos,
        "found": search.found if search else 0,
        "seconds": search.seconds if search else None,
        "error": {"code": search.error_code, "message": search.error_message} if search and has_failed else None,
    }
    return dict(FramesOutput(shown).data)
