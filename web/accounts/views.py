"""Replaces an allauth view that would fail."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.headless.account.inputs import MarkAsPrimaryEmailInput
from allauth.headless.account.views import ManageEmailView

from web.accounts.models import User


class FreePrimaryEmailInput(MarkAsPrimaryEmailInput):  # type: ignore[misc]
    """The new primary address, which must not belong to another account."""

    def clean_email(self) -> EmailAddress:
        """Refuse an address that another account has. allauth would save it, and the database would refuse it."""
        address = super().clean_email()
        if User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists():
            raise get_adapter().validation_error("email_taken")
        return address


class EmailView(ManageEmailView):  # type: ignore[misc]
    """The account's e-mail addresses."""

    input_class = {**ManageEmailView.input_class, "PATCH": FreePrimaryEmailInput}
