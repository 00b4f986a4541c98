"""A photo with what is not in lists."""

from __future__ import annotations

from rest_framework import serializers

from albums.descriptions import description_of
from albums.models import Photo
from web.api.serializers.photos import PhotoOutput


class PhotoDetailOutput(PhotoOutput):
    """A photo, and what somebody wrote about it."""

    description = serializers.SerializerMethodField()

    class Meta(PhotoOutput.Meta):
        fields = (*PhotoOutput.Meta.fields, "description")  # type: ignore[assignment]
        read_only_fields = fields  # type: ignore[assignment]

    def get_description(self, photo: Photo) -> str:
        """In a sidecar, else in the photo, else in another file of the shot, with line breaks; empty if none."""
        return description_of(photo)
