"""How allauth behaves in this service."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.http import HttpRequest

from web.accounts.guessing import guess_count, network_of
from web.accounts.models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Limits on guesses, addresses that stay the account's own, closed sign-up, and mails that may fail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """SIGNUPS decides. Operators can always add people in the admin pages."""
        return bool(settings.SIGNUPS)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse a password after too many wrong ones: from this IP address, for the account from here, from anywhere.

        Raises:
            ValidationError: with the code `too_many_login_attempts`.

        """
        super().pre_authenticate(request, **credentials)
        guess = guess_count(request, credentials.get("email", ""))
        if not guess:
            raise self.validation_error("too_many_login_attempts")
        # A right password takes all of these back.
        self._login_failed_rl_usage.usage.extend(guess.usage)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count by IP address too. By account alone, five wrong passwords of a stranger would lock the owner out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{network_of(request)}"

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Keep the account's own address. allauth would make the address that was only asked for the own one."""
        is_own = email_address.email.lower() == email_address.user.email.lower()
        return not is_own and bool(super().can_delete_email(email_address))

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Ask the owner of an address to verify it. If they have an account already, tell them that instead.

        allauth would send them a link that gives their address to the account of the person who typed it.
        """
        address = emailconfirmation.email_address
        owner = User.objects.with_address(address.email)
        if owner and owner.pk != address.user_id:
            self.send_account_already_exists_mail(address.email)
        else:
            super().send_confirmation_mail(request, emailconfirmation, signup)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. If the mail server fails, the account is still created. People can ask for the mail again."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's errors are of this kind
            logger.exception("Could not send the mail %s. Check EMAIL_URL and the mail server.", template_prefix)
