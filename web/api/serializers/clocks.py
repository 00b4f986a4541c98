"""The clocks of an album's cameras, and what people add to them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from albums.clocks import CameraClock
from web.api import links
from web.api.serializers.fields import IdField, WallClockField

_MOST_SECONDS = 100 * 366 * 86_400


class CameraClockOutput(serializers.Serializer[CameraClock]):
    """The clock of one camera. Times are local, in ISO 8601, as the camera showed them."""

    camera = serializers.CharField(source="camera.name", help_text="Empty for photos that name no camera.")
    serial = serializers.CharField(source="camera.serial", help_text="Its serial number; empty if unknown.")
    photo_count = serializers.IntegerField(help_text="Photos of the album that this clock dated.")
    first_photo = serializers.UUIDField(source="first_id")
    first_thumbnail_url = serializers.SerializerMethodField()
    first_at = serializers.SerializerMethodField()
    last_at = serializers.SerializerMethodField()
    added_seconds = serializers.IntegerField(help_text="What the album adds to the time of the first photo now.")
    shift_seconds = serializers.IntegerField(
        allow_null=True, help_text="What a person adds; null if the grouping decides by the scenes that cameras share."
    )

    @extend_schema_field(serializers.URLField())
    def get_first_thumbnail_url(self, clock: CameraClock) -> str:
        """The thumbnail of the first photo."""
        return links.thumbnail_url(self.context["request"], self.context["album"].id, clock.first_id)

    def get_first_at(self, clock: CameraClock) -> str:
        """What the clock showed at the first photo."""
        return clock.first_at.replace(tzinfo=None).isoformat()

    def get_last_at(self, clock: CameraClock) -> str:
        """What the clock showed at the last photo."""
        return clock.last_at.replace(tzinfo=None).isoformat()


class CameraClocksOutput(serializers.Serializer[Any]):
    """The clocks of the album's cameras, in order of their first photos."""

    results = CameraClockOutput(many=True)


class ClockShiftInput(serializers.Serializer[Any]):
    """What to add to a clock: `camera` and `seconds`, or a photo of it and when that was taken."""

    camera = serializers.CharField(required=False, allow_blank=True, max_length=200)
    serial = serializers.CharField(default="", allow_blank=True, max_length=200)
    seconds = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=-_MOST_SECONDS,
        max_value=_MOST_SECONDS,
        help_text="Null leaves the clock to the grouping. Zero says that it is right.",
    )
    photo = IdField(required=False)
    taken_at = WallClockField(
        required=False, help_text="When the photo was taken, in local time. An offset is not looked at."
    )

    def validate_taken_at(self, value: datetime) -> datetime:
        """Refuse what no photo can be."""
        if not 1826 <= value.year <= 2200:
            raise serializers.ValidationError("No photo is of that time.", code="invalid")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Accept one way of saying it: together they would be ambiguous."""
        by_camera, by_photo = {"camera", "seconds"}, {"photo", "taken_at"}
        if {*attrs} - {"serial"} not in (by_camera, by_photo):
            raise serializers.ValidationError("Send `camera` and `seconds`, or `photo` and `taken_at`.", code="invalid")
        return attrs
