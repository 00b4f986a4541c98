"""What allauth's requests accept here. Only `User.email` says whose an address is (`web/accounts/models.py`)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.headless.account.inputs import (
    AddEmailInput,
    MarkAsPrimaryEmailInput,
    RequestPasswordResetInput,
    ResetPasswordInput,
    ResetPasswordKeyInput,
    SignupInput,
    VerifyEmailInput,
)
from django.conf import settings
from django.http import HttpRequest

from web.accounts.addresses import address_ask_for
from web.accounts.models import User


def _is_taken(address: EmailAddress) -> bool:
    owner = User.objects.with_address(address.email)
    return owner is not None and owner.pk != address.user_id


class SignUpInput(SignupInput):  # type: ignore[misc]
    """A new account."""

    def validate_unique_email(self, value: str) -> str:
        """Refuse an address that has an account, or hide that it has one. allauth would also refuse wanted ones."""
        if User.objects.with_address(value):
            if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
                raise get_adapter().validation_error("email_taken")
            self.account_already_exists = True
        return value

    def try_save(self, request: HttpRequest) -> Any:
        """Save, or tell the owner by mail. Hash the password in both cases: by far most of the time goes there."""
        if self.account_already_exists:
            User().set_password(self.cleaned_data["password"])
        return super().try_save(request)


class ResetRequestInput(RequestPasswordResetInput):  # type: ignore[misc]
    """A request for a link that resets the password."""

    def clean_email(self) -> str:
        """Mail it for the account whose own address this is, and for no other."""
        email: str = super().clean_email()
        user = User.objects.with_address(email)
        self.users = [user] if user and user.is_active else []
        return email


class ResetKeyInput(ResetPasswordKeyInput):  # type: ignore[misc]
    """The key of a link that resets the password."""

    def clean_key(self) -> str:
        """Refuse a key that names no account. allauth fails on it."""
        if not self.cleaned_data["key"].partition("-")[0].strip():
            raise get_adapter().validation_error("invalid_password_reset")
        key: str = super().clean_key()
        return key


class ResetInput(ResetKeyInput, ResetPasswordInput):  # type: ignore[misc]
    """The key, and the new password."""


class WantedEmailInput(AddEmailInput):  # type: ignore[misc]
    """The address that a person wants. It becomes theirs when they open the link that is mailed to it."""

    def save(self, request: HttpRequest) -> EmailAddress:
        """Mail the link."""
        return address_ask_for(request, self.user, self.cleaned_data["email"])


class ConfirmedEmailInput(MarkAsPrimaryEmailInput):  # type: ignore[misc]
    """The new primary address, which must be confirmed and must not belong to another account."""

    def clean_email(self) -> EmailAddress:
        """Refuse any other. allauth accepts every address while the account has no confirmed one."""
        address: EmailAddress = super().clean_email()
        if _is_taken(address):
            raise get_adapter().validation_error("email_taken")
        if not address.verified:
            raise get_adapter().validation_error("unverified_primary_email")
        return address


class ConfirmationInput(VerifyEmailInput):  # type: ignore[misc]
    """The key of a link that confirms an address."""

    def clean_key(self) -> str:
        """Refuse an address that got an account since the link was mailed."""
        key: str = super().clean_key()
        if _is_taken(self.verification.email_address):
            raise get_adapter().validation_error("email_taken")
        return key
