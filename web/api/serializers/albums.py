"""Albums and their progress."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.models import Album
from web.api import links
from web.api.serializers.fields import NumberField


class AlbumNameInput(serializers.Serializer[Any]):
    """A new name."""

    name = serializers.CharField(min_length=1, max_length=200)


class AlbumInput(AlbumNameInput):
    """A new album."""

    similarity = NumberField(default=0.5, min_value=0, max_value=1, help_text="0 groups loosely, 1 strictly.")


class AlbumChangeInput(serializers.Serializer[Any]):
    """What to change. Of `wanted_count` and `wanted_share` only one can be set; null means all picks."""

    name = serializers.CharField(min_length=1, max_length=200, required=False)
    wanted_count = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=1_000_000,
        help_text="How many photos to pick, spread over the album. Kept photos count, and stay beyond the number.",
    )
    wanted_share = NumberField(
        required=False,
        allow_null=True,
        min_value=0.001,
        max_value=1,
        help_text="The share of all picks to take instead, from 0.001 to 1.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must change, and a number and a share together would be ambiguous."""
        if not attrs:
            raise serializers.ValidationError("Send `name`, `wanted_count` or `wanted_share`.", code="required")
        if attrs.get("wanted_count") is not None and attrs.get("wanted_share") is not None:
            raise serializers.ValidationError("Send a number or a share, not both.", code="invalid")
        return attrs


class RegroupInput(serializers.Serializer[Any]):
    """How to group the album again."""

    similarity = NumberField(
        required=False, min_value=0, max_value=1, help_text="0 groups loosely, 1 strictly; unchanged if left out."
    )


class AlbumOutput(serializers.ModelSerializer[Album]):
    """An album with counts of what is in it."""

    grouping = serializers.ChoiceField(choices=Album.Grouping.choices)
    photo_count = serializers.IntegerField(help_text="Photos that have arrived.")
    cluster_count = serializers.IntegerField()
    picked_count = serializers.IntegerField()
    left_out_count = serializers.IntegerField(help_text="Picks left out because the album wants fewer.")
    failed_count = serializers.IntegerField()
    cover_id = serializers.UUIDField(allow_null=True, help_text="The photo to show for the album.")
    cover_url = serializers.SerializerMethodField()
    is_own = serializers.SerializerMethodField()
    owner = serializers.EmailField(source="owner_address")
    member_count = serializers.IntegerField(help_text="How many people edit the album beside its owner.")

    class Meta:
        model = Album
        fields = (
            "id",
            "name",
            "similarity",
            "wanted_count",
            "wanted_share",
            "grouping",
            "grouping_error",
            "grouped_at",
            "created_at",
            "updated_at",
            "photo_count",
            "cluster_count",
            "picked_count",
            "left_out_count",
            "failed_count",
            "cover_id",
            "cover_url",
            "is_own",
            "owner",
            "member_count",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_cover_url(self, album: Any) -> str | None:
        """The thumbnail of the cover."""
        if album.cover_id is None:
            return None
        return links.thumbnail_url(self.context["request"], album.id, album.cover_id)

    def get_is_own(self, album: Album) -> bool:
        """False if the signed-in person edits an album of somebody else."""
        return bool(album.owner_id == self.context["request"].user.pk)


class ProgressOutput(serializers.Serializer[Any]):
    """The progress of an album."""

    total = serializers.IntegerField(help_text="Photos that have arrived.")
    pending = serializers.IntegerField(
        help_text="Photos that are announced but have not arrived yet; not part of the total."
    )
    uploaded = serializers.IntegerField()
    preparing = serializers.IntegerField()
    prepared = serializers.IntegerField()
    embedding = serializers.IntegerField()
    analyzed = serializers.IntegerField()
    failed = serializers.IntegerField()
    unfinished = serializers.IntegerField(help_text="Photos that are not analyzed or failed yet.")
    grouping = serializers.ChoiceField(choices=Album.Grouping.choices)
    grouping_error = serializers.CharField(help_text="Why the last grouping failed; empty if it did not.")
    grouped_at = serializers.DateTimeField(allow_null=True)
    done = serializers.BooleanField(help_text="True when nothing is left to do.")
    fraction = serializers.FloatField(help_text="From 0 to 1; 1 only when done.")
