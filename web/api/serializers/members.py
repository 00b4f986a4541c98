"""Who edits an album."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from albums.models import Membership


class MemberOutput(serializers.Serializer[Any]):
    """Somebody who edits an album of somebody else."""

    id = serializers.UUIDField(help_text="What `decided_by` of a photo names.")
    address = serializers.EmailField(source="person.email")
    address_is_confirmed = serializers.SerializerMethodField(
        help_text="Whether the person has shown that the mailbox is theirs. Else it may be somebody else's address."
    )
    is_you = serializers.SerializerMethodField()
    joined_at = serializers.DateTimeField(source="created_at")

    def get_address_is_confirmed(self, membership: Membership) -> bool:
        """Read for all of them at once."""
        return membership.person_id in self.context["confirmed"]

    def get_is_you(self, membership: Membership) -> bool:
        """The signed-in person."""
        return bool(membership.person_id == self.context["request"].user.pk)


class MembersOutput(serializers.Serializer[Any]):
    """All who edit an album."""

    owner = serializers.EmailField(source="owner.email")
    owner_is_confirmed = serializers.SerializerMethodField(help_text="As `address_is_confirmed` of a member.")
    members = MemberOutput(many=True)

    def get_owner_is_confirmed(self, people: dict[str, Any]) -> bool:
        """Read with the members."""
        return people["owner"].pk in self.context["confirmed"]


class AcceptedOutput(serializers.Serializer[Any]):
    """The album that the signed-in person edits from now on."""

    album = serializers.UUIDField()
