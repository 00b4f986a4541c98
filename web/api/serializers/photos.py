"""Photos, what the analysis says of them, and what people decide."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Photo
from web.api import links
from web.api.pagination import PageInput
from web.api.serializers.analysis import CaptureField, FacesField, ReasonsField, ScoresField

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


class DecisionInput(serializers.Serializer[Any]):
    """What a person says of some photos: the same of each, or something else of each."""

    photos = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MAX_PHOTOS_AT_ONCE, required=False
    )
    decision = serializers.ChoiceField(choices=Photo.Decision.choices, required=False, help_text="Of all in `photos`.")
    keep = serializers.ListField(child=serializers.UUIDField(), required=False, default=list)
    reject = serializers.ListField(child=serializers.UUIDField(), required=False, default=list)
    auto = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, help_text="Photos left to the ranking."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two forms, with each photo once, so that one thing is said of it; returns `decisions` by photo."""
        lists = {decision: attrs[decision] for decision in Photo.Decision.values}
        mixed = [photo_id for photo_ids in lists.values() for photo_id in photo_ids]
        is_same = "photos" in attrs and "decision" in attrs
        if is_same == bool(mixed) or ("photos" in attrs) != ("decision" in attrs):
            raise serializers.ValidationError(
                "Name photos and their decision, or list photos to keep, to reject and to leave to the ranking.",
                code="required",
            )
        if len(mixed) > MAX_PHOTOS_AT_ONCE:
            raise serializers.ValidationError(
                f"At most {MAX_PHOTOS_AT_ONCE} photos are decided on at once.", code="max_length"
            )
        if len(set(mixed)) != len(mixed):
            raise serializers.ValidationError("A photo is named twice.", code="unique")
        if is_same:
            return {"decisions": dict.fromkeys(attrs["photos"], attrs["decision"])}
        return {"decisions": {photo_id: decision for decision, photo_ids in lists.items() for photo_id in photo_ids}}


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


class ThumbnailOutput(serializers.ModelSerializer[Photo]):
    """What a photo looks like in a list."""

    placeholder = serializers.CharField(
        help_text="A data: URI of at most 16 pixels a side, to be blurred until the thumbnail is there; may be empty."
    )
    thumbnail_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()
    reasons = ReasonsField()

    class Meta:
        model = Photo
        fields = ("id", "placeholder", "thumbnail_url", "preview_url", "reasons")
        read_only_fields = fields

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


class PhotoOutput(ThumbnailOutput):
    """A photo."""

    content_type = serializers.CharField(help_text="By content, not by name; empty before the analysis.")
    state = serializers.ChoiceField(choices=Photo.State.choices)
    error = serializers.SerializerMethodField()
    taken_at = serializers.CharField(
        source="taken_at_text",
        allow_null=True,
        help_text="ISO 8601; with an offset where the camera knew one, else the clock's time at the place.",
    )
    time_source = serializers.ChoiceField(choices=Photo.TimeSource.choices)
    capture = CaptureField()
    scores = ScoresField()
    faces = FacesField()
    cluster_id = serializers.UUIDField(allow_null=True)
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
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
