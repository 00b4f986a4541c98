"""Fields of requests that take only what the schema says. The framework's own take `false` for 0 and for an id."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers


class IdField(serializers.UUIDField):
    """The id of a photo or a group: a text."""

    def to_internal_value(self, data: Any) -> UUID:
        """Refuse numbers."""
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class WallClockField(serializers.DateTimeField):
    """A local time, as UTC. An offset behind it, as the API itself shows one, does not change what the clock showed."""

    def enforce_timezone(self, value: datetime) -> datetime:
        """Take the time as it is written."""
        return value.replace(tzinfo=UTC)


class WholeNumberField(serializers.IntegerField):
    """A whole number."""

    def to_internal_value(self, data: Any) -> int:
        """Refuse true, false and texts."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return super().to_internal_value(data)


class NumberField(serializers.FloatField):
    """A number."""

    def to_internal_value(self, data: Any) -> float:
        """Refuse true and false."""
        if isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class StarCountsField(serializers.ListField):
    """How many photos have at least 1, 2, 3, 4 and 5 stars."""

    def __init__(self, **kwargs: Any) -> None:
        """Describe a list of five numbers."""
        super().__init__(child=serializers.IntegerField(), min_length=5, max_length=5, **kwargs)
