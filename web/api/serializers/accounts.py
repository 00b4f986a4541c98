"""The account and its API tokens. allauth handles sign-up and sign-in, below /_allauth/."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from rest_framework import serializers

from albums.personal_ranker import PersonalRankerState
from albums.quotas import Quota
from albums.selectors import shared_album_count
from web.accounts.models import ApiToken, SessionRecord, User


class AccountOutput(serializers.ModelSerializer[User]):
    """The signed-in account."""

    shared_albums = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = ("id", "email", "date_joined", "is_staff", "shared_albums")
        read_only_fields = fields

    def get_shared_albums(self, user: User) -> int:
        """How many of the albums others edit, who lose them when the account is deleted."""
        return shared_album_count(user)


class QuotaUsageOutput(serializers.Serializer[Any]):
    """One quota of the account."""

    quota = serializers.ChoiceField(choices=[quota.value for quota in Quota])
    used = serializers.IntegerField()
    limit = serializers.IntegerField(allow_null=True, help_text="Null if there is no limit.")


class UsageOutput(serializers.Serializer[Any]):
    """Per-account quotas and current usage: bytes and photos as announced, albums, exports, and exports being built."""

    quotas = QuotaUsageOutput(many=True)


class PersonalRankerInput(serializers.Serializer[Any]):
    """Switches the personal ranker on or off."""

    enabled = serializers.BooleanField(
        help_text="If false, the personal ranker neither learns from decisions nor ranks groups."
    )


class PersonalRankerOutput(serializers.Serializer[Any]):
    """What the personal ranker has learned from the person's decisions, and whether it ranks new groups.

    The figures compare its picks with the person's own choices, in groups that it had not seen. If the person passed a
    group without a change, its pick counts as their choice.
    """

    state = serializers.ChoiceField(
        choices=PersonalRankerState.choices,
        help_text="`in_use`: it ranks new albums, and others when they are grouped again. `not_better`: the general "
        "ranking predicts the person's choices just as well, and is used. `collecting`: too few corrections yet.",
    )
    enabled = serializers.BooleanField()
    choices = serializers.IntegerField(help_text="Groups that it has learned from.")
    corrections = serializers.IntegerField(help_text="Of `choices`, those in which the person did not choose the pick.")
    corrections_needed = serializers.IntegerField(help_text="Corrections that it needs before it can learn.")
    agreed = serializers.IntegerField(help_text="Of `choices`, those in which it picks what the person chose.")
    agreed_without = serializers.IntegerField(help_text="The same for the general ranking.")
    learned_at = serializers.DateTimeField(allow_null=True)


class AccountDeleteInput(serializers.Serializer[Any]):
    """Confirms the deletion of the account."""

    password = serializers.CharField(trim_whitespace=False, min_length=1, max_length=4096)


class TokenInput(serializers.Serializer[Any]):
    """A new token."""

    name = serializers.CharField(min_length=1, max_length=100, help_text="What the token is for.")
    expires_in_days = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=3650,
        help_text="If left out, the token is valid until it is revoked.",
    )

    @staticmethod
    def lifetime(validated: dict[str, Any]) -> timedelta | None:
        """How long the token is valid."""
        days = validated["expires_in_days"]
        return None if days is None else timedelta(days=days)


class TokenOutput(serializers.Serializer[ApiToken]):
    """A token without its secret part."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    begins_with = serializers.CharField(
        source="token_key", help_text="The first characters of the token, to tell tokens apart."
    )
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)
    last_used_at = serializers.DateTimeField(
        source="used_at", allow_null=True, help_text="To within five minutes. Null if it was never used."
    )


class TokenCreatedOutput(TokenOutput):
    """A new token with its text, which is shown only once."""

    token = serializers.CharField(help_text="Send it as `Authorization: Token …`. It cannot be shown again.")


class SessionOutput(serializers.Serializer[SessionRecord]):
    """A browser that is signed in."""

    id = serializers.UUIDField()
    browser = serializers.CharField(help_text="What the browser called itself when it was last used (User-Agent).")
    created_at = serializers.DateTimeField(help_text="When it signed in, or last kept its session at a change.")
    last_used_at = serializers.DateTimeField(source="used_at", help_text="To within five minutes.")
    is_current = serializers.SerializerMethodField(help_text="Whether it is the one that asks.")

    def get_is_current(self, record: SessionRecord) -> bool:
        """Whether it is the session of the request."""
        return bool(record.session_id == self.context["request"].session.session_key)
