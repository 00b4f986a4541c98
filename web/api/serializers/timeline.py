"""An album as one list, and what the photos in view of it look like.

The list is made without serializers' own rendering, which takes seconds for ten thousand photos: they say here what it
holds, for the schema, and a test that it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from albums.models import Cluster, Photo
from albums.timeline import TimelineCluster, TimelinePhoto
from web.api.serializers.clusters import ClusterFilterInput, ClusterOrder
from web.api.serializers.photos import ThumbnailOutput

MAX_THUMBNAILS = 100


class TimelineInput(ClusterFilterInput):
    """What to list."""

    order = serializers.ChoiceField(
        choices=ClusterOrder.choices,
        default=ClusterOrder.TIME,
        help_text="Groups in order of capture, or those without a clear winner before all others.",
    )
    clusters = serializers.BooleanField(default=True, help_text="Whether to list groups.")
    singles = serializers.BooleanField(
        default=True, help_text="Whether to list photos in no group; of the conditions, `people` holds for them."
    )


class TimelinePhotoOutput(serializers.Serializer[Any]):
    """A photo, as far as the place of everything in the list depends on it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    taken_at = serializers.CharField(allow_null=True, help_text="ISO 8601, as the clock showed it at the place.")
    rank = serializers.IntegerField(help_text="In its group, the best is 0.")
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    picked = serializers.BooleanField()


class TimelineClusterOutput(serializers.Serializer[Any]):
    """A group with its photos, the best first."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Cluster.Kind.choices)
    position = serializers.IntegerField()
    clear_winner = serializers.BooleanField()
    kept_whole = serializers.BooleanField(help_text="A set made on purpose, of which no single photo is the best.")
    manual = serializers.BooleanField(help_text="Made by a person; the similarity does not change it.")
    photos = TimelinePhotoOutput(many=True)


class TimelineOutput(serializers.Serializer[Any]):
    """All groups and all photos in none, each in order."""

    clusters = TimelineClusterOutput(many=True)
    singles = TimelinePhotoOutput(many=True)


def timeline_data(clusters: Iterable[TimelineCluster], singles: Iterable[TimelinePhoto]) -> dict[str, Any]:
    """What `TimelineOutput` describes, as plain values."""
    return {"clusters": [_cluster(cluster) for cluster in clusters], "singles": [photo._asdict() for photo in singles]}


def _cluster(cluster: TimelineCluster) -> dict[str, Any]:
    return {
        "id": cluster.id,
        "kind": cluster.kind,
        "position": cluster.position,
        "clear_winner": cluster.clear_winner,
        "kept_whole": cluster.kept_whole,
        "manual": cluster.manual,
        "photos": [photo._asdict() for photo in cluster.photos],
    }


class ThumbnailsInput(serializers.Serializer[Any]):
    """Of which photos."""

    photos = serializers.CharField(
        required=False,
        help_text=f"Ids with commas between, {MAX_THUMBNAILS} at most. Photos of other albums are left out.",
    )

    def validate_photos(self, value: str) -> list[UUID]:
        """The ids as such."""
        texts = value.split(",")
        if len(texts) > MAX_THUMBNAILS:
            raise serializers.ValidationError(f"Ask for {MAX_THUMBNAILS} photos at most.")
        ids = serializers.ListField(child=serializers.UUIDField())
        found: list[UUID] = ids.run_validation(texts)
        return found


class ThumbnailsOutput(serializers.Serializer[Any]):
    """Those that were asked for and are there, in no order."""

    results = ThumbnailOutput(many=True)
