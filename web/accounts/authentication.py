"""How a request is signed in: a browser by its session, a program by its token.

A token works only while the account's address is confirmed, so that nobody keeps one to an account that they made with
somebody else's address. A session may work before, where confirming is optional: it ends when the owner of the address
resets the password, without which they cannot sign in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from web.accounts.addresses import address_is_confirmed
from web.accounts.services import AddressUnconfirmed, token_note_use


class SessionAuthentication(authentication.SessionAuthentication):
    """Django's session, with its CSRF check."""

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002
        """Answer anonymous requests with 401. Without a challenge, the framework would answer 403."""
        return "Session"

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Find the session's user. Where confirming is mandatory, end a session from before it was."""
        found = super().authenticate(request)
        if found and settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory" and not address_is_confirmed(found[0]):
            logout(request._request)  # noqa: SLF001
            raise _unconfirmed()
        return found

    def enforce_csrf(self, request: Request) -> None:
        """Refuse requests that another site made the browser send, with a code that the front end can act on."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise exceptions.PermissionDenied(str(error.detail), code="csrf_failed") from error


class TokenAuthentication(KnoxTokenAuthentication):  # type: ignore[misc]
    """`Authorization: Token …`."""

    def authenticate_credentials(self, token: bytes) -> Any:
        """Find the token's user. Bytes that no token has are refused here, because knox would fail on them."""
        if not (token.isascii() and token.decode("ascii").isprintable()):
            raise exceptions.AuthenticationFailed(_("Invalid token."))
        user, found = super().authenticate_credentials(token)
        if not address_is_confirmed(user):
            raise _unconfirmed()
        token_note_use(found)
        return user, found


def _unconfirmed() -> exceptions.AuthenticationFailed:
    return exceptions.AuthenticationFailed(AddressUnconfirmed.message, code=AddressUnconfirmed.code)
