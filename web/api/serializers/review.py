"""What people do to groups, and what it changes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from web.api.serializers.clusters import ClusterOutput
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


class ReviewOutput(serializers.Serializer[Any]):
    """What a step changed, to be put in place of what the client has."""

    photos = PhotoChangeOutput(many=True, help_text="The photos named, and those whose group, rank or pick follows.")
    clusters = ClusterOutput(many=True, help_text="The groups these photos are in now, with all their photos.")
    removed_clusters = serializers.ListField(child=serializers.UUIDField(), help_text="Groups that are gone.")
