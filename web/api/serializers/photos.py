"""Photos, what the analysis says of them, and what people decide."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Photo
from web.api import links
from web.api.pagination import PageInput

MAX_PHOTOS_AT_ONCE = 1000


class PhotoFilterInput(PageInput):
    """Which photos to list."""

    state = serializers.ChoiceField(choices=Photo.State.choices, required=False)
    decision = serializers.ChoiceField(choices=Photo.Decision.choices, required=False)
    picked = serializers.BooleanField(required=False)
    in_cluster = serializers.BooleanField(required=False, help_text="Whether the photo has others like it.")
    people = serializers.BooleanField(required=False, help_text="Whether faces were found.")


class PhotoIdsInput(serializers.Serializer[Any]):
    """Some photos of the album. Those that are not of the album are passed over."""

    photos = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MAX_PHOTOS_AT_ONCE)


class PhotoDecisionInput(serializers.Serializer[Any]):
    """What a person says of a photo; `auto` leaves it to the ranking."""

    decision = serializers.ChoiceField(choices=Photo.Decision.choices)


class DecisionInput(PhotoDecisionInput, PhotoIdsInput):
    """What a person says of some photos."""


class RetryInput(serializers.Serializer[Any]):
    """Which failed photos to try again."""

    photos = serializers.ListField(
        child=serializers.UUIDField(),
        min_length=1,
        max_length=MAX_PHOTOS_AT_ONCE,
        required=False,
        help_text="All failed ones when left out.",
    )


class RetryOutput(serializers.Serializer[Any]):
    """What came of it."""

    retried = serializers.IntegerField(help_text="Photos that are being analyzed again.")


class PhotoErrorOutput(serializers.Serializer[Any]):
    """Why something failed."""

    code = serializers.CharField(help_text="For programs; does not change.")
    message = serializers.CharField(help_text="For people.")


class FaceOutput(serializers.Serializer[Any]):
    """A face in a photo. The box is in shares of the upright photo's width and height."""

    x = serializers.FloatField()
    y = serializers.FloatField()
    width = serializers.FloatField()
    height = serializers.FloatField()
    eyes_open = serializers.FloatField(allow_null=True, help_text="From 0 to 1; null where no eye could be judged.")
    sharpness = serializers.FloatField(allow_null=True, help_text="Comparable between photos of one group.")
    frontal = serializers.BooleanField(allow_null=True, help_text="Looks towards the camera.")
    cut_off = serializers.BooleanField(allow_null=True, help_text="Cut by the edge of the photo.")
    confidence = serializers.FloatField(allow_null=True, help_text="From 0 to 1, that it is a face at all.")


class PhotoOutput(serializers.ModelSerializer[Photo]):
    """A photo."""

    content_type = serializers.CharField(help_text="By content, not by name; empty before the analysis.")
    placeholder = serializers.CharField(
        help_text="A data: URI of at most 16 pixels a side, to be blurred until the thumbnail is there; may be empty."
    )
    state = serializers.ChoiceField(choices=Photo.State.choices)
    error = serializers.SerializerMethodField()
    taken_at = serializers.CharField(
        source="taken_at_text",
        allow_null=True,
        help_text="ISO 8601; with an offset where the camera knew one, else the clock's time at the place.",
    )
    time_source = serializers.ChoiceField(choices=Photo.TimeSource.choices)
    capture = serializers.DictField()
    scores = serializers.DictField(child=serializers.FloatField(allow_null=True))
    faces = FaceOutput(many=True)
    cluster_id = serializers.UUIDField(allow_null=True)
    reasons = serializers.ListField(child=serializers.JSONField())
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    thumbnail_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = (
            "id",
            "name",
            "byte_size",
            "sha256",
            "content_type",
            "width",
            "height",
            "thumbnail_width",
            "thumbnail_height",
            "placeholder",
            "state",
            "error",
            "taken_at",
            "time_source",
            "camera",
            "capture",
            "scores",
            "faces",
            "cluster_id",
            "manual_group",
            "rank",
            "quality",
            "reasons",
            "decision",
            "picked",
            "modified_at",
            "created_at",
            "thumbnail_url",
            "preview_url",
            "original_url",
        )
        read_only_fields = fields

    @extend_schema_field(PhotoErrorOutput(allow_null=True))
    def get_error(self, photo: Photo) -> dict[str, str] | None:
        """Why the photo failed."""
        return {"code": photo.error_code, "message": photo.error_message} if photo.error_code else None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_thumbnail_url(self, photo: Photo) -> str | None:
        """512 px on the longer side; null before the photo is prepared."""
        if photo.width is None:
            return None
        return links.thumbnail_url(self.context["request"], photo.album_id, photo.id)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_preview_url(self, photo: Photo) -> str | None:
        """2,048 px on the longer side; null before the photo is prepared."""
        if photo.width is None:
            return None
        return links.preview_url(self.context["request"], photo.album_id, photo.id)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_original_url(self, photo: Photo) -> str | None:
        """Leads to a short-lived link; null while the bytes are not here."""
        return None if photo.state == Photo.State.PENDING else links.original_url(self.context["request"], photo)


class HistogramOutput(serializers.Serializer[Any]):
    """How a photo is exposed."""

    bins = serializers.ListField(
        child=serializers.FloatField(),
        source="histogram_shares",
        help_text="Shares of the pixels in 64 equal steps of luma, from black to white.",
    )
    shadows_clipped = serializers.SerializerMethodField()
    highlights_clipped = serializers.SerializerMethodField()

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_shadows_clipped(self, photo: Photo) -> float | None:
        """Share of black pixels."""
        share: float | None = photo.scores.get("shadows_clipped")
        return share

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_highlights_clipped(self, photo: Photo) -> float | None:
        """Share of white pixels."""
        share: float | None = photo.scores.get("highlights_clipped")
        return share


class PhotoChangeOutput(serializers.ModelSerializer[Photo]):
    """What a decision changed about a photo."""

    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    cluster_id = serializers.UUIDField(allow_null=True)

    class Meta:
        model = Photo
        fields = ("id", "decision", "picked", "cluster_id", "manual_group", "rank")
        read_only_fields = fields


class DecisionOutput(serializers.Serializer[Any]):
    """The photos decided on, and those whose pick follows from it."""

    photos = PhotoChangeOutput(many=True)
