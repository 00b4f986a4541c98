"""Limits on wrong passwords, which stop a stranger and not the owner.

Wrong passwords count by account and IP address together. Those of many addresses also count by account, far more of
them. That second limit does not hold where the owner has signed in before, nor for the link that a mail brings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_REMEMBERED: Final = timedelta(days=30)


def network_of(request: HttpRequest) -> str:
    """The IP address of the request; for IPv6, its network. Empty if there is none, as in a command."""
    try:
        return str(ratelimit.get_ip(request))
    except PermissionDenied:
        return ""


def network_remember(request: HttpRequest, email: str) -> None:
    """Note that the owner of the account signed in from here. The cache may forget it; then there is still the mail."""
    if network_of(request):
        cache.set(_key(request, email), 1, timeout=int(_REMEMBERED.total_seconds()))


def guess_count(request: HttpRequest, email: str) -> Any:
    """Count a password for the account from anywhere, or nothing if the owner signed in from here before.

    Returns what can be taken back if the password is right, or None if there were too many.
    """
    if cache.get(_key(request, email)):
        return ratelimit.RateLimitUsage(usage=[])
    return ratelimit.consume(request, app="allauth.account", action="login_failed_anywhere", key=email.lower())


def _key(request: HttpRequest, email: str) -> str:
    place = f"{email.lower()}\n{network_of(request)}"
    return f"signed-in-from:{salted_hmac('web.accounts.guessing', place, algorithm='sha256').hexdigest()}"
