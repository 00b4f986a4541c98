"""The account itself, and its API tokens. Signing up and in is allauth's, below /_allauth/."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from albums.personal_ranker import PersonalRankerState
from albums.quotas import Quota
from web.accounts.models import ApiToken, User


class AccountOutput(serializers.ModelSerializer[User]):
    """Who is signed in."""

    class Meta:
        model = User
        fields = ("id", "email", "date_joined", "is_staff")
        read_only_fields = fields


class QuotaUsageOutput(serializers.Serializer[Any]):
    """One quota of the account."""

    quota = serializers.ChoiceField(choices=[quota.value for quota in Quota])
    used = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True, help_text="Null where there is none.")


class UsageOutput(serializers.Serializer[Any]):
    """What the account has, and may have: bytes and photos as announced, albums, zips kept, zips in the making."""

    quotas = QuotaUsageOutput(many=True)


class PersonalRankerInput(serializers.Serializer[Any]):
    """Whether to learn."""

    enabled = serializers.BooleanField(help_text="Off: the person's decisions are neither learned from nor gone by.")


class PersonalRankerOutput(serializers.Serializer[Any]):
    """What the person's decisions have taught, and whether new groups are ranked by it.

    The figures are of groups the learned ranking had not seen: what it would have picked of them beside the person's
    own choice. Groups that were passed over count as chosen as they were.
    """

    state = serializers.ChoiceField(
        choices=PersonalRankerState.choices,
        help_text="`in_use` ranks new albums, and others when they are grouped anew. `not_better` goes by the ranking "
        "for all, which foretells the person's choices as well. `collecting` has too few corrections yet.",
    )
    enabled = serializers.BooleanField()
    choices = serializers.IntegerField(help_text="Groups it has learned from.")
    corrections = serializers.IntegerField(help_text="Those in which the person chose otherwise than the ranking.")
    corrections_needed = serializers.IntegerField(help_text="As many are needed to learn at all.")
    agreed = serializers.IntegerField(help_text="Of `choices`, those it would have made alike.")
    agreed_without = serializers.IntegerField(help_text="The same for the ranking that learned nothing.")
    learned_at = serializers.DateTimeField(allow_null=True)


class AccountDeleteInput(serializers.Serializer[Any]):
    """Confirms the deletion of the account."""

    password = serializers.CharField(trim_whitespace=False, max_length=4096)


class TokenInput(serializers.Serializer[Any]):
    """A new token."""

    name = serializers.CharField(max_length=100, help_text="What the token is for.")
    expires_in_days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=3650,
        help_text="Good until it is revoked when left out.",
    )

    @staticmethod
    def lifetime(validated: dict[str, Any]) -> timedelta | None:
        """How long the token is to be good for."""
        days = validated["expires_in_days"]
        return None if days is None else timedelta(days=days)


class TokenOutput(serializers.Serializer[ApiToken]):
    """A token, without the part that is secret."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    begins_with = serializers.CharField(source="token_key", help_text="To tell tokens apart.")
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)


class TokenCreatedOutput(TokenOutput):
    """A new token with its text, which is shown this once."""

    token = serializers.CharField(help_text="Send it as `Authorization: Token …`. It cannot be shown again.")
