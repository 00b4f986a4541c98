"""An album as one list, and the pictures of the photos in view.

The serializers of the list only describe it for the schema, and a test compares the two. Rendering ten thousand photos
with serializers would take seconds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from albums.models import Cluster, Photo
from albums.timeline import TimelineCluster, TimelinePhoto
from web.api.serializers.clusters import ClusterFilterInput, ClusterOrder
from web.api.serializers.photos import LABELS, ThumbnailOutput

MAX_THUMBNAILS = 100


class TimelineInput(ClusterFilterInput):
    """What to list."""

    order = serializers.ChoiceField(
        choices=ClusterOrder.choices,
        default=ClusterOrder.TIME,
        help_text="Groups in order of capture, or groups without a clear winner first.",
    )
    clusters = serializers.BooleanField(default=True, help_text="Whether to list groups.")
    singles = serializers.BooleanField(
        default=True,
        help_text="Whether to list photos in no group. Of the filters, only `people`, `shelved`, `left_out`, "
        "`stars` and `label` apply.",
    )
    shelved = serializers.BooleanField(required=False, help_text="Only photos that are, or are not, on the shelf.")


class TimelinePhotoOutput(serializers.Serializer[Any]):
    """A photo, with what the layout of the list depends on."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Photo.Kind.choices)
    camera = serializers.CharField(help_text="Empty where the photo names none.")
    seconds = serializers.FloatField(allow_null=True, help_text="The length of a video; null if it is not known.")
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    taken_at = serializers.CharField(allow_null=True, help_text="The local time in the album's timeline, in ISO 8601.")
    rank = serializers.IntegerField(help_text="The rank in its group; the best is 0.")
    shelf = serializers.ChoiceField(
        choices=[("", ""), *Photo.Shelf.choices],
        help_text="Why the photo, in no group, is probably not wanted. It is picked only if somebody keeps it.",
    )
    decision = serializers.ChoiceField(choices=Photo.Decision.choices)
    picked = serializers.BooleanField()
    left_out = serializers.BooleanField(help_text="It would be picked if the album wanted more picks.")
    companions = serializers.ListField(
        child=serializers.CharField(), help_text="The names of other files of the same shot, such as its RAW file."
    )
    frame_seconds = serializers.FloatField(
        allow_null=True, help_text="This service took the photo from a video, so long after its start; else null."
    )
    has_film = serializers.BooleanField(help_text="A motion photo: a film lies behind the picture, in the same file.")
    stars = serializers.IntegerField(required=False, help_text="From 1 to 5; left out for none.")
    label = serializers.ChoiceField(  # type: ignore[assignment]
        choices=LABELS, required=False, help_text="The colour label; left out for none."
    )
    decided_by = serializers.UUIDField(
        required=False, help_text="The member whose decision it is, or who has left; left out if it is the owner's."
    )


class TimelineClusterOutput(serializers.Serializer[Any]):
    """A group with its photos, the best first."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Cluster.Kind.choices)
    position = serializers.IntegerField()
    clear_winner = serializers.BooleanField()
    kept_whole = serializers.BooleanField(
        help_text="A panorama: all its photos are picked. Of every other group one is."
    )
    manual = serializers.BooleanField(help_text="A person made the group. A new similarity does not change it.")
    people = serializers.IntegerField(
        help_text="How many people are in at least half of its photos. Theirs are the lowest numbers; 0 if unknown."
    )
    people_differ = serializers.IntegerField(
        help_text="How many people have shut eyes, look away, are blurred or missing in some of its photos only."
    )
    photos = TimelinePhotoOutput(many=True)


class TimelineOutput(serializers.Serializer[Any]):
    """All groups, and all photos in no group, each in order."""

    clusters = TimelineClusterOutput(many=True)
    singles = TimelinePhotoOutput(many=True)


def timeline_data(clusters: Iterable[TimelineCluster], singles: Iterable[TimelinePhoto]) -> dict[str, Any]:
    """What `TimelineOutput` describes, as plain values and structs."""
    return {
        "clusters": [timeline_cluster_data(cluster) for cluster in clusters],
        "singles": list(singles),
    }


def timeline_cluster_data(cluster: TimelineCluster) -> dict[str, Any]:
    """What `TimelineClusterOutput` describes, as plain values and structs."""
    return {
        "id": cluster.id,
        "kind": cluster.kind,
        "position": cluster.position,
        "clear_winner": cluster.clear_winner,
        "kept_whole": cluster.kept_whole,
        "manual": cluster.manual,
        "people": cluster.people,
        "people_differ": cluster.people_differ,
        "photos": cluster.photos,
    }


class ThumbnailsInput(serializers.Serializer[Any]):
    """Which photos to show."""

    photos = serializers.CharField(
        required=False,
        help_text=f"At most {MAX_THUMBNAILS} ids, separated by commas. Photos of other albums are left out.",
    )

    def validate_photos(self, value: str) -> list[UUID]:
        """Parse the ids."""
        texts = value.split(",")
        if len(texts) > MAX_THUMBNAILS:
            raise serializers.ValidationError(f"Ask for at most {MAX_THUMBNAILS} photos at once.")
        ids = serializers.ListField(child=serializers.UUIDField())
        found: list[UUID] = ids.run_validation(texts)
        return found


class ThumbnailsOutput(serializers.Serializer[Any]):
    """The requested photos that exist, in no particular order."""

    results = ThumbnailOutput(many=True)
