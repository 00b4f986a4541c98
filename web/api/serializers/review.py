"""What people do to groups, and what it changes."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import AlbumChange, Photo
from web.api.serializers.clusters import ClusterFilterInput, ClusterOutput
from web.api.serializers.photos import MAX_PHOTOS_AT_ONCE, PhotoChangeOutput, PhotoIdsInput

MAX_CLUSTERS_AT_ONCE = 500


class SplitInput(PhotoIdsInput):
    """Photos that are to leave their groups."""

    singles = serializers.BooleanField(
        default=False, help_text="Each on its own. Otherwise those that leave one group become another together."
    )


class _SomeInput(serializers.Serializer[Any]):
    """Some photos and some groups of the album."""

    photos = serializers.ListField(
        child=serializers.UUIDField(), required=False, default=list, max_length=MAX_PHOTOS_AT_ONCE
    )
    clusters = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        default=list,
        max_length=MAX_CLUSTERS_AT_ONCE,
        help_text="All photos of these groups.",
    )


class MergeInput(_SomeInput):
    """Photos and groups that are to be one group."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must be named."""
        if not attrs["photos"] and not attrs["clusters"]:
            raise serializers.ValidationError("Name photos, groups or both.", code="required")
        return attrs


class ReleaseInput(_SomeInput):
    """Photos and groups that are to be grouped by the analysis again."""

    all = serializers.BooleanField(default=False, help_text="Everything in the album that people split or merged.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must be named."""
        if not attrs["photos"] and not attrs["clusters"] and not attrs["all"]:
            raise serializers.ValidationError("Name photos, groups or both, or say all.", code="required")
        return attrs


class AcceptInput(ClusterFilterInput):
    """Groups whose picks are right: those named, or all for which the conditions hold."""

    clusters = serializers.ListField(
        child=serializers.UUIDField(), required=False, min_length=1, max_length=MAX_CLUSTERS_AT_ONCE
    )
    all = serializers.BooleanField(default=False, help_text="All groups for which the other conditions hold.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Either or: a filter beside names would say two things."""
        conditions = attrs.keys() - {"clusters", "all"}
        if attrs["all"] == ("clusters" in attrs) or ("clusters" in attrs and conditions):
            raise serializers.ValidationError("Name groups, or say all, with or without conditions.", code="invalid")
        return attrs


class AcceptOutput(serializers.Serializer[Any]):
    """What was accepted; groups that were decided before are not among it."""

    accepted = serializers.IntegerField(help_text="Groups that are decided now.")
    photos = PhotoChangeOutput(many=True, help_text="The photos that are kept now.")


class AlbumChangeOutput(serializers.ModelSerializer[AlbumChange]):
    """One step of the review."""

    kind = serializers.ChoiceField(choices=AlbumChange.Kind.choices)
    decision = serializers.SerializerMethodField()
    similarity_before = serializers.SerializerMethodField()
    similarity_after = serializers.SerializerMethodField()
    undone = serializers.SerializerMethodField()

    class Meta:
        model = AlbumChange
        fields = (
            "id",
            "kind",
            "photo_count",
            "decision",
            "similarity_before",
            "similarity_after",
            "undone",
            "created_at",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.ChoiceField(choices=Photo.Decision.choices, allow_null=True))
    def get_decision(self, change: AlbumChange) -> str | None:
        """What the photos were decided to be."""
        decision: str | None = change.detail.get("decision")
        return decision

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_similarity_before(self, change: AlbumChange) -> float | None:
        """The similarity that was, where that is what changed."""
        before: float | None = change.detail.get("similarity", [None])[0]
        return before

    @extend_schema_field(serializers.FloatField(allow_null=True))
    def get_similarity_after(self, change: AlbumChange) -> float | None:
        """The similarity that was asked for, where that is what changed."""
        after: float | None = change.detail.get("similarity", [None])[-1]
        return after

    def get_undone(self, change: AlbumChange) -> bool:
        """ReplayedChange back, and to be redone until something else is changed."""
        return change.undone_at is not None


class ReviewOutput(serializers.Serializer[Any]):
    """What a step changed, to be put in place of what the client has."""

    photos = PhotoChangeOutput(many=True, help_text="The photos named, and those whose group, rank or pick follows.")
    clusters = ClusterOutput(many=True, help_text="The groups these photos are in now, with all their photos.")
    removed_clusters = serializers.ListField(child=serializers.UUIDField(), help_text="Groups that are gone.")


class UndoOutput(ReviewOutput):
    """The change that was taken back, or again, and what that changed."""

    change = AlbumChangeOutput()
