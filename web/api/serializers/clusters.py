"""Groups of photos."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Cluster
from web.api.pagination import PageInput
from web.api.serializers.photos import PhotoOutput


class ClusterPageInput(PageInput):
    """Which clusters to list. A cluster brings its photos, so pages are shorter."""

    page_size = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)


class ClusterOutput(serializers.ModelSerializer[Cluster]):
    """A group with its photos, the best first."""

    kind = serializers.ChoiceField(choices=Cluster.Kind.choices)
    kept_whole = serializers.BooleanField(
        source="is_kept_whole", help_text="A set made on purpose, of which no single photo is the best."
    )
    manual = serializers.SerializerMethodField()
    picks = serializers.SerializerMethodField()
    photos = PhotoOutput(many=True)

    class Meta:
        model = Cluster
        fields = (
            "id",
            "kind",
            "position",
            "photo_count",
            "clear_winner",
            "margin",
            "kept_whole",
            "manual",
            "picks",
            "photos",
        )
        read_only_fields = fields

    def get_manual(self, cluster: Any) -> bool:
        """Made by a person, by splitting or merging; the similarity does not change it."""
        return any(photo.manual_group for photo in cluster.photos.all())

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_picks(self, cluster: Any) -> list[UUID]:
        """Of these photos, those that go into the zip."""
        return [photo.id for photo in cluster.photos.all() if photo.picked]
