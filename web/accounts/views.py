"""Where allauth's own view would fail."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.headless.account.inputs import MarkAsPrimaryEmailInput
from allauth.headless.account.views import ManageEmailView

from web.accounts.models import User


class FreePrimaryEmailInput(MarkAsPrimaryEmailInput):  # type: ignore[misc]
    """The address to become the account's, unless it is another account's."""

    def clean_email(self) -> EmailAddress:
        """Refuse an address that somebody has an account with. allauth would save it, and trip over the database."""
        address = super().clean_email()
        if User.objects.filter(email__iexact=address.email).exclude(pk=address.user_id).exists():
            raise get_adapter().validation_error("email_taken")
        return address


class EmailView(ManageEmailView):  # type: ignore[misc]
    """The account's addresses."""

    input_class = {**ManageEmailView.input_class, "PATCH": FreePrimaryEmailInput}
