"""What this service does when Django or allauth say that something happened to an account."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, password_reset
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from web.accounts.addresses import address_confirm
from web.accounts.guessing import network_remember
from web.accounts.models import User
from web.accounts.sessions import session_begin


@receiver(user_logged_in)
def note_session(request: HttpRequest, user: User, **_: Any) -> None:
    """Note whose session begins, and where, in the pages and in the admin pages."""
    session_begin(request, user)
    network_remember(request, user.email)


@receiver(password_reset)
def confirm_address(user: User, **_: Any) -> None:
    """The link was in the mailbox."""
    address_confirm(user)


@receiver(email_changed)
def keep_session(request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_: Any) -> None:
    """Keep the session that changed the address. All others have ended."""
    if from_email_address and request.user == user:
        update_session_auth_hash(request, user)
