"""Photos, their analysis, and people's decisions about them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Photo
from web.api import links
from web.api.pagination import PageInput
from web.api.serializers.analysis import CaptureField, CloseUpsField, FacesField, ReasonsField, ScoresField
from web.api.serializers.fields import IdField, WholeNumberField

MAX_PHOTOS_AT_ONCE = 1000
LABELS = [("", ""), *Photo.Label.choices]


class PhotoFilterInput(PageInput):
    """Which photos to list."""

    state = serializers.ChoiceField(choices=Photo.State.choices, required=False)
    decision = serializers.ChoiceField(choices=Photo.Decision.choices, required=False)
    picked = serializers.BooleanField(required=False)
    in_cluster = serializers.BooleanField(required=False, help_text="Whether the photo is in a group.")
    cluster = serializers.UUIDField(required=False, help_text="Photos of this group, the best first.")
    people = serializers.BooleanField(required=False, help_text="Whether faces were found.")
    shelved = serializers.BooleanField(required=False, help_text="Whether the photo is probably not wanted.")
    left_out = serializers.BooleanField(
        required=False, help_text="Whether the photo is left out because the album wants fewer picks."
    )
    stars = serializers.IntegerField(required=False, min_value=1, max_value=5, help_text="This number or more.")
    label = serializers.ChoiceField(choices=Photo.Label.choices, required=False)  # type: ignore[assignment]


class PhotoIdsInput(serializers.Serializer[Any]):
    """Photos of the album. Ids of other photos are ignored."""

    photos = serializers.ListField(child=IdField(), min_length=1, max_length=MAX_PHOTOS_AT_ONCE)


class StarsInput(PhotoIdsInput):
    """How many stars to give photos."""

    stars = WholeNumberField(min_value=0, max_value=5, help_text="0 takes them back.")


class LabelInput(PhotoIdsInput):
    """Which colour label to give photos."""

    label = serializers.ChoiceField(choices=LABELS, help_text="An empty one takes it back.")  # type: ignore[assignment]


class PhotoDecisionInput(serializers.Serializer[Any]):
    """A person's decision about a photo; `auto` leaves it to the ranking."""

    decision = serializers.ChoiceField(choices=Photo.Decision.choices)


class DecisionInput(serializers.Serializer[Any]):
    """Decisions about photos: one decision for all, or one for each."""

    photos = serializers.ListField(child=IdField(), min_length=1, max_length=MAX_PHOTOS_AT_ONCE, required=False)
    decision = serializers.ChoiceField(choices=Photo.Decision.choices, required=False, help_text="For all in `photos`.")
    keep = serializers.ListField(child=IdField(), required=False, default=list)
    reject = serializers.ListField(child=IdField(), required=False, default=list)
    auto = serializers.ListField(child=IdField(), required=False, default=list, help_text="Photos left to the ranking.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Check that the body has one of the two forms and names each photo once. Returns `decisions` by photo."""
        lists = {decision: attrs[decision] for decision in Photo.Decision.values}
        mixed = [photo_id for photo_ids in lists.values() for photo_id in photo_ids]
        is_same = "photos" in attrs and "decision" in attrs
        if is_same == bool(mixed) or ("photos" in attrs) != ("decision" in attrs):
            raise serializers.ValidationError(
                "Send `photos` with their `decision`, or any of the lists `keep`, `reject` and `auto`.",
                code="required",
            )
        if len(mixed) > MAX_PHOTOS_AT_ONCE:
            raise serializers.ValidationError(f"Send at most {MAX_PHOTOS_AT_ONCE} photos at once.", code="max_length")
        if len(set(mixed)) != len(mixed):
            raise serializers.ValidationError("A photo is named twice. Name each photo once.", code="unique")
        if is_same:
            return {"decisions": dict.fromkeys(attrs["photos"], attrs["decision"])}
        return {"decisions": {photo_id: decision for decision, photo_ids in lists.items() for photo_id in photo_ids}}


class RetryInput(serializers.Serializer[Any]):
    """Which failed photos to analyze again."""

    photos = serializers.ListField(
        child=IdField(),
        min_length=1,
        max_length=MAX_PHOTOS_AT_ONCE,
        required=False,
        help_text="If left out, all failed photos.",
    )


class DeletePhotosInput(serializers.Serializer[Any]):
    """Which photos to delete."""

    photos = serializers.ListField(child=IdField(), min_length=1, max_length=MAX_PHOTOS_AT_ONCE)


class DeletePhotosOutput(serializers.Serializer[Any]):
    """The result of the request."""

    deleted = serializers.IntegerField(help_text="With the companions of these photos, without those already gone.")


class RetryOutput(serializers.Serializer[Any]):
    """The result of the request."""

    retried = serializers.IntegerField(help_text="Photos that are being analyzed again.")


class PhotoErrorOutput(serializers.Serializer[Any]):
    """Why something failed."""

    code = serializers.CharField(help_text="For programs; never changes.")
    message = serializers.CharField(help_text="For people.")


class ThumbnailOutput(serializers.ModelSerializer[Photo]):
    """The pictures of a photo for lists, and the reasons for its rank."""

    placeholder = serializers.CharField(
        help_text="A data: URI of at most 16 by 16 pixels, to show blurred until the thumbnail is there; may be empty."
    )
    thumbnail_url = serializers.SerializerMethodField()
    preview_url = serializers.SerializerMethodField()
    reasons = ReasonsField()
    close_ups = CloseUpsField(help_text="Of each face; null if unknown.", allow_null=True)

    class Meta:
        model = Photo
        fields = ("id", "folder", "placeholder", "thumbnail_url", "preview_url", "reasons", "close_ups")
        read_only_fields = fields

    def to_representation(self, instance: Photo) -> dict[str, Any]:
        """What the fields say, as plain values: a page shows hundreds of photos, and fields take ten times as long."""
        return {
            name: getattr(self, method)(instance) if method else _plain(getattr(instance, source))
            for name, method, source in _readers(type(self))
        }

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


class CompanionOutput(serializers.Serializer[Any]):
    """Another file of the same shot."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class PhotoOutput(ThumbnailOutput):
    """A photo."""

    content_type = serializers.CharField(
        help_text="Detected from the content, not from the name; empty before the analysis."
    )
    kind = serializers.ChoiceField(choices=Photo.Kind.choices)
    state = serializers.ChoiceField(choices=Photo.State.choices)
    error = serializers.SerializerMethodField()
    taken_at = serializers.CharField(
        source="taken_at_text",
        allow_null=True,
        help_text="ISO 8601, with an offset if the camera recorded one, otherwise in local time without an offset.",
    )
    time_source = serializers.ChoiceField(choices=Photo.TimeSource.choices)
    timeline_at = serializers.CharField(
        source="timeline_text",
        allow_null=True,
        help_text="The local time in the album's timeline, by which all is sorted: `taken_at` with what a person "
        "or the grouping added to the camera's clock, and the time of a file as a clock at the place showed it.",
    )
    time_uncertain = serializers.BooleanField(
        source="is_time_uncertain",
        help_text="The time is that of the file, in UTC, because nothing tells the zone where it was taken.",
    )
    capture = CaptureField()
    scores = ScoresField()
    faces = FacesField()
    person_numbers = serializers.ListField(
        child=serializers.IntegerField(),
        allow_null=True,
        help_text="For each of `faces`, the number of its person among the photos of the group; null if unknown.",
    )
    close_ups = CloseUpsField(help_text="Of each of `faces`; null if unknown.", allow_null=True)
    cluster_id = serializers.UUIDField(allow_null=True)
    shelf = serializers.ChoiceField(
        choices=[("", ""), *Photo.Shelf.choices],
        help_text="Why the photo, in no group, is probably not wanted. It is picked only if somebody keeps it.",
    )
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    decided_by = serializers.UUIDField(
        source="decided_by_id",
        allow_null=True,
        help_text="The member whose decision it is, or who has left; null if it is the owner's.",
    )
    stars = serializers.IntegerField(help_text="From 1 to 5; 0 for none.")
    label = serializers.ChoiceField(choices=LABELS, help_text="The colour label; empty for none.")  # type: ignore[assignment]
    companion_of = serializers.UUIDField(
        source="companion_of_id",
        allow_null=True,
        help_text="The photo that is listed, grouped and judged instead of this one, because both are one shot.",
    )
    companions = CompanionOutput(
        many=True,
        allow_null=True,
        help_text="Other files of the same shot, such as its RAW file. They are exported and deleted with it.",
    )
    frame_of = serializers.UUIDField(
        source="frame_of_id", allow_null=True, help_text="The video from which this service took the photo."
    )
    frame_seconds = serializers.FloatField(
        allow_null=True,
        help_text="How long after the start of that video; null if this service did not take the photo from one.",
    )
    large_url = serializers.SerializerMethodField()
    original_url = serializers.SerializerMethodField()

    class Meta:
        model = Photo
        fields = (
            "id",
            "name",
            "folder",
            "byte_size",
            "sha256",
            "content_type",
            "kind",
            "width",
            "height",
            "thumbnail_width",
            "thumbnail_height",
            "placeholder",
            "state",
            "error",
            "taken_at",
            "time_source",
            "timeline_at",
            "time_uncertain",
            "camera",
            "capture",
            "scores",
            "faces",
            "person_numbers",
            "close_ups",
            "cluster_id",
            "manual_group",
            "rank",
            "quality",
            "exposure",
            "reasons",
            "shelf",
            "decision",
            "decided_by",
            "stars",
            "label",
            "picked",
            "left_out",
            "companion_of",
            "companions",
            "frame_of",
            "frame_seconds",
            "modified_at",
            "created_at",
            "thumbnail_url",
            "preview_url",
            "large_url",
            "original_url",
        )
        read_only_fields = fields

    @extend_schema_field(PhotoErrorOutput(allow_null=True))
    def get_error(self, photo: Photo) -> dict[str, str] | None:
        """Why the photo failed."""
        return {"code": photo.error_code, "message": photo.error_message} if photo.error_code else None

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_large_url(self, photo: Photo) -> str | None:
        """A JPEG at full size, where browsers do not show the original; else null."""
        if not photo.capture.get("has_large"):
            return None
        return links.large_url(self.context["request"], photo.album_id, photo.id)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_original_url(self, photo: Photo) -> str | None:
        """Redirects to a short-lived link; null until the photo has arrived."""
        return None if photo.state == Photo.State.PENDING else links.original_url(self.context["request"], photo)


@cache
def _readers(output: type[ThumbnailOutput]) -> list[tuple[str, str, str]]:
    """For each field its name, and the method of the serializer or the attribute of the photo that has its value."""
    return [
        (name, str(getattr(field, "method_name", "")), field.source or name) for name, field in output().fields.items()
    ]


def _plain(value: Any) -> Any:
    """The value as Django REST framework writes it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value


class HistogramOutput(serializers.Serializer[Any]):
    """The exposure of a photo."""

    bins = serializers.ListField(
        child=serializers.FloatField(),
        source="histogram_shares",
        help_text="The share of pixels in each of 64 equal steps of luma, from black to white.",
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
    """The parts of a photo that a decision can change, its stars and its label."""

    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    label = serializers.ChoiceField(choices=LABELS)  # type: ignore[assignment]
    cluster_id = serializers.UUIDField(allow_null=True)
    decided_by = serializers.UUIDField(source="decided_by_id", allow_null=True)

    class Meta:
        model = Photo
        fields = (
            *("id", "decision", "decided_by", "picked", "left_out"),
            *("cluster_id", "manual_group", "rank", "stars", "label"),
        )
        read_only_fields = fields


def photo_changes_data(photos: Iterable[Photo]) -> list[dict[str, Any]]:
    """What `PhotoChangeOutput` describes, as plain values: a step may change thousands of photos."""
    sources = {name: field.source or name for name, field in PhotoChangeOutput().fields.items()}
    return [{name: getattr(photo, source) for name, source in sources.items()} for photo in photos]


class MarkedOutput(serializers.Serializer[Any]):
    """The photos that were given stars or a label."""

    photos = PhotoChangeOutput(many=True)


class OverruledOutput(serializers.Serializer[Any]):
    """A decision that was replaced."""

    id = serializers.UUIDField(help_text="The photo.")
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    decided_by = serializers.UUIDField(allow_null=True, help_text="The member whose it was; null for the owner.")


class DecisionOutput(serializers.Serializer[Any]):
    """The photos that were decided on, and other photos whose pick changed."""

    photos = PhotoChangeOutput(many=True)
    overruled = OverruledOutput(many=True, help_text="Decisions of somebody else that these replaced.")
