"""A shared album, as its guests see it."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.filenames import visible
from albums.models import Photo, Share


class SharedMeOutput(serializers.Serializer[Any]):
    """The guest."""

    name = serializers.CharField(help_text="As they call themselves; empty before they said it.")
    choice_count = serializers.IntegerField(help_text="How many photos they gave a heart or chose.")
    finished_at = serializers.DateTimeField(
        allow_null=True, help_text="When they said that they are done. Choosing again takes it back."
    )


class SharedDetailsOutput(serializers.Serializer[Any]):
    """What the link shows and allows."""

    album_name = serializers.CharField()
    role = serializers.ChoiceField(choices=Share.Role.choices)
    photo_count = serializers.IntegerField()
    wanted_count = serializers.IntegerField(
        source="choice_limit",
        allow_null=True,
        help_text="How many photos the guest may choose; null for any number.",
    )
    downloads = serializers.ChoiceField(choices=Share.Downloads.choices)
    ends_at = serializers.DateTimeField(allow_null=True)
    invited_by = serializers.EmailField(allow_null=True, help_text="The owner, if the link invites to edit the album.")
    me = SharedMeOutput()


class SharedOutput(serializers.Serializer[Any]):
    """A shared album."""

    needs_password = serializers.BooleanField(help_text="The guest has to give the password first.")
    details = SharedDetailsOutput(allow_null=True, help_text="Null while the password is missing.")


class SharedPasswordInput(serializers.Serializer[Any]):
    """The password of the link."""

    password = serializers.CharField(max_length=128, trim_whitespace=False)


class SharedMeInput(serializers.Serializer[Any]):
    """What the guest calls themselves."""

    name = serializers.CharField(allow_blank=True, max_length=80)

    def validate_name(self, name: str) -> str:
        """Without characters that turn the rest of a line around, or that nobody sees."""
        return visible(name).strip()


class SharedPhotoOutput(serializers.ModelSerializer[Photo]):
    """A photo or video of a shared album."""

    kind = serializers.ChoiceField(choices=Photo.Kind.choices)
    placeholder = serializers.CharField(
        help_text="A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty."
    )
    taken_at = serializers.CharField(
        source="timeline_text", allow_null=True, help_text="The local time in ISO 8601, without an offset."
    )
    moment = serializers.IntegerField(
        allow_null=True, help_text="Photos with the same number show the same moment; null for single photos."
    )
    seconds = serializers.SerializerMethodField()
    chosen = serializers.BooleanField(source="is_chosen", help_text="This guest gave it a heart, or chose it.")
    thumbnail_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()
    video_url = serializers.SerializerMethodField()
    download_url = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = (
            "id",
            "kind",
            "width",
            "height",
            "placeholder",
            "taken_at",
            "moment",
            "seconds",
            "chosen",
            "thumbnail_url",
            "preview_url",
            "video_url",
            "download_url",
        )
        read_only_fields = fields

    @property
    def _share(self) -> Share:
        share: Share = self.context["share"]
        return share

    def _url(self, picture: str, photo: Photo) -> str:
        return f"{self.context['base_url']}photos/{photo.id}/{picture}/"

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_seconds(self, photo: Photo) -> float | None:
        """The length of a video."""
        seconds: float | None = photo.capture.get("seconds")
        return seconds

    @extend_schema_field(serializers.URLField())
    def get_thumbnail_url(self, photo: Photo) -> str:
        """512 px on the longer side."""
        return self._url("thumbnail", photo)

    @extend_schema_field(serializers.URLField())
    def get_preview_url(self, photo: Photo) -> str:
        """2,048 px on the longer side."""
        return self._url("preview", photo)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_video_url(self, photo: Photo) -> str | None:
        """The video to play, by ranges; null for photos, and where the link does not let videos play."""
        return self._url("video", photo) if photo.is_video and self._share.lets_videos_play else None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_download_url(self, photo: Photo) -> str | None:
        """Saves what the link lets guests save; null if nothing."""
        return None if self._share.downloads == Share.Downloads.NONE else self._url("download", photo)
