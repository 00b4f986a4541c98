"""Groups of photos."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db import models
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.filters import ClusterFilter
from albums.models import Cluster, Photo
from web.api.pagination import PageInput
from web.api.serializers.fields import StarCountsField
from web.api.serializers.photos import PhotoOutput


class ClusterOrder(models.TextChoices):
    """The order of groups in a list."""

    TIME = "time"
    NO_CLEAR_WINNER_FIRST = "no_clear_winner_first"


class ClusterFilterInput(serializers.Serializer[Any]):
    """Filters for groups. A group must match all of them."""

    undecided = serializers.BooleanField(
        required=False,
        help_text="Nobody keeps a photo of the group or rejects all of them: the ranking picks one. A group whose pick "
        "is left out, because the album wants fewer picks, needs no decision.",
    )
    no_clear_winner = serializers.BooleanField(
        required=False, help_text="One photo should be the best, but none is clearly ahead."
    )
    people = serializers.BooleanField(required=False, help_text="A photo of the group has faces.")
    manual = serializers.BooleanField(required=False, help_text="A person made the group by splitting or merging.")
    kind = serializers.ChoiceField(choices=Cluster.Kind.choices, required=False)
    left_out = serializers.BooleanField(
        required=False, help_text="A pick is left out, because the album wants fewer picks."
    )
    stars = serializers.IntegerField(
        required=False, min_value=1, max_value=5, help_text="A photo of the group has this number of stars or more."
    )
    label = serializers.ChoiceField(  # type: ignore[assignment]
        choices=Photo.Label.choices,
        required=False,
        help_text="A photo of the group has this label, and the number of stars if that is asked for.",
    )

    @staticmethod
    def wanted(validated: dict[str, Any]) -> ClusterFilter:
        """The filters as the selectors take them."""
        return ClusterFilter(**{field.name: validated.get(field.name) for field in fields(ClusterFilter)})


class ClusterPageInput(ClusterFilterInput, PageInput):
    """Which groups to list. Groups come with their photos, so pages are shorter."""

    order = serializers.ChoiceField(
        choices=ClusterOrder.choices,
        default=ClusterOrder.TIME,
        help_text="In order of capture, or groups without a clear winner first.",
    )
    page_size = serializers.IntegerField(required=False, default=50, min_value=1, max_value=200)


class ClusterOutput(serializers.ModelSerializer[Cluster]):
    """A group with its photos, the best first.

    Of a group with more than 100 photos these are the best 100; `photo_count` counts all. The list of photos has all of
    them, with the group's id in `cluster`.
    """

    kind = serializers.ChoiceField(choices=Cluster.Kind.choices)
    kept_whole = serializers.BooleanField(
        source="is_kept_whole",
        help_text="A panorama: all its photos are picked. Of every other group one is.",
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
        """A person made the group by splitting or merging. A new similarity does not change it."""
        return any(photo.manual_group for photo in cluster.photos.all())

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_picks(self, cluster: Any) -> list[UUID]:
        """Those of `photos` that go into the zip."""
        return [photo.id for photo in cluster.photos.all() if photo.picked]


class KindCountsOutput(serializers.Serializer[Any]):
    """The number of groups of each kind."""

    moment = serializers.IntegerField()
    near_duplicate = serializers.IntegerField()
    bracket = serializers.IntegerField()
    focus_stack = serializers.IntegerField()
    panorama = serializers.IntegerField()


class LabelCountsOutput(serializers.Serializer[Any]):
    """The number of photos with each colour label."""

    red = serializers.IntegerField()
    yellow = serializers.IntegerField()
    green = serializers.IntegerField()
    blue = serializers.IntegerField()
    purple = serializers.IntegerField()


class ReviewCountsOutput(serializers.Serializer[Any]):
    """How many groups each filter finds, and how many photos there are in each state."""

    clusters = serializers.IntegerField(help_text="All groups.")
    undecided = serializers.IntegerField()
    no_clear_winner = serializers.IntegerField()
    undecided_no_clear_winner = serializers.IntegerField(help_text="Of these, those that nobody has decided.")
    people = serializers.IntegerField()
    manual = serializers.IntegerField()
    kinds = KindCountsOutput()
    photos = serializers.IntegerField(help_text="Photos that have arrived.")
    singles = serializers.IntegerField(help_text="Analyzed photos in no group.")
    shelved = serializers.IntegerField(help_text="Photos left out because they are probably not wanted.")
    picked = serializers.IntegerField(help_text="Photos that go into the zip.")
    left_out = serializers.IntegerField(help_text="Picks left out because the album wants fewer.")
    kept = serializers.IntegerField(help_text="Photos that somebody keeps.")
    rejected = serializers.IntegerField(help_text="Photos that somebody rejects.")
    failed = serializers.IntegerField()
    stars = StarCountsField(help_text="Photos with at least 1, 2, 3, 4 and 5 stars.")
    labels = LabelCountsOutput()
