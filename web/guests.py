"""How the service knows a guest of a shared album again: by one signed cookie for the paths of that link.

It holds a random id, which becomes a row when the guest chooses something; a proof that they gave the password; and the
day of their last visit. A browser without cookies may look, and asks for the password at every picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework.exceptions import Throttled

from albums.exceptions import SharePasswordWrong
from albums.models import Share
from albums.services.guests import share_note_visit
from web.api.throttling import SharePasswordAnywhereThrottle, SharePasswordThrottle

COOKIE_DAYS: Final = 180
# A cookie has one path, and the page is elsewhere than what it loads.
_COOKIES: Final = {"guest": "/api/v1/shared/{}/", "guest_page": "/s/{}"}

_HEADERS: Final = {"Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


class AtShare(Protocol):
    """A view of a link."""

    share: Share


@dataclass(frozen=True)
class GuestCookie:
    """What the cookie says."""

    guest_id: UUID
    password_proof: str = ""
    visited_on: str = ""
    is_known: bool = True
    """False for a browser that sent no cookie."""

    def is_let_in(self, share: Share) -> bool:
        """Whether the guest may see what the link shows."""
        return not share.has_password or constant_time_compare(self.password_proof, share.password_proof)


def keep_secret(response: HttpResponseBase) -> None:
    """Keep the link of a request out of search engines and other sites. `web.logs` keeps it out of our own log."""
    for name, value in _HEADERS.items():
        response.headers[name] = value


def cookie_read(request: HttpRequest, share: Share) -> GuestCookie:
    """The guest's cookie, or a new one for a new guest."""
    for name in _COOKIES:
        try:
            guest_id, proof, day = _signer(share).unsign_object(request.COOKIES.get(name, ""))
            return GuestCookie(UUID(guest_id), proof, day)
        except (signing.BadSignature, ValueError, TypeError):
            continue
    return GuestCookie(uuid4(), is_known=False)


def cookie_visit(cookie: GuestCookie, share: Share) -> GuestCookie:
    """Count a visit, if it is the first one of this browser today."""
    today = timezone.now().date().isoformat()
    if cookie.visited_on == today:
        return cookie
    share_note_visit(share)
    return replace(cookie, visited_on=today)


def cookie_with_password(cookie: GuestCookie, request: Any, view: AtShare, *, given: str) -> GuestCookie:
    """Take the password. Only wrong ones are counted.

    Raises:
        SharePasswordWrong: when it is another one.
        Throttled: when there were too many wrong ones.

    """
    limits = (SharePasswordThrottle(), SharePasswordAnywhereThrottle())
    for limit in limits:
        if not limit.allow_request(request, view):
            raise Throttled(limit.wait())
    if not view.share.is_password(given):
        raise SharePasswordWrong
    for limit in limits:
        limit.take_back(request, view)
    return replace(cookie, password_proof=view.share.password_proof)


def cookie_write(response: HttpResponseBase, cookie: GuestCookie, share: Share) -> None:
    """Send the cookie for both paths."""
    value = _signer(share).sign_object([str(cookie.guest_id), cookie.password_proof, cookie.visited_on])
    for name, path in _COOKIES.items():
        response.set_cookie(
            name,
            value,
            max_age=COOKIE_DAYS * 86_400,
            path=path.format(share.token),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _signer(share: Share) -> signing.Signer:
    return signing.Signer(salt=f"web.guests:{share.id}")
