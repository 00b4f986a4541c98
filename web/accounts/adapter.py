"""What allauth needs to know of this service."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up that an operator can close, and mails that can fail without failing the request."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """SIGNUPS decides. Operators can always add people in the admin pages."""
        return bool(settings.SIGNUPS)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. Without the mail server an account still comes into being; the mail can be asked for again."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # smtplib's errors are of this kind
            logger.exception("Could not send the mail %s. Check EMAIL_URL and the mail server.", template_prefix)
