"""The steps of the review, and what they change."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import AlbumChange, Photo
from web.api.pagination import PageInput
from web.api.serializers.clusters import ClusterFilterInput
from web.api.serializers.fields import IdField
from web.api.serializers.photos import LABELS, MAX_PHOTOS_AT_ONCE, PhotoChangeOutput, PhotoIdsInput
from web.api.serializers.timeline import TimelineClusterOutput

MAX_CLUSTERS_AT_ONCE = 500


class SplitInput(PhotoIdsInput):
    """Photos to take out of their groups."""

    singles = serializers.BooleanField(
        default=False,
        help_text="Leave each photo in no group. Otherwise, photos from the same group become a new group.",
    )


class _SomeInput(serializers.Serializer[Any]):
    """Photos and groups of the album."""

    photos = serializers.ListField(child=IdField(), required=False, default=list, max_length=MAX_PHOTOS_AT_ONCE)
    clusters = serializers.ListField(
        child=IdField(),
        required=False,
        default=list,
        max_length=MAX_CLUSTERS_AT_ONCE,
        help_text="Groups, with all their photos.",
    )


class MergeInput(_SomeInput):
    """Photos and groups to merge into one group."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must be named."""
        if not attrs["photos"] and not attrs["clusters"]:
            raise serializers.ValidationError("Send `photos`, `clusters` or both.", code="required")
        return attrs


class ReleaseInput(_SomeInput):
    """Photos and groups to group automatically again."""

    all = serializers.BooleanField(default=False, help_text="Everything in the album that people split or merged.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must be named."""
        if not attrs["photos"] and not attrs["clusters"] and not attrs["all"]:
            raise serializers.ValidationError("Send `photos`, `clusters` or both, or set `all`.", code="required")
        return attrs


class AcceptInput(ClusterFilterInput):
    """Groups whose picks are right: those in `clusters`, or all that match the filters."""

    clusters = serializers.ListField(child=IdField(), required=False, min_length=1, max_length=MAX_CLUSTERS_AT_ONCE)
    all = serializers.BooleanField(default=False, help_text="All groups that match the other filters.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Accept a list or filters, not both: together they would be ambiguous."""
        conditions = attrs.keys() - {"clusters", "all"}
        if attrs["all"] == ("clusters" in attrs) or ("clusters" in attrs and conditions):
            raise serializers.ValidationError("Send `clusters`, or set `all`, with or without filters.", code="invalid")
        return attrs


class AcceptOutput(serializers.Serializer[Any]):
    """What was accepted. Groups that were decided before are not included."""

    accepted = serializers.IntegerField(help_text="Groups that are now decided.")
    photos = PhotoChangeOutput(many=True, help_text="The photos that are now kept.")


class WantedOutput(serializers.Serializer[Any]):
    """How many picks an album wants: a number, a share, or all if both are null."""

    count = serializers.IntegerField(allow_null=True)
    share = serializers.FloatField(allow_null=True)


class ChangesInput(PageInput):
    """Whose steps to list."""

    everybody = serializers.BooleanField(default=False, help_text="Also those of others who edit the album.")


class AlbumChangeOutput(serializers.ModelSerializer[AlbumChange]):
    """One step of the review."""

    kind = serializers.ChoiceField(choices=AlbumChange.Kind.choices)
    decision = serializers.SerializerMethodField()
    stars = serializers.SerializerMethodField()
    label = serializers.SerializerMethodField()  # type: ignore[assignment]
    similarity_before = serializers.SerializerMethodField()
    similarity_after = serializers.SerializerMethodField()
    wanted_before = serializers.SerializerMethodField()
    wanted_after = serializers.SerializerMethodField()
    camera = serializers.SerializerMethodField()
    shift_before = serializers.SerializerMethodField()
    shift_after = serializers.SerializerMethodField()
    undone = serializers.SerializerMethodField()
    by = serializers.EmailField(
        source="person.email", allow_null=True, default=None, help_text="Who did it; null if they have left."
    )
    is_own = serializers.SerializerMethodField()

    class Meta:
        model = AlbumChange
        fields = (
            "id",
            "kind",
            "photo_count",
            "decision",
            "stars",
            "label",
            "similarity_before",
            "similarity_after",
            "wanted_before",
            "wanted_after",
            "camera",
            "shift_before",
            "shift_after",
            "undone",
            "by",
            "is_own",
            "created_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Photo.Decision.choices, allow_null=True))
    def get_decision(self, change: AlbumChange) -> str | None:
        """The decision about the photos."""
        decision: str | None = change.detail.get("decision")
        return decision

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_stars(self, change: AlbumChange) -> int | None:
        """The stars that the photos were given; 0 if they were taken back."""
        stars: int | None = change.detail.get("stars")
        return stars

    @extend_schema_field(serializers.ChoiceField(choices=LABELS, allow_null=True))
    def get_label(self, change: AlbumChange) -> str | None:
        """The colour label that the photos were given; empty if it was taken back."""
        label: str | None = change.detail.get("label")
        return label

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_similarity_before(self, change: AlbumChange) -> float | None:
        """The previous similarity, if the step changed it."""
        before: float | None = change.detail.get("similarity", [None])[0]
        return before

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_similarity_after(self, change: AlbumChange) -> float | None:
        """The new similarity, if the step changed it."""
        after: float | None = change.detail.get("similarity", [None])[-1]
        return after

    @extend_schema_field(WantedOutput(allow_null=True))
    def get_wanted_before(self, change: AlbumChange) -> dict[str, Any] | None:
        """How many picks the album wanted before, if the step changed it."""
        before: dict[str, Any] | None = change.detail.get("wanted", [None])[0]
        return before

    @extend_schema_field(WantedOutput(allow_null=True))
    def get_wanted_after(self, change: AlbumChange) -> dict[str, Any] | None:
        """How many picks the album wants since, if the step changed it."""
        after: dict[str, Any] | None = change.detail.get("wanted", [None])[-1]
        return after

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_camera(self, change: AlbumChange) -> str | None:
        """The camera whose clock was shifted."""
        camera: str | None = change.detail.get("clock", [None])[0]
        return camera

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_shift_before(self, change: AlbumChange) -> int | None:
        """What was added to the clock before, in seconds; null if the grouping decided."""
        before: int | None = change.detail.get("clock", [None, None, None])[1]
        return before

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_shift_after(self, change: AlbumChange) -> int | None:
        """What is added to the clock since, in seconds; null if the grouping decides."""
        after: int | None = change.detail.get("clock", [None, None, None])[2]
        return after

    def get_undone(self, change: AlbumChange) -> bool:
        """The step was undone. It can be redone until something else changes."""
        return change.undone_at is not None

    def get_is_own(self, change: AlbumChange) -> bool:
        """True for steps of the signed-in person. Nobody can undo those of others."""
        return bool(change.person_id == self.context["request"].user.pk)


class ReviewOutput(serializers.Serializer[Any]):
    """What a step changed. It replaces what the client has."""

    photos = PhotoChangeOutput(
        many=True, help_text="The photos in the request, and others whose group, rank or pick changed."
    )
    clusters = TimelineClusterOutput(
        many=True, help_text="The groups these photos are in now, with all their photos, as in the timeline."
    )
    removed_clusters = serializers.ListField(child=serializers.UUIDField(), help_text="Groups that no longer exist.")


class UndoOutput(ReviewOutput):
    """The step that was undone or redone, and what that changed."""

    change = AlbumChangeOutput()
    changed_since = serializers.IntegerField(
        help_text="Photos and settings of the step that stay as they are, because somebody else changed them since."
    )
